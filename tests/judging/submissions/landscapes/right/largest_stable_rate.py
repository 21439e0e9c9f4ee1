import numpy as np


def by_eigh(hessian):
    values, _ = np.linalg.eigh(hessian)
    return 2.0 / values.max()


def by_norm(hessian):
    return 2 / np.linalg.norm(hessian, 2)


def by_general_eigenvalues(hessian):
    return float(2 / max(np.linalg.eigvals(np.asarray(hessian, float)).real))
