// The room: signing in by itself where this browser holds a key, or with a passkey; links for people who have no key, and
// their keys.

import { gettext as _ } from "../words.js";
import { say } from "./host.js";
import { offerLink } from "./invitation.js";
import { offerEntrance } from "./passkey_entrance.js";
import { keyThatAsks, lookAgain } from "./sign_in.js";
import { watchForKeys } from "./waiting.js";

const entrance = document.getElementById("sign-in");
const process = entrance.dataset.process;

if (entrance.dataset.signedIn === "") {
  entrance.hidden = false;
  try {
    if (!(await lookAgain(process))) {
      entrance.hidden = keyThatAsks(process) !== undefined;
      entrance.textContent = _("This browser holds no key that is enrolled in this process.");
      offerEntrance(process);
    }
  } catch (error) {
    say(entrance, error);
  }
}

const invited = document.querySelectorAll("#invitations li");
for (const row of invited) offerLink(row, process, document.getElementById("invite-state"));
if (invited.length > 0) watchForKeys();
