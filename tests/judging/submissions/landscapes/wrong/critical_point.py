import numpy as np


def _kind(values, zero=1e-9):
    up, down = np.any(values > zero), np.any(values < -zero)
    if up and down:
        return "saddle"
    if np.any(np.abs(values) <= zero):
        return "degenerate"
    return "minimum" if up else "maximum"


# loses: extremum, edges, form
# named: swapped
def the_other_way_round(hessian):
    found = _kind(np.linalg.eigvalsh(hessian))
    return {"minimum": "maximum", "maximum": "minimum"}.get(found, found)


# loses: saddle, degenerate, edges, form
# named: diagonal
def diagonal(hessian):
    return _kind(np.diag(hessian))


# loses: extremum, saddle, edges, form
# named: determinant
def by_determinant(hessian):
    d = np.linalg.det(hessian)
    if abs(d) < 1e-9:
        return "degenerate"
    return "saddle" if d < 0 else "minimum" if np.trace(hessian) > 0 else "maximum"


# loses: saddle, degenerate, edges, form
# named: trace
def by_trace(hessian):
    return "minimum" if np.trace(hessian) > 0 else "maximum"


# loses: degenerate, edges, form
# named: never_degenerate
def no_flat_ones(hessian):
    e = np.linalg.eigvalsh(hessian)
    if np.all(e > -1e-10):
        return "minimum"
    return "maximum" if np.all(e < 1e-10) else "saddle"


# loses: edges
# odd: an absolute threshold
def absolute_threshold(hessian):
    return _kind(np.linalg.eigvalsh(hessian), 1e-9)


# loses: edges
# odd: flat counts before up and down
def flat_first(hessian):
    e = np.linalg.eigvalsh(hessian)
    zero = 1e-12 * np.abs(e).max()
    return "degenerate" if np.any(np.abs(e) <= zero) else _kind(e, zero)


# odd: another language
def capitals(hessian):
    return _kind(np.linalg.eigvalsh(hessian)).capitalize()


# odd: a number for a word
def a_number(hessian):
    return 1


# odd: one word for all
def always_minimum(hessian):
    return "minimum"


def _with_room(eigenvalues, room):
    up, down = np.any(eigenvalues > room), np.any(eigenvalues < -room)
    if up and down:
        return "saddle"
    if np.any(np.abs(eigenvalues) <= room):
        return "degenerate"
    return "minimum" if up else "maximum"


# loses: edges
def more_counts_as_flat(hessian):
    eigenvalues = np.linalg.eigvalsh(hessian)
    return _with_room(eigenvalues, 1e-10 * np.abs(eigenvalues).max())


# loses: edges
def less_counts_as_flat(hessian):
    eigenvalues = np.linalg.eigvalsh(hessian)
    return _with_room(eigenvalues, 1e-14 * np.abs(eigenvalues).max())


# loses: edges
def eliminates_in_whole_numbers(hessian):
    eigenvalues = np.linalg.eigvalsh(hessian)
    H = hessian.copy()
    if H.dtype.kind == "i":
        for i in range(len(H)):
            for j in range(i + 1, len(H)):
                if H[i, i]:
                    H[j] = H[j] - H[i] * (H[j, i] / H[i, i])
        eigenvalues = np.diag(H).astype(float)
    return _with_room(eigenvalues, 1e-12 * np.abs(eigenvalues).max())
