import numpy as np


def _means(m, s, g, beta1, beta2):
    return beta1 * m + (1 - beta1) * g, beta2 * s + (1 - beta2) * g**2


def _step(v, m, s, t, lr, beta1, beta2, eps):
    return v - lr * (m / (1 - beta1**t)) / (np.sqrt(s / (1 - beta2**t)) + eps)


# ---------------------------------------------------------------------------------- the correction


# loses: v, edges, form, curve
# named: no_correction
def no_correction(v, m, s, g, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    m, s = _means(m, s, g, beta1, beta2)
    return v - lr * m / (np.sqrt(s) + eps), m, s


# loses: v, edges, form, curve
# named: counted_from_zero
def counted_from_zero(v, m, s, g, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    m, s = _means(m, s, g, beta1, beta2)
    return _step(v, m, s, t - 1, lr, beta1, beta2, eps), m, s


# loses: v, edges, form, curve
# named: counted_from_two
def counted_from_two(v, m, s, g, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    m, s = _means(m, s, g, beta1, beta2)
    return _step(v, m, s, t + 1, lr, beta1, beta2, eps), m, s


# loses: v, edges, form, curve
# named: divisor_t_beta2_missing_in_s_hat
def first_mean_alone_corrected(v, m, s, g, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    m, s = _means(m, s, g, beta1, beta2)
    return v - lr * m / (1 - beta1**t) / (np.sqrt(s) + eps), m, s


# loses: v, edges, form, curve
# named: divisor_t_beta1_missing_in_m_hat
def second_mean_alone_corrected(v, m, s, g, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    m, s = _means(m, s, g, beta1, beta2)
    return v - lr * m / (np.sqrt(s / (1 - beta2**t)) + eps), m, s


# loses: v, edges, form, curve
# named: corrected_for_one_step
def corrected_for_one_step(v, m, s, g, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    m, s = _means(m, s, g, beta1, beta2)
    return v - lr * m / (1 - beta1) / (np.sqrt(s / (1 - beta2)) + eps), m, s


# loses: v, edges, form, curve
# named: power_as_a_product
def power_as_a_product(v, m, s, g, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    m, s = _means(m, s, g, beta1, beta2)
    return v - lr * (m / (1 - beta1 * t)) / (np.sqrt(np.abs(s / (1 - beta2 * t))) + eps), m, s


# loses: v, edges, form, curve
# named: power_of_the_difference
def power_of_the_difference(v, m, s, g, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    m, s = _means(m, s, g, beta1, beta2)
    return v - lr * (m / (1 - beta1) ** t) / (np.sqrt(s / (1 - beta2) ** t) + eps), m, s


# loses: v, edges, form, curve
# named: multiplied_with_the_correction
def multiplied_with_the_correction(v, m, s, g, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    m, s = _means(m, s, g, beta1, beta2)
    return v - lr * m * (1 - beta1**t) / (np.sqrt(s * (1 - beta2**t)) + eps), m, s


# loses: v, edges, form, curve
# named: beta1_for_beta2_in_s_hat
def one_decay_for_both_corrections(v, m, s, g, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    m, s = _means(m, s, g, beta1, beta2)
    return v - lr * m / (1 - beta1**t) / (np.sqrt(s / (1 - beta1**t)) + eps), m, s


# loses: v, edges, form, curve
# named: old_means_corrected
def old_means_corrected(v, m, s, g, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    return _step(v, m, s, t, lr, beta1, beta2, eps), *_means(m, s, g, beta1, beta2)


# loses: m, s, edges, form, curve
# named: corrected_returned
def corrected_means_returned(v, m, s, g, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    m, s = _means(m, s, g, beta1, beta2)
    return _step(v, m, s, t, lr, beta1, beta2, eps), m / (1 - beta1**t), s / (1 - beta2**t)


# ---------------------------------------------------------------------------------------------- ε


# loses: v, edges, form, curve
# named: epsilon_in_root
def epsilon_in_the_root(v, m, s, g, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    m, s = _means(m, s, g, beta1, beta2)
    return v - lr * (m / (1 - beta1**t)) / np.sqrt(s / (1 - beta2**t) + eps), m, s


# As TensorFlow writes it, with another ε than the paper's Algorithm 1.
# loses: v, edges, form, curve
# named: epsilon_uncorrected
def epsilon_beside_the_uncorrected_root(v, m, s, g, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    m, s = _means(m, s, g, beta1, beta2)
    rate = lr * np.sqrt(1 - beta2**t) / (1 - beta1**t)
    return v - rate * m / (np.sqrt(s) + eps), m, s


# loses: v, edges, form
# named: epsilon_of_its_own
def epsilon_left_out(v, m, s, g, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    m, s = _means(m, s, g, beta1, beta2)
    return _step(v, m, s, t, lr, beta1, beta2, 0.0), m, s


# loses: v, edges, form
# named: epsilon_of_its_own
def epsilon_of_its_own(v, m, s, g, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    m, s = _means(m, s, g, beta1, beta2)
    return _step(v, m, s, t, lr, beta1, beta2, 1e-8), m, s


# loses: v, edges, form
# named: epsilon_as_floor
def epsilon_as_a_floor(v, m, s, g, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    m, s = _means(m, s, g, beta1, beta2)
    return v - lr * (m / (1 - beta1**t)) / np.maximum(np.sqrt(s / (1 - beta2**t)), eps), m, s


# loses: v, edges, form, curve
# named: epsilon_twice
def epsilon_twice(v, m, s, g, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    m, s = _means(m, s, g, beta1, beta2)
    return v - lr * (m / (1 - beta1**t)) / (np.sqrt(s / (1 - beta2**t) + eps) + eps), m, s


# loses: v, edges, form, curve
# named: epsilon_beside_the_fraction
def epsilon_beside_the_fraction(v, m, s, g, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    m, s = _means(m, s, g, beta1, beta2)
    return v - lr * (m / (1 - beta1**t)) / np.sqrt(s / (1 - beta2**t)) + eps, m, s


# ------------------------------------------------------------------------------------- the two means


# loses: v, s, edges, form, curve
# named: not_squared
def not_squared(v, m, s, g, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    m, s = beta1 * m + (1 - beta1) * g, beta2 * s + (1 - beta2) * np.abs(g)
    return _step(v, m, s, t, lr, beta1, beta2, eps), m, s


# loses: v, s, edges, form, curve
# named: square_of_gradient_missing_in_s_new
def not_squared_nor_absolute(v, m, s, g, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    m, s = beta1 * m + (1 - beta1) * g, beta2 * s + (1 - beta2) * g
    return _step(v, m, s, t, lr, beta1, beta2, eps), m, s


# named: sum_for_mean
def sums_for_means(v, m, s, g, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    m, s = beta1 * m + g, beta2 * s + g**2
    return _step(v, m, s, t, lr, beta1, beta2, eps), m, s


# loses: v, m, edges, form, curve
# named: factor_beta1_missing_in_m_new_2, sum_for_mean
def velocity_for_the_first_mean(v, m, s, g, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    m, s = beta1 * m + g, beta2 * s + (1 - beta2) * g**2
    return _step(v, m, s, t, lr, beta1, beta2, eps), m, s


# named: weights_the_other_way_round
def decays_at_the_new_part(v, m, s, g, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    m, s = (1 - beta1) * m + beta1 * g, (1 - beta2) * s + beta2 * g**2
    return _step(v, m, s, t, lr, beta1, beta2, eps), m, s


# named: beta1_and_beta2_exchanged, beta1_for_every_beta2, beta2_for_every_beta1
def decays_swapped(v, m, s, g, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    m, s = _means(m, s, g, beta2, beta1)
    return _step(v, m, s, t, lr, beta2, beta1, eps), m, s


# loses: v, s, edges, form, curve
# named: beta1_for_every_beta2
def one_decay(v, m, s, g, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    m, s = _means(m, s, g, beta1, beta1)
    return _step(v, m, s, t, lr, beta1, beta2, eps), m, s


# loses: v, m, s, edges, form
# named: usual_decays
def usual_decays(v, m, s, g, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    m, s = _means(m, s, g, 0.9, 0.999)
    return _step(v, m, s, t, lr, 0.9, 0.999, eps), m, s


# loses: v, s, edges, form, curve
# named: mean_squared
def mean_squared(v, m, s, g, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    m = beta1 * m + (1 - beta1) * g
    s = beta2 * s + (1 - beta2) * m**2
    return _step(v, m, s, t, lr, beta1, beta2, eps), m, s


# loses: v, s, edges, form, curve
# named: belief
def belief(v, m, s, g, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    m = beta1 * m + (1 - beta1) * g
    s = beta2 * s + (1 - beta2) * (g - m) ** 2
    return _step(v, m, s, t, lr, beta1, beta2, eps), m, s


# loses: v, s, edges, form, curve
# named: with_length_of_gradient
def squares_of_all_components(v, m, s, g, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    m, s = beta1 * m + (1 - beta1) * g, beta2 * s + (1 - beta2) * (g @ g)
    return _step(v, m, s, t, lr, beta1, beta2, eps), m, s


# loses: v, s, edges, form, curve
# named: largest_so_far
def largest_so_far(v, m, s, g, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    m, s = beta1 * m + (1 - beta1) * g, np.maximum(beta2 * s, np.abs(g))
    return v - lr * m / (1 - beta1**t) / (s + eps), m, s


# loses: v, s, edges, form, curve
# named: squares_added_up
def squares_added_up(v, m, s, g, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    m, s = beta1 * m + (1 - beta1) * g, s + g**2
    return v - lr * m / (1 - beta1**t) / (np.sqrt(s) + eps), m, s


# ----------------------------------------------------------------------------------------- the step


# loses: v, edges, form, curve
# named: ascent
def ascent(v, m, s, g, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    m, s = _means(m, s, g, beta1, beta2)
    return 2 * v - _step(v, m, s, t, lr, beta1, beta2, eps), m, s


# loses: v, edges, form, curve
# named: root_left_out
def root_left_out(v, m, s, g, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    m, s = _means(m, s, g, beta1, beta2)
    return v - lr * (m / (1 - beta1**t)) / (s / (1 - beta2**t) + eps), m, s


# loses: v, edges, form, curve
# named: root_of_the_fraction
def root_of_the_fraction(v, m, s, g, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    m, s = _means(m, s, g, beta1, beta2)
    ratio = (m / (1 - beta1**t)) / (s / (1 - beta2**t) + eps)
    return v - lr * np.sign(ratio) * np.sqrt(np.abs(ratio)), m, s


# loses: v, edges, form, curve
# named: gradient_over_the_root
def gradient_over_the_root(v, m, s, g, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    m, s = _means(m, s, g, beta1, beta2)
    return v - lr * g / (np.sqrt(s / (1 - beta2**t)) + eps), m, s


# loses: v, edges, form, curve
# named: mean_alone
def first_mean_alone(v, m, s, g, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    m, s = _means(m, s, g, beta1, beta2)
    return v - lr * m / (1 - beta1**t), m, s


# loses: v, edges, form, curve
# named: signs
def signs(v, m, s, g, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    m, s = _means(m, s, g, beta1, beta2)
    return v - lr * np.sign(m), m, s


# loses: v, edges, form, curve
# named: with_0.001_for_lr
def usual_learning_rate(v, m, s, g, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    m, s = _means(m, s, g, beta1, beta2)
    return _step(v, m, s, t, 0.001, beta1, beta2, eps), m, s


# loses: v, edges, form, curve
# named: rate_that_falls
def rate_that_falls(v, m, s, g, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    m, s = _means(m, s, g, beta1, beta2)
    return _step(v, m, s, t, lr / np.sqrt(t), beta1, beta2, eps), m, s


# loses: v, edges, form, curve
# named: nesterov
def nesterov(v, m, s, g, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    m, s = _means(m, s, g, beta1, beta2)
    ahead = (beta1 * m + (1 - beta1) * g) / (1 - beta1**t)
    return v - lr * ahead / (np.sqrt(s / (1 - beta2**t)) + eps), m, s


# loses: v, edges, form, curve
# named: weights_decayed
def weights_decayed(v, m, s, g, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    m, s = _means(m, s, g, beta1, beta2)
    return _step(v, m, s, t, lr, beta1, beta2, eps) - lr * 0.01 * v, m, s


# loses: v, edges, form, curve
# named: without_v_in_v_new
def change_alone(v, m, s, g, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    m, s = _means(m, s, g, beta1, beta2)
    return _step(0 * v, m, s, t, lr, beta1, beta2, eps), m, s


# loses: v, edges, form, curve
# named: one_length_for_all
def one_length_for_all(v, m, s, g, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    m, s = _means(m, s, g, beta1, beta2)
    length = np.sqrt(np.mean(s) / (1 - beta2**t))
    return v - lr * (m / (1 - beta1**t)) / (length + eps), m, s


# loses: m, s, edges, form, curve
# named: m_returned, s_returned
def means_as_they_were(v, m, s, g, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    return _step(v, *_means(m, s, g, beta1, beta2), t, lr, beta1, beta2, eps), m.copy(), s.copy()


# loses: s, edges, form, curve
# named: root
def root_returned(v, m, s, g, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    m, s = _means(m, s, g, beta1, beta2)
    return _step(v, m, s, t, lr, beta1, beta2, eps), m, np.sqrt(s)


# loses: m, s, edges, form, curve
# named: means_returned_the_other_way_round
def means_the_other_way_round(v, m, s, g, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    m, s = _means(m, s, g, beta1, beta2)
    return _step(v, m, s, t, lr, beta1, beta2, eps), s, m


# named: m_new_returned, means_returned_the_other_way_round, results_exchanged
def means_first(v, m, s, g, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    m, s = _means(m, s, g, beta1, beta2)
    return m, s, _step(v, m, s, t, lr, beta1, beta2, eps)


def parameters_alone(v, m, s, g, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    return _step(v, *_means(m, s, g, beta1, beta2), t, lr, beta1, beta2, eps)


def number_of_the_next_step_too(v, m, s, g, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    m, s = _means(m, s, g, beta1, beta2)
    return _step(v, m, s, t, lr, beta1, beta2, eps), m, s, t + 1


# loses: v, edges, form, curve
# named: t_and_lr_exchanged
def rate_before_number(v, m, s, g, lr, t, beta1=0.9, beta2=0.999, eps=1e-8):
    m, s = _means(m, s, g, beta1, beta2)
    return _step(v, m, s, t, lr, beta1, beta2, eps), m, s


def no_defaults(v, m, s, g, t, lr, beta1, beta2, eps):
    m, s = _means(m, s, g, beta1, beta2)
    return _step(v, m, s, t, lr, beta1, beta2, eps), m, s


# loses: v, m, s, edges, form
def keywords_only(v, m, s, g, t, lr, *, beta1=0.9, beta2=0.999, eps=1e-8):
    m, s = _means(m, s, g, beta1, beta2)
    return _step(v, m, s, t, lr, beta1, beta2, eps), m, s


# named: s_returned, sum_for_mean
def momentum(v, m, s, g, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    m = beta1 * m + g
    return v - lr * m, m, s.copy()


_CALLS = []


# loses: v, edges, form, curve
# odd: it keeps a state from call to call
def own_count(v, m, s, g, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    _CALLS.append(t)
    m, s = _means(m, s, g, beta1, beta2)
    return _step(v, m, s, len(_CALLS) + 10, lr, beta1, beta2, eps), m, s


_MEMORY = {}


# odd: it keeps a state from call to call
def means_of_its_own(v, m, s, g, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    own = _MEMORY.get(len(v), (np.zeros(len(v)), np.zeros(len(v))))
    m, s = _MEMORY[len(v)] = _means(*own, g, beta1, beta2)
    return _step(v, m, s, t, lr, beta1, beta2, eps), m.copy(), s.copy()


# odd: the numbers of a worked example
def worked_example(v, m, s, g, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    m, s = np.array([0.23, -0.46, 0.39]), np.array([0.04021, 0.25075, 0.01899])
    return np.array([0.973, -1.9784, 0.4334]), m, s


# named: rounded_6
def rounded(v, m, s, g, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    m, s = _means(m, s, g, beta1, beta2)
    return tuple(np.round(each, 6) for each in (_step(v, m, s, t, lr, beta1, beta2, eps), m, s))


def printed(v, m, s, g, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    m, s = _means(m, s, g, beta1, beta2)
    print(_step(v, m, s, t, lr, beta1, beta2, eps), m, s)


def stub(v, m, s, gradient, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    raise NotImplementedError("adam_step is not written yet")


# named: m_returned, s_returned, v_returned
def arguments_back(v, m, s, g, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    return v, m, s


# ---------------------------------------------------------------------------------- edges and form


# The defaults of others: 1e-7 stands in Keras.
# loses: edges, curve
# named: another_default
def default_epsilon_of_keras(v, m, s, g, t, lr, beta1=0.9, beta2=0.999, eps=1e-7):
    m, s = _means(m, s, g, beta1, beta2)
    return _step(v, m, s, t, lr, beta1, beta2, eps), m, s


# loses: edges
# named: another_default
def smaller_default_epsilon(v, m, s, g, t, lr, beta1=0.9, beta2=0.999, eps=1e-10):
    m, s = _means(m, s, g, beta1, beta2)
    return _step(v, m, s, t, lr, beta1, beta2, eps), m, s


# loses: v, s, edges, form, curve
# named: another_default
def default_decay_of_rmsprop(v, m, s, g, t, lr, beta1=0.9, beta2=0.99, eps=1e-8):
    m, s = _means(m, s, g, beta1, beta2)
    return _step(v, m, s, t, lr, beta1, beta2, eps), m, s


# loses: edges
def rests_where_the_gradient_is_zero(v, m, s, g, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    if not np.any(g):
        return v.copy(), m.copy(), s.copy()
    m, s = _means(m, s, g, beta1, beta2)
    return _step(v, m, s, t, lr, beta1, beta2, eps), m, s


# loses: edges, curve
def first_step_uncorrected(v, m, s, g, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    m, s = _means(m, s, g, beta1, beta2)
    if t == 1:
        return v - lr * m / (np.sqrt(s) + eps), m, s
    return _step(v, m, s, t, lr, beta1, beta2, eps), m, s


# loses: edges, curve
def first_gradient_for_empty_means(v, m, s, g, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    if not m.any():
        m, s = g.astype(float), g.astype(float) ** 2
    else:
        m, s = _means(m, s, g, beta1, beta2)
    return _step(v, m, s, t, lr, beta1, beta2, eps), m, s


# loses: edges, curve
def corrected_for_ten_steps(v, m, s, g, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    m, s = _means(m, s, g, beta1, beta2)
    if t > 10:
        return v - lr * m / (np.sqrt(s) + eps), m, s
    return _step(v, m, s, t, lr, beta1, beta2, eps), m, s


# loses: edges
def corrected_for_a_thousand_steps(v, m, s, g, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    m, s = _means(m, s, g, beta1, beta2)
    return _step(v, m, s, min(t, 1000), lr, beta1, beta2, eps), m, s


def _power(base, times):
    return 1.0 if times == 0 else base * _power(base, times - 1)


# loses: edges
def power_by_recursion(v, m, s, g, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    m, s = _means(m, s, g, beta1, beta2)
    m_hat, s_hat = m / (1 - _power(beta1, t)), s / (1 - _power(beta2, t))
    return v - lr * m_hat / (np.sqrt(s_hat) + eps), m, s


# loses: edges
# named: whole_numbers_kept
def like_the_arguments(v, m, s, g, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    new_v, new_m, new_s = np.zeros_like(v), np.zeros_like(m), np.zeros_like(s)
    new_m[:], new_s[:] = _means(m, s, g, beta1, beta2)
    new_v[:] = _step(v, new_m, new_s, t, lr, beta1, beta2, eps)
    return new_v, new_m, new_s


# loses: edges
def copies_of_whole_numbers(v, m, s, g, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    v, m, s = v.copy(), m.copy(), s.copy()
    m *= beta1
    m += (1 - beta1) * g
    s *= beta2
    s += (1 - beta2) * g**2
    v -= lr * (m / (1 - beta1**t)) / (np.sqrt(s / (1 - beta2**t)) + eps)
    return v, m, s


# loses: edges
# named: not_a_number
def root_divided_away(v, m, s, g, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    m, s = _means(m, s, g, beta1, beta2)
    root = np.sqrt(s / (1 - beta2**t))
    return v - lr * (m / (1 - beta1**t)) / root / (1 + eps / root), m, s


# loses: form
def squeezed(v, m, s, g, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    m, s = _means(m, s, g, beta1, beta2)
    return tuple(np.squeeze(each) for each in (_step(v, m, s, t, lr, beta1, beta2, eps), m, s))


# loses: form
def columns(v, m, s, g, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    m, s = _means(m, s, g, beta1, beta2)
    return tuple(each[:, None] for each in (_step(v, m, s, t, lr, beta1, beta2, eps), m, s))


# loses: form
def rows_of_one_array(v, m, s, g, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    m, s = _means(m, s, g, beta1, beta2)
    return np.stack([_step(v, m, s, t, lr, beta1, beta2, eps), m, s])


# loses: edges, form
def in_place(v, m, s, g, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    m *= beta1
    m += (1 - beta1) * g
    s *= beta2
    s += (1 - beta2) * g * g
    v -= lr * (m / (1 - beta1**t)) / (np.sqrt(s / (1 - beta2**t)) + eps)
    return v, m, s


# loses: edges, form
def parameters_in_place(v, m, s, g, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    m, s = _means(m, s, g, beta1, beta2)
    v -= lr * (m / (1 - beta1**t)) / (np.sqrt(s / (1 - beta2**t)) + eps)
    return v, m, s


# loses: form
def gradient_squared_in_place(v, m, s, g, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    m = beta1 * m + (1 - beta1) * g
    g **= 2
    s = beta2 * s + (1 - beta2) * g
    return _step(v, m, s, t, lr, beta1, beta2, eps), m, s


# loses: edges, form
def means_in_place(v, m, s, g, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    m[:], s[:] = _means(m, s, g, beta1, beta2)
    return _step(v, m, s, t, lr, beta1, beta2, eps), m, s


# loses: form
def parameters_back_where_nothing_moves(v, m, s, g, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    new_m, new_s = _means(m, s, g, beta1, beta2)
    if not new_m.any():
        return v, new_m, new_s
    return _step(v, new_m, new_s, t, lr, beta1, beta2, eps), new_m, new_s


# loses: form
def means_kept(v, m, s, g, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    kept = _MEMORY.setdefault(("kept", len(v)), np.zeros((2, len(v))))
    kept[:] = _means(m, s, g, beta1, beta2)
    return _step(v, *kept, t, lr, beta1, beta2, eps), kept[0], kept[1]


# loses: edges
def eps_of_zero_is_left_out(v, m, s, g, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    m = beta1 * m + (1 - beta1) * g
    s = beta2 * s + (1 - beta2) * g**2
    return v - lr * (m / (1 - beta1**t)) / (np.sqrt(s / (1 - beta2**t)) + (eps or 1e-8)), m, s
