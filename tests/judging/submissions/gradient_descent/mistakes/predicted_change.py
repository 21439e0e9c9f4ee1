import numpy as np


# half the square
def halved(gradient, lr):
    return -0.5 * lr * float(np.sum(np.square(gradient)))


# sign
def rise(gradient, lr):
    return lr * np.linalg.norm(gradient) ** 2


# sum of gradient
def sum_of_slopes(gradient, lr):
    return -lr * gradient.sum()


# the mean
def mean_square(gradient, lr):
    return -lr * np.mean(gradient**2)


# sum squared
def square_of_sum(gradient, lr):
    return -lr * sum(gradient) ** 2


# l1
def l1(gradient, lr):
    return -lr * np.abs(gradient).sum()


# step
def step(gradient, lr):
    return -lr * np.max(np.abs(gradient)) ** 2
