//! Operations with mailed links: password reset and verification of email addresses.

use poem_openapi::types::Password;
use poem_openapi::{ApiResponse, Object, OpenApi};
use secrecy::SecretString;

use super::Tag;
use crate::auth::rates::Kind;
use crate::auth::strength;
use crate::domain::account::fold_name;
use crate::error::{Code, Error};
use crate::http::caller::{SessionCaller, Visitor};
use crate::http::payload::Body;
use crate::http::problem::{CALLER, CONFLICT, FORBIDDEN, JSON, Problems, TOO_MANY};
use crate::store::mailed_links::Purpose;

pub(crate) struct Recovery;

/// Email address of an account whose password is forgotten.
#[derive(Debug, Object)]
#[oai(rename_all = "camelCase", deny_unknown_fields)]
struct ResetRequest {
    /// Email address of the account, at most 254 characters; case is ignored.
    #[oai(validator(
        max_length = 254,
        pattern = r"^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*$"
    ))]
    email: String,
}

/// New password, with the token from a mailed link.
// Not `Debug`: it holds secrets.
#[derive(Object)]
#[oai(rename_all = "camelCase", deny_unknown_fields)]
struct PasswordReset {
    /// Token from the link in the mail, at most 100 characters.
    #[oai(validator(min_length = 1, max_length = 100))]
    token: Password,
    /// New password, 8 to 256 characters. Length counts more than variety; passwords that are easy to guess are refused.
    #[oai(validator(min_length = 8, max_length = 256))]
    new_password: Password,
}

/// Token from a mailed link that verifies an email address.
// Not `Debug`: it holds a secret.
#[derive(Object)]
#[oai(rename_all = "camelCase", deny_unknown_fields)]
struct Verification {
    /// Token from the link in the mail, at most 100 characters.
    #[oai(validator(min_length = 1, max_length = 100))]
    token: Password,
}

#[derive(ApiResponse)]
enum Accepted {
    /// The request was accepted; a mail is sent if an account qualifies.
    #[oai(status = 202)]
    Accepted,
}

#[derive(ApiResponse)]
enum Done {
    /// The request succeeded, and the link is invalid from now on.
    #[oai(status = 204)]
    Done,
}

#[OpenApi]
impl Recovery {
    /// Request a password reset
    ///
    /// Mails a link to the address if an account has it; the response is the same if none does. If the service sends no mail, the answer is
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
        let mailer = app.require_mailer()?;
        visitor.count_attempt(Kind::AskForMail).await?;
        app.count_attempt(Kind::MailTo, &fold_name(&body.0.email))
            .await?;
        app.mail_link(mailer, Purpose::ResetPassword, body.0.email);
        Ok(Accepted::Accepted)
    }

    /// Reset the password
    ///
    /// Sets a new password with the token from a mailed link, which works once and for one hour. All sessions and access tokens of the account end,
    /// and the response begins no session.
    #[oai(
        path = "/auth/password-reset/confirm",
        method = "post",
        operation_id = "resetPassword",
        tag = "Tag::Auth"
    )]
    async fn reset_password(
        &self,
        visitor: Visitor,
        body: Body<PasswordReset>,
    ) -> Result<Done, Problems<{ JSON | FORBIDDEN | TOO_MANY }>> {
        visitor.count_attempt(Kind::UseMailedLink).await?;
        let token = SecretString::from(body.0.token.0);
        let account = visitor.store().account_of_link(&token).await?;
        let new = SecretString::from(body.0.new_password.0);
        let email = account.email.unwrap_or_default();
        let names = [email.as_str(), account.username.as_str()];
        strength::check_strength_in(&visitor.app.budget.work, "/newPassword", &new, &names).await?;
        let hash = visitor.app.passwords.hash_password(&new).await?;
        visitor.store().reset_password_by_link(&token, hash).await?;
        Ok(Done::Done)
    }

    /// Verify an email address
    ///
    /// Marks the address of an account as verified. Takes the token from a mailed link, which works once, for three days and in any browser.
    #[oai(
        path = "/auth/email-verification",
        method = "post",
        operation_id = "verifyAddress",
        tag = "Tag::Auth"
    )]
    async fn verify_address(
        &self,
        visitor: Visitor,
        body: Body<Verification>,
    ) -> Result<Done, Problems<{ JSON | FORBIDDEN | TOO_MANY }>> {
        visitor.count_attempt(Kind::UseMailedLink).await?;
        let token = SecretString::from(body.0.token.0);
        visitor.store().verify_address_by_link(&token).await?;
        Ok(Done::Done)
    }

    /// Request a mail to verify the address
    ///
    /// Mails a link that verifies the address of the account; an earlier link becomes invalid. If the address is verified already, no mail is sent.
    /// If the service sends no mail, the answer is `mail_off`.
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
        let mailer = app.require_mailer()?;
        let account = app.store.get_account(caller.caller.owner()).await?;
        let Some(email) = account.email else {
            return Err(if account.is_guest {
                Error::new(Code::GuestNotAllowed)
                    .detail("a guest has no email address; set one with `POST /api/me/claim`")
            } else {
                Error::new(Code::Conflict)
                    .detail("the account has no email address; set one with `PATCH /api/me`")
            }
            .into());
        };
        app.count_attempt(Kind::MailTo, &fold_name(&email)).await?;
        app.mail_link(mailer, Purpose::VerifyAddress, email);
        Ok(Accepted::Accepted)
    }
}
