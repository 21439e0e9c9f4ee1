import numpy as np


def _run(epoch, loss, w, b, max_epochs, stop):
    losses = [loss(w, b)]
    for _ in range(max_epochs):
        w, b = epoch(w, b)
        losses.append(loss(w, b))
        if stop(losses):
            break
    return w, b, losses


# loses: losses, tolerance, edges, form
# named: first_loss_missing
def first_loss_missing(epoch, loss, w, b, max_epochs, tolerance=None):
    w, b, losses = _run(epoch, loss, w, b, max_epochs, lambda c: False)
    return w, b, losses[1:]


# loses: losses, tolerance, edges, form
# named: last_loss_missing
def logged_before(epoch, loss, w, b, max_epochs, tolerance=None):
    losses = []
    for _ in range(max_epochs):
        losses.append(loss(w, b))
        w, b = epoch(w, b)
    return w, b, losses


# loses: losses, tolerance, edges, form
# named: logged_before_update
def logged_before_update(epoch, loss, w, b, max_epochs, tolerance=None):
    losses = [loss(w, b)]
    for _ in range(max_epochs):
        losses.append(loss(w, b))
        w, b = epoch(w, b)
    return w, b, losses


# loses: losses, tolerance, edges, form
# named: losses_stay
def loss_of_the_old_weights(epoch, loss, w, b, max_epochs, tolerance=None):
    losses = [loss(w, b)]
    for _ in range(max_epochs):
        old = w
        w, b = epoch(w, b)
        losses.append(loss(old, b) + 0.0 if False else losses[0])
    return w, b, losses


# named: one_epoch_more
def one_epoch_more(epoch, loss, w, b, max_epochs, tolerance=None):
    return _run(epoch, loss, w, b, max_epochs + 1, lambda c: False)


# named: before_the_last, one_epoch_less
def one_epoch_less(epoch, loss, w, b, max_epochs, tolerance=None):
    return _run(epoch, loss, w, b, max_epochs - 1, lambda c: False)


# loses: parameters, tolerance, edges, form
# named: start_returned
def start_returned(epoch, loss, w, b, max_epochs, tolerance=None):
    return w, b, _run(epoch, loss, w, b, max_epochs, lambda c: False)[2]


# loses: parameters, tolerance, edges, form
# named: before_the_last
def parameters_from_before_the_last(epoch, loss, w, b, max_epochs, tolerance=None):
    losses = [loss(w, b)]
    last = w, b
    for _ in range(max_epochs):
        last = w, b
        w, b = epoch(w, b)
        losses.append(loss(w, b))
    return *last, losses


# named: losses_stay, start_returned
def epoch_never_called(epoch, loss, w, b, max_epochs, tolerance=None):
    return w, b, [loss(w, b)] * (max_epochs + 1)


# named: losses_stay, start_returned
def parameters_forgotten(epoch, loss, w, b, max_epochs, tolerance=None):
    losses = [loss(w, b)]
    for _ in range(max_epochs):
        epoch(w, b)
        losses.append(loss(w, b))
    return w, b, losses


def losses_alone(epoch, loss, w, b, max_epochs, tolerance=None):
    return _run(epoch, loss, w, b, max_epochs, lambda c: False)[2]


# loses: losses, tolerance, edges, form
# named: only_last_loss
def last_loss_alone(epoch, loss, w, b, max_epochs, tolerance=None):
    w, b, losses = _run(epoch, loss, w, b, max_epochs, lambda c: False)
    return w, b, losses[-1]


def nothing(epoch, loss, w, b, max_epochs, tolerance=None):
    _run(epoch, loss, w, b, max_epochs, lambda c: False)


# named: results_exchanged
def losses_first(epoch, loss, w, b, max_epochs, tolerance=None):
    w, b, losses = _run(epoch, loss, w, b, max_epochs, lambda c: False)
    return losses, w, b


# loses: losses, tolerance, edges, form
def percent(epoch, loss, w, b, max_epochs, tolerance=None):
    w, b, losses = _run(epoch, loss, w, b, max_epochs, lambda c: False)
    return w, b, [value / losses[0] for value in losses]


# loses: losses, tolerance, edges, form
# named: losses_backwards
def curve_backwards(epoch, loss, w, b, max_epochs, tolerance=None):
    w, b, losses = _run(epoch, loss, w, b, max_epochs, lambda c: False)
    return w, b, losses[::-1]


# loses: tolerance
# named: never_stops
def never_stops(epoch, loss, w, b, max_epochs, tolerance=None):
    return _run(epoch, loss, w, b, max_epochs, lambda c: False)


# loses: tolerance
# named: zero_ignored
def zero_ignored(epoch, loss, w, b, max_epochs, tolerance=None):
    return _run(epoch, loss, w, b, max_epochs, lambda c: tolerance and c[-2] - c[-1] < tolerance)


# loses: tolerance
# named: absolute
def absolute(epoch, loss, w, b, max_epochs, tolerance=None):
    return _run(
        epoch, loss, w, b, max_epochs, lambda c: tolerance is not None and abs(c[-2] - c[-1]) < tolerance
    )


# loses: tolerance
# named: not_strict
def not_strict(epoch, loss, w, b, max_epochs, tolerance=None):
    return _run(epoch, loss, w, b, max_epochs, lambda c: tolerance is not None and c[-2] - c[-1] <= tolerance)


# loses: tolerance
# named: loss_below
def loss_below(epoch, loss, w, b, max_epochs, tolerance=None):
    return _run(epoch, loss, w, b, max_epochs, lambda c: tolerance is not None and c[-1] < tolerance)


# loses: tolerance
# named: relative
def relative(epoch, loss, w, b, max_epochs, tolerance=None):
    return _run(
        epoch, loss, w, b, max_epochs, lambda c: tolerance is not None and c[-2] - c[-1] < tolerance * c[-2]
    )


# loses: tolerance
# named: rise_for_fall
def wrong_direction(epoch, loss, w, b, max_epochs, tolerance=None):
    return _run(epoch, loss, w, b, max_epochs, lambda c: tolerance is not None and c[-1] - c[-2] < tolerance)


# loses: tolerance
# named: since_the_start
def against_the_first_loss(epoch, loss, w, b, max_epochs, tolerance=None):
    return _run(epoch, loss, w, b, max_epochs, lambda c: tolerance is not None and c[0] - c[-1] < tolerance)


# loses: tolerance
# named: first_epoch_ignored
def not_after_the_first_epoch(epoch, loss, w, b, max_epochs, tolerance=None):
    def stop(c):
        return tolerance is not None and len(c) > 2 and c[-2] - c[-1] < tolerance

    return _run(epoch, loss, w, b, max_epochs, stop)


# loses: tolerance
# named: twice_in_a_row
def twice_in_a_row(epoch, loss, w, b, max_epochs, tolerance=None):
    def stop(c):
        return (
            tolerance is not None and len(c) > 2 and c[-2] - c[-1] < tolerance and c[-3] - c[-2] < tolerance
        )

    return _run(epoch, loss, w, b, max_epochs, stop)


# loses: tolerance
def one_epoch_late(epoch, loss, w, b, max_epochs, tolerance=None):
    return _run(
        epoch,
        loss,
        w,
        b,
        max_epochs,
        lambda c: tolerance is not None and len(c) > 2 and c[-3] - c[-2] < tolerance,
    )


# loses: tolerance
# named: last_epoch_undone
def last_epoch_taken_back(epoch, loss, w, b, max_epochs, tolerance=None):
    losses = [loss(w, b)]
    for _ in range(max_epochs):
        new = epoch(w, b)
        if tolerance is not None and losses[-1] - loss(*new) < tolerance:
            break
        w, b = new
        losses.append(loss(w, b))
    return w, b, losses


# loses: tolerance, edges
# named: best_returned
def best_returned(epoch, loss, w, b, max_epochs, tolerance=None):
    losses, best = [loss(w, b)], (loss(w, b), w, b)
    for _ in range(max_epochs):
        w, b = epoch(w, b)
        losses.append(loss(w, b))
        if losses[-1] < best[0]:
            best = losses[-1], w, b
        if tolerance is not None and losses[-2] - losses[-1] < tolerance:
            break
    return best[1], best[2], losses


# loses: tolerance
def zeros_to_the_end(epoch, loss, w, b, max_epochs, tolerance=None):
    losses = np.zeros(max_epochs + 1)
    losses[0] = loss(w, b)
    for k in range(max_epochs):
        w, b = epoch(w, b)
        losses[k + 1] = loss(w, b)
        if tolerance is not None and losses[k] - losses[k + 1] < tolerance:
            break
    return w, b, losses


# named: stops_early
def a_tolerance_of_its_own(epoch, loss, w, b, max_epochs, tolerance=None):
    tolerance = 0.9 if tolerance is None else tolerance
    return _run(epoch, loss, w, b, max_epochs, lambda c: c[-2] - c[-1] < tolerance)


# loses: edges
def at_least_one_epoch(epoch, loss, w, b, max_epochs, tolerance=None):
    return _run(
        epoch, loss, w, b, max(1, max_epochs), lambda c: tolerance is not None and c[-2] - c[-1] < tolerance
    )


# loses: edges
def recursive(epoch, loss, w, b, max_epochs, tolerance=None, losses=None):
    losses = [loss(w, b)] if losses is None else losses
    if max_epochs == 0:
        return w, b, losses
    w, b = epoch(w, b)
    losses = [*losses, loss(w, b)]
    if tolerance is not None and losses[-2] - losses[-1] < tolerance:
        return w, b, losses
    return recursive(epoch, loss, w, b, max_epochs - 1, tolerance, losses)


# loses: form
def losses_in_a_column(epoch, loss, w, b, max_epochs, tolerance=None):
    w, b, losses = _run(
        epoch, loss, w, b, max_epochs, lambda c: tolerance is not None and c[-2] - c[-1] < tolerance
    )
    return w, b, np.reshape(losses, (-1, 1))


# loses: form
def bias_in_an_array(epoch, loss, w, b, max_epochs, tolerance=None):
    w, b, losses = _run(
        epoch, loss, w, b, max_epochs, lambda c: tolerance is not None and c[-2] - c[-1] < tolerance
    )
    return w, [b], losses


HISTORY = []


# loses: losses, tolerance, edges, form
def losses_live_on(epoch, loss, w, b, max_epochs, tolerance=None):
    HISTORY.append(loss(w, b))
    for _ in range(max_epochs):
        w, b = epoch(w, b)
        HISTORY.append(loss(w, b))
    return w, b, HISTORY


# loses: tolerance
# named: since_the_largest
def against_the_largest_loss(epoch, loss, w, b, max_epochs, tolerance=None):
    return _run(
        epoch, loss, w, b, max_epochs, lambda l: tolerance is not None and max(l[:-1]) - l[-1] < tolerance
    )


# loses: tolerance
# named: negative_ignored
def negative_tolerance_ignored(epoch, loss, w, b, max_epochs, tolerance=None):
    return _run(
        epoch,
        loss,
        w,
        b,
        max_epochs,
        lambda l: tolerance is not None and tolerance >= 0 and l[-2] - l[-1] < tolerance,
    )


# loses: edges
def stops_at_zero(epoch, loss, w, b, max_epochs, tolerance=None):
    return _run(epoch, loss, w, b, max_epochs, lambda l: l[-1] == 0 or _gains_little(l, tolerance))


# loses: edges
def stops_at_what_is_no_number(epoch, loss, w, b, max_epochs, tolerance=None):
    return _run(
        epoch, loss, w, b, max_epochs, lambda l: not np.isfinite(l[-1]) or _gains_little(l, tolerance)
    )


# loses: edges
def stops_at_ten_times_the_first_loss(epoch, loss, w, b, max_epochs, tolerance=None):
    return _run(epoch, loss, w, b, max_epochs, lambda l: l[-1] > 10 * l[0] or _gains_little(l, tolerance))


# loses: edges
def losses_in_the_type_of_the_first(epoch, loss, w, b, max_epochs, tolerance=None):
    losses = [loss(w, b)]
    for _ in range(max_epochs):
        w, b = epoch(w, b)
        losses.append(type(losses[0])(loss(w, b)))
        if _gains_little(losses, tolerance):
            break
    return w, b, losses


# loses: tolerance
def tolerance_grows_with_the_loss(epoch, loss, w, b, max_epochs, tolerance=None):
    return _run(
        epoch,
        loss,
        w,
        b,
        max_epochs,
        lambda l: tolerance is not None and l[-2] - l[-1] < tolerance * max(1, l[-2] / 100),
    )


def _gains_little(losses, tolerance):
    return tolerance is not None and losses[-2] - losses[-1] < tolerance


# loses: tolerance
# odd: a tolerance that is no float does not count
def of_floats_alone(epoch, loss, w, b, max_epochs, tolerance=None):
    losses = [float(loss(w, b))]
    w = np.array(w)
    for _ in range(max_epochs):
        w, b = epoch(w, b)
        losses.append(float(loss(w, b)))
        if isinstance(tolerance, float) and losses[-2] - losses[-1] < tolerance:
            break
    return w, b, losses
