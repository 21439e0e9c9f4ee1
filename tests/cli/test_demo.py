"""The demo class gets the marks that its mistakes deserve, at every level of the sandbox that is there."""

import csv
from pathlib import Path

import pytest
from click.testing import CliRunner

from autograder.cli import main
from autograder.report import from_json, is_written
from autograder.sandbox.levels import SandboxError, choose

ROOT = Path(__file__).parents[2]
DEMO = ROOT / "docs" / "demo"

# Exercises in which all points are earned; what is wrong in the others stands in each file.
FULL = {
    "derivatives": {
        "ada": "all",
        "bo": "all",
        "chen": {"predict", "sigmoid_derivative"},
        "dana": {"mse_loss", "neuron_gradient"},
        "emil": {"predict", "dL_dw1", "dL_dw2", "dL_db", "mse_loss", "neuron_gradient"},
        "fay": {"predict", "mse_gradient", "sigmoid", "sigmoid_derivative", "neuron_gradient"},
        "gus": {"predict", "mse_gradient", "sigmoid"},
        "hana": set(),
        "ivo": set(),
        "jun": {"predict", "dL_dw2", "dL_db", "sigmoid", "sigmoid_derivative"},
    },
    "sgd": {
        "ada": "all",
        "bo": "all",
        "chen": set(),
        "dana": set(),
        "emil": set(),
        "fay": {"train", "ridge_gradient"},
        "gus": set(),
        "ivo": set(),
        "jun": {"minibatches"},
    },
}
NAMED = {
    "derivatives": {
        ("chen", "mse_gradient"): "summed",
        ("chen", "dL_dw1"): "factor_half",
        ("chen", "mse_loss"): "factor_2",
        ("jun", "dL_dw1"): "sign",
        ("jun", "mse_gradient"): "sign",
    },
    "sgd": {
        ("chen", "minibatches"): "no_shuffle",
        ("chen", "sgd_epoch"): "last_batch_dropped",
        ("chen", "train"): "zero_ignored",
        ("chen", "gradient_noise"): "mean_distance",
        ("chen", "ridge_gradient"): "bias_regularised",
        ("jun", "gradient_noise"): "with_replacement",
        ("jun", "ridge_gradient"): "penalty_halved",
        ("dana", "sgd_epoch"): "summed",
        ("dana", "train"): "first_loss_missing",
        ("jun", "sgd_epoch"): "ascent",
        ("ivo", "minibatches"): "rng_unused",
    },
}


@pytest.mark.slow
@pytest.mark.parametrize("level", ["namespaces", "landlock"])
@pytest.mark.parametrize("homework", ["derivatives", "sgd"])
def test_the_demo_class_gets_its_marks(homework, level, tmp_path):
    try:
        choose(level)
    except SandboxError as error:
        pytest.skip(str(error))
    command = ["--course", str(ROOT), "grade", homework, str(DEMO / homework), "--out", str(tmp_path)]
    result = CliRunner().invoke(main, [*command, "--sandbox", level, "--workers", "2"])
    assert result.exit_code == 0, result.output
    with open(tmp_path / "grades.csv", newline="", encoding="utf-8") as file:
        rows = {row["student"]: row for row in csv.DictReader(file)}
    assert set(rows) == set(FULL[homework])
    for student, full in FULL[homework].items():
        report = from_json((tmp_path / "reports" / f"{student}.json").read_bytes())
        assert report.sandbox == level
        assert (tmp_path / "feedback" / f"{student}.html").is_file()
        earned = {e.name for e in report.exercises if e.score == e.max_score}
        functions = {e.name for e in report.exercises if not is_written(e)}
        assert earned == (functions if full == "all" else full), student
        assert float(rows[student]["score"]) == report.score == sum(e.score for e in report.exercises)
        for exercise in report.exercises:
            names = [v.misconception for v in exercise.verdicts if v.misconception]
            expected = NAMED[homework].get((student, exercise.name))
            if expected:
                assert set(names) == {expected}, (student, exercise.name)


@pytest.mark.slow
def test_who_tries_to_cheat_gains_nothing_and_who_hangs_loses_one_exercise(tmp_path):
    command = [
        "--course",
        str(ROOT),
        "grade",
        "derivatives",
        str(DEMO / "derivatives"),
        "--out",
        str(tmp_path),
    ]
    assert CliRunner().invoke(main, command).exit_code == 0
    cheat = from_json((tmp_path / "reports" / "ivo.json").read_bytes())
    assert cheat.score == 0
    assert "No such file" in cheat.output or "Permission denied" in cheat.output  # it did try
    hanging = from_json((tmp_path / "reports" / "fay.json").read_bytes())
    assert [e.name for e in hanging.exercises if e.status == "timeout"] == ["mse_loss"]
    broken = from_json((tmp_path / "reports" / "gus.json").read_bytes())
    assert any("SyntaxError" in note for note in broken.notes)
