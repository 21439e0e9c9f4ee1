"""Grades homework on gradient descent and SGD: release, sandbox, judging, gradebook, feedback."""
