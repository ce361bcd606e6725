"""The first page of a filing: which service, which legal process, and whether it is an emergency."""

from typing import Any

from django import forms

from sagwan.desk.web.forms import Form
from sagwan.desk.web.i18n import _, language, translate
from sagwan.law.in_force import InstrumentOnDay


class StartForm(Form):
    """What decides which form follows; `services` and `instruments` are what this home offers today."""

    service = forms.ChoiceField(label=_("Service"), choices=(), widget=forms.RadioSelect)
    instrument = forms.ChoiceField(
        label=_("Legal process"), choices=(), widget=forms.RadioSelect,
        help_text=_("The form that follows asks for what this law wants on the document."),
    )  # fmt: skip
    emergency = forms.BooleanField(
        label=_("It is an emergency"), required=False,
        help_text=_("Only where the law has an emergency form of it. The next page says what changes."),
    )  # fmt: skip

    def __init__(
        self, *args: Any, services: list[tuple[str, str]], instruments: tuple[InstrumentOnDay, ...], **kw: Any
    ) -> None:
        super().__init__(*args, **kw)
        self._instruments = {one.slug: one for one in instruments}
        self.offer("service", services)
        self.offer("instrument", [(one.slug, one.name.text(language())) for one in instruments])
        if len(services) == 1:
            self.fields["service"].initial = services[0][0]

    def offer(self, name: str, found: list[tuple[str, str]]) -> None:
        self.fields[name].choices = found  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        chosen = self._instruments.get(values.get("instrument", ""))
        if values.get("emergency") and chosen and chosen.emergency is None:
            self.add_error("emergency", translate("The law knows no emergency form of this process."))
        return values
