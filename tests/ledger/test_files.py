"""A file of a view is known again by its size and its time, which are noted when it is whole on the disk."""

import json
import os
from pathlib import Path

import pytest

from autograder.ledger import JudgedFile, Outline, Participant
from autograder.report import ExerciseReport, Report, Verdict, packed
from autograder.views import making


def test_a_small_file_is_whole_when_its_time_is_noted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, sizes = os.fstat, []

    def noted(descriptor: int) -> os.stat_result:
        sizes.append(real(descriptor).st_size)
        return real(descriptor)

    for folder in (making.REPORTS, making.FEEDBACK):
        (tmp_path / folder).mkdir()
    verdicts = [Verdict("value", 1.0, 1.0, "Right.")]
    report = Report("h", "Ada", 1.0, 1.0, "none", [ExerciseReport("f", 1.0, 1.0, "passed", verdicts)])
    outline = Outline("h", "A homework", [("f", 1.0)])
    files = ((JudgedFile("key"), packed(report)),)
    sheet = making.Sheet(Participant("Ada", "ada"), files, {}, outline, "")
    monkeypatch.setattr(os, "fstat", noted)
    _, _, _, marks = making.make(sheet, tmp_path)
    monkeypatch.undo()
    written = [tmp_path / making.REPORTS / "ada.json", tmp_path / making.FEEDBACK / "ada.html"]
    assert sizes == [path.stat().st_size for path in written]
    for path in written:
        assert making.is_as_written(path.parent.name, marks, path)
    assert set(json.loads(marks)) == {making.REPORTS, making.FEEDBACK}
