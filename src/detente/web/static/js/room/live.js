// Being told: the host says only how large the record is now; what is in it is fetched like any page.

import { addressOf } from "./host.js";

/** Load the page again when the record has grown, unless somebody is writing on it. @param {string} process */
export function follow(process) {
  const source = new EventSource(`${addressOf(process)}/events`);
  let shown = null;
  source.addEventListener("message", ({ data }) => {
    shown ??= data;
    if (data !== shown && document.querySelector("form :focus") === null) location.reload();
  });
}
