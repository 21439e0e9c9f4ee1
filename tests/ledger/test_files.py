"""A file of a view is known again by its size and its time, which are noted when it is whole on the disk."""

import os
from pathlib import Path

import pytest

from autograder.ledger import JudgedFile, Outline, Participant
from autograder.report import ExerciseReport, Report, Verdict, packed
from autograder.views import files, making


def test_a_small_file_is_whole_when_its_time_is_noted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, sizes = os.fstat, []

    def noted(descriptor: int) -> os.stat_result:
        sizes.append(real(descriptor).st_size)
        return real(descriptor)

    for folder in (files.REPORTS, files.FEEDBACK):
        (tmp_path / folder).mkdir()
    verdicts = [Verdict("value", 1.0, 1.0, "Right.")]
    report = Report("h", "Ada", 1.0, 1.0, "none", [ExerciseReport("f", 1.0, 1.0, "passed", verdicts)])
    outline = Outline("h", "A homework", [("f", 1.0)])
    judged = ((JudgedFile("key"), packed(report)),)
    sheet = making.Sheet(Participant("Ada", "ada"), judged, {}, outline, "")
    monkeypatch.setattr(os, "fstat", noted)
    _, _, _, kept = making.make(sheet, tmp_path)
    monkeypatch.undo()
    written = [tmp_path / files.REPORTS / "ada.json", tmp_path / files.FEEDBACK / "ada.html"]
    assert sizes == [path.stat().st_size for path in written]
    assert files.are_there("ada", files.unpacked(kept), tmp_path)
    assert set(files.unpacked(kept)) == {files.REPORTS, files.FEEDBACK}
