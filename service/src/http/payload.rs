//! Payloads of requests and responses: JSON bodies are validated against the OpenAPI document before they are parsed, and responses are serialized
//! directly with `serde`.

use std::sync::{Arc, Mutex, PoisonError};

use poem::http::header;
use poem::{FromRequest, IntoResponse, Request, RequestBody, Response, Result};
use poem_openapi::error::ContentTypeError;
use poem_openapi::payload::{ParsePayload, Payload};
use poem_openapi::registry::{
    MetaMediaType, MetaRequest, MetaResponse, MetaResponses, MetaSchema, MetaSchemaRef, Registry,
};
use poem_openapi::types::{ParseFromJSON, ToJSON, Type};
use poem_openapi::{ApiExtractor, ApiExtractorType, ApiResponse, ExtractParamOptions};
use serde::Serialize;
use tempfile::SpooledTempFile;

use super::api::Export;
use super::described::described;
use crate::error::{Code, Error};

/// JSON request body that is valid for its schema.
pub(crate) struct Body<T>(pub(crate) T);

impl<T: Type> Payload for Body<T> {
    const CONTENT_TYPE: &'static str = "application/json";

    fn schema_ref() -> MetaSchemaRef {
        T::schema_ref()
    }

    fn register(registry: &mut Registry) {
        T::register(registry);
    }
}

impl<T: ParseFromJSON> ParsePayload for Body<T> {
    const IS_REQUIRED: bool = true;

    async fn from_request(request: &Request, body: &mut RequestBody) -> Result<Self> {
        let data = <Vec<u8> as FromRequest>::from_request(request, body).await?;
        Ok(Self(from_json(&data)?))
    }
}

/// Parses a JSON body.
///
/// # Errors
///
/// `malformed_request` if the body is not JSON, and `validation_failed` with every violation of its schema.
pub(crate) fn from_json<T: ParseFromJSON>(data: &[u8]) -> Result<T, Error> {
    let value: serde_json::Value = serde_json::from_slice(data).map_err(|error| {
        // The message contains a position and a rule, never a value of the body.
        Error::new(Code::MalformedRequest).detail(format!("the body is not valid JSON: {error}"))
    })?;
    let wrong = described().schemas.find_violations(&T::name(), &value);
    if !wrong.is_empty() {
        return Err(Error::new(Code::ValidationFailed).fields(wrong));
    }
    T::parse_from_json(Some(value))
        .map_err(|error| Error::invalid("", "invalid", error.into_message()))
}

impl<'a, T: ParseFromJSON> ApiExtractor<'a> for Body<T> {
    const TYPES: &'static [ApiExtractorType] = &[ApiExtractorType::RequestObject];

    type ParamType = ();
    type ParamRawType = ();

    fn register(registry: &mut Registry) {
        <Self as Payload>::register(registry);
    }

    fn request_meta() -> Option<MetaRequest> {
        Some(MetaRequest {
            description: None,
            content: vec![MetaMediaType {
                content_type: <Self as Payload>::CONTENT_TYPE,
                schema: <Self as Payload>::schema_ref(),
            }],
            required: true,
        })
    }

    async fn from_request(
        request: &'a Request,
        body: &mut RequestBody,
        _options: ExtractParamOptions<()>,
    ) -> Result<Self> {
        let content_type = body_media_type(request)?;
        if content_type != "application/json" {
            return Err(ContentTypeError::NotSupported { content_type }.into());
        }
        <Self as ParsePayload>::from_request(request, body).await
    }
}

/// Returns the media type of a body, without parameters.
fn body_media_type(request: &Request) -> Result<String, ContentTypeError> {
    request
        .content_type()
        .and_then(|value| value.split(';').next())
        .map(|value| value.trim().to_ascii_lowercase())
        .ok_or(ContentTypeError::ExpectContentType)
}

/// Kind of a file to import, by its media type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FileKind {
    /// A document that the service has exported, or the backup of another program.
    Json,
    /// A zip archive of exported files.
    Zip,
    /// An archive of Joplin (JEX).
    Tar,
    /// An export of Evernote (ENEX).
    Xml,
    /// Any kind, which is detected from the content.
    Any,
    /// A single Markdown file.
    Markdown,
    /// A single page of HTML.
    Html,
}

impl FileKind {
    const ALL: [Self; 7] = [
        Self::Json,
        Self::Zip,
        Self::Tar,
        Self::Xml,
        Self::Any,
        Self::Markdown,
        Self::Html,
    ];

    fn media_type(self) -> &'static str {
        match self {
            Self::Json => "application/json",
            Self::Zip => "application/zip",
            Self::Tar => "application/x-tar",
            Self::Xml => "application/xml",
            Self::Any => "application/octet-stream",
            Self::Markdown => "text/markdown",
            Self::Html => "text/html",
        }
    }
}

/// A received file to import.
pub(crate) struct Upload {
    /// Kind of the file, according to the media type of the body.
    pub(crate) kind: FileKind,
    /// Content of the file: in memory, or in an unnamed temporary file if it is large.
    pub(crate) data: SpooledTempFile,
}

/// File that the middleware has received, attached to the request until an extractor takes it.
#[derive(Debug, Clone)]
pub(crate) struct ReceivedFile(Arc<Mutex<Option<SpooledTempFile>>>);

impl ReceivedFile {
    /// Wraps a file, which exactly one extractor can take.
    pub(crate) fn new(file: SpooledTempFile) -> Self {
        Self(Arc::new(Mutex::new(Some(file))))
    }

    fn take_file(&self) -> Option<SpooledTempFile> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

impl<'a> ApiExtractor<'a> for Upload {
    const TYPES: &'static [ApiExtractorType] = &[ApiExtractorType::RequestObject];

    type ParamType = ();
    type ParamRawType = ();

    fn register(registry: &mut Registry) {
        Export::register(registry);
    }

    fn request_meta() -> Option<MetaRequest> {
        // Only one media type: generators of clients use the first one, or refuse the operation.
        let schema = MetaSchema::new_with_format("string", "binary");
        Some(MetaRequest {
            description: Some(
                "The file as `application/octet-stream`, whose kind is detected from its content. If the kind is known, it can be sent as \
                 `application/json`, `application/zip`, `application/x-tar` (JEX), `application/xml` (ENEX), `text/markdown` or `text/html`.",
            ),
            content: vec![MetaMediaType {
                content_type: FileKind::Any.media_type(),
                schema: MetaSchemaRef::Inline(Box::new(schema)),
            }],
            required: true,
        })
    }

    async fn from_request(
        request: &'a Request,
        _body: &mut RequestBody,
        _options: ExtractParamOptions<()>,
    ) -> Result<Self> {
        let content_type = body_media_type(request)?;
        let kind = FileKind::ALL
            .into_iter()
            .find(|kind| kind.media_type() == content_type)
            .ok_or(ContentTypeError::NotSupported { content_type })?;
        Ok(Self {
            kind,
            data: take_received_file(request),
        })
    }
}

/// Bytes of a file to attach. The media type is detected from the bytes, not from `Content-Type`.
pub(crate) struct FileBody(pub(crate) SpooledTempFile);

/// Piece of a file, in the terms of the tus protocol.
pub(crate) struct PieceBody(pub(crate) SpooledTempFile);

/// Media type of pieces (tus 1.0, core protocol).
const PIECE: &str = "application/offset+octet-stream";

/// Describes a binary request body.
fn describe_binary(content_type: &'static str, description: &'static str) -> MetaRequest {
    let schema = MetaSchema::new_with_format("string", "binary");
    MetaRequest {
        description: Some(description),
        content: vec![MetaMediaType {
            content_type,
            schema: MetaSchemaRef::Inline(Box::new(schema)),
        }],
        required: true,
    }
}

/// Takes the file that the body was received into. An empty body has none, and gives an empty file.
fn take_received_file(request: &Request) -> SpooledTempFile {
    let data = request
        .data::<ReceivedFile>()
        .and_then(ReceivedFile::take_file);
    data.unwrap_or_else(|| SpooledTempFile::new(0))
}

impl<'a> ApiExtractor<'a> for FileBody {
    const TYPES: &'static [ApiExtractorType] = &[ApiExtractorType::RequestObject];

    type ParamType = ();
    type ParamRawType = ();

    fn request_meta() -> Option<MetaRequest> {
        Some(describe_binary(
            FileKind::Any.media_type(),
            "The bytes of the file and nothing else. The media type is detected from them, not from `Content-Type`; forms (`multipart/form-data`) are \
             refused.",
        ))
    }

    async fn from_request(
        request: &'a Request,
        _body: &mut RequestBody,
        _options: ExtractParamOptions<()>,
    ) -> Result<Self> {
        // The stored file would contain the boundaries of the form.
        if let Ok(content_type) = body_media_type(request)
            && content_type.starts_with("multipart/")
        {
            return Err(ContentTypeError::NotSupported { content_type }.into());
        }
        Ok(Self(take_received_file(request)))
    }
}

impl<'a> ApiExtractor<'a> for PieceBody {
    const TYPES: &'static [ApiExtractorType] = &[ApiExtractorType::RequestObject];

    type ParamType = ();
    type ParamRawType = ();

    fn request_meta() -> Option<MetaRequest> {
        Some(describe_binary(
            FileKind::Any.media_type(),
            "The bytes of the file from `Upload-Offset` on, in any number. Clients of tus send them as `application/offset+octet-stream`.",
        ))
    }

    async fn from_request(
        request: &'a Request,
        _body: &mut RequestBody,
        _options: ExtractParamOptions<()>,
    ) -> Result<Self> {
        let content_type = body_media_type(request)?;
        if ![PIECE, FileKind::Any.media_type()].contains(&content_type.as_str()) {
            return Err(ContentTypeError::NotSupported { content_type }.into());
        }
        Ok(Self(take_received_file(request)))
    }
}

/// JSON response, which `serde` writes and the schema of the type describes. Debug builds check that the two agree.
#[derive(Debug)]
pub(crate) struct Out<T>(pub(crate) T);

impl<T: Type> Payload for Out<T> {
    const CONTENT_TYPE: &'static str = "application/json";

    fn schema_ref() -> MetaSchemaRef {
        T::schema_ref()
    }

    fn register(registry: &mut Registry) {
        T::register(registry);
    }
}

impl<T: Serialize + ToJSON> IntoResponse for Out<T> {
    fn into_response(self) -> Response {
        match serde_json::to_vec(&self.0) {
            Ok(body) => {
                #[cfg(debug_assertions)]
                assert_eq!(
                    serde_json::from_slice::<serde_json::Value>(&body).ok(),
                    self.0.to_json().map(normalize_utc_suffix),
                    "serde and the schema must agree"
                );
                Response::builder()
                    .header(header::CONTENT_TYPE, "application/json")
                    .body(body)
            }
            Err(error) => super::problem::Problem::from(Error::internal(error)).into_response(),
        }
    }
}

impl<T: Serialize + ToJSON> ApiResponse for Out<T> {
    fn meta() -> MetaResponses {
        MetaResponses {
            responses: vec![MetaResponse {
                description: "",
                status: Some(200),
                status_range: None,
                content: vec![MetaMediaType {
                    content_type: <Self as Payload>::CONTENT_TYPE,
                    schema: <Self as Payload>::schema_ref(),
                }],
                headers: Vec::new(),
            }],
        }
    }

    fn register(registry: &mut Registry) {
        <Self as Payload>::register(registry);
    }
}

/// Converts the `+00:00` of poem-openapi into the `Z` of `serde`, which is the same time (RFC 3339, section 4.2).
#[cfg(debug_assertions)]
fn normalize_utc_suffix(value: serde_json::Value) -> serde_json::Value {
    use serde_json::Value;

    match value {
        Value::String(text) => Value::String(match text.strip_suffix("+00:00") {
            Some(time) => format!("{time}Z"),
            None => text,
        }),
        Value::Array(items) => items.into_iter().map(normalize_utc_suffix).collect(),
        Value::Object(fields) => fields
            .into_iter()
            .map(|(name, value)| (name, normalize_utc_suffix(value)))
            .collect(),
        other => other,
    }
}
