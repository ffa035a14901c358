//! Checks of OAuth settings.

use super::oauth::{Flow, OAuth};
use crate::core::{Diagnostic, Scope, Value, codes};

const CLIENTS: &str =
    "https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-client-apps.html";

/// Reports URLs that Cognito rejects or never matches (`INF4964`), and the implicit grant (`INF4965`).
pub(super) fn check(scope: Scope<'_>, oauth: &OAuth) {
    if oauth.flow == Flow::Implicit {
        scope.report(
            Diagnostic::new(
                codes::IMPLICIT_GRANT,
                "the client uses the implicit grant, which puts tokens into URLs",
            )
            .property("AllowedOAuthFlows")
            .actual("implicit")
            .expected("code")
            .help("use `OAuth::authorization_code(…)` with PKCE, which needs no secret")
            .url("https://docs.aws.amazon.com/cognito/latest/developerguide/federation-endpoints-oauth-grants.html"),
        );
    }
    check_urls(scope, "CallbackURLs", &oauth.callback_urls);
    check_urls(scope, "LogoutURLs", &oauth.logout_urls);
}

fn check_urls(scope: Scope<'_>, property: &str, urls: &[Value<String>]) {
    for (index, url) in urls.iter().enumerate() {
        let Some(url) = url.as_literal() else {
            continue;
        };
        if let Some(problem) = find_problem(url) {
            scope.report(
                Diagnostic::new(codes::CALLBACK_URL, format!("`{url}` {problem}"))
                    .property(format!("{property}.{index}"))
                    .actual(url)
                    .expected("an absolute URL such as `https://shop.example.com/signed-in`, `myapp://signed-in`, or `http://localhost:3000`")
                    .help("list every URL in full")
                    .url(CLIENTS),
            );
        }
    }
}

fn find_problem(url: &str) -> Option<&'static str> {
    let Some((scheme, rest)) = url.split_once("://") else {
        return Some("is not an absolute URL");
    };
    if url.contains('*') {
        return Some("has a wildcard, which Cognito compares as a plain character");
    }
    if url.contains('#') {
        return Some("has a fragment, which Cognito rejects");
    }
    let end = rest.find(['/', '?']).unwrap_or(rest.len());
    let authority = &rest[..end];
    if authority.is_empty() && scheme.starts_with("http") {
        return Some("has no host");
    }
    let host = match authority.strip_prefix('[') {
        Some(address) => address.split(']').next().unwrap_or_default(),
        None => authority.split(':').next().unwrap_or_default(),
    };
    let is_local = matches!(host, "localhost" | "127.0.0.1" | "::1");
    (scheme == "http" && !is_local)
        .then_some("is plain HTTP, which Cognito accepts for localhost only")
}
