"""Reports as grading makes them, to look at and to test with."""

from __future__ import annotations

from autograder.report import Curves, Example, ExerciseReport, Report, Status, Verdict

DESCENT = [0.81 * 0.86**k + 0.12 for k in range(61)]
SLOWER = [0.81 * 0.95**k + 0.12 for k in range(61)]


def exercise(name: str, status: Status, *verdicts: Verdict) -> ExerciseReport:
    score = sum(verdict.score for verdict in verdicts)
    return ExerciseReport(name, score, sum(verdict.max_score for verdict in verdicts), status, list(verdicts))


def report(
    *exercises: ExerciseReport, notes: tuple[str, ...] = (), output: str = "", student: str = "alice"
) -> Report:
    score = sum(e.score for e in exercises)
    return Report(
        "derivatives",
        student,
        score,
        sum(e.max_score for e in exercises),
        "full",
        list(exercises),
        list(notes),
        output,
    )


def right(check: str, points: float, message: str = "", curves: Curves | None = None) -> Verdict:
    return Verdict(check, points, points, message, curves=curves)


def all_right() -> Report:
    curves = Curves("Body mass of penguins: gradient descent with your gradient", DESCENT, DESCENT)
    return report(
        exercise("predict", "passed", right("values", 1), right("edges", 0.5), right("form", 0.5)),
        exercise("dL_dw1", "passed", right("values", 1, "Right on all 6 sets of inputs.")),
        exercise(
            "mse_gradient",
            "passed",
            right("dw", 3, "Right on all 6 sets of inputs."),
            right("db", 1, "Right on all 6 sets of inputs."),
            right("curve", 1, "Your learning curve is the reference's.", curves),
        ),
        student="Ana María Ö.",
    )


def partly_right() -> Report:
    curves = Curves("Body mass of penguins: gradient descent with your gradient", SLOWER, DESCENT)
    diverging: list[float | None] = [0.9 * 1.6**k for k in range(25)]
    burst = Curves("Adelie or Gentoo: one sigmoid neuron", [*diverging, *[None] * 36], DESCENT)
    wide = Curves(
        "SGD, batch size 8", [50 * 0.7**k for k in range(31)], [50 * 0.68**k for k in range(31)], "epoch"
    )
    array = "array([-0.53120871, 1.20418839, -0.00718267])"
    return report(
        exercise("predict", "passed", right("values", 1), right("form", 0.5)),
        exercise(
            "mse_gradient",
            "partial",
            Verdict(
                "dw",
                0,
                3,
                "Your dw is half as large as it should be, on every set of inputs. The MSE has the factor "
                "1/(2n); differentiating the square brings a 2 down, and the two cancel.",
                "factor",
                Example(
                    "mse_gradient(X=array([[ 0.5, -1.2, 0.3],\n                       [ 1.1,  0.4, 2.0]]), "
                    "y=array([1.0, -0.5]), w=array([0.1, 0.2, 0.3]), b=0.25)",
                    f"({array}, 0.6210)",
                    f"({array.replace('0.5', '1.0')}, 0.6210)",
                ),
            ),
            right("db", 1, "Right on all 6 sets of inputs."),
            Verdict("curve", 0.5, 1, "With your gradient, the loss falls too slowly.", curves=curves),
        ),
        exercise(
            "neuron_gradient",
            "failed",
            Verdict("dw", 0, 2, "The sign is the opposite one: your steps climb.", curves=burst),
            Verdict("db", 0, 1, "The sign is the opposite one: your steps climb."),
        ),
        exercise("sgd_epoch", "passed", right("steps", 2), right("order", 1), right("curve", 1, "", wide)),
        exercise("sigmoid", "timeout", Verdict("values", 0, 1, "It was stopped after 5 seconds.")),
        exercise("sigmoid_derivative", "not_started", Verdict("values", 0, 2, "")),
        exercise("dL_dw2", "missing", Verdict("values", 0, 1, "")),
        exercise("dL_db", "grader_fault", Verdict("values", 1, 1, "")),
        exercise(
            "mse_loss",
            "error",
            Verdict(
                "values",
                0,
                1,
                "ZeroDivisionError: division by zero\n  in mse_loss, line 3: return total / (n - 1)",
                example=Example(
                    "mse_loss(X=array([[1.0]]), y=array([2.0]), w=array([0.5]), b=0.0)", "ZeroDivisionError"
                ),
            ),
        ),
        notes=("Several files were found: alice.ipynb, alice.py. Each is graded, and the best counts.",),
        output="loss 0.53\nloss 0.41\r\n\x1b[31mred\x1b[0m and a bell \x07\n",
    )


def nothing_started() -> Report:
    names = ("predict", "dL_dw1", "dL_dw2", "dL_db", "mse_loss", "mse_gradient", "sigmoid")
    return report(*(exercise(name, "not_started", Verdict("values", 0, 2, "")) for name in names))


def syntax_error() -> Report:
    names = ("predict", "mse_gradient")
    return report(
        *(exercise(name, "missing", Verdict("values", 0, 2, "")) for name in names),
        notes=(
            "Code cell 3 could not be run: SyntaxError, line 4: '(' was never closed\n"
            "    return np.mean((y_hat - y)**2",
            "What cell 3 should define is missing in the exercises below.",
        ),
    )


def unreadable() -> Report:
    return Report(
        "sgd", "bob", 0, 12, "full", [], ["The file is empty. Was it saved before it was handed in?"]
    )


def samples() -> dict[str, Report]:
    makers = (all_right, partly_right, nothing_started, syntax_error, unreadable)
    return {maker.__name__: maker() for maker in makers}
