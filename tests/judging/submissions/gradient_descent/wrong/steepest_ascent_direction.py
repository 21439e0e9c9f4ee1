import numpy as np


# named: other_way
def downhill(g):
    length = np.linalg.norm(g)
    return -g / length if length > 0 else np.zeros(len(g))


# named: other_norm
def one_norm(g):
    length = np.abs(g).sum()
    return g / length if length > 0 else np.zeros(len(g))


# named: largest_component
def largest_component(g):
    length = np.abs(g).max()
    return g / length if length > 0 else np.zeros(len(g))


# named: not_normalised
def not_normalised(g):
    return g


# named: squared_length
def squared_length(g):
    length = g @ g
    return g / length if length > 0 else np.zeros(len(g))


# named: divided_by_dimension
def divided_by_dimension(g):
    return g / len(g)


# named: gradient_plain_sum
def divided_by_sum(g):
    return g / g.sum() if g.any() else g * 0.0


# named: gradient_signs
def signs(g):
    return np.sign(g)


# named: with_steepest_of_gradient
def axis(g):
    r = np.zeros(len(g))
    if g.any():
        r[np.argmax(np.abs(g))] = np.sign(g[np.argmax(np.abs(g))])
    return r


# named: softmax
def softmax(g):
    e = np.exp(g - g.max())
    return e / e.sum()


# named: absolute
def absolute(g):
    length = np.linalg.norm(g)
    return np.abs(g) / length if length > 0 else np.zeros(len(g))


# named: mean_over_j
def root_mean_square(g):
    length = np.sqrt(np.mean(g**2))
    return g / length if length > 0 else np.zeros(len(g))


# named: standardised
def standard_deviation(g):
    return (g - g.mean()) / (g.std() or 1)


# The penguins' gradient has three.
# loses: value, edges, form
def three_components(g):
    length = (g[0] ** 2 + g[1] ** 2 + (g[2] ** 2 if len(g) > 2 else 0)) ** 0.5
    return np.array([g[0] / length, g[1] / length, g[2] / length]) if length > 0 else np.zeros(3)


def length_alone(g):
    return np.linalg.norm(g)


def nothing(g):
    g / np.linalg.norm(g)


# named: always_zero
def zeros(g):
    return np.zeros(len(g))


# named: rounded_6
def rounded(g):
    length = np.linalg.norm(g)
    return np.round(g / length, 6) if length > 0 else np.zeros(len(g))


# loses: edges
# named: epsilon_in_length
def epsilon(g):
    return g / (np.linalg.norm(g) + 1e-8)


# loses: edges
# named: epsilon_in_length
def smaller_epsilon(g):
    return g / (np.linalg.norm(g) + 1e-12)


# loses: edges
# named: epsilon_in_length
def smallest_usual_epsilon(g):
    return g / (np.linalg.norm(g) + 1e-16)


# loses: edges
# named: small_taken_for_zero
def threshold(g):
    length = np.linalg.norm(g)
    return g / length if length >= 1e-8 else np.zeros(len(g))


# loses: edges
# named: small_taken_for_zero
def threshold_of_a_millionth_of_a_millionth(g):
    length = np.linalg.norm(g)
    return np.zeros(len(g)) if length < 1e-12 else g / length


# loses: edges
# named: small_taken_for_zero
def threshold_of_the_machine(g):
    length = np.linalg.norm(g)
    return np.zeros(len(g)) if length <= np.finfo(float).eps else g / length


# loses: edges
# named: small_taken_for_zero
def close_to_zero(g):
    return np.zeros(len(g)) if np.allclose(g, 0) else g / np.linalg.norm(g)


# loses: edges
# named: not_a_number
def zero_left_out(g):
    return g / np.linalg.norm(g)


# loses: edges
def no_direction_at_zero(g):
    length = np.linalg.norm(g)
    return g / length if length > 0 else None


# loses: edges
# named: refused
def zero_raises(g):
    length = np.linalg.norm(g)
    if length == 0:
        raise ValueError("no direction")
    return g / length


# loses: edges
def number_zero(g):
    length = np.linalg.norm(g)
    return g / length if length > 0 else 0.0


# loses: form
def zero_comes_back(g):
    length = np.linalg.norm(g)
    return g / length if length > 0 else g


# loses: edges, form
def in_place(g):
    length = np.linalg.norm(g)
    if length > 0:
        g /= length
    return g


# loses: form
def column(g):
    length = np.linalg.norm(g)
    return (g / length if length > 0 else np.zeros(len(g))).reshape(-1, 1)
