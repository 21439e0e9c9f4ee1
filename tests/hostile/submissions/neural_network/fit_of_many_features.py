"""Asks for a fit of ten thousand features: its own process has no room for it."""

# loses: choose_lambda
# status: error
# says: MemoryError|RefusedError|stopped after
# proof: ten thousand features


def choose_lambda(X_train, y_train, X_val, y_val, lambdas, fit, loss):
    print("ten thousand features")
    fit(np.ones((1, 10_000)), np.ones(1), 0.1)
    return 0.0, [0.0]
