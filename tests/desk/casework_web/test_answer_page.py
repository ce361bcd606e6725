"""Letters in the browser: looked at, sent once, read back from their PDF; and to whom none goes."""

from collections.abc import Callable

from sagwan.desk.casework.actions import Step, execute
from sagwan.desk.casework.models import Case
from sagwan.desk.casework.queries import story, thread
from sagwan.desk.clock import now
from sagwan.desk.journal.models import Event
from sagwan.desk.setup import current
from sagwan.record import commands as ask
from tests.desk.letters import make
from tests.desk.letters.make import read, squeezed
from tests.support.people import Visitor


def letter(visitor: Visitor, number: str, kind: str, rest: str = "?lang=ko"):
    return visitor.get(f"/request/{number}/letters/{kind}/{rest}")


def test_a_refusal_in_korean_is_looked_at_and_sent(visitor: Callable[..., Visitor]) -> None:
    number, seo = make.refused(current()), visitor("seo")
    page = letter(seo, number, "refusal").content.decode()
    assert "법적 제공 의무 없음" in page and "Send the letter" in page
    picture = letter(seo, number, "refusal", "1/?lang=ko")
    assert picture["Content-Type"] == "image/png" and picture.content.startswith(b"\x89PNG")
    assert letter(seo, number, "refusal", "9/?lang=ko").status_code == 404
    looked = letter(seo, number, "refusal", "pdf/?lang=ko")
    assert looked["Content-Type"] == "application/pdf" and "sandbox" in looked["Content-Security-Policy"]
    text = read(looked.content)
    for said in ("법적 제공 의무 없음", "전기통신사업법 제83조제3항", "2016-형제-1234", "가상서울경찰서"):
        assert squeezed(said) in text, said
    form = {
        "seq": Case.objects.get(number=number).seq,
        "by": "post",
        "text": "영장으로 다시 요청해 주십시오.",
    }
    sent = seo.post(f"/request/{number}/letters/refusal/?lang=ko", form)
    assert sent["Location"] == f"/request/{number}/letters/"
    last = thread(story(current(), number))[-1]
    assert "영장으로 다시 요청해 주십시오." in (last.text or "") and "by post" in (last.text or "")
    kept = seo.get(f"/request/{number}/document/{last.documents[0].digest}/file/").content
    assert kept == looked.content
    assert last.documents[0].name in seo.get(f"/request/{number}/letters/").content.decode()


def test_the_other_language_is_one_click_away(visitor: Callable[..., Visitor]) -> None:
    number, seo = make.refused(current()), visitor("seo")
    assert (
        "the law does not oblige the provider" in letter(seo, number, "refusal", "?lang=en").content.decode()
    )
    assert "?lang=ko" in letter(seo, number, "refusal", "?lang=en").content.decode()
    assert "법적 제공 의무 없음" in letter(seo, number, "refusal", "?lang=fr").content.decode()


def test_a_decision_that_waits_has_a_preview_and_cannot_be_sent(visitor: Callable[..., Visitor]) -> None:
    number, lee = make.refused(current(), approve=False), visitor("lee")
    page = letter(lee, number, "refusal").content.decode()
    assert "A preview: the decision waits" in page and "Send the letter" not in page
    seq = Case.objects.get(number=number).seq
    lee.post(f"/request/{number}/letters/refusal/?lang=ko", {"seq": seq, "by": "portal", "text": ""})
    assert Case.objects.get(number=number).seq == seq
    assert (
        f"/request/{number}/letters/refusal/?lang=ko"
        in lee.get(f"/request/{number}/approve/").content.decode()
    )


def test_a_letter_from_before_is_not_sent(visitor: Callable[..., Visitor]) -> None:
    number, seo = make.refused(current()), visitor("seo")
    seq = Case.objects.get(number=number).seq
    execute(current(), [Step(number, ask.AddNote("Kim was here first"), "kim", now())])
    page = seo.post(
        f"/request/{number}/letters/refusal/?lang=ko", {"seq": seq, "by": "fax", "text": "Typed words"}
    ).content.decode()
    assert "Kim was here first" in page and "Typed words" in page
    assert Case.objects.get(number=number).seq == seq + 1


def test_nothing_goes_to_whoever_forged_a_request(visitor: Callable[..., Visitor]) -> None:
    number, seo = make.suspected(current(), decided=True), visitor("seo")
    assert letter(seo, number, "refusal").status_code == 404
    assert letter(seo, number, "acknowledgement").status_code == 404
    page = letter(seo, number, "forgery").content.decode()
    assert "Send the letter" not in page and "independent contact" in page
    seq = Case.objects.get(number=number).seq
    seo.post(f"/request/{number}/letters/forgery/", {"seq": seq, "by": "portal", "text": ""})
    assert Case.objects.get(number=number).seq == seq


def test_a_user_is_told_of_their_own_target_alone(visitor: Callable[..., Visitor]) -> None:
    number, seo = make.handed_over(current()), visitor("seo")
    page = letter(seo, number, "notice", "?lang=ko&target=2").content.decode()
    assert 'name="target"' in page and "Send the letter" not in page
    assert "2016-1-0" not in page


def test_each_kind_of_letter_opens(visitor: Callable[..., Visitor]) -> None:
    desk, seo = current(), visitor("seo")
    made = {
        "partial": make.narrowed(desk), "no-data": make.without_data(desk),
        "clarification": make.asked(desk, "어느 계정입니까?"), "production": make.handed_over(desk),
    }  # fmt: skip
    for kind, number in made.items():
        for lang in ("ko", "en"):
            page = letter(seo, number, kind, f"?lang={lang}")
            assert page.status_code == 200 and "letter-pages" in page.content.decode(), (kind, lang)
        assert seo.get(f"/request/{number}/letters/").status_code == 200


def test_who_only_reads_sends_nothing_and_each_look_is_recorded(visitor: Callable[..., Visitor]) -> None:
    number, choi = make.refused(current()), visitor("choi")
    assert "Send the letter" not in letter(choi, number, "refusal").content.decode()
    assert choi.post(f"/request/{number}/letters/refusal/", {"seq": 4, "by": "portal"}).status_code == 403
    seen = Event.objects.filter(stream="access/choi", type="Viewed").latest("id").public
    assert number in seen and '"letter":"refusal"' in seen
