"""`python -m autograder.cli`."""

from autograder.cli import command

command()
