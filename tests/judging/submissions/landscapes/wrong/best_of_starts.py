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
