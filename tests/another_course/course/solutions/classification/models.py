"""The lecture's models: a neuron with cross-entropy, softmax regression, and a loss for outliers."""

import sympy as sp

from symbolic_checks.language import Argument, Definition, Index, Model, Sigma, total

s = Index("s", size="N", noun="point", order=0)
j = Index("j", size="d", noun="coordinate", order=1)
c = Index("c", size="K", noun="class", plural="classes", order=2)

P, T, W, t, v, score, prob, bias = (
    sp.IndexedBase(name, real=True) for name in ("P", "T", "W", "t", "v", "z", "p", "b")
)
b, L = sp.symbols("b L", real=True)
delta = sp.Symbol("delta", positive=True)

_POINTS, _WEIGHTS, _BIAS = Argument("points", P[s, j]), Argument("weights", v[j]), Argument("bias", b)
_LINE = total(P[s, j] * v[j], j) + b

CROSS_ENTROPY = Model(
    "the cross-entropy of one sigmoid neuron",
    (_POINTS, Argument("labels", t[s]), _WEIGHTS, _BIAS),
    (
        Definition(score[s], _LINE, "The score of point s."),
        Definition(prob[s], Sigma(score[s]), "The probability that its label is 1."),
        Definition(
            L,
            total(-t[s] * sp.log(prob[s]) - (1 - t[s]) * sp.log(1 - prob[s]), s) / s.size,
            "The mean cross-entropy of all N points.",
        ),
    ),
)

SOFTMAX = Model(
    "the cross-entropy of softmax regression",
    (_POINTS, Argument("one_hot", T[s, c]), Argument("W", W[j, c]), Argument("b", bias[c])),
    (
        Definition(score[s, c], total(P[s, j] * W[j, c], j) + bias[c], "The score of class c for point s."),
        Definition(
            prob[s, c],
            sp.exp(score[s, c]) / total(sp.exp(score[s, c.other]), c.other),
            "The probability of class c for point s.",
        ),
        Definition(
            L, -total(T[s, c] * sp.log(prob[s, c]), s, c) / s.size, "The mean cross-entropy of all N points."
        ),
    ),
)

_ERROR = prob[s] - t[s]
HUBER = Model(
    "the Huber loss of the linear model",
    (_POINTS, Argument("targets", t[s]), _WEIGHTS, _BIAS, Argument("delta", delta)),
    (
        Definition(prob[s], _LINE, "The prediction for point s."),
        Definition(
            L,
            total(
                sp.Piecewise(
                    (_ERROR**2 / 2, sp.Abs(_ERROR) <= delta),
                    (delta * (sp.Abs(_ERROR) - delta / 2), True),
                ),
                s,
            )
            / s.size,
            "A square where the error is small, a line where it is large; the mean of all N points.",
        ),
    ),
)
