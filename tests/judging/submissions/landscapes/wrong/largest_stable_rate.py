import numpy as np


# named: one_over
def half_of_it(hessian):
    return 1 / np.linalg.eigvalsh(hessian)[-1]


# named: smallest
def of_the_smallest(hessian):
    return 2 / np.linalg.eigvalsh(hessian)[0]


# named: trace
def of_the_trace(hessian):
    return 2 / np.trace(hessian)


# named: diagonal
def of_the_diagonal(hessian):
    return 2 / np.max(np.diag(hessian))


# named: frobenius
def of_the_norm(hessian):
    return 2 / np.linalg.norm(hessian)


# named: fastest
def optimal(hessian):
    e = np.linalg.eigvalsh(hessian)
    return 2 / (e[0] + e[-1])


# named: upside_down
def turned(hessian):
    return np.linalg.eigvalsh(hessian)[-1] / 2


# named: eigenvalue
def largest_eigenvalue(hessian):
    return np.linalg.eigvalsh(hessian).max()


# odd: the sum of the sizes, not the largest
def of_the_absolute_rows(hessian):
    return 2 / np.abs(hessian).sum(axis=1).max()


# odd: the square of the eigenvalue
def of_the_square(hessian):
    return 2 / np.linalg.eigvalsh(hessian @ hessian)[-1]
