"""Single mistakes in many styles: none keeps all points, and nearly all have a name.

Each public function of `submissions/<homework>/mistakes/` is wrong in one way; the comment above it says
which. They were written from the exercises' texts alone.
"""

import ast

import pytest
from trying import FOLDER, Variant, public_names, report

from autograder.sandbox.host import Sandbox


def variants():
    for path in sorted(FOLDER.glob("*/mistakes/*.py")):
        text = path.read_text(encoding="utf-8")
        for name, _ in public_names(ast.parse(text)):
            yield Variant(path.parts[-3], path.stem, name, f"{text}\n\n{path.stem} = {name}\n")


@pytest.fixture(scope="module")
def sandbox():
    with Sandbox("auto") as made:
        yield made


VARIANTS = list(variants())
# So many of them, per cent, have a name at least.
NAMED = 95


@pytest.mark.parametrize("variant", VARIANTS, ids=str)
def test_a_single_mistake_does_not_keep_all_points(variant, sandbox):
    made = report(variant, sandbox, f"student {len(variant.name)}")
    assert made.score < made.max_score


@pytest.mark.slow
def test_nearly_all_have_a_name(sandbox):
    without = [
        str(variant)
        for variant in VARIANTS
        if not any(verdict.misconception for verdict in report(variant, sandbox, "a student").verdicts)
    ]
    assert len(without) <= len(VARIANTS) * (100 - NAMED) / 100, without
