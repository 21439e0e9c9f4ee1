"""Asks for gradients at vectors of a million numbers, and for learning rates of steps that are none."""

# loses: gradient_descent
# status: error|timeout
# says: RefusedError|invalid reply|stopped after
# proof: far too many


def gradient_descent(gradient, v0, lr, steps):
    print("far too many")
    for asked in ("x" * 10**6, [[1.0] * 1000] * 1000, np.inf, np.full(len(v0), np.nan)):
        try:
            gradient(asked)
        except Exception:
            pass
    return gradient(np.ones(1_000_000))
