"""What an authority can do instead, reason by reason. Instruments and persons are the law pack's of that day;
a reason that has no entry here gets no sentence of its own."""

from sagwan.desk.letters.source import Source
from sagwan.law.citation import Label
from sagwan.law.in_force import InstrumentOnDay
from sagwan.law.model import Binding
from sagwan.pages.i18n import listing
from sagwan.record.vocabulary import DataCategory

_SENTENCES = {
    "document-defective": Label(
        "흠결을 보완하여 다시 요청하시면 새로 검토합니다.",
        "If the defect is mended and the request is made again, we will examine it anew.",
    ),
    "target-mismatch": Label(
        "대상을 확인하여 정정된 문서로 다시 요청하여 주십시오.",
        "Please check the target and ask again with a corrected document.",
    ),
    "requester-unverified": Label(
        "담당자의 신분을 소속 기관을 통하여 확인할 수 있게 되면 다시 요청하실 수 있습니다.",
        "Please ask again once your identity can be ascertained through your authority.",
    ),
    "permit-not-received": Label(
        "법원의 허가서 사본을 보내 주시면 다시 검토합니다.",
        "We will examine the request again when a copy of the court's permission has reached us.",
    ),
    "conditions-unmet": Label(
        "요건을 갖추어 다시 요청하여 주십시오.", "Please ask again once the conditions are met."
    ),
    "retention-expired": Label(
        "보관기간이 지난 자료는 다시 요청하셔도 제공할 수 없습니다.",
        "Data past their retention cannot be provided under a further request either.",
    ),
    "account-closed": Label(
        "같은 이용자의 다른 식별자를 알고 계시면 그 식별자로 요청하실 수 있습니다.",
        "If you know another identifier of the same person, you may ask with it.",
    ),
    "identifier-insufficient": Label(
        "계정 아이디, 전자우편 주소, 전화번호와 같이 하나의 계정을 가리키는 식별자로 다시 요청하여 주십시오.",
        "Please ask again with an identifier that points to one account: an ID, e-mail address or "
        "telephone number.",
    ),
    "no-such-account": Label(
        "식별자의 표기를 확인하여 주십시오.", "Please check how the identifier is written."
    ),
}
_SAME = {
    "partly-expired": "retention-expired",
    "partly-closed": "account-closed",
    "partly-unidentified": "identifier-insufficient",
}
_OTHER_INSTRUMENT = ("no-legal-obligation", "data-not-covered", "part-not-covered", "not-real-time")


def remedies(source: Source, slug: str, withheld: tuple[DataCategory, ...]) -> tuple[str, ...]:
    """Sentences in the letter's language on what is possible, where `withheld` was not given for a reason."""
    lang = source.lang
    if slug in _OTHER_INSTRUMENT:
        return _by_other_instruments(source, withheld)
    if slug == "requester-not-entitled":
        return (_who_may(source),)
    sentence = _SENTENCES.get(_SAME.get(slug, slug))
    return (sentence.text(lang),) if sentence else ()


def _by_other_instruments(source: Source, data: tuple[DataCategory, ...]) -> tuple[str, ...]:
    """The instruments that bind the provider and cover all of the data, on the day of the letter."""
    open_ = "(" if source.lang == "ko" else " ("
    found = [
        f"{one.name.text(source.lang)}{open_}{one.citation.text(source.lang)})"
        for one in source.pack.on(source.day).instruments
        if one.slug != source.state.instrument and _obliges(one, data)
    ]
    if not found:
        return ()
    if source.lang == "ko":
        return (f"해당 자료는 다음 절차에 따라 요청하실 수 있습니다: {listing(found, 'ko')}.",)
    return (f"The data can be asked for under: {'; '.join(found)}.",)


def _obliges(one: InstrumentOnDay, data: tuple[DataCategory, ...]) -> bool:
    return one.discloses and one.binding.binding is Binding.BINDING and set(data) <= one.categories


def _who_may(source: Source) -> str:
    law = source.instrument
    roles = dict.fromkeys(
        source.pack.role_name(party.role, law.day).text(source.lang) for party in law.issuers
    )
    names = listing(list(roles), source.lang)
    if source.lang == "ko":
        return f"이 절차로 요청할 수 있는 자: {names}."
    return f"Those who may ask under this instrument: {names}."
