//! Failures in HTTP responses: `application/problem+json` (RFC 9457), in one form everywhere.
//!
//! A [`Problem`] travels on its response without a body. [`finish`], in the outermost layer, writes the body with the identifier of the request, and
//! converts failures of the framework into the same form.

use std::fmt;

use poem::http::{HeaderValue, StatusCode, header};
use poem::{IntoResponse, Response};
use poem_openapi::registry::{MetaMediaType, MetaResponse, MetaResponses, Registry};
use poem_openapi::types::Type;
use poem_openapi::{ApiResponse, Object};
use serde::Serialize;

use crate::error::{Code, Error, FieldError};

/// Media type of problems.
pub(crate) const CONTENT_TYPE: &str = "application/problem+json";

/// Returns the HTTP status of a code.
pub(crate) fn status_for_code(code: Code) -> StatusCode {
    match code {
        Code::MalformedRequest => StatusCode::BAD_REQUEST,
        Code::Unauthenticated
        | Code::InvalidCredentials
        | Code::SecondFactorRequired
        | Code::NoPendingSignIn
        | Code::PasskeyRejected => StatusCode::UNAUTHORIZED,
        Code::ReadOnlyToken
        | Code::InsufficientScope
        | Code::ReadOnlyShare
        | Code::SessionRequired
        | Code::RecentSignInRequired
        | Code::AccountDisabled
        | Code::RegistrationClosed
        | Code::InviteRequired
        | Code::GuestNotAllowed
        | Code::SignInRefused
        | Code::SignInFailed
        | Code::AddressNotAllowed
        | Code::CrossSiteRequest => StatusCode::FORBIDDEN,
        Code::NotFound => StatusCode::NOT_FOUND,
        Code::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
        Code::EmailTaken
        | Code::UsernameTaken
        | Code::LabelNameTaken
        | Code::NoteNotInTrash
        | Code::NoteInTrash
        | Code::LimitReached
        | Code::MailOff
        | Code::PushOff
        | Code::SignInOff
        | Code::IdentityNotLinked
        | Code::IdentityTaken
        | Code::PasskeysOff
        | Code::LastWayIn
        | Code::FilesOff
        | Code::OtherAccount
        | Code::Conflict => StatusCode::CONFLICT,
        Code::ChangesExpired | Code::SignInExpired => StatusCode::GONE,
        Code::PreconditionFailed => StatusCode::PRECONDITION_FAILED,
        Code::PayloadTooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        Code::UnsupportedMediaType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
        Code::RangeNotSatisfiable => StatusCode::RANGE_NOT_SATISFIABLE,
        Code::ValidationFailed | Code::IdempotencyKeyReused => StatusCode::UNPROCESSABLE_ENTITY,
        Code::PreconditionRequired => StatusCode::PRECONDITION_REQUIRED,
        Code::BodyTooSlow => StatusCode::REQUEST_TIMEOUT,
        Code::RateLimited => StatusCode::TOO_MANY_REQUESTS,
        Code::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        Code::GuestsFull
        | Code::ProviderUnavailable
        | Code::Unavailable
        | Code::StorageFull
        | Code::TimedOut => StatusCode::SERVICE_UNAVAILABLE,
    }
}

/// 400: the form of the request is wrong.
pub(crate) const MALFORMED: u32 = 1;
/// 401: the request has no valid credential.
pub(crate) const UNAUTHORIZED: u32 = 1 << 1;
/// 403: the request is not permitted.
pub(crate) const FORBIDDEN: u32 = 1 << 2;
/// 404: the resource does not exist, or the caller may not see it.
pub(crate) const NOT_FOUND: u32 = 1 << 3;
/// 409: the request conflicts with the current state.
pub(crate) const CONFLICT: u32 = 1 << 4;
/// 410: the requested data was removed.
pub(crate) const GONE: u32 = 1 << 5;
/// 412 and 428: `If-Match` does not match or is missing.
pub(crate) const PRECONDITION: u32 = 1 << 6;
/// 408, 413 and 415, which every operation with a body can answer.
pub(crate) const BODY: u32 = 1 << 7;
/// 422: some values are not allowed.
pub(crate) const INVALID: u32 = 1 << 8;
/// 429: a limit on attempts or concurrent requests is exceeded.
pub(crate) const TOO_MANY: u32 = 1 << 9;
/// 416: the requested range is outside the file.
pub(crate) const RANGE: u32 = 1 << 10;
/// Failures that every authenticated operation can answer.
pub(crate) const CALLER: u32 = UNAUTHORIZED | FORBIDDEN | TOO_MANY;
/// Failures that every operation with parameters or a JSON body can answer.
pub(crate) const INPUT: u32 = MALFORMED | INVALID;
/// Failures that every operation with a JSON body can answer.
pub(crate) const JSON: u32 = INPUT | BODY;

/// Bits with their statuses, and the descriptions of these in the OpenAPI document.
const STATUSES: [(u32, u16, &str); 15] = [
    (MALFORMED, 400, "The request cannot be read."),
    (
        UNAUTHORIZED,
        401,
        "The request is not authenticated, or the credentials are wrong.",
    ),
    (
        FORBIDDEN,
        403,
        "The caller is not permitted to do this, or a page of another site sent the request.",
    ),
    (
        NOT_FOUND,
        404,
        "The resource does not exist, or the caller may not see it.",
    ),
    (BODY, 408, "The body arrived too slowly."),
    (
        CONFLICT,
        409,
        "The request conflicts with the current state.",
    ),
    (GONE, 410, "The requested data is no longer available."),
    (
        PRECONDITION,
        412,
        "The resource has changed since the version in `If-Match`.",
    ),
    (BODY, 413, "The body exceeds the size limit."),
    (BODY, 415, "The media type of the body is not supported."),
    (RANGE, 416, "The range is outside the file."),
    (
        INVALID,
        422,
        "Some values are not allowed; `errors` lists all of them.",
    ),
    (
        PRECONDITION,
        428,
        "The required header `If-Match` is missing.",
    ),
    (
        TOO_MANY,
        429,
        "A limit on attempts or concurrent requests is exceeded; `Retry-After` is the number of seconds to wait.",
    ),
    (
        0,
        503,
        "The service is temporarily unavailable; `Retry-After` is the number of seconds to wait.",
    ),
];

/// Failure of a request, before its identifier is known.
#[derive(Debug, Clone)]
pub(crate) struct Problem {
    code: Code,
    status: StatusCode,
    detail: Option<String>,
    fields: Vec<FieldError>,
    retry_after: Option<u32>,
    cookie: Option<HeaderValue>,
}

impl Problem {
    /// Returns the stable code of the failure.
    pub(crate) fn code(&self) -> &'static str {
        self.code.as_str()
    }

    /// Returns the JSON body for the request with this identifier.
    pub(crate) fn render_body(&self, request_id: &str) -> Vec<u8> {
        let document = ProblemDocument {
            problem_type: "about:blank".to_owned(),
            title: self.code.title().to_owned(),
            status: self.status.as_u16(),
            code: self.code.as_str().to_owned(),
            detail: self.detail.clone(),
            request_id: request_id.to_owned(),
            errors: (!self.fields.is_empty())
                .then(|| self.fields.iter().map(FieldProblem::from).collect()),
        };
        serde_json::to_vec(&document).unwrap_or_default()
    }
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        let code = error.code();
        if matches!(code, Code::Internal | Code::Unavailable) {
            log_causes(&error);
        }
        Self {
            code,
            status: status_for_code(code),
            detail: error.detail_text().map(str::to_owned),
            fields: error.field_errors().to_vec(),
            retry_after: error.retry_after_seconds(),
            cookie: None,
        }
    }
}

/// Logs the causes of an error. They do not appear in responses, because they may contain names of hosts and tables.
fn log_causes(error: &Error) {
    let mut cause = String::new();
    let mut next = std::error::Error::source(error);
    while let Some(source) = next {
        if !cause.is_empty() {
            cause.push_str(": ");
        }
        cause.push_str(&source.to_string());
        next = source.source();
    }
    if cause.is_empty()
        && error
            .detail_text()
            .is_none_or(|_| error.code() == Code::Unavailable)
    {
        // A panic is logged by its hook, and refused requests are counted by metrics.
        return;
    }
    if error.code() == Code::Internal {
        tracing::error!(cause, "a request failed because of an internal error");
    } else {
        tracing::warn!(
            cause,
            "the database or the storage of attachments is unavailable"
        );
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = Response::builder()
            .status(self.status)
            .content_type(CONTENT_TYPE)
            .finish();
        let headers = response.headers_mut();
        if let Some(seconds) = self.retry_after {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        if let Some(cookie) = &self.cookie {
            headers.insert(header::SET_COOKIE, cookie.clone());
        }
        if self.code == Code::Unauthenticated {
            headers.insert(
                header::WWW_AUTHENTICATE,
                HeaderValue::from_static("Bearer realm=\"notes\""),
            );
        }
        response.extensions_mut().insert(self);
        response
    }
}

impl From<Problem> for poem::Error {
    fn from(problem: Problem) -> Self {
        // Poem separates the data of an error from the data of its response.
        let mut error = Self::from_response(problem.clone().into_response());
        error.set_data(problem);
        error
    }
}

impl From<Error> for poem::Error {
    fn from(error: Error) -> Self {
        Problem::from(error).into()
    }
}

/// Failure of an operation that documents a set of the bits above. 503 is always in the set, and so are 400 and 422, for `Host` and the query, and
/// 429, for rate limits.
pub(crate) struct Problems<const SET: u32>(Problem);

impl<const SET: u32> fmt::Debug for Problems<SET> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl<const SET: u32> From<Error> for Problems<SET> {
    fn from(error: Error) -> Self {
        let problem = Problem::from(error);
        let documented = STATUSES
            .iter()
            .any(|(bit, status, _)| *status == problem.status && (*bit == 0 || SET & bit != 0));
        debug_assert!(
            documented || problem.code == Code::Internal,
            "the operation does not document {problem:?}"
        );
        Self(problem)
    }
}

impl<const SET: u32> Problems<SET> {
    /// Creates a failure with a `Set-Cookie` header.
    pub(crate) fn with_cookie(error: Error, cookie: &str) -> Self {
        let mut problems = Self::from(error);
        problems.0.cookie = HeaderValue::from_str(cookie).ok();
        problems
    }
}

impl<const SET: u32> From<Problems<SET>> for poem::Error {
    fn from(problems: Problems<SET>) -> Self {
        problems.0.into()
    }
}

impl<const SET: u32> ApiResponse for Problems<SET> {
    fn meta() -> MetaResponses {
        let responses = STATUSES
            .iter()
            .filter(|(bit, ..)| *bit == 0 || (SET | INPUT | TOO_MANY) & bit != 0)
            .map(|(_, status, description)| MetaResponse {
                description,
                status: Some(*status),
                status_range: None,
                content: vec![MetaMediaType {
                    content_type: CONTENT_TYPE,
                    schema: ProblemDocument::schema_ref(),
                }],
                headers: Vec::new(),
            })
            .collect();
        MetaResponses { responses }
    }

    fn register(registry: &mut Registry) {
        ProblemDocument::register(registry);
    }
}

/// Failure of a request (RFC 9457): `code` for programs, `title` and `detail` for people.
#[derive(Debug, Object, Serialize)]
#[oai(
    rename = "Problem",
    rename_all = "camelCase",
    skip_serializing_if_is_none
)]
#[serde(rename_all = "camelCase")]
struct ProblemDocument {
    /// Always `about:blank`; `code` identifies the kind of failure.
    #[oai(rename = "type")]
    #[serde(rename = "type")]
    problem_type: String,
    /// Short description of the kind of failure.
    title: String,
    /// HTTP status of the response.
    status: u16,
    /// Stable identifier of the kind of failure.
    code: String,
    /// Explanation of this occurrence; absent if there is nothing to add to the title.
    #[serde(skip_serializing_if = "Option::is_none")]
    detail: Option<String>,
    /// Identifier of the request, as in the header `X-Request-Id` and in the logs.
    request_id: String,
    /// All values that are not allowed; absent if the failure has another reason.
    #[oai(skip_serializing_if_is_none)]
    #[serde(skip_serializing_if = "Option::is_none")]
    errors: Option<Vec<FieldProblem>>,
}

/// One value that is not allowed.
#[derive(Debug, Object, Serialize)]
struct FieldProblem {
    /// JSON pointer into the body (RFC 6901), or name of a parameter.
    field: String,
    /// Stable identifier of the violation, such as `too_long`.
    code: String,
    /// Explanation of the violation, with the allowed values.
    message: String,
}

impl From<&FieldError> for FieldProblem {
    fn from(error: &FieldError) -> Self {
        Self {
            field: error.field.clone(),
            code: error.code.to_owned(),
            message: error.message.clone(),
        }
    }
}

/// Writes the body of a problem, after converting a failure of the framework into one. Other responses pass unchanged.
pub(crate) fn finish_response(answer: poem::Result<Response>, request_id: &str) -> Response {
    let mut response = match answer {
        Ok(response) => response,
        Err(error) => translate_error(error),
    };
    if let Some(problem) = response.extensions().get::<Problem>() {
        let body = problem.render_body(request_id);
        response.set_body(body);
    }
    response
}

/// Converts a failure of the framework into a problem; problems of the service pass unchanged.
fn translate_error(error: poem::Error) -> Response {
    use poem::error::{MethodNotAllowedError, NotFoundError, SizedLimitError};
    use poem_openapi::error::{ContentTypeError, ParseParamError, ParsePathError};

    let parameter = |name: &str, reason: &str| {
        Error::new(Code::MalformedRequest)
            .detail(format!("the parameter `{name}` cannot be read"))
            .fields(vec![FieldError {
                field: name.to_owned(),
                code: "malformed",
                message: reason.to_owned(),
            }])
    };
    let ours = if error.data::<Problem>().is_some() {
        return error.into_response();
    } else if error.is::<NotFoundError>() {
        Error::new(Code::NotFound).detail("no operation has this path")
    } else if error.is::<MethodNotAllowedError>() {
        Error::new(Code::MethodNotAllowed)
    } else if error.is::<SizedLimitError>() {
        Error::new(Code::PayloadTooLarge)
    } else if let Some(error) = error.downcast_ref::<ParseParamError>() {
        parameter(error.name, &error.reason)
    } else if let Some(error) = error.downcast_ref::<ParsePathError>() {
        parameter(error.name, &error.reason)
    } else if let Some(error) = error.downcast_ref::<ContentTypeError>() {
        let detail = match error {
            ContentTypeError::NotSupported { content_type } => {
                format!(
                    "this operation does not support `{}`",
                    take_excerpt(content_type)
                )
            }
            ContentTypeError::ExpectContentType => {
                "the request has a body, but no `Content-Type` header".to_owned()
            }
        };
        Error::new(Code::UnsupportedMediaType).detail(detail)
    } else {
        let reason = take_excerpt(&error.to_string());
        if error.status().is_client_error() {
            Error::new(Code::MalformedRequest).detail(reason)
        } else {
            Error::internal(reason)
        }
    };
    Problem::from(ours).into_response()
}

/// Returns the first 200 characters of a text that a client sent, without control characters.
pub(super) fn take_excerpt(text: &str) -> String {
    text.chars()
        .filter(|char| !char.is_control())
        .take(200)
        .collect()
}
