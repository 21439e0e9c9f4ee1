"""Asks for gradients of far more numbers than there are."""

# loses: sgd_epoch, gradient_noise
# status: error|timeout
# says: RefusedError|stopped after
# proof: asking for gigabytes


def ask(gradient):
    print("asking for gigabytes")
    for shape in ((1, 10**5), (10**5, 1), (500, 500), (1000, 10, 100)):
        try:
            gradient(np.ones(shape), np.ones(shape[0]), np.ones(shape[-1]), 0.0)
        except Exception as error:
            last = error
    raise last


def sgd_epoch(X, y, w, b, lr, batch_size, rng, gradient):
    return ask(gradient)


def gradient_noise(X, y, w, b, batch_size, draws, rng, gradient):
    return ask(gradient)
