//! Saved filters of a user, in the order that the user arranged.

use std::collections::{HashMap, HashSet};

use sea_orm::ActiveValue::Set;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait,
    IntoActiveModel, PaginatorTrait as _, QueryFilter, QueryOrder, QuerySelect, SqlErr,
};
use uuid::Uuid;

use super::entity::{label, saved_filter as filter};
use super::labels::insert_tombstone;
use super::notes::{ListCursor, ListQuery, Order};
use super::search::{SearchCursor, SearchQuery};
use super::{ExpectedVersion, Owner, Store, revision};
use crate::clock;
use crate::content::text as words;
use crate::domain::filter::{Filter, MOST, PortableFilter, Query, QueryText, Sort};
use crate::domain::label::name_key;
use crate::domain::note::{Note, Place};
use crate::domain::{cursor, id};
use crate::error::{Code, Error};

/// Number that stands for filters in the `kind` column of tombstones.
pub(crate) const KIND_FILTER: i16 = 4;

/// A change to a saved filter. `None` leaves a property unchanged.
#[derive(Debug, Default)]
pub struct FilterChange {
    /// New name of the filter, unique among the user's filters regardless of case.
    pub name: Option<String>,
    /// New conditions of the filter, which replace all of the present ones.
    pub query: Option<Query<Uuid>>,
}

/// A page of the notes that a filter selects.
#[derive(Debug)]
pub struct FilteredPage {
    /// Notes of the page, in the order of the filter.
    pub notes: Vec<Note>,
    /// Cursor of the next page; `None` on the last page.
    pub next: Option<String>,
}

impl Store {
    /// Returns all saved filters of the user, in their order.
    pub async fn list_filters(&self, owner: Owner) -> Result<Vec<Filter>, Error> {
        let rows = list_filter_rows(self.db(), owner).await?;
        filters_from_rows(self.db(), owner, rows).await
    }

    /// Returns one saved filter of the user.
    ///
    /// # Errors
    ///
    /// `not_found` for an unknown filter.
    pub async fn get_filter(&self, owner: Owner, id: Uuid) -> Result<Filter, Error> {
        let row = find_filter(self.db(), owner, id).await?;
        filter_from_row(self.db(), owner, row).await
    }

    /// Returns a page of the notes that a filter selects, from the cursor of the page before.
    ///
    /// # Errors
    ///
    /// `not_found` for an unknown filter, `invalid_cursor` for the cursor of another list.
    pub async fn notes_of_filter(
        &self,
        owner: Owner,
        id: Uuid,
        limit: u16,
        after: Option<&str>,
    ) -> Result<FilteredPage, Error> {
        let query = query_from_row(&find_filter(self.db(), owner, id).await?)?;
        if let Some(text) = query.text {
            let after: Option<SearchCursor> = after.map(cursor::decode_key).transpose()?;
            let asked = SearchQuery {
                query: words::Query::parse(&text),
                place: query.place,
                labels: query.labels,
                pinned: query.pinned,
                color: query.color,
                reminds: query.reminds,
                limit,
                after,
            };
            let page = self.search_notes(owner, &asked).await?;
            return Ok(FilteredPage {
                notes: page.notes,
                next: page.next.as_ref().map(cursor::encode_key).transpose()?,
            });
        }
        let after: Option<ListCursor> = after.map(cursor::decode_key).transpose()?;
        let asked = ListQuery {
            place: query.place.unwrap_or(Place::Active),
            pinned: query.pinned,
            labels: query.labels,
            color: query.color,
            reminds: query.reminds,
            order: match query.sort {
                None | Some(Sort::Position) => Order::Position,
                Some(Sort::Reminder) => Order::Reminder,
            },
            limit,
            after,
        };
        let page = self.list_notes(owner, &asked).await?;
        Ok(FilteredPage {
            notes: page.notes,
            next: page.next.as_ref().map(cursor::encode_key).transpose()?,
        })
    }

    /// Creates a filter at the end of the order.
    ///
    /// # Errors
    ///
    /// `limit_reached` at [`MOST`] filters, `unknown_label` for a label that is not the user's, `conflict` for a name in use.
    pub async fn create_filter(
        &self,
        owner: Owner,
        name: &str,
        query: Query<Uuid>,
    ) -> Result<Filter, Error> {
        self.require_room().await?;
        let tx = self.begin_write().await?;
        let user = revision::take_next(&tx, owner).await?;
        let sort = next_sort_position(&tx, owner).await?.ok_or_else(|| {
            Error::new(Code::LimitReached).detail(format!(
                "an account can have at most {MOST} filters; delete one first"
            ))
        })?;
        let query = require_known_labels(&tx, owner, query).await?;
        let row = new_row(owner, name, query, sort, user.revision)?;
        let row = row
            .insert(&tx)
            .await
            .map_err(|error| map_name_taken(error, name))?;
        self.commit_revision(tx, owner, user.revision).await?;
        // The transaction has just checked its labels.
        let query = query_from_row(&row)?;
        Ok(build_filter(row, query, Vec::new()))
    }

    /// Changes a filter that has the expected version.
    ///
    /// # Errors
    ///
    /// `unknown_label` for a label that is not the user's, `conflict` for a name in use.
    pub async fn change_filter(
        &self,
        owner: Owner,
        id: Uuid,
        expected: &ExpectedVersion,
        change: FilterChange,
    ) -> Result<Filter, Error> {
        self.require_room().await?;
        let tx = self.begin_write().await?;
        let user = revision::take_next(&tx, owner).await?;
        let row = find_filter(&tx, owner, id).await?;
        expected.check_version(row.version)?;
        let name = change.name.clone().unwrap_or_else(|| row.name.clone());
        let version = row.version + 1;
        let mut row = row.into_active_model();
        if let Some(name) = change.name {
            row.name_key = Set(name_key(&name));
            row.name = Set(name.trim().to_owned());
        }
        if let Some(query) = change.query {
            row.query = Set(query_to_text(
                require_known_labels(&tx, owner, query).await?,
            )?);
        }
        row.version = Set(version);
        row.change_seq = Set(user.revision);
        row.updated_at = Set(clock::now());
        let row = row
            .update(&tx)
            .await
            .map_err(|error| map_name_taken(error, &name))?;
        let changed = filter_from_row(&tx, owner, row).await?;
        self.commit_revision(tx, owner, user.revision).await?;
        Ok(changed)
    }

    /// Arranges the filters in the given order, before filters that are not listed. Returns all of them.
    pub async fn order_filters(&self, owner: Owner, ids: &[Uuid]) -> Result<Vec<Filter>, Error> {
        let tx = self.begin_write().await?;
        let user = revision::take_next(&tx, owner).await?;
        let mut rows = list_filter_rows(&tx, owner).await?;
        if let Some(unknown) = ids.iter().find(|id| rows.iter().all(|row| row.id != **id)) {
            return Err(
                Error::not_found("filter").detail(format!("no filter has the id {unknown}"))
            );
        }
        // The sort is stable: filters that are not listed keep their order.
        rows.sort_by_key(|row| ids.iter().position(|id| *id == row.id).unwrap_or(ids.len()));
        for (sort, row) in (0..).zip(&mut rows) {
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
        let ordered = filters_from_rows(&tx, owner, rows).await?;
        self.commit_revision(tx, owner, user.revision).await?;
        Ok(ordered)
    }

    /// Deletes a filter that has the expected version. The notes that it selects are unaffected.
    pub async fn delete_filter(
        &self,
        owner: Owner,
        id: Uuid,
        expected: &ExpectedVersion,
    ) -> Result<(), Error> {
        let tx = self.begin_write().await?;
        let user = revision::take_next(&tx, owner).await?;
        let row = find_filter(&tx, owner, id).await?;
        expected.check_version(row.version)?;
        filter::Entity::delete_by_id(row.id).exec(&tx).await?;
        insert_tombstone(&tx, owner, user.revision, KIND_FILTER, id).await?;
        self.commit_revision(tx, owner, user.revision).await
    }
}

/// Creates the imported filters whose names are new, up to the limit. Returns their number, and the names of filters left out because there was no
/// room for them or for their labels.
pub(super) async fn import_filters(
    tx: &DatabaseTransaction,
    owner: Owner,
    filters: &[PortableFilter],
    labels: &HashMap<String, Uuid>,
    revision: i64,
) -> Result<(usize, Vec<String>), Error> {
    if filters.is_empty() {
        return Ok((0, Vec::new()));
    }
    let there = list_filter_rows(tx, owner).await?;
    let mut sort = there.iter().map(|row| row.sort + 1).max().unwrap_or(0);
    let mut names: HashSet<String> = there.into_iter().map(|row| row.name_key).collect();
    let (mut rows, mut without_room) = (Vec::new(), Vec::new());
    for one in filters {
        if names.contains(&name_key(&one.name)) {
            continue;
        }
        if names.len() >= MOST {
            without_room.push(one.name.clone());
            continue;
        }
        let wanted = &one.query.labels;
        let ids = wanted.iter().filter_map(|name| labels.get(&name_key(name)));
        let ids: Vec<Uuid> = ids.copied().collect();
        if ids.is_empty() && !wanted.is_empty() {
            // Without any of its labels, the filter would select all notes.
            without_room.push(one.name.clone());
            continue;
        }
        names.insert(name_key(&one.name));
        let query = one.query.clone().with_labels(ids);
        rows.push(new_row(owner, &one.name, query, sort, revision)?);
        sort += 1;
    }
    let count = rows.len();
    if count > 0 {
        filter::Entity::insert_many(rows)
            .exec_without_returning(tx)
            .await?;
    }
    Ok((count, without_room))
}

/// Converts rows to filters, with the labels that no longer exist.
pub(super) async fn filters_from_rows(
    db: &impl ConnectionTrait,
    owner: Owner,
    rows: Vec<filter::Model>,
) -> Result<Vec<Filter>, Error> {
    let queries = rows
        .iter()
        .map(query_from_row)
        .collect::<Result<Vec<_>, _>>()?;
    let named: HashSet<Uuid> = queries
        .iter()
        .flat_map(|query| query.labels.iter().copied())
        .collect();
    let there = labels_among(db, owner, named.into_iter().collect()).await?;
    let filters = rows.into_iter().zip(queries).map(|(row, query)| {
        let missing = query.labels.iter().copied();
        let missing = missing.filter(|id| !there.contains(id)).collect();
        build_filter(row, query, missing)
    });
    Ok(filters.collect())
}

async fn filter_from_row(
    db: &impl ConnectionTrait,
    owner: Owner,
    row: filter::Model,
) -> Result<Filter, Error> {
    let filters = filters_from_rows(db, owner, vec![row]).await?;
    let filter = filters.into_iter().next();
    filter.ok_or_else(|| Error::internal("a row is one filter"))
}

async fn labels_among(
    db: &impl ConnectionTrait,
    owner: Owner,
    mut ids: Vec<Uuid>,
) -> Result<HashSet<Uuid>, Error> {
    if ids.is_empty() {
        return Ok(HashSet::new());
    }
    ids.sort_unstable();
    let found: Vec<Uuid> = label::Entity::find()
        .select_only()
        .column(label::Column::Id)
        .filter(label::Column::UserId.eq(owner.id()))
        .filter(label::Column::Id.is_in(ids))
        .into_tuple()
        .all(db)
        .await?;
    Ok(found.into_iter().collect())
}

/// Returns the query with each label once.
///
/// # Errors
///
/// `unknown_label` if a label is not the user's.
async fn require_known_labels(
    tx: &DatabaseTransaction,
    owner: Owner,
    mut query: Query<Uuid>,
) -> Result<Query<Uuid>, Error> {
    query.labels.sort_unstable();
    query.labels.dedup();
    let there = labels_among(tx, owner, query.labels.clone()).await?;
    if there.len() == query.labels.len() {
        return Ok(query);
    }
    Err(Error::invalid(
        "/query/labelIds",
        "unknown_label",
        "contains a label that does not exist; `GET /api/labels` lists the labels",
    ))
}

/// Returns the position for another filter; `None` if the user has [`MOST`] filters.
async fn next_sort_position(tx: &DatabaseTransaction, owner: Owner) -> Result<Option<i32>, Error> {
    let of_owner = filter::Entity::find().filter(filter::Column::UserId.eq(owner.id()));
    let count = of_owner.clone().count(tx).await?;
    if usize::try_from(count).is_ok_and(|count| count >= MOST) {
        return Ok(None);
    }
    let last = of_owner.order_by_desc(filter::Column::Sort).one(tx).await?;
    Ok(Some(last.map_or(0, |last| last.sort + 1)))
}

async fn list_filter_rows(
    db: &impl ConnectionTrait,
    owner: Owner,
) -> Result<Vec<filter::Model>, Error> {
    Ok(filter::Entity::find()
        .filter(filter::Column::UserId.eq(owner.id()))
        .order_by_asc(filter::Column::Sort)
        .order_by_asc(filter::Column::Id)
        .all(db)
        .await?)
}

async fn find_filter(
    db: &impl ConnectionTrait,
    owner: Owner,
    id: Uuid,
) -> Result<filter::Model, Error> {
    filter::Entity::find_by_id(id)
        .filter(filter::Column::UserId.eq(owner.id()))
        .one(db)
        .await?
        .ok_or_else(|| Error::not_found("filter"))
}

fn new_row(
    owner: Owner,
    name: &str,
    query: Query<Uuid>,
    sort: i32,
    revision: i64,
) -> Result<filter::ActiveModel, Error> {
    let now = clock::now();
    Ok(filter::ActiveModel {
        id: Set(id::new()),
        user_id: Set(owner.id()),
        name: Set(name.trim().to_owned()),
        name_key: Set(name_key(name)),
        query: Set(query_to_text(query)?),
        sort: Set(sort),
        version: Set(1),
        change_seq: Set(revision),
        created_at: Set(now),
        updated_at: Set(now),
    })
}

fn query_to_text(query: Query<Uuid>) -> Result<String, Error> {
    serde_json::to_string(&QueryText::from(query)).map_err(Error::internal)
}

fn query_from_row(row: &filter::Model) -> Result<Query<Uuid>, Error> {
    let text: QueryText<Uuid> = serde_json::from_str(&row.query).map_err(Error::internal)?;
    Ok(text.into())
}

fn build_filter(row: filter::Model, query: Query<Uuid>, missing: Vec<Uuid>) -> Filter {
    Filter {
        id: row.id,
        name: row.name,
        query,
        missing,
        sort: row.sort,
        version: row.version,
        created_at: row.created_at,
        updated_at: row.updated_at,
    }
}

fn map_name_taken(error: sea_orm::DbErr, name: &str) -> Error {
    match error.sql_err() {
        Some(SqlErr::UniqueConstraintViolation(_)) => Error::new(Code::Conflict).detail(format!(
            "a filter named `{}` exists already; names are not case-sensitive",
            name.trim()
        )),
        _ => error.into(),
    }
}
