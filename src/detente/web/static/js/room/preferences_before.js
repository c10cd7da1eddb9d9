// What was sealed last, opened in the browser of somebody of the same chamber and put into the form, to be changed.

import { Refused } from "../codec/refusal.js";
import { readDocument } from "../preferences/document.js";
import { openDisclosures } from "../signing/disclosure.js";
import { gettext as _ } from "../words.js";
import { chamberKeys, openedHere } from "./chamber_keys.js";
import { signedIn } from "./sign_in.js";

/** @param {import("./preferences_form.js").PreferencesForm} form */
export async function givenBefore(form) {
  const place = document.getElementById("before");
  if (place?.dataset.file === undefined) return;
  try {
    const found = readDocument(await opened(place.dataset));
    if (found === null) return;
    const same = form.fill(found);
    place.textContent = same
      ? _("It is filled in below.")
      : _("Since then other choices are open, so it counts for nothing now. What still fits is filled in below; give it anew.");
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    place.textContent = _("This browser cannot open it; the form is empty.");
  }
}

/** @returns {Promise<string>} the document */
async function opened({ log, epoch, file, digests }) {
  const [head, name, chamber] = log.split("/");
  const process = `${head}/${name}`;
  const keys = await openedHere(process, await signedIn(process, () => chamberKeys(process, chamber)));
  if (!keys.has(epoch)) return "";
  const { openContent } = await import("../sealing/key_box.js");
  const fields = await openDisclosures(digests.split(" "), await openContent(file, keys.get(epoch)), []);
  return fields.document ?? "";
}
