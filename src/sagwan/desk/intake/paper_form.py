"""The form of later or better paper for a request that is here, for officials and for staff."""

from collections.abc import Mapping
from typing import Any

from sagwan.desk.intake.form_fields import PAPER, FilesField, item_field, shown, written
from sagwan.desk.web.forms import Form
from sagwan.desk.web.i18n import translate
from sagwan.law.in_force import InstrumentOnDay
from sagwan.law.pack import Pack


class PaperForm(Form):
    """Better paper for a request that was filed: what stands on the document by now, and its file.

    `paper` is what stands there, `typed` what was begun to be changed; `kept` says that files came before.
    """

    def __init__(
        self,
        *args: Any,
        paper: Mapping[str, str],
        instrument: InstrumentOnDay,
        pack: Pack,
        typed: Mapping[str, str] | None = None,
        kept: bool = False,
        **kw: Any,
    ) -> None:
        self._paper, self._kept = paper, kept
        values = {**paper, **(typed or {})}
        initial = {PAPER + item.slug: shown(item, values.get(item.slug, "")) for item in instrument.items}
        super().__init__(*args, initial=initial, **kw)
        self._items = instrument.items
        for item in instrument.items:
            self.fields[PAPER + item.slug] = item_field(item, instrument, pack)
        self.fields["documents"] = FilesField(label=translate("Documents"), required=False)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if not self.errors and not self.changed() and not (values.get("documents") or self._kept):
            self.add_error(None, translate("Nothing is new: change an item or attach a document."))
        return values

    def changed(self) -> dict[str, str]:
        """The items that say something else than before; what is emptied is left as it was."""
        now = {item.slug: written(self.cleaned_data.get(PAPER + item.slug)) for item in self._items}
        return {slug: value for slug, value in now.items() if value and value != self._paper.get(slug, "")}
