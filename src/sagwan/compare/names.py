"""What providers and services that occur in the packaged claims are called; another is shown by its slug."""

from collections.abc import Mapping

NAMES: Mapping[str, Mapping[str, str]] = {
    "kakao": {"ko": "카카오", "en": "Kakao"},
    "daum": {"ko": "다음", "en": "Daum"},
    "naver": {"ko": "네이버", "en": "Naver"},
    "naver+kakao": {"ko": "네이버와 카카오", "en": "Naver and Kakao"},
    "ministry": {"ko": "과학기술정보통신부 집계", "en": "Korea's ministry, all operators"},
    "all": {"ko": "모든 서비스", "en": "all services"},
    "apple": {"ko": "애플", "en": "Apple"},
    "google": {"ko": "구글", "en": "Google"},
    "google-workspace": {"ko": "구글 워크스페이스", "en": "Google Workspace"},
    "gcp": {"ko": "구글 클라우드", "en": "Google Cloud"},
    "meta": {"ko": "메타", "en": "Meta"},
    "facebook-family": {"ko": "페이스북·인스타그램·왓츠앱", "en": "Facebook, Instagram and WhatsApp"},
    "microsoft": {"ko": "마이크로소프트", "en": "Microsoft"},
    "github": {"ko": "깃허브", "en": "GitHub"},
}
