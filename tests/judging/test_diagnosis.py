"""A mistake is named where exactly one explains everything; and the name is true wherever one looks."""

import numpy as np
import pytest
from explaining import explains
from trying import exercise, function_of, homework, report, told, variants

from autograder.rules.values import Values
from autograder.rules.values.compared import compare
from autograder.rules.values.diagnosis import diagnose, mutants_of
from autograder.rules.values.evidence import Evidence
from autograder.rules.values.general import MULTIPLES
from autograder.rules.values.naming import Naming
from autograder.sandbox.host import Fault, Raised, Returned, Sandbox
from symbolic_checks.reference import Reference

HOMEWORKS = ("derivatives", "gradient_descent", "sgd", "neural_network", "landscapes")
TASKS = [task for name in HOMEWORKS for task in homework(name).exercises if isinstance(task.rule, Values)]
# Of a reference that a rubric wrote itself there are no wrong formulas.
DERIVED = [task for task in TASKS if isinstance(task.rule.reference, Reference)]
PARTS = [(task, k) for task in DERIVED for k in range(len(task.rule.reference.components))]
NAMED = [v for v in variants("wrong") if v.named and isinstance(exercise(v).rule, Values)]


def drawn(rule, seed):
    random = np.random.default_rng(seed)
    return [probe.draw(random) for probe in rule.probes]


def part(value, rule, k):
    return np.asarray(value[k] if len(rule.reference.components) > 1 else value, float)


def evidence(rule, k, samples, rows):
    """What is seen where a function returns the row's values one after another."""
    found, start = [], 0
    for arguments in samples:
        right = part(rule.reference(*arguments), rule, k)
        got = np.asarray(rows[start : start + right.size], float).reshape(right.shape)
        start += right.size
        named = dict(zip(rule.reference.parameters, arguments, strict=False))
        n = len(named["y"]) if np.ndim(named.get("y", 0)) else 0
        d = np.shape(named["X"])[1] if "X" in named else 0
        found.append(Evidence(arguments, got, right, rule.reference.scale(*arguments)[k], n, d))
    return found


@pytest.mark.slow
@pytest.mark.parametrize(("task", "k"), PARTS, ids=lambda value: getattr(value, "function", str(value)))
@pytest.mark.parametrize("seed", [1, *(pytest.param(seed, marks=pytest.mark.thorough) for seed in (2, 3))])
def test_every_mutant_is_told_from_all_others_on_every_students_inputs(task, k, seed):
    rule, samples = task.rule, drawn(task.rule, seed)
    made = mutants_of(rule, k, pairs=False)
    for mutant, row in zip(made.mutants, made.fingerprints(samples), strict=True):
        if np.ptp(row) == 0:
            continue  # a constant is told as one
        told_ = diagnose(rule, k, evidence(rule, k, samples, row), [])
        assert told_ is not None, mutant
        simpler = told_.name in MULTIPLES
        assert simpler or told_.name == mutant.name, (mutant, told_)


@pytest.mark.slow
@pytest.mark.parametrize(("task", "k"), PARTS, ids=lambda value: getattr(value, "function", str(value)))
def test_pairs_of_mistakes_are_told_by_a_name_that_is_true_or_by_none(task, k):
    rule, samples, others = task.rule, drawn(task.rule, 5), drawn(task.rule, 6)
    made = mutants_of(rule, k, pairs=True)
    rows, elsewhere = made.fingerprints(samples), made.fingerprints(others)
    for place in range(0, len(made.mutants), 1 + len(made.mutants) // 40):
        told_ = diagnose(rule, k, evidence(rule, k, samples, rows[place]), [])
        if told_ is not None:
            got = [each.got for each in evidence(rule, k, others, elsewhere[place])]
            whole, partly = made.mutants[place].name, made.mutants[place].name.split("+")
            assert told_.name in partly or explains(told_.name, rule, k, others, got), (whole, told_)


@pytest.mark.slow
@pytest.mark.parametrize(("task", "k"), PARTS, ids=lambda value: getattr(value, "function", str(value)))
def test_numbers_that_follow_from_no_formula_get_no_name(task, k):
    rule = task.rule
    for seed in range(30):
        samples, random = drawn(rule, seed), np.random.default_rng([seed, 7])
        right = np.concatenate([np.ravel(part(rule.reference(*s), rule, k)) for s in samples])
        for row in (random.normal(size=right.size), right * random.uniform(0.5, 2, right.size)):
            assert diagnose(rule, k, evidence(rule, k, samples, row), []) is None


@pytest.fixture(scope="module")
def sandbox():
    with Sandbox("auto") as made:
        yield made


@pytest.mark.slow
@pytest.mark.parametrize("variant", NAMED, ids=str)
def test_the_name_of_a_mistake_is_true_on_inputs_that_the_judge_has_not_used(variant, sandbox):
    rule = exercise(variant).rule
    made = report(variant, sandbox, "Ada")
    samples, function = drawn(rule, 11), function_of(variant)
    results = [function(*arguments) for arguments in samples]
    components = rule.reference.components
    for verdict in made.verdicts:
        if verdict.misconception and verdict.check in components:
            k = components.index(verdict.check)
            got = [part(result, rule, k) for result in results]
            assert explains(verdict.misconception, rule, k, samples, got), told(made)


def test_every_mistake_has_a_sentence_of_its_own_and_a_name_without_blanks():
    for task, k in PARTS:
        made = mutants_of(task.rule, k, pairs=False)
        assert made.mutants
        for mutant in made.mutants:
            assert mutant.name.replace("_", "a").isalnum(), mutant.name
            assert mutant.sentence.endswith((".", "?")), mutant.sentence
            assert mutant.sentence[0].isupper() or mutant.sentence[0] in "`σ1ûz", mutant.sentence
            assert mutant.note
        assert len({mutant.name for mutant in made.mutants}) == len(made.mutants)


class _Right:
    """In a trial's place: the right function, called once more."""

    def __init__(self, reference):
        self.bind, self.reference = {}, reference

    def ask(self, *calls):
        return [Returned(self.reference(*arguments)) for arguments in calls]


def test_a_call_that_ended_its_process_tells_of_no_order():
    (task,) = (each for each in homework("derivatives").exercises if each.function == "dL_dw1")
    rule, random = task.rule, np.random.default_rng(1)
    calls = [probe.draw(random) for probe in rule.probes]
    reasons = {"timeout": Fault("timeout", "it was stopped"), "raised": Raised(("TypeError",), "no")}

    def named(outcome, function):
        compared = compare(rule.probes, rule.reference, calls, [outcome] * len(calls))
        return Naming(rule, _Right(function), compared).of_order

    def exchanged(x1, x2, y, *others):
        return rule.reference(y, x2, x1, *others)

    assert named(reasons["timeout"], exchanged) is None
    assert named(reasons["raised"], exchanged).name == "parameters_exchanged"
    # x₂ and w₂ may change places, and ∂L/∂w₁ stays what it is: that explains nothing
    assert named(reasons["raised"], rule.reference) is None
