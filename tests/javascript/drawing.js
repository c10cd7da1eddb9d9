// A QR code, as a row of text for each of its rows.

import { qrCode } from "/static/js/proofs/qr_code.js";

export function rows(text) {
  return qrCode(text).map((row) => row.map((dark) => (dark ? "1" : "0")).join(""));
}
