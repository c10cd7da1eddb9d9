// While a page of a process is open in a browser that is a cosigner of its record: each new checkpoint is checked, signed
// and handed in. The page is told of growth while it is looked at; behind other pages it looks by itself now and then.

import { processOrigin } from "../acts/convening.js";
import { Refused, refuse } from "../codec/refusal.js";
import { noteWitness, witnessNext, witnessOf } from "../record/witness.js";
import { oneAtATime } from "../store/database.js";
import { gettext as _ } from "../words.js";
import { logVerifier } from "./authoring.js";
import { tellHost } from "./contradiction.js";
import { addressOf, ask, askBytes, now } from "./host.js";
import { isBroken, proofBetween, takeIn } from "./receipt.js";
import { signedIn } from "./sign_in.js";

const EACH = 60_000; // milliseconds

/**
 * @param {string} process
 * @param {HTMLElement} alarm to be shown where the record has another history than the one witnessed here
 */
export async function witnessWhileOpen(process, alarm) {
  const look = async () => {
    try {
      await signedIn(process, () => witnessNow(process));
    } catch (error) {
      if (isBroken(error)) sound(alarm, process, error);
    }
    document.dispatchEvent(new Event("witnessed"));
  };
  document.addEventListener("grown", look);
  setInterval(look, EACH);
  await look();
}

/** @param {HTMLElement} alarm @param {string} process @param {Refused} error */
function sound(alarm, process, { refusals: [{ sentence, instead }] }) {
  alarm.querySelector("span").textContent = `${sentence} ${instead}`;
  alarm.querySelector("a").href = `${addressOf(process)}/outbox`;
  alarm.hidden = false;
}

/**
 * Sign the record as it is now, if the record names this browser.
 * @param {string} process
 * @throws {Refused} `host.*`, `log.*`, or as `witnessNext`
 */
export async function witnessNow(process) {
  const held = await witnessOf(process);
  if (held === undefined || held.ended) return;
  const address = `${addressOf(process)}/log`;
  if (!held.named) {
    const { cosigners } = await ask(`${address}/cosigners`);
    if (!cosigners.some(({ key }) => key === held.cosigner)) return;
    await noteWitness(process, { named: true });
  }
  const log = await logOf(process, address);
  try {
    await witnessNext(process, log, served(address, log), now).catch(tellHost(process, held.note ?? undefined));
  } catch (error) {
    if (!(error instanceof Refused) || error.refusals[0].code !== "cosigning.unknown") throw error;
    await noteWitness(process, { ended: true }); // the record has dropped it
  }
}

/** The log whose key the process id fixes: it is not taken on the host's word. */
async function logOf(process, address) {
  const { label, log_key: log, convenor_key: convenor, nonce } = await ask(`${address}/origin`);
  if ((await processOrigin(label, log, convenor, nonce)) !== process) {
    const sentence = _("The log's key is not the one that the process id stands for.");
    throw refuse("witness.log_key", sentence, "C2SP tlog-checkpoint", _("Compare the id with the one you were given."));
  }
  return logVerifier(process, log);
}

/** @param {string} address @returns {import("../record/witness.js").Served} */
function served(address, log) {
  const process = log.key.name;
  return {
    checkpoint: async () => {
      const note = await askBytes(`${address}/checkpoint`);
      await oneAtATime(`place ${process}`, () => takeIn(address, log, note));
      return note;
    },
    proof: (from, to) => proofBetween(address, from, to),
    take: async (note) => {
      const headers = { "content-type": "text/plain" };
      await askBytes(`${address}/cosignatures`, { method: "POST", body: note, headers });
    },
  };
}
