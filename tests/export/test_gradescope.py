"""The autograder for Gradescope: its zip, the limits of its container, and what it says of a report."""

import base64
import csv
import hashlib
import io
import json
import re
import stat
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import msgspec
import pytest
from handing_on import ROOT, Class
from importers import gradescope

from autograder.course import homework_names, load_homework
from autograder.errors import HomeworkError
from autograder.export.gradescope import bundle, results
from autograder.export.gradescope.machine import Machine, MachineError, limits_on, machine
from autograder.export.gradescope.wheel import wheel
from autograder.handouts import BEGIN, END
from autograder.report import Curves, Example, ExerciseReport, Formula, HandedIn, Report, Verdict
from autograder.secret import course_secret
from autograder.submission.wanted import wanted_of

HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(1)>\x1b[31m\u202e\ud800**bold**"


def report() -> Report:
    curves = Curves("Descent on the penguins", [9.0, 4.0, None], [9.0, 3.0, 1.0])
    example = Example(f"predict({HOSTILE})", HOSTILE, "3.0")
    first = ExerciseReport(
        "predict", 2.0, 3.0, "partial",
        [
            Verdict("value", 2.0, 2.0, "Right on all inputs.", title="Value"),
            Verdict(
                "curve", 0.0, 1.0, HOSTILE, "summed", example, curves, Formula(HOSTILE), "Learning curve"
            ),
        ],
    )  # fmt: skip
    second = ExerciseReport("sigmoid", 0.0, 2.0, "error", [Verdict("value", 0.0, 2.0, "A KeyError.")])
    return Report(
        "derivatives", HOSTILE, 2.0, 5.0, "landlock", [first, second], [HOSTILE], HOSTILE,
        handed_in=HandedIn(note=HOSTILE),
    )  # fmt: skip


def made(**visibility: str) -> bytes:
    return json.dumps(results.results(report(), visibility, 1.234)).encode()


# -- results.json


def test_each_check_is_a_test_with_its_number_its_points_and_its_tags() -> None:
    told = json.loads(made())
    tests = {test["number"]: test for test in told["tests"]}
    assert sorted(tests) == ["1.1", "1.2", "1.2.1", "2.1"]
    assert (tests["1.1"]["score"], tests["1.1"]["max_score"], tests["1.1"]["status"]) == (2, 2, "passed")
    assert tests["1.2"]["name"] == "predict: Learning curve"
    assert tests["1.2"]["tags"] == ["predict", "curve", "partial", "summed"]
    assert tests["2.1"]["status"] == "failed"
    assert told["score"] == 2
    shown = gradescope(made())
    assert (shown.total, shown.maximum) == (2, 5)


def test_nothing_that_a_student_wrote_is_markup_or_steers_anything() -> None:
    shown = gradescope(made())
    for text in shown.texts.values():
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f\u202e\ud800]", text)
    assert any("<script>" in text for text in shown.texts.values())  # as text
    for markup in shown.markup.values():
        assert "script" not in markup
        assert "onerror" not in markup
    # no half character, which not every reader of JSON takes
    json.dumps(json.loads(made()), ensure_ascii=False).encode("utf-8")


def test_the_curve_is_an_image_and_stands_as_a_sentence_beside_it() -> None:
    shown = gradescope(made())
    (name, markup), *others = shown.markup.items()
    assert others == []
    assert name == "1.2.1 predict: learning curve"
    (data,) = re.findall(r'src="data:image/svg\+xml;base64,([A-Za-z0-9+/=]+)"', markup)
    drawing = ElementTree.fromstring(base64.b64decode(data))
    assert drawing.tag == "{http://www.w3.org/2000/svg}svg"
    assert drawing.findall(".//{http://www.w3.org/2000/svg}polyline")
    assert "diverges at step 2" in shown.texts["1.2 predict: Learning curve"]


def test_what_is_held_back_is_told_and_not_shown() -> None:
    held = made(sigmoid="after_due_date")
    shown = gradescope(held)
    assert shown.total is None
    assert "2.1 sigmoid: value" not in shown.texts
    assert "KeyError" not in str(shown.texts)
    assert shown.texts["0 Shown now"] == (
        "2 of 3 points for what is shown below. 1 more exercise is graded, and shown later: "
        "1 after the due date."
    )
    assert "0 of 2" not in shown.texts[""]
    later = gradescope(held, due=True)
    assert later.total == 2
    assert "KeyError" in later.texts["2.1 sigmoid: value"]


def test_where_everything_is_held_back_nothing_is_told() -> None:
    shown = gradescope(made(predict="after_published", sigmoid="hidden"))
    assert set(shown.texts) == {"", "0 Shown now"}
    assert shown.markup == {}
    assert shown.texts[""].startswith("Your work is graded; the results are shown later.")


def test_a_fault_of_the_graders_is_told_to_instructors() -> None:
    failed = msgspec.structs.replace(report().exercises[1], status="grader_fault")
    both = msgspec.structs.replace(report(), exercises=[report().exercises[0], failed])
    told = results.results(both, {}, 1.0)
    assert told["extra_data"]["not_judged"] == ["sigmoid"]
    assert "this mark is not complete yet" in told["output"]


def test_results_of_nothing_are_results_all_the_same() -> None:
    shown = gradescope(json.dumps(results.failed(45.0)).encode())
    assert (shown.total, shown.maximum) == (0, 45)
    assert "not your mistake" in shown.texts[""]


def test_a_rubric_says_when_an_exercise_is_shown(class_: Class) -> None:
    folder = class_.place / "course" / "solutions"
    for name in ("derivatives", "data"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        for path in (ROOT / "solutions" / name).glob("*.*"):
            (folder / name).mkdir(exist_ok=True)
            (folder / name / path.name).write_bytes(path.read_bytes())
    rubric = folder / "derivatives" / "rubric.py"
    text = rubric.read_text()
    rubric.write_text(
        text.replace('function="predict",', 'function="predict", visibility="after_due_date",', 1)
    )
    homework = load_homework("derivatives", folder.parent)
    assert homework.exercises[0].visibility == "after_due_date"
    rubric.write_text(text.replace('function="predict",', 'function="predict", visibility="later",', 1))
    with pytest.raises(HomeworkError, match="visibility='later' is none of 'visible', 'after_due_date'"):
        load_homework("derivatives", folder.parent)


# -- the zip


@pytest.fixture(scope="module")
def zips(tmp_path_factory: pytest.TempPathFactory, course: Path) -> Path:
    made = Class(tmp_path_factory.mktemp("zips"), course)
    said = made.run("export", "derivatives", "--to", "gradescope", "--out", made.place / "autograder.zip")
    assert "give it to nobody who is graded" in said
    return made.place


def test_the_zip_is_as_gradescope_wants_it(zips: Path) -> None:
    with zipfile.ZipFile(zips / "autograder.zip") as archive:
        infos = {info.filename: info for info in archive.infolist()}
        for script in ("setup.sh", "run_autograder"):
            assert infos[script].external_attr >> 16 & stat.S_IXUSR
            assert archive.read(script).startswith(b"#!")
            assert b"\r" not in archive.read(script)
        assert not [
            name for name in infos if name.startswith(("/", ".", "__MACOSX")) or "\\" in name or "/." in name
        ]
        assert json.loads(archive.read("grading.json")) == {"homework": "derivatives", "second_user": False}
    assert re.search(r"python3\.\d+", bundle._script("setup.sh").decode())
    for word in ("update-alternatives", "ln ", "python3 "):
        assert word not in bundle._script("setup.sh").decode(), "the harness runs on python3"


@pytest.mark.parametrize("name", homework_names(ROOT))
def test_no_notebook_in_it_has_a_line_of_a_solution(name: str) -> None:
    """But for lines that students have anyway."""
    files = bundle.rubric_files(load_homework(name, ROOT), ROOT)
    notebooks = {
        path: data.decode() for path, data in files.items() if Path(path).parent.name == Path(path).stem
    }
    assert len(notebooks) == len(homework_names(ROOT))
    for path, text in notebooks.items():
        solved, given = halves((ROOT / path).read_text())
        secret = {line for line in solved if len(line) > 8} - given
        assert len(secret) > 10
        assert not secret & {line.strip() for line in text.splitlines()}


def halves(text: str) -> tuple[set[str], set[str]]:
    """Lines within and outside of solutions."""
    solved, given, inside = set(), set(), False
    for line in map(str.strip, text.splitlines()):
        inside = (inside or line == BEGIN) and line != END
        (solved if inside and line != BEGIN else given).add(line)
    return solved, given


def test_what_students_were_given_is_known_there_as_it_is_here(zips: Path, course: Path) -> None:
    here = load_homework("derivatives", course)
    with zipfile.ZipFile(zips / "autograder.zip") as archive:
        archive.extractall(zips / "there")
    there = load_homework("derivatives", zips / "there" / "course")
    assert wanted_of(there, zips / "there" / "course") == wanted_of(here, course)
    assert there.handouts == here.handouts
    whole = bundle.rubric_files(load_homework("derivatives", ROOT), ROOT)
    for path, data in whole.items():
        place = zips / "whole" / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)
    assert (
        load_homework("derivatives", zips / "whole").handouts == load_homework("derivatives", ROOT).handouts
    )


def test_the_courses_own_secret_stays_at_home(zips: Path, course: Path) -> None:
    own = course_secret(course)
    with zipfile.ZipFile(zips / "autograder.zip") as archive:
        assert all(own not in archive.read(info) for info in archive.infolist())
        there = archive.read("secret")
    assert len(there) == 32
    other = bundle.bundle(load_homework("derivatives", course), course, second_user=True)
    assert other["secret"] == there  # the same numbers, however often it is made
    assert json.loads(other["grading.json"])["second_user"] is True


def test_a_rubric_that_takes_from_a_solution_is_refused(class_: Class) -> None:
    folder = class_.place / "course" / "solutions" / "derivatives"
    folder.mkdir(parents=True)
    for path in (ROOT / "solutions" / "derivatives").glob("*.py"):
        (folder / path.name).write_bytes(path.read_bytes())
    data = folder.parent / "data"
    data.mkdir()
    for path in (ROOT / "solutions" / "data").glob("*.*"):
        (data / path.name).write_bytes(path.read_bytes())
    (folder / "reference.py").write_text(f"def two():\n    {BEGIN}\n    return 2\n    {END}\n")
    rubric = folder / "rubric.py"
    rubric.write_text(
        f"from .reference import two\ntwo()\n{rubric.read_text().replace('from __future__', '#')}"
    )
    load_homework("derivatives", folder.parents[1])
    here = Class(class_.place, folder.parents[1])
    said = here.run("export", "derivatives", "--to", "gradescope", "--out", class_.place / "x.zip", status=1)
    assert "The rubric needs a solution, which must not leave the course" in said
    assert not (class_.place / "x.zip").exists()


def test_options_of_others_are_refused(class_: Class) -> None:
    said = class_.run("export", "derivatives", "--to", "gradescope", status=2)
    assert "Name what is to be made with --out." in said
    said = class_.run("export", "derivatives", "--to", "gradescope", "--column", "x", status=2)
    assert "--column does not apply to gradescope, which takes --out, --second-user" in said
    said = class_.run("export", "derivatives", "--to", "moodle", "--second-user", status=2)
    assert "--second-user does not apply to moodle" in said


def test_the_wheel_records_what_it_holds() -> None:
    name, data = wheel()
    assert re.fullmatch(r"gradient_autograder-[\w.]+-py3-none-any\.whl", name)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        held = {info.filename: archive.read(info) for info in archive.infolist()}
    (record,) = (text.decode() for path, text in held.items() if path.endswith("/RECORD"))
    rows = {path: digest for path, digest, _ in csv.reader(record.splitlines())}
    assert set(rows) == set(held)
    for path, digest in rows.items():
        if digest:
            found = base64.urlsafe_b64encode(hashlib.sha256(held[path]).digest()).rstrip(b"=").decode()
            assert digest == f"sha256={found}"
    sources = [path for top in ("autograder", "symbolic_checks") for path in (ROOT / top).rglob("*.*")]
    assert {path.relative_to(ROOT).as_posix() for path in sources if "__pycache__" not in path.parts} <= set(
        held
    )
    assert not [path for path in held if "solutions" in path.split("/") or "__pycache__" in path]


# -- the container


def container(place: Path, **files: str) -> Path:
    for name, text in files.items():
        path = place / name.replace("__", "/").replace("_DOT_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return place


def test_limits_come_from_control_groups_of_the_second_version(tmp_path: Path) -> None:
    found = machine(container(tmp_path, memory_DOT_max="805306368\n", cpu_DOT_max="50000 100000\n"))
    assert found == Machine(768 << 20, 0.5)
    limits = limits_on(found)
    assert limits.memory < found.memory
    assert limits.patience == 10  # half a processor: twice as long by the clock
    assert limits.whole_seconds <= 300  # the harness is given ten minutes


def test_limits_come_from_control_groups_of_the_first_version(tmp_path: Path) -> None:
    files = {
        "memory__memory_DOT_limit_in_bytes": "805306368\n",
        "cpu__cpu_DOT_cfs_quota_us": "50000\n",
        "cpu__cpu_DOT_cfs_period_us": "100000\n",
    }
    assert machine(container(tmp_path, **files)) == Machine(768 << 20, 0.5)


@pytest.mark.parametrize(
    "files", [{}, {"memory_DOT_max": "max\n", "cpu_DOT_max": "max 100000\n"}, {"memory_DOT_max": "?"}]
)
def test_without_limits_the_machine_is_the_limit(tmp_path: Path, files: dict[str, str]) -> None:
    found = machine(container(tmp_path, **files))
    assert found.memory > 1 << 28
    assert found.cores >= 1


def test_in_too_little_memory_nobody_is_graded() -> None:
    with pytest.raises(
        MachineError, match="The container has 400 MB, and grading needs 576: raise the memory"
    ):
        limits_on(Machine(400 << 20, 1.0))
