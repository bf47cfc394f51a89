"""Read `dancecard.toml` into the settings. Every error names its key and line; an unknown key is an error."""

import tomllib
from pathlib import Path
from typing import Any

from pipeline.home.options import OPTIONS, Option
from pipeline.home.settings import (
    OWNER_KEYS,
    Matching,
    ReportSettings,
    Settings,
    TargetMix,
    TextSettings,
    Tiers,
)
from pipeline.home.toml_lines import line_of
from pipeline.model.limits import Limits
from pipeline.model.survey import Owner

_BY_NAME = {option.name: option for option in OPTIONS}
_TABLES = {option.name.partition(".")[0] for option in OPTIONS if "." in option.name}


class SettingsError(Exception):
    """The settings file can't be used; the message names the key, its line and what is allowed."""


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
            **{name: value for name, value in values.items() if "." not in name},
            zone_is_set="time_zone" in values,
            owners=dict(sorted(owners.items())),
            matching=Matching(**part("matching")),
            tiers=Tiers(**part("tiers")),
            target_mix=TargetMix(**part("target_mix")),
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
        newbie, guru = (values.get(name, _BY_NAME[name].default) for name in ("tiers.newbie", "tiers.guru"))
        if newbie >= guru:
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
