"""When the job runs by the clock."""

from typing import Final

import dagster as dg

from pipeline.orchestration.jobs import JOB

WEEKLY: Final = dg.ScheduleDefinition(
    name="weekly",
    job=JOB,
    cron_schedule="0 5 * * 1",
    description="Every Monday at five, so that open gestures are measured to today's exports.",
)
