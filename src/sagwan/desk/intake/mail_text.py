"""Words out of mail: headers with their encodings, bodies, HTML as text, file names that do no harm."""

import codecs
import re
import unicodedata
from email.header import decode_header
from email.message import Message
from html.parser import HTMLParser

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")
_DIRECTION = re.compile("[\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
"""Signs that turn the direction of text or show nothing: `gpj.exe` would read `exe.jpg` with them."""
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\.|\Z)", re.I)
_OFTEN = ("utf-8", "cp949", "latin-1")


def header_text(value: object) -> str:
    """A header's value as one line of text, its encoded words decoded; whatever it holds."""
    source = str(value)[:20_000]
    try:
        parts = [_word(word, charset) for word, charset in decode_header(source)]
    except (ValueError, LookupError, TypeError, AttributeError, IndexError):
        parts = [source]
    text = _raw_bytes("".join(parts))
    return " ".join(_CONTROL.sub(" ", text).split())[:5_000]


def _word(word: object, charset: str | None) -> str:
    if isinstance(word, str):
        return word
    return _decode(word, charset) if isinstance(word, bytes) else str(word)


def _raw_bytes(text: str) -> str:
    """Bytes that stood unencoded in a header are kept by the parser as lone surrogates: UTF-8 or CP949."""
    if not any("\udc80" <= letter <= "\udcff" for letter in text):
        return text
    try:
        return _decode(text.encode("ascii", "surrogateescape"), None)
    except UnicodeEncodeError:
        return text.encode("utf-8", "replace").decode("utf-8")


def _decode(data: bytes, charset: str | None) -> str:
    """By the charset that is named, where it is one; else by what Korean mail is mostly in."""
    named = (charset or "").strip().lower()
    if named in ("ks_c_5601-1987", "euc-kr", "ksc5601", "ks_c_5601"):
        named = "cp949"
    for name in (named, *_OFTEN):
        try:
            if name and codecs.lookup(name)._is_text_encoding:  # type: ignore[attr-defined]
                return data.decode(name)
        except (LookupError, ValueError, UnicodeError):
            continue
    return data.decode("latin-1")


def decoded_text(data: bytes, part: Message) -> str:
    """A text part's body."""
    try:
        charset = part.get_content_charset()
    except (ValueError, LookupError, TypeError, AttributeError):
        charset = None
    text = _decode(data, charset).replace("\r\n", "\n").replace("\r", "\n")
    return (
        re.sub(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]", "", text).replace("\t", " ").strip()
    )


class _Words(HTMLParser):
    """The text of a page, a line for each block; scripts and styles left out."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self._hidden += tag in ("script", "style", "head")
        if tag in ("p", "br", "div", "tr", "li", "h1", "h2", "h3"):
            self.words.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self._hidden = max(0, self._hidden - (tag in ("script", "style", "head")))

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.words.append(data)


def plain_of_html(page: str) -> str:
    """A page's words. Nothing in it is fetched or run."""
    words = _Words()
    try:
        words.feed(page[:2_000_000])
        words.close()
    except (ValueError, AssertionError, RecursionError):
        pass
    return re.sub(r"\n\s*\n+", "\n\n", re.sub(r"[^\S\n]+", " ", "".join(words.words))).strip()


def safe_name(name: str, otherwise: str) -> str:
    """A file name without path, control signs and tricks, at most 150 characters; else `otherwise`."""
    plain = _DIRECTION.sub("", unicodedata.normalize("NFC", _CONTROL.sub(" ", name)))
    last = re.split(r"[\\/]", plain)[-1]
    shown = "".join(letter for letter in last if letter.isprintable())
    kept = re.sub(r'[<>:"|?*]', "_", " ".join(shown.split())).strip(". ")
    if not kept:
        return otherwise
    if _RESERVED.match(kept):
        kept = f"_{kept}"
    stem, dot, ending = kept.rpartition(".")
    if len(kept) > 150:
        kept = f"{stem[:120].rstrip()}{dot}{ending[:20]}" if dot else kept[:150].rstrip()
    return kept
