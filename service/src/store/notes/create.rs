//! Creation of notes, within the limits of an account.

use sea_orm::ActiveValue::Set;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, DbBackend, EntityTrait, PaginatorTrait,
    QueryFilter, Statement,
};
use uuid::Uuid;

use super::read;
use crate::clock;
use crate::counted::format_count;
use crate::domain::note::{NewNote, Note, Place};
use crate::domain::reminder::Reminder;
use crate::domain::webhook::{Event, OccurredEvent};
use crate::domain::{id, position};
use crate::error::{Code, Error};
use crate::events::DataRevision;
use crate::store::entity::{label, note, note_label, user};
use crate::store::revision::{self, CounterChanges};
use crate::store::{Owner, Store, idempotency, search, webhooks};

/// An idempotency key, by which a repeated request creates one note.
#[derive(Debug, Clone)]
pub struct RequestKey {
    /// Value of the key in the request.
    pub name: String,
    /// Hash of the request, which must be the same on repetition.
    pub request_hash: Vec<u8>,
}

/// The result of creating a note.
#[derive(Debug)]
pub enum Created {
    /// The request created this note.
    New(Note),
    /// An earlier request with the same key created this note.
    Replayed(Note),
}

impl Store {
    /// Creates a note at the top of the main list.
    ///
    /// # Errors
    ///
    /// `limit_reached` at the limit of the account, `unknown_label` for a label that is not the user's.
    pub async fn create_note(
        &self,
        owner: Owner,
        new: NewNote,
        key: Option<RequestKey>,
    ) -> Result<Created, Error> {
        self.require_room().await?;
        let new =
            if key.is_none() && new.label_ids.is_empty() && self.backend() == DbBackend::Postgres {
                match self.create_in_one_statement(owner, new).await? {
                    Ok(note) => return Ok(Created::New(note)),
                    Err(new) => new,
                }
            } else {
                new
            };
        let tx = self.begin_write().await?;
        let user = self.reserve_room(&tx, owner, 1).await?;
        let id = id::new();
        if let Some(key) = key {
            let before =
                idempotency::claim_key(&tx, owner, &key.name, &key.request_hash, id).await?;
            if let Some(before) = before {
                // Nothing was created, so the transaction is rolled back.
                let note = read::load_note(&tx, owner, before).await.map_err(|_| {
                    Error::new(Code::Conflict)
                        .detail("the note that was created with this idempotency key has been deleted permanently")
                })?;
                return Ok(Created::Replayed(note));
            }
        }
        let note = insert_note(&tx, owner, id, &user, user.next_position, new).await?;
        let made = OccurredEvent::about_note(Event::NoteCreated, id);
        webhooks::insert_deliveries(&tx, &user, user.revision, &[made]).await?;
        self.commit_revision(tx, owner, user.revision).await?;
        Ok(Created::New(note))
    }

    /// Takes a revision, and reserves room and positions for notes.
    ///
    /// # Errors
    ///
    /// `limit_reached` if the account would exceed its limit.
    pub(in crate::store) async fn reserve_room(
        &self,
        tx: &DatabaseTransaction,
        owner: Owner,
        notes: i32,
    ) -> Result<user::Model, Error> {
        let taking = CounterChanges {
            notes,
            positions: notes.into(),
            ..CounterChanges::default()
        };
        let user = revision::take_with_counters(tx, owner, taking).await?;
        let most = self.max_notes(user.is_guest);
        if i64::from(user.note_count) > i64::from(most) {
            return Err(note_limit_error(most));
        }
        Ok(user)
    }

    /// Returns the maximum number of notes in an account.
    pub(in crate::store) fn max_notes(&self, is_guest: bool) -> u32 {
        if is_guest {
            self.limits().guest_notes
        } else {
            self.limits().notes
        }
    }

    /// Creates a note in one statement instead of five. Returns the content unchanged if the account is full or has webhooks, which the general path
    /// handles.
    async fn create_in_one_statement(
        &self,
        owner: Owner,
        new: NewNote,
    ) -> Result<Result<Note, NewNote>, Error> {
        const TEXT: &str = "
            WITH u AS (
                UPDATE users SET revision = revision + 1, note_count = note_count + 1, next_position = next_position - 1
                 WHERE id = $1 AND note_count < CASE WHEN is_guest THEN $2 ELSE $3 END AND webhook_count = 0
                RETURNING revision, next_position)
            INSERT INTO notes (id, user_id, place, pin_rank, position, title, content, color, reminder_at, reminder_recurrence, version, change_seq, created_at, updated_at, vector)
            SELECT $4, $1, 0, $5, int8send(u.next_position), $6, $7, $8, $9, $12, 1, u.revision, $10, $10, $11::tsvector FROM u
            RETURNING position, change_seq";
        let id = id::new();
        let now = clock::now();
        let reminder = new.reminder.clone().apply_to(Reminder::default(), now)?;
        let recurrence = reminder.recurrence.as_ref().map(ToString::to_string);
        let bound = |limit: u32| i32::try_from(limit).unwrap_or(i32::MAX);
        let values = [
            owner.id().into(),
            bound(self.limits().guest_notes).into(),
            bound(self.limits().notes).into(),
            id.into(),
            i16::from(!new.pinned).into(),
            new.title.clone().into(),
            new.content.clone().into(),
            new.color.as_str().into(),
            reminder.at.into(),
            now.into(),
            search::build_vector(owner, &new.title, &new.content, "").into(),
            recurrence.into(),
        ];
        let statement = Statement::from_sql_and_values(DbBackend::Postgres, TEXT, values);
        let Some(row) = self.db().query_one_raw(statement).await? else {
            return Ok(Err(new));
        };
        let revision = row.try_get_by_index(1)?;
        self.events()
            .publish_revision(owner, DataRevision { revision });
        Ok(Ok(Note {
            id,
            title: new.title,
            content: new.content,
            color: new.color,
            pinned: new.pinned,
            place: Place::Active,
            label_ids: Vec::new(),
            reminder_at: reminder.at,
            recurrence: reminder.recurrence,
            trashed_at: None,
            version: 1,
            position: row.try_get_by_index(0)?,
            created_at: now,
            updated_at: now,
            attachment_count: 0,
            cover: None,
            shared: false,
            written_by: None,
        }))
    }
}

fn note_limit_error(most: u32) -> Error {
    Error::new(Code::LimitReached).detail(format!(
        "this account can have at most {}, including those in the trash; delete notes permanently first",
        format_count(most.into(), "note")
    ))
}

/// Inserts a note within a transaction, at the position with this counter.
pub(in crate::store) async fn insert_note(
    tx: &DatabaseTransaction,
    owner: Owner,
    id: Uuid,
    user: &user::Model,
    position: i64,
    new: NewNote,
) -> Result<Note, Error> {
    let now = clock::now();
    let reminder = new.reminder.apply_to(Reminder::default(), now)?;
    let row = note::ActiveModel {
        id: Set(id),
        user_id: Set(owner.id()),
        place: Set(Place::Active.to_db()),
        trashed_from: Set(None),
        trashed_at: Set(None),
        pin_rank: Set(i16::from(!new.pinned)),
        position: Set(position::from_counter(position)),
        title: Set(new.title),
        content: Set(new.content),
        color: Set(new.color.as_str().to_owned()),
        reminder_at: Set(reminder.at),
        reminder_fired_at: Set(None),
        reminder_fired_seq: Set(None),
        reminder_recurrence: Set(reminder.recurrence.map(|series| series.to_string())),
        reminder_fired_for: Set(None),
        version: Set(1),
        change_seq: Set(user.revision),
        created_at: Set(now),
        updated_at: Set(now),
        is_shared: Set(false),
        author_id: Set(None),
        attachment_count: Set(0),
        cover_id: Set(None),
        cover_width: Set(None),
        cover_height: Set(None),
    };
    let made = search::insert_indexed(tx, owner, vec![row]).await?.pop();
    let row = made.ok_or_else(|| Error::internal("a note that was made is there"))?;
    let label_ids = insert_labels(tx, owner, id, new.label_ids).await?;
    read::note_from_row(tx, row, label_ids).await
}

/// Adds labels to a note without any, and returns them in order.
///
/// # Errors
///
/// `unknown_label` if one is not the user's.
pub(super) async fn insert_labels(
    tx: &DatabaseTransaction,
    owner: Owner,
    note_id: Uuid,
    mut ids: Vec<Uuid>,
) -> Result<Vec<Uuid>, Error> {
    ids.sort_unstable();
    ids.dedup();
    if ids.is_empty() {
        return Ok(ids);
    }
    require_known_labels(tx, owner, &ids).await?;
    let rows = ids.iter().map(|label_id| note_label::ActiveModel {
        note_id: Set(note_id),
        label_id: Set(*label_id),
        user_id: Set(owner.id()),
    });
    note_label::Entity::insert_many(rows)
        .exec_without_returning(tx)
        .await?;
    Ok(ids)
}

/// Checks that all identifiers, each listed once, are labels of the user.
///
/// # Errors
///
/// `unknown_label` if one is not.
pub(super) async fn require_known_labels(
    tx: &DatabaseTransaction,
    owner: Owner,
    ids: &[Uuid],
) -> Result<(), Error> {
    let known = label::Entity::find()
        .filter(label::Column::UserId.eq(owner.id()))
        .filter(label::Column::Id.is_in(ids.iter().copied()))
        .count(tx)
        .await?;
    if usize::try_from(known).ok() == Some(ids.len()) {
        Ok(())
    } else {
        Err(Error::invalid(
            "/labelIds",
            "unknown_label",
            "contains a label that does not exist; `GET /api/labels` lists the labels",
        ))
    }
}
