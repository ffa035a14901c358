//! Files that do not change while the program runs: held in memory in every available coding, and answered with 304 for clients that have them.

use hyper::body::Bytes;
use poem::http::{Method, StatusCode, header};
use poem::{Request, Response};
use sha2::{Digest, Sha256};

use super::coding::{self, Coding};
use super::etag::Tags;

/// A file in memory, ready to be sent.
#[derive(Debug)]
pub(crate) struct StaticFile {
    content_type: &'static str,
    cache_control: &'static str,
    policy: Option<&'static str>,
    plain: Bytes,
    /// The same bytes in other codings, the preferred one first.
    coded: Vec<(Coding, Bytes)>,
    tag: String,
}

impl StaticFile {
    /// Creates a file that browsers cache and revalidate before each use.
    pub(crate) fn new(content_type: &'static str, plain: Vec<u8>) -> Self {
        let hash = Sha256::digest(&plain);
        let start = hash
            .iter()
            .take(12)
            .fold(0, |number: u128, byte| number << 8 | u128::from(*byte));
        Self {
            content_type,
            cache_control: "no-cache",
            policy: None,
            plain: plain.into(),
            coded: Vec::new(),
            tag: format!("{start:024x}"),
        }
    }

    /// Sets the content security policy.
    pub(crate) fn policy(mut self, policy: &'static str) -> Self {
        self.policy = Some(policy);
        self
    }

    /// Sets the value of `Cache-Control`.
    pub(crate) fn cache_control(mut self, cache_control: &'static str) -> Self {
        self.cache_control = cache_control;
        self
    }

    /// Adds the bytes in one more coding, which ranks after those added before.
    pub(crate) fn with_coding(mut self, coding: Coding, bytes: Vec<u8>) -> Self {
        self.coded.push((coding, bytes.into()));
        self
    }

    /// Answers a request for the file.
    pub(crate) fn answer_request(&self, request: &Request) -> Response {
        let there = self.coded.iter().map(|(coding, _)| *coding);
        let coding = coding::preferred_coding(request.headers(), there);
        let bytes = self.coded.iter().find(|(known, _)| *known == coding);
        let bytes = bytes.map_or(&self.plain, |(_, bytes)| bytes);
        let tag = self.entity_tag(coding);
        let known = Tags::if_none_match(request.headers());
        let is_known = known.is_some_and(|known| known.matches_etag(&tag));
        let mut response = Response::builder()
            .header(header::ETAG, tag)
            .header(header::CACHE_CONTROL, self.cache_control)
            .header(header::VARY, "accept-encoding");
        if let Some(policy) = self.policy {
            response = response.header(header::CONTENT_SECURITY_POLICY, policy);
        }
        if is_known {
            return response.status(StatusCode::NOT_MODIFIED).finish();
        }
        response = response.content_type(self.content_type);
        if coding != Coding::Identity {
            response = response.header(header::CONTENT_ENCODING, coding.as_str());
        }
        if request.method() == Method::HEAD {
            return response
                .header(header::CONTENT_LENGTH, bytes.len())
                .finish();
        }
        response.body(bytes.clone())
    }

    /// Returns the entity tag of the file in a coding: different bytes have different tags.
    fn entity_tag(&self, coding: Coding) -> String {
        match coding {
            Coding::Identity => format!("\"{}\"", self.tag),
            other => format!("\"{}-{}\"", self.tag, other.as_str()),
        }
    }
}
