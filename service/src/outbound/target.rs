//! Parses and checks URLs that users configure, as far as that is possible without network requests.

use std::fmt;
use std::net::IpAddr;

use url::{Host, Url};

use super::{Settings, URL_BYTES};

/// The lowest unprivileged port. Ports below it belong to system services, most of which do not speak HTTP.
const FREE_PORTS: u16 = 1024;

/// A URL that the service may call. Host names are resolved and checked only when a request is sent.
#[derive(Clone, PartialEq, Eq)]
pub struct Target {
    url: Url,
    host: Host<String>,
    port: u16,
}

/// The reason why a URL is refused. `Display` gives an explanation for people that states the allowed form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InvalidTarget {
    /// The text is not a URL, or is longer than [`URL_BYTES`].
    Malformed,
    /// The scheme is neither `https` nor, where it is allowed, `http`.
    Scheme,
    /// The URL contains a username or a password.
    Credentials,
    /// The port is below 1024 and not the default port of the scheme.
    Port,
    /// The host is an IP address that the service may not connect to.
    Address,
}

impl InvalidTarget {
    /// Returns the stable code of the reason, for example `port_not_allowed`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Malformed => "invalid_url",
            Self::Scheme => "scheme_not_allowed",
            Self::Credentials => "credentials_in_url",
            Self::Port => "port_not_allowed",
            Self::Address => "address_not_allowed",
        }
    }
}

impl fmt::Display for InvalidTarget {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Malformed => {
                "is not a valid URL of at most 2000 bytes, such as https://example.com/hook"
            }
            Self::Scheme => "must begin with https://",
            Self::Credentials => "must not contain a username or a password",
            Self::Port => "must have port 443, or a port from 1024 on",
            Self::Address => "contains an IP address that is not public",
        })
    }
}

impl std::error::Error for InvalidTarget {}

impl Target {
    /// Parses and checks a URL. Alternative forms of IP addresses, such as `https://0x7f.1/`, have the same meaning as in browsers.
    pub fn parse(text: &str, settings: &Settings) -> Result<Self, InvalidTarget> {
        if text.len() > URL_BYTES || text.trim() != text {
            return Err(InvalidTarget::Malformed);
        }
        let mut url = Url::parse(text).map_err(|_| InvalidTarget::Malformed)?;
        let usual = match url.scheme() {
            "https" => 443,
            "http" if settings.plain_http => 80,
            _ => return Err(InvalidTarget::Scheme),
        };
        if !url.username().is_empty() || url.password().is_some() {
            return Err(InvalidTarget::Credentials);
        }
        let host = url.host().ok_or(InvalidTarget::Malformed)?.to_owned();
        let port = url.port().unwrap_or(usual);
        if port != usual && port < FREE_PORTS {
            return Err(InvalidTarget::Port);
        }
        let address = match host {
            Host::Ipv4(address) => Some(IpAddr::V4(address)),
            Host::Ipv6(address) => Some(IpAddr::V6(address)),
            Host::Domain(_) => None,
        };
        if address.is_some_and(|address| !settings.allowed.is_permitted(address)) {
            return Err(InvalidTarget::Address);
        }
        url.set_fragment(None);
        if url.as_str().len() > URL_BYTES {
            return Err(InvalidTarget::Malformed);
        }
        Ok(Self { url, host, port })
    }

    /// Returns the URL that requests are sent to: with the host in lower case and ASCII, and without a fragment.
    pub fn as_str(&self) -> &str {
        self.url.as_str()
    }

    /// Returns the scheme, host and port. Unlike the path, they contain no secret, so they are suitable for logs and as the audience of Web Push
    /// signatures.
    pub fn origin(&self) -> String {
        self.url.origin().ascii_serialization()
    }

    pub(super) fn host(&self) -> &Host<String> {
        &self.host
    }

    pub(super) fn port(&self) -> u16 {
        self.port
    }

    pub(super) fn is_tls(&self) -> bool {
        self.url.scheme() == "https"
    }

    /// Returns the value of the `Host` header.
    pub(super) fn authority(&self) -> String {
        match self.url.port() {
            Some(port) => format!("{}:{port}", self.host),
            None => self.host.to_string(),
        }
    }

    /// Returns the path with the query, as the request line contains it.
    pub(super) fn path(&self) -> String {
        match self.url.query() {
            Some(query) => format!("{}?{query}", self.url.path()),
            None => self.url.path().to_owned(),
        }
    }
}

/// Shows only the origin, because paths and queries of such URLs are often secrets.
impl fmt::Debug for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Target").field(&self.origin()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outbound::Networks;

    fn rejection_of(text: &str) -> Option<InvalidTarget> {
        Target::parse(text, &Settings::default()).err()
    }

    #[test]
    fn accepts_public_https_targets() {
        for (text, called) in [
            (
                "https://example.com/hook?a=b",
                "https://example.com/hook?a=b",
            ),
            ("HTTPS://Example.COM", "https://example.com/"),
            (
                "https://bücher.example/x",
                "https://xn--bcher-kva.example/x",
            ),
            ("https://example.com:443/", "https://example.com/"),
            (
                "https://example.com:8443/#part",
                "https://example.com:8443/",
            ),
            ("https://1.1.1.1/", "https://1.1.1.1/"),
            (
                "https://[2606:4700::1111]:4443/",
                "https://[2606:4700::1111]:4443/",
            ),
        ] {
            let target = Target::parse(text, &Settings::default()).unwrap();
            assert_eq!(target.as_str(), called);
        }
    }

    #[test]
    fn rejects_other_urls_with_reason() {
        use InvalidTarget::{Address, Credentials, Malformed, Port, Scheme};
        for (text, why) in [
            ("", Malformed),
            ("example.com", Malformed),
            ("https://", Malformed),
            ("https://exa mple.com/", Malformed),
            ("https://example.com:99999/", Malformed),
            (" https://example.com/", Malformed),
            ("http://example.com/", Scheme),
            ("ftp://example.com/", Scheme),
            ("file:///etc/passwd", Scheme),
            ("gopher://example.com/", Scheme),
            ("javascript:alert(1)", Scheme),
            ("https://ada@example.com/", Credentials),
            ("https://:secret@example.com/", Credentials),
            ("https://example.com:22/", Port),
            ("https://example.com:80/", Port),
            ("https://example.com:0/", Port),
            ("https://example.com:1023/", Port),
            // All notations of 127.0.0.1 and similar addresses.
            ("https://127.0.0.1/", Address),
            ("https://127.1/", Address),
            ("https://2130706433/", Address),
            ("https://0x7f000001/", Address),
            ("https://0x7f.1/", Address),
            ("https://0177.0.0.1/", Address),
            ("https://127.0.0.1./", Address),
            ("https://%31%32%37.0.0.1/", Address),
            ("https://①②⑦.0.0.1/", Address),
            ("https://0/", Address),
            ("https://169.254.169.254/latest/meta-data/", Address),
            ("https://2852039166/", Address),
            ("https://[::1]/", Address),
            ("https://[::]/", Address),
            ("https://[::ffff:127.0.0.1]/", Address),
            ("https://[::ffff:a9fe:a9fe]/", Address),
            ("https://[64:ff9b::7f00:1]/", Address),
            ("https://[2002:7f00:1::]/", Address),
            ("https://[fe80::1]/", Address),
            ("https://[fd00:ec2::254]/", Address),
            ("https://10.0.0.1:8443/", Address),
        ] {
            assert_eq!(rejection_of(text), Some(why), "{text}");
        }
        let long = format!("https://example.com/{}", "a".repeat(URL_BYTES));
        assert_eq!(rejection_of(&long), Some(Malformed));
    }

    #[test]
    fn allows_private_networks_and_plain_http_when_configured() {
        let open = Settings {
            allowed: Networks::new(vec!["127.0.0.0/8".parse().unwrap()]),
            plain_http: true,
            ..Settings::default()
        };
        for text in [
            "http://127.0.0.1:9000/x",
            "http://example.com/",
            "https://127.1/",
        ] {
            assert!(Target::parse(text, &open).is_ok(), "{text}");
        }
        assert_eq!(
            Target::parse("http://169.254.169.254/", &open),
            Err(InvalidTarget::Address)
        );
    }

    #[test]
    fn hides_path_in_debug() {
        let target = Target::parse("https://example.com/secret?key=1", &Settings::default());
        let shown = format!("{:?}", target.unwrap());
        assert_eq!(shown, r#"Target("https://example.com")"#);
    }
}
