"""Completion scripts know every command and option, and are valid in their shell."""

import shutil
import subprocess

import pytest

from pipeline.cli import COMMANDS, main
from pipeline.commands.completion import SHELLS


@pytest.mark.parametrize("shell", SHELLS)
def test_a_script_names_every_command(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["completion", shell]) == 0
    script = capsys.readouterr().out
    assert [command for command in COMMANDS if command not in script] == []
    assert "--format" in script


@pytest.mark.parametrize("shell", [shell for shell in ("bash", "zsh") if shutil.which(shell)])
def test_a_script_is_valid_syntax(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Each shell of this machine checks its own script; bash is on all of them."""
    main(["completion", shell])
    checked = subprocess.run([shell, "-n"], input=capsys.readouterr().out, capture_output=True, text=True, check=False)
    assert (checked.returncode, checked.stderr) == (0, "")


def test_bash_completes_commands_and_choices(capsys: pytest.CaptureFixture[str]) -> None:
    main(["completion", "bash"])
    script = capsys.readouterr().out
    assert "_shtab_dancecard_query___format_choices=(table csv json parquet)" in script
    assert "_shtab_dancecard_run_pos_0_COMPGEN=_shtab_compgen_files" in script


def test_an_unknown_shell_is_wrong_usage() -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["completion", "fish"])
    assert stopped.value.code == 2
