"""Calls a function in the sandbox and returns verdicts; one module a rule."""
