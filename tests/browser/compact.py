"""Makes pictures of pages small: few colours, which the browser chooses, in a PNG with a palette."""

import struct
import zlib
from base64 import b64decode, b64encode

from playwright.async_api import Page

_COLOURS = 96
_REDUCE = """
async ([png, colours]) => {
  const picture = await createImageBitmap(await (await fetch("data:image/png;base64," + png)).blob());
  const drawing = new OffscreenCanvas(picture.width, picture.height).getContext("2d");
  drawing.drawImage(picture, 0, 0);
  const pixels = new Uint32Array(drawing.getImageData(0, 0, picture.width, picture.height).data.buffer);
  const counts = new Map();
  for (const pixel of pixels) counts.set(pixel, (counts.get(pixel) ?? 0) + 1);
  const common = [...counts].sort((one, other) => other[1] - one[1]).slice(0, colours).map(([pixel]) => pixel);
  const parts = (pixel) => [pixel & 255, (pixel >> 8) & 255, (pixel >> 16) & 255];
  const palette = common.map(parts);
  const nearest = new Map(common.map((pixel, index) => [pixel, index]));
  const distance = (one, other) => one.reduce((sum, part, at) => sum + (part - other[at]) ** 2, 0);
  const indexOf = (pixel) => {
    if (!nearest.has(pixel)) {
      const away = palette.map((colour) => distance(colour, parts(pixel)));
      nearest.set(pixel, away.indexOf(Math.min(...away)));
    }
    return nearest.get(pixel);
  };
  const reader = new FileReader();
  reader.readAsDataURL(new Blob([Uint8Array.from(pixels, indexOf)]));
  await new Promise((done) => (reader.onload = done));
  return [picture.width, picture.height, palette.flat(), reader.result.split(",")[1]];
}
"""


async def compact(page: Page, png: bytes) -> bytes:
    """The same picture with at most 96 colours; `page` is an empty page whose browser reads the picture."""
    width, height, palette, encoded = await page.evaluate(_REDUCE, [b64encode(png).decode(), _COLOURS])
    indices = b64decode(encoded)
    rows = b"".join(b"\0" + indices[start : start + width] for start in range(0, width * height, width))
    header = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"PLTE", bytes(palette)), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, content) for name, content in chunks)


def _chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
