"""Marks and pages leave for a platform, in the file that the platform exported.

`cells` reads a table without a loss, a module of `platforms` says what in it takes marks, `people` who is
who, and `filling` writes. Nothing is judged here, and nobody is matched by name.
"""
