# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Clustering
#
# Nobody has told which points belong together. k-means finds out with two steps in turn: each point joins
# the nearest centre, and each centre moves to the mean of its points. Neither step can make the sum of
# squared distances larger, so it comes to an end.
#
# **Notation.** `points` has shape (n, d), one point a row; `centres` has shape (K, d). No function changes
# its arguments.

# %%
# Given: what the notebook needs
import checks
import numpy as np

# %% [markdown]
# ## 1. To whom does a point belong?
#
# To the centre with the smallest distance $\sqrt{\sum_j (x_j - c_j)^2}$; where several are equally near, to
# the first of them.


# %%
def assign(points, centres):
    """The index of each point's nearest centre.

    Parameters
    ----------
    points : array of shape (n, d)
    centres : array of shape (K, d)

    Returns
    -------
    integer array of shape (n,)

    Examples
    --------
    >>> assign(np.array([[0.0], [5.0], [2.0]]), np.array([[4.0], [0.0]])).tolist()
    [1, 0, 0]
    """
    ### BEGIN SOLUTION
    differences = points[:, None] - centres
    return np.argmin(np.sum(differences**2, axis=2), axis=1)
    ### END SOLUTION


# %%
checks.check(assign)

# %% [markdown]
# ## 2. Lloyd's algorithm
#
# One step: every point joins its nearest centre, then every centre moves to the mean of its points. A centre
# without points stays where it is. The loop ends after the first step in which no centre moves, or after
# `max_steps`.
#
# The inertia is the sum of squared distances of all points to their nearest centres. Record it for the
# centres at the start and after each step.


# %%
def lloyd(points, centres, max_steps):
    """k-means from given centres.

    Parameters
    ----------
    points : array of shape (n, d)
    centres : array of shape (K, d)
    max_steps : int

    Returns
    -------
    centres : array of shape (K, d)
        Where they have come to.
    inertia : sequence of floats
        One at the start, and one after each step.

    Examples
    --------
    >>> centres, inertia = lloyd(np.array([[0.0], [2.0], [9.0]]), np.array([[0.0], [9.0]]), 10)
    >>> centres.tolist(), [float(value) for value in inertia]
    ([[1.0], [9.0]], [4.0, 2.0, 2.0])
    """

    ### BEGIN SOLUTION
    def squares(centres):
        return ((points[:, None] - centres) ** 2).sum(axis=2)

    now = np.array(centres, dtype=float)
    inertia = [squares(now).min(axis=1).sum()]
    for _ in range(max_steps):
        labels = squares(now).argmin(axis=1)
        before = now.copy()
        for label in set(labels.tolist()):
            now[label] = points[labels == label].mean(axis=0)
        inertia.append(squares(now).min(axis=1).sum())
        if np.array_equal(now, before):
            break
    return now, inertia
    ### END SOLUTION


# %%
checks.check(lloyd)
