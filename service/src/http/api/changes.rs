//! `/api/changes`: everything that changed since a revision, for clients that keep a copy of the data.

use poem_openapi::param::Query;
use poem_openapi::{Object, OpenApi};
use serde::Serialize;
use uuid::Uuid;

use super::Tag;
use super::filters::SavedFilter;
use super::model::{Label, Note};
use super::shared::SharedNote;
use super::shown::{Fields, Form, convert_notes};
use crate::budget::Budget;
use crate::error::Error;
use crate::http::caller::Caller;
use crate::http::payload::Out;
use crate::http::problem::{CALLER, GONE, INPUT, Problems};
use crate::store::changes;

pub(crate) struct Changes;

/// Changes since a revision; each entry is the current state.
#[derive(Debug, Object, Serialize)]
#[oai(rename_all = "camelCase")]
#[serde(rename_all = "camelCase")]
struct ChangeList {
    /// Notes that were created or changed, including those in the archive and the trash, in the order of their last changes.
    notes: Vec<Note>,
    /// Labels that were created or changed.
    labels: Vec<Label>,
    /// Saved filters that were created or changed.
    filters: Vec<SavedFilter>,
    /// Identifiers of notes that were deleted permanently.
    deleted_notes: Vec<Uuid>,
    /// Identifiers of labels that were deleted.
    deleted_labels: Vec<Uuid>,
    /// Identifiers of saved filters that were deleted.
    deleted_filters: Vec<Uuid>,
    /// Notes of other users that are shared with the caller, if they were shared or changed since.
    shared_notes: Vec<SharedNote>,
    /// Identifiers of notes of other users that the caller can no longer read: the share ended, or the owner moved the note to the trash.
    ended_shares: Vec<Uuid>,
    /// Value of `since` for the next request. While `more` is `true` in a sequence that began with 0, it may be larger than any revision; treat it as
    /// opaque.
    revision: i64,
    /// `true` if more changes follow immediately. Until it is `false`, a note may refer to a label that a later page contains.
    more: bool,
}

/// Budget of a page in MiB of notes: pages have about two, and more if one write changed many notes.
const PAGE_MIB: u32 = 4;

impl ChangeList {
    async fn from_changes(
        budget: &Budget,
        changes: changes::Changes,
        fields: Fields,
    ) -> Result<Self, Error> {
        let form = Form {
            fields,
            ..Form::default()
        };
        Ok(Self {
            notes: convert_notes(budget, changes.notes, form).await?,
            labels: changes.labels.into_iter().map(Label::from).collect(),
            filters: changes.filters.into_iter().map(SavedFilter::from).collect(),
            deleted_notes: changes.deleted_notes,
            deleted_labels: changes.deleted_labels,
            deleted_filters: changes.deleted_filters,
            shared_notes: SharedNote::from_notes(budget, changes.shared_notes, form).await?,
            ended_shares: changes.ended_shares,
            revision: changes.revision,
            more: changes.more,
        })
    }
}

#[OpenApi(tag = "Tag::Notes")]
impl Changes {
    /// List changes
    ///
    /// Returns everything that was created, changed or deleted since a revision, each item once and in its current state. To keep an exact copy, read
    /// all pages of `GET /api/notes` in each place, of `GET /api/shared`, `GET /api/labels` and `GET /api/filters`, then the changes since the
    /// `revision` of the first page; writes in between are included.
    ///
    /// Deletions are listed for 90 days. A client that was offline for longer receives 410 (`changes_expired`) and must read everything again.
    #[oai(path = "/changes", method = "get", operation_id = "listChanges")]
    async fn list_changes(
        &self,
        caller: Caller,
        /// Last revision that the client knows, as returned in `revision`; 0 to read everything.
        #[oai(validator(minimum(value = "0")))]
        since: Query<i64>,
        /// Maximum number of changes in the response, 1 to 500, 200 by default. One write that changed more is returned as a whole.
        #[oai(
            default = "default_limit",
            validator(minimum(value = "1"), maximum(value = "500"))
        )]
        limit: Query<u16>,
        /// Amount of text of each note; the whole text by default.
        fields: Query<Option<Fields>>,
    ) -> Result<Out<ChangeList>, Problems<{ CALLER | INPUT | GONE }>> {
        let budget = &caller.app.budget;
        let _turn = budget.wait_for_page(PAGE_MIB).await?;
        let changes = caller
            .store()
            .list_changes(caller.owner(), since.0, limit.0)
            .await?;
        Ok(Out(ChangeList::from_changes(
            budget,
            changes,
            fields.0.unwrap_or_default(),
        )
        .await?))
    }
}

fn default_limit() -> u16 {
    200
}
