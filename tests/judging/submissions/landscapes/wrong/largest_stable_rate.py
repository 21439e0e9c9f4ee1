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


# loses: edges
def by_repeated_products(hessian):
    v = np.ones(len(hessian))
    for _ in range(3000):
        v = hessian @ v
        v = v / np.linalg.norm(v)
    return 2 / (v @ hessian @ v)


# loses: edges
def by_a_few_iterations_of_qr(hessian):
    H = np.array(hessian, float)
    for _ in range(1500):
        Q, R = np.linalg.qr(H)
        H = R @ Q
    return 2 / H[0, 0]


# loses: edges
def with_a_small_number_below(hessian):
    return 2 / (np.linalg.eigvalsh(hessian)[-1] + 1e-12)


# loses: edges
def shortcut_for_diagonals(hessian):
    if not np.any(hessian - np.diag(np.diag(hessian))):
        return 2 / hessian[0, 0]
    return 2 / np.linalg.eigvalsh(hessian)[-1]


# loses: edges
def with_few_variables(hessian):
    return 2 / np.linalg.eigvalsh(hessian[:10, :10])[-1]


# loses: edges
def shifted_by_whole_numbers(hessian):
    H = np.array(hessian)
    H[0, 0] += 0.5
    H[0, 0] -= 0.5
    return 2 / np.linalg.eigvalsh(H)[-1]


# loses: edges
def rounded_for_integers(hessian):
    largest = np.linalg.eigvalsh(hessian)[-1]
    return 2 / (np.rint(largest) if np.issubdtype(np.asarray(hessian).dtype, np.integer) else largest)
