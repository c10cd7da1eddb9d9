// A sheet of paper that carries a whole proof, made in the browser: what it proves, in words, and the proof itself in QR
// codes. The words are made from the proof as checked here, so that the sheet shows nothing that its codes do not prove.
// The counterpart of detente.web.sheet, for what no host is to see.

import { refuse } from "../codec/refusal.js";
import { gettext as _ } from "../words.js";
import { element } from "./elements.js";
import { verifyProof } from "./one_act.js";
import { partsOf } from "./parts.js";
import { qrCode } from "./qr_code.js";
import { saidOf } from "./saying.js";

const SVG = "http://www.w3.org/2000/svg";
const MAIN = /(<main[^>]*>)[\s\S]*(<\/main>)/;
const QUIET = 4; // modules around a code

/**
 * @param {string} page a sheet that the host made, of whichever proof: its form is kept, and nothing that it says
 * @param {Uint8Array} proof
 * @returns {Promise<string>} one HTML file
 * @throws {import("../codec/refusal.js").Refused} where the proof does not hold, or is too large for a sheet; `host.failed`
 * where the host gave another page
 */
export async function sheetOf(page, proof) {
  if (!MAIN.test(page)) {
    const sentence = _("The host gave another page than a sheet to print.");
    throw refuse("host.failed", sentence, "", _("Take the proof alone."));
  }
  const main = document.createElement("main");
  const parts = await partsOf(proof);
  const codes = element("ol", "", "codes");
  codes.dir = "ltr";
  codes.append(...parts.map((part, at) => codeOf(part, at + 1, parts.length)));
  main.append(
    element("h1", _("Proof of an act"), "title"),
    saidOf(await verifyProof(proof)),
    element("h2", _("How to check it")),
    element("p", howToCheck()),
    codes,
    element("p", _("Nothing on this sheet affects the legal status of any side."), "small"),
  );
  const written = [...main.children].map((one) => new XMLSerializer().serializeToString(one)).join("\n");
  return page.replace(MAIN, (_found, start, end) => `${start}\n${written}\n${end}`);
}

function howToCheck() {
  return _(
    "Scan every code, and paste what each says, in any order, on the page /check of any host that runs detente, or into the page in one file (detente checker FILE), or write it into a file for detente verify. Compare the process id with the one that you were given: everything here rests on it.",
  );
}

/** @param {string} part @param {number} number @param {number} count */
function codeOf(part, number, count) {
  const [item, figure] = [document.createElement("li"), document.createElement("figure")];
  const caption = element("figcaption", _("Code {number} of {count}", { number, count }));
  caption.dir = "auto";
  figure.append(drawn(qrCode(part)), caption);
  item.append(figure);
  return item;
}

/** Each run of dark modules is a stroke. @param {boolean[][]} rows */
function drawn(rows) {
  const side = rows.length + 2 * QUIET;
  const runs = rows.flatMap((row, y) => {
    const line = row.map((dark) => (dark ? "1" : "0")).join("");
    return [...line.matchAll(/1+/g)].map(({ 0: run, index }) => `M${index + QUIET} ${y + QUIET}.5h${run.length}`);
  });
  const [picture, path] = ["svg", "path"].map((tag) => document.createElementNS(SVG, tag));
  picture.setAttribute("viewBox", `0 0 ${side} ${side}`);
  path.setAttribute("stroke", "#000");
  path.setAttribute("d", runs.join(""));
  picture.append(path);
  return picture;
}
