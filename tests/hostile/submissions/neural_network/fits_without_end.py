"""Asks the grader for fits of all its data until it is stopped."""

# loses: choose_lambda
# status: timeout
# says: stopped after
# proof: fits without end


def choose_lambda(X_train, y_train, X_val, y_val, lambdas, fit, loss):
    print("fits without end", flush=True)
    k = 0
    while True:
        k += 1
        fit(np.concatenate([X_train, X_val]), np.concatenate([y_train, y_val]), 1.0 / k)
