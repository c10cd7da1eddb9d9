// The list “look as” lies over the page: it closes when the focus leaves it, and by Escape, which leads back to what opened it.

const list = /** @type {HTMLDetailsElement} */ (document.querySelector("details.viewers"));

list.addEventListener("focusout", ({ relatedTarget }) => {
  if (relatedTarget !== null && !list.contains(/** @type {Node} */ (relatedTarget))) list.open = false;
});
list.addEventListener("keydown", ({ key }) => {
  if (key !== "Escape" || !list.open) return;
  list.open = false;
  list.querySelector("summary").focus();
});
