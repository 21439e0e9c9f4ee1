"""How homework `sgd` is judged."""

import numpy as np

from autograder import (
    Curve,
    Exercise,
    Guess,
    Homework,
    Misconception,
    WrittenAnswer,
    constant_factors,
    experiments,
    gradient,
    mistakes,
    probes,
    rules,
    value,
)

from ..data import penguins

LINEAR = penguins.load_body_mass(verbose=False)
mse_gradient = gradient("lecture.MSE", "w", "b")
ridge_gradient = gradient("lecture.RIDGE", "w", "b")

# A worked example: three examples with two features, nothing zero, easy to follow by hand.
X = np.array([[1.0, 2.0], [3.0, -1.0], [-2.0, 0.5]])
y = np.array([2.0, -1.0, 0.5])
w, b = np.array([0.5, -1.5]), 0.25
LAMBDA = probes.number(0.2, 0.8)


def penalised(name, sentence, dw, db=lambda w, b, lam: 0.0):
    """A misconception about what the penalty adds to the gradient of the MSE."""

    def formula(X, y, w, b, lam):
        plain = mse_gradient(X, y, w, b)
        return plain[0] + dw(w, lam, len(y)), plain[1] + db(w, b, lam)

    return Misconception(name, sentence, formula)


WHY_ONE_BATCH = WrittenAnswer(
    name="why_one_batch",
    slide="Stochastic Gradient Descent for large sample challenges",
    points=3,
    criteria=(
        "1 point: the mean of the batch gradients over all batches of one size is the full gradient.",
        "1 point: a single batch is off by noise that falls like 1/√m.",
        "1 point: over many steps the errors have the mean 0 and largely cancel.",
    ),
    answer=(
        r"Every example is in equally many batches of one size. So the mean of the batch gradients over all "
        r"of them is the full gradient: a batch is an unbiased estimate. A single one is off by noise of the "
        r"size $s / \sqrt m$. Its mean is 0, so over many steps the errors point in all directions and "
        r"largely cancel, while the share of the full gradient adds up. Near the minimum the noise remains, "
        r"and a smaller $\eta$ or a larger batch makes it small."
    ),
)

HOMEWORK = Homework(
    name="sgd",
    title="Stochastic gradient descent",
    data=("penguins.csv", "penguins.py", "losses.py"),
    guess_points=2,
    guesses=(
        Guess(
            "first_epoch",
            right="b",
            why=(
                "Far from the minimum a rough direction is good enough: batches of 8 have taken 43 steps, "
                "the full batch one. Single examples have reached their noise already."
            ),
            choices=("a", "b", "c"),
        ),
        Guess(
            "batch_of_64",
            right="a",
            why=(
                r"The error goes with $1/\sqrt m$, so 8 times; the correction for 64 of 342 penguins adds a "
                "little."
            ),
            choices=("a", "b", "c"),
        ),
        Guess(
            "bill_weight",
            right="c",
            why=(
                "Two medium weights cost less than one large one, and both features say nearly the same. "
                "A small penalty moves a part of the weight from $w_1$ to $w_2$."
            ),
            choices=("a", "b", "c"),
        ),
    ),
    written=(WHY_ONE_BATCH,),
    exercises=(
        Exercise(
            function="minibatches",
            slide="SGD for Large Sample Challenges",
            points={"batches": 2, "order": 1, "edges": 1, "form": 1},
            rule=rules.Minibatches(),
            hint="Cut one random order of all indices into pieces: how long is the last one?",
            operation="One permutation of all indices, and slices of it one after another.",
        ),
        Exercise(
            function="sgd_epoch",
            slide="Stochastic Gradient Descent for large sample challenges",
            points={"steps": 4, "order": 2, "edges": 1, "form": 1, "curve": 2},
            rule=rules.SgdEpoch("A neuron trained by your epochs"),
            hint="Which examples does the second mini-batch see, and at which w and b?",
            operation=(
                "One index array picks the batch's rows of X and its entries of y; new w and b take the "
                "place of the old."
            ),
        ),
        Exercise(
            function="train",
            slide="Stochastic Gradient Descent (SGD)",
            points={"losses": 2, "parameters": 1, "tolerance": 2, "edges": 0.5, "form": 0.5},
            rule=rules.Train(),
            hint="What is the loss before anything is learned, and when is an epoch the last one?",
            operation=(
                "One call of epoch and one of loss for each round, a list, and the difference of its last "
                "two entries."
            ),
        ),
        Exercise(
            function="gradient_noise",
            slide="Analogy to political polling",
            note=(
                r"A batch is a poll. It is unbiased: its mean over all batches is the full gradient. "
                r"Let $s^2$ be the mean of $\Vert g_i - g \Vert^2$ over all n examples. A batch of size m, "
                r"drawn without replacement, has the mean squared noise "
                r"$\frac{s^2}{m} \cdot \frac{n - m}{n - 1}$. While m is far below n, a batch four times as "
                r"large halves the noise. At $m = n$ there is none."
            ),
            points={"value": 3, "draws": 2, "edges": 1, "form": 0.5, "curve": 0.5},
            rule=rules.GradientNoise("The noise of a mini-batch's gradient, by its size"),
            hint="What is squared, what is averaged, and when is the root taken?",
            operation=(
                "dw and db as one long vector; the sum of squares of its difference to the full one; the "
                "mean over all draws; one root."
            ),
        ),
        Exercise(
            function="ridge_gradient",
            slide="Learning and optimization",
            points={"dw": 2, "db": 1, "edges": 1, "form": 1, "curve": 1},
            rule=rules.Values(
                reference=ridge_gradient,
                probes=probes.regression(probes.SHAPES, LAMBDA),
                edges=(
                    *probes.regression([(1, 3), (4, 1), (1, 1)], LAMBDA),
                    *probes.regression([(6, 2)], probes.given(0.0)),
                    probes.whole_regression(probes.whole_number(1, 3)),
                ),
                misconceptions=(
                    penalised(
                        "penalty_halved",
                        "The penalty's share is half of what it should be: is there a ½ in front of λ?",
                        lambda w, lam, n: lam * w,
                    ),
                    penalised(
                        "penalty_left_out",
                        "The result does not depend on the penalty.",
                        lambda w, lam, n: 0.0 * w,
                    ),
                    penalised(
                        "penalty_averaged",
                        "The penalty's share is divided by n: is it inside the mean?",
                        lambda w, lam, n: 2 * lam * w / n,
                    ),
                    penalised(
                        "penalty_sign",
                        "The penalty pulls the wrong way: large weights should shrink.",
                        lambda w, lam, n: -2 * lam * w,
                    ),
                    penalised(
                        "square_kept",
                        "The penalty itself was added: add its slope.",
                        lambda w, lam, n: lam * w**2,
                    ),
                    penalised(
                        "absolute_penalty",
                        "That is the slope of λ Σ |wⱼ|: this penalty squares the weights.",
                        lambda w, lam, n: lam * np.sign(w),
                    ),
                    penalised(
                        "bias_regularised",
                        "The bias is in the penalty: only the weights are regularized.",
                        lambda w, lam, n: 2 * lam * w,
                        lambda w, b, lam: 2 * lam * b,
                    ),
                    penalised(
                        "bias_regularised_halved",
                        "The bias is in the penalty, and the penalty's share is halved.",
                        lambda w, lam, n: lam * w,
                        lambda w, b, lam: lam * b,
                    ),
                    penalised(
                        "penalty_by_features",
                        "The penalty's share is divided by the number of features: it is a sum.",
                        lambda w, lam, n: 2 * lam * w / len(w),
                    ),
                    penalised(
                        "penalty_as_a_number",
                        "The penalty itself, one number, was added to all components.",
                        lambda w, lam, n: lam * (w @ w),
                    ),
                    penalised(
                        "slopes_of_the_penalty_summed",
                        "The slopes of the penalty are summed: each belongs to its own weight.",
                        lambda w, lam, n: 2 * lam * w.sum(),
                    ),
                    penalised(
                        "length_in_the_penalty",
                        "That is the slope of λ‖w‖: this penalty squares the length.",
                        lambda w, lam, n: lam * w / np.linalg.norm(w),
                    ),
                    penalised(
                        "length_for_weights",
                        "All components have the length of w: each one needs its own weight.",
                        lambda w, lam, n: 2 * lam * np.linalg.norm(w),
                    ),
                    penalised(
                        "weights_left_out",
                        "λ alone was added: the slope of a square depends on the weight.",
                        lambda w, lam, n: 2 * lam,
                    ),
                    penalised(
                        "lambda_alone",
                        "λ alone was added: the slope of a square depends on the weight.",
                        lambda w, lam, n: lam,
                    ),
                    penalised(
                        "first_weight_left_out",
                        "The first weight is not in the penalty: all of w is regularized, and b is separate.",
                        lambda w, lam, n: 2 * lam * w * (np.arange(len(w)) > 0),
                    ),
                    penalised(
                        "first_weight_alone",
                        "Only the first weight is in the penalty: all of w is regularized.",
                        lambda w, lam, n: 2 * lam * w * (np.arange(len(w)) < 1),
                    ),
                    penalised(
                        "slopes_in_the_intercept",
                        "The slopes of the penalty are in db as well: b is not regularized.",
                        lambda w, lam, n: 2 * lam * w,
                        lambda w, b, lam: 2 * lam * w.sum(),
                    ),
                    Misconception(
                        "lambda_times_everything",
                        "Everything is multiplied by λ: only the penalty is weighted by λ.",
                        lambda X, y, w, b, lam: (
                            lam * (mse_gradient(X, y, w, b)[0] + 2 * w),
                            mse_gradient(X, y, w, b)[1],
                        ),
                    ),
                    penalised(
                        "penalty_in_the_intercept",
                        "The penalty is in db as well: b is not regularized.",
                        lambda w, lam, n: 2 * lam * w,
                        lambda w, b, lam: lam * (w @ w),
                    ),
                ),
                special=mistakes.with_any(
                    "lambda_cut_off",
                    "λ is cut off: use it in full, however large it is.",
                    lambda c, X, y, w, b, lam: ridge_gradient(X, y, w, b, min(lam, c)),
                    (0.1, 0.2, 0.5, 1.0, 2.0),
                ),
                again=probes.regression([(5, 2), (6, 3)], probes.number(0.5, 4.0)),
                curve=Curve(
                    experiments.descend(value("lecture.RIDGE"), *LINEAR, lr=0.4, also=(0.1,)),
                    "Gradient descent on the penguins' body mass with λ = 0.1 and your gradient",
                ),
            ),
            example=(X, y, w, b, 0.1),
            gradient_of=("losses.ridge_loss", (2, 3)),
            credit=constant_factors(0.5),
            hint="Which of the two sums does b occur in, and what is the slope of a square?",
            operation="The gradient without the penalty, and to it a multiple of w, element by element.",
        ),
    ),
)
