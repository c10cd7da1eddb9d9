// The page of one's own feeds: signing in by itself where this browser holds a key, and copying an address.

import { gettext as _ } from "../words.js";
import { say } from "./host.js";
import { lookAgain } from "./sign_in.js";

const entrance = document.getElementById("sign-in");

if (entrance.dataset.signedIn === "") {
  await lookAgain(entrance.dataset.process).catch((error) => {
    entrance.hidden = false;
    say(entrance, error);
  });
}

for (const button of document.querySelectorAll("button.copy")) {
  const field = /** @type {HTMLInputElement} */ (document.getElementById(button.dataset.copies));
  field.addEventListener("focus", () => field.select());
  button.hidden = false;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(field.value);
      button.textContent = _("Copied: keep it to yourself");
    } catch {
      field.focus(); // the browser does not let a page copy: what is selected can be copied by hand
    }
  });
}
