//! Sign-ins: from a verified first factor to a session, in one step, or in two for accounts with a second factor.

use chrono::{DateTime, Utc};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, ExprTrait as _};
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, QuerySelect};
use secrecy::{ExposeSecret, SecretString};
use uuid::Uuid;

use super::challenges::{self, Purpose};
use super::entity::{challenge, user};
use super::factors::{self, Factors};
use super::identities::{self, IdentityUse};
use super::passkeys::{self, PasskeyUse};
use super::sessions::{self, NewSession};
use super::users::{self, Credentials};
use super::{Owner, Store};
use crate::auth::seal::Seal;
use crate::auth::token;
use crate::domain::factor::{Factor, SignedInBy};
use crate::error::{Code, Error};

/// Number of wrong codes after which a sign-in must start over with its first factor.
const WRONG_CODES: i16 = 5;

/// Proof of the first factor, which the caller has checked.
#[derive(Debug)]
pub enum Proof {
    /// The correct password for these credentials.
    Password {
        /// Credentials that the password was checked against.
        credentials: Credentials,
        /// New hash of the password to store, if the cost parameters have changed.
        rehashed: Option<String>,
    },
    /// A passkey that has signed a challenge with user verification, which counts as two factors.
    Passkey(PasskeyUse),
    /// An identity that the provider has confirmed.
    Identity {
        /// The identity with the account it is linked to.
        used: IdentityUse,
        /// True to require the second factor of the account; false to leave it to the provider.
        requires_second_factor: bool,
    },
}

impl Proof {
    fn first_factor(&self) -> Factor {
        match self {
            Self::Password { .. } => Factor::Password,
            Self::Passkey(_) => Factor::Passkey,
            Self::Identity { .. } => Factor::Identity,
        }
    }
}

/// The result of the first step of a sign-in.
#[derive(Debug)]
pub enum FirstStep {
    /// The session has begun.
    Done(Owner),
    /// The account requires a second factor. The token identifies the sign-in; the caller sends it to the browser.
    NeedsSecondFactor(SecretString),
}

/// A second factor that a user presents to complete a waiting sign-in.
#[derive(Debug)]
pub enum PresentedFactor {
    /// A TOTP code of the authenticator app.
    Totp(SecretString),
    /// A recovery code.
    RecoveryCode(SecretString),
    /// A passkey that has signed a challenge for this sign-in.
    Passkey(PasskeyUse),
}

/// A sign-in that waits for a second factor, identified by a token in the browser.
#[derive(Debug, Clone)]
pub struct WaitingSignIn {
    /// The user who has presented the first factor, and is not signed in yet.
    pub owner: Owner,
    /// Factors of the account, of which the user must present one.
    pub factors: Factors,
    /// Time at which the sign-in expires and must start over.
    pub expires_at: DateTime<Utc>,
}

impl Store {
    /// Begins a session for a user with a verified first factor. If the account has a second factor, and the first was neither a passkey nor an
    /// identity that replaces it, the sign-in waits for the second.
    ///
    /// # Errors
    ///
    /// `invalid_credentials` if the password has changed or the account was deleted since the check, `account_disabled` for a disabled account.
    pub async fn complete_sign_in(
        &self,
        proof: Proof,
        session: &NewSession,
    ) -> Result<FirstStep, Error> {
        // The oldest sessions may end. Declared before the transaction, so that it is dropped after it.
        let _forgetting;
        let tx = self.begin_write().await?;
        let first = proof.first_factor();
        let mut asks = first != Factor::Passkey;
        let owner = match proof {
            Proof::Password {
                credentials,
                rehashed,
            } => {
                let user = users::lock_with_password(&tx, &credentials).await?;
                let owner = match require_enabled(user) {
                    Ok(owner) => owner,
                    Err(refused) => {
                        // Rolls back at once, not with the next use of the connection.
                        tx.rollback().await?;
                        return Err(refused);
                    }
                };
                if let Some(hash) = rehashed {
                    users::set_password(&tx, owner, hash).await?;
                }
                owner
            }
            Proof::Passkey(used) => {
                let owner = require_enabled(lock_user(&tx, used.user()).await?)?;
                passkeys::record_use(&tx, owner, &used).await?;
                owner
            }
            Proof::Identity {
                used,
                requires_second_factor: asks_second,
            } => {
                asks = asks_second;
                let owner = require_enabled(lock_user(&tx, used.user()).await?)?;
                identities::record_use(&tx, used).await?;
                owner
            }
        };
        if asks && factors::load_factors(&tx, owner).await?.has_any() {
            let token = token::new_session_token()?;
            let row = challenge::ActiveModel {
                key_hash: Set(token::hash_token(token.expose_secret())),
                user_id: Set(Some(owner.id())),
                first_factor: Set(Some(first.to_db())),
                ..challenges::new_row(Purpose::SecondStep)
            };
            challenge::Entity::insert(row)
                .exec_without_returning(&tx)
                .await?;
            tx.commit().await?;
            return Ok(FirstStep::NeedsSecondFactor(token));
        }
        _forgetting = self.confirmed.invalidate_user_on_drop(owner);
        begin_session(&tx, owner, session, SignedInBy::single_factor(first)).await?;
        tx.commit().await?;
        Ok(FirstStep::Done(owner))
    }

    /// Returns the sign-in that a token identifies.
    ///
    /// # Errors
    ///
    /// `no_pending_sign_in` for a token that is unknown, used or expired.
    pub async fn find_waiting_sign_in(&self, token: &SecretString) -> Result<WaitingSignIn, Error> {
        let key = token::hash_token(token.expose_secret());
        let row = challenges::find_challenge(self.db(), Purpose::SecondStep, key).await?;
        let row = row.ok_or_else(no_waiting_sign_in)?;
        let owner = Owner::from_authenticated(row.user_id.ok_or_else(no_waiting_sign_in)?);
        Ok(WaitingSignIn {
            owner,
            factors: factors::load_factors(self.db(), owner).await?,
            expires_at: row.expires_at,
        })
    }

    /// Begins the session of a waiting sign-in, and returns the factor that completed it. After five wrong codes, the sign-in must start over.
    ///
    /// # Errors
    ///
    /// `no_pending_sign_in` for an unknown or expired token, `wrong_code` for a wrong code.
    pub async fn finish_sign_in(
        &self,
        seal: &Seal,
        token: &SecretString,
        second: PresentedFactor,
        session: &NewSession,
    ) -> Result<(Owner, Factor), Error> {
        let key = token::hash_token(token.expose_secret());
        // The oldest sessions may end. Declared before the transaction, so that it is dropped after it.
        let _forgetting;
        let tx = self.begin_write().await?;
        let row = challenges::find_challenge(&tx, Purpose::SecondStep, key.clone()).await?;
        let user = row
            .and_then(|row| row.user_id)
            .ok_or_else(no_waiting_sign_in)?;
        let owner = require_enabled(lock_user(&tx, user).await?)?;
        // Read again under the lock: a concurrent request may have used it up.
        let row = challenges::find_challenge(&tx, Purpose::SecondStep, key.clone()).await?;
        let row = row.ok_or_else(no_waiting_sign_in)?;
        let (by, right) = match &second {
            PresentedFactor::Totp(code) => (
                Factor::Totp,
                factors::use_code(&tx, owner, seal, code).await?,
            ),
            PresentedFactor::RecoveryCode(code) => (
                Factor::RecoveryCode,
                factors::use_recovery_code(&tx, owner, code).await?,
            ),
            PresentedFactor::Passkey(passkey) => {
                if passkey.user() != owner.id() {
                    return Err(passkeys::rejection_error());
                }
                passkeys::record_use(&tx, owner, passkey).await?;
                (Factor::Passkey, true)
            }
        };
        if !right {
            count_wrong_code(&tx, &row).await?;
            tx.commit().await?;
            let field = match by {
                Factor::RecoveryCode => "/recoveryCode",
                _ => "/code",
            };
            return Err(factors::wrong_code(field));
        }
        challenge::Entity::delete_by_id(key).exec(&tx).await?;
        let signed_in_by = SignedInBy {
            first: row.first_factor.and_then(Factor::from_db),
            second: Some(by),
        };
        _forgetting = self.confirmed.invalidate_user_on_drop(owner);
        begin_session(&tx, owner, session, signed_in_by).await?;
        tx.commit().await?;
        Ok((owner, by))
    }
}

async fn begin_session(
    tx: &DatabaseTransaction,
    owner: Owner,
    session: &NewSession,
    signed_in_by: SignedInBy,
) -> Result<(), Error> {
    sessions::begin_session(tx, owner, session, signed_in_by).await?;
    sessions::end_oldest(tx, owner).await
}

/// Locks and returns the row of a user.
async fn lock_user(tx: &DatabaseTransaction, user: Uuid) -> Result<Option<user::Model>, Error> {
    Ok(user::Entity::find_by_id(user)
        .lock_exclusive()
        .one(tx)
        .await?)
}

/// Returns the user of an account that may be signed in to.
fn require_enabled(user: Option<user::Model>) -> Result<Owner, Error> {
    let user = user.ok_or_else(|| Error::new(Code::InvalidCredentials))?;
    if user.disabled_at.is_some() {
        return Err(Error::new(Code::AccountDisabled)
            .detail("an operator has disabled this account; contact the operator"));
    }
    Ok(Owner::from_authenticated(user.id))
}

async fn count_wrong_code(tx: &DatabaseTransaction, row: &challenge::Model) -> Result<(), Error> {
    if row.attempts + 1 >= WRONG_CODES {
        challenge::Entity::delete_by_id(row.key_hash.clone())
            .exec(tx)
            .await?;
        return Ok(());
    }
    challenge::Entity::update_many()
        .col_expr(
            challenge::Column::Attempts,
            Expr::col(challenge::Column::Attempts).add(1),
        )
        .filter(challenge::Column::KeyHash.eq(row.key_hash.clone()))
        .exec(tx)
        .await?;
    Ok(())
}

fn no_waiting_sign_in() -> Error {
    Error::new(Code::NoPendingSignIn).detail(
        "this browser has no sign-in that is waiting for a second factor, or it has expired; sign in again",
    )
}
