"""Asks the grader for a fit of ten thousand features."""

# loses: choose_lambda
# status: error
# says: RefusedError
# proof: ten thousand features


def choose_lambda(X_train, y_train, X_val, y_val, lambdas, fit, loss):
    print("ten thousand features")
    fit(np.ones((1, 10_000)), np.ones(1), 0.1)
    return 0.0, [0.0]
