//! Problems that an operation can answer, by code: each has an example, and is listed in the description of its status.

use std::collections::BTreeSet;

use poem::http::StatusCode;
use serde_json::{Map, Value, json};

use super::super::iter_operations;
use super::samples;
use crate::error::{Code, Error};
use crate::http::problem::{self, CONTENT_TYPE, Problem};

/// Path of the one operation that checks `Notes-Account` without requiring an account.
const SIGN_OUT: &str = "/api/auth/logout";
const ID: &str = "01976c8e-5d20-7aa1-8c11-3f2e1d0c9b8a";

/// Adds the problems to the operations and the components of a document.
pub(super) fn add_problems(document: &mut Value) {
    let mut used: BTreeSet<Code> = BTreeSet::new();
    for (path, method, operation) in iter_operations(document) {
        let traits = Traits::from_operation(path, method, operation);
        if traits.caller != Caller::Anyone && operation["responses"].get("409").is_none() {
            operation["responses"]["409"] = json!({
                "description": "The request conflicts with the current state.",
                "content": {CONTENT_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
            });
        }
        let Some(responses) = operation["responses"].as_object_mut() else {
            continue;
        };
        responses.retain(|status, response| {
            let content = response.get_mut("content");
            let Some(media) = content.and_then(|content| content.get_mut(CONTENT_TYPE)) else {
                return true;
            };
            let of_status = |code: &Code| problem::status_for_code(*code).as_str() == status;
            let codes = Code::ALL.iter().copied().filter(of_status);
            let codes: Vec<_> = codes.filter(|code| traits.may_answer(*code)).collect();
            let reference =
                |code: &Code| json!({"$ref": format!("#/components/examples/{}", code.as_str())});
            let examples = codes
                .iter()
                .map(|code| (code.as_str().to_owned(), reference(code)));
            media["examples"] = Value::Object(examples.collect());
            let names: Vec<_> = codes
                .iter()
                .map(|code| format!("`{}`", code.as_str()))
                .collect();
            let text = response["description"].as_str().unwrap_or_default();
            response["description"] = format!("{text} Codes: {}.", names.join(", ")).into();
            used.extend(codes.iter().copied());
            !codes.is_empty()
        });
        responses.sort_keys();
    }
    let examples = used
        .into_iter()
        .map(|code| (code.as_str().to_owned(), example_problem(code)));
    document["components"]["examples"] = Value::Object(examples.collect::<Map<_, _>>());
}

/// Returns the example of a problem with this code.
fn example_problem(code: Code) -> Value {
    let error = if code == Code::ValidationFailed {
        Error::invalid(
            "/title",
            "too_long",
            "has 1001 characters, and at most 1000 are allowed",
        )
    } else {
        Error::new(code)
    };
    let body = Problem::from(error).render_body(ID);
    let value: Value = serde_json::from_slice(&body).unwrap_or_else(|_| samples::NONE.into());
    json!({"summary": code.title(), "description": code.meaning(), "value": value})
}

/// Properties of an operation that decide which codes of a status it can answer.
struct Traits<'a> {
    path: &'a str,
    method: &'a str,
    is_read: bool,
    caller: Caller,
    takes_key: bool,
    /// `true` if anything other than `Notes-Account` can cause a conflict.
    conflicts: bool,
}

/// Callers to which an operation is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Caller {
    /// Everyone, with or without an account.
    Anyone,
    /// Users with a session.
    Session,
    /// Users with a session or an access token.
    SessionOrToken,
}

impl<'a> Traits<'a> {
    fn from_operation(path: &'a str, method: &'a str, operation: &Value) -> Self {
        let security = operation["security"].as_array();
        let security = security.map_or(&[][..], Vec::as_slice);
        let parameters = operation["parameters"].as_array();
        let parameters = parameters.map_or(&[][..], Vec::as_slice);
        Self {
            path,
            method,
            is_read: method == "get",
            caller: if security.is_empty() {
                Caller::Anyone
            } else if security.iter().any(|way| way.get("token").is_some()) {
                Caller::SessionOrToken
            } else {
                Caller::Session
            },
            takes_key: parameters
                .iter()
                .any(|parameter| parameter["name"] == "Idempotency-Key"),
            conflicts: path != SIGN_OUT && operation["responses"].get("409").is_some(),
        }
    }

    /// Returns `true` if the operation can answer the code. Codes that are not matched here are possible in every operation that documents their
    /// status. Debug builds compare the result with real responses (`http/queries.rs`).
    fn may_answer(&self, code: Code) -> bool {
        let below = |path: &str| self.path.starts_with(path);
        match code {
            Code::OtherAccount => self.caller != Caller::Anyone || self.path == SIGN_OUT,
            _ if problem::status_for_code(code) == StatusCode::CONFLICT && !self.conflicts => false,
            Code::Unauthenticated => self.caller != Caller::Anyone,
            Code::ReadOnlyToken => self.caller == Caller::SessionOrToken && !self.is_read,
            Code::ReadOnlyShare => below("/api/shared/") && self.method == "patch",
            Code::InsufficientScope => self.caller == Caller::SessionOrToken,
            Code::SessionRequired => self.caller == Caller::Session,
            Code::GuestNotAllowed => {
                self.caller == Caller::Session || (self.path == "/api/webhooks" && !self.is_read)
            }
            Code::RecentSignInRequired => {
                let changes = below("/api/me") && !below("/api/me/confirmation");
                !self.is_read && (changes || below("/api/passkeys") || below("/api/tokens"))
            }
            Code::SecondFactorRequired => {
                below("/api/auth/login") || self.path == "/api/auth/passkey"
            }
            Code::NoPendingSignIn => below("/api/auth/second-factor"),
            Code::PasskeyRejected => below("/api/auth/second-factor") || below("/api/auth/passkey"),
            Code::PasskeysOff => {
                below("/api/passkeys")
                    || below("/api/auth/passkey")
                    || below("/api/auth/second-factor")
            }
            Code::LastWayIn => below("/api/passkeys/") || below("/api/me/identities/"),
            Code::CrossSiteRequest | Code::StorageFull => !self.is_read,
            Code::IdempotencyKeyReused => self.takes_key,
            Code::InvalidCredentials => below("/api/auth/"),
            Code::SignInOff => {
                below("/api/auth/oidc/start")
                    || below("/api/me/identities")
                    || below("/api/me/confirmation")
            }
            Code::ProviderUnavailable => {
                !self.is_read
                    && (below("/api/auth/oidc/start")
                        || self.path == "/api/me/identities"
                        || below("/api/me/confirmation"))
            }
            // These codes appear in the URL to which a browser is redirected when it returns from the provider.
            Code::SignInExpired
            | Code::SignInRefused
            | Code::SignInFailed
            | Code::AddressNotAllowed
            | Code::IdentityNotLinked
            | Code::IdentityTaken => false,
            Code::AccountDisabled => {
                below("/api/auth/login")
                    || below("/api/auth/passkey")
                    || below("/api/auth/second-factor")
            }
            Code::RegistrationClosed | Code::InviteRequired => {
                below("/api/auth/register") || below("/api/me/claim")
            }
            Code::FilesOff => {
                below("/api/attachments")
                    || self.path.ends_with("/attachments")
                    || self.path.contains("/uploads")
            }
            Code::RangeNotSatisfiable => self.path.ends_with("/content"),
            Code::MailOff => {
                self.path.ends_with("/password-reset")
                    || self.path.ends_with("/email-verification")
                    || below("/api/me/reminders")
            }
            Code::PushOff => below("/api/push/"),
            Code::EmailTaken | Code::UsernameTaken => below("/api/auth/") || below("/api/me"),
            Code::GuestsFull => below("/api/auth/guest"),
            Code::LabelNameTaken => below("/api/labels"),
            Code::NoteInTrash => {
                below("/api/notes") || below("/api/attachments") || below("/api/uploads")
            }
            Code::NoteNotInTrash => below("/api/notes"),
            _ => true,
        }
    }
}
