// The slider of the timeline: says the act while it moves, opens it when let go. Without this script its button does.

const form = document.querySelector("form.slider");

if (form) {
  const range = form.querySelector("input[type=range]");
  const said = form.querySelector("output");
  range.addEventListener("input", () => {
    said.textContent = range.value;
  });
  let byKey = false;
  range.addEventListener("keydown", () => {
    byKey = true;
  });
  range.addEventListener("pointerdown", () => {
    byKey = false;
  });
  // Arrow keys step act by act: opening a page at each would take the focus away, so Enter opens it.
  range.addEventListener("change", () => {
    if (!byKey) form.requestSubmit();
  });
}
