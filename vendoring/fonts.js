// Copies the fonts of the PDF for signature, their licences and a manifest: `npm ci && npm run fonts [folder]`.
//
// Whole fonts, since a subset can lose how letters join. tests/interchange/documents/signature_pdf/test_fonts.py copies
// again and compares.

import { createHash } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const HERE = dirname(fileURLToPath(import.meta.url));
const FONTS = join(HERE, "../src/detente/interchange/documents/signature_pdf/fonts");
const FACES = [
  ["noto-naskh-arabic", "NotoNaskhArabic", ["400Regular"]],
  ["noto-nastaliq-urdu", "NotoNastaliqUrdu", ["400Regular"]],
  ["noto-serif", "NotoSerif", ["400Regular", "700Bold"]],
];

const folder = process.argv[2] ?? FONTS;
const files = {};
for (const [name, family, styles] of FACES) {
  const from = join(HERE, "node_modules/@expo-google-fonts", name);
  for (const style of styles) {
    files[`${family}-${style.slice(3)}.ttf`] = await readFile(join(from, style, `${family}_${style}.ttf`));
  }
  files[`${family}.LICENSE.txt`] = await readFile(join(from, "LICENSE_FONT"));
}
const sums = Object.entries(files).map(([name, bytes]) => `${createHash("sha256").update(bytes).digest("hex")}  ${name}\n`);
files.SHA256SUMS = Buffer.from(sums.join(""));
await mkdir(folder, { recursive: true });
for (const [name, bytes] of Object.entries(files)) await writeFile(join(folder, name), bytes);
