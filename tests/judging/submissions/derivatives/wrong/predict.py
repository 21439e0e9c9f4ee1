import numpy as np

CALLS = []


# named: without_b
def bias_left_out(X, w, b):
    return X @ w


# named: sign_of_b
def bias_subtracted(X, w, b):
    return X @ w - b


# named: factor_2
def doubled(X, w, b):
    return 2 * (X @ w + b)


# named: sign
def negative(X, w, b):
    return -(X @ w + b)


# named: twice_b
def bias_twice(X, w, b):
    return X @ w + 2 * b


def no_return(X, w, b):
    X @ w + b


def printed(X, w, b):
    print(X @ w + b)


def first_example(X, w, b):
    return X[0] @ w + b


# named: first_feature
def first_feature(X, w, b):
    return X[:, 0] * w[0] + b


def summed(X, w, b):
    return np.sum(X @ w + b)


# named: mean_everywhere
def mean_everywhere(X, w, b):
    return np.full(len(X), np.mean(X @ w + b))


def transposed(X, w, b):
    return X.T @ w + b


# named: always_zero
def zeros(X, w, b):
    return np.zeros(len(X))


# odd: random numbers
def random(X, w, b):
    return np.random.default_rng().normal(size=len(X))


def weights_back(X, w, b):
    return w


# The penguins have two features.
# loses: value, edges, form
# named: two_feature
def two_features(X, w, b):
    return X[:, 0] * w[0] + X[:, 1] * w[1] + b


def three_features(X, w, b):
    return np.array([x1 * w[0] + x2 * w[1] + x3 * w[2] + b for x1, x2, x3 in X])


# named: sigma_added
def sigmoid_too(X, w, b):
    return 1 / (1 + np.exp(-(X @ w + b)))


# named: with_backwards_w
def weights_backwards(X, w, b):
    return X @ w[::-1] + b


# odd: it keeps a state from call to call
def right_only_the_first_time(X, w, b):
    CALLS.append(1)
    return X @ w + b * (len(CALLS) == 1)


# named: single_precision
def single_precision(X, w, b):
    return (X @ w + b).astype(np.float32)


# named: rounded_6
def rounded(X, w, b):
    return np.round(X @ w + b, 6)


def text(X, w, b):
    return [str(v) for v in X @ w + b]


# named: always_zero
def always_equal(X, w, b):
    class Any(np.ndarray):
        def __eq__(self, other):
            return True

        def __abs__(self):
            return np.zeros(self.shape)

    return np.zeros(len(X)).view(Any)


def no_function_inside(X, w, b):
    raise NotImplementedError


def generator(X, w, b):
    return (x @ w + b for x in X)


# loses: form
def column(X, w, b):
    return (X @ w + b).reshape(-1, 1)


# loses: form
def row(X, w, b):
    return (X @ w + b)[None, :]


# loses: edges, curve
def bias_only_for_few_examples(X, w, b):
    return X @ w + b if 4 <= len(X) <= 50 else X @ w


# loses: form
def weights_changed(X, w, b):
    w *= 2
    return X @ w / 2 + b


# loses: edges, form
def fails_for_one_example(X, w, b):
    if len(X) == 1:
        return X[0] @ w + b + 1
    out = X @ w + b
    X += 0 * X + 1
    return out
