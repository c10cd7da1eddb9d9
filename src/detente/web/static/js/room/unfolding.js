// What is folded in a form comes out by itself where it counts: a field that somebody, or the browser itself, has filled,
// and one that keeps the form from being sent, which no browser can point to while it is folded.

/** @param {HTMLFormElement} form */
export function unfoldWhatCounts(form) {
  unfoldWhatIsFilled(form);
  addEventListener("pageshow", () => unfoldWhatIsFilled(form)); // some browsers put back what was typed only by now
  form.addEventListener("input", ({ target }) => unfold(target));
  form.addEventListener("invalid", ({ target }) => unfold(target), true); // it does not bubble
}

/** Within the form alone: where the form itself is folded away, it stays so. @param {HTMLFormElement} form */
function unfoldWhatIsFilled(form) {
  for (const fold of form.querySelectorAll("details")) {
    if ([...fold.querySelectorAll("input, select, textarea")].some(isFilled)) fold.open = true;
  }
}

/** A choice that the form itself makes says nothing. @param {HTMLInputElement} control */
function isFilled({ type, checked, value }) {
  if (type === "radio" || type === "hidden") return false;
  return type === "checkbox" ? checked : value.trim() !== "";
}

/** @param {Element} control */
function unfold(control) {
  for (let fold = control.closest("details"); fold !== null; fold = fold.parentElement.closest("details")) fold.open = true;
}
