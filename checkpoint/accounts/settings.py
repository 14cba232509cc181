"""How allauth behaves here; imported by checkpoint.settings.

Signing in with GitHub or an organisation's own service is off until these are set:

CHECKPOINT_GITHUB_CLIENT_ID, CHECKPOINT_GITHUB_CLIENT_SECRET
    A GitHub OAuth app whose callback is `<site>/accounts/github/login/callback/`.
CHECKPOINT_OIDC_URL
    An OpenID Connect issuer, for example `https://login.example.org/realms/staff`.
CHECKPOINT_OIDC_CLIENT_ID, CHECKPOINT_OIDC_CLIENT_SECRET
    The client there; its callback is `<site>/accounts/oidc/organisation/login/callback/`.
CHECKPOINT_OIDC_NAME
    What the button says after "Continue with" (default: your organisation).

CHECKPOINT_SIGNUP=off closes the sign-up page: operators make the accounts.
Messages are files in `var/mail` and confirming an address is optional, until
`CHECKPOINT_SMTP_HOST` is set: then it is required.
"""

from typing import Any

from checkpoint.environment import env, flag

_MAIL_IS_DELIVERED = bool(env("CHECKPOINT_SMTP_HOST", ""))

ACCOUNT_ADAPTER = "checkpoint.accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_SIGNUP_FORM_CLASS = "checkpoint.accounts.signup.NameForm"
ACCOUNT_FORMS = {"login": "checkpoint.accounts.forms.SignInForm"}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory" if _MAIL_IS_DELIVERED else "optional"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if flag("CHECKPOINT_HTTPS") else "http"
SIGN_UP_IS_OPEN = flag("CHECKPOINT_SIGNUP", default=True)

MFA_ADAPTER = "checkpoint.accounts.adapter.SecondStepAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_FORMS = {"add_webauthn": "checkpoint.accounts.forms.AddPasskeyForm"}
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = not _MAIL_IS_DELIVERED
MFA_TOTP_ISSUER = "Checkpoint"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not flag("CHECKPOINT_HTTPS")

# Tracking would write to the database on every page anyone opens.
USERSESSIONS_TRACK_ACTIVITY = False

# Behind a proxy the address that rate limits count is the one the proxy saw.
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if flag("CHECKPOINT_BEHIND_PROXY") else 0
if env("CHECKPOINT_RATELIMITS", "on") == "off":
    ACCOUNT_RATE_LIMITS = MFA_RATE_LIMITS = False

SOCIALACCOUNT_ADAPTER = "checkpoint.accounts.adapter.SocialAdapter"
SOCIALACCOUNT_PROVIDERS: dict[str, dict[str, Any]] = {}
if env("CHECKPOINT_GITHUB_CLIENT_ID", ""):
    SOCIALACCOUNT_PROVIDERS["github"] = {
        "SCOPE": ["read:user", "user:email"],
        "APPS": [
            {
                "name": "GitHub",
                "client_id": env("CHECKPOINT_GITHUB_CLIENT_ID", ""),
                "secret": env("CHECKPOINT_GITHUB_CLIENT_SECRET", ""),
            }
        ],
    }
if env("CHECKPOINT_OIDC_CLIENT_ID", ""):
    SOCIALACCOUNT_PROVIDERS["openid_connect"] = {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "organisation",
                "name": env("CHECKPOINT_OIDC_NAME", "your organisation"),
                "client_id": env("CHECKPOINT_OIDC_CLIENT_ID", ""),
                "secret": env("CHECKPOINT_OIDC_CLIENT_SECRET", ""),
                "settings": {"server_url": env("CHECKPOINT_OIDC_URL", "")},
            }
        ],
    }
