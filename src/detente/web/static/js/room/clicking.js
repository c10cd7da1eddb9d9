// A button that asks for something which may be refused.

import { say } from "./host.js";

/**
 * Switch a button off while something is done. It loses the focus with that, or its form does: whoever works by keyboard
 * would stand nowhere.
 * @param {HTMLButtonElement} button
 * @returns {() => void} switches it on again, and gives the focus back where it was lost
 */
export function switchedOff(button) {
  const focused = (button.form ?? button).contains(document.activeElement);
  button.disabled = true;
  return () => {
    button.disabled = false;
    if (focused && document.activeElement === document.body) button.focus();
  };
}

/**
 * After something that may leave a button switched off: the focus that it lost goes on to what can be done next.
 * @param {HTMLButtonElement} button @param {HTMLElement[]} ways what can be done, the first that is there
 */
export function goOn(button, ways) {
  if (![button, document.body].includes(document.activeElement)) return;
  ways.find((way) => !way.matches(":disabled, [hidden]"))?.focus();
}

/**
 * Do `work` with every click, once at a time, and say what it refuses.
 * @param {HTMLButtonElement} button @param {HTMLElement} state where it is said @param {() => Promise<void>} work
 */
export function onClick(button, state, work) {
  button.addEventListener("click", async () => {
    const switchOn = switchedOff(button);
    state.replaceChildren();
    try {
      await work();
    } catch (error) {
      say(state, error);
    } finally {
      switchOn();
    }
  });
}
