"""How homework `neural_network` is judged."""

import numpy as np

from autograder import probes
from autograder.homework import ChooseLambda, Curve, Exercise, Homework, Misconception, Split, Values
from autograder.judging import experiments
from autograder.judging.descent import Valley
from autograder.kit import penguins
from symbolic_checks import lecture
from symbolic_checks.reference import gradient, value

LINEAR = penguins.load_body_mass(verbose=False)
network_gradient = gradient(lecture.NETWORK, "W1", "b1", "w2", "b2")
momentum_step = value(lecture.MOMENTUM_STEP)
adam_step = value(lecture.ADAM_STEP)

# Where the network begins: small, and no two hidden units alike.
_random = np.random.default_rng(4)
NETWORK_START = (_random.normal(size=(2, 4)), np.zeros(4), _random.normal(size=4), 0.0)

# Curvatures 1 and 0.02: fifty times as long as it is wide.
LONG_VALLEY = Valley(np.array([[0.51, 0.49], [0.49, 0.51]]), np.array([1.0, -1.0]))
START = np.array([-1.0, 2.0])

# A worked example: the sums into the hidden units are 0 and ±log 3, where σ is 1/2, 3/4 and 1/4.
LOG3 = float(np.log(3.0))
NETWORK = (
    np.array([[1.0, 0.0], [0.0, 1.0], [1.0, 1.0]]),
    np.array([1.0, 0.0, 2.0]),
    np.array([[LOG3, 0.0], [0.0, -LOG3]]),
    np.array([0.0, LOG3]),
    np.array([4.0, -2.0]),
    0.5,
)
V, VELOCITY, G = np.array([1.0, -2.0, 0.5]), np.array([2.0, 1.0, -1.0]), np.array([0.5, -1.0, 3.0])
SIZES = (3, 5, 2)
RATE = probes.number(0.05, 0.6)


def sigma(z):
    """Without overflow, as the reference computes it."""
    return np.exp(np.minimum(z, 0)) / (1 + np.exp(-np.abs(z)))


def backward(name, sentence, *, slope=lambda z, a: a * (1 - a), hidden=lambda z, a: a, back=None, bias=1.0):
    """A misconception about the way back through the network: which station of it is another."""

    def formula(X, y, W1, b1, w2, b2):
        z = X @ W1 + bias * b1
        a = sigma(z)
        delta = (a @ w2 + b2 - y) / len(y)
        to_sums = np.outer(delta, w2 if back is None else back(w2)) * slope(z, a)
        return X.T @ to_sums, to_sums.sum(axis=0), hidden(z, a).T @ delta, delta.sum()

    return Misconception(name, sentence, formula)


def adam(
    name,
    sentence,
    *,
    correct=True,
    square=True,
    root_of_sum=False,
    shift=0,
    mixed=True,
    early=False,
    returned=False,
    sign=-1,
):
    """A misconception about one step of Adam: which part of it is done otherwise."""

    def formula(v, m, s, g, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
        m = beta1 * m + ((1 - beta1) if mixed else 1) * g
        s = beta2 * s + ((1 - beta2) if mixed else 1) * (g**2 if square else np.abs(g))
        m_hat = m / (1 - beta1 ** (t + shift)) if correct else m
        s_hat = s / (1 - beta2 ** (t + shift)) if correct else s
        eps = eps / np.sqrt(1 - beta2**t) if early else eps
        v = v + sign * lr * m_hat / (np.sqrt(s_hat + eps) if root_of_sum else np.sqrt(s_hat) + eps)
        return (v, m_hat, s_hat) if returned else (v, m, s)

    return Misconception(name, sentence, formula)


HOMEWORK = Homework(
    name="neural_network",
    title="The same rule, with more weights",
    exercises=(
        Exercise(
            function="mlp_forward",
            slide="Neural networks",
            points={"value": 2, "edges": 1, "form": 0.5, "curve": 0.5},
            rule=Values(
                reference=value(lecture.NETWORK_OUTPUT),
                probes=probes.network(targets=False),
                edges=(
                    *probes.network(((1, 3, 2), (4, 1, 3), (4, 2, 1)), targets=False),
                    probes.drawn(
                        "integer arrays",
                        *(probes.whole_array(4, 3), probes.whole_array(3, 2), probes.whole_array(2)),
                        *(probes.whole_array(2), probes.whole_number(1, 3)),
                    ),
                ),
                curve=Curve(
                    experiments.watch_predictions(network_gradient, *LINEAR, lr=0.1, start=NETWORK_START),
                    "A network that learns the penguins' body mass, watched by your predictions",
                ),
            ),
            example=(NETWORK[0], *NETWORK[2:]),
            hint="Which shape has what comes out of the hidden layer, and where does σ stand?",
            operation=(
                "X times W1 has a row of h sums for each example; σ element by element; then each row times "
                "w2."
            ),
        ),
        Exercise(
            function="mlp_gradient",
            slide="Gradient descent in neural networks",
            points={"dW1": 3, "db1": 2, "dw2": 2, "db2": 1, "edges": 1, "form": 1, "curve": 2},
            rule=Values(
                reference=network_gradient,
                probes=probes.network(),
                edges=(
                    *probes.network(((1, 3, 2), (4, 1, 3), (4, 2, 1))),
                    probes.drawn(
                        "integer arrays",
                        *(probes.whole_array(4, 3), probes.whole_array(4), probes.whole_array(3, 2)),
                        *(probes.whole_array(2), probes.whole_array(2), probes.whole_number(1, 3)),
                    ),
                ),
                misconceptions=(
                    backward(
                        "slope_left_out",
                        "σ′ of the hidden layer is missing on the way back.",
                        slope=lambda z, a: np.ones_like(a),
                    ),
                    backward(
                        "sigma_for_slope",
                        "σ stands where its slope σ′ is asked for, on the way back through the hidden layer.",
                        slope=lambda z, a: a,
                    ),
                    backward(
                        "slope_of_output",
                        "σ′ is taken at the hidden outputs, where it is asked for at the sums into them.",
                        slope=lambda z, a: sigma(a) * (1 - sigma(a)),
                    ),
                    backward(
                        "output_weights_left_out",
                        "The weights w2 are missing on the way back to the hidden layer.",
                        back=np.ones_like,
                    ),
                    backward(
                        "sums_for_outputs",
                        "The sums into the hidden units stand where their outputs are asked for.",
                        hidden=lambda z, a: z,
                    ),
                    backward(
                        "slope_of_tanh",
                        "The slope is that of tanh: the hidden layer has σ.",
                        slope=lambda z, a: 1 - a**2,
                    ),
                    Misconception(
                        "weights_before_intercepts",
                        "db1 and dw2 have changed places: in which order are the four returned?",
                        lambda *a: tuple(network_gradient(*a)[k] for k in (0, 2, 1, 3)),
                    ),
                    backward(
                        "hidden_bias_left_out", "b1 is missing in the sums into the hidden units.", bias=0.0
                    ),
                ),
                curve=Curve(
                    experiments.descend(value(lecture.NETWORK), *LINEAR, lr=0.1, start=NETWORK_START),
                    "A network that learns the penguins' body mass with your gradient",
                ),
            ),
            example=NETWORK,
            gradient_of=("network_loss", (2, 3, 4, 5)),
            hint="Which path leads from L back to this weight, and which shape has each station on it?",
            operation=(
                "Go back station by station, (n,) to (n, h) to the weights: each product is with a "
                "transposed array, and examples are summed over."
            ),
        ),
        Exercise(
            function="momentum_step",
            slide="Momentum",
            points={"v": 2, "velocity": 1, "edges": 0.5, "form": 1, "curve": 0.5},
            rule=Values(
                reference=momentum_step,
                probes=tuple(
                    probes.drawn(
                        f"{d} parameters",
                        *(probes.vector(d), probes.vector(d), probes.vector(d)),
                        *(RATE, probes.number(0.3, 0.95)),
                    )
                    for d in SIZES
                ),
                edges=(
                    probes.drawn(
                        "a velocity of zero",
                        *(probes.vector(3), probes.given(np.zeros(3)), probes.vector(3)),
                        *(RATE, probes.number(0.3, 0.95)),
                    ),
                    probes.drawn(
                        "a gradient of zero",
                        *(probes.vector(3), probes.vector(3), probes.given(np.zeros(3))),
                        *(RATE, probes.number(0.3, 0.95)),
                    ),
                    probes.drawn(
                        "a momentum of zero",
                        *(probes.vector(3), probes.vector(3), probes.vector(3), RATE, probes.given(0.0)),
                    ),
                    probes.drawn(
                        "one parameter",
                        *(probes.vector(1), probes.vector(1), probes.vector(1), RATE, probes.given(0.5)),
                    ),
                    probes.drawn(
                        "integer arrays",
                        *(probes.whole_array(4), probes.whole_array(4), probes.whole_array(4)),
                        *(RATE, probes.given(0.5)),
                    ),
                ),
                misconceptions=(
                    Misconception(
                        "old_velocity",
                        "The step is taken with the velocity from before: which of the two is updated first?",
                        lambda v, u, g, lr, rho: (v - lr * u, rho * u + g),
                    ),
                    Misconception(
                        "nesterov",
                        "That is Nesterov's momentum, which looks a step ahead: here the velocity counts.",
                        lambda v, u, g, lr, rho: (v - lr * (g + rho * (rho * u + g)), rho * u + g),
                    ),
                    Misconception(
                        "running_mean",
                        "The gradient is weighted with 1 − momentum: here it counts in full.",
                        lambda v, u, g, lr, rho: (
                            v - lr * (rho * u + (1 - rho) * g),
                            rho * u + (1 - rho) * g,
                        ),
                    ),
                    Misconception(
                        "learning_rate_in_velocity",
                        "The learning rate is in the velocity: here it comes in only with the step.",
                        lambda v, u, g, lr, rho: (v - (rho * u + lr * g), rho * u + lr * g),
                    ),
                    Misconception(
                        "negative_velocity",
                        "The velocity points downhill: here it adds the gradients up as they are.",
                        lambda v, u, g, lr, rho: (v + lr * (rho * u - g), rho * u - g),
                    ),
                    Misconception(
                        "velocity_as_a_step",
                        "The velocity is the step itself, downhill and with the learning rate in it: here it "
                        "adds the gradients up as they are.",
                        lambda v, u, g, lr, rho: (v + (rho * u - lr * g), rho * u - lr * g),
                    ),
                    Misconception(
                        "no_momentum",
                        "The velocity does not count in the step.",
                        lambda v, u, g, lr, rho: (v - lr * g, g),
                    ),
                    Misconception(
                        "ascent",
                        "It climbs: the step goes along the velocity.",
                        lambda v, u, g, lr, rho: (v + lr * (rho * u + g), rho * u + g),
                    ),
                ),
                curve=Curve(
                    experiments.step_with_momentum(
                        LONG_VALLEY.loss, LONG_VALLEY.gradient, START, lr=0.5, momentum=0.8
                    ),
                    "Momentum in a long valley",
                ),
            ),
            example=(V, VELOCITY, G, 0.5, 0.5),
            hint="Which is updated first, and with which velocity is the step taken?",
            operation="Two new vectors, one after the other, each element by element.",
        ),
        Exercise(
            function="adam_step",
            slide="Adam",
            points={"v": 3, "m": 1, "s": 1, "edges": 1, "form": 1, "curve": 1},
            rule=Values(
                reference=adam_step,
                probes=(
                    *(
                        probes.drawn(
                            f"{d} parameters and a large ε",
                            *(probes.vector(d), probes.vector(d), probes.squares(d), probes.vector(d)),
                            *(probes.whole_number(2, 6), RATE, probes.number(0.5, 0.8)),
                            *(probes.number(0.6, 0.95), probes.number(0.05, 0.3)),
                        )
                        for d in SIZES
                    ),
                    probes.drawn(
                        "beta1, beta2 and eps left out",
                        *(probes.vector(3), probes.vector(3), probes.squares(3), probes.vector(3)),
                        *(probes.whole_number(2, 6), RATE),
                    ),
                ),
                edges=(
                    probes.drawn(
                        "the first step",
                        *(probes.vector(3), probes.given(np.zeros(3)), probes.given(np.zeros(3))),
                        *(probes.vector(3), probes.given(1), RATE),
                    ),
                    probes.drawn(
                        "a gradient of zero in the first step",
                        *(probes.vector(3), *[probes.given(np.zeros(3))] * 3, probes.given(1), RATE),
                    ),
                    probes.drawn(
                        "a gradient of zero in a later step",
                        *(probes.vector(3), probes.vector(3), probes.squares(3)),
                        *(probes.given(np.zeros(3)), probes.given(4), RATE),
                    ),
                    probes.drawn(
                        "a gradient as small as ε in the first step",
                        *(probes.vector(3), *[probes.given(np.zeros(3))] * 2),
                        *(probes.vector(3, 1e-8), probes.given(1), RATE),
                    ),
                    probes.drawn(
                        "step 10,000",
                        *(probes.vector(3), probes.vector(3), probes.squares(3), probes.vector(3)),
                        *(probes.given(10_000), RATE),
                    ),
                    probes.drawn(
                        "one parameter",
                        *(probes.vector(1), probes.vector(1), probes.squares(1), probes.vector(1)),
                        *(probes.given(3), RATE),
                    ),
                    probes.drawn(
                        "integer arrays",
                        *(probes.whole_array(4), *[probes.given(np.zeros(4, int))] * 2),
                        *(probes.whole_array(4), probes.given(1), RATE),
                    ),
                ),
                misconceptions=(
                    adam(
                        "no_correction",
                        "The means are not corrected for their start at zero.",
                        correct=False,
                    ),
                    adam(
                        "epsilon_in_root",
                        "ε is added inside the root: here it stands beside it.",
                        root_of_sum=True,
                    ),
                    adam(
                        "counted_from_zero",
                        "The correction counts t from 0: the first step has t = 1.",
                        shift=-1,
                    ),
                    adam(
                        "counted_from_two",
                        "The correction takes t + 1, where t is the number of the step.",
                        shift=1,
                    ),
                    adam(
                        "epsilon_uncorrected",
                        "ε is added to the root before that is corrected: here it comes after.",
                        early=True,
                    ),
                    adam(
                        "corrected_returned",
                        "What is returned are the corrected means: the next step needs them as they were.",
                        returned=True,
                    ),
                    adam("ascent", "It climbs: the step goes along the mean gradient.", sign=1),
                    adam("not_squared", "s is a mean of squares: the gradient is not squared.", square=False),
                    adam(
                        "sum_for_mean",
                        "m and s are running means: the new part has its weight too.",
                        mixed=False,
                    ),
                ),
                curve=Curve(
                    experiments.step_with_adam(LONG_VALLEY.loss, LONG_VALLEY.gradient, START, lr=0.15),
                    "Adam in a long valley",
                ),
            ),
            example=(V, np.array([0.2, -0.4, 0.1]), np.array([0.04, 0.25, 0.01]), G, 2, 0.1),
            hint="How far from their true size are two means that began at zero, after t steps?",
            operation=(
                "Two running means, element by element, each divided by one number; the root of the second "
                "goes below the line."
            ),
        ),
        Exercise(
            function="train_validation_test_split",
            slide="Training, validation and test",
            points={"sizes": 1, "partition": 2, "order": 1, "edges": 1, "form": 1},
            rule=Split(),
            hint="Put all indices in one random order: which pieces of it are the three sets?",
            operation="One permutation of all indices, cut in two places.",
        ),
        Exercise(
            function="choose_lambda",
            slide="Choosing λ",
            points={"lam": 2, "losses": 2, "edges": 1, "form": 0.5, "curve": 0.5},
            rule=ChooseLambda("The validation loss over λ"),
            hint="On which data is each λ fitted, and on which is it judged?",
            operation="One loss for each λ in a list, and the place of the smallest.",
        ),
    ),
)
