//! Predefined notes in new accounts.

use chrono::TimeDelta;
use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, PaginatorTrait, QueryFilter};
use uuid::Uuid;

use super::entity::{label, note, note_label, user};
use super::revision::{self, CounterChanges};
use super::users::{self, NewUser};
use super::{Owner, Store, search};
use crate::domain::account::fold_name;
use crate::domain::demo::DEMO;
use crate::domain::label::name_key;
use crate::domain::note::Place;
use crate::domain::samples::{SampleNote, Samples};
use crate::domain::{id, position};
use crate::error::Error;

impl Store {
    /// Creates an account with the demo content in one transaction. Returns false, and changes nothing, if an account with this username exists.
    pub async fn create_demo(&self, new: NewUser) -> Result<bool, Error> {
        self.require_room().await?;
        let tx = self.begin_write().await?;
        let present = user::Entity::find()
            .filter(user::Column::UsernameKey.eq(fold_name(&new.username)))
            .count(&tx)
            .await?;
        if present > 0 {
            return Ok(false);
        }
        let owner = users::insert_user(&tx, new).await?;
        insert_samples(&tx, owner, &DEMO).await?;
        tx.commit().await?;
        Ok(true)
    }
}

/// Adds labels and notes to an account, in one revision and with one statement per table.
pub(super) async fn insert_samples(
    tx: &DatabaseTransaction,
    owner: Owner,
    samples: &Samples,
) -> Result<(), Error> {
    let notes = to_column_value(samples.notes.len())?;
    let taking = CounterChanges {
        notes,
        labels: to_column_value(samples.labels.len())?,
        positions: notes.into(),
    };
    let user = revision::take_with_counters(tx, owner, taking).await?;
    let label_ids: Vec<Uuid> = samples.labels.iter().map(|_| id::new()).collect();
    label::Entity::insert_many(samples.labels.iter().zip(&label_ids).zip(0..).map(
        |(((name, color), id), sort)| label::ActiveModel {
            id: Set(*id),
            user_id: Set(owner.id()),
            name: Set((*name).to_owned()),
            name_key: Set(name_key(name)),
            color: Set(color.as_str().to_owned()),
            sort: Set(sort),
            version: Set(1),
            change_seq: Set(user.revision),
            created_at: Set(user.created_at),
            updated_at: Set(user.created_at),
        },
    ))
    .exec_without_returning(tx)
    .await?;
    let note_ids: Vec<Uuid> = samples.notes.iter().map(|_| id::new()).collect();
    let from_the_top = samples.notes.iter().zip(&note_ids);
    let rows = from_the_top
        .clone()
        .zip(user.next_position..)
        .map(|((note, id), counter)| build_note_row(&user, note, *id, counter));
    search::insert_indexed(tx, owner, rows.collect()).await?;
    let pairs = from_the_top.flat_map(|(note, note_id)| {
        let label_ids = note.labels.iter().filter_map(|label| label_ids.get(*label));
        label_ids.map(|label_id| (*note_id, *label_id))
    });
    note_label::Entity::insert_many(pairs.map(|(note_id, label_id)| note_label::ActiveModel {
        note_id: Set(note_id),
        label_id: Set(label_id),
        user_id: Set(owner.id()),
    }))
    .exec_without_returning(tx)
    .await?;
    Ok(())
}

fn build_note_row(
    user: &user::Model,
    note: &SampleNote,
    id: Uuid,
    counter: i64,
) -> note::ActiveModel {
    let trashed = note.place == Place::Trash;
    let now = user.created_at;
    note::ActiveModel {
        id: Set(id),
        user_id: Set(user.id),
        place: Set(note.place.to_db()),
        trashed_from: Set(trashed.then(|| Place::Active.to_db())),
        trashed_at: Set(trashed.then_some(now)),
        pin_rank: Set(i16::from(!note.pinned)),
        position: Set(position::from_counter(counter)),
        title: Set(note.title.to_owned()),
        content: Set(note.content.to_owned()),
        color: Set(note.color.as_str().to_owned()),
        reminder_at: Set(note
            .reminds_in_hours
            .map(|hours| now + TimeDelta::hours(hours.into()))),
        reminder_fired_at: Set(None),
        reminder_fired_seq: Set(None),
        reminder_recurrence: Set(None),
        reminder_fired_for: Set(None),
        is_shared: Set(false),
        author_id: Set(None),
        version: Set(1),
        change_seq: Set(user.revision),
        created_at: Set(now),
        updated_at: Set(now),
        attachment_count: Set(0),
        cover_id: Set(None),
        cover_width: Set(None),
        cover_height: Set(None),
    }
}

fn to_column_value(length: usize) -> Result<i32, Error> {
    i32::try_from(length).map_err(Error::internal)
}
