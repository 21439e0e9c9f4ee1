"""Makes this folder a course of nbgrader's: solutions/ is released, submissions are graded in the sandbox."""

from pathlib import Path

from autograder.nbgrader import configure

c = get_config()  # noqa: F821
c.CourseDirectory.course_id = "deep_learning"
configure(c, Path(__file__).parent)
