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
    "log_key", "sides", "open_to"], defaults: {"cosigners": [], "quorum": 0, "convenor_sealing": null,
    "log_mldsa_key": null}, hidden: ["remark", "title", "subtitle", "notice", "zone", "convenor_title",
    "keeper_title", "names", "languages"], guarded: false },
  adjourn: { required: [], defaults: {}, hidden: ["remark", "reason"], guarded: false },
  resume: { required: [], defaults: {}, hidden: ["remark", "reason"], guarded: false },
  break_off: { required: [], defaults: {}, hidden: ["remark", "reason"], guarded: false },
  conclude: { required: [], defaults: {}, hidden: ["remark", "reason"], guarded: false },
  table_rules: { required: ["decision"], defaults: {"n": 0, "groups": [], "silence_adopts": false}, hidden:
    ["remark", "text"], guarded: false },
  adopt_rules: { required: [], defaults: {}, hidden: ["remark"], guarded: true },
  admit: { required: ["person", "role"], defaults: {"side": null, "office": ""}, hidden: ["remark", "title"],
    guarded: false },
  leave: { required: ["person"], defaults: {}, hidden: ["remark", "reason"], guarded: false },
  designate_head: { required: ["person"], defaults: {}, hidden: ["remark"], guarded: false },
  contest_representation: { required: ["side"], defaults: {}, hidden: ["remark", "reason"], guarded: false },
  decide_credentials: { required: ["side", "upheld"], defaults: {}, hidden: ["remark", "reason"], guarded:
    false },
  enrol: { required: ["person", "public", "possession"], defaults: {"sealing": null, "replaces": null},
    hidden: ["remark"], guarded: false },
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
  name_recovery_key: { required: ["public"], defaults: {}, hidden: ["remark"], guarded: false },
  begin_epoch: { required: ["public", "keys"], defaults: {"recovery": []}, hidden: ["remark", "box"], guarded:
    false },
  share_epochs: { required: ["epochs"], defaults: {"keys": [], "recovery": []}, hidden: ["remark", "box"],
    guarded: false },
  refer: { required: ["instrument", "edition"], defaults: {"reply_by": null}, hidden: ["remark", "sealed",
    "epoch", "question"], guarded: false },
  instruct: { required: [], defaults: {"referral": null}, hidden: ["remark", "sealed", "epoch", "text"],
    guarded: false },
  note: { required: [], defaults: {}, hidden: ["remark", "sealed", "epoch", "text"], guarded: false },
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
    "on_consent", "entry_date": null, "entry_delay": null, "reservations": "accepted_by_each"}, hidden:
    ["remark", "title", "short_title"], guarded: false },
  link_instrument: { required: ["instrument", "relation", "other"], defaults: {"status": ""}, hidden:
    ["remark"], guarded: false },
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
  answer_bridge: { required: ["bridge"], defaults: {}, hidden: ["remark", "sealed", "epoch", "yes", "reason"],
    guarded: false },
  open_bridge: { required: ["bridge", "answers"], defaults: {}, hidden: ["remark"], guarded: false },
  propose_package: { required: ["instrument", "alternatives"], defaults: {}, hidden: ["remark", "text"],
    guarded: false },
  accept_package: { required: ["instrument", "package"], defaults: {}, hidden: ["remark"], guarded: false },
  decline_package: { required: ["instrument", "package"], defaults: {}, hidden: ["remark", "reason"], guarded:
    false },
  declare_reading: { required: ["instrument", "edition", "provision"], defaults: {}, hidden: ["remark",
    "text"], guarded: false },
  issue: { required: ["instrument", "number", "content", "provisions", "languages"], defaults: {"open": []},
    hidden: ["remark", "text", "nonce"], guarded: true },
  certify_language: { required: ["instrument", "edition", "language", "status", "provisions"], defaults: {},
    hidden: ["remark", "text"], guarded: false },
  place_silence: { required: ["instrument", "until"], defaults: {}, hidden: ["remark"], guarded: true },
  extend_silence: { required: ["instrument", "until"], defaults: {}, hidden: ["remark"], guarded: false },
  break_silence: { required: ["instrument"], defaults: {}, hidden: ["remark", "reason"], guarded: false },
  assent: { required: ["instrument", "terms"], defaults: {}, hidden: ["remark"], guarded: true },
  initial: { required: ["instrument", "languages"], defaults: {}, hidden: ["remark"], guarded: true },
  sign_ad_referendum: { required: ["instrument", "languages"], defaults: {}, hidden: ["remark", "place",
    "capacity", "counterpart"], guarded: true },
  confirm_signature: { required: ["instrument"], defaults: {}, hidden: ["remark"], guarded: true },
  sign: { required: ["instrument", "languages"], defaults: {}, hidden: ["remark", "place", "capacity",
    "counterpart"], guarded: true },
  sign_as_witness: { required: ["instrument", "edition"], defaults: {}, hidden: ["remark", "place",
    "capacity", "counterpart"], guarded: false },
  certify_paper_signature: { required: ["instrument", "edition", "person"], defaults: {}, hidden: ["remark",
    "place", "capacity", "counterpart"], guarded: false },
  record_approval: { required: ["instrument", "approved"], defaults: {}, hidden: ["remark", "body",
    "outcome"], guarded: false },
  consent: { required: ["instrument", "means"], defaults: {}, hidden: ["remark"], guarded: true },
  make_reservation: { required: ["instrument"], defaults: {"provisions": []}, hidden: ["remark", "text"],
    guarded: true },
  confirm_reservation: { required: ["instrument", "reservation"], defaults: {}, hidden: ["remark"], guarded:
    false },
  withdraw_reservation: { required: ["instrument", "reservation"], defaults: {}, hidden: ["remark", "reason"],
    guarded: false },
  declare_interpretation: { required: ["instrument", "edition"], defaults: {"provisions": []}, hidden:
    ["remark", "text"], guarded: false },
  accept_reservation: { required: ["instrument", "reservation"], defaults: {}, hidden: ["remark"], guarded:
    false },
  object_to_reservation: { required: ["instrument", "reservation"], defaults: {"opposes_entry": false},
    hidden: ["remark", "reason"], guarded: false },
  comment_on_reservation: { required: ["instrument", "reservation"], defaults: {}, hidden: ["remark", "text"],
    guarded: false },
  take_back: { required: ["instrument"], defaults: {}, hidden: ["remark", "reason"], guarded: false },
  declare_no_intention: { required: ["instrument"], defaults: {}, hidden: ["remark", "reason"], guarded: false
    },
  contest_validity: { required: ["instrument"], defaults: {}, hidden: ["remark", "reason"], guarded: false },
  propose_correction: { required: ["instrument", "provisions", "objections_by"], defaults: {}, hidden:
    ["remark", "text", "reason"], guarded: true },
  object_to_correction: { required: ["correction"], defaults: {}, hidden: ["remark", "reason"], guarded: false
    },
  correct: { required: ["correction"], defaults: {}, hidden: ["remark"], guarded: false },
  note_entry: { required: ["instrument"], defaults: {}, hidden: ["remark"], guarded: false },
  apply_provisionally: { required: ["instrument"], defaults: {}, hidden: ["remark"], guarded: false },
  end_provisional_application: { required: ["instrument"], defaults: {}, hidden: ["remark"], guarded: false },
  register_statement: { required: ["claims"], defaults: {}, hidden: ["remark", "text", "speaker", "published",
    "source"], guarded: false },
  answer_statement: { required: ["statement"], defaults: {}, hidden: ["remark", "text", "speaker",
    "published", "source"], guarded: false },
  commit_position: { required: ["digest"], defaults: {}, hidden: ["remark"], guarded: false },
  reveal_position: { required: ["position", "digest"], defaults: {}, hidden: ["remark", "text", "salt"],
    guarded: false },
  erase: { required: ["originals", "writer", "ground"], defaults: {"parts": []}, hidden: ["remark", "sealed",
    "epoch", "reason"], guarded: false },
  present: { required: ["files", "keys"], defaults: {"recovery": []}, hidden: ["remark", "title", "text",
    "names", "contents"], guarded: false },
  report_incident: { required: [], defaults: {}, hidden: ["remark", "title", "text", "category", "date_from",
    "date_to", "place", "lat", "lon", "actors", "deaths", "source"], guarded: false },
  report_incidents: { required: ["file", "size", "rows"], defaults: {}, hidden: ["remark", "title", "source",
    "licence", "text"], guarded: false },
  assert_attribution: { required: ["incident", "actor"], defaults: {"row": null}, hidden: ["remark", "text"],
    guarded: false },
  report_performance: { required: ["commitment"], defaults: {}, hidden: ["remark", "text"], guarded: false },
  same_incident: { required: ["one", "another"], defaults: {"one_row": null, "another_row": null, "apart":
    false}, hidden: ["remark", "reason"], guarded: false },
});
