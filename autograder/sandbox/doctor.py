"""What holds on this machine, level by level, found by trying it."""

from __future__ import annotations

from rich.console import Console

from autograder.sandbox import levels, selftest
from autograder.sandbox.host import Sandbox
from autograder.sandbox.levels import SandboxError

_MEANING = {
    "namespaces": "empty read-only root, own namespaces, Landlock, seccomp, limits",
    "landlock": "Landlock, seccomp, limits; that a path exists can be seen",
}


def examine(console: Console | None = None) -> bool:
    """Print each layer and each level; whether other people's code can be graded here."""
    console = console or Console(highlight=False, soft_wrap=True)
    console.print("Layers", style="bold")
    for layer in levels.layers():
        mark = "[green]yes[/]" if layer.holds else "[red]no [/]"
        console.print(f"  {mark}  {layer.name}: ", end="")
        console.print(layer.detail, markup=False)
    console.print("Levels", style="bold")
    usable = []
    for level, meaning in _MEANING.items():
        problem = _try(level)
        if problem is None:
            usable.append(level)
        console.print(f"  {'[red]no [/]' if problem else '[green]yes[/]'}  {level}: ", end="")
        console.print(problem or f"{meaning}; sandbox self-test passed", markup=False)
    if usable:
        console.print(f"`autograder grade` uses {usable[0]} here.", markup=False)
        if "namespaces" not in usable:
            console.print("The lines above say what namespaces needs: that level hides more.", markup=False)
    else:
        console.print(
            "This machine cannot grade other people's code; --sandbox none is for your own code only.",
            markup=False,
        )
    console.print("docs/security.md says what each level promises, and what it does not.", markup=False)
    return bool(usable)


def _try(level: str) -> str | None:
    """Why a level cannot be had, or None."""
    try:
        with Sandbox(level) as sandbox:
            selftest.insist(sandbox)
    except SandboxError as error:
        return str(error)
    return None
