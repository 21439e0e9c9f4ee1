"""What judge and check of `GradientNoise` both say."""

from __future__ import annotations

FORMULAS = {
    "mean_distance": "That is the mean of the distances: square them first, and take the root of the mean.",
    "not_rooted": "That is the mean of the squared distances: the root is missing.",
    "not_averaged": "The squares are added up over the draws: take their mean.",
    "distance_of_mean": "That is the distance of the mean of all draws: take each distance first.",
    "largest_distance": "That is the largest of the distances.",
    "bias_left_out": "The distance is that of dw only: db is part of the gradient too.",
    "weights_left_out": "The distance is that of db only: dw is part of the gradient too.",
    "distances_added": "The distances of dw and of db are added: they are parts of one vector.",
    "averaged_over_parts": "The squares are averaged over the parts of the gradient: add them up.",
    "sum_of_absolutes": "The absolute values are added up: the Euclidean distance adds up the squares.",
    "with_replacement": "Some batches hold an example more than once: draw without replacement.",
    "spread_of_draws": "The distances are taken from the mean of the draws, not from the full gradient.",
    "one_draw_less": "The sum of the squares is divided by draws − 1: take the mean.",
    "half_of_it": "It is half of what it should be.",
    "twice_it": "It is twice what it should be.",
    "relative": "It is divided by the length of the full gradient: return the distance itself.",
    "lengths_of_gradients": "These are lengths of the batches' gradients: subtract the full gradient first.",
    "difference_of_lengths": "The lengths of gradients are subtracted: subtract first, then take the length.",
    "sum_for_difference": "The two gradients are added: subtract one from the other.",
    "nothing": "It is 0: is each distance taken from the full gradient?",
    "single_examples": "The batches are single examples: batch_size has no effect.",
}
SAMPLES = {
    "same_batch": "Both draws of a call use the same batch: draw a new one each time.",
    "disjoint_batches": "The batches of a call never share an example: draw each one from all examples.",
    "no_reshuffle": "Every call draws the same batch: take new ones from rng each time.",
    "biased": "Some examples are drawn too often: every batch must be equally likely.",
    "few_orders": "All batches must be possible.",
    "each_once": "No batch comes again before all others have come: draw each one from all batches.",
}
