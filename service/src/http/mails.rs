//! Mails that requests cause, some of which contain links to the web page.

use std::sync::Arc;

use secrecy::ExposeSecret as _;

use super::App;
use crate::auth::rates::Kind;
use crate::domain::account::{Account, fold_name};
use crate::error::{Code, Error};
use crate::mail::{Mailer, OutgoingMail};
use crate::store::Owner;
use crate::store::mailed_links::{NewLink, Purpose};

/// Security-relevant change of an account that its user is notified of by mail, in case someone else made it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Notice {
    /// An authenticator app was set up.
    TotpOn,
    /// The authenticator app was removed.
    TotpOff,
    /// A passkey was registered.
    PasskeyAdded,
    /// A passkey was removed.
    PasskeyRemoved,
    /// New recovery codes were created.
    RecoveryCodes,
    /// An identity at the provider was linked.
    IdentityLinked,
    /// An identity at the provider was unlinked.
    IdentityUnlinked,
}

impl Notice {
    fn to_sentence(self) -> &'static str {
        match self {
            Self::TotpOn => {
                "an authenticator app was added, whose codes are now required to sign in"
            }
            Self::TotpOff => {
                "the authenticator app was removed, whose codes are no longer required to sign in"
            }
            Self::PasskeyAdded => "a passkey was registered, which can be used to sign in",
            Self::PasskeyRemoved => "a passkey was removed",
            Self::RecoveryCodes => {
                "new recovery codes were created, and the previous ones are no longer valid"
            }
            Self::IdentityLinked => {
                "an identity at the provider was linked, which can be used to sign in"
            }
            Self::IdentityUnlinked => "an identity at the provider was unlinked",
        }
    }
}

impl App {
    /// Notifies the user of an account by mail, in the background. Does nothing if the service sends no mail or the account has no address.
    pub(super) fn mail_notice(self: &Arc<Self>, owner: Owner, notice: Notice) {
        let Some(mailer) = &self.settings.mail else {
            return;
        };
        let (app, page) = (Arc::clone(self), mailer.page().to_string());
        mailer.send_later(async move {
            match app.store.get_account(owner).await {
                Ok(account) => {
                    let (to, name) = (account.email?, account.username);
                    let sentence = notice.to_sentence();
                    Some(OutgoingMail {
                        to,
                        subject: "Security change of your Notes account".into(),
                        text: format!(
                            "Hello {name},\n\n\
                             the security settings of your account at {page} have changed: {sentence}.\n\
                             If this was you, no action is needed.\n\
                             If this was not you, change your password now, and check your passkeys, linked identities and sessions.\n"
                        ),
                        unsubscribe: None,
                    })
                }
                Err(error) => {
                    tracing::warn!(
                        error = &error as &dyn std::error::Error,
                        "a mail was not sent: the account could not be read"
                    );
                    None
                }
            }
        });
    }

    /// Returns the sender of mails.
    ///
    /// # Errors
    ///
    /// `mail_off` if the service sends no mail.
    pub(super) fn require_mailer(&self) -> Result<&Mailer, Error> {
        self.settings.mail.as_ref().ok_or_else(|| {
            Error::new(Code::MailOff)
                .detail("the service cannot send mail; ask the operator to reset the password with `notes user reset-password`")
        })
    }

    /// Mails a link for this purpose to an address in the background, if an account has it. The response does not wait, so its time reveals nothing.
    pub(super) fn mail_link(self: &Arc<Self>, mailer: &Mailer, purpose: Purpose, email: String) {
        let (app, page) = (Arc::clone(self), mailer.page().to_string());
        mailer.send_later(async move {
            match app.store.create_link(purpose, &email).await {
                Ok(link) => link.map(|link| build_mail(&page, purpose, &link)),
                Err(error) => {
                    tracing::warn!(
                        error = &error as &dyn std::error::Error,
                        "a mail was not sent: its link could not be created"
                    );
                    None
                }
            }
        });
    }

    /// Mails the link that verifies the address of an account, if the service sends mail. It counts as a requested mail: an address that has exceeded
    /// its limit receives none, and the user can request one later.
    pub(super) async fn mail_verification(self: &Arc<Self>, account: &Account) {
        let (Some(mailer), Some(email)) = (&self.settings.mail, &account.email) else {
            return;
        };
        if account.email_verified_at.is_some() {
            return;
        }
        match self.count_attempt(Kind::MailTo, &fold_name(email)).await {
            Ok(()) => self.mail_link(mailer, Purpose::VerifyAddress, email.clone()),
            // The request has succeeded even if no mail is sent.
            Err(error) => tracing::warn!(
                error = &error as &dyn std::error::Error,
                "a mail was not sent: the limit of mails to this address is exceeded"
            ),
        }
    }
}

/// Builds the mail. The token is in the fragment of the link, after `#`, which browsers do not send: neither servers on the way nor linked pages
/// receive it.
fn build_mail(page: &str, purpose: Purpose, link: &NewLink) -> OutgoingMail {
    let name = &link.account.username;
    let token = link.token.expose_secret();
    let (subject, text) = match purpose {
        Purpose::ResetPassword => (
            "Reset your password for Notes",
            format!(
                "Hello {name},\n\n\
                 someone requested a password reset for your account at {page}.\n\
                 If this was you, open this link within one hour:\n\n\
                 {page}/reset#token={token}\n\n\
                 The link is valid for one use, and ends all sessions and access tokens.\n\
                 If this was not you, ignore this mail: your password remains unchanged.\n"
            ),
        ),
        Purpose::VerifyAddress => (
            "Verify your email address for Notes",
            format!(
                "Hello {name},\n\n\
                 this email address was entered for an account at {page}.\n\
                 If this was you, open this link within three days to verify it:\n\n\
                 {page}/verify#token={token}\n\n\
                 If this was not you, ignore this mail.\n"
            ),
        ),
    };
    OutgoingMail {
        to: link.email.clone(),
        subject: subject.into(),
        text,
        unsubscribe: None,
    }
}
