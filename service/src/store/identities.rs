//! Identities: people at a provider, by whom accounts are signed in to. The issuer and the subject name one, and nothing else does: addresses
//! and names at a provider change hands.

use chrono::{DateTime, Utc};
use sea_orm::ActiveValue::{NotSet, Set};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, PaginatorTrait,
    QueryFilter, QueryOrder, SqlErr,
};
use uuid::Uuid;

use super::entity::{identity, user};
use super::passkeys::Ways;
use super::sessions::{self, NewSession};
use super::users::{self, Credentials};
use super::{Owner, Store, challenges, guests, invites, passkeys};
use crate::clock;
use crate::domain::account::{Account, fold};
use crate::domain::factor::{Factor, SignedInBy};
use crate::domain::id;
use crate::error::{Code, Error};

/// Identities of one account.
const MOST: u64 = 10;

/// A person at a provider.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewIdentity {
    /// The provider, as it names itself.
    pub issuer: String,
    /// The person, as the provider names them.
    pub subject: String,
    /// The address or name there, for people to recognize it.
    pub label: Option<String>,
}

/// An account to make for a person at a provider.
#[derive(Debug, Clone)]
pub struct NewPerson {
    /// Who it is for.
    pub identity: NewIdentity,
    /// The address, which the provider says is theirs.
    pub email: Option<String>,
    /// The name that they would like to have; another one, if it is taken.
    pub username: String,
    /// The hash of an invite's code to use up; none where none is asked for.
    pub invite_hash: Option<Vec<u8>>,
}

/// An identity as its user sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// Its identifier.
    pub id: Uuid,
    /// The provider.
    pub issuer: String,
    /// The person, as the provider names them.
    pub subject: String,
    /// The address or name there, at the time of linking.
    pub label: Option<String>,
    /// When it was linked.
    pub created_at: DateTime<Utc>,
    /// When it was last signed in with.
    pub last_used_at: Option<DateTime<Utc>>,
}

/// An identity that a provider vouches for, and the account that it is linked to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct IdentityUse {
    id: Uuid,
    user: Uuid,
}

impl IdentityUse {
    /// The user that it belongs to.
    pub fn user(self) -> Uuid {
        self.user
    }
}

impl Store {
    /// The account that an identity is linked to, to sign in to it; nothing, if it is linked to none.
    pub async fn identity_use(&self, who: &NewIdentity) -> Result<Option<IdentityUse>, Error> {
        let found = find(self.db(), who).await?;
        Ok(found.map(|identity| IdentityUse {
            id: identity.id,
            user: identity.user_id,
        }))
    }

    /// Says whether this identity is linked to this user's account.
    pub async fn is_own_identity(&self, owner: Owner, who: &NewIdentity) -> Result<bool, Error> {
        let found = find(self.db(), who).await?;
        Ok(found.is_some_and(|identity| identity.user_id == owner.id()))
    }

    /// Makes an account without a password for a person at a provider, with its first session.
    pub async fn register_by_identity(
        &self,
        new: NewPerson,
        session: &NewSession,
    ) -> Result<Owner, Error> {
        self.require_room().await?;
        let tx = self.write().await?;
        if let Some(hash) = new.invite_hash.clone() {
            invites::redeem_hash(&tx, hash).await?;
        }
        let owner = Owner::authenticated(id::new());
        let now = clock::now();
        let row = user::ActiveModel {
            id: Set(owner.id()),
            is_guest: Set(false),
            expires_at: Set(None),
            disabled_at: Set(None),
            created_at: Set(now),
            updated_at: Set(now),
            revision: NotSet,
            changes_floor: NotSet,
            note_count: NotSet,
            label_count: NotSet,
            next_position: NotSet,
            ..named(&tx, &new).await?
        };
        user::Entity::insert(row)
            .exec_without_returning(&tx)
            .await
            .map_err(|error| unlinked(users::taken(error)))?;
        insert(&tx, owner, new.identity).await?;
        sessions::begin(&tx, owner, session, SignedInBy::one(Factor::Identity)).await?;
        tx.commit().await?;
        Ok(owner)
    }

    /// Makes the account of a guest that of a person at a provider; everything in it is kept, and the guest's sessions give way to a new one.
    pub async fn claim_guest_by_identity(
        &self,
        owner: Owner,
        new: NewPerson,
        session: &NewSession,
    ) -> Result<Account, Error> {
        let _forgetting = self.confirmed.forgetting(owner);
        let tx = self.write().await?;
        guests::lock_counter(&tx).await?;
        if let Some(hash) = new.invite_hash.clone() {
            invites::redeem_hash(&tx, hash).await?;
        }
        let named = named(&tx, &new).await?;
        let account = guests::claim(&tx, owner, named, session, Factor::Identity)
            .await
            .map_err(unlinked)?;
        insert(&tx, owner, new.identity).await?;
        tx.commit().await?;
        Ok(account)
    }

    /// Links an identity to the account of a user, in whose session it was asked for. Returns false for one that is linked to it already, and stays
    /// so.
    pub async fn link_identity(
        &self,
        owner: Owner,
        asked_in: Uuid,
        new: NewIdentity,
    ) -> Result<bool, Error> {
        let tx = self.write().await?;
        let user = users::lock(&tx, owner.id()).await?;
        users::refuse_disabled(&user)?;
        if user.is_guest {
            return Err(Error::new(Code::GuestNotAllowed).detail(
                "a guest's account is not linked, but becomes the person's by signing in",
            ));
        }
        // A change of the password ends sessions under the same lock: what was begun before it links nothing after it.
        sessions::require(&tx, owner, asked_in).await?;
        match find(&tx, &new).await? {
            Some(found) if found.user_id == owner.id() => return Ok(false),
            Some(_) => return Err(taken_identity()),
            None => {}
        }
        let present = identity::Entity::find()
            .filter(identity::Column::UserId.eq(owner.id()))
            .count(&tx)
            .await?;
        if present >= MOST {
            return Err(Error::new(Code::LimitReached).detail(format!(
                "an account has at most {MOST} identities; unlink one first"
            )));
        }
        insert(&tx, owner, new).await?;
        tx.commit().await?;
        Ok(true)
    }

    /// The identities of the user, in the order in which they were linked.
    pub async fn identities(&self, owner: Owner) -> Result<Vec<Identity>, Error> {
        of_user(self.db(), owner.id()).await
    }

    /// Unlinks an identity of a user who has confirmed it by these credentials, unless it is the last way into the account.
    pub async fn unlink_identity(
        &self,
        owner: Owner,
        checked: &Credentials,
        id: Uuid,
        asked_in: Uuid,
        ways: Ways<'_>,
    ) -> Result<(), Error> {
        let tx = self.write().await?;
        let user = users::lock_checked(&tx, owner, checked).await?;
        users::refuse_disabled(&user)?;
        sessions::require(&tx, owner, asked_in).await?;
        let all = of_user(&tx, owner.id()).await?;
        if !all.iter().any(|identity| identity.id == id) {
            return Err(Error::not_found("identity"));
        }
        identity::Entity::delete_by_id(id).exec(&tx).await?;
        passkeys::refuse_last_way(&tx, &user, ways).await?;
        // A sign-in by it may wait for a second factor.
        challenges::end_all(&tx, owner).await?;
        tx.commit().await?;
        Ok(())
    }

    /// The identities of an account, for operators.
    pub async fn identities_of(&self, account: &Account) -> Result<Vec<Identity>, Error> {
        of_user(self.db(), account.id).await
    }
}

/// Unlinks all identities of the user.
pub(super) async fn unlink_all(db: &impl ConnectionTrait, owner: Owner) -> Result<u64, Error> {
    let deleted = identity::Entity::delete_many()
        .filter(identity::Column::UserId.eq(owner.id()))
        .exec(db)
        .await?;
    Ok(deleted.rows_affected)
}

async fn of_user(db: &impl ConnectionTrait, user: Uuid) -> Result<Vec<Identity>, Error> {
    let rows = identity::Entity::find()
        .filter(identity::Column::UserId.eq(user))
        .order_by_asc(identity::Column::Id)
        .all(db)
        .await?;
    Ok(rows.into_iter().map(Identity::from).collect())
}

async fn find(
    db: &impl ConnectionTrait,
    who: &NewIdentity,
) -> Result<Option<identity::Model>, Error> {
    Ok(identity::Entity::find()
        .filter(identity::Column::Issuer.eq(&who.issuer))
        .filter(identity::Column::Subject.eq(&who.subject))
        .one(db)
        .await?)
}

/// Writes down that an identity was signed in with, in the transaction that has locked its user; refused, if it was unlinked meanwhile.
pub(super) async fn note_use(tx: &DatabaseTransaction, used: IdentityUse) -> Result<(), Error> {
    let noted = identity::Entity::update_many()
        .col_expr(identity::Column::LastUsedAt, Expr::value(clock::now()))
        .filter(identity::Column::Id.eq(used.id))
        .filter(identity::Column::UserId.eq(used.user))
        .exec(tx)
        .await?;
    if noted.rows_affected == 0 {
        return Err(Error::new(Code::InvalidCredentials));
    }
    Ok(())
}

async fn insert(tx: &DatabaseTransaction, owner: Owner, new: NewIdentity) -> Result<(), Error> {
    let row = identity::ActiveModel {
        id: Set(id::new()),
        user_id: Set(owner.id()),
        issuer: Set(new.issuer),
        subject: Set(new.subject),
        label: Set(new.label),
        created_at: Set(clock::now()),
        last_used_at: Set(None),
    };
    identity::Entity::insert(row)
        .exec_without_returning(tx)
        .await
        .map_err(taken)?;
    Ok(())
}

/// The columns of a new account that name its user. The address is verified: the provider says so, and without it there is none.
async fn named(tx: &DatabaseTransaction, new: &NewPerson) -> Result<user::ActiveModel, Error> {
    let email_key = new.email.as_deref().map(fold);
    if let Some(key) = &email_key {
        let taken = user::Entity::find().filter(user::Column::EmailKey.eq(key));
        if taken.count(tx).await? > 0 {
            return Err(unlinked(Error::new(Code::EmailTaken)));
        }
    }
    let username = free_username(tx, &new.username).await?;
    Ok(user::ActiveModel {
        email_verified_at: Set(email_key.is_some().then(clock::now)),
        email_key: Set(email_key),
        email: Set(new.email.clone()),
        username_key: Set(fold(&username)),
        username: Set(username),
        password_hash: Set(None),
        ..Default::default()
    })
}

/// The name itself, or with some digits that make it another one.
async fn free_username(tx: &DatabaseTransaction, wanted: &str) -> Result<String, Error> {
    let taken = user::Entity::find()
        .filter(user::Column::UsernameKey.eq(fold(wanted)))
        .count(tx)
        .await?;
    if taken == 0 {
        return Ok(wanted.to_owned());
    }
    // The random end of an identifier: nobody else takes the same at this moment.
    let digits = &id::new().simple().to_string()[24..];
    let kept: String = wanted.chars().take(23).collect();
    Ok(format!("{kept}-{digits}"))
}

/// An address that an account has is no proof that the account is this person's: they sign in to it, and link the identity there.
fn unlinked(error: Error) -> Error {
    if error.code() == Code::EmailTaken {
        return Error::new(Code::IdentityNotLinked)
            .detail("sign in to the account with this address, and link the identity there");
    }
    error
}

fn taken(error: DbErr) -> Error {
    match error.sql_err() {
        Some(SqlErr::UniqueConstraintViolation(_)) => taken_identity(),
        _ => error.into(),
    }
}

fn taken_identity() -> Error {
    Error::new(Code::IdentityTaken).detail("unlink it there first, or sign in with it")
}

impl From<identity::Model> for Identity {
    fn from(row: identity::Model) -> Self {
        Self {
            id: row.id,
            issuer: row.issuer,
            subject: row.subject,
            label: row.label,
            created_at: row.created_at,
            last_used_at: row.last_used_at,
        }
    }
}
