//! Protection against cross-site request forgery: refuses writing requests that pages of other sites make a browser send with its cookies.
//!
//! The rule is that of `net/http.CrossOriginProtection` in Go 1.25 (<https://pkg.go.dev/net/http#CrossOriginProtection>), with the reasons in
//! <https://words.filippo.io/csrf/>: browsers send the origin of a request, so no token is needed.

use std::sync::Arc;

use poem::http::{HeaderMap, Uri, header};
use poem::{Endpoint, Request, Response, Result};

use super::Origin;
use crate::error::{Code, Error};

/// Middleware that refuses requests with an unsafe method from a page of another site.
pub(super) struct CrossOrigin<E> {
    pub(super) inner: E,
    pub(super) trusted: Arc<[Origin]>,
}

impl<E: Endpoint<Output = Response>> Endpoint for CrossOrigin<E> {
    type Output = Response;

    async fn call(&self, request: Request) -> Result<Response> {
        if !request.method().is_safe() {
            check_origin(request.headers(), &self.trusted)?;
        }
        self.inner.call(request).await
    }
}

fn check_origin(headers: &HeaderMap, trusted: &[Origin]) -> Result<(), Error> {
    let origin = headers.get(header::ORIGIN);
    let is_trusted = || {
        origin.is_some_and(|origin| trusted.iter().any(|trusted| trusted.matches_header(origin)))
    };
    let refused = || {
        Error::new(Code::CrossSiteRequest).detail(
            "a page of another origin sent the request, and that origin is not in ALLOWED_ORIGINS",
        )
    };
    if let Some(site) = headers.get("sec-fetch-site") {
        return match site.as_bytes() {
            // `none`: the user typed the address, or opened a bookmark.
            b"same-origin" | b"none" => Ok(()),
            _ if is_trusted() => Ok(()),
            _ => Err(refused()),
        };
    }
    // A browser from before 2023, or a program, which sends no `Origin`.
    match origin {
        None => Ok(()),
        Some(origin) if names_host(origin.as_bytes(), headers) => Ok(()),
        Some(_) if is_trusted() => Ok(()),
        Some(_) => Err(refused()),
    }
}

/// Returns `true` if an origin has the host of the request. `Host` has no scheme, so a page without TLS on the same host passes; HSTS prevents such
/// pages.
fn names_host(origin: &[u8], headers: &HeaderMap) -> bool {
    let Some(host) = headers.get(header::HOST) else {
        return false;
    };
    Uri::try_from(origin).is_ok_and(|origin| {
        origin
            .authority()
            .is_some_and(|authority| authority.as_str().as_bytes() == host.as_bytes())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The table of Go's own test.
    #[test]
    fn follows_cross_origin_rule_of_go() {
        let trusted = ["https://trusted.example".parse().unwrap()];
        for (site, origin, allowed) in [
            (Some("same-origin"), None, true),
            (Some("none"), None, true),
            (Some("cross-site"), None, false),
            (Some("same-site"), None, false),
            (Some(""), Some("https://attacker.example"), false),
            (Some("cross-site"), Some("https://trusted.example"), true),
            (Some("cross-site"), Some("https://example.com"), false),
            (Some("same-site"), Some("https://attacker.example"), false),
            (None, None, true),
            (None, Some("https://example.com"), true),
            (None, Some("http://example.com"), true),
            (None, Some("https://example.com:8443"), false),
            (None, Some("https://trusted.example"), true),
            (None, Some("https://attacker.example"), false),
            (None, Some("null"), false),
            (None, Some("https://example.com.attacker.example"), false),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(header::HOST, "example.com".parse().unwrap());
            if let Some(site) = site {
                headers.insert("sec-fetch-site", site.parse().unwrap());
            }
            if let Some(origin) = origin {
                headers.insert(header::ORIGIN, origin.parse().unwrap());
            }
            assert_eq!(
                check_origin(&headers, &trusted).is_ok(),
                allowed,
                "{site:?} {origin:?}"
            );
        }
    }
}
