//! Second factors of an account: the TOTP secret of an authenticator app, and recovery codes. Passkeys are in [`passkeys`](super::passkeys).

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, PaginatorTrait, QueryFilter,
    QueryOrder, QuerySelect, Statement,
};
use secrecy::SecretString;
use uuid::Uuid;

use super::entity::{passkey, recovery_code, totp_secret, user};
use super::users::{self, Credentials};
use super::{Owner, Store, challenges, sessions};
use crate::auth::recovery;
use crate::auth::seal::Seal;
use crate::auth::totp;
use crate::clock;
use crate::error::{Code, Error};

/// Time within which a code must confirm a new TOTP secret.
const CONFIRMED_WITHIN: TimeDelta = TimeDelta::hours(1);

/// The factors of an account in addition to its password.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Factors {
    /// Time at which the TOTP secret was confirmed; `None` if sign-ins require no code.
    pub totp_since: Option<DateTime<Utc>>,
    /// Number of passkeys that are registered for the account.
    pub passkeys: u64,
    /// Number of recovery codes that are not used yet.
    pub recovery_codes: u64,
}

impl Factors {
    /// Returns true if a sign-in by password requires a second factor.
    pub fn has_any(&self) -> bool {
        self.totp_since.is_some() || self.passkeys > 0
    }
}

impl Store {
    /// Returns the factors of the user's account in addition to its password.
    pub async fn get_factors(&self, owner: Owner) -> Result<Factors, Error> {
        load_factors(self.db(), owner).await
    }

    /// Stores a new TOTP secret. Sign-ins require its codes only after [`Store::confirm_totp`].
    ///
    /// # Errors
    ///
    /// `conflict` if a confirmed secret exists, which must be removed first.
    pub async fn enrol_totp(
        &self,
        owner: Owner,
        shown: &PresenceProof,
        seal: &Seal,
        secret: &[u8],
        asked_in: Uuid,
    ) -> Result<(), Error> {
        let tx = self.begin_write().await?;
        lock_present_user(&tx, owner, shown).await?;
        sessions::require_session(&tx, owner, asked_in).await?;
        let kept = totp_secret::Entity::find_by_id(owner.id()).one(&tx).await?;
        if kept.is_some_and(|kept| kept.confirmed_at.is_some()) {
            return Err(Error::new(Code::Conflict)
                .detail("an authenticator app is set up already; remove it first with `DELETE /api/me/totp`"));
        }
        let row = totp_secret::ActiveModel {
            user_id: Set(owner.id()),
            secret: Set(seal.seal_secret(owner.id(), secret)?),
            last_step: Set(0),
            created_at: Set(clock::now()),
            confirmed_at: Set(None),
        };
        let again = OnConflict::column(totp_secret::Column::UserId)
            .update_columns([
                totp_secret::Column::Secret,
                totp_secret::Column::LastStep,
                totp_secret::Column::CreatedAt,
            ])
            .to_owned();
        totp_secret::Entity::insert(row)
            .on_conflict(again)
            .exec_without_returning(&tx)
            .await?;
        tx.commit().await?;
        Ok(())
    }

    /// Confirms a new TOTP secret by one of its codes; sign-ins require codes from then on. Ends the other sessions. Returns recovery codes if the
    /// account had none.
    pub async fn confirm_totp(
        &self,
        owner: Owner,
        seal: &Seal,
        code: &SecretString,
        keep: Uuid,
    ) -> Result<Option<Vec<SecretString>>, Error> {
        let _forgetting = self.confirmed.invalidate_user_on_drop(owner);
        let tx = self.begin_write().await?;
        lock_user(&tx, owner).await?;
        sessions::require_session(&tx, owner, keep).await?;
        let kept = totp_secret::Entity::find_by_id(owner.id())
            .filter(totp_secret::Column::ConfirmedAt.is_null())
            .filter(totp_secret::Column::CreatedAt.gt(clock::now() - CONFIRMED_WITHIN))
            .one(&tx)
            .await?;
        let Some(kept) = kept else {
            return Err(Error::new(Code::Conflict).detail(
                "no authenticator app is waiting for confirmation; begin with `POST /api/me/totp`",
            ));
        };
        if !accept_code(&tx, owner, seal, &kept, code, Some(clock::now())).await? {
            return Err(wrong_code("/code"));
        }
        let codes = make_codes_if_none(&tx, owner).await?;
        end_earlier_access(&tx, owner, keep).await?;
        tx.commit().await?;
        Ok(codes)
    }

    /// Removes the TOTP secret, after checking one of its codes or a recovery code, and ends the other sessions. Recovery codes are removed with the
    /// last factor.
    pub async fn remove_totp(
        &self,
        owner: Owner,
        shown: &PresenceProof,
        seal: &Seal,
        code: &SecretString,
        keep: Uuid,
    ) -> Result<(), Error> {
        let _forgetting = self.confirmed.invalidate_user_on_drop(owner);
        let tx = self.begin_write().await?;
        lock_present_user(&tx, owner, shown).await?;
        sessions::require_session(&tx, owner, keep).await?;
        let kept = totp_secret::Entity::find_by_id(owner.id())
            .filter(totp_secret::Column::ConfirmedAt.is_not_null())
            .one(&tx)
            .await?;
        if kept.is_none() {
            return Err(Error::new(Code::Conflict).detail("no authenticator app is set up"));
        }
        // The recovery code first: it also works if the key that encrypts the secret was lost.
        let right =
            use_recovery_code(&tx, owner, code).await? || use_code(&tx, owner, seal, code).await?;
        if !right {
            return Err(wrong_code("/code"));
        }
        totp_secret::Entity::delete_by_id(owner.id())
            .exec(&tx)
            .await?;
        remove_codes_without_factor(&tx, owner).await?;
        end_earlier_access(&tx, owner, keep).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Creates new recovery codes, which replace the earlier ones.
    pub async fn renew_recovery_codes(
        &self,
        owner: Owner,
        shown: &PresenceProof,
        asked_in: Uuid,
    ) -> Result<Vec<SecretString>, Error> {
        let tx = self.begin_write().await?;
        lock_present_user(&tx, owner, shown).await?;
        sessions::require_session(&tx, owner, asked_in).await?;
        if !load_factors(&tx, owner).await?.has_any() {
            return Err(Error::new(Code::Conflict).detail(
                "the account has no second factor for which recovery codes could be used",
            ));
        }
        let codes = make_codes(&tx, owner).await?;
        tx.commit().await?;
        Ok(codes)
    }

    /// Counts the stored TOTP secrets, and among them those that are unencrypted and those that the configured keys cannot decrypt; for operators.
    pub async fn examine_secrets(&self, seal: &Seal) -> Result<SecretCounts, Error> {
        let mut counts = SecretCounts::default();
        let mut after: Option<Uuid> = None;
        loop {
            let mut page = totp_secret::Entity::find();
            if let Some(after) = after {
                page = page.filter(totp_secret::Column::UserId.gt(after));
            }
            let rows = page
                .order_by_asc(totp_secret::Column::UserId)
                .limit(500)
                .all(self.db())
                .await?;
            let Some(last) = rows.last() else {
                return Ok(counts);
            };
            after = Some(last.user_id);
            for row in &rows {
                counts.all += 1;
                counts.plain += u64::from(Seal::is_plain(&row.secret));
                counts.lost += u64::from(seal.open_secret(row.user_id, &row.secret).is_err());
            }
        }
    }
}

/// Proof that the user of a session is present, which the caller has checked.
#[derive(Debug)]
pub enum PresenceProof {
    /// The user entered the password of these credentials again.
    Password(Credentials),
    /// The user signed in to the session recently, by another factor than a password.
    RecentSignIn,
}

/// Numbers of stored TOTP secrets, by the state of their encryption.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SecretCounts {
    /// Total number of secrets, confirmed or not.
    pub all: u64,
    /// Number of secrets that are stored unencrypted, from before a key was configured.
    pub plain: u64,
    /// Number of secrets that no configured key can decrypt.
    pub lost: u64,
}

/// Returns the factors of an account, in one query.
pub(super) async fn load_factors(
    db: &impl ConnectionTrait,
    owner: Owner,
) -> Result<Factors, Error> {
    const SQL: &str = "SELECT (SELECT confirmed_at FROM totp_secrets WHERE user_id = $1), \
                       (SELECT count(*) FROM passkeys WHERE user_id = $2), \
                       (SELECT count(*) FROM recovery_codes WHERE user_id = $3)";
    let id = owner.id();
    let asked = Statement::from_sql_and_values(
        db.get_database_backend(),
        SQL,
        [id.into(), id.into(), id.into()],
    );
    let row = db
        .query_one_raw(asked)
        .await?
        .ok_or_else(|| Error::internal("a row of constants is missing"))?;
    let count = |number: i64| u64::try_from(number).unwrap_or_default();
    Ok(Factors {
        totp_since: row.try_get_by_index(0)?,
        passkeys: count(row.try_get_by_index(1)?),
        recovery_codes: count(row.try_get_by_index(2)?),
    })
}

/// Locks and returns the row of a user who has proved to be present.
///
/// # Errors
///
/// `conflict` if the password has changed since it was checked, and those of [`lock`].
pub(super) async fn lock_present_user(
    tx: &DatabaseTransaction,
    owner: Owner,
    shown: &PresenceProof,
) -> Result<user::Model, Error> {
    if let PresenceProof::Password(checked) = shown {
        users::lock_checked(tx, owner, checked).await?;
    }
    lock_user(tx, owner).await
}

/// Locks and returns the row of a user.
///
/// # Errors
///
/// `unauthenticated` if the user was deleted or disabled since the request was authenticated, `guest_not_allowed` for a guest.
pub(super) async fn lock_user(
    tx: &DatabaseTransaction,
    owner: Owner,
) -> Result<user::Model, Error> {
    let user = user::Entity::find_by_id(owner.id())
        .lock_exclusive()
        .one(tx)
        .await?
        .filter(|user| user.disabled_at.is_none())
        .ok_or_else(|| Error::new(Code::Unauthenticated))?;
    if user.is_guest {
        return Err(Error::new(Code::GuestNotAllowed)
            .detail("a guest cannot sign in again; register with `POST /api/me/claim`"));
    }
    Ok(user)
}

/// Uses up a TOTP code. Returns true if the code is valid at about this time, and neither it nor a later one was used before. The caller has locked
/// the user's row.
pub(super) async fn use_code(
    tx: &DatabaseTransaction,
    owner: Owner,
    seal: &Seal,
    code: &SecretString,
) -> Result<bool, Error> {
    let kept = totp_secret::Entity::find_by_id(owner.id())
        .filter(totp_secret::Column::ConfirmedAt.is_not_null())
        .one(tx)
        .await?;
    match kept {
        Some(kept) => accept_code(tx, owner, seal, &kept, code, kept.confirmed_at).await,
        None => Ok(false),
    }
}

/// Checks a TOTP code and records its use. Encrypts the secret again if it is not encrypted by the newest key.
async fn accept_code(
    tx: &DatabaseTransaction,
    owner: Owner,
    seal: &Seal,
    kept: &totp_secret::Model,
    code: &SecretString,
    confirmed_at: Option<DateTime<Utc>>,
) -> Result<bool, Error> {
    let secret = seal.open_secret(owner.id(), &kept.secret)?;
    let Some(step) = totp::find_step(&secret, code, clock::now())? else {
        return Ok(false);
    };
    if step <= kept.last_step {
        return Ok(false);
    }
    let mut update = totp_secret::Entity::update_many()
        .col_expr(totp_secret::Column::LastStep, Expr::value(step))
        .col_expr(totp_secret::Column::ConfirmedAt, Expr::value(confirmed_at))
        .filter(totp_secret::Column::UserId.eq(owner.id()));
    if !seal.is_newest(owner.id(), &kept.secret) {
        let sealed = seal.seal_secret(owner.id(), &secret)?;
        update = update.col_expr(totp_secret::Column::Secret, Expr::value(sealed));
    }
    update.exec(tx).await?;
    Ok(true)
}

/// Uses up a recovery code. Returns true if the code was valid.
pub(super) async fn use_recovery_code(
    tx: &DatabaseTransaction,
    owner: Owner,
    code: &SecretString,
) -> Result<bool, Error> {
    let used = recovery_code::Entity::delete_many()
        .filter(recovery_code::Column::UserId.eq(owner.id()))
        .filter(recovery_code::Column::CodeHash.eq(recovery::hash_code(owner.id(), code)))
        .exec(tx)
        .await?;
    Ok(used.rows_affected > 0)
}

/// Creates recovery codes for an account that has none.
pub(super) async fn make_codes_if_none(
    tx: &DatabaseTransaction,
    owner: Owner,
) -> Result<Option<Vec<SecretString>>, Error> {
    let left = recovery_code::Entity::find()
        .filter(recovery_code::Column::UserId.eq(owner.id()))
        .count(tx)
        .await?;
    if left > 0 {
        return Ok(None);
    }
    make_codes(tx, owner).await.map(Some)
}

async fn make_codes(tx: &DatabaseTransaction, owner: Owner) -> Result<Vec<SecretString>, Error> {
    remove_codes(tx, owner).await?;
    let codes = recovery::new_codes()?;
    let now = clock::now();
    let rows = codes.iter().map(|code| recovery_code::ActiveModel {
        user_id: Set(owner.id()),
        code_hash: Set(recovery::hash_code(owner.id(), code)),
        created_at: Set(now),
    });
    recovery_code::Entity::insert_many(rows)
        .exec_without_returning(tx)
        .await?;
    Ok(codes)
}

async fn remove_codes(db: &impl ConnectionTrait, owner: Owner) -> Result<(), Error> {
    recovery_code::Entity::delete_many()
        .filter(recovery_code::Column::UserId.eq(owner.id()))
        .exec(db)
        .await?;
    Ok(())
}

/// Removes recovery codes of an account without a second factor.
pub(super) async fn remove_codes_without_factor(
    tx: &DatabaseTransaction,
    owner: Owner,
) -> Result<(), Error> {
    if !load_factors(tx, owner).await?.has_any() {
        remove_codes(tx, owner).await?;
    }
    Ok(())
}

/// Ends what began with the earlier factors: all sessions except `keep`, and sign-ins in progress.
pub(super) async fn end_earlier_access(
    tx: &DatabaseTransaction,
    owner: Owner,
    keep: Uuid,
) -> Result<(), Error> {
    sessions::end_others(tx, owner, keep).await?;
    challenges::end_all(tx, owner).await
}

/// Removes all factors except the password.
pub(super) async fn remove_all(tx: &DatabaseTransaction, owner: Owner) -> Result<(), Error> {
    totp_secret::Entity::delete_by_id(owner.id())
        .exec(tx)
        .await?;
    passkey::Entity::delete_many()
        .filter(passkey::Column::UserId.eq(owner.id()))
        .exec(tx)
        .await?;
    remove_codes(tx, owner).await
}

pub(super) fn wrong_code(field: &str) -> Error {
    Error::invalid(field, "wrong_code", "is wrong, expired or already used")
}
