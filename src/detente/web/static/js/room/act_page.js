// The page of an act that was signed in this browser: its receipt is kept here, and was checked when it came and again
// now. What checks it is fetched only where there is one.

import { readEach } from "../store/database.js";
import { gettext as _, ngettext } from "../words.js";
import { processHere, sayTime } from "./host.js";

const process = processHere();
const receipt = (await readEach("receipts", "process", process).catch(() => [])).find(isShown);

/** @param {import("./receipt.js").KeptReceipt} receipt */
function isShown({ log, index }) {
  const chamber = new URLSearchParams(location.search).get("log") ?? "";
  const number = Number(location.pathname.split("/")[4]);
  return log === (chamber === "" ? process : `${process}/${chamber}`) && index + 1 === number;
}

async function say() {
  const { offerReceipt } = await import("./receipt.js");
  const said = document.getElementById("recorded");
  if (said === null) return;
  sayTime(said.querySelector("time"), receipt.checked);
  offerReceipt(receipt, said);
  said.hidden = false;
  document.getElementById("checked-again").textContent = await checkedAgain();
}

async function checkedAgain() {
  const { isBroken, recheck } = await import("./receipt.js");
  try {
    const size = (await recheck(process)).get(receipt.log);
    return ngettext(
      "Checked again now: the log of {count} act still holds it, and extends all that this browser has seen of it.",
      "Checked again now: the log of {count} acts still holds it, and extends all that this browser has seen of it.",
      size,
    );
  } catch (error) {
    if (!isBroken(error)) return "";
    return _("Checked again now: the log does not bear this receipt out. See the top of the page.");
  }
}

if (receipt !== undefined) {
  document.addEventListener("redrawn", say); // the page has grown under it
  await say();
}
