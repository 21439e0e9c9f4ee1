"""Rule `LloydsLoop`: k-means, step by step."""

from .rule import LloydsLoop

__all__ = ["LloydsLoop"]
