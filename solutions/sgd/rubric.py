"""How homework `sgd` is judged."""

from autograder.homework import Exercise, Homework, Minibatches, SgdEpoch, Train

HOMEWORK = Homework(
    name="sgd",
    title="Stochastic gradient descent",
    exercises=(
        Exercise(
            function="minibatches",
            slide="Mini-batches",
            points={"batches": 2, "order": 1, "edges": 1, "form": 1},
            rule=Minibatches(),
            hint="Cut one random order of all indices into pieces: how long is the last one?",
        ),
        Exercise(
            function="sgd_epoch",
            slide="SGD for Large Sample Challenges",
            points={"steps": 4, "order": 2, "edges": 1, "form": 1, "curve": 2},
            rule=SgdEpoch("A neuron trained by your epochs"),
            hint="Which examples does the second mini-batch see, and at which w and b?",
        ),
        Exercise(
            function="train",
            slide="Learning curves",
            points={"losses": 2, "parameters": 1, "tolerance": 2, "edges": 0.5, "form": 0.5},
            rule=Train(),
            hint="What is the loss before anything has been learnt, and when is an epoch the last one?",
        ),
    ),
)
