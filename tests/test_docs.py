"""Every field of every value has its line in docs/scheme.md."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec
import pytest

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
