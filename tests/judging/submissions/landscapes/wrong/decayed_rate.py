import numpy as np


# named: power
def same_share(t, initial, decay):
    return initial * (1 / (1 + decay)) ** t


# named: exponential
def exponential(t, initial, decay):
    return initial * np.exp(-decay * t)


# named: decay_left_out
def no_decay(t, initial, decay):
    return initial / (1 + t)


# named: linear
def along_a_line(t, initial, decay):
    return initial * (1 - decay * t)


# named: root_below
def under_a_root(t, initial, decay):
    return initial / np.sqrt(1 + decay * t)


# named: from_one
def one_later(t, initial, decay):
    return initial / (1 + decay * (t + 1))


# named: never_decays
def constant(t, initial, decay):
    return initial + 0 * t


# loses: edges
# named: whole_numbers_kept
def whole_division(t, initial, decay):
    whole = np.asarray(initial).dtype.kind == "i"
    return initial // (1 + decay * t) if whole else initial / (1 + decay * t)


# loses: value, edges, form
# odd: only single numbers
def numbers_only(t, initial, decay):
    return initial / (1 + decay * int(t)) if np.ndim(t) == 0 else 0.0


# named: factor_t_twice
def squared(t, initial, decay):
    return initial / (1 + decay * t**2)


# odd: whole numbers of steps make whole learning rates
def in_the_type_of_the_steps(t, initial, decay):
    out = np.empty_like(np.asarray(t))
    out[...] = initial / (1 + decay * np.asarray(t))
    return out
