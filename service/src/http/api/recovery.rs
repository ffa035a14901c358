//! Operations that work by mail: another password, and addresses that are shown to be their users'.

use poem_openapi::types::Password;
use poem_openapi::{ApiResponse, Object, OpenApi};
use secrecy::SecretString;

use super::Tag;
use crate::auth::rates::Kind;
use crate::auth::strength;
use crate::domain::account::fold;
use crate::error::{Code, Error};
use crate::http::caller::{SessionCaller, Visitor};
use crate::http::payload::Body;
use crate::http::problem::{CALLER, CONFLICT, FORBIDDEN, JSON, Problems, TOO_MANY};
use crate::store::mailed_links::Purpose;

pub(crate) struct Recovery;

/// The address of an account whose password is forgotten.
#[derive(Debug, Object)]
#[oai(rename_all = "camelCase", deny_unknown_fields)]
struct ResetRequest {
    /// The address of the account. Case does not count.
    #[oai(validator(
        max_length = 254,
        pattern = r"^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*$"
    ))]
    email: String,
}

/// Another password, by the link of a mail.
// Not `Debug`: it holds secrets.
#[derive(Object)]
#[oai(rename_all = "camelCase", deny_unknown_fields)]
struct PasswordReset {
    /// The token of the link.
    #[oai(validator(min_length = 1, max_length = 100))]
    token: Password,
    /// The new password: long rather than complicated. Those that are guessed soon are refused.
    #[oai(validator(min_length = 8, max_length = 256))]
    new_password: Password,
}

/// The link of a mail.
// Not `Debug`: it holds a secret.
#[derive(Object)]
#[oai(rename_all = "camelCase", deny_unknown_fields)]
struct Verification {
    /// The token of the link.
    #[oai(validator(min_length = 1, max_length = 100))]
    token: Password,
}

#[derive(ApiResponse)]
enum Accepted {
    /// A mail is on its way, if there is somebody to send it to.
    #[oai(status = 202)]
    Accepted,
}

#[derive(ApiResponse)]
enum Done {
    /// Done, and the link works no more.
    #[oai(status = 204)]
    Done,
}

#[OpenApi]
impl Recovery {
    /// Ask for another password
    ///
    /// Sends a link to the address, if an account has it; the answer does not say whether one does. Where the service sends no mail, the answer is
    /// `mail_off`.
    #[oai(
        path = "/auth/password-reset",
        method = "post",
        operation_id = "requestPasswordReset",
        tag = "Tag::Auth"
    )]
    async fn request_reset(
        &self,
        visitor: Visitor,
        body: Body<ResetRequest>,
    ) -> Result<Accepted, Problems<{ JSON | FORBIDDEN | CONFLICT | TOO_MANY }>> {
        let app = &visitor.app;
        let mailer = app.mailer()?;
        visitor.attempt(Kind::AskForMail).await?;
        app.attempt(Kind::MailTo, &fold(&body.0.email)).await?;
        app.mail_link(mailer, Purpose::ResetPassword, body.0.email);
        Ok(Accepted::Accepted)
    }

    /// Set another password
    ///
    /// Takes the token of a mailed link, which works once and for an hour. All sessions and access tokens of the account end; nobody is signed in by it.
    #[oai(
        path = "/auth/password-reset/confirm",
        method = "post",
        operation_id = "resetPassword",
        tag = "Tag::Auth"
    )]
    async fn reset(
        &self,
        visitor: Visitor,
        body: Body<PasswordReset>,
    ) -> Result<Done, Problems<{ JSON | FORBIDDEN | TOO_MANY }>> {
        visitor.attempt(Kind::UseMailedLink).await?;
        let token = SecretString::from(body.0.token.0);
        let account = visitor.store().account_of_link(&token).await?;
        let new = SecretString::from(body.0.new_password.0);
        let email = account.email.unwrap_or_default();
        let names = [email.as_str(), account.username.as_str()];
        strength::check_in(&visitor.app.budget.work, "/newPassword", &new, &names).await?;
        let hash = visitor.app.passwords.hash(&new).await?;
        visitor.store().reset_password_by_link(&token, hash).await?;
        Ok(Done::Done)
    }

    /// Show that an address is one's own
    ///
    /// Takes the token of a mailed link, from any browser: it works once and for three days.
    #[oai(
        path = "/auth/email-verification",
        method = "post",
        operation_id = "verifyAddress",
        tag = "Tag::Auth"
    )]
    async fn verify(
        &self,
        visitor: Visitor,
        body: Body<Verification>,
    ) -> Result<Done, Problems<{ JSON | FORBIDDEN | TOO_MANY }>> {
        visitor.attempt(Kind::UseMailedLink).await?;
        let token = SecretString::from(body.0.token.0);
        visitor.store().verify_address_by_link(&token).await?;
        Ok(Done::Done)
    }

    /// Ask for the mail that shows that the address is one's own
    ///
    /// A link before it works no more. Nothing is sent where the address was verified already.
    #[oai(
        path = "/me/email-verification",
        method = "post",
        operation_id = "requestVerification",
        tag = "Tag::Account"
    )]
    async fn request_verification(
        &self,
        caller: SessionCaller,
    ) -> Result<Accepted, Problems<{ CALLER | CONFLICT | TOO_MANY }>> {
        let app = &caller.caller.app;
        let mailer = app.mailer()?;
        let account = app.store.account(caller.caller.owner()).await?;
        let Some(email) = account.email else {
            return Err(if account.is_guest {
                Error::new(Code::GuestNotAllowed)
                    .detail("a guest has no address; `POST /api/me/claim` gives one")
            } else {
                Error::new(Code::Conflict)
                    .detail("the account has no address; `PATCH /api/me` gives one")
            }
            .into());
        };
        app.attempt(Kind::MailTo, &fold(&email)).await?;
        app.mail_link(mailer, Purpose::VerifyAddress, email);
        Ok(Accepted::Accepted)
    }
}
