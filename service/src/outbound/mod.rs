//! Requests to URLs that users configure: webhook receivers and Web Push services. [`Target`] checks a URL, and [`Client`] sends requests to it.
//!
//! Anyone who can configure a URL could make the service call systems that only the service can reach: cloud metadata, databases or admin interfaces
//! (server-side request forgery). Therefore requests go only to public addresses. The service resolves each host name once and connects to exactly
//! the address that it checked, so a second DNS response cannot redirect the request. It follows no redirects, ignores proxy settings in the
//! environment and stores no cookies. It reads the status line and headers of a response, but not its body.

mod address;
mod client;
mod resolver;
mod target;
#[cfg(test)]
mod tests;

pub use address::Networks;
pub use client::{Client, Failure, ResponseHead};
pub use target::{InvalidTarget, Target};

use std::time::Duration;

use rustls::pki_types::CertificateDer;

/// Maximum size of a request body, in bytes. This is larger than any note as JSON, in which a character may take six bytes.
pub const BODY_BYTES: usize = 1024 * 1024;
/// Maximum length of a URL, in bytes.
pub const URL_BYTES: usize = 2_000;

/// Limits on requests to URLs that users configure.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Networks that may be called although they are not public; empty by default.
    pub allowed: Networks,
    /// Allows `http` URLs, for development only, because others on the network path can read and change such requests.
    pub plain_http: bool,
    /// Root certificates that are trusted in addition to those of Mozilla's root program; empty by default.
    pub authorities: Vec<CertificateDer<'static>>,
    /// Time limit for a request, from the DNS query to the headers of the response; 10 seconds by default.
    pub patience: Duration,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            allowed: Networks::default(),
            plain_http: false,
            authorities: Vec::new(),
            patience: Duration::from_secs(10),
        }
    }
}
