"""`onrecord mcp`: the record for assistants."""

from __future__ import annotations

from typing import Annotated

import typer

from onrecord.cli.add import RecordPlace
from onrecord.errors import UsageError


def mcp_command(
    record: RecordPlace = None,
    write: Annotated[bool, typer.Option("--write", help="Let it add pages and review claims too.")] = False,
    allow_private: Annotated[
        bool, typer.Option("--allow-private", help="Let addresses lead to private, loopback and link-local hosts.")
    ] = False,
) -> None:
    """Serve the record to an assistant by the Model Context Protocol, on standard input and output."""
    try:
        from onrecord.web.assistant import run
    except ModuleNotFoundError as error:
        raise UsageError("assistants need an extra: pip install 'onrecord[mcp]'") from error
    from onrecord.record.database import place_of_record

    run(place_of_record(record), write=write, allow_private=allow_private)
