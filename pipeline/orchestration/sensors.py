"""What starts a run when something changes: a new archive in the inbox, once it is written completely."""

import json

import dagster as dg

from pipeline.orchestration.jobs import JOB
from pipeline.orchestration.resources import Session
from pipeline.reading.discovery import discover
from pipeline.reading.fingerprints import size_and_change


def stable(before: dict[str, list[float]], now: dict[str, list[float]]) -> list[str]:
    """Return the names whose size and modification time are the same at two ticks, sorted."""
    return sorted(name for name, found in now.items() if before.get(name) == found)


def inbox_sensor(session: Session) -> dg.SensorDefinition:
    """Return the sensor that watches the session's inbox.

    The sensor does not take the session as a resource: that would take the home's lock, and a tick must not wait for a run.
    """

    @dg.sensor(
        name="inbox", job=JOB, minimum_interval_seconds=30, description="A new archive in the inbox starts a run."
    )
    def inbox(context: dg.SensorEvaluationContext) -> dg.SensorResult | dg.SkipReason:
        """Request a run once every archive in the inbox is stable and something is new since the last request.

        Dotfiles, `*.part`, `*.crdownload` and `*.tmp` are not archives yet; a file still being written is waited for.
        """
        cursor = json.loads(context.cursor) if context.cursor else {"seen": {}, "asked": {}}
        now = {path.name: list(size_and_change(path)) for path in discover([session.home().exports])}
        complete = stable(cursor["seen"], now)
        fresh = [name for name in complete if cursor["asked"].get(name) != now[name]]
        waiting = sorted(set(now) - set(complete))
        if not fresh or waiting:
            context.update_cursor(json.dumps({"seen": now, "asked": cursor["asked"]}))
            return dg.SkipReason(f"{len(waiting)} still arriving" if waiting else "nothing new in the inbox")
        asked = {name: now[name] for name in complete}
        key = json.dumps(asked, sort_keys=True)
        return dg.SensorResult(
            run_requests=[dg.RunRequest(run_key=key)], cursor=json.dumps({"seen": now, "asked": asked})
        )

    return inbox
