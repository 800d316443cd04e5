"""The HTTP interface keeps to its own description: schemathesis sends what fits it, and what does not."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.config import SchemathesisConfig
from schemathesis.python.asgi import shutdown_lifespans

from onrecord.errors import CaptureError
from onrecord.record.adding import add
from onrecord.record.database import open_record
from onrecord.web import desk
from onrecord.web.app import create_app
from onrecord.web.serving import Serving
from tests.web_site import hostile, ordinary

EXAMPLES = 6
"""Of fitting and of other calls, for each operation, beside those at the edges of what each field may be."""
CONFIG: dict[str, Any] = {
    "seed": 6,
    "generation": {"max-examples": EXAMPLES, "deterministic": True, "no-shrink": True},
    # a text that fits but holds no page, a decision that cannot be meant: 422 says why
    "checks": {"positive_data_acceptance": {"expected-statuses": ["2xx", "404", "409", "422"]}},
}


PLACE = Path(tempfile.gettempdir()) / f"onrecord-api-{os.getpid()}" / "r.db"
APP = create_app(str(PLACE), Serving(readers=1, names=("testserver",)))
DESCRIPTION = msgspec.json.decode(msgspec.json.encode(APP.openapi_schema.to_schema()))
schema = schemathesis.openapi.from_dict(DESCRIPTION, config=SchemathesisConfig.from_dict(CONFIG))
schema.app = APP  # not `from_asgi`, which would start the server where tests are only collected


@pytest.fixture(scope="module", autouse=True)
def on_a_small_record() -> Iterator[None]:
    PLACE.parent.mkdir()
    with open_record(str(PLACE), may_be_new=True) as record:
        for reading in (*ordinary(), *hostile()):
            add(record, reading, reader="1.0")
    yield
    shutdown_lifespans()
    shutil.rmtree(PLACE.parent)


@pytest.fixture(autouse=True)
def nothing_is_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(address: str, *, allow_private: bool) -> Any:
        raise CaptureError(address, "nothing is fetched in this test")

    monkeypatch.setattr(desk, "fetch", refuse)


@schema.parametrize()
@settings(suppress_health_check=list(HealthCheck), deadline=None)
def test_every_operation_keeps_to_its_description(case: Any) -> None:
    case.call_and_validate()
