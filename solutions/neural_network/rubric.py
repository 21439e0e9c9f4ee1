"""How homework `neural_network` is judged."""

from types import SimpleNamespace

import numpy as np

from autograder import (
    Curve,
    Exercise,
    Guess,
    Homework,
    Misconception,
    Valley,
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
network_gradient = gradient("lecture.NETWORK", "W1", "b1", "w2", "b2")
momentum_step = value("lecture.MOMENTUM_STEP")
adam_step = value("lecture.ADAM_STEP")

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


def backward(
    name,
    sentence,
    *,
    slope=lambda z, a: a * (1 - a),
    hidden=lambda z, a: a,
    back=None,
    bias=1.0,
    error=lambda s, y: s - y,
):
    """A misconception about the way back through the network: which station of it is another."""

    def formula(X, y, W1, b1, w2, b2):
        z = X @ W1 + bias * b1
        a = sigma(z)
        delta = error(a @ w2 + b2, y) / len(y)
        to_sums = np.outer(delta, w2 if back is None else back(w2)) * slope(z, a)
        return X.T @ to_sums, to_sums.sum(axis=0), hidden(z, a).T @ delta, delta.sum()

    return Misconception(name, sentence, formula)


def _back_with(X, y, W1, b1, w2, b2):
    """The slopes of the hidden layer with a w2 that has already taken a step."""
    a = sigma(X @ W1 + b1)
    error = (a @ w2 + b2 - y) / len(y)
    to_sums = np.outer(error, w2 - a.T @ error) * a * (1 - a)
    return X.T @ to_sums, to_sums.sum(axis=0)


def running_means(k):
    """Adam's m and s after the step."""
    return k.beta1 * k.m0 + (1 - k.beta1) * k.g, k.beta2 * k.s0 + (1 - k.beta2) * k.g**2


def corrected(k):
    """The same, for their start at zero."""
    return k.m / (1 - k.beta1**k.t), k.s / (1 - k.beta2**k.t)


def adam(
    name,
    sentence,
    *,
    means=running_means,
    correct=corrected,
    fraction=lambda k: k.m_hat / (np.sqrt(k.s_hat) + k.eps),
    returned=lambda k: (k.m, k.s),
    sign=-1,
):
    """A misconception about one step of Adam: which part of it is done otherwise, given all quantities."""

    def formula(v, m, s, g, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
        k = SimpleNamespace(v=v, m0=m, s0=s, g=g, t=t, lr=lr, beta1=beta1, beta2=beta2, eps=eps)
        k.m, k.s = means(k)
        k.m_hat, k.s_hat = correct(k)
        return v + sign * lr * fraction(k), *returned(k)

    return Misconception(name, sentence, formula)


def _decayed(share, v, *others):
    """A step of Adam in which the weights shrink as well."""
    stepped, m, s = adam_step(v, *others)
    return stepped - others[4] * share * v, m, s


HOMEWORK = Homework(
    name="neural_network",
    title="The same rule, with more weights",
    data=("penguins.csv", "penguins.py", "losses.py"),
    guess_points=2,
    guesses=(
        Guess(
            "every_step",
            right="a",
            why=(
                r"Both factors, $1 - 0.03 \cdot 60 = -0.8$ and 0.97, are below 1 in size. Momentum and Adam "
                "overshoot."
            ),
            choices=("a", "b", "c"),
        ),
        Guess(
            "network_curve",
            right="b",
            why=(
                "At each length the network learns the mean depth: short flippers are Adelies and "
                "Chinstraps, long ones Gentoos, and in each part longer flippers go with deeper bills."
            ),
            choices=("a", "b", "c"),
        ),
        Guess(
            "smallest_lambda",
            right="c",
            why=(
                "21 numbers are fitted to 34 penguins almost without a penalty: they follow the noise, which "
                "the validation set does not share."
            ),
            choices=("a", "b", "c"),
        ),
    ),
    exercises=(
        Exercise(
            function="mlp_forward",
            slide="Function composition",
            points={"value": 2, "edges": 1, "form": 0.5, "curve": 0.5},
            rule=rules.Values(
                reference=value("lecture.NETWORK_OUTPUT"),
                probes=probes.network(targets=False),
                edges=(
                    *probes.network(((1, 3, 2), (4, 1, 3), (4, 2, 1)), targets=False),
                    *(probes.saturated(each, 1) for each in probes.network(((6, 3, 2),), targets=False)),
                    probes.drawn(
                        "integer arrays",
                        *(probes.whole_array(4, 3), probes.whole_array(3, 2), probes.whole_array(2)),
                        *(probes.whole_array(2), probes.whole_number(1, 3)),
                    ),
                ),
                misconceptions=(
                    Misconception(
                        "bias_after_sigma",
                        "b1 is added after σ: add it to the sums into the hidden units.",
                        lambda X, W1, b1, w2, b2: (sigma(X @ W1) + b1) @ w2 + b2,
                    ),
                    Misconception(
                        "output_bias_for_each_unit",
                        "b2 is added once for each hidden unit: add it to the output.",
                        lambda X, W1, b1, w2, b2: sigma(X @ W1 + b1) @ w2 + len(w2) * b2,
                    ),
                    Misconception(
                        "output_bias_before_weights",
                        "b2 is added to the hidden outputs: add it to the output.",
                        lambda X, W1, b1, w2, b2: (sigma(X @ W1 + b1) + b2) @ w2,
                    ),
                    Misconception(
                        "sigma_after_weights",
                        "The weights w2 are used before σ: they weight the outputs of σ.",
                        lambda X, W1, b1, w2, b2: sigma((X @ W1 + b1) * w2).sum(axis=1) + b2,
                    ),
                    Misconception(
                        "softmax",
                        "That is a softmax over the hidden units: apply σ to each unit separately.",
                        lambda X, W1, b1, w2, b2: (
                            np.exp(X @ W1 + b1) / np.exp(X @ W1 + b1).sum(axis=1, keepdims=True) @ w2 + b2
                        ),
                    ),
                    Misconception(
                        "weights_reshaped",
                        "W1 was reshaped, which mixes its entries: that is not the transposed matrix.",
                        lambda X, W1, b1, w2, b2: sigma(X @ W1.reshape(W1.shape[::-1]).T + b1) @ w2 + b2,
                    ),
                    Misconception(
                        "last_example_for_all",
                        "All outputs are those of the last example.",
                        lambda X, W1, b1, w2, b2: np.full(len(X), (sigma(X @ W1 + b1) @ w2 + b2)[-1]),
                    ),
                ),
                curve=Curve(
                    experiments.watch_predictions(network_gradient, *LINEAR, lr=0.1, start=NETWORK_START),
                    "A network that learns the penguins' body mass, watched by your predictions",
                ),
            ),
            example=(NETWORK[0], *NETWORK[2:]),
            hint="What shape does the output of the hidden layer have, and where is σ applied?",
            operation=(
                "X times W1 has a row of h sums for each example; σ element by element; then each row times "
                "w2."
            ),
        ),
        Exercise(
            function="mlp_gradient",
            slide="Gradient descent in neural networks",
            points={"dW1": 3, "db1": 2, "dw2": 2, "db2": 1, "edges": 1, "form": 1, "curve": 2},
            rule=rules.Values(
                reference=network_gradient,
                probes=probes.network(),
                edges=(
                    *probes.network(((1, 3, 2), (4, 1, 3), (4, 2, 1))),
                    *(probes.saturated(each, 2) for each in probes.network(((6, 3, 2),))),
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
                        "σ is used on the way back through the hidden layer; expected its slope σ′.",
                        slope=lambda z, a: a,
                    ),
                    backward(
                        "slope_of_output",
                        "σ′ is taken at the hidden outputs: take it at the sums into them.",
                        slope=lambda z, a: sigma(a) * (1 - sigma(a)),
                    ),
                    backward(
                        "output_weights_left_out",
                        "The weights w2 are missing on the way back to the hidden layer.",
                        back=np.ones_like,
                    ),
                    backward(
                        "sums_for_outputs",
                        "The sums into the hidden units are used; expected their outputs.",
                        hidden=lambda z, a: z,
                    ),
                    backward(
                        "slope_of_tanh",
                        "The slope is that of tanh: the hidden layer has σ.",
                        slope=lambda z, a: 1 - a**2,
                    ),
                    backward(
                        "output_weights_summed",
                        "The weights w2 are summed on the way back: each hidden unit has its own.",
                        back=lambda w2: np.full_like(w2, w2.sum()),
                    ),
                    backward(
                        "output_weights_backwards",
                        "The weights w2 come in the opposite order on the way back.",
                        back=lambda w2: w2[::-1],
                    ),
                    backward(
                        "sigma_at_the_output",
                        "The output goes through σ: this output has no σ.",
                        error=lambda s, y: (sigma(s) - y) * sigma(s) * (1 - sigma(s)),
                    ),
                    backward(
                        "slope_at_the_output",
                        "A slope σ′ is taken at the output, which has no σ.",
                        error=lambda s, y: (s - y) * s * (1 - s),
                    ),
                    backward(
                        "slope_for_hidden_outputs",
                        "σ′ is in dw2; expected the hidden outputs there.",
                        hidden=lambda z, a: a * (1 - a),
                    ),
                    Misconception(
                        "weights_moved_too_early",
                        "w2 is updated before the way back: take all slopes at the same weights.",
                        lambda X, y, W1, b1, w2, b2: (
                            *_back_with(X, y, W1, b1, w2, b2),
                            *network_gradient(X, y, W1, b1, w2, b2)[2:],
                        ),
                    ),
                    Misconception(
                        "divided_by_units",
                        "It is divided by the number of hidden units: divide by the number of examples.",
                        lambda X, y, *others: tuple(
                            part * len(y) / len(others[2]) for part in network_gradient(X, y, *others)
                        ),
                    ),
                    Misconception(
                        "divided_by_units_too",
                        "It is divided by the number of hidden units as well: only sum over them.",
                        lambda X, y, *others: tuple(
                            part / len(others[2]) for part in network_gradient(X, y, *others)
                        ),
                    ),
                    Misconception(
                        "weights_before_intercepts",
                        "db1 and dw2 are exchanged: in which order are the four returned?",
                        lambda *a: tuple(network_gradient(*a)[k] for k in (0, 2, 1, 3)),
                    ),
                    backward(
                        "hidden_bias_left_out", "b1 is missing in the sums into the hidden units.", bias=0.0
                    ),
                ),
                curve=Curve(
                    experiments.descend(value("lecture.NETWORK"), *LINEAR, lr=0.1, start=NETWORK_START),
                    "A network that learns the penguins' body mass with your gradient",
                ),
            ),
            example=NETWORK,
            gradient_of=("losses.network_loss", (2, 3, 4, 5)),
            credit=constant_factors(0.5),
            hint="Which path leads from L back to this weight, and what shape does each step on it have?",
            operation=(
                "Go back step by step, (n,) to (n, h) to the weights: each product is with a "
                "transposed array, and examples are summed over."
            ),
        ),
        Exercise(
            function="momentum_step",
            slide="Choosing the learning rate",
            points={"v": 2, "velocity": 1, "edges": 0.5, "form": 1, "curve": 0.5},
            rule=rules.Values(
                reference=momentum_step,
                titles={"v": "New parameters (v)", "velocity": "New velocity"},
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
                        "a learning rate above 1",
                        *(probes.vector(3), probes.vector(3), probes.vector(3)),
                        *(probes.number(1.1, 1.9), probes.number(0.3, 0.95)),
                    ),
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
                        "That is Nesterov's momentum, which looks a step ahead: step along the velocity.",
                        lambda v, u, g, lr, rho: (v - lr * (g + rho * (rho * u + g)), rho * u + g),
                    ),
                    Misconception(
                        "running_mean",
                        "The gradient is weighted with 1 − momentum: use it in full.",
                        lambda v, u, g, lr, rho: (
                            v - lr * (rho * u + (1 - rho) * g),
                            rho * u + (1 - rho) * g,
                        ),
                    ),
                    Misconception(
                        "learning_rate_in_velocity",
                        "The learning rate is in the velocity: it belongs only in the step.",
                        lambda v, u, g, lr, rho: (v - (rho * u + lr * g), rho * u + lr * g),
                    ),
                    Misconception(
                        "negative_velocity",
                        "The velocity points downhill: add the gradients up as they are.",
                        lambda v, u, g, lr, rho: (v + lr * (rho * u - g), rho * u - g),
                    ),
                    Misconception(
                        "velocity_as_a_step",
                        "The velocity is the step itself, downhill and with the learning rate in it: add the "
                        "gradients up as they are.",
                        lambda v, u, g, lr, rho: (v + (rho * u - lr * g), rho * u - lr * g),
                    ),
                    Misconception(
                        "no_momentum",
                        "The velocity is not used in the step.",
                        lambda v, u, g, lr, rho: (v - lr * g, g),
                    ),
                    Misconception(
                        "weights_the_other_way_round",
                        "The momentum weights the gradient, and 1 − momentum the velocity.",
                        lambda v, u, g, lr, rho: (
                            v - lr * ((1 - rho) * u + rho * g),
                            (1 - rho) * u + rho * g,
                        ),
                    ),
                    Misconception(
                        "step_for_velocity",
                        "The returned velocity has the learning rate in it: it belongs only in the step.",
                        lambda v, u, g, lr, rho: (v - lr * (rho * u + g), lr * (rho * u + g)),
                    ),
                    Misconception(
                        "momentum_twice",
                        "The new velocity is multiplied with the momentum once more in the step.",
                        lambda v, u, g, lr, rho: (v - lr * rho * (rho * u + g), rho * u + g),
                    ),
                    Misconception(
                        "both_velocities",
                        "The step goes along the old and the new velocity: which one is right?",
                        lambda v, u, g, lr, rho: (v - lr * (u + rho * u + g), rho * u + g),
                    ),
                    Misconception(
                        "two_steps",
                        "Two steps are taken: take one.",
                        lambda v, u, g, lr, rho: (
                            v - lr * (rho * u + g) - lr * (rho * (rho * u + g) + g),
                            rho * (rho * u + g) + g,
                        ),
                    ),
                    Misconception(
                        "ascent",
                        "It climbs: the step goes along the velocity.",
                        lambda v, u, g, lr, rho: (v + lr * (rho * u + g), rho * u + g),
                    ),
                ),
                special=mistakes.with_any(
                    "weights_decayed",
                    "The weights also decay by a share of themselves: use only the velocity.",
                    lambda c, v, u, g, lr, rho: (v - lr * (rho * u + g + c * v), rho * u + g),
                    mistakes.SHARES,
                )
                + mistakes.with_any(
                    "weights_decayed",
                    "The weights also decay by a share of themselves: use only the velocity.",
                    lambda c, v, u, g, lr, rho: (v - lr * (rho * u + g + c * v), rho * u + g + c * v),
                    mistakes.SHARES,
                )
                + mistakes.with_any(
                    "another_momentum",
                    "The momentum is always the same number, whatever is given for it.",
                    lambda c, v, u, g, lr, rho: (v - lr * (c * u + g), c * u + g),
                    (0.5, 0.8, 0.9, 0.95, 0.99),
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
            slide="Choosing the learning rate",
            points={"v": 3, "m": 1, "s": 1, "edges": 1, "form": 1, "curve": 1},
            rule=rules.Values(
                reference=adam_step,
                titles={
                    "v": "New parameters (v)",
                    "m": "Running mean of the gradient (m)",
                    "s": "Running mean of its square (s)",
                },
                probes=(
                    *(
                        probes.drawn(
                            f"{d} parameters and a large ε",
                            *(probes.vector(d), probes.vector(d), probes.squares(d), probes.vector(d)),
                            *(probes.whole_number(2, 6), RATE, probes.number(0.5, 0.8)),
                            *(probes.number(0.6, 0.95), probes.number(*size)),
                        )
                        # above the root, and below it
                        for d, size in zip(SIZES, [(0.05, 0.3), (1.5, 2.5), (0.05, 0.3)], strict=True)
                    ),
                    probes.drawn(
                        "beta1, beta2 and eps left out",
                        *(probes.vector(3), probes.vector(3), probes.squares(3), probes.vector(3)),
                        *(probes.whole_number(2, 6), RATE),
                    ),
                ),
                edges=(
                    probes.drawn(
                        "a learning rate above 1",
                        *(probes.vector(3), probes.vector(3), probes.squares(3), probes.vector(3)),
                        *(probes.whole_number(2, 6), probes.number(1.1, 1.9)),
                    ),
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
                        "ε = 0 and a tiny gradient in the first step",
                        *(probes.vector(3), *[probes.given(np.zeros(3))] * 2),
                        *(probes.vector(3, 1e-8), probes.given(1), RATE),
                        *(probes.number(0.5, 0.8), probes.number(0.6, 0.95), probes.given(0.0)),
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
                        correct=lambda k: (k.m, k.s),
                    ),
                    adam(
                        "epsilon_in_root",
                        "ε is added inside the root: add it outside.",
                        fraction=lambda k: k.m_hat / np.sqrt(k.s_hat + k.eps),
                    ),
                    adam(
                        "epsilon_twice",
                        "ε is added inside the root as well: add it only outside.",
                        fraction=lambda k: k.m_hat / (np.sqrt(k.s_hat + k.eps) + k.eps),
                    ),
                    adam(
                        "epsilon_beside_the_fraction",
                        "ε is added to the parameters: it belongs in the denominator.",
                        fraction=lambda k: k.m_hat / np.sqrt(k.s_hat) - k.eps / k.lr,
                    ),
                    adam(
                        "counted_from_zero",
                        "The correction counts t from 0: the first step has t = 1.",
                        correct=lambda k: corrected(SimpleNamespace(**vars(k) | {"t": k.t - 1})),
                    ),
                    adam(
                        "counted_from_two",
                        "The correction uses t + 1: use the number t of the step.",
                        correct=lambda k: corrected(SimpleNamespace(**vars(k) | {"t": k.t + 1})),
                    ),
                    adam(
                        "corrected_for_one_step",
                        "The correction is that of the first step: it depends on t.",
                        correct=lambda k: corrected(SimpleNamespace(**vars(k) | {"t": 1})),
                    ),
                    adam(
                        "power_as_a_product",
                        "β is multiplied by t in the correction: it is a power.",
                        correct=lambda k: (k.m / (1 - k.beta1 * k.t), abs(k.s / (1 - k.beta2 * k.t))),
                    ),
                    adam(
                        "power_of_the_difference",
                        "1 − β is taken to the power of t in the correction: which part is the power of?",
                        correct=lambda k: (k.m / (1 - k.beta1) ** k.t, k.s / (1 - k.beta2) ** k.t),
                    ),
                    adam(
                        "multiplied_with_the_correction",
                        "The correction makes the means smaller: they are too small already.",
                        correct=lambda k: (k.m * (1 - k.beta1**k.t), k.s * (1 - k.beta2**k.t)),
                    ),
                    adam(
                        "old_means_corrected",
                        "The step is taken with the means from before: which are updated first?",
                        correct=lambda k: corrected(SimpleNamespace(**vars(k) | {"m": k.m0, "s": k.s0})),
                    ),
                    adam(
                        "epsilon_uncorrected",
                        "ε is added to the root before the correction: add it after the correction.",
                        fraction=lambda k: k.m_hat / (np.sqrt(k.s_hat) + k.eps / np.sqrt(1 - k.beta2**k.t)),
                    ),
                    adam(
                        "root_of_the_fraction",
                        "The root is taken of the whole fraction: take it only of s.",
                        fraction=lambda k: np.sign(k.m_hat) * np.sqrt(abs(k.m_hat) / (k.s_hat + k.eps)),
                    ),
                    adam(
                        "root_left_out",
                        "The root is missing in the denominator.",
                        fraction=lambda k: k.m_hat / (k.s_hat + k.eps),
                    ),
                    adam(
                        "gradient_over_the_root",
                        "The gradient is in the numerator; expected its running mean.",
                        fraction=lambda k: k.g / (np.sqrt(k.s_hat) + k.eps),
                    ),
                    adam(
                        "signs",
                        "Only the sign of the mean is used in the step.",
                        fraction=lambda k: np.sign(k.m),
                    ),
                    adam(
                        "mean_alone",
                        "s is not used in the step: that is momentum.",
                        fraction=lambda k: k.m_hat,
                    ),
                    adam(
                        "nesterov",
                        "That is Adam with Nesterov's momentum, which looks a step ahead.",
                        fraction=lambda k: (
                            (k.beta1 * k.m + (1 - k.beta1) * k.g)
                            / (1 - k.beta1**k.t)
                            / (np.sqrt(k.s_hat) + k.eps)
                        ),
                    ),
                    adam(
                        "rate_that_falls",
                        "The learning rate is divided by √t: keep it constant.",
                        fraction=lambda k: k.m_hat / (np.sqrt(k.s_hat) + k.eps) / np.sqrt(k.t),
                    ),
                    adam(
                        "weights_decayed",
                        "The weights also decay by 0.01 of themselves: that is AdamW.",
                        fraction=lambda k: k.m_hat / (np.sqrt(k.s_hat) + k.eps) + 0.01 * k.v,
                    ),
                    adam(
                        "one_length_for_all",
                        "The mean of s is in the denominator: each component has its own s.",
                        fraction=lambda k: k.m_hat / (np.sqrt(k.s_hat.mean()) + k.eps),
                    ),
                    Misconception(
                        "usual_decays",
                        "β₁ and β₂ are 0.9 and 0.999, whatever is given.",
                        lambda v, m, s, g, t, lr, beta1=0.9, beta2=0.999, eps=1e-8: adam_step(
                            v, m, s, g, t, lr, 0.9, 0.999, eps
                        ),
                    ),
                    Misconception(
                        "another_default",
                        "The default of beta2 is 0.999.",
                        lambda v, m, s, g, t, lr, beta1=0.9, beta2=0.99, eps=1e-8: adam_step(
                            v, m, s, g, t, lr, beta1, beta2, eps
                        ),
                    ),
                    adam(
                        "corrected_returned",
                        "It returns the corrected means: the next step needs the uncorrected ones.",
                        returned=lambda k: (k.m_hat, k.s_hat),
                    ),
                    adam(
                        "means_returned_the_other_way_round",
                        "m and s are exchanged: in which order are the three returned?",
                        returned=lambda k: (k.s, k.m),
                    ),
                    adam("ascent", "It climbs: the step goes along the mean gradient.", sign=1),
                    adam(
                        "not_squared",
                        "s is a mean of squares: the gradient is not squared.",
                        means=lambda k: (
                            running_means(k)[0],
                            k.beta2 * k.s0 + (1 - k.beta2) * abs(k.g),
                        ),
                    ),
                    adam(
                        "mean_squared",
                        "s is the mean of the gradient's squares, not of its mean's.",
                        means=lambda k: (
                            running_means(k)[0],
                            k.beta2 * k.s0 + (1 - k.beta2) * running_means(k)[0] ** 2,
                        ),
                    ),
                    adam(
                        "belief",
                        "The distance to the mean gradient is squared for s: that is AdaBelief.",
                        means=lambda k: (
                            running_means(k)[0],
                            k.beta2 * k.s0 + (1 - k.beta2) * (k.g - running_means(k)[0]) ** 2,
                        ),
                    ),
                    adam(
                        "largest_so_far",
                        "The larger of old and new is kept for s, as in Adamax: s is a mean of squares.",
                        means=lambda k: (running_means(k)[0], np.maximum(k.beta2 * k.s0, abs(k.g))),
                        correct=lambda k: (corrected(k)[0], k.s**2),
                    ),
                    adam(
                        "larger_of_two",
                        "The larger of old and new mean is kept for s, as in AMSGrad: take the new one.",
                        means=lambda k: (running_means(k)[0], np.maximum(k.s0, running_means(k)[1])),
                    ),
                    adam(
                        "larger_of_two_in_the_step",
                        "The larger of old and new mean of the squares is in the step, as in AMSGrad.",
                        correct=lambda k: corrected(
                            SimpleNamespace(**vars(k) | {"s": np.maximum(k.s0, k.s)})
                        ),
                    ),
                    adam(
                        "squares_added_up",
                        "The squares are added up, as in AdaGrad: s is a running mean.",
                        means=lambda k: (running_means(k)[0], k.s0 + k.g**2),
                        correct=lambda k: (corrected(k)[0], k.s),
                    ),
                    adam(
                        "sum_for_mean",
                        "m and s are running means: the new part has a weight too.",
                        means=lambda k: (k.beta1 * k.m0 + k.g, k.beta2 * k.s0 + k.g**2),
                    ),
                    adam(
                        "weights_the_other_way_round",
                        "β is the weight of the old mean, 1 − β that of what is new.",
                        means=lambda k: (
                            (1 - k.beta1) * k.m0 + k.beta1 * k.g,
                            (1 - k.beta2) * k.s0 + k.beta2 * k.g**2,
                        ),
                    ),
                ),
                special=(
                    *mistakes.with_any(
                        "another_default",
                        "The default of beta1 is 0.9.",
                        lambda c, v, m, s, g, t, lr, beta1=None, beta2=0.999, eps=1e-8: adam_step(
                            v, m, s, g, t, lr, c if beta1 is None else beta1, beta2, eps
                        ),
                        (0.5, 0.8, 0.85, 0.95, 0.99, 0.999),
                    ),
                    *mistakes.with_any(
                        "another_default",
                        "The default of beta2 is 0.999.",
                        lambda c, v, m, s, g, t, lr, beta1=0.9, beta2=None, eps=1e-8: adam_step(
                            v, m, s, g, t, lr, beta1, c if beta2 is None else beta2, eps
                        ),
                        (0.9, 0.95, 0.98, 0.99, 0.9999),
                    ),
                    *mistakes.with_any(
                        "another_default",
                        "The default of eps is 1e-8.",
                        lambda c, v, m, s, g, t, lr, beta1=0.9, beta2=0.999, eps=None: adam_step(
                            v, m, s, g, t, lr, beta1, beta2, c if eps is None else eps
                        ),
                        (0.0, *(10.0**-k for k in (1, 2, 3, 4, 5, 6, 7, 9, 10, 12, 15, 16))),
                    ),
                    adam(
                        "epsilon_as_floor",
                        "The denominator is never less than ε: add ε to the root.",
                        fraction=lambda k: k.m_hat / np.maximum(np.sqrt(k.s_hat), k.eps),
                    ),
                    *mistakes.with_any(
                        "epsilon_of_its_own",
                        "ε is always the same number, whatever is given for it.",
                        lambda c, v, m, s, g, t, lr, beta1=0.9, beta2=0.999, eps=1e-8: adam_step(
                            v, m, s, g, t, lr, beta1, beta2, c
                        ),
                        (0.0, *(10.0**-k for k in (4, 5, 6, 7, 8, 9, 10, 12))),
                    ),
                    *mistakes.with_any(
                        "weights_decayed",
                        "The weights also decay by a share of themselves: that is AdamW.",
                        lambda c, *given: _decayed(c, *given),
                        mistakes.SHARES,
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
                "is in the denominator."
            ),
        ),
        Exercise(
            function="train_validation_test_split",
            slide="Machine learning",
            points={"sizes": 1, "partition": 2, "order": 1, "edges": 1, "form": 1},
            rule=rules.Split(),
            hint="Put all indices in one random order: which pieces of it are the three sets?",
            operation="One permutation of all indices, cut in two places.",
        ),
        Exercise(
            function="choose_lambda",
            slide="Learning and optimization",
            points={"lam": 2, "losses": 2, "edges": 1, "form": 0.5, "curve": 0.5},
            rule=rules.ChooseLambda("The validation loss over λ"),
            hint="On which data is each λ fitted, and on which is it judged?",
            operation="One loss for each λ in a list, and the place of the smallest.",
        ),
    ),
)
