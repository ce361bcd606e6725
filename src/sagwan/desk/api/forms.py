"""Forms about tokens."""

from collections.abc import Iterable
from typing import Any

from django import forms

from sagwan.desk.api.actions import LONGEST
from sagwan.desk.api.scopes import TITLES, open_to
from sagwan.desk.web.forms import Form
from sagwan.desk.web.i18n import _, translate


class TokenForm(Form):
    """A new token: what it is for, what it may do, how long."""

    title = forms.CharField(
        label=_("What it is for"), max_length=80, help_text=_("Such as: the archive's server.")
    )
    scopes = forms.MultipleChoiceField(
        label=_("What it may do"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("As little as it needs. It never does more than its person may."),
    )
    days = forms.IntegerField(label=_("Days until it ends"), min_value=1, max_value=LONGEST, initial=90)

    def __init__(self, *args: Any, roles: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["scopes"].choices = [  # type: ignore[attr-defined]
            (str(scope), translate(TITLES[scope])) for scope in open_to(roles)
        ]
