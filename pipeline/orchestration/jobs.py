"""The one job: everything, from the inbox to the report."""

from typing import Final

import dagster as dg

JOB: Final = dg.define_asset_job(
    "dancecard", selection=dg.AssetSelection.all(), description="From the inbox to the report."
)
