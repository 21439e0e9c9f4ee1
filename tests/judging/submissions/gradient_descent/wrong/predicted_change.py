import numpy as np


def stub(gradient, lr):
    raise NotImplementedError("predicted_change")


# named: length_not_squared
def length_not_squared(g, lr):
    return -lr * np.linalg.norm(g)


# named: length_not_squared
def root_of_squares(g, lr):
    return -lr * np.sqrt(np.sum(g**2))


# named: learning_rate_squared
def learning_rate_squared(g, lr):
    return -np.sum((lr * g) ** 2)


# named: learning_rate_squared
def step_and_its_length(g, lr):
    step = -lr * g
    return -np.linalg.norm(step) * np.linalg.norm(step)


# named: learning_rate_missing
def learning_rate_missing(g, lr):
    return -g @ g


# named: positive
def positive(g, lr):
    return lr * np.dot(g, g)


# named: positive
def minus_squared_away(g, lr):
    return lr * np.sum((-g) ** 2)


# named: factor_2
def doubled(g, lr):
    return -2 * lr * g @ g


# named: factor_half
def halved(g, lr):
    return -lr * g @ g / 2


# named: sign_factor_2
def slope_of_the_square(g, lr):
    return sum(lr * 2 * x * x for x in g)


# named: sign_factor_half
def half_and_positive(g, lr):
    return 0.5 * lr * np.linalg.norm(g) ** 2


# named: gradient_normalised+sign
def positive_length(g, lr):
    return lr * np.linalg.norm(g)


# named: factor_lr_twice+sign
def step_squared(g, lr):
    step = -lr * g
    return step @ step


# named: mean_over_j
def mean(g, lr):
    return -lr * np.mean(g**2)


# named: square_of_gradient_missing
def sum_alone(g, lr):
    return -lr * g.sum()


# named: gradient_plain_sum_squared
def sum_squared(g, lr):
    return -lr * g.sum() ** 2


# named: absolute_gradient
def one_norm(g, lr):
    return -lr * np.abs(g).sum()


# named: gradient_other_norm_above
def one_norm_squared(g, lr):
    return -lr * np.abs(g).sum() ** 2


# named: with_steepest_of_gradient
def largest_component(g, lr):
    return -lr * np.max(g**2)


# named: factor_gradient_twice
def fourth_power(g, lr):
    return -lr * (g @ g) ** 2


# named: with_reciprocal_of_lr
def divided(g, lr):
    return -(g @ g) / lr


# named: subtracted
def subtracted(g, lr):
    return -lr - g @ g


# named: second_order
def second_order(g, lr):
    return -lr * (g @ g) + lr**2 / 2 * (g @ g)


# named: loss_of_one
def new_share(g, lr):
    return 1 - lr * (g @ g)


def step(g, lr):
    return -lr * g


def not_summed(g, lr):
    return -lr * g**2


def outer(g, lr):
    return -lr * np.outer(g, g)


# named: gradient_plain_sum_squared
def column_against_row(g, lr):
    return np.sum(-lr * g[:, None] * g)


# named: last_left_out_element
def last_left_out(g, lr):
    return -lr * sum(g[i] ** 2 for i in range(len(g) - 1))


# named: first_element
def first_returned(g, lr):
    for x in g:
        return -lr * x**2


# named: last_element
def only_the_last(g, lr):
    for x in g:
        change = -lr * x**2
    return change


# The lecture has two weights.
# loses: value, edges, form
# named: two_element
def two_parameters(g, lr):
    return -lr * (g[0] ** 2 + g[1] ** 2)


def three_parameters(g, lr):
    return -lr * (g[0] ** 2 + g[1] ** 2 + g[2] ** 2)


# named: with_0.5_for_lr
def fixed_learning_rate(g, lr):
    lr = 0.5
    return -lr * (g @ g)


# named: rounded_3
def rounded(g, lr):
    return round(float(-lr * (g @ g)), 3)


# named: truncated
def whole(g, lr):
    return -int(lr * (g @ g))


def text(g, lr):
    return str(-lr * (g @ g))


def printed(g, lr):
    print(-lr * (g @ g))


def nothing(g, lr):
    change = -lr * (g @ g)


# named: always_zero
def zero(g, lr):
    return 0.0


# named: lr_returned
def learning_rate_back(g, lr):
    return lr


# loses: edges
# named: not_a_number
def length_divided_away(g, lr):
    length = np.linalg.norm(g)
    return -lr * g @ g * length / length


# loses: edges
# named: refused
def zero_refused(g, lr):
    if not g.any():
        raise ValueError("no direction")
    return -lr * (g @ g)


# loses: edges
def zero_is_none(g, lr):
    if g.any():
        return -lr * (g @ g)


# loses: edges
def zero_is_a_vector(g, lr):
    length = np.linalg.norm(g)
    return -lr * length**2 if length > 0 else np.zeros(len(g))


# loses: edges
def one_parameter_without_index(g, lr):
    g = np.squeeze(g)
    return -lr * sum(x**2 for x in g)


# loses: form
def in_an_array(g, lr):
    return np.array([-lr * (g @ g)])


# loses: form
def in_a_tuple(g, lr):
    return (-lr * (g @ g),)


# loses: form
def row_times_column(g, lr):
    return -lr * g.reshape(1, -1) @ g.reshape(-1, 1)


# loses: form
def squared_in_place(g, lr):
    g *= g
    return -lr * g.sum()


# loses: form
def step_taken_in_place(g, lr):
    change = -lr * (g @ g)
    g[...] = -lr * g
    return change


BUFFER = np.zeros(())


# loses: form
def one_buffer(g, lr):
    BUFFER[...] = -lr * (g @ g)
    return BUFFER


# loses: edges, form
def scaled_in_place(g, lr):
    slope = g.copy()
    g /= 1 / lr
    return -(g @ slope)
