import numpy as np


# nesterov
def nesterov(v, velocity, gradient, lr, momentum):
    u = momentum * velocity + gradient
    return v - lr * (momentum * u + gradient), u


# old velocity
def old(v, velocity, gradient, lr, momentum):
    return v - lr * velocity, momentum * velocity + gradient


# ema
def ema(v, velocity, gradient, lr, momentum):
    u = momentum * velocity + (1 - momentum) * gradient
    return v - lr * u, u


# fixed momentum
def fixed(v, velocity, gradient, lr, momentum):
    u = 0.9 * velocity + gradient
    return v - lr * u, u


# lr in velocity
def lr_inside(v, velocity, gradient, lr, momentum):
    u = momentum * velocity + lr * gradient
    return v - u, u


# minus
def minus(v, velocity, gradient, lr, momentum):
    u = momentum * velocity - gradient
    return v - lr * u, u


# exchanged
def exchanged(v, velocity, gradient, lr, momentum):
    u = momentum * velocity + gradient
    return u, v - lr * u


# parameters exchanged
def lr_and_momentum(v, velocity, gradient, momentum, lr):
    u = momentum * velocity + gradient
    return v - lr * u, u


# weight decay
def decay(v, velocity, gradient, lr, momentum):
    u = momentum * velocity + gradient + 0.01 * v
    return v - lr * u, u


# dampening
def rate_decay(v, velocity, gradient, lr, momentum):
    u = momentum * velocity + gradient
    return v * (1 - lr * 0.1) - lr * u, u


# in place
def in_place_wrong(v, velocity, gradient, lr, momentum):
    velocity *= momentum
    velocity += gradient
    v += lr * velocity
    return v, velocity
