//! JSON in and out: bodies are checked against the published document before they are read, and written without a detour.

use poem::http::header;
use poem::{FromRequest, IntoResponse, Request, RequestBody, Response, Result};
use poem_openapi::payload::{ParsePayload, Payload};
use poem_openapi::registry::{
    MetaMediaType, MetaRequest, MetaResponse, MetaResponses, MetaSchemaRef, Registry,
};
use poem_openapi::types::{ParseFromJSON, ToJSON, Type};
use poem_openapi::{ApiExtractor, ApiExtractorType, ApiResponse, ExtractParamOptions};
use serde::Serialize;

use super::{openapi, schema};
use crate::error::{Code, Error};

/// A body in JSON that fits its schema.
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
        let value: serde_json::Value = serde_json::from_slice(&data).map_err(|error| {
            // Its message names a place and a rule, never a value.
            Error::new(Code::MalformedRequest).detail(format!("the body is no JSON: {error}"))
        })?;
        let wrong = schema::violations(openapi::document(), &T::name(), &value);
        if !wrong.is_empty() {
            return Err(Error::new(Code::ValidationFailed).fields(wrong).into());
        }
        T::parse_from_json(Some(value))
            .map(Self)
            .map_err(|error| Error::invalid("", "invalid", error.into_message()).into())
    }
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
        let essence = request
            .content_type()
            .and_then(|value| value.split(';').next())
            .map(|value| value.trim().to_ascii_lowercase());
        match essence.as_deref() {
            Some("application/json") => {}
            Some(other) => {
                return Err(poem_openapi::error::ContentTypeError::NotSupported {
                    content_type: other.to_owned(),
                }
                .into());
            }
            None => return Err(poem_openapi::error::ContentTypeError::ExpectContentType.into()),
        }
        <Self as ParsePayload>::from_request(request, body).await
    }
}

/// A JSON response, written by `serde` and described by the type's schema; the two agree, which every debug build checks.
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
                    self.0.to_json().map(with_z),
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

/// poem-openapi writes UTC as `+00:00`, `serde` as `Z`: the same time (RFC 3339, section 4.2).
#[cfg(debug_assertions)]
fn with_z(value: serde_json::Value) -> serde_json::Value {
    use serde_json::Value;

    match value {
        Value::String(text) => Value::String(match text.strip_suffix("+00:00") {
            Some(time) => format!("{time}Z"),
            None => text,
        }),
        Value::Array(items) => items.into_iter().map(with_z).collect(),
        Value::Object(fields) => fields
            .into_iter()
            .map(|(name, value)| (name, with_z(value)))
            .collect(),
        other => other,
    }
}
