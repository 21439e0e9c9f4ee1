import numpy as np


# loses: v, edges, form, curve
# named: old_velocity
def old_velocity(v, u, g, lr, rho):
    return v - lr * u, rho * u + g


# loses: v, edges, form, curve
# named: old_velocity
def step_before_the_update(v, u, g, lr, rho):
    v = v - lr * u
    u = rho * u + g
    return v, u


# loses: v, edges, form, curve
# named: nesterov
def nesterov(v, u, g, lr, rho):
    u = rho * u + g
    return v - lr * (g + rho * u), u


# named: running_mean
def running_mean(v, u, g, lr, rho):
    u = rho * u + (1 - rho) * g
    return v - lr * u, u


# loses: velocity, edges, form, curve
# named: running_mean
def running_mean_given_back(v, u, g, lr, rho):
    return v - lr * (rho * u + g), rho * u + (1 - rho) * g


# named: weights_the_other_way_round
def running_mean_the_other_way_round(v, u, g, lr, rho):
    u = (1 - rho) * u + rho * g
    return v - lr * u, u


# named: factor_momentum_on_other_in_u_new
def share_of_the_gradient(v, u, g, lr, rho):
    u = u + rho * g
    return v - lr * u, u


# named: learning_rate_in_velocity
def learning_rate_in_velocity(v, u, g, lr, rho):
    u = rho * u + lr * g
    return v - u, u


# loses: velocity, edges, form, curve
# named: learning_rate_in_velocity
def learning_rate_in_velocity_alone(v, u, g, lr, rho):
    return v - lr * (rho * u + g), rho * u + lr * g


# named: learning_rate_in_velocity
def learning_rate_twice(v, u, g, lr, rho):
    u = rho * u + lr * g
    return v - lr * u, u


# named: negative_velocity
def negative_velocity(v, u, g, lr, rho):
    u = rho * u - g
    return v + lr * u, u


# named: velocity_as_a_step
def downhill_with_the_learning_rate(v, u, g, lr, rho):
    u = rho * u - lr * g
    return v + u, u


# loses: velocity, edges, form, curve
# named: sign
def velocity_as_it_moves(v, u, g, lr, rho):
    u = rho * u + g
    return v - lr * u, -u


# loses: velocity, edges, form, curve
# named: step_for_velocity
def step_for_velocity(v, u, g, lr, rho):
    u = lr * (rho * u + g)
    return v - u, u


# named: no_momentum
def no_momentum(v, u, g, lr, rho):
    return v - lr * g, g + 0.0


# loses: v, edges, form, curve
# named: no_momentum
def no_momentum_in_the_step(v, u, g, lr, rho):
    return v - lr * g, rho * u + g


# loses: velocity, edges, form, curve
# named: velocity_returned
def velocity_as_it_was(v, u, g, lr, rho):
    return v - lr * (rho * u + g), u.copy()


# loses: velocity, edges, form, curve
# named: no_momentum
def gradient_for_velocity(v, u, g, lr, rho):
    return v - lr * (rho * u + g), g.copy()


# loses: v, edges, form, curve
# named: ascent
def ascent(v, u, g, lr, rho):
    u = rho * u + g
    return v + lr * u, u


# named: factor_momentum_missing_in_u_new
def momentum_left_out(v, u, g, lr, rho):
    u = u + g
    return v - lr * u, u


# named: factor_momentum_on_all_in_u_new
def momentum_of_both(v, u, g, lr, rho):
    u = rho * (u + g)
    return v - lr * u, u


# named: another_momentum
def usual_momentum(v, u, g, lr, rho):
    u = 0.9 * u + g
    return v - lr * u, u


# loses: v, edges, form, curve
# named: with_0.01_for_lr
def usual_learning_rate(v, u, g, lr, rho):
    u = rho * u + g
    return v - 0.01 * u, u


# loses: v, edges, form, curve
# named: factor_lr_missing_in_v_new
def without_learning_rate(v, u, g, lr, rho):
    u = rho * u + g
    return v - u, u


# named: lr_and_momentum_exchanged, lr_for_momentum_in_u_new
def learning_rate_for_momentum(v, u, g, lr, rho):
    u = lr * u + g
    return v - rho * u, u


# named: factor_momentum_on_other_in_u_new
def arguments_of_another_order(v, gradient, velocity, lr, momentum):
    velocity = momentum * velocity + gradient
    return v - lr * velocity, velocity


# loses: v, edges, form, curve
# named: momentum_twice
def momentum_twice(v, u, g, lr, rho):
    new = rho * u + g
    return v - lr * (rho * new), new


# loses: v, edges, form, curve
# named: both_velocities
def both_velocities(v, u, g, lr, rho):
    new = rho * u + g
    return v - lr * (u + new), new


# loses: v, edges, form, curve
# named: twice_gradient_in_u_new
def gradient_counted_twice(v, u, g, lr, rho):
    new = rho * u + g
    return v - lr * (new + g), new


# loses: v, edges, form, curve
# named: without_v_in_v_new
def change_alone(v, u, g, lr, rho):
    u = rho * u + g
    return -lr * u, u


# named: results_exchanged, u_new_returned
def velocity_first(v, u, g, lr, rho):
    u = rho * u + g
    return u, v - lr * u


def parameters_alone(v, u, g, lr, rho):
    return v - lr * (rho * u + g)


def gradient_too(v, u, g, lr, rho):
    u = rho * u + g
    return v - lr * u, u, g


# named: negative_velocity, sign_of_gradient_in_u_new
def gradient_subtracted(v, u, g, lr, rho):
    u = rho * u - g
    return v - lr * u, u


# named: v_for_velocity_in_u_new
def decayed_parameters(v, u, g, lr, rho):
    u = rho * v + g
    return v - lr * u, u


# named: with_unit_of_gradient
def of_unit_length(v, u, g, lr, rho):
    u = rho * u + g / np.linalg.norm(g)
    return v - lr * u, u


# named: with_sum_of_velocity
def products_summed(v, u, g, lr, rho):
    u = rho * u.sum() + g
    return v - lr * u, u


def first_parameter(v, u, g, lr, rho):
    u = rho * u[0] + g[0]
    return v[0] - lr * u, u


# named: two_steps
def two_steps(v, u, g, lr, rho):
    for _ in range(2):
        u = rho * u + g
        v = v - lr * u
    return v, u


_MEMORY = {}


def velocity_of_its_own(v, u, g, lr, rho):
    own = rho * _MEMORY.get(len(v), np.zeros(len(v))) + g
    _MEMORY[len(v)] = own
    return v - lr * own, own.copy()


# odd: the numbers of a worked example
def worked_example(v, u, g, lr, rho):
    return np.array([0.25, -1.75, -0.75]), np.array([1.5, -0.5, 2.5])


# named: rounded_6
def rounded(v, u, g, lr, rho):
    u = rho * u + g
    return np.round(v - lr * u, 6), np.round(u, 6)


# named: single_precision
def single_precision(v, u, g, lr, rho):
    v, u, g = (each.astype(np.float32) for each in (v, u, g))
    u = np.float32(rho) * u + g
    return v - np.float32(lr) * u, u


def printed(v, u, g, lr, rho):
    u = rho * u + g
    print(v - lr * u, u)


def stub(v, u, g, lr, rho):
    raise NotImplementedError("momentum_step is not written yet")


# named: v_returned, velocity_returned
def arguments_back(v, u, g, lr, rho):
    return v, u


# loses: edges
# named: whole_numbers_kept
def like_the_arguments(v, u, g, lr, rho):
    new_v, new_u = np.empty_like(v), np.empty_like(u)
    for i in range(len(v)):
        new_u[i] = rho * u[i] + g[i]
        new_v[i] = v[i] - lr * new_u[i]
    return new_v, new_u


# loses: edges
def copies_of_whole_numbers(v, u, g, lr, rho):
    v, u = v.copy(), u.copy()
    u *= rho
    u += g
    v -= lr * u
    return v, u


# loses: edges
# named: whole_numbers_kept
def copies_of_whole_numbers_stay_whole(v, u, g, lr, rho):
    new_v, new_u = v.copy(), u.copy()
    new_u[:] = rho * u + g
    new_v[:] = v - lr * new_u
    return new_v, new_u


# loses: edges, curve
def first_step_apart(v, u, g, lr, rho):
    u = rho * u + g if u.any() else (1 - rho) * g
    return v - lr * u, u


# loses: edges
def rests_where_the_gradient_is_zero(v, u, g, lr, rho):
    if np.linalg.norm(g) == 0:
        return v.copy(), u.copy()
    u = rho * u + g
    return v - lr * u, u


# loses: edges
def usual_momentum_for_none(v, u, g, lr, rho):
    u = (rho or 0.9) * u + g
    return v - lr * u, u


# loses: edges
# named: refused
def momentum_refused(v, u, g, lr, rho):
    if not 0 < rho < 1:
        raise ValueError("momentum is between 0 and 1")
    u = rho * u + g
    return v - lr * u, u


# loses: edges, curve
# named: not_a_number
def relative_change(v, u, g, lr, rho):
    new = u * (rho + g / u)
    return v - lr * new, new


# loses: form
def squeezed(v, u, g, lr, rho):
    u = np.squeeze(rho * u + g)
    return np.squeeze(v - lr * u), u


# loses: form
def columns(v, u, g, lr, rho):
    u = (rho * u + g).reshape(-1, 1)
    return v.reshape(-1, 1) - lr * u, u


# loses: form
def one_array(v, u, g, lr, rho):
    u = rho * u + g
    return np.array([v - lr * u, u])


# loses: edges, form
def in_place(v, velocity, gradient, lr, momentum):
    velocity *= momentum
    velocity += gradient
    v -= lr * velocity
    return v, velocity


# loses: edges, form
def parameters_in_place(v, u, g, lr, rho):
    u = rho * u + g
    v -= lr * u
    return v, u


# loses: edges, form
# named: whole_numbers_kept
def velocity_in_place(v, u, g, lr, rho):
    u[:] = rho * u + g
    return v - lr * u, u


# loses: form
def gradient_in_place(v, u, g, lr, rho):
    if g.dtype.kind == "f":
        g += rho * u
    else:
        g = g + rho * u
    return v - lr * g, g


# loses: form
def gradient_back_without_momentum(v, u, g, lr, rho):
    u = rho * u + g if rho else g
    return v - lr * u, u


# loses: form
def gradient_back_in_the_first_step(v, u, g, lr, rho):
    u = rho * u + g if np.any(u) else g
    return v - lr * u, u


# loses: form
def results_share_memory_with_later_ones(v, u, g, lr, rho):
    kept = _MEMORY.setdefault(("kept", len(v)), np.zeros((2, len(v))))
    kept[1] = rho * u + g
    kept[0] = v - lr * kept[1]
    return kept[0], kept[1]
