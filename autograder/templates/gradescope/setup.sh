#!/usr/bin/env bash
# Gradescope runs this once, as root, when it builds the image. It makes a Python of the grader's own, and leaves
# the one that Gradescope's harness runs on as it is.
set -euo pipefail
source=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
own=$(dirname "$source")/python

find_python() {
    local name
    for name in python3.14 python3.13 python3.12 python3.11; do
        if command -v "$name" >/dev/null && "$name" -c 'import ensurepip, venv' 2>/dev/null; then
            command -v "$name"
            return 0
        fi
    done
    return 1
}

if ! python=$(find_python); then
    export DEBIAN_FRONTEND=noninteractive
    apt-get update
    apt-get install -y --no-install-recommends python3.11 python3.11-venv
    python=$(find_python) || {
        echo "No Python 3.11 or newer can be had here: choose Ubuntu 22.04 as the base image." >&2
        exit 1
    }
fi
# stronger, where the container lets it; without it Landlock and seccomp hold
command -v bwrap >/dev/null || apt-get install -y --no-install-recommends bubblewrap || true

"$python" -m venv "$own"
"$own/bin/python" -m pip install --disable-pip-version-check --no-cache-dir "$source"/*.whl
# what students' code runs with can be read by anybody, and what is graded by, by root alone
chmod -R u=rwX,go=rX "$own"
chmod -R go= "$source"

# what every submission is compared with is derived once; a submission's own run does it where that fails
AUTOGRADER_CACHE=$(dirname "$source")/cache "$own/bin/python" -I -m autograder.export.gradescope.harness \
    --prepare "$(dirname "$source")" || echo "Nothing is derived beforehand: grading takes a second longer."
