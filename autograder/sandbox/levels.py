"""Which walls this machine can build: bubblewrap's namespaces, Landlock and seccomp, or none.

The level ``namespaces`` is everything at once; ``landlock`` is what holds where user namespaces are
forbidden or bubblewrap is not installed; ``none`` is a plain process, for one's own code only. ``user`` is
for root in a container that has no Landlock: seccomp, and another user, who may read what anybody may.
"""

from __future__ import annotations

import importlib.metadata
import json
import os
import platform
import shutil
import site
import subprocess
import sys
import sysconfig
from dataclasses import dataclass
from functools import lru_cache
from importlib.machinery import SourceFileLoader
from pathlib import Path
from typing import Any, Literal

from autograder.errors import AutograderError
from autograder.sandbox.inside import lockdown

Level = Literal["namespaces", "landlock", "user", "none"]
CHOICES = ("auto", "namespaces", "landlock", "user", "none")

_PROGRAM = Path(__file__).parent / "inside"
# No path stands in the program's own text: its constants are there as long as it runs.
_START = (
    "import sys, json; config = json.loads(sys.argv.pop()); sys.path[:0] = config.pop('folders'); "
    "from inside.zygote import main; main(int(sys.argv[1]), config)"
)
# One thread for each BLAS: a child that may not start threads would wait for them for ever.
_ENVIRONMENT = {
    "PYTHONHASHSEED": "0",  # sets of texts have one order, so that a run can be repeated
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "BLIS_NUM_THREADS": "1",
    "VECLIB_MAXIMUM_THREADS": "1",
    "LC_ALL": "C.UTF-8",
}


class SandboxError(AutograderError):
    """The sandbox that was asked for cannot be had, or broke; never the fault of a submission."""


@dataclass(frozen=True)
class Layer:
    """Whether one layer holds on this machine, and if not, why and what helps."""

    name: str
    holds: bool
    detail: str


@lru_cache(maxsize=1)
def layers() -> tuple[Layer, ...]:
    """Look at each layer in turn; nothing is started but bubblewrap on ``true``."""
    machine = platform.machine()
    linux = sys.platform == "linux"
    seccomp = linux and machine in ("x86_64", "aarch64")
    version = lockdown.landlock_version()
    return (
        Layer(
            "seccomp",
            seccomp,
            f"a table of system calls for {machine}"
            if seccomp
            else f"needs Linux on x86-64 or arm64, this is {platform.system()} on {machine}: "
            "grade on Linux (on Windows in WSL2, on macOS in a virtual machine)",
        ),
        Layer(
            "Landlock",
            version > 0,
            f"version {version} of the kernel's interface"
            if version
            else "needs Linux 5.13 or newer with Landlock switched on (boot parameter lsm=landlock,…)",
        ),
        _bubblewrap() if linux else Layer("bubblewrap", False, "is there on Linux only"),
    )


def _bubblewrap() -> Layer:
    path = shutil.which("bwrap")
    if path is None:
        return Layer("bubblewrap", False, "is not installed: try `apt install bubblewrap`")
    command = [path, "--unshare-user", "--unshare-pid", "--unshare-net", "--ro-bind", "/", "/", "true"]
    tried = subprocess.run(command, capture_output=True, text=True, check=False, timeout=30)
    if tried.returncode == 0:
        return Layer("bubblewrap", True, f"{path}, with user namespaces")
    reason = tried.stderr.strip().splitlines()[-1:] or ["no reason given"]
    remedy = (
        "user namespaces are forbidden here: on Ubuntu 24.04 set "
        "kernel.apparmor_restrict_unprivileged_userns=0 or give bwrap an AppArmor profile; "
        "in Docker add --security-opt seccomp=unconfined"
    )
    return Layer("bubblewrap", False, f"is installed but fails ({reason[0]}): {remedy}")


def choose(wanted: str) -> Level:
    """The level for a wish: ``auto`` is the strongest that this machine has without being asked for: ``user``
    and ``none`` are used where they are named alone.

    Raises
    ------
    SandboxError
        When the wish cannot be had; the message says why and what helps.
    """
    seccomp, landlock, bubblewrap = layers()
    if wanted == "none":
        return "none"
    if wanted not in CHOICES:
        raise SandboxError(f"There is no sandbox {wanted!r}: choose one of {', '.join(CHOICES)}.")
    if wanted == "user" and seccomp.holds and os.geteuid() == 0:
        return "user"
    missing = [f for f in (seccomp, landlock) if not f.holds]
    if wanted in ("auto", "namespaces") and seccomp.holds and bubblewrap.holds:
        return "namespaces"
    if wanted in ("auto", "landlock") and not missing:
        return "landlock"
    if wanted == "namespaces":
        missing = [f for f in (seccomp, bubblewrap) if not f.holds]
    if wanted == "user":
        missing = [seccomp if not seccomp.holds else Layer("another user", False, "is for root alone to be")]
    reasons = "; ".join(f"{f.name} {f.detail}" for f in missing or [bubblewrap])
    raise SandboxError(
        f"Other people's code is not run here without a sandbox: {reasons}. "
        "For code that you trust there is --sandbox none."
    )


# ------------------------------------------------------------------------------ starting a zygote


def command(level: Level, control: int) -> tuple[list[str], dict[str, str]]:
    """The command that starts a zygote at a level, and its environment.

    Parameters
    ----------
    level
        As `choose` gives it.
    control
        File descriptor of the zygote's end of the control socket.
    """
    _keep_bytecode()
    executable = os.path.realpath(getattr(sys, "_base_executable", sys.executable))
    folders = standard_library_folders()
    config: dict[str, Any] = {
        "seccomp": level != "none",
        "landlock": level in ("namespaces", "landlock") and lockdown.landlock_version() > 0,
        "drop_privileges": level in ("landlock", "user"),
    }
    readable = [*map(str, folders), *_library_places(), "/dev/null", "/dev/urandom", "/etc/ld.so.cache"]
    if level == "namespaces":
        wrapper = _namespaces(executable, folders)
        program, packages = "/sandbox", "/sandbox/packages"
        readable.append(packages)
    else:
        wrapper = []
        program, packages = str(_PROGRAM.parent), str(next(iter(_numpy_places().values())).parent)
        readable += map(str, _numpy_places().values())
    config["readable"] = _without_packages(readable)
    config["folders"] = [program, packages]
    # as with -I, but for the environment, which is ours
    python = [executable, "-s", "-P", "-S", "-B", "-c", _START]
    return [*wrapper, *python, str(control), json.dumps(config)], dict(_ENVIRONMENT)


@lru_cache(maxsize=1)
def _keep_bytecode() -> None:
    """Have the bytecode of the program inside beside it, as an import would leave it: a zygote may write
    nothing, and would compile all of it at every start."""
    if not sys.dont_write_bytecode:
        for path in _PROGRAM.glob("*.py"):
            name = f"{_PROGRAM.name}.{path.stem}"
            SourceFileLoader(name, str(path)).get_code(name)


def _namespaces(executable: str, folders: list[Path]) -> list[str]:
    """bubblewrap's part: an empty read-only root with Python's and NumPy's own files, own namespaces."""
    bwrap = shutil.which("bwrap") or "bwrap"
    arguments = [
        bwrap, "--unshare-user", "--unshare-pid", "--unshare-net", "--unshare-ipc", "--unshare-uts",
        "--unshare-cgroup-try", "--die-with-parent", "--new-session", "--as-pid-1", "--cap-drop", "ALL",
        "--uid", str(lockdown.NOBODY), "--gid", str(lockdown.NOBODY), "--hostname", "sandbox", "--clearenv",
    ]  # fmt: skip
    if "--disable-userns" in _bubblewrap_help(bwrap):
        arguments.append("--disable-userns")
    for name, value in _ENVIRONMENT.items():
        arguments += ["--setenv", name, value]
    for link in ("/lib", "/lib64"):
        if os.path.islink(link):
            arguments += ["--symlink", os.readlink(link), link]
    readable = {executable, *map(str, folders), *_library_places(), "/etc/ld.so.cache"}
    for place in sorted(readable):
        arguments += ["--ro-bind-try", place, place]
    for place in sorted(map(str, package_folders())):
        if os.path.isdir(place) and any(place.startswith(f"{r}/") for r in readable):
            arguments += ["--tmpfs", place]  # what is installed beside NumPy is nobody's business
    for name, path in _numpy_places().items():
        arguments += ["--ro-bind", str(path), f"/sandbox/packages/{name}"]
    arguments += ["--ro-bind", str(_PROGRAM), "/sandbox/inside"]
    for device in ("/dev/null", "/dev/urandom"):
        arguments += ["--dev-bind", device, device]
    return [*arguments, "--remount-ro", "/", "--chdir", "/", "--"]


@lru_cache(maxsize=1)
def _bubblewrap_help(bwrap: str) -> str:
    return subprocess.run([bwrap, "--help"], capture_output=True, text=True, check=False).stdout


def standard_library_folders() -> list[Path]:
    """Where Python's own modules lie."""
    folders = {Path(sysconfig.get_path("stdlib")), Path(sysconfig.get_path("platstdlib"))}
    base = {Path(str(f).replace(sys.prefix, sys.base_prefix)) for f in folders}
    return sorted(base)


def _library_places() -> list[str]:
    """Where shared libraries lie: libpython beside the base installation, and the system's own."""
    own = Path(sysconfig.get_config_var("LIBDIR") or sys.base_prefix)
    places = [str(path) for path in sorted(own.glob("libpython*.so*"))]
    multiarch = sysconfig.get_config_var("MULTIARCH")
    if multiarch and Path("/usr/lib", multiarch).is_dir():
        places += [f"/usr/lib/{multiarch}", "/usr/lib64", "/lib64"]
    else:
        places += ["/usr/lib", "/usr/lib64", "/lib", "/lib64"]
    return sorted({os.path.realpath(place) for place in places if os.path.exists(place)})


def package_folders() -> set[Path]:
    """Folders of installed packages, of the base installation and of the environment."""
    folders = {Path(place) for place in site.getsitepackages([sys.prefix, sys.base_prefix])}
    for place in standard_library_folders():
        folders |= {place / "site-packages", place / "dist-packages"}
    return folders | {Path("/usr/lib/python3/dist-packages")}


def _without_packages(places: list[str]) -> list[str]:
    """The places, with a folder that holds installed packages replaced by its other entries, level by
    level: a Landlock rule covers all that is beneath it."""
    packages = {str(folder) for folder in package_folders()}
    kept: list[str] = []
    for place in places:
        if place in packages:
            continue
        if any(package.startswith(f"{place}/") for package in packages) and os.path.isdir(place):
            kept += _without_packages(sorted(entry.path for entry in os.scandir(place)))
        else:
            kept.append(place)
    return kept


@lru_cache(maxsize=1)
def _numpy_places() -> dict[str, Path]:
    """NumPy's own folders by name, and nothing else of the folder they lie in."""
    distribution = importlib.metadata.distribution("numpy")
    names = {file.parts[0] for file in distribution.files or () if file.parts[0] != ".."}
    places = {name: Path(str(distribution.locate_file(name))).resolve() for name in sorted(names)}
    return {name: path for name, path in places.items() if path.is_dir() and name != "__pycache__"}
