//! `/api/tokens`: access tokens for programs of a user.

use chrono::{DateTime, TimeDelta, Utc};
use poem_openapi::param::Path;
use poem_openapi::types::Password;
use poem_openapi::{ApiResponse, Enum, Object, OpenApi};
use secrecy::ExposeSecret;
use serde::Serialize;
use uuid::Uuid;

use super::Tag;
use crate::auth::token;
use crate::clock;
use crate::domain::scope;
use crate::error::Error;
use crate::http::caller::SessionCaller;
use crate::http::payload::{Body, Out};
use crate::http::problem::{CALLER, CONFLICT, JSON, MALFORMED, NOT_FOUND, Problems, TOO_MANY};
use crate::store::access_tokens;

pub(crate) struct Tokens;

/// Returns the lifetime of a token in days if the request names none.
fn default_days() -> u32 {
    90
}

/// Coarse scope of an access token: `read` for reading only, `write` for reading and writing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum, Serialize)]
#[oai(rename_all = "lowercase", rename = "TokenScope")]
#[serde(rename_all = "lowercase")]
enum Scope {
    Read,
    Write,
}

/// Fine scope of an access token, which permits one kind of access, such as `notes:read` for reading notes, their versions and changes. Each
/// operation names the scopes that it needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum, Serialize)]
#[oai(rename = "TokenPermission")]
enum Permission {
    #[oai(rename = "notes:read")]
    #[serde(rename = "notes:read")]
    NotesRead,
    #[oai(rename = "notes:write")]
    #[serde(rename = "notes:write")]
    NotesWrite,
    #[oai(rename = "labels:read")]
    #[serde(rename = "labels:read")]
    LabelsRead,
    #[oai(rename = "labels:write")]
    #[serde(rename = "labels:write")]
    LabelsWrite,
    #[oai(rename = "account:read")]
    #[serde(rename = "account:read")]
    AccountRead,
    #[oai(rename = "export")]
    #[serde(rename = "export")]
    Export,
    #[oai(rename = "webhooks:read")]
    #[serde(rename = "webhooks:read")]
    WebhooksRead,
    #[oai(rename = "webhooks:write")]
    #[serde(rename = "webhooks:write")]
    WebhooksWrite,
}

/// Each permission of the API with the scope of the domain that it stands for.
const PERMISSIONS: [(Permission, scope::Scope); 8] = [
    (Permission::NotesRead, scope::Scope::NotesRead),
    (Permission::NotesWrite, scope::Scope::NotesWrite),
    (Permission::LabelsRead, scope::Scope::LabelsRead),
    (Permission::LabelsWrite, scope::Scope::LabelsWrite),
    (Permission::AccountRead, scope::Scope::AccountRead),
    (Permission::Export, scope::Scope::Export),
    (Permission::WebhooksRead, scope::Scope::WebhooksRead),
    (Permission::WebhooksWrite, scope::Scope::WebhooksWrite),
];

/// An access token to create, with exactly one of `scope` and `scopes`.
// Not `Debug`: it holds a password.
#[derive(Object)]
#[oai(rename_all = "camelCase", deny_unknown_fields)]
struct NewToken {
    /// Name of the token, 1 to 100 characters; best the program or device that uses it.
    #[oai(validator(min_length = 1, max_length = 100, pattern = r"\S"))]
    name: String,
    /// Coarse scope: `read` for all scopes that read, `write` for all scopes. Exactly one of `scope` and `scopes` is required.
    scope: Option<Scope>,
    /// Fine scopes, 1 to 20; the token permits nothing else. Exactly one of `scope` and `scopes` is required.
    #[oai(validator(min_items = 1, max_items = 20))]
    scopes: Option<Vec<Permission>>,
    /// Lifetime of the token in days, 1 to 365, 90 by default.
    #[oai(
        default = "default_days",
        validator(minimum(value = "1"), maximum(value = "365"))
    )]
    expires_in_days: u32,
    /// Password of the account. Not needed if the session began with a passkey within the last 10 minutes, or was confirmed at the identity provider
    /// (`POST /api/me/confirmation`) within the last 5 minutes.
    #[oai(validator(min_length = 1, max_length = 256))]
    current_password: Option<Password>,
}

/// Access token of the user, for a program.
#[expect(
    clippy::struct_field_names,
    reason = "`token` is what the API calls the secret itself"
)]
#[derive(Debug, Object, Serialize)]
#[oai(rename_all = "camelCase", skip_serializing_if_is_none)]
#[serde(rename_all = "camelCase")]
struct Token {
    /// Identifier of the access token (UUID).
    id: Uuid,
    /// Name that the user gave to the token.
    name: String,
    /// Coarse scope: `write` if any of the `scopes` permits changes, otherwise `read`.
    scope: Scope,
    /// All scopes of the access token.
    scopes: Vec<Permission>,
    /// Time at which the token was created.
    created_at: DateTime<Utc>,
    /// Time of the last request with the token, accurate to one hour; absent if it was never used.
    #[serde(skip_serializing_if = "Option::is_none")]
    last_used_at: Option<DateTime<Utc>>,
    /// Time at which the token expires. Absent only for tokens from releases in which tokens did not expire.
    #[serde(skip_serializing_if = "Option::is_none")]
    expires_at: Option<DateTime<Utc>>,
    /// The secret token, for the header `Authorization: Bearer …`. Present only in the response that creates it; the service stores a hash.
    #[serde(skip_serializing_if = "Option::is_none")]
    token: Option<String>,
}

/// All access tokens of the user.
#[derive(Debug, Object, Serialize)]
#[oai(rename_all = "camelCase")]
#[serde(rename_all = "camelCase")]
struct TokenList {
    /// Access tokens, the newest first.
    items: Vec<Token>,
}

#[derive(ApiResponse)]
enum TokenCreated {
    /// The access token was created; only this response contains the token.
    #[oai(status = 201)]
    Token(Out<Token>),
}

#[derive(ApiResponse)]
enum Deleted {
    /// The access token was deleted.
    #[oai(status = 204)]
    Gone,
}

impl NewToken {
    fn requested_scope(&self) -> Result<access_tokens::Scope, Error> {
        match (self.scope, &self.scopes) {
            (Some(Scope::Read), None) => Ok(access_tokens::Scope::Read),
            (Some(Scope::Write), None) => Ok(access_tokens::Scope::Write),
            (None, Some(permissions)) => {
                let asked = PERMISSIONS
                    .into_iter()
                    .filter(|(permission, _)| permissions.contains(permission));
                let scopes = asked.map(|(_, scope)| scope).collect();
                Ok(access_tokens::Scope::Only(scopes))
            }
            (None, None) => Err(Error::invalid(
                "/scope",
                "required",
                "is missing: send one of `scope` and `scopes`",
            )),
            (Some(_), Some(_)) => Err(Error::invalid(
                "/scopes",
                "ambiguous",
                "has the same purpose as `scope`; send only one of them",
            )),
        }
    }
}

impl From<access_tokens::AccessToken> for Token {
    fn from(token: access_tokens::AccessToken) -> Self {
        Self {
            id: token.id,
            name: token.name,
            scope: if token.scopes.iter().any(scope::Scope::permits_writes) {
                Scope::Write
            } else {
                Scope::Read
            },
            scopes: PERMISSIONS
                .into_iter()
                .filter(|(_, scope)| token.scopes.has_scope(*scope))
                .map(|(permission, _)| permission)
                .collect(),
            created_at: token.created_at,
            last_used_at: token.last_used_at,
            expires_at: token.expires_at,
            token: None,
        }
    }
}

#[OpenApi(prefix_path = "/tokens", tag = "Tag::Account")]
impl Tokens {
    /// List access tokens
    ///
    /// Returns all access tokens of the user on one page; a user has at most 50. Expired tokens are listed until they are deleted.
    #[oai(path = "/", method = "get", operation_id = "listTokens")]
    async fn list_tokens(
        &self,
        caller: SessionCaller,
    ) -> Result<Out<TokenList>, Problems<{ CALLER }>> {
        let store = caller.caller.store();
        let tokens = store.access_tokens(caller.caller.owner()).await?;
        let items = tokens.into_iter().map(Token::from).collect();
        Ok(Out(TokenList { items }))
    }

    /// Create an access token
    ///
    /// Requires the password of the account or a recent confirmation. The token begins with `notes_pat_` and ends with a checksum, so that secret
    /// scanners recognize it. It expires after `expiresInDays`, and ends when the password changes.
    #[oai(path = "/", method = "post", operation_id = "createToken")]
    async fn create_token(
        &self,
        caller: SessionCaller,
        body: Body<NewToken>,
    ) -> Result<TokenCreated, Problems<{ CALLER | JSON | CONFLICT | TOO_MANY }>> {
        let new = body.0;
        let scope = new.requested_scope()?;
        let password = new.current_password.map(|password| password.0.into());
        let checked = caller.confirm_password(password).await?;
        let days = TimeDelta::days(new.expires_in_days.into());
        let secret = token::new_access_token()?;
        let new = access_tokens::NewAccessToken {
            token: secret.clone(),
            name: new.name.trim().to_owned(),
            scope,
            expires_at: clock::now() + days,
        };
        let store = caller.caller.store();
        let made = store
            .create_access_token(caller.caller.owner(), &checked, new)
            .await?;
        Ok(TokenCreated::Token(Out(Token {
            token: Some(secret.expose_secret().to_owned()),
            ..made.into()
        })))
    }

    /// Delete an access token
    ///
    /// Deletes an access token; requests with it are refused at once.
    #[oai(path = "/:id", method = "delete", operation_id = "deleteToken")]
    async fn delete_token(
        &self,
        caller: SessionCaller,
        id: Path<Uuid>,
    ) -> Result<Deleted, Problems<{ CALLER | MALFORMED | NOT_FOUND }>> {
        let store = caller.caller.store();
        store
            .delete_access_token(caller.caller.owner(), id.0)
            .await?;
        Ok(Deleted::Gone)
    }
}
