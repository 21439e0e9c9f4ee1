"""Asks for gradients until it is stopped."""

# loses: sgd_epoch
# status: timeout
# says: stopped after
# proof: asking without end


def sgd_epoch(X, y, w, b, lr, batch_size, rng, gradient):
    print("asking without end", flush=True)
    while True:
        gradient(X, y, w, b)
