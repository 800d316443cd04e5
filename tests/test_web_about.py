"""The page About: what was measured is shown as it was measured, and what to expect of a new page comes first."""

from __future__ import annotations

from pathlib import Path

from litestar.testing import TestClient

from bench.measured import measured
from onrecord.web.accuracy import accuracy
from onrecord.web.app import create_app
from onrecord.web.serving import Serving


def test_what_is_shipped_is_what_was_measured() -> None:
    """After a measurement, or a change of the documents: python -m bench.measured."""
    assert accuracy() == measured()


def test_every_figure_is_shown_and_those_of_unseen_pages_first(tmp_path: Path) -> None:
    app = create_app(str(tmp_path / "r.db"), Serving(reader="tests.readers:read", readers=1))
    with TestClient(app, base_url="http://127.0.0.1:8000") as asking:
        html = asking.get("/about").text
    groups = (*accuracy().held_out, *accuracy().seen)
    assert len(groups) > 5
    places = [html.index(f"<h3>{group.title}</h3>") for group in groups]
    assert places == sorted(places)
    rows = [
        f'<th scope="row">{one.name}</th><td class="num">{one.told}</td>' for group in groups for one in group.figures
    ]
    assert [row for row in rows if row not in html] == []
