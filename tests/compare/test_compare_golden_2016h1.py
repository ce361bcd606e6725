"""Every figure of 2016H1 in Korea: status, what stands, and why rivals differ.

Each row was read against the claims themselves. Sums nobody prints (`derived`) were added up by hand.
"""

from sagwan.compare import compare, load_packaged

from .golden import lines_in, lines_of

TABLE = """
derived       |         4046 | kakao/all KR communication-confirmation accounts |
derived       |         1820 | kakao/all KR communication-confirmation processed |
derived       |         3199 | kakao/all KR communication-confirmation requested |
derived       |           54 | kakao/all KR communication-restriction accounts |
derived       |           33 | kakao/all KR communication-restriction processed |
derived       |           33 | kakao/all KR communication-restriction requested |
derived       |       282760 | kakao/all KR search-and-seizure-warrant accounts |
derived       |         3734 | kakao/all KR search-and-seizure-warrant processed |
derived       |         4187 | kakao/all KR search-and-seizure-warrant requested |
derived       |            0 | kakao/all KR subscriber-information accounts |
derived       |            0 | kakao/all KR subscriber-information processed |
derived       |          662 | kakao/all KR subscriber-information requested |
single-source |           15 | kakao/daum KR - market-share |
single-source |         3018 | kakao/daum KR communication-confirmation accounts |
agreed        |         1123 | kakao/daum KR communication-confirmation processed |
agreed        |         2397 | kakao/daum KR communication-confirmation requested |
agreed        |           39 | kakao/daum KR communication-restriction accounts |
agreed        |           18 | kakao/daum KR communication-restriction processed |
agreed        |           18 | kakao/daum KR communication-restriction requested |
agreed        |        20876 | kakao/daum KR search-and-seizure-warrant accounts |
disputed      |         1295 | kakao/daum KR search-and-seizure-warrant issued | another-metric
disputed      |         1925 | kakao/daum KR search-and-seizure-warrant processed | one-digit restatement
agreed        |         1932 | kakao/daum KR search-and-seizure-warrant requested |
single-source |            0 | kakao/daum KR subscriber-information accounts |
single-source |            0 | kakao/daum KR subscriber-information processed |
single-source |          586 | kakao/daum KR subscriber-information refused |
agreed        |          586 | kakao/daum KR subscriber-information requested |
single-source |     40000000 | kakao/kakao KR - users |
agreed        |         1028 | kakao/kakao KR communication-confirmation accounts |
disputed      |          697 | kakao/kakao KR communication-confirmation processed | one-digit
agreed        |          802 | kakao/kakao KR communication-confirmation requested |
single-source |           15 | kakao/kakao KR communication-restriction accounts |
agreed        |           15 | kakao/kakao KR communication-restriction processed |
agreed        |            4 | kakao/kakao KR communication-restriction processed stage=follow-up |
agreed        |           15 | kakao/kakao KR communication-restriction requested |
agreed        |            4 | kakao/kakao KR communication-restriction requested stage=follow-up |
disputed      |       261884 | kakao/kakao KR search-and-seizure-warrant accounts | rounding
disputed      |         1809 | kakao/kakao KR search-and-seizure-warrant issued | another-metric
disputed      |         1809 | kakao/kakao KR search-and-seizure-warrant processed | one-digit
agreed        |         2255 | kakao/kakao KR search-and-seizure-warrant requested |
single-source |            0 | kakao/kakao KR subscriber-information accounts |
single-source |            0 | kakao/kakao KR subscriber-information processed |
single-source |           76 | kakao/kakao KR subscriber-information refused |
agreed        |           76 | kakao/kakao KR subscriber-information requested |
disputed | 758490 | ministry/all KR communication-confirmation numbers | rows-shifted another-category
disputed      |         4209 | ministry/all KR communication-restriction numbers | restatement
disputed      |      4480266 | ministry/all KR subscriber-information numbers | rows-shifted another-category
single-source |           75 | naver/naver KR - market-share |
single-source |         7053 | naver/naver KR communication-confirmation accounts |
single-source |            3 | naver/naver KR communication-confirmation accounts-per-processed |
single-source |           87 | naver/naver KR communication-confirmation compliance-percent |
single-source |         2307 | naver/naver KR communication-confirmation processed |
single-source |         2665 | naver/naver KR communication-confirmation requested |
single-source |           47 | naver/naver KR communication-restriction accounts |
single-source |            3 | naver/naver KR communication-restriction accounts-per-processed |
single-source |          100 | naver/naver KR communication-restriction compliance-percent |
agreed        |           17 | naver/naver KR communication-restriction processed |
single-source |           17 | naver/naver KR communication-restriction requested |
agreed        |        50452 | naver/naver KR search-and-seizure-warrant accounts |
single-source |           15 | naver/naver KR search-and-seizure-warrant accounts-per-processed |
single-source |           85 | naver/naver KR search-and-seizure-warrant compliance-percent |
disputed      |         3387 | naver/naver KR search-and-seizure-warrant issued | another-metric
agreed        |         3387 | naver/naver KR search-and-seizure-warrant processed |
agreed        |         3975 | naver/naver KR search-and-seizure-warrant requested |
missing       |            - | naver/naver KR subscriber-information accounts |
single-source |            0 | naver/naver KR subscriber-information processed |
single-source |          373 | naver/naver KR subscriber-information refused |
single-source |          373 | naver/naver KR subscriber-information requested |
derived       |        11099 | naver+kakao/all KR communication-confirmation accounts |
derived       |         4127 | naver+kakao/all KR communication-confirmation processed |
derived       |         5864 | naver+kakao/all KR communication-confirmation requested |
derived       |          101 | naver+kakao/all KR communication-restriction accounts |
derived       |           50 | naver+kakao/all KR communication-restriction processed |
derived       |           50 | naver+kakao/all KR communication-restriction requested |
derived       |       333212 | naver+kakao/all KR search-and-seizure-warrant accounts |
derived       |         7121 | naver+kakao/all KR search-and-seizure-warrant processed |
derived       |         8162 | naver+kakao/all KR search-and-seizure-warrant requested |
derived       |            0 | naver+kakao/all KR subscriber-information processed |
derived       |         1035 | naver+kakao/all KR subscriber-information requested |
"""


def test_every_figure() -> None:
    found = lines_of(compare(load_packaged(), "2016H1"), abroad=False)
    assert found == lines_in(TABLE)
