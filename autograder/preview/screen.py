"""A preview as a table on the terminal, as wide as the terminal is."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from autograder.preview.trying import Preview, Tried
from autograder.printable import number, printable

# From this width on feedback and the kit's line stand side by side.
_WIDE = 140
_NAME = 26


def show(made: Preview, console: Console | None = None) -> None:
    """Print one exercise: what was tried, its points, and what a student reads.

    Parameters
    ----------
    made
        What came of the exercise.
    console
        Where to print; None for standard output.
    """
    console = console or Console(highlight=False)
    exercise = made.exercise
    console.print()
    console.rule(
        Text.assemble((exercise.function, "bold"), f"  {number(exercise.max_score)} points  ",
                      (printable(exercise.slide), "dim")),
        align="left", style="dim",
    )  # fmt: skip
    wide = console.width >= _WIDE
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), expand=True, header_style="dim")
    table.add_column("")
    table.add_column("tried", max_width=_NAME, overflow="fold")
    table.add_column("points", justify="right", no_wrap=True)
    if wide:
        table.add_column("feedback says", ratio=1)
        table.add_column("the kit's check says", ratio=1)
    else:
        table.add_column("a student reads in the feedback, and in the kit", ratio=1)
    for tried in (made.solution, made.stub, made.examples):
        _add(table, tried, "" if tried is made.examples else number(tried.score), wide)
    if made.misconceptions:
        table.add_row()
    for tried in made.misconceptions:
        _add(table, tried, number(tried.score), wide, name=Text(tried.name, style="bold"))
    console.print(Padding(table, (0, 0, 0, 1)))
    console.print(Padding(_end(made), (0, 0, 0, 1)))


def _add(table: Table, tried: Tried, points: str, wide: bool, name: Text | None = None) -> None:
    mark = Text("✗", style="bold red") if tried.problems else Text("✓", style="green")
    if tried.notes and not tried.problems:
        mark = Text("!", style="yellow")
    feedback, kit = Text(printable(tried.feedback)), Text(printable(tried.kit), style="cyan")
    if kit and not wide:
        kit = Text.assemble(("kit  ", "dim"), kit)
    remarks = list(_remarks(tried))
    cells = [_lines([feedback, *remarks]), kit] if wide else [_lines([feedback, kit, *remarks])]
    table.add_row(mark, name or Text(tried.name), points, *cells)


def _remarks(tried: Tried) -> Iterator[Text]:
    for problem in tried.problems:
        yield Text(f"✗ {printable(problem)}", style="bold red")
    for note in tried.notes:
        yield Text(f"! {printable(note)}", style="yellow")


def _lines(texts: list[Text]) -> Text:
    return Text("\n").join([text for text in texts if text.plain])


def _end(made: Preview) -> Text:
    """What was not tried, and how much is to be mended."""
    lines = []
    if len(made.misconceptions) < made.known:
        rest = made.known - len(made.misconceptions)
        lines.append(Text(f"{rest} more mistakes are known: --all tries them.", style="dim"))
    elif not made.known and not made.untried:
        lines.append(Text("This rule names no mistakes.", style="dim"))
    else:
        for name, reason in made.untried.items():
            lines.append(Text(f"Not tried: {printable(name)}: {printable(reason)}.", style="dim"))
    if made.problems:
        lines.append(Text(f"{len(made.problems)} to fix.", style="bold red"))
    return Text("\n").join(lines)
