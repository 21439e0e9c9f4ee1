"""Compares words with the right ones."""

from __future__ import annotations

from typing import Any

import numpy as np

from autograder.kit.results import show
from autograder.kit.trial import MistakeError, Trial
from autograder.rules.labels.sentences import another_word, not_a_word


def check(trial: Trial) -> None:
    """Rule: the word for each input in ``examples.json``, kind by kind; special inputs last."""
    examples = trial.exercise["examples"]
    words = {example["expected"] for example in examples}
    ordinary = [example for example in examples if example["kind"]]
    wrong = _wrong(trial, ordinary)
    lost = {example["kind"] for example, _ in wrong}
    trial.earned = {example["kind"] for example in ordinary} - lost
    special = [example for example in examples if not example["kind"]] if not wrong else []
    wrong += _wrong(trial, special)
    if wrong:
        example, value = wrong[0]
        where = example["name"]
        if not isinstance(value, str) or value not in words:
            said = repr(value) if isinstance(value, str) else show(value)
            raise MistakeError(where, not_a_word(said, words))
        raise MistakeError(where, another_word(str(value), where), expected=repr(example["expected"]))


def _wrong(trial: Trial, examples: list[dict[str, Any]]) -> list[tuple[dict[str, Any], Any]]:
    """The examples for which another value came, with that."""
    said = [(example, _said(trial, example)) for example in examples]
    return [
        (example, value)
        for example, value in said
        if not isinstance(value, str) or value != example["expected"]
    ]


def _said(trial: Trial, example: dict[str, Any]) -> Any:
    arguments = [np.array(a) if isinstance(a, list) else a for a in example["arguments"]]
    return trial.call(example["name"], *arguments)
