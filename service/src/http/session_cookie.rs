//! Cookies: one holds a session, and is cleared when the session ends; one holds a sign-in that waits for its second factor.

use chrono::TimeDelta;
use secrecy::{ExposeSecret, SecretString};

use super::Settings;
use crate::store::challenges;

/// A header `Set-Cookie` that makes the browser keep a session. How long it lasts without use is the server's to know.
pub(super) fn set(settings: &Settings, token: &SecretString, lifetime: TimeDelta) -> String {
    let name = settings.cookie_name();
    cookie(settings, name, token.expose_secret(), lifetime)
}

/// A header `Set-Cookie` that binds the browser to a sign-in at the provider. Sent when the provider leads back, which is what `Lax` allows.
pub(super) fn set_flow(settings: &Settings, token: &SecretString, lifetime: TimeDelta) -> String {
    let name = settings.flow_cookie_name();
    cookie(settings, name, token.expose_secret(), lifetime)
}

/// A header `Set-Cookie` that makes the browser forget its session.
pub(super) fn clear(settings: &Settings) -> String {
    cookie(settings, settings.cookie_name(), "", TimeDelta::zero())
}

/// A header `Set-Cookie` that makes the browser keep a sign-in that waits for its second factor, which is over within minutes.
pub(super) fn set_waiting(settings: &Settings, token: &SecretString) -> String {
    let name = settings.waiting_cookie_name();
    cookie(settings, name, token.expose_secret(), challenges::LIFETIME)
}

/// Out of reach of scripts; sent by pages of other sites only when they lead to ours, which by itself changes nothing.
fn cookie(settings: &Settings, name: &str, value: &str, lifetime: TimeDelta) -> String {
    let seconds = lifetime.num_seconds();
    let secure = if settings.secure_cookies {
        "; Secure"
    } else {
        ""
    };
    format!("{name}={value}; Path=/; Max-Age={seconds}; HttpOnly{secure}; SameSite=Lax")
}
