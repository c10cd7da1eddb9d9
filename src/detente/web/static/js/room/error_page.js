// A page that was not shown: where this browser holds a key for the process, its session may have ended. It signs in
// and looks again.

import { listKeys } from "../keys/keyring.js";
import { addressOf } from "./host.js";
import { lookAgain } from "./sign_in.js";

const here = location.pathname.split("/").slice(0, 3).join("/");
const held = await listKeys().catch(() => []);
const process = held.map((key) => key.process).find((origin) => origin !== "" && addressOf(origin) === here);
if (process !== undefined) await lookAgain(process).catch(() => false);
