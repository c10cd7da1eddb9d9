// A page that was not shown: where this browser holds a key for the process, its session may have ended. It signs in
// and looks again, for as long as the line is bad. Where it holds none, a passkey may.

import { Refused } from "../codec/refusal.js";
import { listKeys } from "../keys/keyring.js";
import { addressOf, isOpen, processHere } from "./host.js";
import { offerEntrance } from "./passkey_entrance.js";
import { isSignedIn, lookAgain } from "./sign_in.js";

const SHORTEST = 1_000; // milliseconds until it is tried again; twice as long each time
const LONGEST = 30_000;

const here = location.pathname.split("/").slice(0, 3).join("/");
const held = await listKeys().catch(() => []);
const process = held.map((key) => key.process).find((origin) => origin !== "" && addressOf(origin) === here);
offerEntrance(processHere());
if (process !== undefined) await comeBack(process);

/** @param {string} process */
async function comeBack(process) {
  for (let pause = SHORTEST; ; pause = Math.min(2 * pause, LONGEST)) {
    try {
      if (!(await isSignedIn(process)) && !(await lookAgain(process))) document.getElementById("held").hidden = false;
      return;
    } catch (error) {
      if (!(error instanceof Refused) || !isOpen(error)) throw error;
    }
    await new Promise((done) => setTimeout(done, pause));
  }
}
