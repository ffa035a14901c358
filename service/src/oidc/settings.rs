//! The configuration of an identity provider: [`Settings`], [`Registration`] and [`SecondFactor`].

use std::str::FromStr;

use openidconnect::{ClientId, ClientSecret, IssuerUrl, RedirectUrl};

use crate::auth;
use crate::error::{Code, Error};

/// The configured provider. `Debug` shows no secret.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Name of the provider, shown on the sign-in button.
    pub name: String,
    /// Issuer URL, exactly as the provider states it in its metadata.
    pub issuer: IssuerUrl,
    /// Client ID of this service at the provider.
    pub client_id: ClientId,
    /// Client secret of this service at the provider; `None` for a public client.
    pub client_secret: Option<ClientSecret>,
    /// Redirect URL of this service, which the provider sends browsers back to.
    pub redirect: RedirectUrl,
    /// Scopes that are requested in addition to `openid`.
    pub scopes: Vec<String>,
    /// Rule for people who sign in without an account.
    pub registration: Registration,
    /// Side that is responsible for the second factor.
    pub second_factor: SecondFactor,
    /// Domains of the email addresses that may sign in, in lower case; an empty list allows everyone.
    pub domains: Vec<String>,
}

impl Settings {
    /// Returns `true` if all requests to the provider use TLS, which is required unless the provider runs on this machine.
    pub(super) fn is_encrypted(&self) -> bool {
        self.issuer.url().scheme() == "https"
    }

    /// Checks that the verified email address lies in one of the allowed domains.
    ///
    /// # Errors
    ///
    /// Fails with [`Code::AddressNotAllowed`] if it does not, or if the provider reports no verified address. Never fails without allowed domains.
    pub fn check_email_domain(&self, email: Option<&str>) -> Result<(), Error> {
        let domain = email.and_then(|email| email.rsplit_once('@'));
        let is_known = domain.is_some_and(|(_, domain)| {
            self.domains
                .iter()
                .any(|known| known.eq_ignore_ascii_case(domain))
        });
        if is_known || self.domains.is_empty() {
            return Ok(());
        }
        Err(Error::new(Code::AddressNotAllowed)
            .detail("the provider reported no verified email address in an allowed domain"))
    }
}

/// The side that is responsible for the second factor of people who sign in at the provider.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SecondFactor {
    /// The provider requires second factors; the account's own one is not asked for.
    #[default]
    Provider,
    /// The account requires its second factor after the provider, as it does after a password.
    Account,
}

impl SecondFactor {
    /// Returns the value in the configuration: `provider` or `account`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Provider => "provider",
            Self::Account => "account",
        }
    }
}

impl FromStr for SecondFactor {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        [Self::Provider, Self::Account]
            .into_iter()
            .find(|one| one.as_str() == text)
            .ok_or(())
    }
}

/// The rule for creating accounts for people who sign in at the provider for the first time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Registration {
    /// The general registration rule of the service applies.
    #[default]
    AsUsual,
    /// Everyone gets an account, even if registration is otherwise closed.
    Open,
    /// No accounts are created; people with an account can link it to the provider.
    Closed,
}

impl Registration {
    /// Returns the value in the configuration: `as-usual`, `open` or `closed`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::AsUsual => "as-usual",
            Self::Open => "open",
            Self::Closed => "closed",
        }
    }

    /// Decides on a new account. `usual` is the general registration rule of the service. Returns the hash of the invite that the account uses up, if
    /// it needs one.
    ///
    /// # Errors
    ///
    /// Fails with [`Code::InviteRequired`] if an invite is missing, and with [`Code::RegistrationClosed`] if no account may be created.
    pub fn admit_account(
        self,
        usual: auth::Registration,
        invite_hash: Option<Vec<u8>>,
    ) -> Result<Option<Vec<u8>>, Error> {
        match (self, usual, invite_hash) {
            (Self::Open, ..) | (Self::AsUsual, auth::Registration::Open, _) => Ok(None),
            (Self::AsUsual, auth::Registration::Invite, Some(hash)) => Ok(Some(hash)),
            (Self::AsUsual, auth::Registration::Invite, None) => {
                Err(Error::new(Code::InviteRequired)
                    .detail("registration requires an invite from the operator"))
            }
            (Self::Closed, ..) | (Self::AsUsual, auth::Registration::Closed, _) => {
                Err(Error::new(Code::RegistrationClosed)
                    .detail("only the operator can create accounts; ask the operator for one"))
            }
        }
    }
}

impl FromStr for Registration {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        [Self::AsUsual, Self::Open, Self::Closed]
            .into_iter()
            .find(|registration| registration.as_str() == text)
            .ok_or(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn follows_general_registration_by_default() {
        use auth::Registration as Usual;
        let hash = || Some(vec![1]);
        for (own, usual, invite, expected) in [
            (Registration::AsUsual, Usual::Open, hash(), Ok(None)),
            (Registration::AsUsual, Usual::Invite, hash(), Ok(hash())),
            (
                Registration::AsUsual,
                Usual::Invite,
                None,
                Err(Code::InviteRequired),
            ),
            (
                Registration::AsUsual,
                Usual::Closed,
                hash(),
                Err(Code::RegistrationClosed),
            ),
            (Registration::Open, Usual::Closed, None, Ok(None)),
            (
                Registration::Closed,
                Usual::Open,
                hash(),
                Err(Code::RegistrationClosed),
            ),
        ] {
            let admitted = own
                .admit_account(usual, invite)
                .map_err(|error| error.code());
            assert_eq!(admitted, expected, "{own:?} {usual:?}");
        }
    }
}
