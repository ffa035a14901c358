//! `/api/auth/oidc`: signing in with an identity provider (OpenID Connect), to which the browser is redirected and from which it returns.

use poem_openapi::param::Query;
use poem_openapi::types::Password;
use poem_openapi::{ApiResponse, Object, OpenApi};
use serde::Serialize;

use super::Tag;
use crate::error::Error;
use crate::http::caller::Visitor;
use crate::http::payload::{Body, Out};
use crate::http::problem::{CONFLICT, FORBIDDEN, INPUT, JSON, Problem, Problems, TOO_MANY};
use crate::http::provider::{LOGIN, ProviderRedirect, return_path};
use crate::oidc::AuthorizationResponse;
use crate::store::sign_in_flows::Purpose;

pub(crate) struct ProviderSignIn;

/// Parameters of a sign-in with the identity provider.
// Not `Debug`: it holds a secret.
#[derive(Object)]
#[oai(rename_all = "camelCase", deny_unknown_fields)]
struct ProviderStart {
    /// Path of the page to return to, beginning with one `/`, at most 500 characters; the board by default.
    #[oai(validator(min_length = 1, max_length = 500))]
    return_to: Option<String>,
    /// Invite code; required for people without an account where registration is by invite.
    #[oai(validator(min_length = 1, max_length = 100))]
    invite_code: Option<Password>,
}

/// Page of the identity provider to open in the browser.
#[derive(Debug, Object, Serialize)]
#[oai(rename_all = "camelCase")]
#[serde(rename_all = "camelCase")]
pub(super) struct ProviderAddress {
    /// URL of the page. It works once, within ten minutes and in this browser only.
    location: String,
}

#[derive(ApiResponse)]
pub(super) enum FlowStarted {
    /// URL to open in the browser; the cookie binds the sign-in to this browser.
    #[oai(status = 200)]
    Address(Out<ProviderAddress>, #[oai(header = "Set-Cookie")] String),
}

#[derive(ApiResponse)]
enum RedirectResponse {
    /// Redirect to the provider or back to the web page; after a failure, the fragment is `#problem=` with the code of the problem.
    #[oai(status = 303)]
    To(
        #[oai(header = "Location")] String,
        #[oai(header = "Set-Cookie")] Option<String>,
    ),
}

impl FlowStarted {
    pub(super) fn from_redirect(sought: ProviderRedirect) -> Self {
        let address = ProviderAddress {
            location: sought.location,
        };
        Self::Address(Out(address), sought.cookie)
    }
}

#[OpenApi(prefix_path = "/auth/oidc", tag = "Tag::Auth")]
impl ProviderSignIn {
    /// Go to the identity provider
    ///
    /// Redirects the browser to the provider, for use as a link. After signing in, the browser returns to `returnTo`. If the provider does not
    /// answer, or none is configured, the browser is redirected to `/login#problem=` with the code of the problem.
    #[oai(path = "/start", method = "get", operation_id = "goToProvider")]
    async fn redirect_to_provider(
        &self,
        visitor: Visitor,
        /// Path of the page to return to, beginning with one `/`, at most 500 characters; the board by default.
        #[oai(name = "returnTo", validator(min_length = 1, max_length = 500))]
        return_to: Query<Option<String>>,
    ) -> Result<RedirectResponse, Problems<{ INPUT }>> {
        let return_to = return_path(return_to.0, "returnTo")?;
        Ok(
            match visitor
                .begin_provider_flow(Purpose::SignIn, &return_to, None)
                .await
            {
                Ok(sought) => RedirectResponse::To(sought.location, Some(sought.cookie)),
                Err(error) => RedirectResponse::To(append_problem(LOGIN, error), None),
            },
        )
    }

    /// Begin to sign in with the identity provider
    ///
    /// Returns the URL to open, for use by scripts. A guest who signs in keeps the notes if the identity has no account yet; a person without an
    /// account gets one where registration allows it.
    #[oai(path = "/start", method = "post", operation_id = "startProviderSignIn")]
    async fn start_provider_sign_in(
        &self,
        visitor: Visitor,
        body: Body<ProviderStart>,
    ) -> Result<FlowStarted, Problems<{ JSON | FORBIDDEN | CONFLICT | TOO_MANY }>> {
        let return_to = return_path(body.0.return_to, "/returnTo")?;
        let invite = body.0.invite_code.map(|code| code.0.into());
        let sought = visitor
            .begin_provider_flow(Purpose::SignIn, &return_to, invite.as_ref())
            .await?;
        Ok(FlowStarted::from_redirect(sought))
    }

    /// Return from the identity provider
    ///
    /// The provider redirects the browser here with a code or an error. After success, the browser is redirected to `returnTo` with a session cookie.
    /// After a failure, it is redirected with `#problem=` and a code: to `/login` if it was signing in, to `returnTo` if an account was linking or
    /// confirming an identity.
    ///
    /// These codes can occur besides those of other operations: `sign_in_expired` (too late, used before, or another browser), `sign_in_refused` (by
    /// the provider or the user), `sign_in_failed` (the response of the provider is not valid), `address_not_allowed` (no verified address in an
    /// allowed domain), `identity_not_linked` (another account has the address: sign in to it and link the identity), `identity_taken` (linked to
    /// another account), `provider_unavailable`, `registration_closed`, `invite_required`, `account_disabled`, `second_factor_required` (the sign-in
    /// continues in this browser with the second factor).
    #[oai(
        path = "/callback",
        method = "get",
        operation_id = "finishProviderSignIn"
    )]
    async fn finish_provider_sign_in(
        &self,
        visitor: Visitor,
        /// Value of `state` that the service sent to the provider.
        state: Query<Option<String>>,
        /// Authorization code of the provider, which works once.
        code: Query<Option<String>>,
        /// OAuth error code, if the provider issued no code.
        error: Query<Option<String>>,
        /// Issuer identifier of the provider (RFC 9207).
        iss: Query<Option<String>>,
    ) -> Result<RedirectResponse, Problems<0>> {
        let answer = AuthorizationResponse::from_parameters(|name| match name {
            "state" => state.0.clone(),
            "code" => code.0.clone(),
            "error" => error.0.clone(),
            "iss" => iss.0.clone(),
            _ => None,
        });
        let ended = visitor.finish_provider_flow(answer).await;
        Ok(match ended.result {
            Ok(cookie) => RedirectResponse::To(ended.path, cookie),
            Err(failure) => {
                RedirectResponse::To(append_problem(&ended.path, failure.error), failure.cookie)
            }
        })
    }
}

/// Returns the path with the code of the problem in the fragment, which browsers do not send to servers.
fn append_problem(path: &str, error: Error) -> String {
    format!("{path}#problem={}", Problem::from(error).code())
}
