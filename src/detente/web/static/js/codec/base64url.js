// base64url without padding (RFC 4648 sec. 5), strict: one text for each byte string.

import { gettext as _ } from "../words.js";
import { fromLatin1, latin1 } from "./bytes.js";
import { refuse } from "./refusal.js";

/**
 * @param {Uint8Array} raw
 * @returns {string}
 */
export function encodeBase64url(raw) {
  return btoa(latin1(raw)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/**
 * Decode, then encode again and compare: a newline, padding or a non-zero tail is refused.
 * @param {string} text
 * @returns {Uint8Array}
 * @throws {Refused} `base64.not_canonical`
 */
export function decodeBase64url(text) {
  const raw = loosely(text);
  if (raw === null || encodeBase64url(raw) !== text) {
    throw refuse(
      "base64.not_canonical",
      _("The text is not base64url in its one canonical form."),
      "RFC 4648 sec. 3.5 and 5",
      _("Encode the bytes again, without padding, spaces or line ends."),
    );
  }
  return raw;
}

/** @param {string} text */
function loosely(text) {
  try {
    return fromLatin1(atob(text.replaceAll("-", "+").replaceAll("_", "/")));
  } catch {
    return null;
  }
}
