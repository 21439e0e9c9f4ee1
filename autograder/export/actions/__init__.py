"""Public checks that run on GitHub: for Classroom 50, and as a workflow of a repository's own.

`bundle` makes the files; `score` is the program among them, which needs nothing of this project.
"""
