"""Guesses from a notebook to everything that shows marks: table, pages, exports, points by hand, lateness."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path

import pytest
from all_tasks import ROOT
from click.testing import CliRunner

from autograder.cli import main
from autograder.course import load_homework
from autograder.export.comments import comment
from autograder.export.gradescope.results import results
from autograder.report import Report, from_json, made_up

SOLUTION = (ROOT / "solutions" / "derivatives" / "derivatives.py").read_text(encoding="utf-8")
EVERY = {"steeper_line": '"a"', "loss_at_zero": "18 / 2", "asleep": '"c"', "length_of_w": '"b"'}


def released(name: str) -> str:
    return (ROOT / "assignments" / name / f"{name}.ipynb").read_text(encoding="utf-8")


def with_guesses(text: str, **answers: str) -> str:
    """A notebook with these guesses in it."""
    notebook = json.loads(text)
    for cell in notebook["cells"]:
        source = "".join(cell["source"])
        for name, answer in answers.items():
            source = source.replace(f'checks.guess("{name}", None)', f'checks.guess("{name}", {answer})')
        cell["source"] = source
    return json.dumps(notebook)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("class")
    work = folder / "in"
    for name in ("cy", "dee"):
        (work / name).mkdir(parents=True)
    (work / "ada.ipynb").write_text(with_guesses(released("derivatives"), **EVERY))
    (work / "bo.ipynb").write_text(with_guesses(released("derivatives"), steeper_line='"c"', asleep='""'))
    # functions in the module, guesses in the notebook: both are handed in
    written = "def predict(X, w, b):\n    return X @ w + b\n"
    (work / "cy" / "derivatives.py").write_text(written)
    (work / "cy" / "derivatives.ipynb").write_text(with_guesses(released("derivatives"), **EVERY))
    # all is right, and no guess is made
    (work / "dee" / "derivatives.py").write_text(SOLUTION)
    run("grade", "derivatives", work, "--out", folder / "out", "--workers", 1, "--sandbox", "none")
    return folder


def run(*words: object) -> str:
    done = CliRunner().invoke(main, ["--course", str(ROOT), *map(str, words)])
    assert done.exit_code == 0, done.output
    return done.output


def rows(place: Path) -> dict[str, dict[str, str]]:
    with open(place / "out" / "grades.csv", newline="", encoding="utf-8") as file:
        return {row["student"]: row for row in csv.DictReader(file)}


def report(place: Path, name: str) -> Report:
    return from_json((place / "out" / "reports" / f"{name}.json").read_bytes())


def page(place: Path, name: str) -> str:
    return (place / "out" / "feedback" / f"{name}.html").read_text(encoding="utf-8")


def test_the_table_says_what_comes_back_and_every_line_adds_up(place: Path) -> None:
    found = rows(place)
    told = {name: (row["guesses"], row["score"]) for name, row in found.items()}
    assert told == {"ada": ("2", "2"), "bo": ("0.5", "0.5"), "cy": ("2", "5"), "dee": ("0", "45")}
    assert {row["max_score"] for row in found.values()} == {"45"}
    functions = [each.function for each in load_homework("derivatives", ROOT).exercises]
    for row in found.values():
        assert sum(float(row[name]) for name in (*functions, "guesses")) == float(row["score"])


def test_pages_reports_comments_and_gradescope_say_the_same_as_the_table(place: Path) -> None:
    for name, row in rows(place).items():
        made = report(place, name)
        assert made.score == float(row["score"])
        assert made_up(made.exercises, made.guesses) == float(row["guesses"])
        sent = results(made, {}, 1.0)
        assert sent["score"] == made.score
        assert sum(test.get("score", 0) for test in sent["tests"]) == pytest.approx(made.score)
        assert sum(test.get("max_score", 0) for test in sent["tests"]) == 45
        assert sent["tests"][-1]["score"] == float(row["guesses"])
        said = sent["tests"][-1]["output"]
        assert said.startswith("Guesses: ")
        assert said in page(place, name)
        assert said in comment(made, "Derivatives", "text")


def test_gradescope_holds_back_what_guesses_give_back_as_long_as_an_exercise(place: Path) -> None:
    made = report(place, "ada")
    first, second = (exercise.name for exercise in made.exercises[:2])
    for held, expected in (
        ({first: "after_published", second: "visible"}, "after_published"),
        ({first: "after_due_date", second: "hidden"}, "hidden"),
    ):
        *_, test = results(made, held, 1.0)["tests"]
        assert test["visibility"] == expected


def test_a_students_page_names_the_guesses_that_are_open_and_tells_none_right(place: Path) -> None:
    said = "1 of 4 committed; 0.5 lost points come back. Still open: loss_at_zero, asleep, length_of_w."
    assert f"Guesses: {said}" in page(place, "bo")
    assert "Guesses: 4 of 4 committed; 2 lost points come back.</p>" in page(place, "ada")
    assert "Guesses: 0 of 4 committed; you lost no points that they could give back." in page(place, "dee")


def test_the_terminal_says_it_too(place: Path) -> None:
    assert "0.5 lost points come back" in run("explain", "bo", "--graded", place / "out")


def test_what_comes_back_is_counted_anew_with_points_by_hand(place: Path) -> None:
    names = [each.function for each in load_homework("derivatives", ROOT).exercises]
    most = {each.name: each.max_score for each in report(place, "ada").exercises}
    for name in names:
        run("set", "ada", name, most[name], "--why", "Told me", "--graded", place / "out")
    row = rows(place)["ada"]
    assert (row["guesses"], row["score"]) == ("0", "45")
    run("set", "ada", names[0], most[names[0]] - 0.5, "--why", "Told me", "--graded", place / "out")
    row = rows(place)["ada"]
    assert (row["guesses"], row["score"]) == ("0.25", "44.75")
    for name in names:
        run("set", "ada", name, "--undo", "--graded", place / "out")
    assert rows(place)["ada"]["guesses"] == "2"


def test_a_rubric_with_other_points_for_guesses_grades_anew(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "solutions", tmp_path / "course" / "solutions")
    rubric = tmp_path / "course" / "solutions" / "derivatives" / "rubric.py"
    text = rubric.read_text(encoding="utf-8")
    work = tmp_path / "in"
    work.mkdir()
    (work / "ada.ipynb").write_text(with_guesses(released("derivatives"), **EVERY))
    words = ("grade", "derivatives", work, "--out", tmp_path / "out", "--workers", 1, "--sandbox", "none")
    for points, said in (("2", "2"), ("1", "1"), ("0", None)):
        rubric.write_text(text.replace("guess_points=2", f"guess_points={points}"), encoding="utf-8")
        done = CliRunner().invoke(main, ["--course", str(tmp_path / "course"), *map(str, words)])
        assert done.exit_code == 0, done.output
        assert ("guesses" in done.output) == (said is not None)
        row = rows(tmp_path)["ada"]
        assert (row.get("guesses"), row["score"]) == (said, said or "0")


def test_lateness_takes_its_part_of_what_came_back(place: Path, tmp_path: Path) -> None:
    work = tmp_path / "in"
    work.mkdir()
    name = "ada_LATE_12_34_derivatives.ipynb"  # as Canvas names it
    (work / name).write_text(with_guesses(released("derivatives"), **EVERY))
    run(
        *("grade", "derivatives", work, "--out", tmp_path / "out", "--workers", 1, "--sandbox", "none"),
        *("--layout", "canvas", "--late", "0.5 points"),
    )
    ((_, row),) = rows(tmp_path).items()
    assert (row["guesses"], row["score"]) == ("2", "1.5")


def test_points_for_answers_in_words_leave_less_to_come_back(tmp_path: Path) -> None:
    homework = load_homework("sgd", ROOT)
    (written,) = homework.written
    solution = json.loads(released("sgd"))
    right = (ROOT / "solutions" / "sgd" / "sgd.py").read_text(encoding="utf-8")
    for cell in solution["cells"]:
        text = "".join(cell["source"])
        if "WRITE YOUR ANSWER" in text.upper() or "write your answer" in text.lower():
            cell["source"] = "Because each batch is drawn at random, its mean gradient is right on average."
    solution["cells"].append(
        {"cell_type": "code", "metadata": {}, "source": right, "outputs": [], "execution_count": None}
    )
    work = tmp_path / "in"
    work.mkdir()
    guesses = {each.name: f'"{each.choices[0]}"' for each in homework.guesses}
    (work / "ada.ipynb").write_text(with_guesses(json.dumps(solution), **guesses))
    out = tmp_path / "out"
    words = ("grade", "sgd", work, "--out", out, "--workers", 1, "--sandbox", "none")
    CliRunner().invoke(main, ["--course", str(ROOT), *map(str, words)])
    row = rows(tmp_path)["ada"]
    most = homework.max_score
    assert (row["guesses"], float(row["score"])) == ("0", most - written.points)
    for points, back in ((0, 1.5), (written.points - 1, 0.5), (written.points, 0.0)):
        with open(out / "written.csv", newline="", encoding="utf-8") as file:
            head, *lines = csv.reader(file)
        for line in lines:
            line[head.index("points")] = str(points)
        filled = tmp_path / f"filled{points}.csv"
        with open(filled, "w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows([head, *lines])
        run(*words, "--written", filled)
        row = rows(tmp_path)["ada"]
        assert float(row["guesses"]) == back
        assert float(row["score"]) == most - written.points + points + back
