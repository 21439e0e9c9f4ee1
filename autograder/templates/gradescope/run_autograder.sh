#!/usr/bin/env bash
# Gradescope runs this for each submission. Whatever happens to the grader, there are results.
home=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
results=$home/results/results.json
mkdir -p "$home/results"
rm -f "$results"

export AUTOGRADER_CACHE=$home/cache
export OPENBLAS_NUM_THREADS=1 OMP_NUM_THREADS=1 MKL_NUM_THREADS=1
timeout --signal=TERM --kill-after=10 540 \
    "$home/python/bin/python" -I -m autograder.export.gradescope.harness "$home"
status=$?

if [ ! -s "$results" ]; then
    echo "Nothing was graded: the grader ended with status $status (124: it took too long; 137: too much memory)."
    cat >"$home/results/.failed.json" <<'END'
{"score": 0, "output_format": "text", "output": "Your work could not be graded: the grader failed, and it is not your mistake. Your instructors see why, and can grade it again."}
END
    mv "$home/results/.failed.json" "$results"
fi
exit 0
