//! All notes of an account out of it, and many notes into it at once.

use std::collections::HashMap;

use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect, Statement, Value,
};
use uuid::Uuid;

use super::entity::{label, note, note_label, user};
use super::notes::{decode, select};
use super::{Owner, Store, revision, search};
use crate::clock;
use crate::domain::label::name_key;
use crate::domain::note::{Color, Note, Place};
use crate::domain::portable::{Bundle, PortableNote};
use crate::domain::{id, position};
use crate::error::{Code, Error};

/// Rows of one statement: far below the parameters that either database takes. Notes of one statement have one number in the row of changes, each
/// statement the next: what has one number is never divided among pages of changes, and thousands of notes are too many for a page.
const CHUNK: usize = 100;

/// How much was imported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Imported {
    /// Notes that were made.
    pub notes: usize,
    /// Labels that were made; those that were there are used.
    pub labels: usize,
}

impl Store {
    /// The notes of an account, place by place, each in the user's order. Read once, it is the table of contents of an export: notes that move
    /// meanwhile are neither lost nor repeated.
    pub async fn note_ids(&self, owner: Owner) -> Result<Vec<Uuid>, Error> {
        Ok(note::Entity::find()
            .select_only()
            .column(note::Column::Id)
            .filter(note::Column::UserId.eq(owner.id()))
            .order_by_asc(note::Column::Place)
            .order_by_asc(note::Column::PinRank)
            .order_by_asc(note::Column::Position)
            .order_by_asc(note::Column::Id)
            .into_tuple()
            .all(self.db())
            .await?)
    }

    /// These notes in this order, without those that are gone.
    pub async fn notes_of(&self, owner: Owner, ids: &[Uuid]) -> Result<Vec<Note>, Error> {
        let places: Vec<String> = (2..ids.len() + 2)
            .map(|place| format!("${place}"))
            .collect();
        let text = format!(
            "{} FROM notes n WHERE n.user_id = $1 AND n.id IN ({})",
            select(self.backend()),
            places.join(", ")
        );
        let mut values: Vec<Value> = vec![owner.id().into()];
        values.extend(ids.iter().map(|id| Value::from(*id)));
        let statement = Statement::from_sql_and_values(self.backend(), text, values);
        let rows = self.db().query_all_raw(statement).await?;
        let mut notes = HashMap::with_capacity(rows.len());
        for row in &rows {
            let note = decode(row)?;
            notes.insert(note.id, note);
        }
        Ok(ids.iter().filter_map(|id| notes.remove(id)).collect())
    }

    /// Adds labels and notes to an account, above what is there: all, or nothing. Labels that are there already keep their colour.
    pub async fn import(&self, owner: Owner, bundle: Bundle) -> Result<Imported, Error> {
        let tx = self.write().await?;
        let count = i32::try_from(bundle.notes.len()).map_err(Error::internal)?;
        let mut user = self.room_for(&tx, owner, count).await?;
        let (labels, made) = self.import_labels(&tx, &user, &bundle).await?;
        let notes = bundle.notes.len();
        let first_revision = user.revision;
        let mut counter = user.next_position;
        let mut rest = bundle.notes;
        while !rest.is_empty() {
            let later = rest.split_off(rest.len().min(CHUNK));
            let first = counter;
            counter += i64::try_from(rest.len()).map_err(Error::internal)?;
            put(&tx, owner, &user, first, rest, &labels).await?;
            user.revision += i64::from(!later.is_empty());
            rest = later;
        }
        let more = user.revision - first_revision;
        if more > 0 {
            revision::skip(&tx, owner, more).await?;
        }
        if notes + made > 0 {
            self.commit(tx, owner, user.revision).await?;
        }
        Ok(Imported {
            notes,
            labels: made,
        })
    }

    /// Makes the labels that are not there, and says which identifier each name has, and how many were made.
    async fn import_labels(
        &self,
        tx: &DatabaseTransaction,
        user: &user::Model,
        bundle: &Bundle,
    ) -> Result<(HashMap<String, Uuid>, usize), Error> {
        let there = label::Entity::find()
            .filter(label::Column::UserId.eq(user.id))
            .all(tx)
            .await?;
        let mut sort = there.iter().map(|label| label.sort + 1).max().unwrap_or(0);
        let mut ids: HashMap<String, Uuid> = there
            .into_iter()
            .map(|label| (label.name_key, label.id))
            .collect();
        let most = usize::try_from(self.limits().labels).unwrap_or(usize::MAX);
        let of_notes = bundle.notes.iter().flat_map(|note| &note.labels);
        let named = bundle
            .labels
            .iter()
            .map(|label| (&label.name, label.color))
            .chain(of_notes.map(|name| (name, Color::default())));
        let mut rows = Vec::new();
        let now = clock::now();
        for (name, color) in named {
            let key = name_key(name);
            if ids.contains_key(&key) {
                continue;
            }
            if ids.len() >= most {
                return Err(Error::new(Code::LimitReached).detail(format!(
                    "an account holds at most {most} labels, and with those of the import there would be more; nothing was imported"
                )));
            }
            let id = id::new();
            rows.push(label::ActiveModel {
                id: Set(id),
                user_id: Set(user.id),
                name: Set(name.trim().to_owned()),
                name_key: Set(key.clone()),
                color: Set(color.as_str().to_owned()),
                sort: Set(sort),
                version: Set(1),
                change_seq: Set(user.revision),
                created_at: Set(now),
                updated_at: Set(now),
            });
            ids.insert(key, id);
            sort += 1;
        }
        let made = rows.len();
        while !rows.is_empty() {
            let later = rows.split_off(rows.len().min(CHUNK));
            label::Entity::insert_many(rows)
                .exec_without_returning(tx)
                .await?;
            rows = later;
        }
        if made > 0 {
            let more = i32::try_from(made).map_err(Error::internal)?;
            user::Entity::update_many()
                .col_expr(
                    user::Column::LabelCount,
                    Expr::col(user::Column::LabelCount).add(more),
                )
                .filter(user::Column::Id.eq(user.id))
                .exec(tx)
                .await?;
        }
        Ok((ids, made))
    }
}

/// Makes notes, the first of them at this position.
async fn put(
    tx: &DatabaseTransaction,
    owner: Owner,
    user: &user::Model,
    first: i64,
    notes: Vec<PortableNote>,
    labels: &HashMap<String, Uuid>,
) -> Result<(), Error> {
    let mut pairs = Vec::new();
    let mut rows = Vec::with_capacity(notes.len());
    for (note, counter) in notes.into_iter().zip(first..) {
        let note_id = id::new();
        let mut label_ids: Vec<Uuid> = note
            .labels
            .iter()
            .filter_map(|name| labels.get(&name_key(name)).copied())
            .collect();
        label_ids.sort_unstable();
        label_ids.dedup();
        pairs.extend(
            label_ids
                .into_iter()
                .map(|label_id| note_label::ActiveModel {
                    note_id: Set(note_id),
                    label_id: Set(label_id),
                    user_id: Set(owner.id()),
                }),
        );
        rows.push(row(user, note, note_id, counter));
    }
    search::insert(tx, owner, rows).await?;
    while !pairs.is_empty() {
        let later = pairs.split_off(pairs.len().min(CHUNK));
        note_label::Entity::insert_many(pairs)
            .exec_without_returning(tx)
            .await?;
        pairs = later;
    }
    Ok(())
}

fn row(user: &user::Model, note: PortableNote, id: Uuid, counter: i64) -> note::ActiveModel {
    let now = clock::now();
    let trashed = note.place == Place::Trash;
    let created_at = Ord::min(note.created_at.unwrap_or(now), now);
    note::ActiveModel {
        id: Set(id),
        user_id: Set(user.id),
        place: Set(note.place.to_db()),
        trashed_from: Set(trashed.then(|| Place::Active.to_db())),
        // From now on: what was thrown away long ago would be deleted at once.
        trashed_at: Set(trashed.then_some(now)),
        pin_rank: Set(i16::from(!note.pinned)),
        position: Set(position::of_counter(counter)),
        title: Set(note.title),
        content: Set(note.content),
        color: Set(note.color.as_str().to_owned()),
        reminder_at: Set(note.reminder_at),
        // What is past has reminded already, or not at all.
        reminder_fired_at: Set(note.reminder_at.filter(|at| *at <= now)),
        reminder_fired_seq: Set(None),
        version: Set(1),
        change_seq: Set(user.revision),
        created_at: Set(created_at),
        updated_at: Set(Ord::clamp(
            note.updated_at.unwrap_or(created_at),
            created_at,
            now,
        )),
    }
}
