import numpy as np


def stub(y_hat, y):
    raise NotImplementedError("zero_one_loss")


# named: accuracy
def accuracy(y_hat, y):
    return np.mean((y_hat >= 0.5) == y)


# named: accuracy
def right_ones_counted(y_hat, y):
    right = sum(1 for p, t in zip(y_hat, y) if (p >= 0.5) == t)
    return right / len(y)


# named: counted
def counted(y_hat, y):
    return np.sum((y_hat >= 0.5) != y)


# named: counted
def counted_in_a_loop(y_hat, y):
    mistakes = 0
    for p, t in zip(y_hat, y):
        mistakes += (p >= 0.5) != t
    return float(mistakes)


# named: absolute_error
def absolute_error(y_hat, y):
    return np.mean(np.abs(y_hat - y))


# named: squared_error
def squared_error(y_hat, y):
    return ((y_hat - y) ** 2).sum() / len(y)


# named: threshold_missing+factor_half
def half_the_squared_error(y_hat, y):
    return np.mean((y_hat - y) ** 2) / 2


# named: root_taken
def root_mean_square(y_hat, y):
    return np.sqrt(np.mean(((y_hat >= 0.5) - y) ** 2))


# named: factor_half
def half_the_share(y_hat, y):
    return np.sum(((y_hat >= 0.5) - y) ** 2) / (2 * len(y))


# named: sign
def negative(y_hat, y):
    return -np.mean((y_hat >= 0.5) != y)


# named: threshold_mirrored+summed
def right_ones_counted_without_n(y_hat, y):
    return np.sum((y_hat >= 0.5) == y)


# named: not_thresholded
def not_compared_with_half(y_hat, y):
    return np.mean(y_hat != y)


# named: digits_cut_off
def cut_off(y_hat, y):
    return np.mean(y_hat.astype(int) != y)


def rounded_up(y_hat, y):
    return np.mean(np.ceil(y_hat) != y)


# named: other_threshold
def side_of_zero(y_hat, y):
    return np.mean((y_hat >= 0) != y)


def side_of_the_mean(y_hat, y):
    return np.mean((y_hat >= y_hat.mean()) != (y_hat >= 0.5))


# named: not_thresholded
def label_for_prediction(y_hat, y):
    return np.mean((y >= 0.5) != y_hat)


# named: without_y
def positives(y_hat, y):
    return np.mean(y_hat >= 0.5)


# named: predictions_of_two_signs
def labels_of_two_signs(y_hat, y):
    return np.mean(np.where(y_hat >= 0.5, 1, -1) != y)


# named: predictions_of_two_signs
def signs(y_hat, y):
    return np.mean(np.sign(y_hat - 0.5) != y)


# At first the neuron calls every penguin a Gentoo: the curve knows false positives alone.
# loses: value, edges, form
# named: square_of_y_hat_y_missing
def signed_differences(y_hat, y):
    return np.mean((y_hat >= 0.5) - y)


# named: share_of_the_positives
def share_of_the_positives(y_hat, y):
    return np.sum((y_hat >= 0.5) != y) / max(y.sum(), 1)


# named: n_minus_1
def one_less(y_hat, y):
    return np.sum((y_hat >= 0.5) != y) / max(len(y) - 1, 1)


# named: fixed_size
def seven_examples(y_hat, y):
    return np.sum((y_hat >= 0.5) != y) / 7


# named: other_factor
def per_cent(y_hat, y):
    return 100 * np.mean((y_hat >= 0.5) != y)


# named: constant
def any_mistake(y_hat, y):
    return float(np.any((y_hat >= 0.5) != y))


# named: always_zero
def whole_division(y_hat, y):
    return np.sum((y_hat >= 0.5) != y) // len(y)


def not_averaged(y_hat, y):
    return (y_hat >= 0.5) != y


# named: broadcast_averaged
def column_against_row(y_hat, y):
    return np.mean((y_hat >= 0.5)[:, None] != y)


# named: first_example
def first_returned(y_hat, y):
    for p, t in zip(y_hat, y):
        return float((p >= 0.5) != t)


# named: first_left_out_example
def first_left_out(y_hat, y):
    mistakes = sum((y_hat[i] >= 0.5) != y[i] for i in range(1, len(y)))
    return mistakes / max(len(y) - 1, 1)


# named: cross_entropy
def cross_entropy(y_hat, y):
    p = np.clip(y_hat, 1e-9, 1 - 1e-9)
    return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))


# named: hinge
def hinge(y_hat, y):
    return np.mean(np.maximum(0, 1 - (2 * y - 1) * (2 * y_hat - 1)))


# named: root_of_the_count
def distance(y_hat, y):
    return np.linalg.norm((y_hat >= 0.5) - y)


def whole_array_asked(y_hat, y):
    if y_hat >= 0.5:
        y_hat = 1
    return np.mean(y_hat != y)


def text(y_hat, y):
    return f"{100 * np.mean((y_hat >= 0.5) != y):.0f} %"


def printed(y_hat, y):
    print(np.mean((y_hat >= 0.5) != y))


def nothing(y_hat, y):
    np.mean((y_hat >= 0.5) != y)


# named: always_zero
def zero(y_hat, y):
    return 0.0


# A neuron that knows nothing says ½.
# loses: edges, curve
# named: rounded_predictions
def rounded_to_even(y_hat, y):
    return np.mean(np.round(y_hat) != y)


# loses: edges, curve
# named: rounded_predictions
def python_rounds_to_even(y_hat, y):
    return sum(round(p) != t for p, t in zip(y_hat.tolist(), y.tolist())) / len(y)


# loses: edges, curve
def distances_rounded(y_hat, y):
    return np.mean(np.rint(np.abs(y_hat - y)))


# loses: edges, curve
# named: distance_from_label
def at_least_half_away(y_hat, y):
    return np.mean(np.abs(y_hat - y) >= 0.5)


# loses: edges, curve
# named: distance_from_label
def more_than_half_away(y_hat, y):
    return np.mean(np.abs(y_hat - y) > 0.5)


# loses: edges, curve
def product_at_most_zero(y_hat, y):
    return np.mean((y_hat - 0.5) * (2 * y - 1) <= 0)


# loses: edges, curve
def half_belongs_to_nothing(y_hat, y):
    return (np.sum((y_hat > 0.5) & (y == 0)) + np.sum((y_hat < 0.5) & (y == 1))) / len(y)


# loses: edges
# named: rounded_predictions
def rounded_half_up_without_bounds(y_hat, y):
    return np.mean(np.floor(y_hat + 0.5) != y)


# loses: edges
def cut_off_without_bounds(y_hat, y):
    return np.mean((2 * y_hat).astype(int) != y)


# loses: edges
# named: refused
def probabilities_wanted(y_hat, y):
    if y_hat.min() < 0 or y_hat.max() > 1:
        raise ValueError("no probabilities")
    return np.mean((y_hat >= 0.5) != y)


# loses: edges
def one_example_squeezed(y_hat, y):
    wrong = np.squeeze((y_hat >= 0.5) != y)
    return sum(wrong) / len(y)


# loses: edges
def no_mistake_divides(y_hat, y):
    right, wrong = np.sum((y_hat >= 0.5) == y), np.sum((y_hat >= 0.5) != y)
    return 1 / (1 + int(right) / int(wrong))


# loses: edges
def no_mistake_is_none(y_hat, y):
    mistakes = np.sum((y_hat >= 0.5) != y)
    if mistakes:
        return mistakes / len(y)


# loses: edges
def labels_written_into_a_copy(y_hat, y):
    label = np.full_like(y_hat, 0.25)
    label[y_hat >= 0.5] = 0.75
    return np.mean((label == 0.75) != y)


# loses: form
def labels_written_over(y_hat, y):
    y_hat[y_hat >= 0.5] = 1
    y_hat[y_hat < 0.5] = 0
    return np.mean(y_hat != y)


# loses: form
def sorted_in_place(y_hat, y):
    wrong = (y_hat >= 0.5) != y
    y.sort()
    return wrong.mean()


# loses: form
def in_an_array(y_hat, y):
    return np.array([np.mean((y_hat >= 0.5) != y)])


# loses: form
def in_a_list(y_hat, y):
    return [sum((y_hat >= 0.5) != y) / len(y)]


# loses: form
def dimension_kept(y_hat, y):
    return np.mean([(y_hat >= 0.5) != y], axis=1, keepdims=True)


TOTAL = np.zeros(1)


# loses: form
def one_buffer(y_hat, y):
    TOTAL[0] = np.mean((y_hat >= 0.5) != y)
    return TOTAL[0:1].reshape(())


# loses: edges
def almost_a_half(y_hat, y):
    return np.mean((np.asarray(y_hat) > 0.5 - 1e-6) != y)
