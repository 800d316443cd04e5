"""Files that are there whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from onrecord.errors import OnrecordError, UsageError


def refuse_to_overwrite(paths: Sequence[Path], *, force: bool) -> None:
    """Raise where a file cannot be put.

    Raises:
        UsageError: One of `paths` exists and `force` is not set, is a folder, or is to lie where there is no folder.
    """
    for path in paths:
        if path.is_dir():
            raise UsageError(f"{path}: a folder, not a file")
        if not path.absolute().parent.is_dir():
            raise UsageError(f"{path}: its folder does not exist")
        if path.exists() and not force:
            raise UsageError(f"{path}: there is such a file already; --force writes over it")


@contextmanager
def written(*paths: Path) -> Iterator[tuple[Path, ...]]:
    """Yield a temporary name for each of `paths`, all in one folder; they get their own names when all is written.

    After an error nothing is left behind, and what stood there before still stands.

    Raises:
        OnrecordError: They cannot be written.
    """
    first = paths[0]
    try:
        with ExitStack() as stack:
            scratch = Path(stack.enter_context(tempfile.TemporaryDirectory(dir=first.absolute().parent)))
            temporary = tuple(scratch / path.name for path in paths)
            yield temporary
            for one, path in zip(temporary, paths, strict=True):
                _flush(one)
                one.replace(path)
    except OSError as error:
        raise OnrecordError(f"{first}: cannot be written: {error.strerror or error}; nothing was changed") from error


def _flush(path: Path) -> None:
    """Bring a file to the disk, so that it is whole where its name is."""
    with path.open("rb") as file:
        os.fsync(file.fileno())
