"""How the documentation becomes a site: `make docs`."""

from importlib.metadata import version as version_of

project = "gradient-autograder"
author = "The gradient-autograder authors"
version = release = version_of("gradient-autograder")
project_copyright = f"2026, {author}"

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.viewcode", "numpydoc"]
source_suffix = {".md": "markdown"}
exclude_patterns = ["demo"]
myst_heading_anchors = 3
myst_enable_extensions = ["colon_fence"]

autodoc_member_order = "bysource"
autodoc_typehints = "none"  # numpydoc's sections say it
autosummary_generate = False
numpydoc_show_class_members = False
python_use_unqualified_type_names = True

html_theme = "furo"
html_title = "gradient-autograder"
html_copy_source = False
html_show_sphinx = False
# blocks without a language are commands, or text
highlight_language = "none"
