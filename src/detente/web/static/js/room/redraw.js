// Putting a newer drawing of a page in the place of the older one, node by node.
//
// It compares what the host drew before with what it draws now, and changes only that. What a reader or a script has
// done to the page since, stays: what is unfolded, focused, typed, or written into an output.

/** An element as the host last drew it, beside the one on the page. */
export class Drawn {
  /** The node on the page for each node of the drawing. @type {Map<Node, Node>} */
  #onPage = new Map();
  /** @type {Element} */
  #drawing;

  /** @param {Element} element as the host drew it: no script has changed it yet */
  constructor(element) {
    this.#drawing = this.#copied(element);
  }

  /** Change the page to what the host draws now. @param {Element} now the same element of a newer drawing */
  redraw(now) {
    this.#redraw(this.#drawing, now);
  }

  #copied(node) {
    const copy = node.cloneNode(true);
    this.#pair(copy, node);
    return copy;
  }

  #pair(drawn, shown) {
    this.#onPage.set(drawn, shown);
    for (let at = 0; at < drawn.childNodes.length; at++) this.#pair(drawn.childNodes[at], shown.childNodes[at]);
  }

  #redraw(drawn, now) {
    if (drawn.isEqualNode(now)) return;
    if (drawn.nodeType !== Node.ELEMENT_NODE) {
      drawn.nodeValue = now.nodeValue;
      this.#onPage.get(drawn).nodeValue = now.nodeValue;
      return;
    }
    for (const { name } of [...drawn.attributes]) if (!now.hasAttribute(name)) this.#both(drawn, (one) => one.removeAttribute(name));
    for (const { name, value } of now.attributes) {
      if (drawn.getAttribute(name) !== value) this.#both(drawn, (one) => one.setAttribute(name, value));
    }
    if (this.#isAsDrawn(drawn)) this.#redrawChildren(drawn, now);
    else this.#drawChildrenAnew(drawn, now);
  }

  #both(drawn, change) {
    change(drawn);
    change(this.#onPage.get(drawn));
  }

  /** Whether the children that the host drew are still on the page. */
  #isAsDrawn(drawn) {
    const shown = this.#onPage.get(drawn);
    return [...drawn.childNodes].every((child) => this.#onPage.get(child).parentNode === shown);
  }

  #drawChildrenAnew(drawn, now) {
    for (const child of [...drawn.childNodes]) this.#forget(child);
    this.#onPage.get(drawn).replaceChildren();
    for (const child of now.childNodes) this.#insert(drawn, child, null);
  }

  #redrawChildren(drawn, now) {
    const found = partners([...drawn.childNodes], [...now.childNodes]);
    const kept = new Set(found.values());
    for (const child of [...drawn.childNodes]) if (!kept.has(child)) this.#remove(child);
    let next = null;
    for (const child of [...now.childNodes].reverse()) {
      const partner = found.get(child);
      if (partner === undefined) {
        next = this.#insert(drawn, child, next);
      } else {
        this.#redraw(partner, child);
        next = partner;
      }
    }
  }

  #insert(parent, child, next) {
    const shown = document.importNode(child, true);
    this.#onPage.get(parent).insertBefore(shown, next && this.#onPage.get(next));
    return parent.insertBefore(this.#copied(shown), next);
  }

  #remove(drawn) {
    this.#onPage.get(drawn).remove();
    this.#forget(drawn);
  }

  #forget(drawn) {
    drawn.remove();
    const walker = document.createTreeWalker(drawn);
    do this.#onPage.delete(walker.currentNode);
    while (walker.nextNode());
  }
}

/**
 * Which child of the older drawing each child of the newer one continues; in one order, so that none needs to move.
 * @param {Node[]} before
 * @param {Node[]} now
 * @returns {Map<Node, Node>}
 */
function partners(before, now) {
  const found = new Map();
  let start = 0;
  let [end, last] = [before.length, now.length];
  while (start < Math.min(end, last) && before[start].isEqualNode(now[start])) found.set(now[start], before[start++]);
  while (Math.min(end, last) > start && before[end - 1].isEqualNode(now[last - 1])) found.set(now[--last], before[--end]);
  matched(before.slice(start, end), now.slice(start, last), found);
  return found;
}

/** Elements that are equal, or carry the same name, hold the order; what lies between two of them is paired by its kind. */
function matched(before, now, found) {
  let from = 0;
  let since = 0;
  const pair = (until, upto) => paired(before.slice(from, until), now.slice(since, upto), found);
  for (const [at, child] of now.entries()) {
    if (child.nodeType !== Node.ELEMENT_NODE) continue;
    const same = before.findIndex((one, place) => place >= from && isSame(one, child));
    if (same < 0) continue;
    pair(same, at);
    found.set(child, before[same]);
    [from, since] = [same + 1, at + 1];
  }
  pair(before.length, now.length);
}

function paired(before, now, found) {
  let from = 0;
  for (const child of now) {
    const place = before.findIndex((one, at) => at >= from && one.nodeName === child.nodeName && nameOf(one) === nameOf(child));
    if (place < 0) continue;
    found.set(child, before[place]);
    from = place + 1;
  }
}

function isSame(one, other) {
  return one.isEqualNode(other) || (nameOf(one) !== "" && nameOf(one) === nameOf(other) && one.nodeName === other.nodeName);
}

/** What tells an element from its like: its id, or the words under which it unfolds. */
function nameOf(node) {
  if (node.nodeType !== Node.ELEMENT_NODE) return "";
  return node.id || (node.nodeName === "DETAILS" ? node.querySelector("summary").firstElementChild?.textContent ?? "" : "");
}
