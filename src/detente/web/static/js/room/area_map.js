// Drawing an area, by pointer or by keyboard, without a network: a graticule, and nothing else. No border and no coast is
// drawn, since every map of them takes a side.

import { gettext as _ } from "../words.js";
import { closer, drawnAt, onEarth, placeAt, polygonOf, readPlace, ringsOf, SIZE, spacing, viewOf, WORLD, written } from "./area.js";

const SVG = "http://www.w3.org/2000/svg";
const STEP = 1 / 48; // of what is seen, by each press of an arrow

const field = /** @type {HTMLTextAreaElement | null} */ (document.getElementById("field-area"));
const room = document.getElementById("area-map");
if (field !== null && room !== null) drawOn(room, field);

/** @param {HTMLElement} room @param {HTMLTextAreaElement} field */
function drawOn(room, field) {
  let rings = ringsOf(field.value);
  let view = viewOf(rings);
  let cross = view.centre; // the place that the keyboard is at
  let corners = /** @type {import("./area.js").Position[]} */ ([]);
  let held = /** @type {[number, number, import("./area.js").Position] | null} */ (null);

  const map = element("svg", { viewBox: `0 0 ${SIZE[0]} ${SIZE[1]}`, tabindex: 0, role: "application", class: "area-map" });
  map.setAttribute("aria-label", _("Map: arrows move, plus and minus come closer and go back, Enter sets a corner, Backspace takes one back"));
  const said = document.createElement("p");
  said.setAttribute("role", "status");
  said.className = "small quiet";

  const draw = () => {
    map.replaceChildren(...graticule(view), ...rings.map((ring) => shape("area-closed", [...ring])));
    if (corners.length) map.append(shape("area-open", [...corners, cross]), ...corners.map((corner) => dot(drawnAt(view, corner))));
    const [x, y] = drawnAt(view, cross);
    map.append(element("path", { class: "area-cross", d: `M${x - 9} ${y}h18M${x} ${y - 9}v18` }));
    close.disabled = corners.length < 3;
    back.disabled = corners.length === 0;
    said.textContent = _("At {place}. Corners set: {count}.", { place: written(cross), count: corners.length });
  };
  const shape = (kind, ring) => element("path", { class: kind, d: `M${ring.map((place) => drawnAt(view, place).join(" ")).join("L")}${kind === "area-closed" ? "Z" : ""}` });
  const setCorner = () => {
    corners = [...corners, cross];
    draw();
  };
  const takeBack = () => {
    corners = corners.slice(0, -1);
    draw();
  };
  const closeArea = () => {
    if (corners.length < 3) return;
    field.value = polygonOf(corners);
    field.dispatchEvent(new Event("input", { bubbles: true }));
    [rings, corners] = [ringsOf(field.value), []];
    draw();
  };
  const zoom = (times) => {
    view = closer({ ...view, centre: times > 1 ? cross : view.centre }, times);
    draw();
  };
  const move = (right, up) => {
    cross = onEarth([cross[0] + right * view.across * STEP, cross[1] + up * view.across * STEP]);
    const [x, y] = drawnAt(view, cross);
    if (x < 0 || y < 0 || x > SIZE[0] || y > SIZE[1]) view = { ...view, centre: cross };
    draw();
  };

  const keys = {
    ArrowLeft: () => move(-1, 0), ArrowRight: () => move(1, 0), ArrowUp: () => move(0, 1), ArrowDown: () => move(0, -1),
    Enter: setCorner, " ": setCorner, Backspace: takeBack, "+": () => zoom(2), "=": () => zoom(2), "-": () => zoom(0.5),
  };
  map.addEventListener("keydown", (event) => {
    const does = event.ctrlKey || event.metaKey || event.altKey ? undefined : keys[event.key];
    if (does === undefined) return;
    event.preventDefault();
    does();
  });
  map.addEventListener("pointerdown", (event) => {
    held = [event.clientX, event.clientY, view.centre];
    map.setPointerCapture(event.pointerId);
  });
  map.addEventListener("pointermove", (event) => {
    if (held === null || !moved(held, event)) return;
    const degrees = view.across / map.getBoundingClientRect().width;
    view = { ...view, centre: onEarth([held[2][0] - (event.clientX - held[0]) * degrees, held[2][1] + (event.clientY - held[1]) * degrees]) };
    draw();
  });
  map.addEventListener("pointerup", (event) => {
    const pressed = held !== null && !moved(held, event);
    held = null;
    if (!pressed) return;
    const box = map.getBoundingClientRect();
    const scale = SIZE[0] / box.width;
    cross = placeAt(view, [(event.clientX - box.left) * scale, (event.clientY - box.top) * scale]);
    setCorner();
  });
  field.addEventListener("change", () => {
    rings = ringsOf(field.value);
    if (rings.length) view = viewOf(rings);
    draw();
  });

  const close = button(_("Close the area"), closeArea);
  const back = button(_("Take back a corner"), takeBack);
  const whole = button(_("The whole world"), () => {
    view = WORLD;
    draw();
  });
  const tools = document.createElement("div");
  tools.className = "area-tools";
  tools.append(button(_("Set a corner here"), setCorner), close, back, button(_("Closer"), () => zoom(2)), button(_("Further"), () => zoom(0.5)), whole, goTo((place) => {
    [cross, view] = [place, { centre: place, across: Math.min(view.across, 4) }];
    draw();
  }));
  room.append(map, said, tools);
  room.hidden = false;
  draw();
}

/** A field for a place in degrees. @param {(place: import("./area.js").Position) => void} arrive */
function goTo(arrive) {
  const label = document.createElement("label");
  const input = document.createElement("input");
  label.append(_("Go to latitude, longitude"), " ", input);
  input.placeholder = "34.5, 71.2";
  input.dir = "ltr";
  const go = () => {
    const place = readPlace(input.value);
    input.setCustomValidity(place === null && input.value ? _("Write it in degrees: 34.5, 71.2") : "");
    if (input.reportValidity() && place !== null) arrive(place);
  };
  input.addEventListener("change", go);
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault(); // it is not the form that is sent
    go();
  });
  return label;
}

/** Whether the pointer has gone so far that it drags the map. */
function moved([x, y], event) {
  return Math.hypot(event.clientX - x, event.clientY - y) > 4;
}

/** Lines of equal longitude and latitude, with their degrees at the edge. @param {import("./area.js").View} view */
function graticule(view) {
  const step = spacing(view.across);
  const [[west, north], [east, south]] = [placeAt(view, [0, 0]), placeAt(view, [...SIZE])];
  const lines = [];
  const degrees = (at) => String(Math.round(at * 1e4) / 1e4);
  for (let at = Math.ceil(west / step) * step; at <= east + 1e-9; at += step) {
    const [x] = drawnAt(view, [at, 0]);
    const [[, top], [, bottom]] = [drawnAt(view, [at, north]), drawnAt(view, [at, south])];
    lines.push(element("path", { class: "area-line", d: `M${x} ${top}V${bottom}` }), text(x + 3, SIZE[1] - 5, degrees(at)));
  }
  for (let at = Math.ceil(south / step) * step; at <= north + 1e-9; at += step) {
    const [, y] = drawnAt(view, [0, at]);
    const [[left], [right]] = [drawnAt(view, [west, at]), drawnAt(view, [east, at])];
    lines.push(element("path", { class: "area-line", d: `M${left} ${y}H${right}` }));
    if (y > 24 && y < SIZE[1] - 24) lines.push(text(4, y - 4, degrees(at))); // clear of the other row
  }
  return lines;
}

function text(x, y, words) {
  const found = element("text", { x, y });
  found.textContent = words;
  return found;
}

function dot([cx, cy]) {
  return element("circle", { class: "area-corner", cx, cy, r: 4 });
}

/** @param {string} name @param {Record<string, string | number>} attributes @returns {SVGElement} */
function element(name, attributes) {
  const found = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) found.setAttribute(key, String(value));
  return /** @type {SVGElement} */ (found);
}

function button(words, does) {
  const found = document.createElement("button");
  found.type = "button";
  found.textContent = words;
  found.addEventListener("click", does);
  return found;
}
