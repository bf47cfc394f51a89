"""`dancecard.toml` as one validated, frozen model. Every error names its key and line; nothing is ignored."""

import hashlib
import json
import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from pipeline.home.options import OPTIONS, OWNER_KEYS, Option
from pipeline.home.toml_lines import line_of
from pipeline.model.limits import Limits
from pipeline.model.survey import Owner, ReadSettings

_BY_NAME = {option.name: option for option in OPTIONS}
_TABLES = {option.name.partition(".")[0] for option in OPTIONS if "." in option.name}


class SettingsError(Exception):
    """The settings file can't be used; the message names the key, its line and what is allowed."""


@dataclass(frozen=True, slots=True)
class Matching:
    """`[matching]`: turn gap in hours, windows in days. Source: methods:turns, methods:windows."""

    turn_gap_h: float = 6.0
    window_thread_d: float = 14.0
    window_channel_d: float = 14.0
    window_contact_d: float = 7.0


@dataclass(frozen=True, slots=True)
class Tiers:
    """`[tiers]`: log10 of the audience ratio."""

    guru: float = 1.0
    newbie: float = -1.0


@dataclass(frozen=True, slots=True)
class TargetMix:
    """`[target_mix]`: shares of the outreach that sum to 1; all None when the owner set none."""

    guru: float | None = None
    peer: float | None = None
    newbie: float | None = None


@dataclass(frozen=True, slots=True)
class TextSettings:
    """`[text]`."""

    enabled: bool = True
    disclosure: bool = False
    tone_private: bool = False


@dataclass(frozen=True, slots=True)
class ReportSettings:
    """`[report]`."""

    links: bool = False


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings of a home; `Settings()` holds the defaults."""

    time_zone: str = "UTC"
    zone_is_set: bool = False
    """Whether the owner wrote `time_zone`."""
    language: str = "en"
    owners: Mapping[str, Owner] = field(default_factory=dict)
    """platform -> the `[owner.<platform>]` table."""
    matching: Matching = field(default_factory=Matching)
    tiers: Tiers = field(default_factory=Tiers)
    target_mix: TargetMix = field(default_factory=TargetMix)
    own_domains: tuple[str, ...] = ()
    text: TextSettings = field(default_factory=TextSettings)
    limits: Limits = field(default_factory=Limits)
    report: ReportSettings = field(default_factory=ReportSettings)

    def read_settings(self) -> ReadSettings:
        """Return the part that readers may use."""
        return ReadSettings(self.time_zone, self.zone_is_set, self.owners, self.limits.text_chars)

    def as_json(self) -> str:
        """Return all settings as canonical JSON (sorted keys and lists), for `build_info` and hashes."""
        plain = asdict(self) | {
            "owners": {
                name: {key: sorted(getattr(owner, key)) for key in OWNER_KEYS} for name, owner in self.owners.items()
            },
        }
        return json.dumps(plain, sort_keys=True, ensure_ascii=False)

    def hash(self) -> str:
        """Return a stable SHA-256 of all settings."""
        return hashlib.sha256(self.as_json().encode()).hexdigest()


def load_settings(path: Path) -> Settings:
    """Read `dancecard.toml`; a missing file means the defaults.

    Raises:
        SettingsError: on broken TOML, an unknown key or table, a wrong type or a value that isn't allowed.
    """
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        return Settings()
    except OSError as error:
        raise SettingsError(f"{path.name} can't be read: {error.strerror or type(error).__name__}") from None
    return parse_settings(raw, path.name)


def parse_settings(raw: bytes, name: str = "dancecard.toml") -> Settings:
    """Return the settings that the bytes of a TOML file hold (see `load_settings`)."""
    try:
        text = raw.decode("utf-8-sig")
        data = tomllib.loads(text)
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise SettingsError(f"{name}, line {line}: not UTF-8 text; save the file as UTF-8") from None
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{name}: not valid TOML: {error}") from None
    return _Check(name, text).settings(data)


class _Check:
    """Checks one parsed file against OPTIONS and builds the model."""

    def __init__(self, name: str, text: str) -> None:
        self._name, self._text = name, text

    def _wrong(self, path: tuple[str, ...], what: str) -> SettingsError:
        line = line_of(self._text, path)
        return SettingsError(f"{self._name}, line {line}: `{'.'.join(path)}` {what}")

    def settings(self, data: dict[str, Any]) -> Settings:
        values: dict[str, Any] = {}
        owners: dict[str, Owner] = {}
        for key, value in data.items():
            if key == "owner":
                owners = self._owners(value)
            elif key == "own_domains":
                values[key] = self._domains(value)
            elif key in _TABLES:
                values |= self._table(key, value)
            elif key in _BY_NAME:
                values[key] = self._value(_BY_NAME[key], value, (key,))
            else:
                raise self._unknown((key,), ["owner", *_TABLES, *(name for name in _BY_NAME if "." not in name)])
        self._across(values)

        def part(table: str) -> dict[str, Any]:
            return {name.partition(".")[2]: value for name, value in values.items() if name.startswith(f"{table}.")}

        return Settings(
            time_zone=values.get("time_zone", "UTC"),
            zone_is_set="time_zone" in values,
            language=values.get("language", "en"),
            owners=dict(sorted(owners.items())),
            matching=Matching(**part("matching")),
            tiers=Tiers(**part("tiers")),
            target_mix=TargetMix(**part("target_mix")),
            own_domains=values.get("own_domains", ()),
            text=TextSettings(**part("text")),
            limits=Limits(**part("limits")),
            report=ReportSettings(**part("report")),
        )

    def _unknown(self, path: tuple[str, ...], allowed: list[str]) -> SettingsError:
        return self._wrong(path, f"is not a setting; allowed here: {', '.join(sorted(set(allowed)))}")

    def _table(self, table: str, value: object) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise self._wrong((table,), f"must be a table: write [{table}] and its keys below")
        found = {}
        for key, item in value.items():
            option = _BY_NAME.get(f"{table}.{key}")
            if option is None:
                names = [name.partition(".")[2] for name in _BY_NAME if name.startswith(f"{table}.")]
                raise self._unknown((table, key), names)
            found[option.name] = self._value(option, item, (table, key))
        return found

    def _value(self, option: Option, value: Any, path: tuple[str, ...]) -> Any:
        wanted = float if option.default is None else type(option.default)
        number = isinstance(value, int | float) and not isinstance(value, bool)
        fits = number if wanted is float else type(value) is wanted
        if not fits or not option.check(value):
            raise self._wrong(path, f"must be {option.allowed} (default: {_shown(option.default)})")
        return float(value) if wanted is float else value

    def _strings(self, value: object, path: tuple[str, ...], what: str) -> list[str]:
        if isinstance(value, str):
            value = [value]
        if not isinstance(value, list) or not all(isinstance(item, str) and item.strip() for item in value):
            raise self._wrong(path, f"must be {what}")
        return [item.strip() for item in value]

    def _domains(self, value: object) -> tuple[str, ...]:
        path: tuple[str, ...] = ("own_domains",)
        if isinstance(value, dict):
            for key in value:
                if key != "names":
                    raise self._unknown((*path, key), ["names"])
            path, value = (*path, "names"), value.get("names", [])
        return tuple(sorted({name.lower() for name in self._strings(value, path, _BY_NAME["own_domains"].allowed)}))

    def _owners(self, value: object) -> dict[str, Owner]:
        if not isinstance(value, dict):
            raise self._wrong(("owner",), "must hold a table for each platform: write [owner.x] and its keys below")
        owners = {}
        for platform, table in value.items():
            if not isinstance(table, dict):
                raise self._wrong(("owner", platform), f"must be a table: write [owner.{platform}] and its keys below")
            names = {}
            for key, item in table.items():
                path = ("owner", platform, key)
                if key not in OWNER_KEYS:
                    raise self._unknown(path, list(OWNER_KEYS))
                names[key] = frozenset(self._strings(item, path, 'text or a list of texts such as ["one", "two"]'))
            owners[platform] = Owner(**names)
        return owners

    def _across(self, values: dict[str, Any]) -> None:
        if values.get("tiers.newbie", -1.0) >= values.get("tiers.guru", 1.0):
            path = ("tiers", "newbie" if "tiers.newbie" in values else "guru")
            raise self._wrong(path, "leaves no room for peers: tiers.newbie must be below tiers.guru")
        mix = [values.get(f"target_mix.{tier}") for tier in ("guru", "peer", "newbie")]
        given = [share for share in mix if share is not None]
        if given and (len(given) < len(mix) or abs(sum(given) - 1) > 1e-6):
            raise self._wrong(("target_mix",), "must give guru, peer and newbie, summing to 1")


def _shown(value: object) -> str:
    if value is None:
        return "none"
    return str(value).lower() if isinstance(value, bool) else str(value)
