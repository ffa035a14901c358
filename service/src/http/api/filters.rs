//! `/api/filters`: saved filters of a user, in the order that the user chose.

use chrono::{DateTime, Utc};
use poem_openapi::param::{Header, Path, Query};
use poem_openapi::{ApiResponse, Enum, Object, OpenApi};
use serde::Serialize;
use uuid::Uuid;

use super::Tag;
use super::model::{Color, Note, Place};
use super::notes::default_limit;
use super::shown::{Fields, Form, convert_notes};
use crate::domain::filter;
use crate::error::Error;
use crate::http::caller::Caller;
use crate::http::etag::{IfMatch, format_etag};
use crate::http::payload::{Body, Out};
use crate::http::problem::{
    CALLER, CONFLICT, INPUT, JSON, MALFORMED, NOT_FOUND, PRECONDITION, Problems,
};
use crate::store::filters::FilterChange;

pub(crate) struct Filters;

/// Budget of a page in MiB: the filter may be a search.
const PAGE_MIB: u32 = 2;

/// Order of the notes of a filter: `position` for the order of the user with pinned notes first, `reminder` for notes with a reminder only, the
/// earliest reminder first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum, Serialize)]
#[oai(rename_all = "lowercase", rename = "FilterSort")]
#[serde(rename_all = "lowercase")]
pub(super) enum Sort {
    Position,
    Reminder,
}

/// Conditions of a filter: the parameters of `GET /api/notes`, or with `q` those of `GET /api/search`.
#[derive(Debug, Object)]
#[oai(rename_all = "camelCase", deny_unknown_fields)]
struct FilterQuery {
    /// Place of the notes. By default the board, or with `q` the board and the archive.
    place: Option<Place>,
    /// `true` for pinned notes only, `false` for unpinned notes only.
    pinned: Option<bool>,
    /// Identifiers of labels, at most 20, of which each note has at least one.
    #[oai(validator(max_items = 20))]
    label_ids: Option<Vec<Uuid>>,
    /// Colour of the notes; all colours by default.
    color: Option<Color>,
    /// `true` for notes with a reminder only, `false` for notes without one.
    has_reminder: Option<bool>,
    /// Order of the notes: `position` by default, or `reminder` for notes with a reminder only, the earliest reminder first. Not allowed with `q`,
    /// which returns the best matches first.
    sort: Option<Sort>,
    /// Words to search for, 1 to 200 characters, with the syntax of `GET /api/search`.
    #[oai(validator(min_length = 1, max_length = 200))]
    q: Option<String>,
}

/// Conditions of a saved filter: the parameters of `GET /api/notes`, or with `q` those of `GET /api/search`.
#[derive(Debug, Object, Serialize)]
#[oai(rename_all = "camelCase", skip_serializing_if_is_none)]
#[serde(rename_all = "camelCase")]
struct SavedQuery {
    /// Place of the notes. If absent the board, or with `q` the board and the archive.
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<Place>,
    /// `true` for pinned notes only, `false` for unpinned notes only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pinned: Option<bool>,
    /// Identifiers of labels of which each note has at least one.
    #[serde(skip_serializing_if = "Option::is_none")]
    label_ids: Option<Vec<Uuid>>,
    /// Colour of the notes; absent for all colours.
    #[serde(skip_serializing_if = "Option::is_none")]
    color: Option<Color>,
    /// `true` for notes with a reminder only, `false` for notes without one.
    #[serde(skip_serializing_if = "Option::is_none")]
    has_reminder: Option<bool>,
    /// Order of the notes: `position` if absent, or `reminder` for notes with a reminder only, the earliest reminder first. Always absent with `q`,
    /// which returns the best matches first.
    #[serde(skip_serializing_if = "Option::is_none")]
    sort: Option<Sort>,
    /// Words to search for, with the syntax of `GET /api/search`.
    #[serde(skip_serializing_if = "Option::is_none")]
    q: Option<String>,
}

/// A filter to save for the user.
#[derive(Debug, Object)]
#[oai(rename_all = "camelCase", deny_unknown_fields)]
struct NewFilter {
    /// Name of the filter, 1 to 100 characters, unique among the filters of the user; case is ignored in the comparison.
    #[oai(validator(min_length = 1, max_length = 100, pattern = r"\S"))]
    name: String,
    /// Conditions of the notes that the filter selects.
    query: FilterQuery,
}

/// Changes of a saved filter; omitted properties stay as they are.
#[derive(Debug, Object)]
#[oai(rename_all = "camelCase", deny_unknown_fields)]
struct FilterPatch {
    /// New name, 1 to 100 characters, unique among the filters of the user; case is ignored in the comparison.
    #[oai(validator(min_length = 1, max_length = 100, pattern = r"\S"))]
    name: Option<String>,
    /// New conditions, which replace all present ones.
    query: Option<FilterQuery>,
}

/// A filter that the user has saved.
#[derive(Debug, Object, Serialize)]
#[oai(rename_all = "camelCase")]
#[serde(rename_all = "camelCase")]
pub(super) struct SavedFilter {
    /// Identifier of the saved filter (UUID).
    id: Uuid,
    /// Name of the filter, unique among the filters of the user; case is ignored in the comparison.
    name: String,
    /// Conditions of the notes that the filter selects.
    query: SavedQuery,
    /// Identifiers of labels in `query` that no longer exist. The filter keeps them, and selects nothing if it names no other label.
    missing_label_ids: Vec<Uuid>,
    /// Position in the order that the user gave to the filters, from 0.
    sort: i32,
    /// Version of the filter, increased by each change; its `ETag` is this number in quotation marks.
    version: i64,
    /// Time at which the filter was created.
    created_at: DateTime<Utc>,
    /// Time of the last change of the filter.
    updated_at: DateTime<Utc>,
}

/// New order of the saved filters of a user.
#[derive(Debug, Object)]
#[oai(rename_all = "camelCase", deny_unknown_fields)]
struct FilterOrder {
    /// Identifiers of filters in their new order, at most 100; filters that are not named follow in their present order.
    #[oai(validator(max_items = 100))]
    ids: Vec<Uuid>,
}

/// All saved filters of the user, in the order of the user.
#[derive(Debug, Object, Serialize)]
#[oai(rename_all = "camelCase")]
#[serde(rename_all = "camelCase")]
struct FilterList {
    /// Saved filters in the order of the user.
    items: Vec<SavedFilter>,
}

/// A page of the notes that a filter selects.
#[derive(Debug, Object, Serialize)]
#[oai(rename_all = "camelCase", skip_serializing_if_is_none)]
#[serde(rename_all = "camelCase")]
struct FilteredNotes {
    /// Notes of the page, in the order of the filter.
    items: Vec<Note>,
    /// Value of `cursor` for the next page; absent on the last page.
    #[serde(skip_serializing_if = "Option::is_none")]
    next_cursor: Option<String>,
}

#[derive(ApiResponse)]
enum Created {
    /// The filter was saved, after all others.
    #[oai(status = 201)]
    Filter(
        Out<SavedFilter>,
        #[oai(header = "ETag")] String,
        #[oai(header = "Location")] String,
    ),
}

#[derive(ApiResponse)]
enum Found {
    /// The saved filter, with its version as `ETag`.
    #[oai(status = 200)]
    Filter(Out<SavedFilter>, #[oai(header = "ETag")] String),
}

#[derive(ApiResponse)]
enum Deleted {
    /// The saved filter was deleted; notes stay as they are.
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
    /// Converts the conditions into a query of the domain. Refuses `sort` together with `q`, and `q` with the character U+0000.
    fn into_query(self) -> Result<filter::Query<Uuid>, Error> {
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
                    "cannot be combined with `q`, whose results are ordered by relevance",
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

/// Refuses a name with the character U+0000, which PostgreSQL cannot store.
fn check_name(name: &str) -> Result<(), Error> {
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
    fn from_filter(filter: filter::Filter) -> Self {
        let tag = format_etag(filter.version);
        Self::Filter(Out(filter.into()), tag)
    }
}

#[OpenApi(tag = "Tag::Notes")]
impl Filters {
    /// List saved filters
    ///
    /// Returns all saved filters of the user on one page, in the order of the user; a user has at most 100.
    #[oai(path = "/filters", method = "get", operation_id = "listFilters")]
    async fn list_filters(&self, caller: Caller) -> Result<Out<FilterList>, Problems<{ CALLER }>> {
        let filters = caller.store().list_filters(caller.owner()).await?;
        let items = filters.into_iter().map(SavedFilter::from).collect();
        Ok(Out(FilterList { items }))
    }

    /// Save a filter
    ///
    /// Saves a filter after all others. `GET /api/filters/{id}/notes` returns its notes. A name that another filter of the user has answers 409.
    #[oai(path = "/filters", method = "post", operation_id = "createFilter")]
    async fn create_filter(
        &self,
        caller: Caller,
        body: Body<NewFilter>,
    ) -> Result<Created, Problems<{ CALLER | JSON | CONFLICT }>> {
        let new = body.0;
        check_name(&new.name)?;
        let query = new.query.into_query()?;
        let made = caller
            .store()
            .create_filter(caller.owner(), &new.name, query)
            .await?;
        let (tag, location) = (
            format_etag(made.version),
            format!("/api/filters/{}", made.id),
        );
        Ok(Created::Filter(Out(made.into()), tag, location))
    }

    /// Order saved filters
    ///
    /// Puts the named filters first, in the order of the request; filters that are not named follow in their present order. Returns all filters.
    #[oai(path = "/filters/order", method = "put", operation_id = "orderFilters")]
    async fn order_filters(
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
    /// Returns a saved filter. Send its `ETag` as `If-Match` to change or delete exactly this version.
    #[oai(path = "/filters/:id", method = "get", operation_id = "readFilter")]
    async fn read_filter(
        &self,
        caller: Caller,
        id: Path<Uuid>,
    ) -> Result<Found, Problems<{ CALLER | MALFORMED | NOT_FOUND }>> {
        let filter = caller.store().get_filter(caller.owner(), id.0).await?;
        Ok(Found::from_filter(filter))
    }

    /// Change a saved filter
    ///
    /// Changes the name or replaces the whole `query`. `If-Match` is optional. A name that another filter of the user has answers 409.
    #[oai(path = "/filters/:id", method = "patch", operation_id = "changeFilter")]
    async fn change_filter(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] if_match: Header<Option<IfMatch>>,
        body: Body<FilterPatch>,
    ) -> Result<Found, Problems<{ CALLER | JSON | NOT_FOUND | CONFLICT | PRECONDITION }>> {
        let patch = body.0;
        check_name(patch.name.as_deref().unwrap_or_default())?;
        let change = FilterChange {
            name: patch.name,
            query: patch.query.map(FilterQuery::into_query).transpose()?,
        };
        let expected = IfMatch::versions_or_any(if_match.0);
        let filter = caller
            .store()
            .change_filter(caller.owner(), id.0, &expected, change)
            .await?;
        Ok(Found::from_filter(filter))
    }

    /// Delete a saved filter
    ///
    /// Deletes a saved filter; the notes that it selects stay as they are. `If-Match` is optional.
    #[oai(
        path = "/filters/:id",
        method = "delete",
        operation_id = "deleteFilter"
    )]
    async fn delete_filter(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] if_match: Header<Option<IfMatch>>,
    ) -> Result<Deleted, Problems<{ CALLER | MALFORMED | NOT_FOUND | PRECONDITION }>> {
        let expected = IfMatch::versions_or_any(if_match.0);
        caller
            .store()
            .delete_filter(caller.owner(), id.0, &expected)
            .await?;
        Ok(Deleted::Gone)
    }

    /// List the notes of a saved filter
    ///
    /// Returns the notes that `GET /api/notes` or, for a filter with `q`, `GET /api/search` returns with the conditions of the filter. Cursors become
    /// invalid when the filter changes.
    #[oai(
        path = "/filters/:id/notes",
        method = "get",
        operation_id = "listFilterNotes"
    )]
    async fn list_filter_notes(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        /// Amount of text of each note; the whole text by default.
        fields: Query<Option<Fields>>,
        /// Value of `nextCursor` on the previous page; omit it for the first page.
        #[oai(validator(max_length = 1200, pattern = "^[A-Za-z0-9_-]+$"))]
        cursor: Query<Option<String>>,
        /// Maximum number of notes on a page, 1 to 100, 20 by default. A page has fewer notes if their texts exceed 1 MiB together.
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
        let _turn = budget.wait_for_page(PAGE_MIB).await?;
        let page = caller
            .store()
            .notes_of_filter(caller.owner(), id.0, limit.0, cursor.0.as_deref())
            .await?;
        Ok(Out(FilteredNotes {
            items: convert_notes(budget, page.notes, form).await?,
            next_cursor: page.next,
        }))
    }
}
