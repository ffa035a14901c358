//! Passkeys: public keys of devices by which a user signs in.

use chrono::{DateTime, Utc};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, DatabaseTransaction, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, SqlErr,
};
use secrecy::SecretString;
use uuid::Uuid;

use super::entity::{identity, passkey, user};
use super::factors::{self, Shown};
use super::{Owner, Store, sessions};
use crate::clock;
use crate::domain::id;
use crate::error::{Code, Error};

/// Passkeys of one user.
pub const MOST: u64 = 20;

/// A passkey as its user sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passkey {
    /// Its identifier.
    pub id: Uuid,
    /// What the user calls it.
    pub name: String,
    /// When it was registered.
    pub created_at: DateTime<Utc>,
    /// When somebody signed in by it last.
    pub last_used_at: Option<DateTime<Utc>>,
}

/// A passkey to register, which the caller has verified.
#[derive(Debug)]
pub struct NewPasskey {
    /// The identifier that its device gave it.
    pub credential_id: Vec<u8>,
    /// What the user calls it.
    pub name: String,
    /// Public key, counter and flags.
    pub data: String,
}

/// A passkey as it is kept.
#[derive(Debug, Clone)]
pub struct KeptPasskey {
    id: Uuid,
    owner: Owner,
    data: String,
}

impl KeptPasskey {
    /// The user.
    pub fn owner(&self) -> Owner {
        self.owner
    }

    /// Public key, counter and flags.
    pub fn data(&self) -> &str {
        &self.data
    }
}

/// A passkey that has signed a challenge, which the caller has verified against what was kept of it.
#[derive(Debug)]
pub struct PasskeyUse {
    /// What it was verified against.
    pub kept: KeptPasskey,
    /// What to keep from now on: its counter or its flags have changed.
    pub changed: Option<String>,
}

impl PasskeyUse {
    pub(super) fn user(&self) -> Uuid {
        self.kept.owner.id()
    }
}

impl Store {
    /// The user's passkeys, the newest first.
    pub async fn passkeys(&self, owner: Owner) -> Result<Vec<Passkey>, Error> {
        let rows = passkey::Entity::find()
            .filter(passkey::Column::UserId.eq(owner.id()))
            .order_by_desc(passkey::Column::Id)
            .all(self.db())
            .await?;
        Ok(rows.into_iter().map(Passkey::from).collect())
    }

    /// What is kept of the user's passkeys.
    pub async fn kept_passkeys(&self, owner: Owner) -> Result<Vec<KeptPasskey>, Error> {
        let rows = passkey::Entity::find()
            .filter(passkey::Column::UserId.eq(owner.id()))
            .order_by_asc(passkey::Column::Id)
            .all(self.db())
            .await?;
        Ok(rows.into_iter().map(KeptPasskey::from).collect())
    }

    /// The passkey with the identifier that its device gave it, whoever it belongs to; for signing in.
    pub async fn passkey_of_device(
        &self,
        credential_id: &[u8],
    ) -> Result<Option<KeptPasskey>, Error> {
        let row = passkey::Entity::find()
            .filter(passkey::Column::CredentialId.eq(credential_id))
            .one(self.db())
            .await?;
        Ok(row.map(KeptPasskey::from))
    }

    /// Registers a passkey. With the first factor of an account come recovery codes, and its other sessions end.
    pub async fn add_passkey(
        &self,
        owner: Owner,
        new: NewPasskey,
        keep: Uuid,
    ) -> Result<(Passkey, Option<Vec<SecretString>>), Error> {
        let _forgetting = self.confirmed.forgetting(owner);
        let tx = self.write().await?;
        factors::lock(&tx, owner).await?;
        sessions::require(&tx, owner, keep).await?;
        let before = factors::of(&tx, owner).await?;
        if before.passkeys >= MOST {
            return Err(Error::new(Code::LimitReached).detail(format!(
                "an account has at most {MOST} passkeys; remove one first"
            )));
        }
        let row = passkey::ActiveModel {
            id: Set(id::new()),
            user_id: Set(owner.id()),
            credential_id: Set(new.credential_id),
            name: Set(new.name),
            data: Set(new.data),
            created_at: Set(clock::now()),
            last_used_at: Set(None),
        };
        let row = passkey::Entity::insert(row)
            .exec_with_returning(&tx)
            .await
            .map_err(|error| match error.sql_err() {
                Some(SqlErr::UniqueConstraintViolation(_)) => {
                    Error::new(Code::Conflict).detail("the passkey is registered already")
                }
                _ => error.into(),
            })?;
        let codes = factors::make_codes_if_none(&tx, owner).await?;
        if !before.any() {
            factors::changed(&tx, owner, keep).await?;
        }
        tx.commit().await?;
        Ok((row.into(), codes))
    }

    /// Gives a passkey of the user another name.
    pub async fn rename_passkey(
        &self,
        owner: Owner,
        id: Uuid,
        name: String,
    ) -> Result<Passkey, Error> {
        let tx = self.write().await?;
        passkey::Entity::update_many()
            .col_expr(passkey::Column::Name, Expr::value(name))
            .filter(passkey::Column::Id.eq(id))
            .filter(passkey::Column::UserId.eq(owner.id()))
            .exec(&tx)
            .await?;
        let row = passkey::Entity::find_by_id(id)
            .filter(passkey::Column::UserId.eq(owner.id()))
            .one(&tx)
            .await?;
        let row = row.ok_or_else(|| Error::not_found("passkey"))?;
        tx.commit().await?;
        Ok(row.into())
    }

    /// Removes a passkey of the user; other sessions end, which may have been signed in by it. The last way to sign in stays.
    pub async fn remove_passkey(
        &self,
        owner: Owner,
        shown: &Shown,
        id: Uuid,
        keep: Uuid,
        ways: Ways<'_>,
    ) -> Result<(), Error> {
        let _forgetting = self.confirmed.forgetting(owner);
        let tx = self.write().await?;
        let user = factors::lock_shown(&tx, owner, shown).await?;
        sessions::require(&tx, owner, keep).await?;
        let removed = passkey::Entity::delete_many()
            .filter(passkey::Column::Id.eq(id))
            .filter(passkey::Column::UserId.eq(owner.id()))
            .exec(&tx)
            .await?;
        if removed.rows_affected == 0 {
            return Err(Error::not_found("passkey"));
        }
        refuse_last_way(&tx, &user, ways).await?;
        factors::remove_codes_without_factor(&tx, owner).await?;
        factors::changed(&tx, owner, keep).await?;
        tx.commit().await?;
        Ok(())
    }
}

/// The ways to sign in, beside passwords, that the configuration has on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ways<'a> {
    /// True while passkeys are taken as a way to sign in.
    pub passkeys: bool,
    /// The provider whose identities are taken, if there is one.
    pub issuer: Option<&'a str>,
}

/// Refuses what has left no way to sign in: neither a password, nor a passkey, nor an identity. Whatever else lets somebody in is counted here; what
/// the configuration has off is not.
pub(super) async fn refuse_last_way(
    tx: &DatabaseTransaction,
    user: &user::Model,
    ways: Ways<'_>,
) -> Result<(), Error> {
    if user.password_hash.is_some() {
        return Ok(());
    }
    let mut left = 0;
    if ways.passkeys {
        left += passkey::Entity::find()
            .filter(passkey::Column::UserId.eq(user.id))
            .count(tx)
            .await?;
    }
    if let Some(issuer) = ways.issuer {
        left += identity::Entity::find()
            .filter(identity::Column::UserId.eq(user.id))
            .filter(identity::Column::Issuer.eq(issuer))
            .count(tx)
            .await?;
    }
    if left == 0 {
        return Err(Error::new(Code::LastWayIn).detail(
            "nothing else lets its user in; set a password, register another passkey or link another identity first",
        ));
    }
    Ok(())
}

/// Writes down that a passkey was used, if it is still what it was verified against: a counter that another sign-in has moved meanwhile, or a
/// passkey that was removed, refuses this one.
pub(super) async fn note_use(
    tx: &DatabaseTransaction,
    owner: Owner,
    used: &PasskeyUse,
) -> Result<(), Error> {
    let data = used.changed.as_ref().unwrap_or(&used.kept.data);
    let noted = passkey::Entity::update_many()
        .col_expr(passkey::Column::Data, Expr::value(data.clone()))
        .col_expr(passkey::Column::LastUsedAt, Expr::value(clock::now()))
        .filter(passkey::Column::Id.eq(used.kept.id))
        .filter(passkey::Column::UserId.eq(owner.id()))
        .filter(passkey::Column::Data.eq(used.kept.data.clone()))
        .exec(tx)
        .await?;
    if noted.rows_affected == 0 {
        return Err(rejected());
    }
    Ok(())
}

/// A passkey that lets nobody in.
pub(super) fn rejected() -> Error {
    Error::new(Code::PasskeyRejected)
        .detail("the passkey is not registered here, or its answer does not fit the challenge")
}

impl From<passkey::Model> for Passkey {
    fn from(row: passkey::Model) -> Self {
        Self {
            id: row.id,
            name: row.name,
            created_at: row.created_at,
            last_used_at: row.last_used_at,
        }
    }
}

impl From<passkey::Model> for KeptPasskey {
    fn from(row: passkey::Model) -> Self {
        Self {
            id: row.id,
            owner: Owner::authenticated(row.user_id),
            data: row.data,
        }
    }
}
