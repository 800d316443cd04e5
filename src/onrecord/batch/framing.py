"""Where the parts of an archive begin and end that can be read by themselves.

A part (a *frame*) is a gzip member, a zstd frame or, of a plain file, one record. Each is read from its own stream, so
that damage ends with it: the next one is looked for by how it begins.
"""

from __future__ import annotations

import os
import re
import struct
import zlib
from typing import IO, Final, Protocol

import zstandard

from onrecord.errors import CaptureError

_CHUNK: Final = 64 * 2**10
_SEARCHED: Final = 2**20
"""Bytes looked through at a time for the next frame."""
_HEADER: Final = 32 * 2**10
"""Bytes that the header of a WARC record may have."""
LARGEST_RECORD: Final = 2 * 2**30
"""Bytes that a compressed record may unpack to before it is left: some seconds."""
_OPENING: Final = b"WARC/"
_LENGTH: Final = re.compile(rb"\r?\ncontent-length:[ \t]*(\d{1,18})[ \t]*\r?\n", re.IGNORECASE)
_LOOK: Final = 4_096
_PADDING: Final = b"\0\r\n\t "
_NOTHING: Final = "no WARC record here"
_HEADER_END: Final = re.compile(rb"\r?\n\r?\n")
_DICTIONARY: Final = 0x184D2A5D
_LARGEST_DICTIONARY: Final = 64 * 2**20


class Frame(Protocol):
    """A stream of one frame's bytes, unpacked."""

    def read(self, size: int = -1, /) -> bytes:
        """Return up to `size` bytes; empty at its end. Raises CaptureError where it is damaged."""

    def tell(self) -> int:
        """Return how many bytes were read."""

    def close(self) -> None:
        """Do nothing: the file stays open."""

    def end(self) -> int:
        """Read to its end and return the byte of the file behind it. Raises as `read`."""

    def allow(self) -> None:
        """Let it unpack to as much again as a record may."""


class Framing(Protocol):
    """How a file is made up of frames."""

    magic: bytes
    """What each frame begins with."""
    first: int
    """Byte at which the first frame begins."""

    def open(self, file: IO[bytes], start: int) -> Frame:
        """Return the frame that begins at a byte of the file."""


class Gzip:
    """One member a frame."""

    magic = b"\x1f\x8b\x08"
    first = 0

    def open(self, file: IO[bytes], start: int) -> Frame:
        """Return the member that begins at a byte of the file."""
        return _Packed(file, start, zlib.decompressobj(wbits=31))


class Zstd:
    """One zstd frame a frame, perhaps with a dictionary at the start of the file that all of them need."""

    magic = b"\x28\xb5\x2f\xfd"

    def __init__(self, file: IO[bytes]) -> None:
        self._dictionary, self.first = _dictionary(file)

    def open(self, file: IO[bytes], start: int) -> Frame:
        """Return the frame that begins at a byte of the file."""
        decompressor = zstandard.ZstdDecompressor(dict_data=self._dictionary)  # one serves one frame at a time
        return _Packed(file, start, decompressor.decompressobj())


class Plain:
    """One record a frame, as long as its header says."""

    magic = _OPENING
    first = 0

    def open(self, file: IO[bytes], start: int) -> Frame:
        """Return the record that begins at a byte of the file; raises CaptureError where its length is wrong."""
        file.seek(start)
        head = file.read(_HEADER)
        end = _HEADER_END.search(head)
        length = _LENGTH.search(head, 0, end.end()) if end else None
        if end is None or length is None:
            raise CaptureError("", "a record without a length")
        last = start + end.end() + int(length.group(1))
        size = file.seek(0, os.SEEK_END)
        if last > size:
            raise CaptureError("", "ends early: it is to be longer than its file")
        file.seek(last)
        behind = file.read(4 + len(_OPENING))
        rest = behind.lstrip(b"\r\n")
        if rest and not rest.startswith(_OPENING):
            raise CaptureError("", "its length is wrong: no record follows")
        return _Cut(file, start, last, last + len(behind) - len(rest))


def framing_of(file: IO[bytes], name: str) -> Framing:
    """Return how a file is made up, by its first bytes; where they are damaged, by its name."""
    file.seek(0)
    opening = file.read(len(_OPENING))
    if opening == _OPENING:
        return Plain()
    if opening[:4] in {Zstd.magic, struct.pack("<I", _DICTIONARY)} or name.endswith(".zst"):
        return Zstd(file)
    return Gzip() if opening.startswith(Gzip.magic) or name.endswith(".gz") else Plain()


def next_frame(file: IO[bytes], framing: Framing, start: int, end: int) -> int | None:
    """Return the first byte in [start, end) at which a frame begins that opens as a record; None where none does."""
    magic, at = framing.magic, start
    while at < end:
        file.seek(at)
        window = file.read(min(_SEARCHED, end - at) + len(magic) - 1)
        place = window.find(magic)
        while place >= 0:
            if _opens(file, framing, at + place):
                return at + place
            place = window.find(magic, place + 1)
        at += _SEARCHED
    return None


def trouble_at(file: IO[bytes], framing: Framing, at: int) -> str | None:
    """Return why no frame can be read where one should begin; None where one can, or where only padding is left."""
    file.seek(at)
    if not file.read(_LOOK).strip(_PADDING):
        return None
    try:
        return None if framing.open(file, at).read(len(_OPENING)) == _OPENING else _NOTHING
    except CaptureError as error:
        begins = framing.magic
        file.seek(at)
        return error.reason if file.read(len(begins)) == begins else _NOTHING


def _opens(file: IO[bytes], framing: Framing, at: int) -> bool:
    """Return whether what begins at a byte is a frame, and opens as a record does."""
    if isinstance(framing, Plain) and at:
        file.seek(at - 1)
        if file.read(1) != b"\n":
            return False
    try:
        return framing.open(file, at).read(len(_OPENING)) == _OPENING
    except CaptureError:
        return False


class _Packed:
    """A frame that is unpacked while it is read."""

    def __init__(
        self, file: IO[bytes], start: int, unpacker: zlib._Decompress | zstandard.ZstdDecompressionObj
    ) -> None:
        self._file, self._at, self._unpacker = file, start, unpacker
        self._waiting = b""
        self._given = 0
        self._left = LARGEST_RECORD

    def read(self, size: int = -1, /) -> bytes:
        size = _CHUNK if size < 0 else size
        while not self._waiting and not self._unpacker.eof:
            self._waiting = self._unpacked()
        given, self._waiting = self._waiting[:size], self._waiting[size:]
        self._given += len(given)
        return given

    def tell(self) -> int:
        return self._given

    def close(self) -> None:
        pass

    def end(self) -> int:
        self._waiting = b""
        while not self._unpacker.eof:
            self._unpacked()
        return self._at

    def allow(self) -> None:
        self._left = LARGEST_RECORD

    def _unpacked(self) -> bytes:
        self._file.seek(self._at)
        packed = self._file.read(_CHUNK // 4)
        if not packed:
            raise CaptureError("", "compressed data that ends early")
        self._at += len(packed)
        try:
            unpacked = self._unpacker.decompress(packed)
        except (zlib.error, zstandard.ZstdError):
            raise CaptureError("", "damaged compressed data") from None
        self._at -= len(self._unpacker.unused_data)
        self._left -= len(unpacked)
        if self._left < 0:
            raise CaptureError("", f"unpacks to more than {LARGEST_RECORD >> 30} GB")
        return unpacked


class _Cut:
    """A run of a file's bytes, and where the next one begins."""

    def __init__(self, file: IO[bytes], start: int, last: int, behind: int) -> None:
        self._file, self._start, self._last, self._behind = file, start, last, behind
        self._given = 0

    def read(self, size: int = -1, /) -> bytes:
        self._file.seek(self._start + self._given)
        left = self._last - self._start - self._given
        given = self._file.read(left if size < 0 else min(size, left))
        self._given += len(given)
        return given

    def tell(self) -> int:
        return self._given

    def close(self) -> None:
        pass

    def end(self) -> int:
        return self._behind

    def allow(self) -> None:
        pass


def _dictionary(file: IO[bytes]) -> tuple[zstandard.ZstdCompressionDict | None, int]:
    """Return the dictionary that a file begins with, itself compressed or not, and the byte behind it."""
    file.seek(0)
    head = file.read(8)
    if len(head) < 8 or struct.unpack("<I", head[:4])[0] != _DICTIONARY:
        return None, 0
    size = struct.unpack("<I", head[4:])[0]
    data = file.read(min(size, _LARGEST_DICTIONARY))
    if data.startswith(Zstd.magic):
        data = zstandard.ZstdDecompressor().decompressobj().decompress(data)
    return zstandard.ZstdCompressionDict(data), 8 + size
