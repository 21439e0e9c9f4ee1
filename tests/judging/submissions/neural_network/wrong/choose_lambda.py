import numpy as np


def _losses(X, y, U, v, lambdas, fit, loss):
    return [loss(U, v, *fit(X, y, lam)) for lam in lambdas]


def stub(X_train, y_train, X_val, y_val, lambdas, fit, loss):
    raise NotImplementedError("not written yet: replace this line")


# named: judged_on_training
def training_loss(X_train, y_train, X_val, y_val, lambdas, fit, loss):
    losses = _losses(X_train, y_train, X_train, y_train, lambdas, fit, loss)
    return lambdas[np.argmin(losses)], losses


# named: fitted_on_validation
def fitted_on_validation(X_train, y_train, X_val, y_val, lambdas, fit, loss):
    losses = _losses(X_val, y_val, X_val, y_val, lambdas, fit, loss)
    return lambdas[np.argmin(losses)], losses


# named: sets_exchanged
def exchanged(X_train, y_train, X_val, y_val, lambdas, fit, loss):
    losses = _losses(X_val, y_val, X_train, y_train, lambdas, fit, loss)
    return lambdas[np.argmin(losses)], losses


# named: fitted_on_both
def fitted_on_everything(X_train, y_train, X_val, y_val, lambdas, fit, loss):
    X, y = np.vstack([X_val, X_train]), np.concatenate([y_val, y_train])
    losses = _losses(X, y, X_val, y_val, lambdas, fit, loss)
    return lambdas[np.argmin(losses)], losses


# named: judged_on_both
def judged_on_everything(X_train, y_train, X_val, y_val, lambdas, fit, loss):
    X, y = np.vstack([X_train, X_val]), np.concatenate([y_train, y_val])
    losses = _losses(X_train, y_train, X, y, lambdas, fit, loss)
    return lambdas[np.argmin(losses)], losses


# named: losses_added
def sum_of_both(X_train, y_train, X_val, y_val, lambdas, fit, loss):
    losses = []
    for lam in lambdas:
        w, b = fit(X_train, y_train, lam)
        losses.append(loss(X_train, y_train, w, b) + loss(X_val, y_val, w, b))
    return lambdas[np.argmin(losses)], losses


def only_lambda(X_train, y_train, X_val, y_val, lambdas, fit, loss):
    losses = _losses(X_train, y_train, X_val, y_val, lambdas, fit, loss)
    return lambdas[np.argmin(losses)]


# named: penalised
def penalised(X_train, y_train, X_val, y_val, lambdas, fit, loss):
    losses = []
    for lam in lambdas:
        w, b = fit(X_train, y_train, lam)
        losses.append(loss(X_val, y_val, w, b) + lam * np.sum(w**2))
    return lambdas[np.argmin(losses)], losses


# loses: lam, edges, form
# named: largest_loss
# sometimes: largest_loss
def largest(*arguments):
    losses = _losses(*arguments)
    return arguments[4][np.argmax(losses)], losses


# loses: lam, edges, form
# named: index_for_lambda
def index(*arguments):
    losses = _losses(*arguments)
    return int(np.argmin(losses)), losses


# loses: lam, edges, form
# named: loss_for_lambda
def smallest_loss(*arguments):
    losses = _losses(*arguments)
    return min(losses), losses


# loses: lam, edges, form
# named: last_lambda
def last(*arguments):
    losses = _losses(*arguments)
    return arguments[4][-1], losses


# loses: losses, edges, form, curve
# named: losses_sorted
def sorted_losses(*arguments):
    losses = _losses(*arguments)
    return arguments[4][np.argmin(losses)], sorted(losses)


# loses: losses, edges, form, curve
def one_loss(*arguments):
    losses = _losses(*arguments)
    return arguments[4][np.argmin(losses)], min(losses)


# loses: losses, edges, form, curve
def stops_when_it_rises(X_train, y_train, X_val, y_val, lambdas, fit, loss):
    losses = _losses(X_train, y_train, X_val, y_val, lambdas, fit, loss)
    return lambdas[np.argmin(losses)], losses[: int(np.argmin(losses)) + 1]


# loses: edges
# named: last_on_tie
def last_of_a_tie(*arguments):
    losses = _losses(*arguments)
    best = 0
    for k, loss in enumerate(losses):
        if loss <= losses[best]:
            best = k
    return arguments[4][best], losses


# loses: edges
def at_least_two(*arguments):
    losses = _losses(*arguments)
    order = np.argsort(losses, kind="stable")
    return (arguments[4][order[0]] if losses[order[0]] < losses[order[1]] else min(arguments[4])), losses


# loses: edges, form
def in_an_array(*arguments):
    losses = _losses(*arguments)
    return arguments[4][[np.argmin(losses)]], losses


# loses: form
def sorts_in_place(X_train, y_train, X_val, y_val, lambdas, fit, loss):
    losses = _losses(X_train, y_train, X_val, y_val, lambdas, fit, loss)
    lam = float(lambdas[np.argmin(losses)])
    lambdas.sort()
    return lam, losses


def _losses_of(X, y, U, v, lambdas, fit, loss):
    return [loss(U, v, *fit(X, y, lam)) for lam in lambdas]


# loses: edges
def indexes_a_list(X, y, U, v, lambdas, fit, loss):
    losses = _losses_of(X, y, U, v, lambdas, fit, loss)
    return lambdas[np.array(losses) == min(losses)][0], losses


# loses: edges
def a_thousand_is_the_first_best(X, y, U, v, lambdas, fit, loss):
    losses, best, low = _losses_of(X, y, U, v, lambdas, fit, loss), None, 1e3
    for lam, found in zip(lambdas, losses):
        if found < low:
            best, low = lam, found
    return best, losses


# loses: edges
def nearest_to_zero(X, y, U, v, lambdas, fit, loss):
    losses = _losses_of(X, y, U, v, lambdas, fit, loss)
    return lambdas[int(np.argmin(np.abs(losses)))], losses


# loses: edges
# sometimes: nearly_smallest
def first_that_is_close(X, y, U, v, lambdas, fit, loss):
    losses = _losses_of(X, y, U, v, lambdas, fit, loss)
    return lambdas[int(np.argmax(np.isclose(losses, min(losses))))], losses


# loses: edges
def six_digits(X, y, U, v, lambdas, fit, loss):
    losses = _losses_of(X, y, U, v, lambdas, fit, loss)
    return lambdas[int(np.argmin(np.round(losses, 6)))], losses
