"""Reading the QR codes of a page from its picture, as a camera would."""

from __future__ import annotations

from base64 import b64decode, b64encode

import zxingcpp
from playwright.sync_api import Page

PIXELS = """async (picture) => {
  const bytes = Uint8Array.from(atob(picture), (sign) => sign.charCodeAt(0));
  const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
  canvas.drawImage(bitmap, 0, 0);
  const { data } = canvas.getImageData(0, 0, bitmap.width, bitmap.height);
  let grey = '';
  for (let at = 1; at < data.length; at += 4) grey += String.fromCharCode(data[at]);
  return [bitmap.width, bitmap.height, btoa(grey)]; }"""


def codes_of(picture: bytes, blank: Page) -> list[str]:
    """What the codes of a PNG say. blank: a page of no site, whose browser decodes the picture."""
    width, height, grey = blank.evaluate(PIXELS, b64encode(picture).decode())
    image = memoryview(b64decode(grey)).cast("B", (height, width))
    return [code.text for code in zxingcpp.read_barcodes(image)]
