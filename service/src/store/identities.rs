//! Identities at providers (OpenID Connect) that are linked to accounts for sign-ins. Issuer and subject identify a person; addresses and names at a
//! provider may pass to another person.

use chrono::{DateTime, Utc};
use sea_orm::ActiveValue::{NotSet, Set};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, PaginatorTrait,
    QueryFilter, QueryOrder, SqlErr,
};
use uuid::Uuid;

use super::entity::{identity, user};
use super::passkeys::SignInMethods;
use super::sessions::{self, NewSession};
use super::users::{self, Credentials};
use super::{Owner, Store, challenges, guests, invites, passkeys};
use crate::clock;
use crate::domain::account::{Account, fold_name};
use crate::domain::factor::{Factor, SignedInBy};
use crate::domain::id;
use crate::error::{Code, Error};

/// Maximum number of identities linked to one account.
const MOST: u64 = 10;

/// An identity that a provider has confirmed in an OpenID Connect sign-in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewIdentity {
    /// Issuer: the URL by which the provider identifies itself.
    pub issuer: String,
    /// Subject: the identifier of the person at the provider.
    pub subject: String,
    /// Address or name at the provider, by which people recognise the identity.
    pub label: Option<String>,
}

/// An account to create for an identity at a provider.
#[derive(Debug, Clone)]
pub struct NewPerson {
    /// The identity to link to the account, by which its user signs in from then on.
    pub identity: NewIdentity,
    /// Email address that the provider reports as verified; `None` if it reports none.
    pub email: Option<String>,
    /// Preferred username; the account gets another one if it is taken.
    pub username: String,
    /// Hash of the invite's code to redeem; `None` if registration requires no invite.
    pub invite_hash: Option<Vec<u8>>,
}

/// A linked identity as its user sees it in the settings of the account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// Identifier of the link, a UUID of version 7.
    pub id: Uuid,
    /// Issuer: the URL by which the provider identifies itself.
    pub issuer: String,
    /// Subject: the identifier of the person at the provider.
    pub subject: String,
    /// Address or name at the provider, at the time of linking.
    pub label: Option<String>,
    /// Time at which the identity was linked to the account.
    pub created_at: DateTime<Utc>,
    /// Time of the last sign-in with the identity; `None` if there was none.
    pub last_used_at: Option<DateTime<Utc>>,
}

/// An identity that a provider has confirmed, with the account it is linked to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct IdentityUse {
    id: Uuid,
    user: Uuid,
}

impl IdentityUse {
    /// Returns the user that the identity is linked to.
    pub fn user(self) -> Uuid {
        self.user
    }
}

impl Store {
    /// Returns the account that an identity is linked to, for a sign-in; `None` if it is not linked.
    pub async fn find_identity_use(&self, who: &NewIdentity) -> Result<Option<IdentityUse>, Error> {
        let found = find_identity(self.db(), who).await?;
        Ok(found.map(|identity| IdentityUse {
            id: identity.id,
            user: identity.user_id,
        }))
    }

    /// Returns true if the identity is linked to this user's account.
    pub async fn is_own_identity(&self, owner: Owner, who: &NewIdentity) -> Result<bool, Error> {
        let found = find_identity(self.db(), who).await?;
        Ok(found.is_some_and(|identity| identity.user_id == owner.id()))
    }

    /// Creates an account without a password for an identity, with its first session.
    ///
    /// # Errors
    ///
    /// `identity_not_linked` if an account has the address, `unknown_invite` for an invalid invite.
    pub async fn register_by_identity(
        &self,
        new: NewPerson,
        session: &NewSession,
    ) -> Result<Owner, Error> {
        self.require_room().await?;
        let tx = self.begin_write().await?;
        if let Some(hash) = new.invite_hash.clone() {
            invites::redeem_hash(&tx, hash).await?;
        }
        let owner = Owner::from_authenticated(id::new());
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
            ..build_user_columns(&tx, &new).await?
        };
        user::Entity::insert(row)
            .exec_without_returning(&tx)
            .await
            .map_err(|error| map_email_taken(users::map_name_taken(error)))?;
        insert_identity(&tx, owner, new.identity).await?;
        sessions::begin_session(
            &tx,
            owner,
            session,
            SignedInBy::single_factor(Factor::Identity),
        )
        .await?;
        tx.commit().await?;
        Ok(owner)
    }

    /// Turns the account of a guest into one for an identity and keeps its content. A new session replaces those of the guest.
    ///
    /// # Errors
    ///
    /// Those of [`Store::register_by_identity`], and `conflict` if the account is registered already.
    pub async fn claim_guest_by_identity(
        &self,
        owner: Owner,
        new: NewPerson,
        session: &NewSession,
    ) -> Result<Account, Error> {
        let _forgetting = self.confirmed.invalidate_user_on_drop(owner);
        let tx = self.begin_write().await?;
        guests::lock_counter(&tx).await?;
        if let Some(hash) = new.invite_hash.clone() {
            invites::redeem_hash(&tx, hash).await?;
        }
        let named = build_user_columns(&tx, &new).await?;
        let account = guests::claim_account(&tx, owner, named, session, Factor::Identity)
            .await
            .map_err(map_email_taken)?;
        insert_identity(&tx, owner, new.identity).await?;
        tx.commit().await?;
        Ok(account)
    }

    /// Links an identity to the account of a user. Returns false if it is linked to this account already.
    ///
    /// # Errors
    ///
    /// `identity_taken` if another account has it, `limit_reached` at ten identities, `guest_not_allowed` for a guest.
    pub async fn link_identity(
        &self,
        owner: Owner,
        asked_in: Uuid,
        new: NewIdentity,
    ) -> Result<bool, Error> {
        let tx = self.begin_write().await?;
        let user = users::lock_user(&tx, owner.id()).await?;
        users::require_enabled(&user)?;
        if user.is_guest {
            return Err(Error::new(Code::GuestNotAllowed).detail(
                "a guest cannot link an identity; sign in with the provider to register the account",
            ));
        }
        // A change of the password ends sessions under the same lock, so that a link begun before it cannot complete after it.
        sessions::require_session(&tx, owner, asked_in).await?;
        match find_identity(&tx, &new).await? {
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
                "an account can have at most {MOST} identities; unlink one first"
            )));
        }
        insert_identity(&tx, owner, new).await?;
        tx.commit().await?;
        Ok(true)
    }

    /// Returns the identities of the user, in the order in which they were linked.
    pub async fn list_identities(&self, owner: Owner) -> Result<Vec<Identity>, Error> {
        list_user_identities(self.db(), owner.id()).await
    }

    /// Unlinks an identity, after the caller has checked the password in `checked`. The account must keep another way to sign in.
    pub async fn unlink_identity(
        &self,
        owner: Owner,
        checked: &Credentials,
        id: Uuid,
        asked_in: Uuid,
        ways: SignInMethods<'_>,
    ) -> Result<(), Error> {
        let tx = self.begin_write().await?;
        let user = users::lock_checked(&tx, owner, checked).await?;
        users::require_enabled(&user)?;
        sessions::require_session(&tx, owner, asked_in).await?;
        let all = list_user_identities(&tx, owner.id()).await?;
        if !all.iter().any(|identity| identity.id == id) {
            return Err(Error::not_found("identity"));
        }
        identity::Entity::delete_by_id(id).exec(&tx).await?;
        passkeys::require_sign_in_method(&tx, &user, ways).await?;
        // A sign-in with the identity may wait for a second factor.
        challenges::end_all(&tx, owner).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Returns the identities of an account for operators, in the order in which they were linked.
    pub async fn identities_of(&self, account: &Account) -> Result<Vec<Identity>, Error> {
        list_user_identities(self.db(), account.id).await
    }
}

/// Unlinks all identities of the user and returns their number.
pub(super) async fn unlink_all(db: &impl ConnectionTrait, owner: Owner) -> Result<u64, Error> {
    let deleted = identity::Entity::delete_many()
        .filter(identity::Column::UserId.eq(owner.id()))
        .exec(db)
        .await?;
    Ok(deleted.rows_affected)
}

async fn list_user_identities(
    db: &impl ConnectionTrait,
    user: Uuid,
) -> Result<Vec<Identity>, Error> {
    let rows = identity::Entity::find()
        .filter(identity::Column::UserId.eq(user))
        .order_by_asc(identity::Column::Id)
        .all(db)
        .await?;
    Ok(rows.into_iter().map(Identity::from).collect())
}

async fn find_identity(
    db: &impl ConnectionTrait,
    who: &NewIdentity,
) -> Result<Option<identity::Model>, Error> {
    Ok(identity::Entity::find()
        .filter(identity::Column::Issuer.eq(&who.issuer))
        .filter(identity::Column::Subject.eq(&who.subject))
        .one(db)
        .await?)
}

/// Records a sign-in with an identity, in the transaction that has locked its user.
///
/// # Errors
///
/// `invalid_credentials` if the identity was unlinked in the meantime.
pub(super) async fn record_use(tx: &DatabaseTransaction, used: IdentityUse) -> Result<(), Error> {
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

async fn insert_identity(
    tx: &DatabaseTransaction,
    owner: Owner,
    new: NewIdentity,
) -> Result<(), Error> {
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
        .map_err(map_identity_taken)?;
    Ok(())
}

/// Returns the columns that name the user of a new account. The address counts as verified, because only verified ones are passed here.
async fn build_user_columns(
    tx: &DatabaseTransaction,
    new: &NewPerson,
) -> Result<user::ActiveModel, Error> {
    let email_key = new.email.as_deref().map(fold_name);
    if let Some(key) = &email_key {
        let taken = user::Entity::find().filter(user::Column::EmailKey.eq(key));
        if taken.count(tx).await? > 0 {
            return Err(map_email_taken(Error::new(Code::EmailTaken)));
        }
    }
    let username = free_username(tx, &new.username).await?;
    Ok(user::ActiveModel {
        email_verified_at: Set(email_key.is_some().then(clock::now)),
        email_key: Set(email_key),
        email: Set(new.email.clone()),
        username_key: Set(fold_name(&username)),
        username: Set(username),
        password_hash: Set(None),
        ..Default::default()
    })
}

/// Returns the wanted username, with random digits appended if it is taken.
async fn free_username(tx: &DatabaseTransaction, wanted: &str) -> Result<String, Error> {
    let taken = user::Entity::find()
        .filter(user::Column::UsernameKey.eq(fold_name(wanted)))
        .count(tx)
        .await?;
    if taken == 0 {
        return Ok(wanted.to_owned());
    }
    // The random end of a UUID, so that concurrent registrations choose different names.
    let digits = &id::new().simple().to_string()[24..];
    let kept: String = wanted.chars().take(23).collect();
    Ok(format!("{kept}-{digits}"))
}

/// Replaces the error for an address in use. The same address does not prove that the account is this person's, so they must sign in to it and link
/// the identity there.
fn map_email_taken(error: Error) -> Error {
    if error.code() == Code::EmailTaken {
        return Error::new(Code::IdentityNotLinked).detail(
            "sign in to the account with this email address, and link the identity in its settings",
        );
    }
    error
}

fn map_identity_taken(error: DbErr) -> Error {
    match error.sql_err() {
        Some(SqlErr::UniqueConstraintViolation(_)) => taken_identity(),
        _ => error.into(),
    }
}

fn taken_identity() -> Error {
    Error::new(Code::IdentityTaken)
        .detail("unlink the identity from that account first, or sign in with it")
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
