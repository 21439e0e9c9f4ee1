"""What was derived is kept for later runs, and nothing that cannot be relied on is used."""

import hashlib
import os
import subprocess
import sys
from functools import partial
from pathlib import Path

import msgspec
import numpy as np
import pytest

from symbolic_checks import deriving, keeping, lecture, reference
from symbolic_checks.errors import SymbolicError
from symbolic_checks.facts import Remembered
from symbolic_checks.keeping import FOLDER, Shelf, shelf
from symbolic_checks.language import ConstrainedProblem, LineProblem, Model, RateProblem
from symbolic_checks.misconceptions import catalogue
from symbolic_checks.reference import Reference, defined, gradient, value
from symbolic_checks.wrong import WrongFormulas
from symbolic_checks.wrong_formulas import wrong_formulas

ROOT = Path(__file__).parents[2]
HOMEWORKS = ("derivatives", "gradient_descent", "landscapes", "neural_network", "sgd")
SCRIPT = """
import sys
from functools import partial
from pathlib import Path
from autograder.grader import Grader, Job, Work
from autograder.submission import read
path = Path("solutions", "{name}", "{name}.py")
grader = Grader(Job("{name}", Path.cwd()))
(report,) = grader.grade(Work("ada", (read(path.read_bytes(), path.name, "ada"),), b"a secret"))
print(report.score > 0.9 * report.max_score, "sympy" in sys.modules)  # answers in words are missing
grader.close()
"""


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A cache of our own, and a process that has not looked at it."""
    place = tmp_path / "cache"
    monkeypatch.setenv(FOLDER, str(place))
    shelf.cache_clear()
    yield place
    shelf.cache_clear()


def the_file(folder):
    (version,) = folder.iterdir()
    (path,) = version.iterdir()
    return path


def again(make):
    """A reference as another process makes it."""
    shelf.cache_clear()
    return make()


def needs_sympy(reference):
    return "_expressions" in vars(reference)


@pytest.mark.parametrize("name", HOMEWORKS)
def test_a_right_submission_needs_no_sympy_the_second_time(name, tmp_path):
    told = []
    for _ in range(2):
        environment = os.environ | {FOLDER: str(tmp_path / "cache")}
        command = [sys.executable, "-c", SCRIPT.format(name=name)]
        ran = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
        told.append(ran.stdout.split())
    assert told == [["True", "True"], ["True", "False"]]  # right; SymPy is loaded


def all_of(kind):
    """What a homework may derive: every model or problem of its kind, with the variables."""
    of = {
        "value": Model,
        "gradient": Model,
        "minimiser": ConstrainedProblem,
        "maximiser": ConstrainedProblem,
        "slope": LineProblem,
        "change": LineProblem,
        "rate": RateProblem,
    }[kind]
    for name, model in vars(lecture).items():
        if not isinstance(model, of):
            continue
        known = {argument.name for argument in model.arguments}
        if kind == "gradient" and (not known >= {"X", "y", "w", "b"} or name.endswith("OUTPUT")):
            continue
        if (kind == "change" and "lr" not in known) or (kind == "maximiser" and name == "MINIMUM_NORM"):
            continue
        yield f"lecture.{name}", ("w", "b") if kind == "gradient" else ()


KINDS = ("value", "gradient", "minimiser", "maximiser", "slope", "change", "rate")
SOME = [(kind, name, variables) for kind in KINDS for name, variables in all_of(kind)]


@pytest.mark.parametrize(("kind", "name", "variables"), SOME, ids=lambda each: str(each))
def test_what_is_kept_is_what_is_derived(kind, name, variables, folder):
    make = partial(getattr(reference, kind), name, *variables)
    fresh = make()
    sources = fresh.program.value_source(), fresh.program.scale_source()
    assert callable(fresh._value)
    assert callable(fresh._scale)
    kept = again(make)
    assert (kept._kept.value, kept._kept.scale) == sources
    assert callable(kept._value)
    assert callable(kept._scale)
    assert not needs_sympy(kept)
    assert kept.facts == kept._expressions.facts
    assert kept.derivations == fresh.derivations


def test_values_and_scales_are_the_same_to_the_bit(folder):
    random = np.random.default_rng(0)
    arguments = random.normal(size=(7, 3)), random.normal(size=7), random.normal(size=3), 0.5
    fresh = gradient("lecture.NEURON", "w", "b")
    before = fresh(*arguments), fresh.scale(*arguments)
    kept = again(lambda: gradient("lecture.NEURON", "w", "b"))
    after = kept(*arguments), kept.scale(*arguments)
    assert not needs_sympy(kept)
    np.testing.assert_array_equal(np.concatenate([*map(np.ravel, before[0])]), [*after[0][0], after[0][1]])
    assert before[1] == after[1]


def test_a_model_itself_is_not_kept(folder):
    assert value(lecture.MSE).parameters == ("X", "y", "w", "b")
    assert not folder.exists()


def with_its_digest(content):
    return hashlib.sha256(content).hexdigest().encode() + b"\n" + content


def of_another_shape(data):
    content = msgspec.json.decode(data.partition(b"\n")[2])
    content["facts"]["parameters"] = 7
    return with_its_digest(msgspec.json.encode(content))


DAMAGES = {
    "cut off": lambda data: data[: len(data) // 2],
    "empty": lambda data: b"",
    "another number": lambda data: data.replace(b"2.0", b"3.0") + b" ",
    "no text": lambda data: b"\xff\xfe" * 50,
    "no JSON": lambda data: with_its_digest(b"{"),
    "another shape": of_another_shape,
    "a list": lambda data: with_its_digest(b"[]"),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_what_is_damaged_is_derived_again(damage, folder):
    assert value("lecture.MSE")(np.eye(2), np.zeros(2), np.ones(2), 0.0) == 0.5
    path = the_file(folder)
    whole = path.read_bytes()
    path.write_bytes(DAMAGES[damage](whole))
    reference = again(lambda: value("lecture.MSE"))
    assert needs_sympy(reference)
    assert reference(np.eye(2), np.zeros(2), np.ones(2), 0.0) == 0.5
    assert path.read_bytes() == whole


@pytest.mark.parametrize("mode", [0o666, 0o620, 0o602])
def test_what_others_could_have_written_is_not_read(mode, folder):
    value("lecture.MSE")
    the_file(folder).chmod(mode)
    assert needs_sympy(again(lambda: value("lecture.MSE")))


@pytest.mark.parametrize("which", ["the cache", "the version's"])
def test_a_folder_that_others_can_write_to_is_not_read(which, folder):
    value("lecture.MSE")
    (folder if which == "the cache" else the_file(folder).parent).chmod(0o777)
    assert needs_sympy(again(lambda: value("lecture.MSE")))


def test_what_is_kept_is_its_owners_alone(folder):
    value("lecture.MSE")
    path = the_file(folder)
    assert not any(each.stat().st_mode & 0o077 for each in (folder, path.parent, path))


def test_old_versions_go(folder):
    for k in range(6):
        old = folder / f"{k:032}"
        old.mkdir(parents=True, mode=0o700)
        (old / "file").touch()
        os.utime(old, (1000 + k, 1000 + k))
    (folder / "something else").mkdir()
    value("lecture.MSE")
    found = sorted(each.name for each in folder.iterdir())
    (new,) = {shelf()._folder.name} & set(found)
    assert set(found) == {f"{3:032}", f"{4:032}", f"{5:032}", new, "something else"}


@pytest.mark.parametrize("changed", ["Python", "the code", "SymPy"])
def test_other_versions_derive_anew(changed, folder, tmp_path, monkeypatch):
    value("lecture.MSE")
    if changed == "Python":
        monkeypatch.setattr(sys, "version", "4.0")
    elif changed == "SymPy":
        (tmp_path / "sympy").mkdir()
        (tmp_path / "sympy" / "__init__.py").touch()
        (tmp_path / "sympy" / "release.py").write_text('__version__ = "99"\n', encoding="utf-8")
        origin = str(tmp_path / "sympy" / "__init__.py")
        found = keeping.importlib.util.spec_from_file_location("sympy", origin)
        monkeypatch.setattr(keeping.importlib.util, "find_spec", lambda name: found)
    else:
        (tmp_path / "code").mkdir()
        (tmp_path / "code" / "lecture.py").write_text("another loss", encoding="utf-8")
        monkeypatch.setattr(keeping, "__file__", str(tmp_path / "code" / "keeping.py"))
    assert needs_sympy(again(lambda: value("lecture.MSE")))
    assert len(list(folder.iterdir())) == 2


def test_nothing_is_kept_where_nothing_can_be_written(tmp_path, monkeypatch):
    (tmp_path / "file").touch()
    for place in (tmp_path / "file" / "cache", ""):
        monkeypatch.setenv(FOLDER, str(place))
        shelf.cache_clear()
        assert value("lecture.MSE").parameters == ("X", "y", "w", "b")
        assert not needs_sympy(value("lecture.MSE"))  # for this process it is
    shelf.cache_clear()


def test_two_that_write_keep_what_the_other_wrote(tmp_path):
    one, other = (Shelf(tmp_path / "cache") for _ in range(2))
    one.put("a", b"1")
    other.put("b", b"2\n3")
    one.put("c", b"")
    later = Shelf(tmp_path / "cache")
    assert [later.get(key) for key in "abcd"] == [b"1", b"2\n3", b"", None]


def test_what_is_of_another_kind_is_not_recalled(folder):
    keeping.keep("a", Remembered(deriving.value(lecture.MSE).facts, "", ""))
    assert keeping.recalled("a", Remembered)
    assert keeping.recalled("a", WrongFormulas) is None


def test_wrong_formulas_are_kept_for_the_inputs_that_tell_them_apart(folder):
    random = np.random.default_rng(3)

    def drawn():
        return [(random.normal(size=(5, 2)), random.normal(size=5), random.normal(size=2), 0.5)] * 2

    samples, others = drawn(), drawn()
    for pairs in (False, True):
        shelf.cache_clear()
        made = catalogue(gradient(lecture.MSE, "w", "b"), 0, samples, pairs=pairs)
        first = wrong_formulas(gradient("lecture.MSE", "w", "b"), 0, samples, pairs=pairs)
        reference = again(lambda: gradient("lecture.MSE", "w", "b"))
        kept = wrong_formulas(reference, 0, samples, pairs=pairs)
        assert not needs_sympy(reference)
        assert kept == first == made.formulas
        assert [each.name for each in kept.mutants] == [each.name for each in made.mutants]
        assert len(kept.mutants) > 20
        np.testing.assert_array_equal(kept.fingerprints(others), made.fingerprints(others))
        wrong_formulas(reference, 0, others, pairs=pairs)
        assert needs_sympy(reference)


def test_of_inputs_that_are_no_numbers_nothing_is_kept(folder):
    reference = value("lecture.SIGMOID")
    before = len(list(the_file(folder).parent.iterdir()))
    samples = [(np.array([1.0, 2.0], dtype=object).astype(float),), (np.array([0.5]),)]
    assert wrong_formulas(reference, 0, samples, pairs=False).mutants
    after = len(list(shelf()._folder.iterdir()))
    with pytest.raises(TypeError):
        wrong_formulas(reference, 0, [(np.array([object()]),)], pairs=False)
    assert (before, after, len(list(shelf()._folder.iterdir()))) == (1, 2, 2)


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("lecture.MSEE", r"no model .* 'lecture\.MSEE': choose from lecture\.ADAM_STEP, .*lecture\.MSE,"),
        ("lecture.X", "choose from"),
        ("MSE", r"as in 'lecture\.MSE'"),
        ("", "names nothing"),
        ("nowhere.MSE", "names nothing"),
        ("errors.SymbolicError", "nothing there"),
    ],
)
def test_a_name_that_is_none_is_told(name, told, folder):
    with pytest.raises(SymbolicError, match=told):
        value(name)
    assert not folder.exists()


def test_what_cannot_be_derived_is_told_at_once(folder):
    with pytest.raises(ValueError, match="no argument 'v'"):
        gradient("lecture.MSE", "v")
    assert not folder.exists()


def test_what_is_named_is_itself():
    assert defined("lecture.MSE") is lecture.MSE
    assert defined(lecture.MSE) is lecture.MSE
    assert isinstance(value("lecture.MSE"), Reference)
