"""Checks train_validation_test_split."""
