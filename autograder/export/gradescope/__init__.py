"""An autograder for Gradescope: a zip with the grader and a rubric, and what runs in Gradescope's container.

`bundle` makes the zip. In the container `harness` grades one submission within what `machine` finds, and
`results` says it in Gradescope's form.
"""
