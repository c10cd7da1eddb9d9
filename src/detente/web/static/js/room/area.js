// Areas as GeoJSON (RFC 7946), and the plane on which they are drawn: degrees of longitude across, of latitude up.

/** @typedef {[number, number]} Position longitude, latitude */
/** @typedef {{ centre: Position, across: number }} View across: degrees of longitude from side to side */

export const WORLD = /** @type {View} */ ({ centre: [0, 0], across: 360 });
export const SIZE = /** @type {const} */ ([720, 360]); // of the drawing, in its own units
const NARROWEST = 0.01;

/** Where a place is drawn. @param {View} view @param {Position} place @returns {Position} */
export function drawnAt({ centre, across }, [longitude, latitude]) {
  const scale = SIZE[0] / across;
  return [SIZE[0] / 2 + (longitude - centre[0]) * scale, SIZE[1] / 2 - (latitude - centre[1]) * scale];
}

/** The place that is drawn there. @param {View} view @param {Position} at @returns {Position} */
export function placeAt({ centre, across }, [x, y]) {
  const scale = SIZE[0] / across;
  return onEarth([centre[0] + (x - SIZE[0] / 2) / scale, centre[1] - (y - SIZE[1] / 2) / scale]);
}

/** The nearest place that there is, to a ten-thousandth of a degree: some ten metres. @param {Position} place @returns {Position} */
export function onEarth([longitude, latitude]) {
  const kept = (degrees, most) => Math.round(Math.max(-most, Math.min(most, degrees)) * 1e4) / 1e4 + 0;
  return [kept(longitude, 180), kept(latitude, 90)];
}

/** @param {View} view @param {number} times closer, or, below 1, further @returns {View} */
export function closer({ centre, across }, times) {
  return { centre, across: Math.max(NARROWEST, Math.min(WORLD.across, across / times)) };
}

/** The degrees between two lines, so that some ten of them are seen. @param {number} across */
export function spacing(across) {
  return [30, 15, 10, 5, 2, 1, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.002].find((step) => across / step >= 8) ?? 0.001;
}

/** A polygon of these corners, as GeoJSON; its outer ring runs anticlockwise. @param {Position[]} corners */
export function polygonOf(corners) {
  const turned = corners.reduce((sum, [x, y], at) => {
    const [nextX, nextY] = corners[(at + 1) % corners.length];
    return sum + x * nextY - nextX * y;
  }, 0);
  const ring = turned < 0 ? [...corners].reverse() : corners;
  return JSON.stringify({ type: "Polygon", coordinates: [[...ring, ring[0]]] });
}

/** The rings of an area as it is written; none where it is the name of a place, or cannot be read.
 * @param {string} written @returns {Position[][]} */
export function ringsOf(written) {
  try {
    const { type, coordinates } = JSON.parse(written);
    const rings = type === "MultiPolygon" ? coordinates.flat() : coordinates;
    return rings.map((ring) => ring.map(([longitude, latitude]) => onEarth([longitude, latitude])));
  } catch {
    return [];
  }
}

/** The view that shows all of these rings. @param {Position[][]} rings @returns {View} */
export function viewOf(rings) {
  const places = rings.flat();
  if (places.length === 0) return WORLD;
  const [west, east] = [Math.min(...places.map(([x]) => x)), Math.max(...places.map(([x]) => x))];
  const [south, north] = [Math.min(...places.map(([, y]) => y)), Math.max(...places.map(([, y]) => y))];
  const across = Math.max(east - west, (north - south) * 2, NARROWEST) * 1.5;
  return closer({ centre: onEarth([(west + east) / 2, (south + north) / 2]), across }, 1);
}

/** “34.5, 71.25”: latitude and longitude, as people write them. @param {Position} place */
export function written([longitude, latitude]) {
  return `${latitude}, ${longitude}`;
}

/** The place that such words mean; null where they mean none. @param {string} words @returns {Position | null} */
export function readPlace(words) {
  const [latitude, longitude, ...rest] = words.split(/[,;]\s*/).map((part) => (part.trim() ? Number(part) : NaN));
  if (rest.length || !(Math.abs(latitude) <= 90) || !(Math.abs(longitude) <= 180)) return null;
  return onEarth([longitude, latitude]);
}
