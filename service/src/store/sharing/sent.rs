//! Shares of a note, as its owner sees them: open invitations and accepted shares.

use chrono::{DateTime, Utc};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, PaginatorTrait, QueryFilter,
    QueryOrder, QuerySelect, Statement,
};
use uuid::Uuid;

use super::links::{require_may_share, require_not_in_trash};
use super::news::{self, update_shared_flag};
use crate::clock;
use crate::domain::account::fold_name;
use crate::domain::id;
use crate::domain::limits::SHARES_PER_NOTE;
use crate::error::{Code, Error};
use crate::store::entity::{note_share, share_invitation, user};
use crate::store::notes::find_note;
use crate::store::{Owner, Store, revision};

/// A share of a note to create, with the owner of an address.
#[derive(Debug)]
pub struct NewShare {
    /// Email address as the owner entered it; compared regardless of case.
    pub email: String,
    /// True if the recipient may change title and text of the note.
    pub can_write: bool,
    /// Time at which the invitation expires unless it is accepted.
    pub expires_at: DateTime<Utc>,
}

/// The state of a share, as far as the owner of the note may know it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ShareState {
    /// Invited, and not accepted yet. It does not reveal if an account has the address, or has declined.
    Invited {
        /// Time at which the invitation expires.
        expires_at: DateTime<Utc>,
    },
    /// Accepted by a user.
    Accepted {
        /// Username of the recipient.
        username: String,
    },
}

/// A share, as the owner of the note sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Share {
    /// Identifier of the share, a UUID of version 7.
    pub id: Uuid,
    /// Email address that was invited, as the owner entered it.
    pub email: String,
    /// True if the recipient may change title and text of the note.
    pub can_write: bool,
    /// State of the share: an open invitation, or accepted.
    pub state: ShareState,
    /// Time at which the share entered its state: of the invitation, or of its acceptance.
    pub since: DateTime<Utc>,
}

impl Store {
    /// Invites the owner of an address to a note, in the same way whether an account has the address or not. A repeated invitation renews the earlier
    /// one; a declined one stays declined until it expires.
    ///
    /// # Errors
    ///
    /// `own` for the user's own address, `conflict` for an accepted share, `limit_reached` at [`SHARES_PER_NOTE`] recipients.
    pub async fn share_note(
        &self,
        owner: Owner,
        note: Uuid,
        new: NewShare,
    ) -> Result<Share, Error> {
        let key = fold_name(&new.email);
        self.require_room().await?;
        let tx = self.begin_write().await?;
        let user = revision::take_next(&tx, owner).await?;
        require_may_share(&user)?;
        require_not_in_trash(find_note(&tx, owner, note).await?.place)?;
        if user.email_key.as_ref() == Some(&key) {
            return Err(Error::invalid(
                "/email",
                "own",
                "is the email address of this account",
            ));
        }
        let now = clock::now();
        let of_note = share_invitation::Column::NoteId.eq(note);
        share_invitation::Entity::delete_many()
            .filter(of_note.clone())
            .filter(share_invitation::Column::ExpiresAt.lte(now))
            .exec(&tx)
            .await?;
        let shares = note_share::Entity::find().filter(note_share::Column::NoteId.eq(note));
        let accepted = shares
            .clone()
            .filter(note_share::Column::EmailKey.eq(&key))
            .count(&tx)
            .await?;
        if accepted > 0 {
            return Err(Error::new(Code::Conflict).detail(
                "the note is already shared with this email address; change the right of that share",
            ));
        }
        let others = share_invitation::Entity::find()
            .filter(of_note.clone())
            .filter(share_invitation::Column::EmailKey.ne(&key))
            .count(&tx)
            .await?;
        if others + shares.count(&tx).await? >= SHARES_PER_NOTE {
            return Err(Error::new(Code::LimitReached).detail(format!(
                "a note can be shared with at most {SHARES_PER_NOTE} people, including open invitations; end a share first"
            )));
        }
        let before = share_invitation::Entity::find()
            .filter(of_note)
            .filter(share_invitation::Column::EmailKey.eq(&key))
            .one(&tx)
            .await?;
        let invited: Option<Uuid> = user::Entity::find()
            .select_only()
            .column(user::Column::Id)
            .filter(user::Column::EmailKey.eq(&key))
            .into_tuple()
            .one(&tx)
            .await?;
        let row = share_invitation::Model {
            id: before.as_ref().map_or_else(id::new, |before| before.id),
            note_id: note,
            user_id: owner.id(),
            invited_id: invited,
            email: new.email,
            email_key: key,
            can_write: new.can_write,
            created_at: now,
            expires_at: new.expires_at,
            declined_at: before.and_then(|before| before.declined_at),
        };
        replace_invitation(&tx, &row).await?;
        self.commit_revision(tx, owner, user.revision).await?;
        self.notify_invited_later(invited);
        Ok(row.into())
    }

    /// Returns the shares of a note, accepted ones first.
    pub async fn note_shares(&self, owner: Owner, note: Uuid) -> Result<Vec<Share>, Error> {
        find_note(self.db(), owner, note).await?;
        let mut shares = list_accepted(self.db(), owner, note, None).await?;
        let open = share_invitation::Entity::find()
            .filter(share_invitation::Column::NoteId.eq(note))
            .filter(share_invitation::Column::UserId.eq(owner.id()))
            .filter(share_invitation::Column::ExpiresAt.gt(clock::now()))
            .order_by_asc(share_invitation::Column::Id)
            .all(self.db())
            .await?;
        shares.extend(open.into_iter().map(Share::from));
        Ok(shares)
    }

    /// Changes the right of a share or of an invitation.
    ///
    /// # Errors
    ///
    /// `not_found` for a share that does not exist or belongs to another note.
    pub async fn change_share(
        &self,
        owner: Owner,
        note: Uuid,
        id: Uuid,
        can_write: bool,
    ) -> Result<Share, Error> {
        let tx = self.begin_write().await?;
        let revision = revision::take_next(&tx, owner).await?.revision;
        let changed = note_share::Entity::update_many()
            .col_expr(note_share::Column::CanWrite, Expr::value(can_write))
            .filter(note_share::Column::Id.eq(id))
            .filter(note_share::Column::NoteId.eq(note))
            .filter(note_share::Column::UserId.eq(owner.id()))
            .exec_with_returning(&tx)
            .await?;
        if let Some(row) = changed.into_iter().next() {
            let recipients =
                news::insert_notifications(&tx, vec![(note, row.recipient_id)]).await?;
            let share = list_accepted(&tx, owner, note, Some(id)).await?.pop();
            self.commit_shared(tx, owner, revision, recipients).await?;
            return share.ok_or_else(|| Error::internal("a share that was changed is there"));
        }
        let changed = share_invitation::Entity::update_many()
            .col_expr(share_invitation::Column::CanWrite, Expr::value(can_write))
            .filter(share_invitation::Column::Id.eq(id))
            .filter(share_invitation::Column::NoteId.eq(note))
            .filter(share_invitation::Column::UserId.eq(owner.id()))
            .filter(share_invitation::Column::ExpiresAt.gt(clock::now()))
            .exec_with_returning(&tx)
            .await?;
        let row = changed.into_iter().next();
        let row = row.ok_or_else(|| Error::not_found("share"))?;
        self.commit_revision(tx, owner, revision).await?;
        Ok(row.into())
    }

    /// Ends a share, or revokes an invitation. A write of the recipient in progress either completes before it or fails.
    ///
    /// # Errors
    ///
    /// `not_found` for a share that does not exist or belongs to another note.
    pub async fn end_share(&self, owner: Owner, note: Uuid, id: Uuid) -> Result<(), Error> {
        let tx = self.begin_write().await?;
        let revision = revision::take_next(&tx, owner).await?.revision;
        let ended = note_share::Entity::delete_many()
            .filter(note_share::Column::Id.eq(id))
            .filter(note_share::Column::NoteId.eq(note))
            .filter(note_share::Column::UserId.eq(owner.id()))
            .exec_with_returning(&tx)
            .await?;
        let ended: Vec<_> = ended.iter().map(|row| (note, row.recipient_id)).collect();
        if ended.is_empty() {
            let taken_back = share_invitation::Entity::delete_many()
                .filter(share_invitation::Column::Id.eq(id))
                .filter(share_invitation::Column::NoteId.eq(note))
                .filter(share_invitation::Column::UserId.eq(owner.id()))
                .exec(&tx)
                .await?;
            if taken_back.rows_affected == 0 {
                return Err(Error::not_found("share"));
            }
        }
        update_shared_flag(&tx, owner, note, revision).await?;
        let recipients = news::insert_notifications(&tx, ended).await?;
        self.commit_shared(tx, owner, revision, recipients).await
    }
}

/// Writes an invitation, replacing the one with the same identifier.
async fn replace_invitation(
    tx: &DatabaseTransaction,
    row: &share_invitation::Model,
) -> Result<(), Error> {
    share_invitation::Entity::delete_by_id(row.id)
        .exec(tx)
        .await?;
    let row = share_invitation::ActiveModel {
        id: Set(row.id),
        note_id: Set(row.note_id),
        user_id: Set(row.user_id),
        invited_id: Set(row.invited_id),
        email: Set(row.email.clone()),
        email_key: Set(row.email_key.clone()),
        can_write: Set(row.can_write),
        created_at: Set(row.created_at),
        expires_at: Set(row.expires_at),
        declined_at: Set(row.declined_at),
    };
    share_invitation::Entity::insert(row)
        .exec_without_returning(tx)
        .await?;
    Ok(())
}

/// Returns the accepted shares of a note, or only the one with this identifier.
async fn list_accepted(
    db: &impl ConnectionTrait,
    owner: Owner,
    note: Uuid,
    id: Option<Uuid>,
) -> Result<Vec<Share>, Error> {
    let mut text =
        "SELECT s.id, s.email, s.can_write, u.username, s.accepted_at FROM note_shares s \
         JOIN users u ON u.id = s.recipient_id WHERE s.note_id = $1 AND s.user_id = $2"
            .to_owned();
    let mut values: Vec<sea_orm::Value> = vec![note.into(), owner.id().into()];
    if let Some(id) = id {
        text.push_str(" AND s.id = $3");
        values.push(id.into());
    }
    text.push_str(" ORDER BY s.id");
    let statement = Statement::from_sql_and_values(db.get_database_backend(), text, values);
    let rows = db.query_all_raw(statement).await?;
    let shares = rows.iter().map(|row| {
        Ok(Share {
            id: row.try_get_by_index(0)?,
            email: row.try_get_by_index(1)?,
            can_write: row.try_get_by_index(2)?,
            state: ShareState::Accepted {
                username: row.try_get_by_index(3)?,
            },
            since: row.try_get_by_index(4)?,
        })
    });
    Ok(shares.collect::<Result<_, sea_orm::DbErr>>()?)
}

impl From<share_invitation::Model> for Share {
    fn from(row: share_invitation::Model) -> Self {
        Self {
            id: row.id,
            email: row.email,
            can_write: row.can_write,
            state: ShareState::Invited {
                expires_at: row.expires_at,
            },
            since: row.created_at,
        }
    }
}
