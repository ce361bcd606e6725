"""What a category of requests implies: the class of legal process, its law, whether it is live or urgent.

Only what follows from the name itself, or from the statute that it names.
"""

from collections.abc import Mapping

_EMERGENCY = {"process_class": "emergency", "urgency": "emergency"}
_PRESERVATION = {"process_class": "preservation"}
_SUBPOENA = {"process_class": "subpoena"}
_WARRANT = {"process_class": "search-warrant"}
_ORDER = {"process_class": "court-order"}
_LIVE = {"live": "live"}
_PEN = {**_LIVE, "process_class": "pen-register", "law": "18 USC 3121-3127", "data_class": "non-content"}
_WIRETAP = {**_LIVE, "process_class": "wiretap", "law": "18 USC 2510-2523", "data_class": "content"}
_MLAT = {"process_class": "diplomatic", "channel": "mlat"}
_NATIONAL = {"process_class": "national-security"}
_LETTER = {"process_class": "national-security", "law": "18 USC 2709", "data_class": "subscriber"}
_FISA_CONTENT = {"process_class": "national-security", "law": "50 USC ch. 36", "data_class": "content"}
_FISA_OTHER = {"process_class": "national-security", "law": "50 USC ch. 36", "data_class": "non-content"}
_CLOUD = {"channel": "cloud-act"}

IMPLIED: Mapping[str, Mapping[str, str]] = {
    "emergency-requests": _EMERGENCY,
    "emergency-disclosure-requests": _EMERGENCY,
    "emergency-disclosures": _EMERGENCY,
    "exigent-circumstances": _EMERGENCY,
    "preservation-requests": _PRESERVATION,
    "account-preservation-requests": _PRESERVATION,
    "subpoenas": _SUBPOENA,
    "subpoena": _SUBPOENA,
    "civil-subpoena": {**_SUBPOENA, "requester": "civil-party"},
    "criminal-or-government-agency-subpoena": _SUBPOENA,
    "search-warrants": _WARRANT,
    "search-warrant": _WARRANT,
    "criminal-search-warrant": _WARRANT,
    "court-orders": _ORDER,
    "other-court-orders": _ORDER,
    "court-order-other": _ORDER,
    "criminal-court-order": _ORDER,
    "court-order-18-usc-2703-d": {**_ORDER, "law": "18 USC 2703(d)", "data_class": "non-content"},
    "pen-register-orders": _PEN,
    "pen-register-trap-and-trace": _PEN,
    "wiretap-orders": _WIRETAP,
    "title-iii": _WIRETAP,
    "mlat-search-warrant": {**_WARRANT, "channel": "mlat"},
    "mlat-order": {**_ORDER, "channel": "mlat"},
    "diplomatic-legal-requests": _MLAT,
    "cross-border-request": {"process_class": "diplomatic"},
    "cloud-act-opos": {**_CLOUD, "law": "Crime (Overseas Production Orders) Act 2019"},
    "cloud-act-ipa-cdrs": {**_CLOUD, "law": "Investigatory Powers Act 2016"},
    "cloud-act-ipa-tiws": {**_CLOUD, "law": "Investigatory Powers Act 2016", "live": "live"},
    "requests-for-data-of-local-subsidiary": {"channel": "subsidiary"},
    "police-requests": {"requester": "police"},
    "civil-legal-requests": {"requester": "civil-party"},
    "national-security": _NATIONAL,
    "national-security-letters-and-orders": _NATIONAL,
    "national-security-letters": _LETTER,
    "nsls": _LETTER,
    "fisa-content": _FISA_CONTENT,
    "fisa-content-requests": _FISA_CONTENT,
    "fisa-non-content": _FISA_OTHER,
    "fisa-non-content-requests": _FISA_OTHER,
    "device-requests": {"identifier": "device"},
    "account-requests": {"identifier": "account"},
    "account-restriction-deletion-requests": {"identifier": "account"},
    "financial-identifier-requests": {"identifier": "payment"},
    "push-token-requests": {"identifier": "push-token"},
    "orders-to-provide-information": {"channel": "dsa-order", "law": "Regulation (EU) 2022/2065 Art. 10"},
    "orders-to-act": {"channel": "dsa-order", "law": "Regulation (EU) 2022/2065 Art. 9"},
    "search-and-seizure-warrant": {**_WARRANT, "live": "stored"},
    "communication-restriction": {"process_class": "wiretap", "live": "live", "data_class": "content"},
    "communication-confirmation": {**_ORDER, "data_class": "non-content"},
    "subscriber-information": {"process_class": "other", "data_class": "subscriber"},
}

COUNTED: Mapping[str, str] = {
    "requested": "request",
    "processed": "request",
    "refused": "request",
    "accounts": "account",
    "devices": "device",
}


def implied(category: str) -> Mapping[str, str]:
    return IMPLIED.get(category, {})
