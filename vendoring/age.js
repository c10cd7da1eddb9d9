// What of age-encryption the pages use. build.js bundles it as static/vendor/age.js.
export { Decrypter, Encrypter, generateX25519Identity, identityToRecipient } from "age-encryption";
export { sha256 } from "@noble/hashes/sha2.js";
export { bech32 } from "@scure/base";
