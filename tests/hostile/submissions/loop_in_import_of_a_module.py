"""Loops in a module that it makes and imports itself."""

# loses: nothing
# status: passed
# says: stopped after
# proof: importing

import importlib.abc
import importlib.machinery
import sys


class Endless(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    def find_spec(self, name, path, target=None):
        return importlib.machinery.ModuleSpec(name, self) if name == "endless" else None

    def exec_module(self, module):
        print("importing")
        while True:
            pass


sys.meta_path.insert(0, Endless())
import endless
