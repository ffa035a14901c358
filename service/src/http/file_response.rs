//! Files as responses: whole or as a range (RFC 9110, section 14), with headers that prevent their content from running as part of the service.

use std::fmt::Write as _;
use std::ops::Range;

use poem::http::{HeaderMap, HeaderValue, StatusCode, header};
use poem::{Body, FromRequest, IntoResponse, Request, RequestBody, Response, Result};
use poem_openapi::ApiResponse;
use poem_openapi::registry::{
    MetaHeader, MetaMediaType, MetaResponse, MetaResponses, MetaSchema, MetaSchemaRef, Registry,
};

use super::conditional::HeadOnly;
use super::etag::Tags;
use crate::counted::format_count;
use crate::error::{Code, Error};
use crate::files::{Content, Disposition};

/// Content security policy that forbids a file to load, execute or be framed. PDF is an exception: the viewers of browsers do not work in a sandbox.
const SANDBOX: &str =
    "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox";
const NO_SANDBOX: &str = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; object-src 'self'; \
                          style-src 'unsafe-inline'";
/// Value of `Cache-Control`: browsers may store the file but must revalidate it, because permissions can change.
const CACHE: &str = "private, no-cache";

/// Headers and method of a request that decide which part of a file is sent.
pub(super) struct FileRequest {
    /// `true` if the head of the response is enough.
    pub(super) head_only: bool,
    headers: HeaderMap,
}

impl<'a> FromRequest<'a> for FileRequest {
    async fn from_request(request: &'a Request, _body: &mut RequestBody) -> Result<Self> {
        Ok(Self {
            head_only: request.data::<HeadOnly>().is_some(),
            headers: request.headers().clone(),
        })
    }
}

impl FileRequest {
    /// Returns `true` if the client has the file with this tag already.
    pub(super) fn has_current(&self, etag: &str) -> bool {
        Tags::if_none_match(&self.headers).is_some_and(|tags| tags.matches_etag(etag))
    }

    /// Returns true if a browser requests a subresource of a page, such as an image. The content security policy of the page allows subresources of its own
    /// origin only, so a redirect to another origin would be blocked. Navigations and programs may be redirected.
    pub(super) fn is_part_of_page(&self) -> bool {
        self.headers
            .get("sec-fetch-dest")
            .is_some_and(|part| part.as_bytes() != b"document")
    }

    /// Returns the requested range of a file with this size and tag; none for the whole file, and for several ranges or an invalid one.
    pub(super) fn requested_range(
        &self,
        bytes: u64,
        etag: &str,
    ) -> Result<Option<Range<u64>>, Error> {
        let Some(text) = self.headers.get(header::RANGE) else {
            return Ok(None);
        };
        // The file differs from the one that the client began to read, so it gets all of it.
        if let Some(of) = self.headers.get(header::IF_RANGE)
            && of.as_bytes() != etag.as_bytes()
        {
            return Ok(None);
        }
        let text = text.to_str().unwrap_or_default();
        parse_range(text, bytes)
    }
}

fn parse_range(text: &str, bytes: u64) -> Result<Option<Range<u64>>, Error> {
    let number = |text: &str| {
        let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        // A number that is too large for us is behind the end of any file.
        is_number.then(|| text.parse::<u64>().unwrap_or(u64::MAX))
    };
    let Some((first, last)) = text
        .trim()
        .strip_prefix("bytes=")
        .and_then(|set| set.split_once('-'))
    else {
        return Ok(None);
    };
    let range = match (first.trim(), last.trim()) {
        ("", last) => match number(last) {
            Some(0) => return Err(range_error(bytes)),
            Some(last) => bytes.saturating_sub(last)..bytes,
            None => return Ok(None),
        },
        (first, "") => match number(first) {
            Some(first) => first..bytes,
            None => return Ok(None),
        },
        (first, last) => match (number(first), number(last)) {
            (Some(first), Some(last)) if first <= last => first..last.saturating_add(1).min(bytes),
            _ => return Ok(None),
        },
    };
    if range.start >= bytes {
        return Err(range_error(bytes));
    }
    Ok(Some(range))
}

fn range_error(bytes: u64) -> Error {
    Error::new(Code::RangeNotSatisfiable)
        .detail(format!("the file has {}", format_count(bytes, "byte")))
}

/// Returns the value of `Content-Disposition` for a file with this name (RFC 6266 and RFC 8187).
pub(super) fn content_disposition(name: &str, kind: Disposition) -> String {
    let what = match kind {
        Disposition::Inline => "inline",
        Disposition::Attachment => "attachment",
    };
    let plain: String = name
        .chars()
        .map(|char| match char {
            '"' | '\\' | '%' => '_',
            char if char.is_ascii_graphic() || char == ' ' => char,
            _ => '_',
        })
        .collect();
    let mut coded = String::with_capacity(name.len());
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || b"!#$&+-.^_`|~".contains(&byte) {
            coded.push(char::from(byte));
        } else {
            // Writing to a text cannot fail.
            let _ = write!(coded, "%{byte:02X}");
        }
    }
    format!("{what}; filename=\"{plain}\"; filename*=UTF-8''{coded}")
}

/// A file as a response.
pub(super) enum FileResponse {
    /// The whole file, or a range of it.
    Bytes {
        /// Media type of the file.
        media_type: String,
        /// Value of `Content-Disposition`.
        disposition: String,
        /// Entity tag of the file.
        etag: String,
        /// Size of the whole file in bytes.
        bytes: u64,
        /// Range that is sent; none for the whole file.
        range: Option<Range<u64>>,
        /// Bytes that are sent; none if the head is enough.
        content: Option<Content>,
    },
    /// The client has the current version.
    NotModified {
        /// Entity tag of the file.
        etag: String,
    },
    /// URL to which the client is redirected.
    Redirect(String),
}

impl IntoResponse for FileResponse {
    fn into_response(self) -> Response {
        match self {
            Self::Bytes {
                media_type,
                disposition,
                etag,
                bytes,
                range,
                content,
            } => {
                let policy = if media_type == "application/pdf" {
                    NO_SANDBOX
                } else {
                    SANDBOX
                };
                let mut response = Response::builder()
                    .header(header::CONTENT_TYPE, media_type)
                    .header(header::CONTENT_DISPOSITION, disposition)
                    .header(header::CONTENT_SECURITY_POLICY, policy)
                    .header(header::CACHE_CONTROL, CACHE)
                    .header(header::ETAG, etag)
                    .header(header::ACCEPT_RANGES, "bytes");
                let mut length = bytes;
                if let Some(range) = range {
                    length = range.end - range.start;
                    let of = format!("bytes {}-{}/{bytes}", range.start, range.end - 1);
                    response = response
                        .status(StatusCode::PARTIAL_CONTENT)
                        .header(header::CONTENT_RANGE, of);
                }
                // Of a body that has no known length, only a few bytes are in memory at a time.
                response
                    .header(header::CONTENT_LENGTH, length)
                    .body(content.map_or_else(Body::empty, Body::from_bytes_stream))
            }
            Self::NotModified { etag } => Response::builder()
                .status(StatusCode::NOT_MODIFIED)
                .header(header::CACHE_CONTROL, CACHE)
                .header(header::ETAG, etag)
                .finish(),
            Self::Redirect(address) => {
                let mut response = Response::builder().status(StatusCode::FOUND).finish();
                // An address of escaped characters is valid.
                if let Ok(address) = HeaderValue::try_from(address) {
                    response.headers_mut().insert(header::LOCATION, address);
                }
                response
            }
        }
    }
}

impl ApiResponse for FileResponse {
    fn meta() -> MetaResponses {
        let text = |name: &str, description: &str| MetaHeader {
            name: name.to_owned(),
            description: Some(description.to_owned()),
            required: false,
            deprecated: false,
            schema: MetaSchemaRef::Inline(Box::new(MetaSchema::new("string"))),
        };
        let bytes = || {
            let schema = MetaSchema::new_with_format("string", "binary");
            vec![MetaMediaType {
                content_type: "application/octet-stream",
                schema: MetaSchemaRef::Inline(Box::new(schema)),
            }]
        };
        let name = || {
            text(
                "Content-Disposition",
                "Presentation of the file in browsers, `inline` or `attachment`, and its name.",
            )
        };
        let response = |status, description, content, headers| MetaResponse {
            description,
            status: Some(status),
            status_range: None,
            content,
            headers,
        };
        MetaResponses {
            responses: vec![
                response(
                    200,
                    "The bytes of the file, with the media type that was detected from its content.",
                    bytes(),
                    vec![text("ETag", ""), name()],
                ),
                response(
                    302,
                    "The browser is redirected to another URL of the file, which is valid for one minute and needs no credentials.",
                    Vec::new(),
                    vec![text(
                        "Location",
                        "Presigned URL of the file, valid for one minute.",
                    )],
                ),
            ],
        }
    }

    fn register(_registry: &mut Registry) {}
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parses_ranges_by_standard() {
        for (text, expected) in [
            ("bytes=0-0", Some(Some(0..1))),
            ("bytes=2-4", Some(Some(2..5))),
            ("bytes=2-", Some(Some(2..10))),
            ("bytes=-3", Some(Some(7..10))),
            ("bytes=-30", Some(Some(0..10))),
            ("bytes=5-99999999999999999999999", Some(Some(5..10))),
            ("bytes=10-", None),
            ("bytes=99999999999999999999999-", None),
            ("bytes=-0", None),
            ("bytes=4-2", Some(None)),
            ("bytes=0-1,3-4", Some(None)),
            ("bytes=a-b", Some(None)),
            ("bytes=-", Some(None)),
            ("items=0-1", Some(None)),
            ("", Some(None)),
        ] {
            assert_eq!(parse_range(text, 10).ok(), expected, "{text}");
        }
    }

    #[test]
    fn escapes_names_in_header() {
        assert_eq!(
            content_disposition("a \"b\"\r\nX: y 日.png", Disposition::Inline),
            "inline; filename=\"a _b___X: y _.png\"; filename*=UTF-8''a%20%22b%22%0D%0AX%3A%20y%20%E6%97%A5.png"
        );
        assert!(content_disposition("x.svg", Disposition::Attachment).starts_with("attachment; "));
    }
}
