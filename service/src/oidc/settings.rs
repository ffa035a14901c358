//! What an operator says about a provider.

use std::str::FromStr;

use openidconnect::{ClientId, ClientSecret, IssuerUrl, RedirectUrl};

use crate::auth;
use crate::error::{Code, Error};

/// A provider as it is configured. `Debug` shows no secret.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Its name on the button.
    pub name: String,
    /// Its address, as it names itself.
    pub issuer: IssuerUrl,
    /// The name of this service there.
    pub client_id: ClientId,
    /// The secret of this service there; none of a public client.
    pub client_secret: Option<ClientSecret>,
    /// Where browsers come back to.
    pub redirect: RedirectUrl,
    /// What is asked for, besides `openid`.
    pub scopes: Vec<String>,
    /// Whether people without an account get one.
    pub registration: Registration,
    /// Who asks for a second factor.
    pub second_factor: SecondFactor,
    /// Domains of addresses, in lower case; with none of them everybody is let in.
    pub domains: Vec<String>,
}

impl Settings {
    /// Whether everything is asked over TLS: all but a provider on this machine.
    pub(super) fn is_encrypted(&self) -> bool {
        self.issuer.url().scheme() == "https"
    }

    /// Refuses who has no address in one of the domains, if there are any.
    pub fn admit(&self, email: Option<&str>) -> Result<(), Error> {
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
            .detail("the provider names no verified address in a domain that is let in"))
    }
}

/// The one who is responsible for second factors of people who sign in at the provider.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SecondFactor {
    /// The provider.
    #[default]
    Provider,
    /// The account here: what it asks for after a password it asks for after the provider.
    Account,
}

impl SecondFactor {
    /// The word in the configuration.
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

/// Admission of people whom the provider knows and this service does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Registration {
    /// As everybody else.
    #[default]
    AsUsual,
    /// All of them, whoever else may register.
    Open,
    /// None: who has an account links it.
    Closed,
}

impl Registration {
    /// The word in the configuration.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::AsUsual => "as-usual",
            Self::Open => "open",
            Self::Closed => "closed",
        }
    }

    /// The invite that is used up by an account for somebody of the provider, where `usual` is what holds for everybody else.
    pub fn admit(
        self,
        usual: auth::Registration,
        invite_hash: Option<Vec<u8>>,
    ) -> Result<Option<Vec<u8>>, Error> {
        match (self, usual, invite_hash) {
            (Self::Open, ..) | (Self::AsUsual, auth::Registration::Open, _) => Ok(None),
            (Self::AsUsual, auth::Registration::Invite, Some(hash)) => Ok(Some(hash)),
            (Self::AsUsual, auth::Registration::Invite, None) => {
                Err(Error::new(Code::InviteRequired)
                    .detail("whoever runs this service gives invites"))
            }
            (Self::Closed, ..) | (Self::AsUsual, auth::Registration::Closed, _) => {
                Err(Error::new(Code::RegistrationClosed)
                    .detail("whoever runs this service makes accounts; ask them for one"))
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
    fn registration_follows_the_usual_one_unless_it_is_said() {
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
            let admitted = own.admit(usual, invite).map_err(|error| error.code());
            assert_eq!(admitted, expected, "{own:?} {usual:?}");
        }
    }
}
