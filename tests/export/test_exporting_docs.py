"""Every command of docs/exporting.md, and the README's, tried as it is written."""

import re
import shlex
from pathlib import Path

import pytest
import test_moodle
import test_other_platforms
from handing_on import ROOT, Class

PAGE = (ROOT / "docs" / "exporting.md").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8").partition("### To a learning platform")[2]


def commands(text: str) -> list[list[str]]:
    """The lines of all blocks of code, without their comments."""
    lines = "\n".join(re.findall(r"```\n(.*?)```", text, re.DOTALL)).splitlines()
    return [shlex.split(line, comments=True)[1:] for line in lines if line.strip()]


COMMANDS = commands(PAGE)
OF_BRIGHTSPACE = [words for words in COMMANDS if "grades.csv" in words]
OF_MOODLE = [words for words in COMMANDS if "worksheet.csv" in words]
OF_CANVAS = [words for words in COMMANDS if "canvas" in words]
OF_GITHUB = [words for words in COMMANDS if {"classroom50", "github"} & {*words}]
OF_GRADESCOPE = [words for words in COMMANDS if "gradescope" in words]


def test_no_command_is_left_out() -> None:
    assert (
        len(COMMANDS) == sum(map(len, (OF_MOODLE, OF_BRIGHTSPACE, OF_CANVAS, OF_GITHUB, OF_GRADESCOPE))) > 0
    )


def test_a_class_of_moodle(class_: Class, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(class_.place)
    class_.grade(test_moodle.DOWNLOAD)
    Path("graded").rename("derivatives")
    Path("graded").mkdir()
    Path("derivatives").rename("graded/derivatives")
    class_.put("worksheet.csv", "\r\n".join(test_moodle.GERMAN_ROWS) + "\r\n")
    for words in [*commands(README.partition("###")[0]), *OF_MOODLE]:
        class_.run(*words)
    assert "0 marks written; 4 are there already" in class_.run(*OF_MOODLE[-1])


@pytest.mark.slow
def test_a_class_of_brightspace(class_: Class, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(class_.place)
    files = {name: text for name, text in test_other_platforms.FOLDERS.items() if "Jane" not in name}
    class_.put("submissions.zip", test_other_platforms.zipped(files))
    class_.put("grades.csv", "\r\n".join(test_other_platforms.LIST) + "\r\n")
    for words in OF_BRIGHTSPACE:
        said = class_.run(*words)
    assert "2 marks written" in said


def test_an_autograder_for_gradescope(class_: Class, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(class_.place)
    for words in OF_GRADESCOPE:
        class_.run(*words)
    assert Path("autograder.zip").exists()


def test_a_class_of_canvas_through_its_api(class_: Class, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("canvasapi")
    import canvas_stub
    import test_canvas_api

    monkeypatch.chdir(class_.place)
    monkeypatch.setenv("CANVAS_API_TOKEN", canvas_stub.TOKEN)
    monkeypatch.setattr(test_canvas_api.canvas_api, "sleep", lambda seconds: None)
    class_.grade({"doejane_4711_98765_derivatives.py": test_canvas_api.THREE}, "--layout", "canvas")
    Path("graded").rename("derivatives")
    Path("graded").mkdir()
    Path("derivatives").rename("graded/derivatives")
    course = canvas_stub.Course({4711: {"sortable_name": "Doe, Jane"}})
    with canvas_stub.serving(course) as address:
        for words in OF_CANVAS:
            assert not course.scores
            class_.run(*(address if word.startswith("https://") else word for word in words))
    assert course.scores == {4711: 3}
    assert len(course.uploads) == 1


def test_public_checks_on_github(class_: Class, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(class_.place)
    for words in OF_GITHUB:
        class_.run(*words)
    assert Path("classroom50/CLASSROOM/autograders/derivatives/autograder.py").exists()
    assert Path("template/.github/workflows/checks.yml").exists()
