//! Web origins, in the form in which browsers send them.

use std::fmt;
use std::str::FromStr;

use poem::http::{HeaderValue, Uri};

/// An exact web origin, such as `https://notes.example.com`. Wildcards are not supported, because a pattern that is slightly too wide would trust
/// strangers.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Origin(String);

impl Origin {
    /// Returns the host, without scheme and port.
    pub(crate) fn host(&self) -> &str {
        let authority = self.0.split_once("://").map_or("", |(_, rest)| rest);
        match authority.rsplit_once(':') {
            Some((host, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => host,
            _ => authority,
        }
    }

    /// Returns `true` if the value of a header `Origin` is this origin.
    pub(crate) fn matches_header(&self, header: &HeaderValue) -> bool {
        header.as_bytes() == self.0.as_bytes()
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Error for a text that no browser sends as an origin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvalidOrigin(String);

impl fmt::Display for InvalidOrigin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "`{}` is not a valid origin: use scheme, host and the port (unless it is the default one), in \
             lower case and without a path, such as `https://notes.example.com` or `http://localhost:5173`",
            self.0
        )
    }
}

impl std::error::Error for InvalidOrigin {}

impl FromStr for Origin {
    type Err = InvalidOrigin;

    fn from_str(text: &str) -> Result<Self, InvalidOrigin> {
        let refused = || InvalidOrigin(text.to_owned());
        let uri: Uri = text.parse().map_err(|_| refused())?;
        let (Some(scheme @ ("http" | "https")), Some(authority)) =
            (uri.scheme_str(), uri.authority())
        else {
            return Err(refused());
        };
        let usual = if scheme == "https" { 443 } else { 80 };
        let canonical = format!("{scheme}://{authority}");
        let exact = text == canonical
            && !text.contains('@')
            && !text.contains('*')
            && text == text.to_lowercase()
            && authority.port_u16() != Some(usual);
        exact.then_some(Self(canonical)).ok_or_else(refused)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parses_origins_as_browsers_write_them() {
        for text in [
            "https://notes.example.com",
            "http://localhost:5173",
            "http://[::1]:5173",
        ] {
            let origin: Origin = text.parse().unwrap();
            assert!(
                origin.matches_header(&HeaderValue::from_str(text).unwrap()),
                "{text}"
            );
        }
        for text in [
            "",
            "*",
            "null",
            "notes.example.com",
            "https://notes.example.com/",
            "https://notes.example.com/app",
            "https://*.example.com",
            "https://Notes.example.com",
            "https://notes.example.com:443",
            "http://localhost:80",
            "https://me@notes.example.com",
            "ftp://notes.example.com",
        ] {
            let refused = text.parse::<Origin>().unwrap_err().to_string();
            assert!(
                refused.contains("as `https://notes.example.com`"),
                "{text}: {refused}"
            );
        }
    }
}
