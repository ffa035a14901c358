//! Cookies of the service: for the session, for a sign-in that needs a second factor, and for sign-ins at the identity provider.

use chrono::TimeDelta;
use secrecy::{ExposeSecret, SecretString};

use super::Settings;
use crate::store::challenges;

/// Returns the `Set-Cookie` header that stores a session in the browser. The server decides when an unused session ends.
pub(super) fn set_session(
    settings: &Settings,
    token: &SecretString,
    lifetime: TimeDelta,
) -> String {
    let name = settings.cookie_name();
    build_cookie(settings, name, token.expose_secret(), lifetime)
}

/// Returns the `Set-Cookie` header that binds a browser to a sign-in at the provider. Browsers send the cookie when the provider redirects back,
/// which `SameSite=Lax` allows.
pub(super) fn set_flow(settings: &Settings, token: &SecretString, lifetime: TimeDelta) -> String {
    let name = settings.flow_cookie_name();
    build_cookie(settings, name, token.expose_secret(), lifetime)
}

/// Returns the `Set-Cookie` header that removes the session from the browser.
pub(super) fn clear_session(settings: &Settings) -> String {
    build_cookie(settings, settings.cookie_name(), "", TimeDelta::zero())
}

/// Returns the `Set-Cookie` header that stores a sign-in that needs a second factor; it expires within minutes.
pub(super) fn set_waiting(settings: &Settings, token: &SecretString) -> String {
    let name = settings.waiting_cookie_name();
    build_cookie(settings, name, token.expose_secret(), challenges::LIFETIME)
}

/// Builds a cookie that scripts cannot read. Other sites send it only with links to this site, which change nothing.
fn build_cookie(settings: &Settings, name: &str, value: &str, lifetime: TimeDelta) -> String {
    let seconds = lifetime.num_seconds();
    let secure = if settings.secure_cookies {
        "; Secure"
    } else {
        ""
    };
    format!("{name}={value}; Path=/; Max-Age={seconds}; HttpOnly{secure}; SameSite=Lax")
}
