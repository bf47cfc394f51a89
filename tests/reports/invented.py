"""An invented warehouse, built from the tables' own DDL, for the report's tests. Figures are plausible, not computed by our measures."""

import math
import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import duckdb
import polars as pl

from pipeline.model.tables import tables

START = datetime(2023, 1, 3, 9, 0, tzinfo=UTC)
PLATFORMS = ("x", "linkedin", "wordpress", "facebook", "instagram")
CLASSES = ("message", "comment", "reaction")
TIERS = ("guru", "peer", "newbie", "unknown")
LAGS = [60.0 * (14 * 1440) ** (step / 47) for step in range(48)]
LAGS[-1] = 1209600.0

Text = Callable[[str], str]


@dataclass
class Home:
    """A home to invent: how much of everything, and what to do with each text."""

    contacts: int = 160
    gestures: int = 1800
    months: int = 20
    seed: int = 7
    platforms: Sequence[str] = PLATFORMS
    answer: float = 0.45
    text: Text = str
    with_people_measures: bool = True
    answered_lags: bool = True
    names: Sequence[str] = ()
    extra: Mapping[str, Sequence[Mapping[str, Any]]] = field(default_factory=dict)


def empty() -> duckdb.DuckDBPyConnection:
    """Make all tables, without rows and without constraints: tests insert few columns, and values that no run writes."""
    connection = duckdb.connect(":memory:")
    connection.execute("set timezone = 'UTC'")
    for table in tables().values():
        columns = ", ".join(f'"{column.name}" {column.type}' for column in table.columns)
        connection.execute(f'create table "{table.name}" ({columns})')
    return connection


def reader(connection: duckdb.DuckDBPyConnection) -> Callable[[str], pl.DataFrame]:
    """What `write_reports` is given."""
    return lambda sql: connection.sql(sql).pl()


def home(wanted: Home) -> duckdb.DuckDBPyConnection:
    """A filled warehouse."""
    connection = empty()
    maker = _Maker(wanted)
    for table, rows in maker.tables().items():
        insert(connection, table, [*rows, *wanted.extra.get(table, ())])
    return connection


def insert(connection: duckdb.DuckDBPyConnection, table: str, rows: Iterable[Mapping[str, Any]]) -> None:
    """Insert rows by name; all rows of a call have the same columns."""
    listed = list(rows)
    if not listed:
        return
    types = dict(
        connection.execute(
            "select column_name, data_type from duckdb_columns() where table_name = ?", [table]
        ).fetchall()
    )
    kinds: dict[str, Any] = {
        "VARCHAR": pl.String,
        "BIGINT": pl.Int64,
        "DOUBLE": pl.Float64,
        "BOOLEAN": pl.Boolean,
        "TIMESTAMPTZ": pl.Datetime("us", "UTC"),
    }
    kinds |= {"TIMESTAMP WITH TIME ZONE": pl.Datetime("us", "UTC"), "VARCHAR[]": pl.List(pl.String)}
    listed = [
        {name: float(f"{value:.10g}") if isinstance(value, float) else value for name, value in row.items()}
        for row in listed
    ]
    frame = pl.DataFrame(listed, schema={name: kinds[types[name]] for name in listed[0]}, orient="row")
    connection.register("incoming", frame.to_arrow())
    connection.execute(f'insert into "{table}" by name select * from incoming')  # noqa: S608 - the table's name is the test's own
    connection.unregister("incoming")


def shuffle(connection: duckdb.DuckDBPyConnection) -> None:
    """Put every table's rows into another order."""
    for (table,) in connection.execute("select table_name from duckdb_tables()").fetchall():
        rows = connection.table(table)
        shuffled = rows.order("hash(columns(*)::varchar)").to_arrow_table()
        connection.execute(f'delete from "{table}"')  # noqa: S608 - the table's name is our own
        connection.register("incoming", shuffled)
        connection.execute(f'insert into "{table}" select * from incoming')  # noqa: S608 - the table's name is our own
        connection.unregister("incoming")


def wilson(k: int, n: int) -> tuple[float, float]:
    p, z = k / n, 1.96
    middle, half = p + z * z / (2 * n), z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    return (middle - half) / (1 + z * z / n), (middle + half) / (1 + z * z / n)


class _Maker:
    def __init__(self, wanted: Home) -> None:
        self.wanted = wanted
        self.random = random.Random(wanted.seed)  # noqa: S311 - invented data, no secret
        self.end = START + timedelta(days=30 * wanted.months)
        self.people = [self._person(number) for number in range(wanted.contacts)]
        self.steps = [self._gesture(number) for number in range(wanted.gestures)] if self.people else []

    def _person(self, number: int) -> dict[str, Any]:
        first = ("Ada", "Bo", "Cleo", "Dov", "Eli", "Fay", "Gus", "Hal", "Ivy", "Jun", "Kai", "Lou")[number % 12]
        named = f"{first} {chr(65 + number % 26)}. {1000 + number}"
        name = self.wanted.names[number % len(self.wanted.names)] if self.wanted.names else named
        platform = self.wanted.platforms[number % len(self.wanted.platforms)]
        return {
            "id": f"{platform}:{number:05d}", "name": self.wanted.text(name), "platform": platform,
            "tier": self.random.choices(TIERS, (2, 4, 3, 1))[0],
            "level": self.random.choices(("close", "friend", "acquaintance", "one_sided_mine", "one_sided_theirs"), (1, 2, 4, 3, 1))[0],
        }  # fmt: skip

    def _gesture(self, number: int) -> dict[str, Any]:
        rng = self.random
        person = self.people[min(int(rng.expovariate(3 / max(1, len(self.people)))), len(self.people) - 1)]
        started = START + (self.end - START) * rng.random()
        initiator = "me" if rng.random() < 0.6 else "them"
        cls = rng.choice(CLASSES)
        chance = self.wanted.answer * {"guru": 0.5, "peer": 1.0, "newbie": 1.3, "unknown": 0.8}[person["tier"]]
        answered = rng.random() < chance * (1.15 if initiator == "them" else 1.0)
        lag = min(60 * math.exp(rng.gauss(5.2, 1.9)), 1209000.0)
        at_risk = person["platform"] != "x" or cls == "message"
        return {
            "gesture_id": f"g{number:06d}", "initiator": initiator, "outcome": "worded", "contact_id": person["id"], "platform": person["platform"],
            "class": cls, "account_id": f"{person['platform']}:me", "thread_id": None, "surface": "direct", "is_group": False,
            "started_at": started, "last_at": started, "interactions": 1, "first_interaction_id": f"i{number:06d}",
            "status": "answered" if answered and at_risk else "open", "grade": "C" if answered and at_risk else None,
            "response_interaction_id": None, "lag_s": lag if answered and at_risk else None, "lag_last_s": None, "superseded_after_s": None,
            "censored_after_s": (self.end - started).total_seconds(), "uncertain": False, "at_risk": at_risk,
            "off_risk_reason": None if at_risk else "none_visible",
        }  # fmt: skip

    def tables(self) -> dict[str, list[dict[str, Any]]]:
        tables = self._sources()
        tables["gestures"] = self.steps
        if self.wanted.with_people_measures:
            tables |= self._measures()
        return tables

    def _sources(self) -> dict[str, list[dict[str, Any]]]:
        text = self.wanted.text
        tables: dict[str, list[dict[str, Any]]] = {}
        used = list(self.wanted.platforms)
        tables["archives"] = [
            {
                "archive_id": f"{number:064x}", "path": text(f"exports/{platform}-2024.zip"), "platform": platform, "account_id": f"{platform}:me",
                "exported_at": self.end, "first_at": START, "last_at": self.end, "size_bytes": 1_400_000 * (number + 1),
                "status": "partial" if number == 1 else "complete", "reason": text("12 records set aside") if number == 1 else None,
            }
            for number, platform in enumerate(used)
        ]  # fmt: skip
        tables["members"] = [
            {
                "archive_id": f"{number:064x}", "member": text(f"data/{name}.json"), "reader": f"{platform}:{name}", "records_in": 4000 + 700 * number,
                "stored": 3500 + 600 * number - (12 if number == 1 else 0), "already_stored": 300, "set_aside": 12 if number == 1 else 0,
                "skipped": 200 + 100 * number, "skip_reason": [f"self_event={150 + 100 * number}", "system_line=50"],
            }
            for number, platform in enumerate(used) for name in ("messages", "comments")
        ]  # fmt: skip
        tables["set_aside"] = [
            {
                "archive_id": f"{1:064x}",
                "member": text("data/messages.json"),
                "pointer": f"/messages/{n}",
                "reason_code": "bad_time",
                "reason": text("the time cannot be read"),
            }
            for n in range(24 if len(used) > 1 else 0)
        ]
        tables["accounts"] = [
            {
                "account_id": f"{p}:me",
                "platform": p,
                "native_id": "me",
                "handle": text("ada"),
                "display_name": text("Ada Mine"),
                "email": text("ada@example.org"),
            }
            for p in used
        ]
        tables["coverage"] = [
            {
                "account_id": f"{p}:me", "platform": p, "class": c, "direction": d, "surface": "all", "reason": text("as the export says"), "thread_id": None, "reply_links": False,
                "visibility": "none" if p == "x" and d == "inbound" and c != "message" else "partial" if p == "instagram" and c == "comment" else "full",
                "starts_at": START - timedelta(days=40 * n), "ends_at": self.end,
            }
            for n, p in enumerate(used) for c in CLASSES for d in ("outbound", "inbound")
        ]  # fmt: skip
        tables["contacts"] = [
            {
                "contact_id": person["id"], "display_name": person["name"], "identities": 1, "platforms": [person["platform"]], "first_at": START,
                "last_at": self.end - timedelta(days=number % 400), "excluded": number % 50 == 49, "exclusion_reason": None,
            }
            for number, person in enumerate(self.people)
        ]  # fmt: skip
        tables["identities"] = [
            {
                "identity_id": person["id"],
                "contact_id": person["id"],
                "platform": person["platform"],
                "native_id": person["id"],
                "handle": text("handle"),
                "display_name": person["name"],
                "url": text(f"https://example.org/{number}"),
                "email": text("a@example.org"),
            }
            for number, person in enumerate(self.people)
        ]
        tables["interactions"] = [
            {
                "interaction_id": f"i{number:06d}", "contact_id": person["id"], "account_id": f"{person['platform']}:me", "platform": person["platform"],
                "direction": "inbound" if number % 3 else "outbound", "kind": "reply" if number % 2 else "message", "class": "comment" if number % 2 else "message",
                "occurred_at": self.end - timedelta(days=number % 400, minutes=number), "resolution_s": 1, "text": text("hello"), "url": text("https://example.org/1"),
                "archive_id": f"{0:064x}", "member": text("data/messages.json"), "pointer": f"/{number}",
            }
            for number, person in enumerate(self.people)
        ]  # fmt: skip
        tables["changes"] = (
            [
                {"what": "new interactions", "value": 120, "detail": text("all")},
                {"what": "new contacts", "value": 3, "detail": text("new")},
            ]
            if self.people
            else []
        )
        return tables

    def _measures(self) -> dict[str, list[dict[str, Any]]]:
        tiers = {person["id"]: person for person in self.people}
        risk = [g for g in self.steps if g["at_risk"]]
        groups: dict[tuple[str, str, str], list[dict[str, Any]]] = {}
        for g in risk:
            person = tiers[g["contact_id"]]
            for dimension, value in (
                ("all", "all"), ("platform", g["platform"]), ("class", g["class"]), ("tier", person["tier"]), ("level", person["level"]),
                ("month", f"{g['started_at']:%Y-%m}"),
            ):  # fmt: skip
                groups.setdefault((g["initiator"], dimension, value), []).append(g)
        tables: dict[str, list[dict[str, Any]]] = {"reciprocation": [], "response_lag": [], "lag_quantiles": []}
        for (initiator, dimension, value), rows in sorted(groups.items()):
            who = {"initiator": initiator, "outcome": "worded", "dimension": dimension, "value": value}
            contacts = len({g["contact_id"] for g in rows})
            for days in (1, 7, 14):
                tables["reciprocation"].append(who | self._rate(rows, contacts, days))
                if dimension == "all":
                    tables["reciprocation"] += self._variants(who, rows, contacts, days)
            if dimension != "month":
                tables["response_lag"] += [who | point for point in self._curve(rows)]
                tables["lag_quantiles"] += [who | point for point in self._quantiles(rows)]
        tables["balance"] = self._balance()
        tables["contact_reciprocation"] = [row for person in self.people for row in self._person_rows(person)]
        tables["standing"] = [
            {
                "contact_id": p["id"],
                "tier": p["tier"],
                "evidence": self.wanted.text("contacts.csv"),
                "source": self.wanted.text("contacts.csv"),
            }
            for p in self.people
        ]
        tables["funnel"] = [
            {
                "stage": stage,
                "contacts": max(0, len(self.people) - 25 * n),
                "median_days_to_reach": 9.5 * n if n else None,
                "from_stage": "stranger" if n else None,
            }
            for n, stage in enumerate(("stranger", "noticed", "exchanged", "dancing", "friend", "close", "opted_in"))
        ]
        ladder = ("stranger", "one_sided_mine", "acquaintance", "friend", "close")
        tables["level_changes"] = [
            {
                "contact_id": person["id"],
                "from": ladder[step],
                "to": ladder[step + 1],
                "changed_at": START + timedelta(days=30 * step),
            }
            for number, person in enumerate(self.people)
            for step in range(number % 4 + 1)
        ]
        tables["levels"] = [
            {"contact_id": p["id"], "month": "2024-01", "level": p["level"], "opted_in": False, "dormant": False}
            for p in self.people
        ]
        return tables

    def _variants(
        self, who: dict[str, Any], rows: list[dict[str, Any]], contacts: int, days: int
    ) -> list[dict[str, Any]]:
        others = (("any", "all", "all"), ("worded", "turn_gap", "1h"), ("worded", "turn_gap", "6h"), ("worded", "turn_gap", "24h"),
                  ("worded", "certainty", "strict"), ("worded", "exclusions", "none"), ("worded", "visibility", "partial"), ("worded", "grade", "D"))  # fmt: skip
        return [
            who | {"outcome": outcome, "dimension": dimension, "value": value} | self._rate(rows, contacts, days)
            for outcome, dimension, value in others
        ]

    def _rate(self, rows: list[dict[str, Any]], contacts: int, days: int) -> dict[str, Any]:
        k = sum(1 for g in rows if g["lag_s"] is not None and g["lag_s"] <= days * 86400)
        n = len(rows)
        shown = n >= 10
        low, high = wilson(k, n)
        return {
            "horizon_days": days, "gestures": n, "contacts": contacts, "answered_share": k / n if shown else None, "low": low if shown and contacts >= 10 else None,
            "high": high if shown and contacts >= 10 else None, "naive_share": k / n * 0.97 if shown else None, "mature_share": k / n if shown else None,
            "one_minus_km": min(1.0, k / n * 1.02) if shown else None, "chance_share": 0.06 * days**0.5 if shown else None, "lift": k / n / (0.06 * days**0.5) if shown else None,
            "design_effect": 2.4, "shown": shown, "note": None if shown else self.wanted.text("fewer than 10 gestures at risk"),
        }  # fmt: skip

    def _curve(self, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        n, points = len(rows), []
        for lag in sorted({*LAGS, 60.0, 600.0, 3600.0, 21600.0, 86400.0, 259200.0, 604800.0, 1209600.0}):
            k = sum(1 for g in rows if g["lag_s"] is not None and g["lag_s"] <= lag)
            low, high = wilson(k, n)
            points.append(
                {
                    "lag_s": lag,
                    "answered_share": k / n,
                    "low": low,
                    "high": high,
                    "km_share": k / n,
                    "km_low": low,
                    "km_high": high,
                    "at_risk": n - k,
                }
            )
        return points

    def _quantiles(self, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        lags = sorted(g["lag_s"] for g in rows if g["lag_s"] is not None)
        result = []
        for q in (0.25, 0.5, 0.75, 0.9):
            at = lags[min(len(lags) - 1, int(q * len(lags)))] if lags else None
            place = int(q * len(rows))
            whole = lags[place] if place < len(lags) else None
            result.append(
                {
                    "quantile": q,
                    "unconditional_s": whole,
                    "low": whole and whole * 0.8,
                    "high": whole and whole * 1.3,
                    "conditional_s": at,
                    "mature_gestures": len(rows),
                    "note": None,
                }
            )
        return result

    def _balance(self) -> list[dict[str, Any]]:
        tiers = {person["id"]: person["tier"] for person in self.people}
        mine = [g for g in self.steps if g["initiator"] == "me"]
        periods: dict[str, list[dict[str, Any]]] = {"all": mine}
        for g in mine:
            periods.setdefault(f"{g['started_at']:%Y-%m}", []).append(g)
        rows = []
        for period, steps in sorted(periods.items()):
            answers = sum(1 for g in steps if g["lag_s"] is not None)
            for tier in TIERS if steps else ():
                part = [g for g in steps if tiers[g["contact_id"]] == tier]
                back = sum(1 for g in part if g["lag_s"] is not None)
                rows.append({
                    "period": period, "tier": tier, "gestures": len(part), "contacts": len({g["contact_id"] for g in part}), "outreach_share": len(part) / len(steps),
                    "answers": back, "return_share": back / answers if answers else None, "target_share": {"guru": 0.2, "newbie": 0.4, "peer": 0.4}.get(tier),
                })  # fmt: skip
        return rows

    def _person_rows(self, person: dict[str, Any]) -> list[dict[str, Any]]:
        rows = []
        for initiator in ("me", "them"):
            own = [
                g
                for g in self.steps
                if g["contact_id"] == person["id"] and g["initiator"] == initiator and g["at_risk"]
            ]
            other = sum(1 for g in self.steps if g["contact_id"] == person["id"] and g["initiator"] != initiator)
            if not own and not other:
                continue
            answered = sum(1 for g in own if g["lag_s"] is not None and g["lag_s"] <= 604800)
            lags = sorted(g["lag_s"] for g in own if g["lag_s"] is not None)
            mine, theirs = (len(own), other) if initiator == "me" else (other, len(own))
            rows.append({
                "contact_id": person["id"], "initiator": initiator, "outcome": "worded", "gestures": len(own), "answered": answered,
                "share": (answered + 1) / (len(own) + 3), "low": 0.1, "high": 0.8, "median_lag_s": lags[len(lags) // 2] if lags else None,
                "open_since": START if answered < len(own) else None, "whose_step": ("mine", "theirs", "nobody")[int(person["id"][-5:]) % 3 if mine + theirs else 2],
                "mine": mine, "theirs": theirs, "share_mine": mine / max(1, mine + theirs), "not_responding": False,
            })  # fmt: skip
        return rows
