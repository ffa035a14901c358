//! Labels of a user, in the order that the user arranged.

use sea_orm::ActiveValue::Set;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait,
    IntoActiveModel, QueryFilter, QueryOrder, SqlErr, Statement,
};
use uuid::Uuid;

use super::entity::{label, tombstone};
use super::revision::{self, CounterChanges};
use super::sharing::AffectedShares;
use super::{ExpectedVersion, Owner, Store, webhooks};
use crate::clock;
use crate::counted::format_count;
use crate::domain::id;
use crate::domain::label::{Label, name_key};
use crate::domain::note::Color;
use crate::domain::webhook::{Event, OccurredEvent};
use crate::error::{Code, Error};

/// A change to a label. `None` leaves a property unchanged.
#[derive(Debug, Default)]
pub struct LabelChange {
    /// New name of the label.
    pub name: Option<String>,
    /// New colour of the label.
    pub color: Option<Color>,
}

/// Number that stands for labels in the `kind` column of tombstones.
pub(crate) const KIND_LABEL: i16 = 1;

/// Maximum number of notes that get one revision when a label is deleted.
const UNDER_ONE_NUMBER: i64 = 100;

impl Store {
    /// Returns all labels of the user, in their order.
    pub async fn list_labels(&self, owner: Owner) -> Result<Vec<Label>, Error> {
        let rows = label::Entity::find()
            .filter(label::Column::UserId.eq(owner.id()))
            .order_by_asc(label::Column::Sort)
            .order_by_asc(label::Column::Id)
            .all(self.db())
            .await?;
        Ok(rows.into_iter().map(Label::from).collect())
    }

    /// Returns one label of the user.
    ///
    /// # Errors
    ///
    /// `not_found` for an unknown label.
    pub async fn get_label(&self, owner: Owner, id: Uuid) -> Result<Label, Error> {
        Ok(find_label(self.db(), owner, id).await?.into())
    }

    /// Creates a label at the end of the order.
    ///
    /// # Errors
    ///
    /// `limit_reached` at the limit of the account, `label_name_taken` for a name in use.
    pub async fn create_label(
        &self,
        owner: Owner,
        name: &str,
        color: Color,
    ) -> Result<Label, Error> {
        self.require_room().await?;
        let tx = self.begin_write().await?;
        let user = revision::take_with_counters(
            &tx,
            owner,
            CounterChanges {
                labels: 1,
                ..CounterChanges::default()
            },
        )
        .await?;
        let most = self.limits().labels;
        if i64::from(user.label_count) > i64::from(most) {
            return Err(Error::new(Code::LimitReached).detail(format!(
                "an account can have at most {}; delete one first",
                format_count(most.into(), "label")
            )));
        }
        let last = label::Entity::find()
            .filter(label::Column::UserId.eq(owner.id()))
            .order_by_desc(label::Column::Sort)
            .one(&tx)
            .await?;
        let now = clock::now();
        let new = label::ActiveModel {
            id: Set(id::new()),
            user_id: Set(owner.id()),
            name: Set(name.trim().to_owned()),
            name_key: Set(name_key(name)),
            color: Set(color.as_str().to_owned()),
            sort: Set(last.map_or(0, |last| last.sort + 1)),
            version: Set(1),
            change_seq: Set(user.revision),
            created_at: Set(now),
            updated_at: Set(now),
        };
        let row = new
            .insert(&tx)
            .await
            .map_err(|error| map_name_taken(error, name))?;
        let made = OccurredEvent::about_label(Event::LabelCreated, row.id);
        webhooks::insert_deliveries(&tx, &user, user.revision, &[made]).await?;
        self.commit_revision(tx, owner, user.revision).await?;
        Ok(row.into())
    }

    /// Changes a label that has the expected version.
    ///
    /// # Errors
    ///
    /// `label_name_taken` for a name in use.
    pub async fn change_label(
        &self,
        owner: Owner,
        id: Uuid,
        expected: &ExpectedVersion,
        change: LabelChange,
    ) -> Result<Label, Error> {
        self.require_room().await?;
        let tx = self.begin_write().await?;
        let user = revision::take_next(&tx, owner).await?;
        let row = find_label(&tx, owner, id).await?;
        expected.check_version(row.version)?;
        let name = change.name.clone().unwrap_or_else(|| row.name.clone());
        let mut row = row.into_active_model();
        if let Some(name) = change.name {
            row.name_key = Set(name_key(&name));
            row.name = Set(name.trim().to_owned());
        }
        if let Some(color) = change.color {
            row.color = Set(color.as_str().to_owned());
        }
        row.version = Set(row.version.take().unwrap_or_default() + 1);
        row.change_seq = Set(user.revision);
        row.updated_at = Set(clock::now());
        let row = row
            .update(&tx)
            .await
            .map_err(|error| map_name_taken(error, &name))?;
        let changed = OccurredEvent::about_label(Event::LabelUpdated, id);
        webhooks::insert_deliveries(&tx, &user, user.revision, &[changed]).await?;
        self.commit_revision(tx, owner, user.revision).await?;
        Ok(row.into())
    }

    /// Arranges the labels in the given order, before labels that are not listed. Returns all of them.
    pub async fn order_labels(&self, owner: Owner, ids: &[Uuid]) -> Result<Vec<Label>, Error> {
        let tx = self.begin_write().await?;
        let user = revision::take_next(&tx, owner).await?;
        let rows = label::Entity::find()
            .filter(label::Column::UserId.eq(owner.id()))
            .order_by_asc(label::Column::Sort)
            .order_by_asc(label::Column::Id)
            .all(&tx)
            .await?;
        if let Some(unknown) = ids.iter().find(|id| rows.iter().all(|row| row.id != **id)) {
            return Err(Error::not_found("label").detail(format!("no label has the id {unknown}")));
        }
        let place =
            |row: &label::Model| ids.iter().position(|id| *id == row.id).unwrap_or(ids.len());
        let mut ordered = rows;
        // The sort is stable: labels that are not listed keep their order.
        ordered.sort_by_key(place);
        for (sort, row) in (0..).zip(&mut ordered) {
            if row.sort == sort {
                continue;
            }
            let mut change = row.clone().into_active_model();
            change.sort = Set(sort);
            change.version = Set(row.version + 1);
            change.change_seq = Set(user.revision);
            change.updated_at = Set(clock::now());
            *row = change.update(&tx).await?;
        }
        self.commit_revision(tx, owner, user.revision).await?;
        Ok(ordered.into_iter().map(Label::from).collect())
    }

    /// Deletes a label that has the expected version, and removes it from its notes, which get a new version.
    pub async fn delete_label(
        &self,
        owner: Owner,
        id: Uuid,
        expected: &ExpectedVersion,
    ) -> Result<(), Error> {
        let tx = self.begin_write().await?;
        let user = revision::take_with_counters(
            &tx,
            owner,
            CounterChanges {
                labels: -1,
                ..CounterChanges::default()
            },
        )
        .await?;
        let row = find_label(&tx, owner, id).await?;
        expected.check_version(row.version)?;
        let recipients = AffectedShares::collect_by_label(&tx, owner, id)
            .await?
            .insert_for_recipients(&tx, owner)
            .await?;
        let revision = touch_notes(&tx, owner, id, user.revision).await?;
        label::Entity::delete_many()
            .filter(label::Column::Id.eq(id))
            .filter(label::Column::UserId.eq(owner.id()))
            .exec(&tx)
            .await?;
        insert_tombstone(&tx, owner, revision, KIND_LABEL, id).await?;
        let deleted = OccurredEvent::about_label(Event::LabelDeleted, id);
        webhooks::insert_deliveries(&tx, &user, revision, &[deleted]).await?;
        self.commit_shared(tx, owner, revision, recipients).await
    }
}

/// Gives a new version to all notes with a label, with one revision per hundred notes, and returns the last revision. Pages of changes never split a
/// revision, and thousands of notes would be too many for a page.
async fn touch_notes(
    tx: &DatabaseTransaction,
    owner: Owner,
    label: Uuid,
    first: i64,
) -> Result<i64, Error> {
    const SQL: &str = "UPDATE notes SET version = version + 1, change_seq = $1 + c.nth / $2 \
         FROM (SELECT note_id, row_number() OVER (ORDER BY note_id) - 1 AS nth FROM note_labels WHERE label_id = $3) c \
         WHERE notes.id = c.note_id AND notes.user_id = $4";
    let values = [
        first.into(),
        UNDER_ONE_NUMBER.into(),
        label.into(),
        owner.id().into(),
    ];
    let touch = Statement::from_sql_and_values(tx.get_database_backend(), SQL, values);
    let touched = tx.execute_raw(touch).await?.rows_affected();
    let touched = i64::try_from(touched).map_err(Error::internal)?;
    let more = (touched - 1).max(0) / UNDER_ONE_NUMBER;
    if more > 0 {
        revision::skip_revisions(tx, owner, more).await?;
    }
    Ok(first + more)
}

/// Writes a tombstone for a permanent deletion.
pub(super) async fn insert_tombstone(
    tx: &DatabaseTransaction,
    owner: Owner,
    revision: i64,
    kind: i16,
    id: Uuid,
) -> Result<(), Error> {
    let stone = tombstone::ActiveModel {
        user_id: Set(owner.id()),
        change_seq: Set(revision),
        kind: Set(kind),
        entity_id: Set(id),
        deleted_at: Set(clock::now()),
    };
    tombstone::Entity::insert(stone)
        .exec_without_returning(tx)
        .await?;
    Ok(())
}

async fn find_label(
    db: &impl ConnectionTrait,
    owner: Owner,
    id: Uuid,
) -> Result<label::Model, Error> {
    label::Entity::find_by_id(id)
        .filter(label::Column::UserId.eq(owner.id()))
        .one(db)
        .await?
        .ok_or_else(|| Error::not_found("label"))
}

fn map_name_taken(error: sea_orm::DbErr, name: &str) -> Error {
    match error.sql_err() {
        Some(SqlErr::UniqueConstraintViolation(_)) => {
            Error::new(Code::LabelNameTaken).detail(format!(
                "a label named `{}` exists already; names are not case-sensitive",
                name.trim()
            ))
        }
        _ => error.into(),
    }
}

impl From<label::Model> for Label {
    fn from(row: label::Model) -> Self {
        Self {
            id: row.id,
            name: row.name,
            color: Color::from_db(&row.color),
            sort: row.sort,
            version: row.version,
            created_at: row.created_at,
            updated_at: row.updated_at,
        }
    }
}
