//! The setting that says who may make an account.

use std::str::FromStr;

use secrecy::SecretString;

use crate::error::{Code, Error};

/// People who may register; operators make accounts in any case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Registration {
    /// Everybody.
    #[default]
    Open,
    /// Whoever has an invite.
    Invite,
    /// Nobody.
    Closed,
}

impl Registration {
    /// The word in the configuration.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Invite => "invite",
            Self::Closed => "closed",
        }
    }

    /// The invite that a registration with this code uses up; where everybody may register a code is left for another time.
    pub fn admit(self, code: Option<String>) -> Result<Option<SecretString>, Error> {
        match (self, code) {
            (Self::Open, _) => Ok(None),
            (Self::Invite, Some(code)) => Ok(Some(code.into())),
            (Self::Invite, None) => Err(Error::new(Code::InviteRequired)
                .detail("whoever runs this service gives invites: `inviteCode` is missing")),
            (Self::Closed, _) => Err(Error::new(Code::RegistrationClosed)
                .detail("whoever runs this service makes accounts; ask them for one")),
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
