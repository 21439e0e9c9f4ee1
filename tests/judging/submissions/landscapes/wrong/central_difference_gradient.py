import numpy as np


def _quotients(loss, v, ahead, behind, over):
    v = np.asarray(v, float)
    return np.array([(loss(v + ahead * e) - loss(v - behind * e)) / over for e in np.eye(len(v))])


# named: forward
def forward(loss, v, h=1e-5):
    return _quotients(loss, v, h, 0, h)


# named: backward
def backward(loss, v, h=1e-5):
    return _quotients(loss, v, 0, h, h)


# named: not_halved
def over_h(loss, v, h=1e-5):
    return _quotients(loss, v, h, h, h)


# named: halved_only
def over_two(loss, v, h=1e-5):
    return _quotients(loss, v, h, h, 2)


# named: multiplied
def no_parentheses(loss, v, h=1e-5):
    v = np.asarray(v, float)
    return np.array([(loss(v + h * e) - loss(v - h * e)) * 2 * h for e in np.eye(len(v))])


# named: fixed_step
def step_of_its_own(loss, v, h=1e-5):
    return _quotients(loss, v, 1e-5, 1e-5, 2e-5)


# named: sign
def behind_minus_ahead(loss, v, h=1e-5):
    return -_quotients(loss, v, h, h, 2 * h)


# named: together
def all_at_once(loss, v, h=1e-5):
    v = np.asarray(v, float)
    return np.full(len(v), (loss(v + h) - loss(v - h)) / (2 * h))


# named: kept
def never_moved_back(loss, v, h=1e-5):
    v, found = np.array(v, float), []
    for i in range(len(v)):
        v[i] += h
        up = loss(v.copy())
        v[i] -= 2 * h
        found.append((up - loss(v.copy())) / (2 * h))
    return np.array(found)


# named: absolute
def unsigned(loss, v, h=1e-5):
    return np.abs(_quotients(loss, v, h, h, 2 * h))


# loses: edges, form
# odd: it works on the argument itself, which cannot hold floats where it is of integers
def in_place(loss, v, h=1e-5):
    found = []
    for i in range(len(v)):
        kept = v[i]
        v[i] = kept + h
        up = loss(v)
        v[i] = kept - h
        found.append((up - loss(v)) / (2 * h))
        v[i] = kept + 1e-9
    return np.array(found)


# loses: edges
# odd: h has no default
def no_default(loss, v, h):
    return _quotients(loss, v, h, h, 2 * h)


# loses: form
# odd: one column
def a_column(loss, v, h=1e-5):
    return _quotients(loss, v, h, h, 2 * h)[:, None]


def nothing(loss, v, h=1e-5):
    _quotients(loss, v, h, h, 2 * h)


def _measured(loss, v, h):
    return np.array([(loss(v + h * e) - loss(v - h * e)) / (2 * h) for e in np.eye(len(v))])


# loses: edges
def default_step_is_longer(loss, v, h=1e-4):
    return _measured(loss, v, h)


# loses: edges
def default_step_is_shorter(loss, v, h=1e-6):
    return _measured(loss, v, h)


# loses: edges
def one_sided_at_zero(loss, v, h=1e-5):
    found = []
    for x, e in zip(v, np.eye(len(v))):
        behind = 0.0 if x == 0 else h
        found.append((loss(v + h * e) - loss(v - behind * e)) / (h + behind))
    return np.array(found)


# loses: edges
def remembers_places(loss, v, h=1e-5, seen={}):
    def taken(place):
        return seen.setdefault(place.tobytes(), loss(place))

    return np.array([(taken(v + h * e) - taken(v - h * e)) / (2 * h) for e in np.eye(len(v))])


# named: fixed_step
def with_four_points(loss, v, h):
    v = np.array(v, float)
    found = []
    for e in np.eye(len(v)):
        near = loss(v + h * e) - loss(v - h * e)
        far = loss(v + 2 * h * e) - loss(v - 2 * h * e)
        found.append((8 * near - far) / (12 * h))
    return np.array(found)
