"""Every exercise of both courses: this one, and the other that the engine is tried on."""

from pathlib import Path

from autograder.course import homework_names, load_homework

ROOT = Path(__file__).parents[1]
COURSES = (ROOT, ROOT / "tests" / "another_course" / "course")
TASKS = [
    (homework, exercise)
    for course in COURSES
    for homework in (load_homework(name, course) for name in homework_names(course))
    for exercise in homework.exercises
]
