//! The cookie that holds a session: set when somebody signs in, cleared when the session ends.

use chrono::TimeDelta;
use secrecy::{ExposeSecret, SecretString};

use super::Settings;

/// A header `Set-Cookie` that makes the browser keep a session. How long it lasts without use is the server's to know.
pub(super) fn set(settings: &Settings, token: &SecretString, lifetime: TimeDelta) -> String {
    cookie(settings, token.expose_secret(), lifetime.num_seconds())
}

/// A header `Set-Cookie` that makes the browser forget its session.
pub(super) fn clear(settings: &Settings) -> String {
    cookie(settings, "", 0)
}

/// Out of reach of scripts; sent by pages of other sites only when they lead to ours, which by itself changes nothing.
fn cookie(settings: &Settings, value: &str, seconds: i64) -> String {
    let name = settings.cookie_name();
    let secure = if settings.secure_cookies {
        "; Secure"
    } else {
        ""
    };
    format!("{name}={value}; Path=/; Max-Age={seconds}; HttpOnly{secure}; SameSite=Lax")
}
