"""Parts that tests of the scripts share: scripts as modules, and cases with a folder and a GitHub on this machine."""

from __future__ import annotations

import importlib.util
import os
import sys
import tempfile
import unittest
from contextlib import AbstractContextManager
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import ModuleType
from typing import Any
from unittest import mock

import github_stand_in
from tooling import ROOT


def script(path: str) -> ModuleType:
    """A script without an extension as a module, such as `delivery/queue`."""
    loader = SourceFileLoader(path.replace("/", "_").replace("-", "_"), str(ROOT / "scripts" / path))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader(loader.name, loader))
    # Dataclasses look for their module there.
    sys.modules[loader.name] = module
    loader.exec_module(module)
    return module


class Hub(unittest.TestCase):
    """A case with a folder, a GitHub, and an environment that has neither more nor less of it than a job."""

    def enter(self, context: AbstractContextManager) -> Any:
        """As `enterContext`, which Python 3.10 does not have."""
        value = context.__enter__()
        self.addCleanup(context.__exit__, None, None, None)
        return value

    def setUp(self) -> None:
        self.enter(mock.patch.dict(os.environ, clear=False))
        for name in [name for name in os.environ if name.startswith(("GITHUB_", "ACTIONS_"))]:
            del os.environ[name]
        self.hub = self.enter(github_stand_in.serving())
        self.folder = Path(self.enter(tempfile.TemporaryDirectory()))
        os.environ |= {"GITHUB_API_URL": self.hub.address, "GITHUB_REPOSITORY": github_stand_in.REPOSITORY, "GITHUB_TOKEN": github_stand_in.TOKEN, "NO_PROXY": "127.0.0.1"}
