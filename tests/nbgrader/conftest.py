import pytest
from course import Course


@pytest.fixture(scope="session")
def course(tmp_path_factory) -> Course:
    """A course in which `derivatives` is released; every test has students of its own."""
    made = Course.make(tmp_path_factory.mktemp("nbgrader") / "here")
    made.nbgrader("generate_assignment", "derivatives")
    return made
