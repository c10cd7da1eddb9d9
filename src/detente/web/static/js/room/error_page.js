// A page that was not shown: where this browser holds a key for the process, its session may have ended. It signs in
// and looks again, for as long as the line is bad. Where the session holds, a link from another site came without it.
// Where it holds no key, a passkey may.

import { Refused } from "../codec/refusal.js";
import { listKeys } from "../keys/keyring.js";
import { addressOf, isOpen, processHere } from "./host.js";
import { offerEntrance } from "./passkey_entrance.js";
import { isSignedIn, keyThatAsks, lookAgain, lookFromHere } from "./sign_in.js";

const SHORTEST = 1_000; // milliseconds until it is tried again; twice as long each time
const LONGEST = 30_000;

const here = location.pathname.split("/").slice(0, 3).join("/");
const held = await listKeys().catch(() => []);
const process = held.map((key) => key.process).find((origin) => origin !== "" && addressOf(origin) === here);
if (process === undefined) offerEntrance(processHere());
else await comeBack(process);

/** @param {string} process */
async function comeBack(process) {
  for (let pause = SHORTEST; ; pause = Math.min(2 * pause, LONGEST)) {
    try {
      if (await isSignedIn(process)) lookFromHere(document.querySelector(".problem").dataset.code);
      else if (!(await lookAgain(process))) {
        document.getElementById("held").hidden = keyThatAsks(process) !== undefined;
        offerEntrance(process);
      }
      return;
    } catch (error) {
      if (!(error instanceof Refused) || !isOpen(error)) throw error;
    }
    await new Promise((done) => setTimeout(done, pause));
  }
}
