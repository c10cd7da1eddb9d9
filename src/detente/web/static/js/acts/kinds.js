// Written by tests/javascript/generated.py from detente.acts.kinds; do not edit by hand.
// The fields of every kind of act, in their order.

/**
 * required, defaults: the clear fields that must be there, and those that may be left out.
 * guarded: whether the act must say in `on` which version it acts on.
 * @typedef {{ required: string[], defaults: Record<string, any>, hidden: string[],
 *   guarded: boolean }} Kind
 */

/** @type {Readonly<Record<string, Kind>>} */
export const KINDS = Object.freeze({
  convene: { required: ["label", "nonce", "procedure", "convenor", "convenor_key", "keeper", "keeper_key",
    "log_key", "sides", "open_to"], defaults: {"cosigners": [], "quorum": 0}, hidden: ["remark", "title",
    "subtitle", "notice", "zone", "convenor_title", "keeper_title", "names"], guarded: false },
  adjourn: { required: [], defaults: {}, hidden: ["remark", "reason"], guarded: false },
  resume: { required: [], defaults: {}, hidden: ["remark", "reason"], guarded: false },
  break_off: { required: [], defaults: {}, hidden: ["remark", "reason"], guarded: false },
  conclude: { required: [], defaults: {}, hidden: ["remark", "reason"], guarded: false },
  table_rules: { required: ["decision"], defaults: {"n": 0, "groups": []}, hidden: ["remark", "text"],
    guarded: false },
  adopt_rules: { required: [], defaults: {}, hidden: ["remark"], guarded: true },
  admit: { required: ["person", "role"], defaults: {"side": null, "office": ""}, hidden: ["remark", "title"],
    guarded: false },
  leave: { required: ["person"], defaults: {}, hidden: ["remark", "reason"], guarded: false },
  designate_head: { required: ["person"], defaults: {}, hidden: ["remark"], guarded: false },
  contest_representation: { required: ["side"], defaults: {}, hidden: ["remark", "reason"], guarded: false },
  decide_credentials: { required: ["side", "upheld"], defaults: {}, hidden: ["remark", "reason"], guarded:
    false },
  enrol: { required: ["person", "public", "possession"], defaults: {"replaces": null}, hidden: ["remark"],
    guarded: false },
  confirm_fingerprint: { required: ["key"], defaults: {}, hidden: ["remark"], guarded: false },
  revoke_key: { required: ["key"], defaults: {"since": null}, hidden: ["remark", "reason"], guarded: false },
  void: { required: [], defaults: {}, hidden: ["remark", "reason"], guarded: false },
  rectify: { required: ["original"], defaults: {}, hidden: ["remark", "text"], guarded: false },
  grant_mandate: { required: ["holder", "capacities", "terms"], defaults: {"instruments": [], "valid_from":
    null, "valid_until": null}, hidden: ["remark", "text"], guarded: false },
  revoke_mandate: { required: ["mandate"], defaults: {}, hidden: ["remark", "reason"], guarded: false },
  restrict_mandate: { required: ["mandate"], defaults: {"capacities": [], "instruments": []}, hidden:
    ["remark", "reason"], guarded: false },
  confirm_act: { required: ["original"], defaults: {}, hidden: ["remark"], guarded: false },
  refer: { required: ["instrument", "edition"], defaults: {"reply_by": null}, hidden: ["remark", "question"],
    guarded: false },
  instruct: { required: [], defaults: {"referral": null}, hidden: ["remark", "text"], guarded: false },
  note: { required: [], defaults: {}, hidden: ["remark", "text"], guarded: false },
  announce_referral: { required: ["instrument", "edition"], defaults: {"reply_by": null}, hidden: ["remark",
    "question"], guarded: false },
  open_session: { required: ["number", "at"], defaults: {}, hidden: ["remark", "place", "text"], guarded:
    false },
  close_session: { required: ["number", "at"], defaults: {}, hidden: ["remark", "place", "text"], guarded:
    false },
  set_agenda: { required: ["items"], defaults: {}, hidden: ["remark", "titles"], guarded: false },
  take_up: { required: ["item", "at"], defaults: {}, hidden: ["remark"], guarded: false },
  minute: { required: ["speaker", "sense", "said_at"], defaults: {"instrument": null, "edition": null},
    hidden: ["remark", "text", "language", "interpreter"], guarded: false },
  ask_to_confirm: { required: ["minute"], defaults: {}, hidden: ["remark"], guarded: false },
  confirm_minute: { required: ["minute"], defaults: {}, hidden: ["remark"], guarded: false },
  contest_minute: { required: ["minute"], defaults: {}, hidden: ["remark", "text", "language", "interpreter"],
    guarded: false },
  mark_time: { required: ["checkpoint"], defaults: {}, hidden: ["remark"], guarded: false },
  open_instrument: { required: ["instrument", "sides", "basis", "languages"], defaults: {"authentication":
    "initials", "consent": "signature", "initials_sign": false, "open_to_accession": false, "entry":
    "on_consent", "entry_date": null, "entry_delay": null}, hidden: ["remark", "title", "short_title"],
    guarded: false },
  link_instrument: { required: ["instrument", "relation", "other"], defaults: {}, hidden: ["remark"], guarded:
    false },
  table_text: { required: ["instrument", "origin"], defaults: {}, hidden: ["remark", "title", "text"],
    guarded: false },
  circulate: { required: ["instrument", "edition", "to"], defaults: {}, hidden: ["remark"], guarded: false },
  receive: { required: ["instrument", "edition"], defaults: {}, hidden: ["remark"], guarded: false },
  circulate_non_paper: { required: ["to"], defaults: {}, hidden: ["remark", "text"], guarded: false },
  propose_alternative: { required: ["instrument", "provision"], defaults: {}, hidden: ["remark", "text",
    "texts"], guarded: false },
  support_alternative: { required: ["instrument", "provision", "alternative"], defaults: {}, hidden:
    ["remark"], guarded: false },
  withdraw_alternative: { required: ["instrument", "provision", "alternative"], defaults: {}, hidden:
    ["remark"], guarded: false },
  reserve_provision: { required: ["instrument", "provision"], defaults: {"lift": false}, hidden: ["remark"],
    guarded: false },
  propose_bridge: { required: ["instrument", "provision", "expires"], defaults: {}, hidden: ["remark", "text",
    "texts"], guarded: false },
  answer_bridge: { required: ["bridge", "yes"], defaults: {}, hidden: ["remark", "reason"], guarded: false },
  open_bridge: { required: ["bridge", "answers"], defaults: {}, hidden: ["remark"], guarded: false },
  issue: { required: ["instrument", "number", "content", "provisions", "languages"], defaults: {"open": []},
    hidden: ["remark", "text", "nonce"], guarded: true },
  assent: { required: ["instrument", "terms"], defaults: {}, hidden: ["remark"], guarded: true },
  initial: { required: ["instrument", "languages"], defaults: {}, hidden: ["remark"], guarded: true },
  sign_ad_referendum: { required: ["instrument", "languages"], defaults: {}, hidden: ["remark", "place",
    "capacity"], guarded: true },
  confirm_signature: { required: ["instrument"], defaults: {}, hidden: ["remark"], guarded: true },
  sign: { required: ["instrument", "languages"], defaults: {}, hidden: ["remark", "place", "capacity"],
    guarded: true },
  sign_as_witness: { required: ["instrument", "edition"], defaults: {}, hidden: ["remark", "place",
    "capacity"], guarded: false },
  certify_paper_signature: { required: ["instrument", "edition", "person"], defaults: {}, hidden: ["remark",
    "place", "capacity"], guarded: false },
  record_approval: { required: ["instrument", "approved"], defaults: {}, hidden: ["remark", "body",
    "outcome"], guarded: false },
  consent: { required: ["instrument", "means"], defaults: {}, hidden: ["remark"], guarded: true },
  take_back: { required: ["instrument"], defaults: {}, hidden: ["remark", "reason"], guarded: false },
  declare_no_intention: { required: ["instrument"], defaults: {}, hidden: ["remark", "reason"], guarded: false
    },
  contest_validity: { required: ["instrument"], defaults: {}, hidden: ["remark", "reason"], guarded: false },
  note_entry: { required: ["instrument"], defaults: {}, hidden: ["remark"], guarded: false },
  apply_provisionally: { required: ["instrument"], defaults: {}, hidden: ["remark"], guarded: false },
  end_provisional_application: { required: ["instrument"], defaults: {}, hidden: ["remark"], guarded: false },
  register_statement: { required: ["claims"], defaults: {}, hidden: ["remark", "text", "speaker", "published",
    "source"], guarded: false },
  answer_statement: { required: ["statement"], defaults: {}, hidden: ["remark", "text", "speaker",
    "published", "source"], guarded: false },
});
