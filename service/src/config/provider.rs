//! Settings of the OpenID provider that people can sign in with. Without `OIDC_ISSUER`, people sign in with their password or passkey only.

use openidconnect::url::Url;
use openidconnect::{ClientId, ClientSecret, IssuerUrl, RedirectUrl};

use super::reader::Reader;
use crate::http::middleware::Origin;
use crate::oidc::{Provider, Registration, SecondFactor, Settings};

/// Variables that require `OIDC_ISSUER`; setting any of them without it is a problem.
const PARTS: [&str; 8] = [
    "OIDC_CLIENT_ID",
    "OIDC_CLIENT_SECRET",
    "OIDC_NAME",
    "OIDC_SCOPES",
    "OIDC_REGISTRATION",
    "OIDC_SECOND_FACTOR",
    "OIDC_EMAIL_DOMAINS",
    "OIDC_TLS_CA",
];
/// Path of the redirect URI, which has to be registered with the provider.
const CALLBACK: &str = "/api/auth/oidc/callback";
const ISSUER: &str = "the issuer identifier of the provider: a URL such as https://login.example.com (http:// is allowed for this machine only), without a query or a fragment";

/// Reads the settings of the OpenID provider, which redirects back to `page`. Returns `None` without `OIDC_ISSUER`, and after reporting a problem.
pub(super) fn read_provider(from: &mut Reader<'_>, page: Option<&Origin>) -> Option<Provider> {
    let registration: Registration = from.parse_value(
        "OIDC_REGISTRATION",
        "as-usual, open or closed",
        Registration::default().as_str(),
    );
    let second_factor: SecondFactor = from.parse_value(
        "OIDC_SECOND_FACTOR",
        "provider or account",
        SecondFactor::default().as_str(),
    );
    let domains = read_domains(from);
    let scopes = read_scopes(from);
    let authorities = read_authorities(from);
    let Some(given) = from.find_value("OIDC_ISSUER") else {
        if let Some(part) = PARTS.iter().find(|part| from.find_value(part).is_some()) {
            let message = format!("is missing, but {part} is set");
            from.report_problem("OIDC_ISSUER", message, ISSUER);
        }
        return None;
    };
    let issuer = parse_issuer(given);
    if issuer.is_none() {
        from.report_value("OIDC_ISSUER", given, ISSUER);
    }
    let client_id = from.find_value("OIDC_CLIENT_ID");
    if client_id.is_none() {
        from.report_problem(
            "OIDC_CLIENT_ID",
            "is missing",
            "the client ID of this service at the provider of OIDC_ISSUER",
        );
    }
    if page.is_none() && from.find_value("PUBLIC_URL").is_none() {
        from.report_problem(
            "PUBLIC_URL",
            "is missing",
            "required for the redirect URI of the provider of OIDC_ISSUER",
        );
    }
    let settings = Settings {
        name: from
            .find_value("OIDC_NAME")
            .unwrap_or("single sign-on")
            .to_owned(),
        issuer: issuer?,
        client_id: ClientId::new(client_id?.to_owned()),
        client_secret: from
            .find_value("OIDC_CLIENT_SECRET")
            .map(|secret| ClientSecret::new(secret.to_owned())),
        redirect: RedirectUrl::new(format!("{}{CALLBACK}", page?)).ok()?,
        scopes,
        registration,
        second_factor,
        domains,
    };
    let provider = Provider::new(settings, authorities.as_deref()).ok();
    if provider.is_none() {
        let path = from.find_value("OIDC_TLS_CA").unwrap_or_default();
        from.report_value(
            "OIDC_TLS_CA",
            path,
            "the path of a PEM file with certificates",
        );
    }
    provider
}

fn parse_issuer(given: &str) -> Option<IssuerUrl> {
    let url = Url::parse(given).ok()?;
    let is_here = matches!(url.host_str(), Some("localhost" | "127.0.0.1" | "[::1]"));
    let is_issuer = url.query().is_none()
        && url.fragment().is_none()
        && url.username().is_empty()
        && url.password().is_none()
        && (url.scheme() == "https" || url.scheme() == "http" && is_here);
    is_issuer
        .then(|| IssuerUrl::new(given.to_owned()).ok())
        .flatten()
}

/// Reads the scopes to request in addition to `openid`, which is always requested.
fn read_scopes(from: &mut Reader<'_>) -> Vec<String> {
    let given = from
        .find_value("OIDC_SCOPES")
        .unwrap_or("openid email profile");
    // RFC 6749, section 3.3.
    let is_scope = |word: &str| {
        word.bytes()
            .all(|byte| byte.is_ascii_graphic() && byte != b'"' && byte != b'\\')
    };
    if !given.split_whitespace().all(is_scope) {
        from.report_value(
            "OIDC_SCOPES",
            given,
            "scopes separated by spaces, such as openid email profile",
        );
    }
    given
        .split_whitespace()
        .filter(|word| *word != "openid")
        .map(str::to_owned)
        .collect()
}

fn read_domains(from: &mut Reader<'_>) -> Vec<String> {
    let Some(given) = from.find_value("OIDC_EMAIL_DOMAINS") else {
        return Vec::new();
    };
    let domains: Vec<String> = given
        .split(',')
        .map(|domain| domain.trim().to_lowercase())
        .collect();
    let is_domain = |domain: &String| {
        domain.contains('.')
            && domain
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-'))
    };
    if !domains.iter().all(is_domain) {
        from.report_value(
            "OIDC_EMAIL_DOMAINS",
            given,
            "domains separated by commas, such as example.com, example.org",
        );
    }
    domains
}

fn read_authorities(from: &mut Reader<'_>) -> Option<Vec<u8>> {
    let path = from.find_value("OIDC_TLS_CA")?;
    let read = std::fs::read(path).ok();
    if read.is_none() {
        from.report_value(
            "OIDC_TLS_CA",
            path,
            "the path of a PEM file with certificates",
        );
    }
    read
}
