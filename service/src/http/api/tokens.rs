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
use crate::http::caller::SessionCaller;
use crate::http::payload::{Body, Out};
use crate::http::problem::{CALLER, CONFLICT, JSON, MALFORMED, NOT_FOUND, Problems, TOO_MANY};
use crate::store::access_tokens;

pub(crate) struct Tokens;

/// Days after which a token ends if nothing is said.
fn default_days() -> u32 {
    90
}

/// What an access token is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum, Serialize)]
#[oai(rename_all = "lowercase", rename = "TokenScope")]
#[serde(rename_all = "lowercase")]
enum Scope {
    Read,
    Write,
}

/// An access token to make. Not `Debug`: it holds a password.
#[derive(Object)]
#[oai(rename_all = "camelCase", deny_unknown_fields)]
struct NewToken {
    /// What to call it: where it will be used, best.
    #[oai(validator(min_length = 1, max_length = 100, pattern = r"\S"))]
    name: String,
    /// `read`, or `write` for reading and writing.
    scope: Scope,
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

/// An access token.
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
    /// What it is for.
    scope: Scope,
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

/// All access tokens.
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

impl From<access_tokens::AccessToken> for Token {
    fn from(token: access_tokens::AccessToken) -> Self {
        Self {
            id: token.id,
            name: token.name,
            scope: match token.scope {
                access_tokens::Scope::Read => Scope::Read,
                access_tokens::Scope::Write => Scope::Write,
            },
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
        let password = new.current_password.map(|password| password.0.into());
        let checked = caller.confirm(password).await?;
        let days = TimeDelta::days(new.expires_in_days.into());
        let secret = token::access()?;
        let new = access_tokens::NewAccessToken {
            token: secret.clone(),
            name: new.name.trim().to_owned(),
            scope: match new.scope {
                Scope::Read => access_tokens::Scope::Read,
                Scope::Write => access_tokens::Scope::Write,
            },
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
