"""However much of a hand-in is refused, it is told in a few sentences."""

import io
import zipfile
from pathlib import Path

import pytest

from autograder.submission import collect
from autograder.submission.handing import MAX_TOLD

CODE = "def predict(X, w, b):\n    return X @ w + b\n"


def zipped(files: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return made.getvalue()


INNER = zipped({f"{k:05d}{'x' * 150}.zip": b"" for k in range(3_000)})
REFUSED = {
    "archives in archives in archives": {f"d/{k}.zip": INNER for k in range(6)},
    "archives that are none": {f"{k}.zip": b"no archive" for k in range(4_000)},
    "other archives": {f"{k}.rar": b"x" for k in range(4_000)},
    "archives of other kinds": {f"{k}.tar.xz": b"x" for k in range(4_000)},
    "tarballs that are none": {f"{k}.tar.gz": b"x" for k in range(2_000)},
    "notebooks that are none": {f"{k}.ipynb": b"{" for k in range(2_000)},
    "code in no encoding": {f"{k}.py": b"\xff\xfe\x00\xd8" for k in range(2_000)},
    "archives with names that lead elsewhere": {
        f"{k}.zip": zipped({f"../{j}.py": b"x" for j in range(20)}) for k in range(300)
    },
}


@pytest.mark.parametrize("with_work", [True, False])
@pytest.mark.parametrize("name", REFUSED)
def test_thousands_of_refusals_are_a_few_sentences(tmp_path: Path, name: str, with_work: bool) -> None:
    files = dict(REFUSED[name])
    if with_work:
        files["sgd.py"] = CODE.encode()
    (tmp_path / "mallory.zip").write_bytes(zipped(files))
    (candidates,) = collect(tmp_path, "sgd")
    for submission in candidates.submissions:
        assert len(submission.notes) <= 2 * MAX_TOLD + MAX_TOLD + 2
        assert sum(map(len, submission.notes)) < 20_000
    if with_work:
        assert any(submission.cells == (CODE,) for submission in candidates.submissions)


def test_the_number_of_refusals_is_told(tmp_path: Path) -> None:
    files = {"sgd.py": CODE.encode(), **{f"{k}.rar": b"x" for k in range(4_000)}}
    (tmp_path / "mallory.zip").write_bytes(zipped(files))
    (candidates,) = collect(tmp_path, "sgd")
    assert candidates.submissions[0].notes[-1] == "3,990 more files were not read."


def test_a_students_own_list_of_submissions_renames_nobody(tmp_path: Path) -> None:
    """A folder with one student, in which lies what Gradescope puts beside a class."""
    folder = tmp_path / "late" / "mallory"
    for name in ("submission_1", "submission_2"):
        (folder / name).mkdir(parents=True)
        (folder / name / "sgd.py").write_text(CODE)
    (folder / "submission_metadata.yml").write_text(
        "submission_1:\n  :submitters:\n  - :name: mallory\nsubmission_2:\n  :submitters:\n  - :name: bob\n"
    )
    assert [each.slug for each in collect(tmp_path / "late", "sgd")] == ["mallory"]
