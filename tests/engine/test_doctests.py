"""The examples in the engine's docstrings are true."""

import doctest
import importlib
import pkgutil

import pytest

import credit_engine

MODULES = [module.name for module in pkgutil.iter_modules(credit_engine.__path__)]


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_in_the_docstrings_are_true(name):
    results = doctest.testmod(importlib.import_module(f"credit_engine.{name}"))
    assert results.failed == 0
