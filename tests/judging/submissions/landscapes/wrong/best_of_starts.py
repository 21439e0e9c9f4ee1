import numpy as np


def _end(gradient, start, lr, steps):
    v = np.array(start, float)
    for _ in range(steps):
        v = v - lr * gradient(v)
    return v


# named: best_start
def from_the_best_start(gradient, loss, starts, lr, steps):
    return _end(gradient, min(np.asarray(starts, float), key=loss), lr, steps)


# named: first_end
def first(gradient, loss, starts, lr, steps):
    return _end(gradient, starts[0], lr, steps)


# named: last_end
def last(gradient, loss, starts, lr, steps):
    for start in starts:
        v = _end(gradient, start, lr, steps)
    return v


# named: worst_end
def largest(gradient, loss, starts, lr, steps):
    return max((_end(gradient, start, lr, steps) for start in starts), key=loss)


# named: one_step_more
def one_more(gradient, loss, starts, lr, steps):
    return min((_end(gradient, start, lr, steps + 1) for start in starts), key=loss)


# named: one_step_less
def one_less(gradient, loss, starts, lr, steps):
    return min((_end(gradient, start, lr, steps - 1) for start in starts), key=loss)


# named: ascent
def uphill(gradient, loss, starts, lr, steps):
    return min((_end(gradient, start, -lr, steps) for start in starts), key=loss)


# named: start_of_the_best_end
def where_it_began(gradient, loss, starts, lr, steps):
    return min(np.asarray(starts, float), key=lambda start: loss(_end(gradient, start, lr, steps)))


# named: averaged
def mean_of_ends(gradient, loss, starts, lr, steps):
    return np.mean([_end(gradient, start, lr, steps) for start in starts], axis=0)


# loses: edges
# named: last_on_a_tie
def last_on_a_tie(gradient, loss, starts, lr, steps):
    return min((_end(gradient, start, lr, steps) for start in starts[::-1]), key=loss)


# odd: the loss for the place
def the_loss(gradient, loss, starts, lr, steps):
    return min(loss(_end(gradient, start, lr, steps)) for start in starts)


# loses: edges, form
# odd: it descends in the rows themselves
def in_the_rows(gradient, loss, starts, lr, steps):
    for start in starts:
        for _ in range(steps):
            start -= lr * gradient(start)
    return min(starts, key=loss)


# loses: edges
def best_on_the_way(gradient, loss, starts, lr, steps):
    best, low = None, np.inf
    for v in np.array(starts, float):
        for t in range(steps + 1):
            if best is None or loss(v) < low:
                best, low = v, loss(v)
            if t < steps:
                v = v - lr * gradient(v)
    return best


# loses: edges
def stops_where_the_loss_rises(gradient, loss, starts, lr, steps):
    ends = []
    for v in np.array(starts, float):
        for _ in range(steps):
            new = v - lr * gradient(v)
            if loss(new) > loss(v):
                break
            v = new
        ends.append(v)
    return min(ends, key=loss)


# loses: edges
def a_million_is_the_first_best(gradient, loss, starts, lr, steps):
    best, low = np.zeros(starts.shape[1]), 1e6
    for v in np.array(starts, float):
        for _ in range(steps):
            v = v - lr * gradient(v)
        if loss(v) < low:
            best, low = v, loss(v)
    return best


# loses: edges
def zero_is_the_default(gradient, loss, starts, lr, steps):
    return _search(gradient, loss, starts, lr or 0.1, steps)


# loses: edges
def losses_are_rounded(gradient, loss, starts, lr, steps):
    return _search(gradient, lambda v: round(loss(v), 6), starts, lr, steps)


# loses: edges
def stops_where_it_is_nearly_flat(gradient, loss, starts, lr, steps):
    ends = []
    for v in np.array(starts, float):
        for _ in range(steps):
            g = gradient(v)
            if np.linalg.norm(g) < 1e-3:
                break
            v = v - lr * g
        ends.append(v)
    return min(ends, key=loss)


def _search(gradient, loss, starts, lr, steps):
    ends = []
    for v in np.array(starts, float):
        for _ in range(steps):
            v = v - lr * gradient(v)
        ends.append(v)
    return min(ends, key=loss)
