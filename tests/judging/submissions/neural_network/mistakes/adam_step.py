import numpy as np


# AMSGrad
def amsgrad(v, m, s, gradient, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    m = beta1 * m + (1 - beta1) * gradient
    s_new = np.maximum(s, beta2 * s + (1 - beta2) * gradient**2)
    return v - lr * (m / (1 - beta1**t)) / (np.sqrt(s_new / (1 - beta2**t)) + eps), m, s_new


# t from 0
def t_minus_one(v, m, s, gradient, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    m = beta1 * m + (1 - beta1) * gradient
    s = beta2 * s + (1 - beta2) * gradient * gradient
    k = max(t - 1, 1)
    return v - lr * (m / (1 - beta1**k)) / (np.sqrt(s / (1 - beta2**k)) + eps), m, s


# t + 1
def t_plus_one(v, m, s, gradient, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    m = beta1 * m + (1 - beta1) * gradient
    s = beta2 * s + (1 - beta2) * gradient * gradient
    k = t + 1
    return v - lr * (m / (1 - beta1**k)) / (np.sqrt(s / (1 - beta2**k)) + eps), m, s


# beta2 = 0.99 by default
def other_beta2(v, m, s, gradient, t, lr, beta1=0.9, beta2=0.99, eps=1e-8):
    m = beta1 * m + (1 - beta1) * gradient
    s = beta2 * s + (1 - beta2) * gradient * gradient
    return v - lr * (m / (1 - beta1**t)) / (np.sqrt(s / (1 - beta2**t)) + eps), m, s


# beta1 = 0.99 default
def other_beta1(v, m, s, gradient, t, lr, beta1=0.95, beta2=0.999, eps=1e-8):
    m = beta1 * m + (1 - beta1) * gradient
    s = beta2 * s + (1 - beta2) * gradient * gradient
    return v - lr * (m / (1 - beta1**t)) / (np.sqrt(s / (1 - beta2**t)) + eps), m, s


# eps 1e-6
def other_eps(v, m, s, gradient, t, lr, beta1=0.9, beta2=0.999, eps=1e-6):
    m = beta1 * m + (1 - beta1) * gradient
    s = beta2 * s + (1 - beta2) * gradient * gradient
    return v - lr * (m / (1 - beta1**t)) / (np.sqrt(s / (1 - beta2**t)) + eps), m, s


# betas swapped
def betas_swapped(v, m, s, gradient, t, lr, beta2=0.9, beta1=0.999, eps=1e-8):
    m = beta1 * m + (1 - beta1) * gradient
    s = beta2 * s + (1 - beta2) * gradient * gradient
    return v - lr * (m / (1 - beta1**t)) / (np.sqrt(s / (1 - beta2**t)) + eps), m, s


# corrected means are returned
def corrected_returned(v, m, s, gradient, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    m = (beta1 * m + (1 - beta1) * gradient) / (1 - beta1**t)
    s = (beta2 * s + (1 - beta2) * gradient**2) / (1 - beta2**t)
    return v - lr * m / (np.sqrt(s) + eps), m, s


# only m corrected
def only_m(v, m, s, gradient, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    m = beta1 * m + (1 - beta1) * gradient
    s = beta2 * s + (1 - beta2) * gradient**2
    return v - lr * m / (1 - beta1**t) / (np.sqrt(s) + eps), m, s


# only s corrected
def only_s(v, m, s, gradient, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    m = beta1 * m + (1 - beta1) * gradient
    s = beta2 * s + (1 - beta2) * gradient**2
    return v - lr * m / (np.sqrt(s / (1 - beta2**t)) + eps), m, s


# adamw
def weight_decay(v, m, s, gradient, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    m = beta1 * m + (1 - beta1) * gradient
    s = beta2 * s + (1 - beta2) * gradient**2
    step = (m / (1 - beta1**t)) / (np.sqrt(s / (1 - beta2**t)) + eps)
    return v - lr * (step + 0.01 * v), m, s


# nadam
def nadam(v, m, s, gradient, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    m = beta1 * m + (1 - beta1) * gradient
    s = beta2 * s + (1 - beta2) * gradient**2
    mh = beta1 * m / (1 - beta1**t) + (1 - beta1) * gradient / (1 - beta1**t)
    return v - lr * mh / (np.sqrt(s / (1 - beta2**t)) + eps), m, s


# gradient not squared
def not_squared(v, m, s, gradient, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    m = beta1 * m + (1 - beta1) * gradient
    s = beta2 * s + (1 - beta2) * np.abs(gradient)
    return v - lr * (m / (1 - beta1**t)) / (np.sqrt(s / (1 - beta2**t)) + eps), m, s


# eps not used
def no_eps(v, m, s, gradient, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    m = beta1 * m + (1 - beta1) * gradient
    s = beta2 * s + (1 - beta2) * gradient**2
    return v - lr * (m / (1 - beta1**t)) / np.sqrt(s / (1 - beta2**t)), m, s


# beta1 for both
def one_beta(v, m, s, gradient, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    m = beta1 * m + (1 - beta1) * gradient
    s = beta1 * s + (1 - beta1) * gradient**2
    return v - lr * (m / (1 - beta1**t)) / (np.sqrt(s / (1 - beta1**t)) + eps), m, s
