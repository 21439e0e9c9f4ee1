import numpy as np


def by_counting(hessian):
    e = np.linalg.eigvalsh(hessian)
    big = max(abs(e))
    ups, downs = sum(e > 1e-12 * big), sum(e < -1e-12 * big)
    if ups and downs:
        return "saddle"
    if ups + downs < len(e):
        return "degenerate"
    return "minimum" if ups else "maximum"


def by_signs(hessian):
    e = np.linalg.eigh(np.asarray(hessian, float))[0]
    e = np.where(np.abs(e) <= 1e-12 * np.abs(e).max(), 0, e)
    signs = set(np.sign(e).astype(int).tolist())
    names = {(1,): "minimum", (-1,): "maximum"}
    if {1, -1} <= signs:
        return "saddle"
    return names.get(tuple(signs), "degenerate")


def general_eigenvalues(hessian):
    e = np.sort(np.linalg.eigvals(hessian).real)
    tiny = 1e-12 * max(-e[0], e[-1])
    low, high = e[0], e[-1]
    if low < -tiny and high > tiny:
        return "saddle"
    if any(abs(x) <= tiny for x in e):
        return "degenerate"
    return "maximum" if high < 0 else "minimum"
