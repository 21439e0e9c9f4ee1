"""Whatever is wrong with a command or with what it is given, one sentence says so."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from autograder.cli import main


@pytest.mark.parametrize("command", ["generate", "handbook", "audit"])
def test_outside_a_course_nothing_is_made_and_the_command_says_why(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(main, [command])
    assert result.exit_code == 1
    assert "No homework was found" in result.output
    assert "--course" in result.output
    assert not list(tmp_path.iterdir())
