//! Admission of people who register an account, as the setting `REGISTRATION` defines it.

use std::str::FromStr;

use secrecy::SecretString;

use crate::error::{Code, Error};

/// Admission of people who register an account. Operators can create accounts in every mode with `notes user create`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Registration {
    /// Everyone can register. This is the default.
    #[default]
    Open,
    /// Registration requires an invite, which operators create with `notes user invite`.
    Invite,
    /// Registration is refused; only operators create accounts.
    Closed,
}

impl Registration {
    /// Returns the word for this mode in the configuration: `open`, `invite` or `closed`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Invite => "invite",
            Self::Closed => "closed",
        }
    }

    /// Decides about a registration and returns the invite that it uses up. A code that is given while registration is open is not used up. Fails
    /// with [`Code::InviteRequired`] or [`Code::RegistrationClosed`].
    pub fn admit_registration(self, code: Option<String>) -> Result<Option<SecretString>, Error> {
        match (self, code) {
            (Self::Open, _) => Ok(None),
            (Self::Invite, Some(code)) => Ok(Some(code.into())),
            (Self::Invite, None) => Err(Error::new(Code::InviteRequired).detail(
                "registration requires an invite from the operator: `inviteCode` is missing",
            )),
            (Self::Closed, _) => Err(Error::new(Code::RegistrationClosed)
                .detail("only the operator can create accounts; ask the operator for one")),
        }
    }
}

impl FromStr for Registration {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        [Self::Open, Self::Invite, Self::Closed]
            .into_iter()
            .find(|registration| registration.as_str() == text)
            .ok_or(())
    }
}
