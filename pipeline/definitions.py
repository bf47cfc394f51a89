"""What Dagster loads: assets, checks, the job, the weekly schedule and the inbox sensor. `build_defs` is the only way in."""

import dagster as dg

from pipeline.orchestration.assets import consolidation, matching, people, publishing, rates, readings, run_metadata
from pipeline.orchestration.automation import JOB, inbox_sensor, weekly
from pipeline.orchestration.resources import Session

_MODULES = (readings, consolidation, matching, people, rates, run_metadata, publishing)


def build_defs(*, session: Session | None = None) -> dg.Definitions:
    """Return fresh definitions.

    Args:
        session: the home and archives to work on; None for `$DANCECARD_HOME`, else `./dancecard-data`, and its inbox.
    """
    session = session or Session()
    return dg.Definitions(
        assets=dg.load_assets_from_modules(_MODULES),
        jobs=[JOB],
        schedules=[weekly],
        sensors=[inbox_sensor(session)],
        resources={"session": session},
        executor=dg.in_process_executor,
    )


@dg.definitions
def defs() -> dg.Definitions:
    """Return the definitions for Dagster's own commands and web UI."""
    return build_defs()
