//! The one place where a sign-in becomes a session, whatever was shown: a password, a passkey, or an identity for which a provider vouches.

use secrecy::SecretString;

use super::caller::Visitor;
use super::{middleware, session_cookie};
use crate::domain::account::Account;
use crate::error::{Code, Error};
use crate::store::Owner;
use crate::store::sessions::NewSession;
use crate::store::sign_in::{FirstStep, Proof, Second};

/// For so long an address is known for a name after a sign-in.
const KNOWN_FOR: chrono::TimeDelta = chrono::TimeDelta::days(90);

/// Result of a first factor.
pub(crate) enum Entry {
    /// The visitor is signed in: the cookie of this session is to be set.
    Session(Account, NewSession),
    /// The account asks for a second factor: this value of `Set-Cookie` is to be sent, by which the browser goes on with `POST
    /// /api/auth/second-factor`. [`second_factor_required`] tells it to a program; a redirect leads to the page that asks for the factor.
    SecondFactor(String),
}

impl Visitor {
    /// Signs the visitor in who has shown a first factor, or keeps the sign-in until a second one is shown, as the account asks for.
    ///
    /// The caller has checked the proof: that the password is right, that the passkey has signed a challenge of this service, or that the provider
    /// has vouched for the identity that belongs to this user. The caller has also counted the attempt. Everything else happens here: a password
    /// that was changed meanwhile and accounts that were disabled are refused, the session of the browser that gets another one ends, the address
    /// is known for the account from now on, and the log learns whose request it is.
    pub(crate) async fn complete_sign_in(&self, proof: Proof) -> Result<Entry, Error> {
        let session = self.new_session()?;
        match self.store().complete_sign_in(proof, &session).await? {
            FirstStep::Done(owner) => self.enter(owner, session).await,
            FirstStep::Waits(token) => {
                let cookie = session_cookie::set_waiting(&self.app.settings, &token);
                Ok(Entry::SecondFactor(cookie))
            }
        }
    }

    /// Signs the visitor in whose sign-in has waited for this second factor.
    pub(crate) async fn finish_sign_in(
        &self,
        token: &SecretString,
        second: Second,
    ) -> Result<(Account, NewSession), Error> {
        let session = self.new_session()?;
        let seal = &self.app.settings.seal;
        let (owner, _) = self
            .store()
            .finish_sign_in(seal, token, second, &session)
            .await?;
        let account = self.welcome(owner).await?;
        Ok((account, session))
    }

    /// The words under which it is remembered that this address was right about a user, whose attempts from here are counted apart.
    pub(crate) fn subject_here(&self, subject: &str) -> String {
        format!("{subject} {}", self.address)
    }

    async fn enter(&self, owner: Owner, session: NewSession) -> Result<Entry, Error> {
        let account = self.welcome(owner).await?;
        Ok(Entry::Session(account, session))
    }

    async fn welcome(&self, owner: Owner) -> Result<Account, Error> {
        let store = self.store();
        let from_here = self.subject_here(&owner.id().to_string());
        store.remember_known(&from_here, KNOWN_FOR).await?;
        self.end_session().await?;
        middleware::record_user(owner.id());
        store.account(owner).await
    }
}

/// The problem that tells a program that the sign-in waits for a second factor.
pub(crate) fn second_factor_required() -> Error {
    Error::new(Code::SecondFactorRequired).detail(
        "the first factor is right; `GET /api/auth/second-factor` with the cookie of this response says which second ones there are, and `POST` \
         takes one",
    )
}
