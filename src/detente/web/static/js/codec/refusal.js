// A refusal is a value: what was refused, under which clause, and what is possible instead.
// The same as detente.codec.refusal, with the same codes: a person reads one wording wherever they are refused. Here it
// is made in the language of the page.

/**
 * @typedef {object} Refusal
 * @property {string} code `<stage or institution>.<fault>`, stable, for programs
 * @property {string} sentence one plain sentence for people, in the language of the page, ending in a full stop
 * @property {string} clause the source of the rule; empty where it is our own
 * @property {string} instead what is possible instead; empty only where nothing is
 */

/** Thrown by codecs and doors. `refusals` holds at least one refusal. */
export class Refused extends Error {
  /** @param {...Refusal} refusals */
  constructor(...refusals) {
    super(refusals.map((one) => `${one.code}: ${one.sentence}`).join("; "));
    this.name = "Refused";
    this.refusals = refusals;
  }
}

/**
 * The exception for a single refusal: `throw refuse("note.size", ...)`.
 * @param {string} code
 * @param {string} sentence
 * @param {string} [clause]
 * @param {string} [instead]
 * @returns {Refused}
 */
export function refuse(code, sentence, clause = "", instead = "") {
  return new Refused({ code, sentence, clause, instead });
}

/**
 * What `work` returns, or `otherwise` where it refuses. Any other error goes on: it is a fault of the program.
 * @template T
 * @param {() => T} work
 * @param {T} otherwise
 * @returns {T}
 */
export function unlessRefused(work, otherwise) {
  try {
    return work();
  } catch (error) {
    if (error instanceof Refused) return otherwise;
    throw error;
  }
}
