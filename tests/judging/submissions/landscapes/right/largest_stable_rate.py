import numpy as np


def by_eigh(hessian):
    values, _ = np.linalg.eigh(hessian)
    return 2.0 / values.max()


def by_norm(hessian):
    return 2 / np.linalg.norm(hessian, 2)


def by_general_eigenvalues(hessian):
    return float(2 / max(np.linalg.eigvals(np.asarray(hessian, float)).real))


def by_singular_values(hessian):
    return 2.0 / np.linalg.svd(hessian, compute_uv=False)[0]


def by_the_inverse(hessian):
    return 2 * np.linalg.eigvalsh(np.linalg.inv(hessian)).min()


def squared(hessian):
    H = np.asarray(hessian, dtype=float)
    return 2 / np.sqrt(np.linalg.eigvalsh(H @ H).max())
