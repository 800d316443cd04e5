"""The docs say what is so: every field is defined, every figure is the measured one."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec
import pytest

from bench.tables import README, filled
from onrecord import model

SCHEME = (Path(__file__).parents[1] / "docs" / "scheme.md").read_text(encoding="utf-8")
SECTIONS = dict(re.findall(r"^## (\w+)\n(.*?)(?=^## |\Z)", SCHEME, flags=re.M | re.S))
VALUES = {
    name: value
    for name, value in vars(model).items()
    if isinstance(value, type) and issubclass(value, msgspec.Struct) and value is not msgspec.Struct
}


def test_every_value_has_a_section() -> None:
    assert sorted(SECTIONS) == sorted(VALUES)


@pytest.mark.parametrize("name", sorted(VALUES))
def test_every_field_is_defined(name: str) -> None:
    defined = set(re.findall(r"`(\w+)`", SECTIONS[name]))
    fields = {field.encode_name for field in msgspec.structs.fields(VALUES[name])}
    assert fields - defined == set()


def test_the_readme_quotes_what_was_measured_and_what_the_example_gives() -> None:
    readme = README.read_text(encoding="utf-8")
    assert filled(readme) == readme
