"""The lecture's models, losses and problems as SymPy definitions; no derivative is typed here.

Indices name what they run over: i the n examples, j the d features, k the h hidden units. A sum always runs
over the whole range, from 1.
"""

from __future__ import annotations

from typing import Any

import sympy as sp

from symbolic_checks.language import (
    Argument,
    ConstrainedProblem,
    Definition,
    Index,
    LineProblem,
    Model,
    RateProblem,
    Sigma,
    total,
)

i = Index("i", size="n", noun="example", order=0)
j = Index("j", size="d", noun="feature", order=1)
k = Index("k", size="h", noun="hidden unit", order=2)
n, d, h = i.size, j.size, k.size


def _real(names: str) -> Any:
    return sp.symbols(names, real=True)


def _array(name: str) -> Any:
    return sp.IndexedBase(name, real=True)


# The slides' letters. Sizes are positive integers, all else is real.
z, b, c, b2, eta, lam = _real("z b c b2 eta lam")
X, y, w, W1, b1, w2 = (_array(name) for name in ("X", "y", "w", "W1", "b1", "w2"))
g, r, v, a, beta = (_array(name) for name in ("g", "r", "v", "a", "b"))
L, E, R = _real("L E R")

_X, _y, _w, _b = (
    Argument("X", X[i, j]),
    Argument("y", y[i]),
    Argument("w", w[j]),
    Argument("b", b),
)


# Slides "Gradient Descent for Linear Regression" and "Gradients of b, w₁, w₂".
def _squared_error() -> Model:
    x1, x2, target, w1, w2, y_hat = _real(r"x_1 x_2 y w_1 w_2 \hat{y}")
    symbols = (x1, x2, target, w1, w2, b)
    return Model(
        "the squared error of one example",
        tuple(Argument(str(symbol).replace("_", ""), symbol) for symbol in symbols),
        (
            Definition(y_hat, w1 * x1 + w2 * x2 + b, "The prediction of the linear model."),
            Definition(L, (y_hat - target) ** 2, "The squared error of one example."),
        ),
    )


SQUARED_ERROR = _squared_error()

# Slides "Loss function optimization" and "Gradient descent in neural networks".
_z, _y_hat = _array("z"), _array(r"\hat{y}")
_MEAN_SQUARES = total((_y_hat[i] - y[i]) ** 2, i) / (2 * n)
_LOSS = Definition(L, _MEAN_SQUARES, "The mean squared error (MSE) of all n examples.")

LINEAR_OUTPUT = Model(
    "the linear model",
    (_X, _w, _b),
    (Definition(_y_hat[i], total(X[i, j] * w[j], j) + b, "The prediction for example i."),),
)
MSE = Model("the MSE of the linear model", (_X, _y, _w, _b), (*LINEAR_OUTPUT.definitions, _LOSS))

RIDGE = Model(
    "the regularised MSE of the linear model",
    (_X, _y, _w, _b, Argument("lam", lam)),
    (
        *LINEAR_OUTPUT.definitions,
        Definition(E, _MEAN_SQUARES, "The mean squared error of all n examples."),
        Definition(R, total(w[j] ** 2, j), "The penalty on large weights; b is left out."),
        Definition(L, E + lam * R, "The loss: the error, plus λ times the penalty."),
    ),
)

SIGMOID = Model(
    "the sigmoid",
    (Argument("z", z),),
    (Definition(_real("s"), Sigma(z), "The sigmoid of z."),),
    elementwise=True,
)

NEURON_OUTPUT = Model(
    "one sigmoid neuron",
    (_X, _w, _b),
    (
        Definition(_z[i], total(X[i, j] * w[j], j) + b, "The weighted sum for example i."),
        Definition(_y_hat[i], Sigma(_z[i]), "The neuron's output."),
    ),
)
NEURON = Model("the MSE of one sigmoid neuron", (_X, _y, _w, _b), (*NEURON_OUTPUT.definitions, _LOSS))


def _network_output() -> Model:
    hidden_sum, hidden = _array("z"), _array("a")
    return Model(
        "the two-layer network",
        (_X, Argument("W1", W1[j, k]), Argument("b1", b1[k]), Argument("w2", w2[k]), Argument("b2", b2)),
        (
            Definition(hidden_sum[i, k], total(X[i, j] * W1[j, k], j) + b1[k], "The sum into hidden unit k."),
            Definition(hidden[i, k], Sigma(hidden_sum[i, k]), "The output of hidden unit k."),
            Definition(_y_hat[i], total(hidden[i, k] * w2[k], k) + b2, "The prediction for example i."),
        ),
    )


NETWORK_OUTPUT = _network_output()
NETWORK = Model(
    "the MSE of the two-layer network",
    (_X, _y, *NETWORK_OUTPUT.arguments[1:]),
    (*NETWORK_OUTPUT.definitions, _LOSS),
)

# Which way is down, and how far the loss then falls: L is any differentiable function.
_g = Argument("gradient", g[j])

STEEPEST_DIRECTION = ConstrainedProblem(
    "the direction of steepest ascent or descent",
    (_g,),
    unknown=r[j],
    objective=total(g[j] * r[j], j),
    constraint=total(r[j] ** 2, j) - 1,
)
MINIMUM_NORM = ConstrainedProblem(
    "the shortest vector b with a·b = c",
    (Argument("a", a[j]), Argument("c", c)),
    unknown=beta[j],
    objective=total(beta[j] ** 2, j),
    constraint=total(a[j] * beta[j], j) - c,
    undefined="a is the zero vector: a·b is 0 for every b.",
)
DIRECTIONAL_DERIVATIVE = LineProblem(
    "the directional derivative",
    (_g, Argument("direction", r[j])),
    direction=r[j] / sp.sqrt(total(r[j] ** 2, j)),
    t=sp.Symbol("t", real=True),
    undefined="The zero vector has no direction.",
)
FIRST_ORDER_CHANGE = LineProblem(
    "the first-order change of the loss in one step of gradient descent",
    (_g, Argument("lr", eta)),
    direction=-g[j],
    t=eta,
)


# What is done with a gradient: nothing to derive here, but one place says what is right.
def _step() -> Model:
    stepped = _array("v'")
    return Model(
        "one step of gradient descent",
        (Argument("v", v[j]), _g, Argument("lr", eta)),
        (Definition(stepped[j], v[j] - eta * g[j], "A step against the gradient."),),
    )


def _momentum() -> Model:
    velocity, faster, stepped = _array("u"), _array("u'"), _array("v'")
    rho = _real(r"\rho")
    return Model(
        "one step of gradient descent with momentum",
        (
            Argument("v", v[j]),
            Argument("velocity", velocity[j]),
            _g,
            Argument("lr", eta),
            Argument("momentum", rho),
        ),
        (
            Definition(faster[j], rho * velocity[j] + g[j], "The velocity fades, and the gradient is added."),
            Definition(stepped[j], v[j] - eta * faster[j], "A step against the new velocity."),
        ),
        results=(Argument("v", stepped[j]), Argument("velocity", faster[j])),
    )


def _adam() -> Model:
    """Kingma and Ba (2015), Algorithm 1."""
    t, beta1, beta2, eps = _real(r"t \beta_1 \beta_2 \epsilon")
    m, s, m_new, s_new, m_hat, s_hat, stepped = map(
        _array, ("m", "s", "m'", "s'", r"\hat{m}", r"\hat{s}", "v'")
    )
    return Model(
        "one step of Adam",
        (
            *(Argument("v", v[j]), Argument("m", m[j]), Argument("s", s[j]), _g),
            *(Argument("t", t), Argument("lr", eta)),
            *(Argument("beta1", beta1, 0.9), Argument("beta2", beta2, 0.999), Argument("eps", eps, 1e-8)),
        ),
        (
            Definition(m_new[j], beta1 * m[j] + (1 - beta1) * g[j], "The running mean of the gradients."),
            Definition(
                s_new[j], beta2 * s[j] + (1 - beta2) * g[j] ** 2, "The running mean of their squares."
            ),
            Definition(m_hat[j], m_new[j] / (1 - beta1**t), "Corrected for its start at zero."),
            Definition(s_hat[j], s_new[j] / (1 - beta2**t), "Corrected likewise."),
            Definition(
                stepped[j],
                v[j] - eta * m_hat[j] / (sp.sqrt(s_hat[j]) + eps),
                "A step whose length hardly depends on how long the gradients are.",
            ),
        ),
        results=(Argument("v", stepped[j]), Argument("m", m_new[j]), Argument("s", s_new[j])),
    )


GRADIENT_STEP = _step()
MOMENTUM_STEP = _momentum()
ADAM_STEP = _adam()

# On the way to σ′ = σ(1 − σ): how fast a quotient changes with z.
_num, _den, _dnum, _dden = _real("N D N' D'")
QUOTIENT = RateProblem(
    "the derivative of a quotient",
    (Argument("num", _num), Argument("den", _den), Argument("dnum", _dnum), Argument("dden", _dden)),
    Definition(_real("q"), _num / _den, "A quotient of two functions of z."),
    rates=((_num, _dnum), (_den, _dden)),
    result=_real("q'"),
    variable=z,
)

# A schedule: large steps far from the minimum, small ones near it.
_t, _initial, _decay = _real(r"t \alpha_0 k")
DECAYED_RATE = Model(
    "a learning rate that decays",
    (Argument("t", _t), Argument("initial", _initial), Argument("decay", _decay)),
    (Definition(_real(r"\alpha_t"), _initial / (1 + _decay * _t), "The learning rate of step t."),),
    elementwise=True,
)

# Slide "MSE and 0-1 loss": a step function of ŷ, whose derivative is 0 wherever there is one.
_WRONG = sp.Heaviside(_y_hat[i] - sp.Rational(1, 2), 1) - y[i]
ZERO_ONE_LOSS = Model(
    "the 0-1 loss",
    (Argument("y_hat", _y_hat[i]), _y),
    (Definition(L, total(_WRONG**2, i) / n, "The share of examples that are taken for the other class."),),
)
