"""Where a layer is missing nobody is graded: the self-test is put to the test by taking layers away."""

import io
import json
from pathlib import Path

import pytest
from rich.console import Console

from autograder import grading_run
from autograder.sandbox import doctor, levels, selftest
from autograder.sandbox.host import Sandbox
from autograder.sandbox.levels import Layer, SandboxError

ROOT = Path(__file__).parents[2]


def without(monkeypatch: pytest.MonkeyPatch, *layers: str) -> None:
    """Start zygotes that leave some layers out, and say nothing of it."""
    real = levels.command

    def command(level: levels.Level, control: int) -> tuple[list[str], dict[str, str]]:
        words, environment = real(level, control)
        config = json.loads(words[-1])
        return [*words[:-1], json.dumps(config | dict.fromkeys(layers, False))], environment

    monkeypatch.setattr(levels, "command", command)


@pytest.mark.parametrize(
    ("level", "layers", "noticed"),
    [
        ("landlock", ["seccomp"], {"open a socket", "empty a file that it may only read"}),
        ("landlock", ["landlock"], {"read a file that everyone may read"}),
        ("landlock", ["landlock", "seccomp"], {"read a file that everyone may read", "write a file"}),
        ("namespaces", ["seccomp"], {"open a socket", "empty a file that it may only read"}),
    ],
)
def test_the_self_test_notices_a_layer_that_is_not_there(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, level: str, layers: list[str], noticed: set[str]
) -> None:
    try:
        Sandbox(level).close()
    except SandboxError as error:
        pytest.skip(f"level {level} cannot be had here: {error}")
    without(monkeypatch, *layers)
    with Sandbox(level) as sandbox:
        assert noticed <= set(selftest.breaches(sandbox))
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "ada.py").write_text("def predict(X, w, b):\n    return X @ w + b\n")
    with pytest.raises(SandboxError, match=min(noticed)) as refused:
        grading_run.run("derivatives", tmp_path / "in", tmp_path / "out", ROOT, grading_run.Wish(1, level))
    assert "No submission is run like this" in str(refused.value)
    assert not (tmp_path / "out").exists()


def test_a_zygote_that_cannot_put_a_layer_in_place_says_which(monkeypatch: pytest.MonkeyPatch) -> None:
    real = levels.command

    def command(level: levels.Level, control: int) -> tuple[list[str], dict[str, str]]:
        words, environment = real(level, control)
        program = words[-3].replace("main(int", "import inside.lockdown as l; l._MACHINES.clear(); main(int")
        return [*words[:-3], program, *words[-2:]], environment

    monkeypatch.setattr(levels, "command", command)
    for level in ("landlock", "namespaces"):
        if all(f.holds for f in levels.layers()):
            with pytest.raises(SandboxError, match=f"{level}.* did not start: .*no system call table"):
                Sandbox(level)


def examined() -> tuple[bool, str]:
    console = Console(width=200, record=True, file=io.StringIO())
    return doctor.examine(console), console.export_text()


def test_the_doctor_says_what_holds_here_and_what_is_used() -> None:
    usable, told = examined()
    for layer in levels.layers():
        assert layer.detail in told
    assert usable == ("`autograder grade` uses" in told)
    assert "docs/security.md" in told


def test_the_doctor_says_what_is_missing_and_what_helps(monkeypatch: pytest.MonkeyPatch) -> None:
    gone = (
        Layer("seccomp", False, "needs Linux"),
        Layer("Landlock", False, "needs Linux 5.13"),
        Layer("bubblewrap", False, "is not installed: try `apt install bubblewrap`"),
    )
    monkeypatch.setattr(levels, "layers", lambda: gone)
    usable, told = examined()
    assert not usable
    assert "is not installed: try `apt install bubblewrap`" in told
    assert "This machine cannot grade other people's code" in told
    monkeypatch.setattr(levels, "layers", lambda: (*(Layer(f.name, True, "") for f in gone[:2]), gone[2]))
    usable, told = examined()
    if usable:
        assert "uses landlock here" in told
        assert "The lines above say what namespaces needs" in told
