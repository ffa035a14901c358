//! `/api/auth/oidc`: signing in at a provider, to which the browser goes and from which it comes back.

use poem_openapi::param::Query;
use poem_openapi::types::Password;
use poem_openapi::{ApiResponse, Object, OpenApi};
use serde::Serialize;

use super::Tag;
use crate::error::Error;
use crate::http::caller::Visitor;
use crate::http::payload::{Body, Out};
use crate::http::problem::{CONFLICT, FORBIDDEN, INPUT, JSON, Problem, Problems, TOO_MANY};
use crate::http::provider::{LOGIN, Sought, return_path};
use crate::oidc::Answer;
use crate::store::sign_in_flows::Purpose;

pub(crate) struct ProviderSignIn;

/// A sign-in at the provider to begin.
// Not `Debug`: it holds a secret.
#[derive(Object)]
#[oai(rename_all = "camelCase", deny_unknown_fields)]
struct ProviderStart {
    /// The path of the page to go on with, beginning with one `/`; the board, if it is left out.
    #[oai(validator(min_length = 1, max_length = 500))]
    return_to: Option<String>,
    /// The code of an invite, where somebody without an account needs one.
    #[oai(validator(min_length = 1, max_length = 100))]
    invite_code: Option<Password>,
}

/// The page of the provider to open.
#[derive(Debug, Object, Serialize)]
#[oai(rename_all = "camelCase")]
#[serde(rename_all = "camelCase")]
pub(super) struct ProviderAddress {
    /// Its address, which works once, within ten minutes, in this browser only.
    location: String,
}

#[derive(ApiResponse)]
pub(super) enum Begun {
    /// The address to open; the cookie binds the sign-in to this browser.
    #[oai(status = 200)]
    Address(Out<ProviderAddress>, #[oai(header = "Set-Cookie")] String),
}

#[derive(ApiResponse)]
enum Sent {
    /// To the provider, or back to the page: with `#problem=` and the code of a problem, if something went wrong.
    #[oai(status = 303)]
    To(
        #[oai(header = "Location")] String,
        #[oai(header = "Set-Cookie")] Option<String>,
    ),
}

impl Begun {
    pub(super) fn of(sought: Sought) -> Self {
        let address = ProviderAddress {
            location: sought.location,
        };
        Self::Address(Out(address), sought.cookie)
    }
}

#[OpenApi(prefix_path = "/auth/oidc", tag = "Tag::Auth")]
impl ProviderSignIn {
    /// Go to the provider
    ///
    /// For a link: the browser is sent to the provider, and comes back to `returnTo` signed in. If the provider does not answer, or there is none,
    /// the browser is sent to `/login#problem=` with the code of the problem instead.
    #[oai(path = "/start", method = "get", operation_id = "goToProvider")]
    async fn go(
        &self,
        visitor: Visitor,
        /// The path of the page to go on with, beginning with one `/`; the board, if it is left out.
        #[oai(name = "returnTo", validator(min_length = 1, max_length = 500))]
        return_to: Query<Option<String>>,
    ) -> Result<Sent, Problems<{ INPUT }>> {
        let return_to = return_path(return_to.0, "returnTo")?;
        Ok(
            match visitor.seek(Purpose::SignIn, &return_to, None).await {
                Ok(sought) => Sent::To(sought.location, Some(sought.cookie)),
                Err(error) => Sent::To(told(LOGIN, error), None),
            },
        )
    }

    /// Begin to sign in at the provider
    ///
    /// For a page: answers where to go. A guest who signs in there keeps the notes, if the provider's person has no account yet; somebody without an
    /// account gets one, where registration allows it.
    #[oai(path = "/start", method = "post", operation_id = "startProviderSignIn")]
    async fn start(
        &self,
        visitor: Visitor,
        body: Body<ProviderStart>,
    ) -> Result<Begun, Problems<{ JSON | FORBIDDEN | CONFLICT | TOO_MANY }>> {
        let return_to = return_path(body.0.return_to, "/returnTo")?;
        let invite = body.0.invite_code.map(|code| code.0.into());
        let sought = visitor
            .seek(Purpose::SignIn, &return_to, invite.as_ref())
            .await?;
        Ok(Begun::of(sought))
    }

    /// Come back from the provider
    ///
    /// The provider sends the browser here, with a code or the reason why there is none. It goes on with the page: to `returnTo` with the cookie of a
    /// session; or, with `#problem=` and a code, to `/login` from a sign-in and to `returnTo` from what was begun in an account.
    ///
    /// Besides codes that other operations answer, these are told so: `sign_in_expired` (too late, a second time, or in another browser),
    /// `sign_in_refused` (by the provider or the person), `sign_in_failed` (the answer of the provider is not to be trusted), `address_not_allowed`
    /// (no verified address in a domain that is let in), `identity_not_linked` (an account has the address: sign in to it and link the identity
    /// there), `identity_taken` (it is linked to another account), `provider_unavailable`, `registration_closed`, `invite_required`,
    /// `account_disabled`, `second_factor_required` (the sign-in waits for it, in this browser).
    #[oai(
        path = "/callback",
        method = "get",
        operation_id = "finishProviderSignIn"
    )]
    async fn finish(
        &self,
        visitor: Visitor,
        /// The parameter that the provider was given, which it gives back.
        state: Query<Option<String>>,
        /// The code that stands for the person, once.
        code: Query<Option<String>>,
        /// The reason of the protocol why there is no code.
        error: Query<Option<String>>,
        /// The provider, as it names itself (RFC 9207).
        iss: Query<Option<String>>,
    ) -> Result<Sent, Problems<0>> {
        let answer = Answer::read(|name| match name {
            "state" => state.0.clone(),
            "code" => code.0.clone(),
            "error" => error.0.clone(),
            "iss" => iss.0.clone(),
            _ => None,
        });
        let ended = visitor.come_back(answer).await;
        Ok(match ended.result {
            Ok(cookie) => Sent::To(ended.path, cookie),
            Err(failure) => Sent::To(told(&ended.path, failure.error), failure.cookie),
        })
    }
}

/// The path with the code of a problem after `#`, which the page reads and no server on the way.
fn told(path: &str, error: Error) -> String {
    format!("{path}#problem={}", Problem::from(error).code())
}
