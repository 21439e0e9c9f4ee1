"""Rule `GradientNoise`: how far mini-batch gradients lie from the full one."""

from autograder.rules.gradient_noise.rule import GradientNoise

__all__ = ["GradientNoise"]
