"""Django's settings, made from one home. There is no other settings file."""

from datetime import timedelta
from importlib.resources import files
from typing import Any
from urllib.parse import unquote, urlsplit

from sagwan.desk.home import Home, HomeError
from sagwan.desk.mail.config import mail_config
from sagwan.desk.tick.config import tick_config
from sagwan.desk.vault.master import MasterKey
from sagwan.desk.web.config import LOCAL_HOSTS, WebConfig, web_config

APPS = (
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "sagwan.desk.vault",
    "sagwan.desk.people",
    "sagwan.desk.journal",
    "sagwan.desk.mail",
    "sagwan.desk.intake",
    "sagwan.desk.casework",
    "sagwan.desk.portal",
    "sagwan.desk.api",
    "sagwan.desk.tick",
    "sagwan.desk.web",
)

MIDDLEWARE = (
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "sagwan.desk.api.front.Front",
    "sagwan.desk.web.headers.Headers",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "sagwan.desk.web.signin.devices.Devices",
    "allauth.account.middleware.AccountMiddleware",
    "sagwan.desk.web.sessions.Limits",
    "sagwan.desk.web.views.errors.Plain",
    "sagwan.desk.web.gate.Gate",
)

# Only our own files: no other host, nothing inline, no frame, no plug-in.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}


def settings_for(home: Home, master: MasterKey) -> dict[str, Any]:
    """The settings of the desk of `home`. The secret key is derived, so that no second secret is kept.

    Raise HomeError where `[web]`, `[mail]` or `[tick]` cannot be used.
    """
    config = web_config(home)
    mail_config(home)
    tick_config(home)
    return {
        "SECRET_KEY": master.derive("django").hex(),
        "DEBUG": False,
        "INSTALLED_APPS": APPS,
        "MIDDLEWARE": MIDDLEWARE,
        "ROOT_URLCONF": "sagwan.desk.web.urls",
        "DATABASES": {"default": database_for(home)},
        "DEFAULT_AUTO_FIELD": "django.db.models.BigAutoField",
        "USE_TZ": True,
        "TIME_ZONE": "UTC",
        "LANGUAGE_CODE": "en",
        "LANGUAGES": (("ko", "한국어"), ("en", "English")),
        "LANGUAGE_COOKIE_NAME": "language",
        "LANGUAGE_COOKIE_AGE": 366 * 24 * 3600,
        "TEMPLATES": [{"BACKEND": "sagwan.desk.web.engine.Pages", "DIRS": [], "OPTIONS": {}}],
        "FORM_RENDERER": "django.forms.renderers.Jinja2",
        "STATIC_URL": "/static/",
        "STATICFILES_DIRS": [("sagwan", str(files("sagwan.pages") / "static"))],
        "WHITENOISE_USE_FINDERS": True,
        "WHITENOISE_AUTOREFRESH": False,
        "WHITENOISE_MAX_AGE": 3600,
        # Throttles are kept in the process's memory: a cache in the database would hold pickles.
        "CACHES": {
            "default": {
                "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
                "OPTIONS": {"MAX_ENTRIES": 100_000},
            }
        },
        "MESSAGE_STORAGE": "django.contrib.messages.storage.session.SessionStorage",
        "DATA_UPLOAD_MAX_MEMORY_SIZE": config.max_body_mb * 1024 * 1024,
        "DATA_UPLOAD_MAX_NUMBER_FIELDS": 10_000,
        "FILE_UPLOAD_HANDLERS": [
            "django.core.files.uploadhandler.MemoryFileUploadHandler",
            "sagwan.desk.web.uploads.PrivateUpload",
        ],
        "FILE_UPLOAD_TEMP_DIR": str(home.path / "productions" / "uploads"),
        "LOGGING": LOGGING,
        **_security(config),
        # Mail goes through the outbox of desk/mail, and no other way.
        "EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend",
        **_sign_in(home),
    }


def _security(config: WebConfig) -> dict[str, Any]:
    """Cookies, transport and headers. A home without a host serves its own machine, by plain http."""
    prefix = "__Host-" if config.secure else ""
    return {
        "ALLOWED_HOSTS": [*LOCAL_HOSTS, *([config.host] if config.host else [])],
        "SECURE_SSL_REDIRECT": config.secure,
        "SECURE_REDIRECT_EXEMPT": ["^healthz$"],
        "SECURE_HSTS_SECONDS": config.hsts_days * 24 * 3600 if config.secure else 0,
        "SECURE_REFERRER_POLICY": "same-origin",
        "SECURE_CROSS_ORIGIN_OPENER_POLICY": "same-origin",
        "CONTENT_SECURITY_POLICY": CONTENT_SECURITY_POLICY,
        "SESSION_ENGINE": "sagwan.desk.web.sessions",
        "SESSION_COOKIE_NAME": f"{prefix}session",
        "SESSION_COOKIE_SECURE": config.secure,
        "SESSION_COOKIE_AGE": config.session_hours * 3600,
        "SESSION_EXPIRE_AT_BROWSER_CLOSE": True,
        "SESSION_IDLE_SECONDS": config.idle_minutes * 60,
        "CSRF_COOKIE_NAME": f"{prefix}csrf",
        "CSRF_COOKIE_SECURE": config.secure,
        "CSRF_COOKIE_HTTPONLY": True,
        "CSRF_FAILURE_VIEW": "sagwan.desk.web.views.errors.csrf_failure",
        "LANGUAGE_COOKIE_SECURE": config.secure,
        "LANGUAGE_COOKIE_HTTPONLY": True,
        "LANGUAGE_COOKIE_SAMESITE": "Lax",
        "DEVICE_COOKIE_NAME": f"{prefix}device",
        "DEVICE_COOKIE_SECURE": config.secure,
    }


def _sign_in(home: Home) -> dict[str, Any]:
    """django-allauth: passkey, or name and password with a second factor. Nobody signs up, and nothing is
    reset by mail: who reads a stolen mailbox must not come in by it."""
    validation = "django.contrib.auth.password_validation"
    return {
        "AUTH_USER_MODEL": "people.Person",
        "AUTHENTICATION_BACKENDS": ["allauth.account.auth_backends.AuthenticationBackend"],
        "AUTH_PASSWORD_VALIDATORS": [
            {"NAME": f"{validation}.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
            {"NAME": f"{validation}.CommonPasswordValidator"},
            {
                "NAME": f"{validation}.UserAttributeSimilarityValidator",
                "OPTIONS": {"user_attributes": ("name", "full_name", "email")},
            },
        ],
        "LOGIN_URL": "account_login",
        "LOGIN_REDIRECT_URL": "home",
        "ACCOUNT_ADAPTER": "sagwan.desk.web.signin.adapter.AccountAdapter",
        "ACCOUNT_LOGIN_METHODS": {"username"},
        "ACCOUNT_SIGNUP_FIELDS": ["username*", "password1*"],
        "ACCOUNT_USER_MODEL_USERNAME_FIELD": "name",
        "ACCOUNT_USER_MODEL_EMAIL_FIELD": "email",
        "ACCOUNT_EMAIL_VERIFICATION": "none",
        "ACCOUNT_EMAIL_NOTIFICATIONS": True,
        "ACCOUNT_SESSION_REMEMBER": False,
        "ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE": False,
        "ACCOUNT_LOGOUT_REDIRECT_URL": "account_login",
        "ACCOUNT_REAUTHENTICATION_TIMEOUT": int(timedelta(minutes=5).total_seconds()),
        "ACCOUNT_RATE_LIMITS": {"signup": "5/h/ip"},  # requests for accounts
        "ACCOUNT_FORMS": {
            "login": "sagwan.desk.web.signin.forms.SignInForm",
            "set_password": "sagwan.desk.web.signin.forms.NewPasswordForm",
            "change_password": "sagwan.desk.web.signin.forms.ChangePasswordForm",
        },
        "MFA_ADAPTER": "sagwan.desk.web.signin.adapter.MFAAdapter",
        "MFA_SUPPORTED_TYPES": ["webauthn", "totp", "recovery_codes"],
        "MFA_PASSKEY_LOGIN_ENABLED": True,
        "MFA_WEBAUTHN_USER_VERIFICATION": "required",
        "MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN": not web_config(home).secure,
        "MFA_ALLOW_UNVERIFIED_EMAIL": True,
        "MFA_TOTP_ISSUER": home.names["en"],
        "MFA_TOTP_TOLERANCE": 1,
        "MFA_RECOVERY_CODES_SHOW_ONCE": True,
        "MFA_FORMS": {
            "add_webauthn": "sagwan.desk.web.signin.forms.AddPasskeyForm",
            "edit_webauthn": "sagwan.desk.web.signin.forms.RenamePasskeyForm",
            "activate_totp": "sagwan.desk.web.signin.forms.ActivateTOTPForm",
            "authenticate": "sagwan.desk.web.signin.forms.CodeForm",
            "reauthenticate": "sagwan.desk.web.signin.forms.CodeAgainForm",
        },
    }


# What goes wrong is told to the operator without what was in it: no request's path, no value.
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": "line"},
        "nowhere": {"class": "logging.NullHandler"},
    },
    "loggers": {
        "sagwan": {"level": "INFO", "handlers": ["stderr"]},
        "django": {"level": "ERROR", "handlers": ["stderr"], "propagate": False},
        "django.request": {"handlers": ["nowhere"], "propagate": False},
        "django.security": {"handlers": ["nowhere"], "propagate": False},
        "waitress": {"level": "WARNING", "handlers": ["stderr"], "propagate": False},
        "waitress.queue": {"level": "ERROR"},
    },
}


def database_for(home: Home) -> dict[str, Any]:
    """SQLite in the home with full durability, or the PostgreSQL that `database` names."""
    if not home.database:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(home.sqlite_path),
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 30,
                # recursive_triggers: else INSERT OR REPLACE would delete rows past the triggers
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
                " PRAGMA foreign_keys=ON; PRAGMA recursive_triggers=ON",
            },
        }
    url = urlsplit(home.database)
    if url.scheme not in ("postgresql", "postgres") or not url.path.strip("/"):
        raise HomeError(
            f"database {home.database!r} is not understood", hint="'' or postgresql://user@host:5432/name"
        )
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(url.path.strip("/")),
        "USER": unquote(url.username or ""),
        "PASSWORD": unquote(url.password or ""),
        "HOST": unquote(url.hostname or ""),
        "PORT": str(url.port or ""),
    }
