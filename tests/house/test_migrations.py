"""The tables' models and their migrations are the same."""

import subprocess
import sys

CHECK = """
import sys
from pathlib import Path
from sagwan.desk.home import home_from, config_text
from sagwan.desk.setup import open_desk
from sagwan.desk.vault.master import new_master_key, write_secret

path = Path(sys.argv[1])
names = {"ko": "가", "en": "A"}
config = {"provider": "a", "names": names, "services": {"a": names}, "origin": "a.invalid/log"}
(path / "sagwan.toml").write_text(config_text(home_from(path, config, "test")), encoding="utf-8")
(path / "keys").mkdir()
write_secret(path / "keys" / "master.key", new_master_key().text())
open_desk(path)

from django.core.management import call_command
call_command("makemigrations", check=True, dry_run=True)
"""


def test_migrations_are_current(tmp_path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", CHECK, tmp_path], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "No changes detected" in done.stdout
