// Stands in for age-encryption's own recipients.js: of the kinds of key that it knows, X25519 is kept.
// Hybrid, tag and passphrase keys would bring 150 kB that no page needs; a file with only such keys is not for us.

export {
  decryptFileKey, encryptFileKey, generateIdentity, generateX25519Identity, identityToRecipient, X25519Identity,
  X25519Recipient,
} from "age-encryption/dist/recipients.js";

class LeftOut {
  constructor() {
    throw new Error("this kind of key is left out of this build");
  }
}

export {
  LeftOut as HybridIdentity, LeftOut as HybridRecipient, LeftOut as HybridTagRecipient,
  LeftOut as ScryptIdentity, LeftOut as ScryptRecipient, LeftOut as TagRecipient, LeftOut as generateHybridIdentity,
};
