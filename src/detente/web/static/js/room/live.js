// Being told: the host says only how large the record is now; what is in it is fetched like any page.
//
// A browser keeps few connections to one host open, so only a page that is looked at listens. A page on which somebody
// has opened or written something is not taken away under their hands: it says that there is more.

import { sizeShown } from "./host.js";

const BUSY = "form :focus, details[open], output:not(:empty)";

const shown = sizeShown();
const address = `${location.pathname.split("/").slice(0, 3).join("/")}/events`;
let source = null;

function listen() {
  source?.close();
  source = null;
  if (document.visibilityState !== "visible") return;
  source = new EventSource(address);
  source.addEventListener("message", ({ data }) => {
    if (Number(data) === shown) return;
    if (document.querySelector(BUSY) === null) location.reload();
    else document.getElementById("grown").hidden = false;
  });
}

document.addEventListener("visibilitychange", listen);
addEventListener("beforeunload", () => source?.close()); // whoever follows a link is not called back
addEventListener("pageshow", ({ persisted }) => {
  if (persisted) listen();
});
listen();
