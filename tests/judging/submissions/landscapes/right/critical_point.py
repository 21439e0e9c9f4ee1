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


def all_of_them(hessian):
    e = np.linalg.eigvalsh(hessian)
    e = e / np.max(np.abs(e)) if e.any() else e
    if (e > 1e-12).all():
        return "minimum"
    if (e < -1e-12).all():
        return "maximum"
    return "saddle" if e.max() > 1e-12 and e.min() < -1e-12 else "degenerate"


def matching(hessian):
    e = np.linalg.eigvalsh(np.array(hessian, dtype=float))
    zero = 1e-12 * np.linalg.norm(e, np.inf)
    match (bool(e[0] < -zero), bool(e[-1] > zero)):
        case (True, True):
            return "saddle"
        case (True, False):
            return "maximum" if e[-1] < -zero else "degenerate"
        case (False, True):
            return "minimum" if e[0] > zero else "degenerate"
    return "degenerate"


class _Kinds:
    names = {"+": "minimum", "-": "maximum", "+-": "saddle", "-+": "saddle"}

    def __call__(self, hessian):
        e = np.linalg.svd(hessian, hermitian=True)
        signs = np.sign(np.einsum("ij,ji->i", e[2], e[0])) * (e[1] > 1e-12 * e[1].max())
        if 1 in signs and -1 in signs:
            return "saddle"
        if 0 in signs:
            return "degenerate"
        return self.names["+" if signs[0] > 0 else "-"]


singular_values = _Kinds()


def a_word_of_numpys(hessian):
    eigenvalues = np.linalg.eigvalsh(hessian)
    room = 1e-12 * np.abs(eigenvalues).max()
    up, down = np.any(eigenvalues > room), np.any(eigenvalues < -room)
    flat = np.any(np.abs(eigenvalues) <= room)
    kind = np.where(up & down, "saddle", np.where(flat, "degenerate", np.where(up, "minimum", "maximum")))
    return kind[()]
