"""What Dagster loads: every asset of `pipeline.orchestration.assets` with its checks, the job, the schedule, the sensor."""

import dagster as dg

from pipeline.orchestration import assets
from pipeline.orchestration.io_manager import HomeFiles, WorkingTables
from pipeline.orchestration.jobs import JOB
from pipeline.orchestration.resources import Session
from pipeline.orchestration.schedules import WEEKLY
from pipeline.orchestration.sensors import inbox_sensor
from pipeline.orchestration.table_assets import HOME_FILES


def build_defs(*, session: Session | None = None) -> dg.Definitions:
    """Return fresh definitions.

    Args:
        session: the home and archives to work on; None for `$DANCECARD_HOME`, else `./dancecard-data`, and its inbox.
    """
    session = session or Session()
    return dg.Definitions(
        assets=dg.load_assets_from_package_module(assets, include_specs=True),
        jobs=[JOB],
        schedules=[WEEKLY],
        sensors=[inbox_sensor(session)],
        resources={
            "session": session,
            "io_manager": WorkingTables(home_folder=session.home_folder),
            HOME_FILES: HomeFiles(home_folder=session.home_folder, archives=session.archives),
        },
        executor=dg.in_process_executor,
    )


@dg.definitions
def defs() -> dg.Definitions:
    """Return the definitions for Dagster's own commands and web UI."""
    return build_defs()
