// Reading a feed of incidents: the form is sent and its answer shown below it, so that the file stays chosen where something
// is wrong. Without this script the form is sent like any other.

import { switchedOff } from "./clicking.js";

const form = /** @type {HTMLFormElement | null} */ (document.getElementById("feed"));

if (form !== null) {
  const [button] = form.getElementsByTagName("button");
  const state = /** @type {HTMLElement} */ (form.querySelector(".state-of-signing"));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const switchOn = switchedOff(button);
    state.setAttribute("role", "status");
    state.textContent = state.dataset.reading ?? "";
    try {
      show(await answered(form));
      state.textContent = "";
    } catch {
      state.textContent = state.dataset.failed ?? "";
    } finally {
      switchOn();
    }
  });
}

/**
 * The page that the host answers with: the browser reads it as a document, and runs nothing in it.
 * @param {HTMLFormElement} form
 * @returns {Promise<Document>}
 */
function answered(form) {
  return new Promise((resolve, reject) => {
    const asking = new XMLHttpRequest();
    asking.open("POST", form.action);
    asking.setRequestHeader("accept", "text/html");
    asking.responseType = "document";
    asking.onload = () => (asking.response?.getElementById("read") ? resolve(asking.response) : reject(new Error("no page")));
    asking.onerror = () => reject(new Error("no answer"));
    asking.send(new FormData(form));
  });
}

/** @param {Document} answer */
function show(answer) {
  const [here, there] = [document.getElementById("read"), answer.getElementById("read")];
  here?.replaceChildren(...[...(there?.childNodes ?? [])].map((node) => document.importNode(node, true)));
  const first = /** @type {HTMLElement | null | undefined} */ (here?.querySelector("[role=alert], h2"));
  first?.setAttribute("tabindex", "-1");
  first?.focus();
}
