"""Steps of momentum and of Adam that end at infinity, or are no numbers."""

# loses: momentum_step, adam_step
# status: failed
# proof: to infinity


def momentum_step(v, velocity, gradient, lr, momentum):
    print("to infinity")
    return np.full(np.shape(v), np.inf), np.full(np.shape(v), -np.inf)


def adam_step(v, m, s, gradient, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    return np.full(np.shape(v), np.inf), m * np.nan, np.full(np.shape(v), np.finfo(float).max)
