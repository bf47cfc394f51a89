"""Polars schemas of what passes between rooms: staging, united interactions, gestures. One place, so frames can't drift.

Times are Int64 microseconds UTC in every frame (suffix `_us`, or plain names noted here); the warehouse's DDL makes
them TIMESTAMPTZ. Durations in the warehouse are DOUBLE seconds (`_s`).
"""

from typing import Final

import polars as pl

S, I, B = pl.String, pl.Int64, pl.Boolean  # noqa: E741 - three letters keep the tables below readable

# --- staging: one folder an archive; every row says where it comes from (member, pointer) -------------------------------
PLACE: Final = {"member": S, "pointer": S}
STAGED: Final[dict[str, dict[str, pl.DataType | type[pl.DataType]]]] = {
    "interactions": {
        "platform": S, "account": S, "person": S, "direction": S, "kind": S, "class": S, "at": I, "resolution_s": I,
        "native_id": S, "thread": S, "reply_to": S, "is_group": B, "text": S, "url": S, "seq": I, "surface": S,
        "automatic": S, "zone_assumed": B, **PLACE,
    },
    "ties": {"platform": S, "account": S, "person": S, "kind": S, "since": I, **PLACE},
    "unattributed": {
        "platform": S, "account": S, "kind": S, "direction": S, "at": I, "text": S, "url": S, "native_id": S, "thread": S, **PLACE,
    },
    "persons": {
        "platform": S, "native_id": S, "handle": S, "display_name": S, "url": S, "email": S, "key": S, "placeholder": B,
    },
    "aliases": {"platform": S, "native_id": S, "other": S, "reason": S},
    "accounts": {"platform": S, "native_id": S, "handle": S, "display_name": S, "email": S},
    "coverage": {
        "platform": S, "account": S, "class": S, "direction": S, "surface": S, "thread": S, "visibility": S,
        "starts_at": I, "ends_at": I, "reason": S, "reply_links": B,
    },
    "lists": {"platform": S, "account": S, "kind": S, "complete": B},
    "set_aside": {**PLACE, "reason_code": S, "reason": S},
    "members": {
        "member": S, "reader": S, "records_in": I, "stored": I, "set_aside": I, "skipped": I, "skip_reason": pl.List(S),
    },
}  # fmt: skip
"""file name -> schema. In `interactions`, `ties`, `unattributed`, `platform` and `account` are never null."""

# --- united: all archives together -----------------------------------------------------------------------------------
INTERACTIONS: Final = {
    "interaction_id": S, "contact_id": S, "identity_id": S, "account_id": S, "platform": S, "direction": S, "kind": S,
    "class": S, "at": I, "resolution_s": I, "thread_id": S, "reply_to": S, "reply_to_native": S, "is_group": B,
    "native_id": S, "text": S, "url": S, "surface": S, "seq": I, "automatic": S, "zone_assumed": B, "archive_id": S,
    "member": S, "pointer": S,
}  # fmt: skip
"""`reply_to` is an interaction_id (of the same contact's row when there is one); `reply_to_native` what the export says."""

COVERAGE: Final = {
    "account_id": S, "platform": S, "class": S, "direction": S, "surface": S, "thread_id": S, "visibility": S,
    "starts_at": I, "ends_at": I, "reason": S, "reply_links": B,
}  # fmt: skip

GESTURES: Final = {
    "gesture_id": S, "initiator": S, "outcome": S, "contact_id": S, "platform": S, "class": S, "account_id": S,
    "thread_id": S, "surface": S, "is_group": B, "started_at": I, "last_at": I, "interactions": I,
    "first_interaction_id": S, "status": S, "grade": S, "response_interaction_id": S, "lag_us": I, "lag_last_us": I,
    "superseded_after_us": I, "censored_after_us": I, "uncertain": B, "at_risk": B, "off_risk_reason": S, "resolution_s": I,
    "place": I,
}  # fmt: skip
"""`lag_us` … are Int64 microseconds in frames; the warehouse writes seconds. `resolution_s` is the first event's,
`place` its rank among all events in R2's order with a = out, by which turns of both sides merge (METHODS 6)."""
