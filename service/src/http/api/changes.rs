//! `/api/changes`: what a device has not heard of.

use poem_openapi::param::Query;
use poem_openapi::{Object, OpenApi};
use serde::Serialize;
use uuid::Uuid;

use super::Tag;
use super::filters::SavedFilter;
use super::model::{Label, Note};
use super::shared::SharedNote;
use super::shown::{Fields, Form, shown};
use crate::budget::Budget;
use crate::error::Error;
use crate::http::caller::Caller;
use crate::http::payload::Out;
use crate::http::problem::{CALLER, GONE, INPUT, Problems};
use crate::store::changes;

pub(crate) struct Changes;

/// The things that have changed, as they are now.
#[derive(Debug, Object, Serialize)]
#[oai(rename_all = "camelCase")]
#[serde(rename_all = "camelCase")]
struct ChangeList {
    /// Notes that were made or changed, also those in the archive and the trash, in the order of their last changes.
    notes: Vec<Note>,
    /// Labels that were made or changed.
    labels: Vec<Label>,
    /// Saved filters that were made or changed.
    filters: Vec<SavedFilter>,
    /// Notes that were deleted for good.
    deleted_notes: Vec<Uuid>,
    /// Labels that were deleted.
    deleted_labels: Vec<Uuid>,
    /// Saved filters that were deleted.
    deleted_filters: Vec<Uuid>,
    /// Notes of others that were shared with the caller, or changed since.
    shared_notes: Vec<SharedNote>,
    /// Notes of others that are not shared with the caller any more, or were thrown away by their owners.
    ended_shares: Vec<Uuid>,
    /// What `since` must be next time. Where there is more, of a reading that began with 0, it may be a number that is no revision.
    revision: i64,
    /// Whether there is more already. Until there is not, a note may carry a label that is still to come.
    more: bool,
}

/// MiB of notes that a page counts as: two, or more where one write has changed many.
const PAGE_MIB: u32 = 4;

impl ChangeList {
    async fn of(budget: &Budget, changes: changes::Changes, fields: Fields) -> Result<Self, Error> {
        let form = Form {
            fields,
            ..Form::default()
        };
        Ok(Self {
            notes: shown(budget, changes.notes, form).await?,
            labels: changes.labels.into_iter().map(Label::from).collect(),
            filters: changes.filters.into_iter().map(SavedFilter::from).collect(),
            deleted_notes: changes.deleted_notes,
            deleted_labels: changes.deleted_labels,
            deleted_filters: changes.deleted_filters,
            shared_notes: SharedNote::all(budget, changes.shared_notes, form).await?,
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
    /// What was made, changed or deleted since a revision, each thing once and as it is now. All pages of `GET /api/notes` in each place,
    /// `GET /api/shared`, `GET /api/labels` and `GET /api/filters`, then the changes since the revision of the first page, are the exact state, whatever was written in between.
    ///
    /// What is deleted for good is remembered for 90 days. A device that was away for longer is answered 410, and reads everything again.
    #[oai(path = "/changes", method = "get", operation_id = "listChanges")]
    async fn list(
        &self,
        caller: Caller,
        /// The revision up to which everything is known; 0 for who knows nothing.
        #[oai(validator(minimum(value = "0")))]
        since: Query<i64>,
        /// How many at most; more, if one write has changed more.
        #[oai(
            default = "default_limit",
            validator(minimum(value = "1"), maximum(value = "500"))
        )]
        limit: Query<u16>,
        /// How much of each note; its whole text if nothing is said.
        fields: Query<Option<Fields>>,
    ) -> Result<Out<ChangeList>, Problems<{ CALLER | INPUT | GONE }>> {
        let budget = &caller.app.budget;
        let _turn = budget.page(PAGE_MIB).await?;
        let changes = caller
            .store()
            .changes(caller.owner(), since.0, limit.0)
            .await?;
        Ok(Out(ChangeList::of(
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
