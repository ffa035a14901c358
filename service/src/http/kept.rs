//! Files that stay the same as long as the program runs: in every coding they have, and sent only to those who do not have them.

use hyper::body::Bytes;
use poem::http::{Method, StatusCode, header};
use poem::{Request, Response};
use sha2::{Digest, Sha256};

use super::coding::{self, Coding};
use super::etag::Tags;

/// A file in memory.
#[derive(Debug)]
pub(crate) struct Kept {
    content_type: &'static str,
    cache_control: &'static str,
    policy: Option<&'static str>,
    plain: Bytes,
    /// The same in other codings, the best first.
    coded: Vec<(Coding, Bytes)>,
    tag: String,
}

impl Kept {
    /// A file that browsers keep, and ask about before they use it again.
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

    /// With this policy for its content.
    pub(crate) fn policy(mut self, policy: &'static str) -> Self {
        self.policy = Some(policy);
        self
    }

    /// Kept by browsers in this way.
    pub(crate) fn cache_control(mut self, cache_control: &'static str) -> Self {
        self.cache_control = cache_control;
        self
    }

    /// In one more coding, which is chosen after those that were given before.
    pub(crate) fn coded(mut self, coding: Coding, bytes: Vec<u8>) -> Self {
        self.coded.push((coding, bytes.into()));
        self
    }

    /// The answer to a request for it.
    pub(crate) fn answer(&self, request: &Request) -> Response {
        let there = self.coded.iter().map(|(coding, _)| *coding);
        let coding = coding::preferred(request.headers(), there);
        let bytes = self.coded.iter().find(|(known, _)| *known == coding);
        let bytes = bytes.map_or(&self.plain, |(_, bytes)| bytes);
        let tag = self.tag(coding);
        let known = Tags::if_none_match(request.headers());
        let is_known = known.is_some_and(|known| known.matches(&tag));
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

    /// Another sequence of bytes is another tag.
    fn tag(&self, coding: Coding) -> String {
        match coding {
            Coding::Identity => format!("\"{}\"", self.tag),
            other => format!("\"{}-{}\"", self.tag, other.as_str()),
        }
    }
}
