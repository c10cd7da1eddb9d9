"""The shapes of what is answered and sent over HTTP beside acts, as JSON Schema for the OpenAPI document."""

from __future__ import annotations

ERROR = {
    "type": "object",
    "required": ["errors"],
    "properties": {
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["code", "sentence", "clause", "instead"],
                "properties": {
                    "code": {"type": "string", "description": "stable, for programs"},
                    "sentence": {"type": "string", "description": "for people"},
                    "clause": {"type": "string", "description": "the rule's source, or empty"},
                    "instead": {"type": "string", "description": "what is possible instead, or empty"},
                },
            },
        }
    },
}
HEALTH = {
    "type": "object", "required": ["status"],
    "properties": {"status": {"type": "string", "description": "alive, or ready"}},
}  # fmt: skip
RECEIPT = {
    "type": "object",
    "required": ["log", "index", "leaf", "proof"],
    "properties": {
        "log": {"type": "string"},
        "index": {"type": "integer", "description": "from 0"},
        "leaf": {"type": "string", "description": "SHA-256 leaf hash, base64url"},
        "proof": {"type": "string", "description": "C2SP tlog-proof"},
    },
}

MISSING = {
    "type": "object",
    "required": ["whose", "act", "why"],
    "properties": {
        "whose": {"type": "string", "description": "a side's letter, M for the mediators, or a person's id"},
        "act": {"type": "string", "description": "a kind of act"},
        "why": {"type": "string"},
    },
}
OWED = {
    "type": "object",
    "required": ["whose", "act", "subject", "by", "silence"],
    "properties": {
        "whose": {"type": "string", "description": "a side's letter, M for the mediators, or a person's id"},
        "act": {"type": "string", "description": "a kind of act"},
        "subject": {"type": "string", "description": "an instrument, a provision or the leaf of an act"},
        "by": {"type": ["string", "null"], "description": "an instant, where there is a time limit"},
        "silence": {"type": "string", "description": "what it would mean"},
    },
}
BESIDE = {
    "type": "object",
    "required": ["instrument", "words", "brackets"],
    "properties": {
        "instrument": {"type": "string"},
        "words": {"type": "array", "items": {"type": "string"},
                  "description": "what is no step: spoken words, steps taken back or beyond a mandate, silence, flags"},
        "brackets": {"type": "array", "items": {"type": "string"}, "description": "the first that are open"},
    },
}  # fmt: skip
STATUS = {
    "type": "object",
    "required": ["process", "size", "instruments", "phase", "stands", "notice", "turn", "beside", "breaches"],
    "properties": {
        "process": {"type": "string", "description": "26 characters of its id"},
        "size": {"type": "integer", "description": "acts looked at"},
        "instruments": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["id", "title", "edition", "adopted", "authentic", "binding", "in_force", "ladder",
                             "missing"],
                "properties": {
                    "id": {"type": "string"},
                    "title": {"type": "string"},
                    "edition": {"type": ["integer", "null"], "description": "null before the first"},
                    "adopted": {"type": "boolean"},
                    "authentic": {"type": "boolean"},
                    "binding": {"type": "boolean"},
                    "in_force": {"type": "boolean"},
                    "ladder": {"type": "object", "additionalProperties": {"type": "string"},
                               "description": "each side's step: . A I R S B F W N E"},
                    "missing": {"type": "array", "items": MISSING, "description": "in order"},
                },
            },
        },
        "phase": {"type": "string", "description": "unopened, between sessions, in session, adjourned, broken off, "
                                                   "concluded"},
        "stands": {"type": "string", "description": "the same in words, and a breaking off that is claimed"},
        "notice": {"type": "string", "description": "what the record says that it is not, or empty"},
        "turn": {
            "type": "object",
            "required": ["words", "owed"],
            "properties": {
                "words": {"type": "array", "items": {"type": "string"}},
                "owed": {"type": "array", "items": OWED, "description": "the most specific question first"},
            },
        },
        "beside": {"type": "array", "items": BESIDE, "description": "of each instrument, in their order"},
        "breaches": {"type": "array", "items": {"type": "string"},
                     "description": "notices of breach to which others can still object"},
    },
}  # fmt: skip
COSIGNERS = {
    "type": "object",
    "required": ["size", "quorum", "cosigners", "missing"],
    "properties": {
        "size": {"type": "integer", "description": "acts in the log"},
        "quorum": {"type": "integer", "description": "how many cosigners the process asks for"},
        "cosigners": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["name", "key", "size", "time", "behind", "marks_time"],
                "properties": {
                    "name": {"type": "string"},
                    "key": {"type": "string", "description": "C2SP verifier key"},
                    "size": {"type": "integer", "description": "of the last checkpoint it signed; 0: none"},
                    "time": {"type": "integer", "description": "when it signed that, Unix seconds; 0: never"},
                    "behind": {"type": "integer", "description": "acts since"},
                    "marks_time": {"type": "boolean", "description": "named at convening, so that its time counts"},
                },
            },
        },
        "missing": {"type": "string", "description": "in words, who has to sign the last act; empty: enough have"},
    },
}  # fmt: skip
KEYS = {
    "type": "object",
    "required": ["log_key", "keeper_key", "log_mldsa_key"],
    "properties": {
        "log_key": {"type": "string", "description": "base64url"},
        "keeper_key": {"type": "string", "description": "base64url"},
        "log_mldsa_key": {"type": "string", "description": "base64url; may be left out of the convening act"},
    },
}
ORIGIN = {
    "type": "object",
    "required": ["label", "log_key", "convenor_key", "nonce"],
    "properties": {
        "label": {"type": "string"},
        "log_key": {"type": "string", "description": "base64url"},
        "convenor_key": {"type": "string", "description": "base64url"},
        "nonce": {"type": "string", "description": "base64url"},
    },
}
PERSON = {"type": "string", "description": "whose key it is"}
PLACE = {
    "type": "object",
    "required": ["log", "chain", "checkpoint", "from", "consistency", "logKey", "keys"],
    "properties": {
        "log": {"type": "string", "description": "origin of the log that is asked about"},
        "chain": {
            "type": ["object", "null"],
            "description": "the last act of the key in that log; null before its first",
            "required": ["seq", "leaf"],
            "properties": {"seq": {"type": "integer"}, "leaf": {"type": "string"}},
        },
        "checkpoint": {"type": "string", "description": "C2SP signed note of the main log"},
        "from": {"type": "integer", "description": "size that the proof begins at; 0 for no proof"},
        "consistency": {"type": "array", "items": {"type": "string"}, "description": "hashes, base64url"},
        "logKey": {"type": "string", "description": "base64url"},
        "keys": {"type": "array", "items": {"type": "string"}, "description": "the reader's keys in force"},
    },
}
CONSISTENCY = {
    "type": "object",
    "required": ["consistency"],
    "properties": {"consistency": {"type": "array", "items": {"type": "string"}}},
}
WORDS = {"type": "array", "items": {"type": "string"}}
ENTRY = {
    "type": "object",
    "required": ["title", "subtitle", "phase", "acts", "reader", "as_whom", "yours", "others"],
    "properties": {
        "title": {"type": "string"},
        "subtitle": {"type": "string"},
        "phase": {"type": "string", "description": "where the talks stand, in words"},
        "acts": {"type": "string", "description": "how many acts, in words"},
        "reader": {"type": "string", "description": "id of the person who asks; empty for the public"},
        "as_whom": {"type": "string", "description": "that person's office"},
        "yours": {**WORDS, "description": "what is asked of the reader now"},
        "others": {**WORDS, "description": "who else must act next, and what"},
    },
}
CHALLENGE = {
    "type": "object", "required": ["challenge"], "properties": {"challenge": {"type": "string"}},
}  # fmt: skip
SESSION = {"type": "object", "required": ["person"], "properties": {"person": PERSON}}
BROUGHT = {
    "type": "object",
    "required": ["invitation", "public", "possession"],
    "properties": {
        "invitation": {"type": "string", "description": "compact JWS of type detente-invitation+jwt"},
        "public": {"type": "string", "description": "Ed25519 key, base64url"},
        "possession": {
            "type": "string",
            "description": "its signature over process, person and key, base64url",
        },
        "sealing": {
            "type": "string",
            "description": "X25519 key to read with beside it, base64url; signed too",
        },
    },
}
HALF = {"type": "string", "description": "public half of what is wrapped, base64url"}
WRAPPED = {"type": "string", "description": "what only the authenticator’s secret opens, base64url"}
TO_KEEP = {
    "type": "object",
    "required": ["credential", "public", "sealing", "possession", "wrapped"],
    "properties": {
        "credential": {"type": "string", "description": "WebAuthn credential id, base64url"},
        "public": HALF,
        "sealing": HALF,
        "possession": {"type": "string", "description": "as at an enrolment, base64url"},
        "wrapped": WRAPPED,
    },
}
KEPT = {
    "type": "object",
    "required": ["person", "public", "sealing", "wrapped"],
    "properties": {"person": PERSON, "public": HALF, "sealing": HALF, "wrapped": WRAPPED},
}
KEPT_KEY = {
    "type": "object",
    "required": ["key"],
    "properties": {"key": {"type": "string", "description": "thumbprint of the key"}},
}
WAITING = {
    "type": "object",
    "required": ["person", "key", "stands"],
    "properties": {
        "person": PERSON,
        "key": {"type": "string", "description": "thumbprint of the key"},
        "stands": {
            "type": "string",
            "description": "waiting, enrolled, or spent: it can sign nothing any more",
        },
    },
}
KEYS_THAT_WAIT = {
    "type": "object",
    "required": ["waiting"],
    "properties": {
        "waiting": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["who", "words", "href"],
                "properties": {
                    "who": {"type": "string", "description": "office that the key was made for"},
                    "words": {"type": "string", "description": "fingerprint words to compare"},
                    "href": {"type": "string", "description": "page on which its enrolment is signed"},
                },
            },
        }
    },
}
ASSERTION = {
    "type": "object",
    "required": ["client_data", "authenticator_data", "signature"],
    "properties": {
        "client_data": {
            "type": "string",
            "description": "what the browser told the authenticator, base64url",
        },
        "authenticator_data": {"type": "string", "description": "base64url"},
        "signature": {"type": "string", "description": "of both, base64url"},
    },
    "additionalProperties": False,
}
TOKEN = {"type": "string", "description": "reader's token that answers the challenge"}
WITH_PASSKEY = {
    "type": "object",
    "required": ["token", "assertion"],
    "properties": {"token": TOKEN, "assertion": ASSERTION},
    "additionalProperties": False,
}
TO_SET = {
    "type": "object",
    "required": ["token", "credential", "public", "assertion"],
    "properties": {
        "token": TOKEN,
        "credential": {"type": "string", "description": "WebAuthn credential id, base64url"},
        "public": {
            "type": "string",
            "description": "its key, ES256 or EdDSA: SubjectPublicKeyInfo, base64url",
        },
        "assertion": ASSERTION,
    },
    "additionalProperties": False,
}
ASKED_FOR = {
    "type": "object",
    "required": ["credential"],
    "properties": {"credential": {"type": "string", "description": "WebAuthn credential id, base64url"}},
}
