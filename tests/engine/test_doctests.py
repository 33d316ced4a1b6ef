"""The examples in the engine's docstrings are true."""

import doctest
import importlib
import pkgutil

import pytest

import credit_engine

MODULES = [module.name for module in pkgutil.walk_packages(credit_engine.__path__, "credit_engine.")]


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_in_the_docstrings_are_true(name):
    results = doctest.testmod(importlib.import_module(name))
    assert results.failed == 0
