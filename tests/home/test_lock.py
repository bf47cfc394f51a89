import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.home.lock import HomeBusy, RunLock
from pipeline.home.paths import Home

HOLD = """
import sys
from pathlib import Path
from pipeline.home.lock import RunLock
from pipeline.home.paths import Home
with RunLock(Home(Path(sys.argv[1]))):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_second_run_ends_with_a_message_and_death_releases_the_lock(tmp_path: Path) -> None:
    home = Home(tmp_path)
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert holder.stdin is not None
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    with pytest.raises(HomeBusy, match=f"another run is at work on .* \\(process {holder.pid}\\)"), RunLock(home):
        pass
    holder.kill()
    holder.wait()
    holder.stdin.close()
    holder.stdout.close()
    with RunLock(home):
        pass
    with RunLock(home):
        pass
