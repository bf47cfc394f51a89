"""The owner's files: the inbox, the settings, the decisions on contacts. A change of one makes the assets below it stale."""

from typing import Final

import dagster as dg

from pipeline.orchestration.table_assets import HOME_FILES

_DESCRIBED: Final = {
    "inbox": "The archives in `exports/` and those given on the command line.",
    "owner_decisions": "`contacts.csv`: who is the same person, tiers, audiences, exclusions, as the owner set them.",
    "owner_steps": "`steps.csv`: which steps are done, or need no answer, as the owner set them.",
    "settings": "`dancecard.toml`: time zone, windows, limits, the owner's accounts.",
}

inbox, owner_decisions, owner_steps, settings = (
    dg.AssetSpec(name, description=words, group_name="owner", kinds={"file"}).with_io_manager_key(HOME_FILES)
    for name, words in _DESCRIBED.items()
)
