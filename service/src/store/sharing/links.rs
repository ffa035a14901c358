//! Public links, by which anyone who has the link can read one note.

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
use crate::store::notes::find_note;
use crate::store::{Owner, Store, users};

/// A public link to create, with its secret and its expiry.
#[derive(Debug)]
pub struct NewNoteLink {
    /// Token of the link, which the caller generates and returns to the user; the database stores its hash.
    pub token: SecretString,
    /// Name that the owner gives to the link, to remember its readers; optional.
    pub label: Option<String>,
    /// Time at which the link expires, at most 365 days ahead.
    pub expires_at: DateTime<Utc>,
}

/// A public link, as the owner of the note sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoteLink {
    /// Identifier of the link, a UUID of version 7.
    pub id: Uuid,
    /// Name that the owner gave to the link; `None` for a link without one.
    pub label: Option<String>,
    /// Time at which the link was created; links are never renewed.
    pub created_at: DateTime<Utc>,
    /// Time at which the link expires unless it is revoked earlier.
    pub expires_at: DateTime<Utc>,
}

/// The content that a public link shows. Nothing else of a note leaves the store without an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkedNote {
    /// Title of the note, plain text; may be empty.
    pub title: String,
    /// Text of the note in Markdown, as the owner wrote it.
    pub content: String,
    /// Background colour of the note; a name that the theme maps to a colour value.
    pub color: Color,
    /// Time of the last change to the note, including changes that the link does not show.
    pub updated_at: DateTime<Utc>,
}

impl Store {
    /// Creates a public link to a note of the user.
    ///
    /// # Errors
    ///
    /// `guest_not_allowed` for a guest, `note_in_trash` for a note in the trash, `limit_reached` at [`LINKS_PER_NOTE`] links.
    pub async fn create_note_link(
        &self,
        owner: Owner,
        note: Uuid,
        new: NewNoteLink,
    ) -> Result<NoteLink, Error> {
        self.require_room().await?;
        let tx = self.begin_write().await?;
        // The lock makes the count reliable, and excludes that the account is disabled at the same time.
        require_may_share(&users::lock_user(&tx, owner.id()).await?)?;
        require_not_in_trash(find_note(&tx, owner, note).await?.place)?;
        let now = clock::now();
        let present = note_link::Entity::find()
            .filter(note_link::Column::NoteId.eq(note))
            .filter(note_link::Column::UserId.eq(owner.id()))
            .filter(note_link::Column::ExpiresAt.gt(now))
            .count(&tx)
            .await?;
        if present >= LINKS_PER_NOTE {
            return Err(Error::new(Code::LimitReached).detail(format!(
                "a note can have at most {LINKS_PER_NOTE} links; revoke one first"
            )));
        }
        let row = note_link::ActiveModel {
            id: Set(id::new()),
            token_hash: Set(token::hash_token(new.token.expose_secret())),
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

    /// Returns the unexpired links of a note, newest first.
    pub async fn note_links(&self, owner: Owner, note: Uuid) -> Result<Vec<NoteLink>, Error> {
        find_note(self.db(), owner, note).await?;
        let rows = note_link::Entity::find()
            .filter(note_link::Column::NoteId.eq(note))
            .filter(note_link::Column::UserId.eq(owner.id()))
            .filter(note_link::Column::ExpiresAt.gt(clock::now()))
            .order_by_desc(note_link::Column::Id)
            .all(self.db())
            .await?;
        Ok(rows.into_iter().map(NoteLink::from).collect())
    }

    /// Revokes a link, which shows nothing from now on.
    ///
    /// # Errors
    ///
    /// `not_found` for a link that does not exist or belongs to another note.
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

    /// Returns the note for the token of a link. Lookup by hash prevents timing attacks on the token.
    ///
    /// # Errors
    ///
    /// `not_found` without further distinction for a token that is unknown, expired or revoked, and for a note that is deleted, in the trash, or of a
    /// disabled account.
    pub async fn linked_note(&self, token: &SecretString) -> Result<LinkedNote, Error> {
        const SQL: &str = "SELECT n.title, n.content, n.color, n.updated_at FROM note_links l \
             JOIN notes n ON n.id = l.note_id AND n.user_id = l.user_id \
             WHERE l.token_hash = $1 AND l.expires_at > $2 AND n.place <> 2";
        let values = [
            token::hash_token(token.expose_secret()).into(),
            clock::now().into(),
        ];
        let found = Statement::from_sql_and_values(self.backend(), SQL, values);
        let row = self.db().query_one_raw(found).await?.ok_or_else(|| {
            Error::new(Code::NotFound).detail("the link does not exist, has expired or was revoked")
        })?;
        let color: String = row.try_get_by_index(2)?;
        Ok(LinkedNote {
            title: row.try_get_by_index(0)?,
            content: row.try_get_by_index(1)?,
            color: Color::from_db(&color),
            updated_at: row.try_get_by_index(3)?,
        })
    }

    /// Deletes expired links, up to 500 in one call, and returns their number.
    pub async fn remove_ended_note_links(&self) -> Result<u64, Error> {
        self.prune_rows("note_links", "id", "expires_at <= $1", clock::now())
            .await
    }
}

/// Checks that a user may share notes.
///
/// # Errors
///
/// `guest_not_allowed` for a guest, whose account and shares would expire; `unauthenticated` for a disabled account.
pub(super) fn require_may_share(user: &user::Model) -> Result<(), Error> {
    if user.disabled_at.is_some() {
        return Err(Error::new(Code::Unauthenticated));
    }
    if user.is_guest {
        return Err(Error::new(Code::GuestNotAllowed)
            .detail("guests cannot share notes; register with `POST /api/me/claim`"));
    }
    Ok(())
}

/// Checks that a note is not in the trash.
///
/// # Errors
///
/// `note_in_trash` if it is.
pub(super) fn require_not_in_trash(place: i16) -> Result<(), Error> {
    if Place::from_db(place) == Place::Trash {
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
