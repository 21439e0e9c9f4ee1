"""What students read stands once: judge and check of a rule take a sentence from the same place."""

import ast
import re
from collections import defaultdict
from pathlib import Path

AUTOGRADER = Path(__file__).parents[2] / "autograder"
ROOMS = ("rules", "kit", "judging")
# Shorter ones are phrases that any sentence may have.
SENTENCE = 25


def sentences(path):
    """The texts in a module that are no docstrings, as lower-case words; of f-strings the fixed part."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    left_out = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr):
            left_out.add(node.value)
        elif isinstance(node, ast.JoinedStr):
            left_out.update(node.values)
    for node in ast.walk(tree):
        if node in left_out:
            continue
        if isinstance(node, ast.JoinedStr):
            text = " ".join(part.value for part in node.values if isinstance(part, ast.Constant))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            text = node.value
        else:
            continue
        words = " ".join(re.findall(r"\w+", text.casefold()))
        if len(words) > SENTENCE:
            yield words


def places():
    found = defaultdict(set)
    for room in ROOMS:
        for path in (AUTOGRADER / room).rglob("*.py"):
            for text in sentences(path):
                found[text].add(str(path.relative_to(AUTOGRADER)))
    return found


def test_no_sentence_stands_in_two_modules():
    assert {text: sorted(modules) for text, modules in places().items() if len(modules) > 1} == {}


def test_what_was_seen_with_an_input_is_said_in_one_place():
    """`With {name}: {text}` is written by a helper of the judges'."""
    said = re.compile(r"With \{[^}]*\}[^{]*: \{")
    found = {
        str(path.relative_to(AUTOGRADER))
        for room in ("rules", "judging")
        for path in (AUTOGRADER / room).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.JoinedStr) and said.search(ast.unparse(node))
    }
    assert found == {"judging/cases.py"}


def test_sentences_are_found():
    found = places()
    assert "the last smaller mini batch is left out" in found
    assert "it changes its argument in place work on a copy" in found
    assert len(found) > 300
