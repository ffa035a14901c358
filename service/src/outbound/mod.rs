//! Requests to addresses that users name: receivers of webhooks, and services that push to browsers.
//!
//! Whoever may name an address could have the service call what only the service reaches: metadata of clouds, databases, administration. So a request
//! goes to public addresses only, and the address that was checked is the one that is connected to: names are resolved here, once, so that no second
//! answer of a name server can differ from the first. No redirect is followed, no proxy of the environment is used, no cookie is kept. An answer is its status
//! line and headers; its body is not read.

mod address;
mod client;
mod resolver;
mod target;
#[cfg(test)]
mod tests;

pub use address::Networks;
pub use client::{Answer, Client, Failure};
pub use target::{InvalidTarget, Target};

use std::time::Duration;

use rustls::pki_types::CertificateDer;

/// Bytes of the longest body that is sent: more than a note has as JSON, where a sign may take six.
pub const BODY_BYTES: usize = 1024 * 1024;
/// Bytes of the longest URL that is called.
pub const URL_BYTES: usize = 2_000;

/// The bounds of requests to addresses that users name.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Networks that are called although they are not public; none unless an operator names them.
    pub allowed: Networks,
    /// Whether `http` is called too, for development: everybody on the way reads and changes what is sent.
    pub plain_http: bool,
    /// Authorities that are trusted besides those of browsers.
    pub authorities: Vec<CertificateDer<'static>>,
    /// Time for everything from the question for the name to the headers of the answer.
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
