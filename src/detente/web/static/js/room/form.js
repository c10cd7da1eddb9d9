// A form that loses nothing: it is sent only where the host can be reached and the session holds.

import { gettext as _ } from "../words.js";
import { addressOf, ask, say } from "./host.js";
import { keepFields, putBack } from "./kept_fields.js";
import { signedIn } from "./sign_in.js";
import { unfoldWhatCounts } from "./unfolding.js";

/** @param {HTMLFormElement} form */
export function keepForm(form) {
  const process = form.dataset.process;
  putBack(form);
  unfoldWhatCounts(form);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const { submitter } = event;
    if (!submitter?.hasAttribute("formnovalidate") && !chosen(form)) return;
    try {
      await signedIn(process, () => ask(`${addressOf(process)}/place`));
      keepFields(form);
      if (submitter?.hasAttribute("formaction")) {
        // A field may be called “action” too, and would stand in the property's place.
        form.setAttribute("action", submitter.getAttribute("formaction") + location.hash);
        form.enctype = submitter.getAttribute("formenctype");
      }
      form.submit();
    } catch (error) {
      say(form.querySelector("[role=status], [role=alert]"), error);
    }
  });
}

/** Whether every group that needs a choice has one; the browser itself asks this only of single fields. */
function chosen(form) {
  for (const group of form.querySelectorAll("[role=group][data-required]")) {
    const [first] = group.querySelectorAll("input");
    first.setCustomValidity(group.querySelector(":checked") === null ? _("Choose at least one.") : "");
    group.addEventListener("change", () => first.setCustomValidity(""), { once: true });
    if (!first.reportValidity()) return false;
  }
  return true;
}
