"""Any bytes become a submission: cells, or the reason why there are none."""

import json
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from autograder.submission import Submission, read


def py(data: bytes) -> Submission:
    return read(data, "alice.py", "alice")


def nb(content: Any) -> Submission:
    data = content if isinstance(content, bytes) else json.dumps(content).encode()
    return read(data, "alice.ipynb", "alice")


def code(*sources: Any) -> dict[str, Any]:
    return {"nbformat": 4, "cells": [{"cell_type": "code", "source": source} for source in sources]}


def problem(submission: Submission) -> str:
    assert submission.cells == ()
    assert submission.problem
    return submission.problem


def test_python_is_one_cell_with_all_its_text() -> None:
    assert py(b"x = 1\n\n# %%\ny = 2").cells == ("x = 1\n\n# %%\ny = 2",)


def test_line_ends_are_made_one() -> None:
    assert py(b"a = 1\r\nb = 2\rc = 3\n").cells == ("a = 1\nb = 2\nc = 3\n",)
    assert nb(code("a = 1\r\nb = 2")).cells == ("a = 1\nb = 2",)


@pytest.mark.parametrize(
    "data",
    [
        "x = 'η'\n".encode("utf-8-sig"),
        "x = 'η'\n".encode("utf-16"),
        b"\xfe\xff" + "x = 'η'\n".encode("utf-16-be"),
        "x = 'η'\n".encode("utf-32"),
    ],
)
def test_byte_order_marks_are_understood(data: bytes) -> None:
    assert py(data).cells == ("x = 'η'\n",)
    assert nb(b"\xef\xbb\xbf" + json.dumps(code("x")).encode()).cells == ("x",)


@pytest.mark.parametrize("name", ["latin-1", "ISO-8859-15", "cp1252"])
def test_declared_encodings_are_believed(name: str) -> None:
    text = f"#!/usr/bin/python\n# -*- coding: {name} -*-\nx = 'ü'\n"
    assert py(text.encode(name)).cells == (text,)


@pytest.mark.parametrize("name", ["zlib", "idna", "rot13", "unicode_escape", "utf-7", "no-such", "x" * 40])
def test_other_declared_encodings_are_not(name: str) -> None:
    submission = py(f"# coding: {name}\nx = 1\n".encode())
    assert submission.cells == (f"# coding: {name}\nx = 1\n",)
    assert name in submission.notes[0]


def test_bytes_that_are_no_text_are_located() -> None:
    assert "byte 10, in line 2" in problem(py(b"x = 1\ny='\xfc'\n"))
    assert "NUL character in line 2" in problem(py(b"x = 1\ny = \0\n"))
    assert "NUL" in problem(py("x = 1\n".encode("utf-16-le")))


@pytest.mark.parametrize("data", [b"", b" \n\t\r\n", b"\xef\xbb\xbf", b"\xff\xfe"])
def test_empty_files_are_said_to_be_empty(data: bytes) -> None:
    assert problem(py(data)).startswith("The file is empty")
    assert problem(nb(data)).startswith("The file is empty")


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"%PDF-1.4 ...", "PDF"),
        (b"PK\x03\x04rest", "zip"),
        (b"\x89PNG\r\n", "picture"),
        (b"{\\rtf1 x = 1}", "rich-text"),
        (b"\n<!DOCTYPE html><html>", "web page"),
    ],
)
def test_other_kinds_of_file_are_named(data: bytes, word: str) -> None:
    assert word in problem(py(data))
    assert word in problem(nb(data))


def test_only_code_cells_are_kept_in_order() -> None:
    content = code("a = 1", ["b = 2\n", "c = 3"], "")
    content["cells"].insert(1, {"cell_type": "markdown", "source": "# Title"})
    content["cells"].insert(2, {"cell_type": "raw", "source": "raw"})
    submission = nb(content)
    assert submission.cells == ("a = 1", "b = 2\nc = 3", "")
    assert submission.notes == ()


def test_nbformat_3_is_read() -> None:
    cells = [{"cell_type": "code", "input": ["x = 1\n", "y = 2"], "language": "python"}]
    assert nb({"nbformat": 3, "worksheets": [{"cells": cells}, 7, {"cells": None}]}).cells == (
        "x = 1\ny = 2",
    )


def test_damaged_cells_are_left_out_with_a_note() -> None:
    content = code("a", None, 7, ["x", 7], {"x": 1})
    content["cells"] += ["not a cell", None, {"source": "no type"}, {"cell_type": 7, "source": "x"}]
    submission = nb(content)
    assert submission.cells == ("a",)
    assert submission.notes == ("Damaged cells were left out: 8 of 9 (number 2, 3, 4, 5, 6, …).",)


def test_five_damaged_cells_are_all_numbered() -> None:
    notes = nb(code("a", None, None, None, None, None)).notes
    assert notes == ("Damaged cells were left out: 5 of 6 (number 2, 3, 4, 5, 6).",)


@pytest.mark.parametrize("more", [0, 1])
def test_of_cells_there_may_be_ten_thousand_and_no_more(more: int) -> None:
    submission = nb(code(*["x"] * (10_000 + more)))
    assert len(submission.cells) == (0 if more else 10_000)
    assert (submission.problem or "").startswith("The notebook has 10,001 cells" if more else "")


@pytest.mark.parametrize("language", ["python", "Python", "ipython", "IPython3"])
def test_python_by_any_of_its_names_is_no_other_language(language: str) -> None:
    assert nb(code("x") | {"metadata": {"kernelspec": {"language": language}}}).notes == ()


def test_surrogates_and_nul_in_a_cell_are_replaced() -> None:
    submission = nb(rb'{"cells": [{"cell_type": "code", "source": "x = \"\ud800\u0000\ud83d\ude00\""}]}')
    assert submission.cells == ('x = "\ufffd\ufffd😀"',)


def test_nan_and_missing_metadata_are_harmless() -> None:
    assert nb(b'{"cells": [{"cell_type": "code", "source": "x", "outputs": [NaN, Infinity]}]}').cells == (
        "x",
    )


def test_a_notebook_in_another_language_is_noted() -> None:
    content = code("x <- 1") | {"metadata": {"kernelspec": {"language": "R\x1b"}}}
    assert "its language is R\\x1b" in nb(content).notes[0]


def test_what_a_file_is_decides_and_not_its_name() -> None:
    submission = py(json.dumps(code("x = 1")).encode())
    assert submission.cells == ("x = 1",)
    assert "is a notebook" in submission.notes[0]
    submission = nb(b"import numpy as np\n\ndef f(x):\n    return {1: x}\n")
    assert len(submission.cells) == 1
    assert "is Python code" in submission.notes[0]
    assert py(b'{"a": 1}\n').cells == ('{"a": 1}\n',)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"[1, 2]", "no list of cells"),
        (b"7", "no list of cells"),
        (b'{"cells": 7}', "no list of cells"),
        (b'{"cells": []}', "no code"),
        (b'{"cells": [{"cell_type": "code", "source": " "}]}', "no code"),
        (b'{"cells": [{"cell_type": "code",', "damaged in line 1"),
        (b'{"cells": [\n<<<<<<< HEAD\n]}', "unfinished Git merge"),
        (b"nothing of the kind", "not a notebook"),
        (b"[" * 100_000, "not a notebook"),
        (b'{"a":' * 100_000, "nested"),
        (b'{"a": ' + b"9" * 100_000 + b"}", "damaged"),
        (json.dumps(code(*[""] * 10_001)).encode(), "10,001 cells"),
        (json.dumps(code("x" * 1_500_000, "y" * 1_500_000)).encode(), "2 MB of code"),
    ],
    ids=lambda value: str(value[:20]),
)
def test_what_is_no_notebook_gets_a_sentence(data: bytes, words: str) -> None:
    assert words in problem(nb(data))


def test_too_much_python_is_refused() -> None:
    assert "2 MB of code" in problem(py(b"x = 1\n" * 400_000))


def sound(submission: Submission) -> None:
    assert bool(submission.cells) == (submission.problem is None)
    for text in (*submission.cells, *submission.notes, submission.problem or ""):
        text.encode()
        assert "\0" not in text
        assert "\r" not in text


@given(st.binary(max_size=300), st.sampled_from(["a.py", "a.ipynb"]))
@example(b"# coding: \xff\n", "a.py")
@example(b"\xff\xfe\x00", "a.py")
@example(b"\xff\xfe\x00\xd8", "a.ipynb")
def test_any_bytes_give_a_submission(data: bytes, source: str) -> None:
    sound(read(data, source, "alice"))


@given(st.text(max_size=100), st.sampled_from(["utf-8", "utf-16", "utf-32"]))
def test_any_text_gives_a_submission(text: str, encoding: str) -> None:
    sound(read(text.encode(encoding), "a.py", "alice"))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.sampled_from(["code", "python"]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                ["cells", "worksheets", "cell_type", "source", "input", "metadata", "kernelspec", "language"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=25,
)
CELLS = st.lists(
    st.fixed_dictionaries({"cell_type": st.just("code") | JSON, "source": st.text() | JSON}) | JSON
)


@given(JSON | st.fixed_dictionaries({"cells": CELLS}) | st.fixed_dictionaries({"worksheets": CELLS}))
def test_any_json_gives_a_submission(content: Any) -> None:
    sound(read(json.dumps(content).encode(), "a.ipynb", "alice"))
    sound(read(json.dumps(content).encode(), "a.py", "alice"))


def test_huge_and_odd_notebooks_are_read_or_refused_with_a_sentence() -> None:
    def made(cells: list[Any], **more: Any) -> Submission:
        content = {"nbformat": 4, "metadata": {}, "cells": cells, **more}
        return read(json.dumps(content).encode("utf-8", "surrogatepass"), "a.ipynb", "a")

    def code(source: Any, **more: Any) -> dict[str, Any]:
        return {"cell_type": "code", "source": source, "id": "same", **more}

    assert "more than 2 MB of code" in (made([code("x" * 9_000_000)]).problem or "")
    assert made([code("x = 1"), code("x = 2")]).cells == ("x = 1", "x = 2")  # of one id
    assert "at most 10,000" in (made([code("x")] * 20_000).problem or "")
    # what is no code may be as large as the file may
    large = {"cell_type": "markdown", "source": "y" * 8_000_000}
    assert made([large, code("x = 1")]).cells == ("x = 1",)
    assert made([code("x = 1", outputs=[{"text": "z" * 8_000_000}])]).cells == ("x = 1",)
    assert made([code(["x = 1\n", "\ud800"])]).cells == ("x = 1\n\ufffd",)
    deep: Any = "x"
    for _ in range(900):
        deep = [deep]
    assert made([code("x = 1", metadata=deep), code(deep), deep]).cells == ("x = 1",)


def test_a_digest_tells_where_one_cell_ends_and_is_empty_without_code() -> None:
    def digest(*cells: str) -> str:
        return Submission("ada", cells, "ada.ipynb").digest

    assert digest("ab") == digest("ab")
    assert len({digest("ab"), digest("a", "b"), digest("b", "a"), digest("", "ab")}) == 4
    assert digest() == ""
    assert len(digest("\ud800")) == 64
