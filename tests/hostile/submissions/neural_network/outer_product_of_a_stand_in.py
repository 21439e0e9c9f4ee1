"""Calls what is right in the place of its wrong network with a column and a row of twelve thousand."""

# loses: mlp_forward, mlp_gradient
# status: failed
# proof: a column and a row

N = 12_000


def mlp_forward(X, W1, b1, w2, b2):
    print("a column and a row")
    return np.zeros(len(X))


def mlp_gradient(X, y, W1, b1, w2, b2):
    if np.any(mlp_forward(X, W1, b1, w2, b2)):
        mlp_forward(np.ones((N, 1)), np.ones((1, N)), np.ones(N), np.ones(N), 0.0)
    return W1 * 0, b1 * 0, w2 * 0, 0.0
