"""The titles of the lecture's slides, in their order: what exercises and notebooks refer to."""

from __future__ import annotations

SLIDES = (
    "Machine learning",
    "Deep learning",
    "Learning and optimization",
    "Loss function optimization",
    "MSE Loss function",
    "Gradient descent",
    "Big picture: gradient descent",
    "What are we trying to do?",
    "How fast does L change if we step in a direction?",
    "Which direction maximizes change?",
    "Linear-algebra",
    "Result & intuition: steepest up/down directions",
    "From direction to a practical step",
    "The update rule (first-order guarantee)",
    "Summary of gradient descent",
    "Choosing the learning rate",
    "Gradient descent in neural networks",
    "Function composition",
    "Gradient Descent for Linear Regression",
    "Gradients of b",
    "Gradients of w1",
    "Gradients of w2 and update rule",
    "Gradient of a sigmoidal neuron",
    "SGD for Large Sample Challenges",
    "Stochastic Gradient Descent for large sample challenges",
    "Stochastic Gradient Descent (SGD)",
    "Summary: Stochastic gradient descent",
    "Analogy to political polling",
)
