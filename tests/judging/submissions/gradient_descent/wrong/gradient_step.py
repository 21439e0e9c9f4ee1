import numpy as np


def stub(v, gradient, lr):
    raise NotImplementedError("gradient_step")


# named: ascent
def ascent(v, g, lr):
    return v + lr * g


# named: ascent
def two_minus_signs(v, g, lr):
    step = -lr * g
    return v - step


# named: only_the_step
def only_the_step(v, g, lr):
    return -lr * g


# named: learning_rate_missing
def learning_rate_missing(v, g, lr):
    return v - g


# named: normalised
def normalised(v, g, lr):
    length = np.linalg.norm(g)
    return v - lr * g / length if length > 0 else v.copy()


# named: normalised
def steepest_descent_direction(v, g, lr):
    down = -g / np.linalg.norm(g)
    return v + lr * down


# named: sign
def turned_round(v, g, lr):
    return lr * g - v


# named: taken_from_v
def positive_step(v, g, lr):
    return lr * g


# named: ascent_without_learning_rate
def ascent_without_learning_rate(v, g, lr):
    return v + g


# named: v_and_gradient_exchanged
def swapped(gradient, v, lr):
    return v - lr * gradient


# named: factor_lr_on_other
def learning_rate_on_the_point(v, g, lr):
    return lr * v - g


# named: factor_lr_on_all
def learning_rate_on_both(v, g, lr):
    return lr * (v - g)


# named: multiplied
def multiplied(v, g, lr):
    return v * (1 - lr * g)


# named: with_reciprocal_of_lr
def divided(v, g, lr):
    return v - g / lr


# named: factor_gradient_missing
def learning_rate_subtracted(v, g, lr):
    return v - lr


# named: factor_lr_twice
def learning_rate_squared(v, g, lr):
    return v - lr**2 * g


# named: twice_gradient_lr
def twice_as_far(v, g, lr):
    return v - 2 * lr * g


# named: twice_gradient_lr
def two_steps(v, g, lr):
    for _ in range(2):
        v = v - lr * g
    return v


# named: a_step_for_each_component
def as_many_steps_as_components(v, g, lr):
    for _ in g:
        v = v - lr * g
    return v


# named: with_share_of_gradient
def averaged(v, g, lr):
    return v - lr * g / len(g)


# named: with_mean_of_gradient
def mean_of_the_gradient(v, g, lr):
    return v - lr * g.mean()


# named: with_sum_of_gradient
def sum_of_the_gradient(v, g, lr):
    return v - lr * g.sum()


# named: with_length_of_gradient
def length_of_the_gradient(v, g, lr):
    return v - lr * np.linalg.norm(g)


# named: predicted_change
def predicted_change(v, g, lr):
    return v - lr * g @ g


# named: factor_gradient_twice
def squared(v, g, lr):
    return v - lr * g**2


# named: with_absolute_of_gradient
def absolute(v, g, lr):
    return v - lr * np.abs(g)


# named: with_sign_of_gradient
def signs(v, g, lr):
    return v - lr * np.sign(g)


# named: weight_decay
def weight_decay(v, g, lr):
    return v - lr * (g + 0.01 * v)


# named: parameters_exchanged
def clipped(v, g, lr):
    return v - lr * np.clip(g, -0.5, 0.5)


def column_against_row(v, g, lr):
    return v[:, None] - lr * g


# named: with_mean_of_v
def summed_column(v, g, lr):
    return (v.reshape(-1, 1) - lr * g).mean(axis=0)


# named: with_last_left_out_of_gradient
def last_left_out(v, g, lr):
    new = v.astype(float)
    for i in range(len(v) - 1):
        new[i] = v[i] - lr * g[i]
    return new


# named: with_sum_of_gradient
def all_at_once_in_a_loop(v, g, lr):
    new = v.astype(float)
    for i in range(len(v)):
        new = new - lr * g[i]
    return new


# The valley has two parameters.
# loses: value, edges, form
def two_parameters(v, g, lr):
    return np.array([v[0] - lr * g[0], v[1] - lr * g[1]])


def three_parameters(v, g, lr):
    return np.array([v[0] - lr * g[0], v[1] - lr * g[1], v[2] - lr * g[2]])


# named: with_0.1_for_lr
def fixed_learning_rate(v, g, lr=0.1):
    return v - 0.1 * g


class _Momentum:
    def __init__(self):
        self.velocity = 0.0

    def __call__(self, v, g, lr):
        if np.shape(self.velocity) != v.shape:
            self.velocity = np.zeros(len(v))
        self.velocity = 0.9 * self.velocity + 0.1 * g
        return v - lr * self.velocity


# odd: it keeps a state from call to call
momentum = _Momentum()


# named: rounded_3
def rounded(v, g, lr):
    return np.round(v - lr * g, 3)


# named: single_precision
def single(v, g, lr):
    return (v - lr * g).astype(np.float32)


def mapped(v, g, lr):
    return map(lambda a, s: a - lr * s, v, g)


def generator(v, g, lr):
    for a, s in zip(v, g):
        yield a - lr * s


def with_the_step(v, g, lr):
    step = -lr * g
    return v + step, step


def printed(v, g, lr):
    print(v - lr * g)


def nothing(v, g, lr):
    v - lr * g


def nothing_in_place(v, g, lr):
    v[:] = v - lr * g


# named: v_returned
def argument_back(v, g, lr):
    return v


# named: always_zero
def zeros(v, g, lr):
    return np.zeros(len(v))


# loses: edges
# named: whole_numbers_kept
def type_kept(v, g, lr):
    new = np.zeros_like(v)
    for i in range(len(v)):
        new[i] = v[i] - lr * g[i]
    return new


# loses: edges
def copied_with_its_type(v, g, lr):
    new = v.copy()
    new -= lr * g
    return new


# loses: edges
def slope_copied_with_its_type(v, g, lr):
    step = np.array(g)
    step *= lr
    return v - step


# loses: edges
# named: whole_numbers_kept
def type_given_back(v, g, lr):
    return (v - lr * g).astype(v.dtype)


# loses: edges
# named: refused
def zero_refused(v, g, lr):
    if np.linalg.norm(g) == 0:
        raise ValueError("the gradient is zero")
    return v - lr * g


# loses: edges
def zero_is_none(v, g, lr):
    if np.any(g):
        return v - lr * g


# loses: edges
def zero_is_zero(v, g, lr):
    return v - lr * g if g.any() else np.zeros(len(v))


# loses: edges
# named: not_a_number
def length_divided_away(v, g, lr):
    length = np.linalg.norm(g)
    return v - lr * length * (g / length)


# loses: edges
def one_parameter_squeezed(v, g, lr):
    return np.array([a - lr * s for a, s in zip(v.squeeze(), g.squeeze())])


# loses: edges, form
def in_place(v, g, lr):
    v -= lr * g
    return v


# loses: edges, form
# named: whole_numbers_kept
def entries_overwritten(v, g, lr):
    for i in range(len(v)):
        v[i] = v[i] - lr * g[i]
    return v


# loses: edges, form
# named: whole_numbers_kept
def written_over(v, g, lr):
    v[:] = v - lr * g
    return v


# loses: edges, form
def out(v, g, lr):
    return np.subtract(v, lr * g, out=v)


# loses: edges, form
def gradient_scaled_in_place(v, g, lr):
    g *= lr
    return v - g


# loses: form
def zero_gradient_gives_the_point_back(v, g, lr):
    if not g.any():
        return v
    return v - lr * g


# loses: form
def gradient_cleared(v, g, lr):
    new = v - lr * g
    g[:] = 0
    return new


# loses: form
def column(v, g, lr):
    return v.reshape(-1, 1) - lr * g.reshape(-1, 1)


# loses: form
def row(v, g, lr):
    return np.array([v - lr * g])


# loses: form
def one_parameter_without_brackets(v, g, lr):
    new = v - lr * g
    return new if len(new) > 1 else new[0]


# loses: form
def nested_list(v, g, lr):
    return [[a - lr * s] for a, s in zip(v, g)]
