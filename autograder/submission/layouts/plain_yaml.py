"""YAML of which nothing but texts, lists and mappings is made."""

from __future__ import annotations

from typing import Any

import yaml

_NULL = {"", "~", "null", "Null", "NULL"}


def parsed(data: bytes) -> Any:
    """What a document holds; None where it is none."""
    try:
        return yaml.load(data, _Plain)
    except (yaml.YAMLError, ValueError, RecursionError, AttributeError, TypeError):
        return None


class _Plain(yaml.BaseLoader):
    """Texts, lists and mappings, whatever tags they bear; a name for a value that is not there is empty.

    In pure Python: libyaml ends the process where a document is nested deeply enough.
    """

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            anchor = self.peek_event().anchor
            if anchor not in self.anchors:
                self.get_event()
                return yaml.ScalarNode("tag:yaml.org,2002:str", "")
        return super().compose_node(parent, index)

    def construct_scalar(self, node: Any) -> Any:
        told = super().construct_scalar(node)
        return "" if node.style is None and told in _NULL else told
