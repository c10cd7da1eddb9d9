// A page that was not shown: where this browser holds a key for the process, its session may have ended. It signs in
// and looks again. Where it holds none, a passkey may.

import { listKeys } from "../keys/keyring.js";
import { addressOf, ask, processHere } from "./host.js";
import { offerEntrance } from "./passkey_entrance.js";
import { lookAgain } from "./sign_in.js";

const here = location.pathname.split("/").slice(0, 3).join("/");
const held = await listKeys().catch(() => []);
const process = held.map((key) => key.process).find((origin) => origin !== "" && addressOf(origin) === here);
const signedIn = () => ask(`${here}/place`).then(() => true, () => false);
if (process !== undefined && !(await signedIn()) && !(await lookAgain(process).catch(() => true))) {
  document.getElementById("held").hidden = false;
}
offerEntrance(processHere());
