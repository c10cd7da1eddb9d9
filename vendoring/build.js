// Writes the vendored modules, their licences and a manifest: `npm ci && npm run build [folder]`.
//
// Not minified, so that whoever wants to can read what runs. Versions are pinned in package-lock.json by SHA-512;
// tests/sealing/test_vendored.py builds again and compares.

import { createHash } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const HERE = dirname(fileURLToPath(import.meta.url));
const VENDOR = join(HERE, "../src/detente/web/static/vendor");
const LEFT_OUT = /^@noble\/(post-quantum\/hybrid|curves\/nist|curves\/ed25519|hashes\/scrypt)\.js$/;

/** Puts the two stand-ins beside this file in the place of what they stand for. */
const standIns = {
  name: "stand-ins",
  setup({ onResolve }) {
    onResolve({ filter: LEFT_OUT }, () => ({ path: join(HERE, "left_out.js") }));
    onResolve({ filter: /^\.\/recipients\.js$/ }, () => ({ path: join(HERE, "recipients.js") }));
    const own = join(HERE, "node_modules/age-encryption/dist/recipients.js");
    onResolve({ filter: /^age-encryption\/dist\/recipients\.js$/ }, () => ({ path: own }));
  },
};

/** The packages whose code went into the bundle, in the order of their names. */
function packagesIn(metafile) {
  const found = Object.keys(metafile.inputs).map((path) => /^node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1]);
  return [...new Set(found.filter(Boolean))].sort();
}

async function licence(name) {
  const { version, license } = JSON.parse(await readFile(join(HERE, "node_modules", name, "package.json"), "utf-8"));
  const text = await readFile(join(HERE, "node_modules", name, "LICENSE"), "utf-8");
  return `${name} ${version} (${license})\n\n${text.trim()}\n`;
}

async function bundled() {
  const { outputFiles, metafile } = await build({
    absWorkingDir: HERE,
    entryPoints: ["age.js"],
    bundle: true,
    charset: "utf8",
    format: "esm",
    legalComments: "inline",
    metafile: true,
    plugins: [standIns],
    target: "es2022",
    write: false,
  });
  const licences = await Promise.all(packagesIn(metafile).map(licence));
  return { "age.js": outputFiles[0].contents, "age.LICENSES.txt": Buffer.from(licences.join(`\n${"-".repeat(78)}\n\n`)) };
}

const folder = process.argv[2] ?? VENDOR;
const files = await bundled();
const sums = Object.entries(files).map(([name, bytes]) => `${createHash("sha256").update(bytes).digest("hex")}  ${name}\n`);
files.SHA256SUMS = Buffer.from(sums.join(""));
await mkdir(folder, { recursive: true });
for (const [name, bytes] of Object.entries(files)) await writeFile(join(folder, name), bytes);
