"""Take pictures of every page, light, dark and on a phone, for docs/screenshots.

    python -m tools.make_screenshots docs/screenshots

The record is the one that the browser tests look at, with the example page read and added to it. Pictures have at
most 256 colours: a third of the bytes, and no difference that can be seen.
"""

from __future__ import annotations

import base64
import struct
import sys
import tempfile
import zlib
from pathlib import Path
from typing import Any

import numpy as np
from playwright.sync_api import sync_playwright

from tests.web_site import PAGES, Tab, chromium, ordinary, running

EXAMPLE = Path(__file__).parents[1] / "examples" / "captured-page.txt"
LOOKS = {
    "light": {"theme": "light", "width": 1120, "height": 760},
    "dark": {"theme": "dark", "width": 1120, "height": 760},
    "phone": {"theme": "light", "width": 390, "height": 760},
}


def main() -> None:
    """Take the pictures; say how large they are together."""
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    made: list[Path] = []
    with tempfile.TemporaryDirectory() as place, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        with running(Path(place) / "demo.db", ordinary()) as site:
            reading = _read(Tab(browser, site))
            paths = [path for path in PAGES if path != "/no-such-page"]
            for look, settings in LOOKS.items():
                tab = Tab(browser, site, **settings)
                made += [_picture(tab, path, folder / f"{_name(path)}-{look}.png") for path in paths]
                made.append(_chosen(tab, reading, folder / f"reading-{look}.png"))
                tab.close()
        browser.close()
    print(f"{len(made)} pictures, {sum(path.stat().st_size for path in made):,} bytes")


def _read(tab: Tab) -> str:
    """Read the example and add it to the record; return the path of its reading."""
    page = tab.visit("/")
    page.fill("#text", EXAMPLE.read_text(encoding="utf-8"))
    page.get_by_role("button", name="Read", exact=True).click()
    page.wait_for_selector("a.mark", timeout=60_000)
    path = str(page.url).removeprefix(tab.site.address)
    page.get_by_role("button", name="Add to record").click()
    page.wait_for_selector("text=on record")
    tab.close()
    return path


_PIXELS = """async (data) => {
  const picture = await createImageBitmap(await (await fetch("data:image/png;base64," + data)).blob());
  const canvas = new OffscreenCanvas(picture.width, picture.height);
  const drawing = canvas.getContext("2d");
  drawing.drawImage(picture, 0, 0);
  const bytes = drawing.getImageData(0, 0, picture.width, picture.height).data;
  let text = "";
  for (let at = 0; at < bytes.length; at += 32768) text += String.fromCharCode(...bytes.subarray(at, at + 32768));
  return [picture.width, picture.height, btoa(text)];
}"""


def _save(browser: Any, picture: bytes, file: Path) -> Path:
    """Write a picture with the 256 colours that it has most of, every other one as the nearest of them."""
    page = browser.new_page()
    width, height, data = page.evaluate(_PIXELS, base64.b64encode(picture).decode())
    page.close()
    pixels = np.frombuffer(base64.b64decode(data), np.uint8).reshape(-1, 4)[:, :3]
    packed = pixels.astype(np.uint32) @ np.array([65536, 256, 1], np.uint32)
    colours, places, counts = np.unique(packed, return_inverse=True, return_counts=True)
    split = np.stack([colours >> 16, colours >> 8 & 255, colours & 255], axis=1).astype(np.int32)
    kept = split[np.argsort(-counts)[:256]]
    nearest = np.array([np.argmin(((kept - colour) ** 2).sum(axis=1)) for colour in split], np.uint8)
    rows = np.zeros((height, width + 1), np.uint8)  # the first byte of a row: no filter
    rows[:, 1:] = nearest[places].reshape(height, width)
    header = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    chunks = {b"IHDR": header, b"PLTE": kept.astype(np.uint8).tobytes(), b"IDAT": zlib.compress(rows.tobytes(), 9)}
    written = b"".join(_chunk(name, content) for name, content in (*chunks.items(), (b"IEND", b"")))
    file.write_bytes(b"\x89PNG\r\n\x1a\n" + written)
    return file


def _chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def _picture(tab: Tab, path: str, file: Path) -> Path:
    page = tab.visit(path)
    page.wait_for_load_state("networkidle")
    plot = page.locator("figure.plot")
    if plot.count():
        plot.first.scroll_into_view_if_needed()
    return _save(tab.context.browser, tab.page.screenshot(), file)


def _chosen(tab: Tab, path: str, file: Path) -> Path:
    page = tab.visit(path)
    page.locator("a.mark.commitment").first.click()
    return _save(tab.context.browser, page.screenshot(), file)


def _name(path: str) -> str:
    named = {"/": "read", "/claims/{claim}": "claim", "/threads/T1": "thread", "/threads/T3": "thread-plot"}
    return named.get(path, path.strip("/").replace("/", "-"))


if __name__ == "__main__":
    main()
