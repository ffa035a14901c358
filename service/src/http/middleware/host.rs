//! Validation of the header `Host`, which HTTP/1.1 requires exactly once (RFC 9112, section 3.2). If a proxy and the service read it differently,
//! requests could bypass the rules of the proxy.

use poem::http::uri::Authority;
use poem::http::{HeaderMap, Version, header};
use poem::{Endpoint, Request, Response, Result};

use crate::error::{Code, Error};

/// Middleware that refuses requests without exactly one valid `Host`. Requests that did not arrive over a connection have no `Host` and pass.
pub(super) struct Host<E>(pub(super) E);

impl<E: Endpoint<Output = Response>> Endpoint for Host<E> {
    type Output = Response;

    async fn call(&self, request: Request) -> Result<Response> {
        if request.remote_addr().as_socket_addr().is_some() {
            check_host(request.version(), request.headers())?;
        }
        self.0.call(request).await
    }
}

fn check_host(version: Version, headers: &HeaderMap) -> Result<(), Error> {
    let refused = |detail: &str| Err(Error::new(Code::MalformedRequest).detail(detail));
    let mut hosts = headers.get_all(header::HOST).iter();
    match (hosts.next(), hosts.next()) {
        (_, Some(_)) => refused("the request has more than one `Host` header"),
        (None, None) if version == Version::HTTP_11 => {
            refused("an HTTP/1.1 request must have a `Host` header")
        }
        (Some(host), None) if !is_valid(host.as_bytes()) => {
            refused("`Host` must be a host name or an IP address, with an optional port")
        }
        _ => Ok(()),
    }
}

/// Returns `true` for a valid value. An empty value is valid for targets without an authority (RFC 9110, section 7.2).
fn is_valid(host: &[u8]) -> bool {
    host.is_empty() || !host.contains(&b'@') && Authority::try_from(host).is_ok()
}

#[cfg(test)]
mod tests {
    use poem::http::HeaderValue;

    use super::*;

    #[test]
    fn requires_one_valid_host() {
        for (version, hosts, allowed) in [
            (Version::HTTP_11, &["notes.example.com"][..], true),
            (Version::HTTP_11, &["127.0.0.1:8080"], true),
            (Version::HTTP_11, &["[::1]:8080"], true),
            (Version::HTTP_11, &[""], true),
            (Version::HTTP_11, &[], false),
            (Version::HTTP_10, &[], true),
            (Version::HTTP_11, &["a", "a"], false),
            (Version::HTTP_10, &["a", "b"], false),
            (Version::HTTP_11, &["a b"], false),
            (Version::HTTP_11, &["a/b"], false),
            (Version::HTTP_11, &["me@a"], false),
            (Version::HTTP_11, &["a, b"], false),
        ] {
            let mut headers = HeaderMap::new();
            for host in hosts {
                headers.append(header::HOST, HeaderValue::from_static(host));
            }
            let checked = check_host(version, &headers);
            assert_eq!(checked.is_ok(), allowed, "{version:?} {hosts:?}");
        }
    }
}
