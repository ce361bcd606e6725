"""Configure Django before a test module imports models; `open_desk` points it at a home later."""

from pathlib import Path

import django
from django.conf import settings

from sagwan.desk.home import home_from
from sagwan.desk.vault.master import new_master_key
from sagwan.desk.web.settings import settings_for

if not settings.configured:
    names = {"ko": "없음", "en": "none"}
    nowhere = {"provider": "none", "names": names, "services": {"none": names}, "origin": "none.invalid"}
    home = home_from(Path("/nonexistent"), nowhere, "tests")
    settings.configure(**settings_for(home, new_master_key()))
    django.setup()
