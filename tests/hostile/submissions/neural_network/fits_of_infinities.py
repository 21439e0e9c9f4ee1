"""Asks the grader for fits and losses of infinities, NaN and texts."""

# loses: choose_lambda
# status: error|failed
# proof: [0-9]+ of them raised


def choose_lambda(X_train, y_train, X_val, y_val, lambdas, fit, loss):
    raised = 0
    for bad in (np.inf, -np.inf, np.nan, 1e308, 10**400, "x", None, 1j, True, {}, [], -1):
        for asked in ((X_train * 0 + 1, y_train, bad), (X_train, bad, 1.0), (bad, y_train, 1.0)):
            try:
                loss(X_val, y_val, *fit(*asked))
            except Exception:
                raised += 1
    print(raised, "of them raised")
    return np.inf, [np.inf] * len(lambdas)
