"""Checks gradient_noise."""
