//! `/api/tokens`: access tokens, for programs of the user.

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

/// Days after which a token ends if nothing is said.
fn default_days() -> u32 {
    90
}

/// The rough purpose of an access token: to read, or everything.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum, Serialize)]
#[oai(rename_all = "lowercase", rename = "TokenScope")]
#[serde(rename_all = "lowercase")]
enum Scope {
    Read,
    Write,
}

/// One thing that an access token is for.
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

/// Each permission with the scope that it is.
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

/// An access token to make.
// Not `Debug`: it holds a password.
#[derive(Object)]
#[oai(rename_all = "camelCase", deny_unknown_fields)]
struct NewToken {
    /// What to call it: where it will be used, best.
    #[oai(validator(min_length = 1, max_length = 100, pattern = r"\S"))]
    name: String,
    /// Everything that is read, or everything: `read`, or `write` for reading and writing. One of `scope` and `scopes` is needed.
    scope: Option<Scope>,
    /// The things it is for, and nothing else. One of `scope` and `scopes` is needed.
    #[oai(validator(min_items = 1, max_items = 20))]
    scopes: Option<Vec<Permission>>,
    /// Days after which it ends by itself.
    #[oai(
        default = "default_days",
        validator(minimum(value = "1"), maximum(value = "365"))
    )]
    expires_in_days: u32,
    /// The password of the account: who finds a browser open makes no way in that stays. Without it, the user has to have confirmed in this session
    /// within five minutes.
    #[oai(validator(min_length = 1, max_length = 256))]
    current_password: Option<Password>,
}

/// An access token of the user, for a program.
#[expect(
    clippy::struct_field_names,
    reason = "`token` is what the API calls the secret itself"
)]
#[derive(Debug, Object, Serialize)]
#[oai(rename_all = "camelCase", skip_serializing_if_is_none)]
#[serde(rename_all = "camelCase")]
struct Token {
    /// Its identifier.
    id: Uuid,
    /// What the user calls it.
    name: String,
    /// Roughly what it is for: `write`, if it may change anything. `scopes` says it exactly.
    scope: Scope,
    /// The things it is for.
    scopes: Vec<Permission>,
    /// When it was made.
    created_at: DateTime<Utc>,
    /// When it was last used, give or take an hour.
    #[serde(skip_serializing_if = "Option::is_none")]
    last_used_at: Option<DateTime<Utc>>,
    /// When it ends by itself; those that were made before every token had an end may not.
    #[serde(skip_serializing_if = "Option::is_none")]
    expires_at: Option<DateTime<Utc>>,
    /// The token itself, for the header `Authorization: Bearer …`. Only the answer that makes it has it: it is not kept.
    #[serde(skip_serializing_if = "Option::is_none")]
    token: Option<String>,
}

/// All access tokens of the user that work.
#[derive(Debug, Object, Serialize)]
#[oai(rename_all = "camelCase")]
#[serde(rename_all = "camelCase")]
struct TokenList {
    /// The newest first.
    items: Vec<Token>,
}

#[derive(ApiResponse)]
enum Made {
    /// The access token, which is shown this once.
    #[oai(status = 201)]
    Token(Out<Token>),
}

#[derive(ApiResponse)]
enum Deleted {
    /// It opens nothing any more.
    #[oai(status = 204)]
    Gone,
}

impl NewToken {
    fn scope(&self) -> Result<access_tokens::Scope, Error> {
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
                "is missing: one of `scope` and `scopes`",
            )),
            (Some(_), Some(_)) => Err(Error::invalid(
                "/scopes",
                "ambiguous",
                "says the same as `scope` in other words: send one of them",
            )),
        }
    }
}

impl From<access_tokens::AccessToken> for Token {
    fn from(token: access_tokens::AccessToken) -> Self {
        Self {
            id: token.id,
            name: token.name,
            scope: if token.scopes.iter().any(scope::Scope::writes) {
                Scope::Write
            } else {
                Scope::Read
            },
            scopes: PERMISSIONS
                .into_iter()
                .filter(|(_, scope)| token.scopes.has(*scope))
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
    /// There are at most 50, so there are no pages. Those that have ended are among them until they are deleted.
    #[oai(path = "/", method = "get", operation_id = "listTokens")]
    async fn list(&self, caller: SessionCaller) -> Result<Out<TokenList>, Problems<{ CALLER }>> {
        let store = caller.caller.store();
        let tokens = store.access_tokens(caller.caller.owner()).await?;
        let items = tokens.into_iter().map(Token::from).collect();
        Ok(Out(TokenList { items }))
    }

    /// Make an access token
    ///
    /// Needs the password of the account, or a confirmation. The token begins with `notes_pat_` and ends in a checksum, so that scanners find it where it should not
    /// be. It ends after `expiresInDays`, and with a change of the password.
    #[oai(path = "/", method = "post", operation_id = "createToken")]
    async fn create(
        &self,
        caller: SessionCaller,
        body: Body<NewToken>,
    ) -> Result<Made, Problems<{ CALLER | JSON | CONFLICT | TOO_MANY }>> {
        let new = body.0;
        let scope = new.scope()?;
        let password = new.current_password.map(|password| password.0.into());
        let checked = caller.confirm(password).await?;
        let days = TimeDelta::days(new.expires_in_days.into());
        let secret = token::access()?;
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
        Ok(Made::Token(Out(Token {
            token: Some(secret.expose_secret().to_owned()),
            ..made.into()
        })))
    }

    /// Delete an access token
    ///
    /// It opens nothing any more, at once.
    #[oai(path = "/:id", method = "delete", operation_id = "deleteToken")]
    async fn delete(
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
