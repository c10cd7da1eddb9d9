// A button that asks for something which may be refused.

import { say } from "./host.js";

/**
 * Do `work` with every click, once at a time, and say what it refuses.
 * @param {HTMLButtonElement} button @param {HTMLElement} state where it is said @param {() => Promise<void>} work
 */
export function onClick(button, state, work) {
  button.addEventListener("click", async () => {
    button.disabled = true;
    state.replaceChildren();
    try {
      await work();
    } catch (error) {
      say(state, error);
    } finally {
      button.disabled = false;
    }
  });
}
