//! Invitations to shared notes, as the invited users see them.

use chrono::{DateTime, Utc};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, PaginatorTrait, QueryFilter,
    SqlErr, Statement,
};
use uuid::Uuid;

use super::access::take_revision;
use super::news::update_shared_flag;
use super::{SharedNote, news};
use crate::clock;
use crate::domain::id;
use crate::domain::limits::SHARES_RECEIVED;
use crate::error::{Code, Error};
use crate::store::entity::{note_share, share_invitation};
use crate::store::{Owner, Store, revision, users};

/// Maximum number of invitations in the list, newest first.
const LISTED: i64 = 100;

/// The proof that a user must have given of an address before invitations to it are open for them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AddressProof {
    /// The account had the address when the invitation was sent. Without email, the service cannot ask for more; this keeps invitations from users
    /// who take the address later.
    Early,
    /// The user opened the link in a verification email.
    Mail,
}

impl AddressProof {
    /// Returns the condition on an invitation `i` to a note `n` for being open to the user `$1` with the address `$2` at the time `$3`.
    fn open_condition(self) -> &'static str {
        match self {
            Self::Early => {
                "i.invited_id = $1 AND i.user_id <> $1 AND i.email_key = $2 AND i.expires_at > $3 AND i.declined_at IS NULL AND n.place <> 2"
            }
            Self::Mail => {
                "i.user_id <> $1 AND i.email_key = $2 AND i.expires_at > $3 AND i.declined_at IS NULL AND n.place <> 2"
            }
        }
    }
}

/// An invitation as its recipient sees it. It contains nothing of the note, so that invitations cannot carry messages to strangers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invitation {
    /// Identifier of the invitation, a UUID of version 7.
    pub id: Uuid,
    /// Username of the note's owner, who sent the invitation.
    pub owner_name: String,
    /// True if the invitation gives the right to change the note.
    pub can_write: bool,
    /// Time at which the invitation was sent, or last renewed.
    pub created_at: DateTime<Utc>,
    /// Time at which the invitation expires unless it is accepted.
    pub expires_at: DateTime<Utc>,
}

impl Store {
    /// Returns the open invitations to the address of the user, newest first, at most 100.
    pub async fn list_invitations(
        &self,
        recipient: Owner,
        proof: AddressProof,
    ) -> Result<Vec<Invitation>, Error> {
        let Some(key) = find_address(self.db(), recipient, proof).await? else {
            return Ok(Vec::new());
        };
        let text = format!(
            "SELECT i.id, u.username, i.can_write, i.created_at, i.expires_at FROM share_invitations i \
             JOIN users u ON u.id = i.user_id JOIN notes n ON n.id = i.note_id WHERE {} ORDER BY i.id DESC LIMIT $4",
            proof.open_condition()
        );
        let values = [
            recipient.id().into(),
            key.into(),
            clock::now().into(),
            LISTED.into(),
        ];
        let statement = Statement::from_sql_and_values(self.backend(), text, values);
        let rows = self.db().query_all_raw(statement).await?;
        let invitations = rows.iter().map(|row| {
            Ok(Invitation {
                id: row.try_get_by_index(0)?,
                owner_name: row.try_get_by_index(1)?,
                can_write: row.try_get_by_index(2)?,
                created_at: row.try_get_by_index(3)?,
                expires_at: row.try_get_by_index(4)?,
            })
        });
        Ok(invitations.collect::<Result<_, sea_orm::DbErr>>()?)
    }

    /// Accepts an invitation. The note is shared with the user from now on.
    ///
    /// # Errors
    ///
    /// `not_found` for an invitation that is unknown, expired or for another address, `limit_reached` at [`SHARES_RECEIVED`] shared notes.
    pub async fn accept_invitation(
        &self,
        recipient: Owner,
        proof: AddressProof,
        id: Uuid,
    ) -> Result<SharedNote, Error> {
        self.require_room().await?;
        let tx = self.begin_write().await?;
        let (owner, note) = find_open(&tx, recipient, proof, id).await?;
        // Checked again under the lock of the owner, like every change to their notes.
        let revision = take_revision(&tx, owner)
            .await
            .map_err(|error| match error.code() {
                Code::NotFound => unknown_invitation(),
                _ => error,
            })?;
        find_open(&tx, recipient, proof, id).await?;
        let invitation = share_invitation::Entity::find_by_id(id).one(&tx).await?;
        let invitation = invitation.ok_or_else(unknown_invitation)?;
        share_invitation::Entity::delete_by_id(id).exec(&tx).await?;
        accept_share(&tx, owner, recipient, note, &invitation).await?;
        update_shared_flag(&tx, owner, note, revision.revision).await?;
        let told = news::insert_notifications(&tx, vec![(note, recipient.id())]).await?;
        self.commit_shared(tx, owner, revision.revision, told)
            .await?;
        // The recipient's devices see the note among the changes at once. If this fails, periodic upkeep repeats it.
        let _ = self.notify_recipient(recipient).await;
        self.shared_note(recipient, note).await
    }

    /// Declines an invitation. The sender is not notified, because that would reveal an account with this address.
    ///
    /// # Errors
    ///
    /// `not_found` for an invitation that is unknown, expired or for another address.
    pub async fn decline_invitation(
        &self,
        recipient: Owner,
        proof: AddressProof,
        id: Uuid,
    ) -> Result<(), Error> {
        let tx = self.begin_write().await?;
        find_open(&tx, recipient, proof, id).await?;
        let declined = share_invitation::Entity::update_many()
            .col_expr(
                share_invitation::Column::DeclinedAt,
                Expr::value(clock::now()),
            )
            .filter(share_invitation::Column::Id.eq(id))
            .exec(&tx)
            .await?;
        if declined.rows_affected == 0 {
            return Err(unknown_invitation());
        }
        tx.commit().await?;
        Ok(())
    }

    /// Notifies the devices of the invited account, if there is one. It runs in the background, so that the response time does not reveal if the
    /// account exists.
    pub(super) fn notify_invited_later(&self, invited: Option<Uuid>) {
        let Some(invited) = invited.map(Owner::from_authenticated) else {
            return;
        };
        let store = self.clone();
        tokio::spawn(async move {
            if let Err(error) = store.notify_invited(invited).await {
                tracing::warn!(
                    error = &error as &dyn std::error::Error,
                    "the devices of an account were not notified of an invitation"
                );
            }
        });
    }

    async fn notify_invited(&self, invited: Owner) -> Result<(), Error> {
        let tx = self.begin_write().await?;
        let revision = revision::take_next(&tx, invited).await?.revision;
        self.commit_revision(tx, invited, revision).await
    }

    /// Deletes expired invitations, up to 500 in one call, and returns their number.
    pub async fn remove_expired_share_invitations(&self) -> Result<u64, Error> {
        self.prune_rows("share_invitations", "id", "expires_at <= $1", clock::now())
            .await
    }
}

/// Returns the address that invitations to the user may go to; `None` for guests, and for an unverified address if verification is required.
async fn find_address(
    db: &impl ConnectionTrait,
    recipient: Owner,
    proof: AddressProof,
) -> Result<Option<String>, Error> {
    let user = users::find_user(db, recipient).await?;
    let shown = proof == AddressProof::Early || user.email_verified_at.is_some();
    Ok(user.email_key.filter(|_| shown))
}

/// Returns the owner and the note of an invitation that is open for the user.
async fn find_open(
    db: &impl ConnectionTrait,
    recipient: Owner,
    proof: AddressProof,
    id: Uuid,
) -> Result<(Owner, Uuid), Error> {
    let key = find_address(db, recipient, proof)
        .await?
        .ok_or_else(unknown_invitation)?;
    let text = format!(
        "SELECT i.user_id, i.note_id FROM share_invitations i JOIN notes n ON n.id = i.note_id WHERE {} AND i.id = $4",
        proof.open_condition()
    );
    let values = [
        recipient.id().into(),
        key.into(),
        clock::now().into(),
        id.into(),
    ];
    let statement = Statement::from_sql_and_values(db.get_database_backend(), text, values);
    let row = db
        .query_one_raw(statement)
        .await?
        .ok_or_else(unknown_invitation)?;
    let owner = Owner::from_authenticated(row.try_get_by_index(0)?);
    Ok((owner, row.try_get_by_index(1)?))
}

/// Creates the share of an accepted invitation, or changes the right of an existing one.
async fn accept_share(
    tx: &DatabaseTransaction,
    owner: Owner,
    recipient: Owner,
    note: Uuid,
    invitation: &share_invitation::Model,
) -> Result<(), Error> {
    let of_recipient = note_share::Column::RecipientId.eq(recipient.id());
    let again = note_share::Entity::update_many()
        .col_expr(
            note_share::Column::CanWrite,
            Expr::value(invitation.can_write),
        )
        .filter(note_share::Column::NoteId.eq(note))
        .filter(of_recipient.clone())
        .exec(tx)
        .await?;
    if again.rows_affected > 0 {
        return Ok(());
    }
    let received = note_share::Entity::find()
        .filter(of_recipient)
        .count(tx)
        .await?;
    if received >= SHARES_RECEIVED {
        return Err(Error::new(Code::LimitReached).detail(format!(
            "an account can receive at most {SHARES_RECEIVED} shared notes; leave one first"
        )));
    }
    let share = note_share::ActiveModel {
        id: Set(id::new()),
        note_id: Set(note),
        user_id: Set(owner.id()),
        recipient_id: Set(recipient.id()),
        can_write: Set(invitation.can_write),
        email: Set(invitation.email.clone()),
        email_key: Set(invitation.email_key.clone()),
        change_seq: Set(0),
        accepted_at: Set(clock::now()),
    };
    note_share::Entity::insert(share)
        .exec_without_returning(tx)
        .await
        .map_err(|error| match error.sql_err() {
            // The account of the recipient was deleted in the meantime.
            Some(SqlErr::ForeignKeyConstraintViolation(_)) => Error::new(Code::Unauthenticated),
            _ => error.into(),
        })?;
    Ok(())
}

fn unknown_invitation() -> Error {
    Error::not_found("invitation")
}
