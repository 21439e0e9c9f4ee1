"""Rule `Values`: the function's values are compared with a reference.

`probes` and `experiments` hold ready-made inputs and learning curves for rubrics.
"""

from autograder.rules.values.rule import Values

__all__ = ["Values"]
