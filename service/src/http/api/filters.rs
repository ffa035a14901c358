//! `/api/filters`: filters that a user has saved, in the user's order.

use chrono::{DateTime, Utc};
use poem_openapi::param::{Header, Path, Query};
use poem_openapi::{ApiResponse, Enum, Object, OpenApi};
use serde::Serialize;
use uuid::Uuid;

use super::Tag;
use super::model::{Color, Note, Place};
use super::notes::default_limit;
use super::shown::{Fields, Form, shown};
use crate::domain::filter;
use crate::error::Error;
use crate::http::caller::Caller;
use crate::http::etag::{IfMatch, etag};
use crate::http::payload::{Body, Out};
use crate::http::problem::{
    CALLER, CONFLICT, INPUT, JSON, MALFORMED, NOT_FOUND, PRECONDITION, Problems,
};
use crate::store::filters::FilterChange;

pub(crate) struct Filters;

/// MiB that a page counts as: it may be that of a search.
const PAGE_MIB: u32 = 2;

/// An order of the notes of a filter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum, Serialize)]
#[oai(rename_all = "lowercase", rename = "FilterSort")]
#[serde(rename_all = "lowercase")]
pub(super) enum Sort {
    Position,
    Reminder,
}

/// The conditions of a filter: the parameters of `GET /api/notes`, or with `q` those of `GET /api/search`.
#[derive(Debug, Object)]
#[oai(rename_all = "camelCase", deny_unknown_fields)]
struct FilterQuery {
    /// The place of its notes. If none is named the active ones, with `q` everywhere but in the trash.
    place: Option<Place>,
    /// Only those that are pinned, or those that are not.
    pinned: Option<bool>,
    /// Only those with any of these labels.
    #[oai(validator(max_items = 20))]
    label_ids: Option<Vec<Uuid>>,
    /// Only those of this colour.
    color: Option<Color>,
    /// Only those that remind, or those that do not.
    has_reminder: Option<bool>,
    /// Their order: `position` if nothing is said, or `reminder` for only those that remind, the earliest first. Not with `q`, of which the best matches come first.
    sort: Option<Sort>,
    /// Words that its notes say, as `GET /api/search` takes them.
    #[oai(validator(min_length = 1, max_length = 200))]
    q: Option<String>,
}

/// The conditions of a saved filter: the parameters of `GET /api/notes`, or with `q` those of `GET /api/search`.
#[derive(Debug, Object, Serialize)]
#[oai(rename_all = "camelCase", skip_serializing_if_is_none)]
#[serde(rename_all = "camelCase")]
struct SavedQuery {
    /// The place of its notes. If none is named the active ones, with `q` everywhere but in the trash.
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<Place>,
    /// Only those that are pinned, or those that are not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pinned: Option<bool>,
    /// Only those with any of these labels.
    #[serde(skip_serializing_if = "Option::is_none")]
    label_ids: Option<Vec<Uuid>>,
    /// Only those of this colour.
    #[serde(skip_serializing_if = "Option::is_none")]
    color: Option<Color>,
    /// Only those that remind, or those that do not.
    #[serde(skip_serializing_if = "Option::is_none")]
    has_reminder: Option<bool>,
    /// Their order: `position` if nothing is said, or `reminder` for only those that remind, the earliest first. Absent with `q`, of which the best matches come first.
    #[serde(skip_serializing_if = "Option::is_none")]
    sort: Option<Sort>,
    /// Words that its notes say, as `GET /api/search` takes them.
    #[serde(skip_serializing_if = "Option::is_none")]
    q: Option<String>,
}

/// A filter that is to be saved.
#[derive(Debug, Object)]
#[oai(rename_all = "camelCase", deny_unknown_fields)]
struct NewFilter {
    /// Its name, unique among the user's filters whatever the case.
    #[oai(validator(min_length = 1, max_length = 100, pattern = r"\S"))]
    name: String,
    /// The conditions of its notes.
    query: FilterQuery,
}

/// Changes of a saved filter; properties that are left out stay.
#[derive(Debug, Object)]
#[oai(rename_all = "camelCase", deny_unknown_fields)]
struct FilterPatch {
    /// A new name.
    #[oai(validator(min_length = 1, max_length = 100, pattern = r"\S"))]
    name: Option<String>,
    /// The conditions of its notes from now on, all of them.
    query: Option<FilterQuery>,
}

/// A filter that was saved.
#[derive(Debug, Object, Serialize)]
#[oai(rename_all = "camelCase")]
#[serde(rename_all = "camelCase")]
pub(super) struct SavedFilter {
    /// Its identifier.
    id: Uuid,
    /// Its name, unique among the user's filters whatever the case.
    name: String,
    /// The conditions of its notes.
    query: SavedQuery,
    /// Labels of `query` that were deleted since: no note carries them. The filter stays as it is, and finds nothing where it names no other label.
    missing_label_ids: Vec<Uuid>,
    /// Its place in the user's order, from 0.
    sort: i32,
    /// Counts its changes; the number in its `ETag`.
    version: i64,
    /// The time at which it was made.
    created_at: DateTime<Utc>,
    /// The time of its last change.
    updated_at: DateTime<Utc>,
}

/// An order of saved filters.
#[derive(Debug, Object)]
#[oai(rename_all = "camelCase", deny_unknown_fields)]
struct FilterOrder {
    /// Filters in their new order; those that are not named follow in the order they have.
    #[oai(validator(max_items = 100))]
    ids: Vec<Uuid>,
}

/// All saved filters of the user, in their order.
#[derive(Debug, Object, Serialize)]
#[oai(rename_all = "camelCase")]
#[serde(rename_all = "camelCase")]
struct FilterList {
    /// In the user's order.
    items: Vec<SavedFilter>,
}

/// A page of the notes of a filter.
#[derive(Debug, Object, Serialize)]
#[oai(rename_all = "camelCase", skip_serializing_if_is_none)]
#[serde(rename_all = "camelCase")]
struct FilteredNotes {
    /// In the order of the filter.
    items: Vec<Note>,
    /// The `cursor` of the next page; absent on the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    next_cursor: Option<String>,
}

#[derive(ApiResponse)]
enum Created {
    /// The filter was saved.
    #[oai(status = 201)]
    Filter(
        Out<SavedFilter>,
        #[oai(header = "ETag")] String,
        #[oai(header = "Location")] String,
    ),
}

#[derive(ApiResponse)]
enum Found {
    /// The filter.
    #[oai(status = 200)]
    Filter(Out<SavedFilter>, #[oai(header = "ETag")] String),
}

#[derive(ApiResponse)]
enum Deleted {
    /// Nothing of it is left.
    #[oai(status = 204)]
    Gone,
}

impl From<filter::Filter> for SavedFilter {
    fn from(filter: filter::Filter) -> Self {
        let query = filter.query;
        Self {
            id: filter.id,
            name: filter.name,
            query: SavedQuery {
                place: query.place.map(Into::into),
                pinned: query.pinned,
                label_ids: Some(query.labels).filter(|labels| !labels.is_empty()),
                color: query.color.map(Into::into),
                has_reminder: query.reminds,
                sort: query.sort.map(|sort| match sort {
                    filter::Sort::Position => Sort::Position,
                    filter::Sort::Reminder => Sort::Reminder,
                }),
                q: query.text,
            },
            missing_label_ids: filter.missing,
            sort: filter.sort,
            version: filter.version,
            created_at: filter.created_at,
            updated_at: filter.updated_at,
        }
    }
}

impl FilterQuery {
    /// The query, if its parts go together.
    fn checked(self) -> Result<filter::Query<Uuid>, Error> {
        if let Some(text) = &self.q {
            if text.contains('\0') {
                return Err(Error::invalid(
                    "/query/q",
                    "nul",
                    "contains the character U+0000",
                ));
            }
            if self.sort.is_some() {
                return Err(Error::invalid(
                    "/query/sort",
                    "not_with_q",
                    "cannot be said together with `q`, of which the best matches come first",
                ));
            }
        }
        Ok(filter::Query {
            place: self.place.map(Into::into),
            pinned: self.pinned,
            labels: self.label_ids.unwrap_or_default(),
            color: self.color.map(Into::into),
            reminds: self.has_reminder,
            sort: self.sort.map(|sort| match sort {
                Sort::Position => filter::Sort::Position,
                Sort::Reminder => filter::Sort::Reminder,
            }),
            text: self.q,
        })
    }
}

/// A name without the character that cannot be stored.
fn without_nul(name: &str) -> Result<(), Error> {
    if name.contains('\0') {
        return Err(Error::invalid(
            "/name",
            "nul",
            "contains the character U+0000",
        ));
    }
    Ok(())
}

impl Found {
    fn of(filter: filter::Filter) -> Self {
        let tag = etag(filter.version);
        Self::Filter(Out(filter.into()), tag)
    }
}

#[OpenApi(tag = "Tag::Notes")]
impl Filters {
    /// List saved filters
    ///
    /// All of them, in the user's order. There are at most 100, so there are no pages.
    #[oai(path = "/filters", method = "get", operation_id = "listFilters")]
    async fn list(&self, caller: Caller) -> Result<Out<FilterList>, Problems<{ CALLER }>> {
        let filters = caller.store().filters(caller.owner()).await?;
        let items = filters.into_iter().map(SavedFilter::from).collect();
        Ok(Out(FilterList { items }))
    }

    /// Save a filter
    ///
    /// The new filter stands after all others. Its notes are in `GET /api/filters/{id}/notes`.
    #[oai(path = "/filters", method = "post", operation_id = "createFilter")]
    async fn create(
        &self,
        caller: Caller,
        body: Body<NewFilter>,
    ) -> Result<Created, Problems<{ CALLER | JSON | CONFLICT }>> {
        let new = body.0;
        without_nul(&new.name)?;
        let query = new.query.checked()?;
        let made = caller
            .store()
            .create_filter(caller.owner(), &new.name, query)
            .await?;
        let (tag, location) = (etag(made.version), format!("/api/filters/{}", made.id));
        Ok(Created::Filter(Out(made.into()), tag, location))
    }

    /// Order saved filters
    ///
    /// Filters that are not named follow in the order they have.
    #[oai(path = "/filters/order", method = "put", operation_id = "orderFilters")]
    async fn order(
        &self,
        caller: Caller,
        body: Body<FilterOrder>,
    ) -> Result<Out<FilterList>, Problems<{ CALLER | JSON | NOT_FOUND }>> {
        let filters = caller
            .store()
            .order_filters(caller.owner(), &body.0.ids)
            .await?;
        let items = filters.into_iter().map(SavedFilter::from).collect();
        Ok(Out(FilterList { items }))
    }

    /// Read a saved filter
    ///
    /// Its `ETag` is what a conditional change sends as `If-Match`.
    #[oai(path = "/filters/:id", method = "get", operation_id = "readFilter")]
    async fn read(
        &self,
        caller: Caller,
        id: Path<Uuid>,
    ) -> Result<Found, Problems<{ CALLER | MALFORMED | NOT_FOUND }>> {
        let filter = caller.store().filter(caller.owner(), id.0).await?;
        Ok(Found::of(filter))
    }

    /// Change a saved filter
    ///
    /// `query` is replaced as a whole. `If-Match` is optional here.
    #[oai(path = "/filters/:id", method = "patch", operation_id = "changeFilter")]
    async fn change(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] if_match: Header<Option<IfMatch>>,
        body: Body<FilterPatch>,
    ) -> Result<Found, Problems<{ CALLER | JSON | NOT_FOUND | CONFLICT | PRECONDITION }>> {
        let patch = body.0;
        without_nul(patch.name.as_deref().unwrap_or_default())?;
        let change = FilterChange {
            name: patch.name,
            query: patch.query.map(FilterQuery::checked).transpose()?,
        };
        let expected = IfMatch::optional(if_match.0);
        let filter = caller
            .store()
            .change_filter(caller.owner(), id.0, &expected, change)
            .await?;
        Ok(Found::of(filter))
    }

    /// Delete a saved filter
    ///
    /// Notes stay as they are.
    #[oai(
        path = "/filters/:id",
        method = "delete",
        operation_id = "deleteFilter"
    )]
    async fn delete(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] if_match: Header<Option<IfMatch>>,
    ) -> Result<Deleted, Problems<{ CALLER | MALFORMED | NOT_FOUND | PRECONDITION }>> {
        let expected = IfMatch::optional(if_match.0);
        caller
            .store()
            .delete_filter(caller.owner(), id.0, &expected)
            .await?;
        Ok(Deleted::Gone)
    }

    /// List the notes of a saved filter
    ///
    /// As `GET /api/notes` or, for a filter with `q`, `GET /api/search` would with its parameters. A cursor belongs to the filter as it was.
    #[oai(
        path = "/filters/:id/notes",
        method = "get",
        operation_id = "listFilterNotes"
    )]
    async fn notes(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        /// The part of each note that is shown; its whole text if nothing is said.
        fields: Query<Option<Fields>>,
        /// `nextCursor` of the page before.
        #[oai(validator(max_length = 1200, pattern = "^[A-Za-z0-9_-]+$"))]
        cursor: Query<Option<String>>,
        /// The most notes of a page; fewer, and a cursor, where their texts are longer than 1 MiB together.
        #[oai(
            default = "default_limit",
            validator(minimum(value = "1"), maximum(value = "100"))
        )]
        limit: Query<u16>,
    ) -> Result<Out<FilteredNotes>, Problems<{ CALLER | INPUT | NOT_FOUND }>> {
        let budget = &caller.app.budget;
        let form = Form {
            fields: fields.0.unwrap_or_default(),
            ..Form::default()
        };
        let _turn = budget.page(PAGE_MIB).await?;
        let page = caller
            .store()
            .notes_of_filter(caller.owner(), id.0, limit.0, cursor.0.as_deref())
            .await?;
        Ok(Out(FilteredNotes {
            items: shown(budget, page.notes, form).await?,
            next_cursor: page.next,
        }))
    }
}
