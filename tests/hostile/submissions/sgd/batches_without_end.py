"""Three thousand batches, each an array of its own, in an order that is never the same."""

# loses: minibatches
# others: any
# status: failed|error
# proof: many batches


def minibatches(n, batch_size, rng):
    print("many batches")
    return [rng.permutation(n)[:batch_size] for _ in range(3_000)]
