"""The feeds that a user names: addresses, and OPML files with outlines in outlines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from xml.parsers import expat

from onrecord.errors import UsageError

LARGEST_FILE = 10 * 2**20

_ADDRESS = re.compile(r"(?:feed:(?://)?)?(https?://\S+)|feed://(\S+)", re.IGNORECASE)


def find_feeds(named: Sequence[str]) -> tuple[str, ...]:
    """Return the addresses of all feeds that `named` leads to, each once, in order.

    Each is an http(s) address of a feed, or the path of an OPML file.

    Raises:
        UsageError: A file cannot be read, is no OPML, or names no feed.
    """
    found: list[str] = []
    for name in named:
        address = _web_address(name)
        found.extend([address] if address else read_opml(Path(name)))
    return tuple(dict.fromkeys(found))


def read_opml(path: Path) -> tuple[str, ...]:
    """Return the addresses of the feeds in an OPML file, each once, in order.

    Raises:
        UsageError: It cannot be read, is no OPML, or names no feed.
    """
    outlines = _Outlines(path)
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST_FILE + 1)
        if len(data) > LARGEST_FILE:
            raise UsageError(f"{path}: larger than {LARGEST_FILE >> 20} MB, no list of feeds")
        outlines.read(data)
    except (OSError, ValueError) as error:  # ValueError: a path with a zero character, an encoding expat cannot take
        raise UsageError(f"{path}: cannot be read: {getattr(error, 'strerror', None) or error}") from error
    except (expat.ExpatError, LookupError) as error:  # LookupError: an encoding that there is not
        raise UsageError(f"{path}: no OPML, its XML is broken: {error}") from error
    if not outlines.feeds:
        raise UsageError(f"{path}: names no feed (no outline with an xmlUrl)")
    return tuple(dict.fromkeys(outlines.feeds))


class _Outlines:
    """Takes the feeds' addresses from the outlines as they pass by, however deep they stand."""

    def __init__(self, path: Path) -> None:
        self._path, self._root = path, ""
        self.feeds: list[str] = []

    def read(self, data: bytes) -> None:
        parser = expat.ParserCreate()
        parser.StartElementHandler = self._start
        parser.EntityDeclHandler = self._refuse_entity
        parser.Parse(data, True)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._root = self._root or name
        if self._root.lower() != "opml":
            raise UsageError(f"{self._path}: no OPML, its XML is <{self._root}>")
        if name.lower() != "outline":
            return
        for key, value in attributes.items():
            if key.lower() == "xmlurl" and value.strip():
                self.feeds.append(self._checked(value.strip()))

    def _checked(self, address: str) -> str:
        found = _web_address(address)
        if not found:
            raise UsageError(f"{self._path}: names {address}, which is no http or https address")
        return found

    def _refuse_entity(self, name: str, *_: object) -> None:
        # entities can grow a few lines to gigabytes, or bring in other files; no list of feeds needs them
        raise UsageError(f"{self._path}: declares an entity ({name}), which is not read")


def _web_address(text: str) -> str | None:
    """Return the http(s) address that is meant; `feed:` before one, or in its place, is what readers' links have."""
    found = _ADDRESS.fullmatch(text)
    if not found:
        return None
    return found[1] or f"http://{found[2]}"
