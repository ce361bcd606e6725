"""Every figure of 2016H1 of Google, Meta and Apple: status, what stands, and why rivals differ.

One edition prints each, so that no figure here is agreed or disputed; bands and blanks are kept as such.
"""

from sagwan.compare import compare, load_packaged

from .golden import lines_in, lines_of

TABLE = """
single-source |           33 | apple/apple KR account-requests accounts |
single-source |            7 | apple/apple KR account-requests challenged-or-rejected |
single-source |           39 | apple/apple KR account-requests compliance-percent |
single-source |            0 | apple/apple KR account-requests disclosed-content |
single-source |            9 | apple/apple KR account-requests disclosed-non-content-only |
single-source |           23 | apple/apple KR account-requests requested |
single-source |           50 | apple/apple KR device-requests compliance-percent |
single-source |        83511 | apple/apple KR device-requests devices |
single-source |           63 | apple/apple KR device-requests processed |
single-source |          126 | apple/apple KR device-requests requested |
single-source |         9090 | apple/apple US account-requests accounts |
single-source |          134 | apple/apple US account-requests challenged-or-rejected |
single-source |           84 | apple/apple US account-requests compliance-percent |
single-source |          393 | apple/apple US account-requests disclosed-content |
single-source |          746 | apple/apple US account-requests disclosed-non-content-only |
single-source |         1363 | apple/apple US account-requests requested |
missing       |            - | apple/apple US account-restriction-deletion-requests accounts |
single-source |            0 | apple/apple US account-restriction-deletion-requests challenged-or-rejected |
single-source |            3 | apple/apple US account-restriction-deletion-requests deleted |
single-source |            3 | apple/apple US account-restriction-deletion-requests requested |
missing       |            - | apple/apple US account-restriction-deletion-requests restricted |
single-source |           78 | apple/apple US device-requests compliance-percent |
single-source |        10260 | apple/apple US device-requests devices |
single-source |         3742 | apple/apple US device-requests processed |
single-source |         4822 | apple/apple US device-requests requested |
missing       |            - | apple/apple US emergency-requests challenged-or-rejected |
missing       |            - | apple/apple US emergency-requests compliance-percent |
missing       |            - | apple/apple US emergency-requests no-data-provided |
missing       |            - | apple/apple US emergency-requests processed |
single-source |           96 | apple/apple US emergency-requests requested |
banded        |   2001..2249 | apple/apple US national-security accounts |
banded        |   2751..2999 | apple/apple US national-security requested |
single-source |            9 | google/google KR emergency-disclosure-requests accounts |
single-source |            0 | google/google KR emergency-disclosure-requests compliance-percent |
single-source |            2 | google/google KR emergency-disclosure-requests requested |
single-source |          987 | google/google KR other-legal-requests accounts |
single-source |           40 | google/google KR other-legal-requests compliance-percent |
single-source |          350 | google/google KR other-legal-requests requested |
single-source |            5 | google/google KR preservation-requests accounts |
missing       |            - | google/google KR preservation-requests compliance-percent |
single-source |            2 | google/google KR preservation-requests requested |
single-source |          418 | google/google US emergency-disclosure-requests accounts |
single-source |           76 | google/google US emergency-disclosure-requests compliance-percent |
single-source |          259 | google/google US emergency-disclosure-requests requested |
banded        | 22500..22999 | google/google US fisa-content-requests accounts |
banded        |     500..999 | google/google US fisa-content-requests requested |
banded        |   2000..2499 | google/google US fisa-non-content-requests accounts |
banded        |       0..499 | google/google US fisa-non-content-requests requested |
banded        |     500..999 | google/google US national-security-letters accounts |
banded        |      17..499 | google/google US national-security-letters requested |
single-source |         4416 | google/google US other-court-orders accounts |
single-source |           73 | google/google US other-court-orders compliance-percent |
single-source |         1208 | google/google US other-court-orders requested |
single-source |          412 | google/google US pen-register-orders accounts |
single-source |           93 | google/google US pen-register-orders compliance-percent |
single-source |          266 | google/google US pen-register-orders requested |
single-source |        13473 | google/google US preservation-requests accounts |
missing       |            - | google/google US preservation-requests compliance-percent |
single-source |         5819 | google/google US preservation-requests requested |
single-source |         8090 | google/google US search-warrants accounts |
single-source |           85 | google/google US search-warrants compliance-percent |
single-source |         4246 | google/google US search-warrants requested |
single-source |        16780 | google/google US subpoenas accounts |
single-source |           76 | google/google US subpoenas compliance-percent |
single-source |         8182 | google/google US subpoenas requested |
single-source |            7 | google/google US wiretap-orders accounts |
single-source |          100 | google/google US wiretap-orders compliance-percent |
single-source |            7 | google/google US wiretap-orders requested |
single-source |            5 | meta/facebook-family KR emergency-requests accounts |
single-source |           80 | meta/facebook-family KR emergency-requests compliance-percent |
single-source |            5 | meta/facebook-family KR emergency-requests requested |
single-source |           92 | meta/facebook-family KR legal-process-requests accounts |
single-source |           44 | meta/facebook-family KR legal-process-requests compliance-percent |
single-source |           63 | meta/facebook-family KR legal-process-requests requested |
single-source |           27 | meta/facebook-family KR preservation-requests accounts |
single-source |           26 | meta/facebook-family KR preservation-requests requested |
single-source |           97 | meta/facebook-family KR total-requests accounts |
single-source |           47 | meta/facebook-family KR total-requests compliance-percent |
single-source |           68 | meta/facebook-family KR total-requests requested |
single-source |          937 | meta/facebook-family US court-order-18-usc-2703-d accounts |
single-source |           88 | meta/facebook-family US court-order-18-usc-2703-d compliance-percent |
single-source |          477 | meta/facebook-family US court-order-18-usc-2703-d requested |
single-source |          348 | meta/facebook-family US court-order-other accounts |
single-source |           72 | meta/facebook-family US court-order-other compliance-percent |
single-source |          304 | meta/facebook-family US court-order-other requested |
single-source |         1590 | meta/facebook-family US emergency-disclosures accounts |
single-source |           75 | meta/facebook-family US emergency-disclosures compliance-percent |
single-source |         1107 | meta/facebook-family US emergency-disclosures requested |
single-source |         1590 | meta/facebook-family US emergency-requests accounts |
single-source |           75 | meta/facebook-family US emergency-requests compliance-percent |
single-source |         1107 | meta/facebook-family US emergency-requests requested |
single-source |        37361 | meta/facebook-family US legal-process-requests accounts |
single-source |           81 | meta/facebook-family US legal-process-requests compliance-percent |
single-source |        22747 | meta/facebook-family US legal-process-requests requested |
single-source |         1848 | meta/facebook-family US pen-register-trap-and-trace accounts |
single-source |           80 | meta/facebook-family US pen-register-trap-and-trace compliance-percent |
single-source |         1603 | meta/facebook-family US pen-register-trap-and-trace requested |
single-source |        56714 | meta/facebook-family US preservation-requests accounts |
single-source |        31893 | meta/facebook-family US preservation-requests requested |
single-source |        21626 | meta/facebook-family US search-warrant accounts |
single-source |           81 | meta/facebook-family US search-warrant compliance-percent |
single-source |        13742 | meta/facebook-family US search-warrant requested |
single-source |        12447 | meta/facebook-family US subpoena accounts |
single-source |           80 | meta/facebook-family US subpoena compliance-percent |
single-source |         6526 | meta/facebook-family US subpoena requested |
single-source |          155 | meta/facebook-family US title-iii accounts |
single-source |           72 | meta/facebook-family US title-iii compliance-percent |
single-source |           95 | meta/facebook-family US title-iii requested |
single-source |        38951 | meta/facebook-family US total-requests accounts |
single-source |           81 | meta/facebook-family US total-requests compliance-percent |
single-source |        23854 | meta/facebook-family US total-requests requested |
"""


def test_every_figure() -> None:
    found = lines_of(compare(load_packaged(), "2016H1"), abroad=True)
    assert found == lines_in(TABLE)
