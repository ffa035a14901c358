//! Links that show one note, for reading, to whoever has them.

use chrono::{DateTime, Utc};
use sea_orm::ActiveValue::Set;
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, Statement,
};
use secrecy::{ExposeSecret, SecretString};
use uuid::Uuid;

use crate::auth::token;
use crate::clock;
use crate::domain::id;
use crate::domain::limits::LINKS_PER_NOTE;
use crate::domain::note::{Color, Place};
use crate::error::{Code, Error};
use crate::store::entity::{note_link, user};
use crate::store::notes::find;
use crate::store::{Owner, Store, users};

/// A link to make.
#[derive(Debug)]
pub struct NewNoteLink {
    /// The token, which is the caller's to hand out.
    pub token: SecretString,
    /// What the owner calls it.
    pub label: Option<String>,
    /// When it ends.
    pub expires_at: DateTime<Utc>,
}

/// A link as the owner of the note sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoteLink {
    /// Its identifier.
    pub id: Uuid,
    /// What the owner calls it.
    pub label: Option<String>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it ends by itself.
    pub expires_at: DateTime<Utc>,
}

/// What a link shows: all that leaves the store for somebody without an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkedNote {
    /// The title, perhaps empty.
    pub title: String,
    /// The text in Markdown.
    pub content: String,
    /// The colour.
    pub color: Color,
    /// When the note was last changed.
    pub updated_at: DateTime<Utc>,
}

impl Store {
    /// Makes a link to a note of the user, who is no guest.
    pub async fn create_note_link(
        &self,
        owner: Owner,
        note: Uuid,
        new: NewNoteLink,
    ) -> Result<NoteLink, Error> {
        self.require_room().await?;
        let tx = self.write().await?;
        // One at a time counts, and none is made for an account that is being disabled.
        may_share(&users::lock(&tx, owner.id()).await?)?;
        not_in_trash(find(&tx, owner, note).await?.place)?;
        let now = clock::now();
        let present = note_link::Entity::find()
            .filter(note_link::Column::NoteId.eq(note))
            .filter(note_link::Column::UserId.eq(owner.id()))
            .filter(note_link::Column::ExpiresAt.gt(now))
            .count(&tx)
            .await?;
        if present >= LINKS_PER_NOTE {
            return Err(Error::new(Code::LimitReached).detail(format!(
                "a note has at most {LINKS_PER_NOTE} links; revoke one first"
            )));
        }
        let row = note_link::ActiveModel {
            id: Set(id::new()),
            token_hash: Set(token::hash(new.token.expose_secret())),
            note_id: Set(note),
            user_id: Set(owner.id()),
            label: Set(new.label),
            created_at: Set(now),
            expires_at: Set(new.expires_at),
        };
        let row = note_link::Entity::insert(row)
            .exec_with_returning(&tx)
            .await?;
        tx.commit().await?;
        Ok(row.into())
    }

    /// The links of a note that have not ended, the newest first.
    pub async fn note_links(&self, owner: Owner, note: Uuid) -> Result<Vec<NoteLink>, Error> {
        find(self.db(), owner, note).await?;
        let rows = note_link::Entity::find()
            .filter(note_link::Column::NoteId.eq(note))
            .filter(note_link::Column::UserId.eq(owner.id()))
            .filter(note_link::Column::ExpiresAt.gt(clock::now()))
            .order_by_desc(note_link::Column::Id)
            .all(self.db())
            .await?;
        Ok(rows.into_iter().map(NoteLink::from).collect())
    }

    /// Revokes a link; whoever has it sees nothing any more.
    pub async fn delete_note_link(&self, owner: Owner, note: Uuid, id: Uuid) -> Result<(), Error> {
        let deleted = note_link::Entity::delete_many()
            .filter(note_link::Column::Id.eq(id))
            .filter(note_link::Column::NoteId.eq(note))
            .filter(note_link::Column::UserId.eq(owner.id()))
            .exec(self.db())
            .await?;
        if deleted.rows_affected == 0 {
            return Err(Error::not_found("link"));
        }
        Ok(())
    }

    /// The note of a link's token. A token that never was, a link that has ended or was revoked, and a note that is in the trash, deleted, or of an
    /// account that is disabled are one to whoever asks. The index is asked for a hash, which nobody can approach step by step.
    pub async fn linked_note(&self, token: &SecretString) -> Result<LinkedNote, Error> {
        const SQL: &str = "SELECT n.title, n.content, n.color, n.updated_at FROM note_links l \
             JOIN notes n ON n.id = l.note_id AND n.user_id = l.user_id \
             WHERE l.token_hash = $1 AND l.expires_at > $2 AND n.place <> 2";
        let values = [
            token::hash(token.expose_secret()).into(),
            clock::now().into(),
        ];
        let found = Statement::from_sql_and_values(self.backend(), SQL, values);
        let row = self.db().query_one_raw(found).await?.ok_or_else(|| {
            Error::new(Code::NotFound).detail("the link shows nothing: it has ended, or never was")
        })?;
        let color: String = row.try_get_by_index(2)?;
        Ok(LinkedNote {
            title: row.try_get_by_index(0)?,
            content: row.try_get_by_index(1)?,
            color: Color::of_db(&color),
            updated_at: row.try_get_by_index(3)?,
        })
    }

    /// Deletes links that have ended.
    pub async fn remove_ended_note_links(&self) -> Result<u64, Error> {
        self.prune("note_links", "id", "expires_at <= $1", clock::now())
            .await
    }
}

/// Guests end by themselves, and with them what they would have shared. Nobody shares out of a disabled account.
pub(super) fn may_share(user: &user::Model) -> Result<(), Error> {
    if user.disabled_at.is_some() {
        return Err(Error::new(Code::Unauthenticated));
    }
    if user.is_guest {
        return Err(Error::new(Code::GuestNotAllowed).detail(
            "guests share no notes; `POST /api/me/claim` makes the account one that stays",
        ));
    }
    Ok(())
}

/// Nothing in the trash is shared.
pub(super) fn not_in_trash(place: i16) -> Result<(), Error> {
    if Place::of_db(place) == Place::Trash {
        return Err(Error::new(Code::NoteInTrash).detail("restore the note before sharing it"));
    }
    Ok(())
}

impl From<note_link::Model> for NoteLink {
    fn from(row: note_link::Model) -> Self {
        Self {
            id: row.id,
            label: row.label,
            created_at: row.created_at,
            expires_at: row.expires_at,
        }
    }
}
