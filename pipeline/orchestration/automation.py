"""When the graph runs by itself: weekly, and when a new archive lies still in the inbox."""

import json

import dagster as dg

from pipeline.orchestration.resources import Session
from pipeline.reading.discovery import discover
from pipeline.reading.fingerprints import size_and_change

JOB = dg.define_asset_job("dancecard", selection=dg.AssetSelection.all(), description="From the inbox to the report.")

weekly = dg.ScheduleDefinition(
    name="weekly",
    job=JOB,
    cron_schedule="0 5 * * 1",
    description="Every Monday at five, so that open gestures are measured to today's exports.",
)


def settled(before: dict[str, list[float]], now: dict[str, list[float]]) -> list[str]:
    """Return the names whose size and time are the same at two ticks, sorted."""
    return sorted(name for name, look in now.items() if before.get(name) == look)


def inbox_sensor(session: Session) -> dg.SensorDefinition:
    """Return the sensor that watches the session's inbox.

    The session is no resource of the sensor's: as one it would take the home's lock, and a look must not wait for a run.
    """

    @dg.sensor(
        name="inbox", job=JOB, minimum_interval_seconds=30, description="A new archive in the inbox starts a run."
    )
    def inbox(context: dg.SensorEvaluationContext) -> dg.SensorResult | dg.SkipReason:
        """Ask for a run once every archive in the inbox lies still and something is new since the last request.

        Dotfiles, `*.part`, `*.crdownload` and `*.tmp` are not archives yet; a file whose size or time still changes waits.
        """
        cursor = json.loads(context.cursor) if context.cursor else {"seen": {}, "asked": {}}
        now = {path.name: list(size_and_change(path)) for path in discover([session.home().exports])}
        still = settled(cursor["seen"], now)
        fresh = [name for name in still if cursor["asked"].get(name) != now[name]]
        waiting = sorted(set(now) - set(still))
        if not fresh or waiting:
            context.update_cursor(json.dumps({"seen": now, "asked": cursor["asked"]}))
            return dg.SkipReason(f"{len(waiting)} still arriving" if waiting else "nothing new in the inbox")
        asked = {name: now[name] for name in still}
        key = json.dumps(asked, sort_keys=True)
        return dg.SensorResult(
            run_requests=[dg.RunRequest(run_key=key)], cursor=json.dumps({"seen": now, "asked": asked})
        )

    return inbox
