//! Turns a verified first factor (a password, a passkey, or an identity from the provider) into a session. All kinds of sign-in pass through here.

use secrecy::SecretString;

use super::caller::Visitor;
use super::{middleware, session_cookie};
use crate::domain::account::Account;
use crate::error::{Code, Error};
use crate::store::Owner;
use crate::store::sessions::NewSession;
use crate::store::sign_in::{FirstStep, PresentedFactor, Proof};

/// Time for which an IP address counts as known for a user after a sign-in.
const KNOWN_FOR: chrono::TimeDelta = chrono::TimeDelta::days(90);

/// Result of a verified first factor.
pub(crate) enum SignInOutcome {
    /// The visitor is signed in; the response must set the cookie of this session.
    Session(Account, NewSession),
    /// The account requires a second factor; the response must send this `Set-Cookie` header, with which the browser continues with
    /// `POST /api/auth/second-factor`. Programs receive [`second_factor_required`]; a redirect leads to the page for the second factor.
    SecondFactor(String),
}

impl Visitor {
    /// Signs in a visitor who has proved a first factor, or stores the sign-in until the second factor is verified.
    ///
    /// The caller has verified the proof (the password, the signature of the passkey, or the answer of the provider) and has counted the attempt.
    /// This function does the rest: it refuses passwords that have changed in the meantime and disabled accounts, ends the present session of the
    /// browser, remembers the IP address as known for the account, and records the user for the log.
    pub(crate) async fn complete_sign_in(&self, proof: Proof) -> Result<SignInOutcome, Error> {
        let session = self.new_session()?;
        match self.store().complete_sign_in(proof, &session).await? {
            FirstStep::Done(owner) => self.begin_session(owner, session).await,
            FirstStep::NeedsSecondFactor(token) => {
                let cookie = session_cookie::set_waiting(&self.app.settings, &token);
                Ok(SignInOutcome::SecondFactor(cookie))
            }
        }
    }

    /// Signs in a visitor who has proved the second factor of a pending sign-in.
    pub(crate) async fn finish_sign_in(
        &self,
        token: &SecretString,
        second: PresentedFactor,
    ) -> Result<(Account, NewSession), Error> {
        let session = self.new_session()?;
        let seal = &self.app.settings.seal;
        let (owner, _) = self
            .store()
            .finish_sign_in(seal, token, second, &session)
            .await?;
        let account = self.record_sign_in(owner).await?;
        Ok((account, session))
    }

    /// Returns the key under which successful sign-ins of a user from this network are remembered; attempts from known networks are counted
    /// separately.
    pub(crate) fn subject_at_network(&self, subject: &str) -> String {
        format!("{subject} {}", self.address)
    }

    async fn begin_session(
        &self,
        owner: Owner,
        session: NewSession,
    ) -> Result<SignInOutcome, Error> {
        let account = self.record_sign_in(owner).await?;
        Ok(SignInOutcome::Session(account, session))
    }

    async fn record_sign_in(&self, owner: Owner) -> Result<Account, Error> {
        let store = self.store();
        let from_here = self.subject_at_network(&owner.id().to_string());
        store.remember_known(&from_here, KNOWN_FOR).await?;
        self.end_session().await?;
        middleware::record_user(owner.id());
        store.get_account(owner).await
    }
}

/// Returns the problem that tells programs to continue with a second factor.
pub(crate) fn second_factor_required() -> Error {
    Error::new(Code::SecondFactorRequired).detail(
        "the first factor is correct; `GET /api/auth/second-factor` with the cookie of this \
         response lists the possible second factors, and `POST` completes the sign-in",
    )
}
