//! `/api/notes/batch`: several operations on notes in one request.

use poem_openapi::{Enum, Object, OpenApi};
use serde::Serialize;
use uuid::Uuid;

use super::Tag;
use super::model::Color;
use crate::error::Error;
use crate::http::caller::Caller;
use crate::http::payload::{Body, Out};
use crate::http::problem::{CALLER, JSON, Problems};
use crate::store::notes::{BatchItem, BatchResult, Operation, Transition};

pub(crate) struct Batch;

/// Action of a batch operation. `archive`, `unarchive`, `trash` and `restore` move the note; `delete` deletes a note in the trash permanently; `pin`
/// and `unpin` pin it; `setColor` needs `color`; `addLabel` and `removeLabel` need `labelId`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[oai(rename_all = "camelCase")]
enum Verb {
    /// Moves the note to the archive.
    Archive,
    /// Moves the note out of the archive.
    Unarchive,
    /// Moves the note to the trash.
    Trash,
    /// Restores the note from the trash.
    Restore,
    /// Deletes the note permanently; it must be in the trash.
    Delete,
    Pin,
    Unpin,
    /// Changes the colour to the value of `color`.
    SetColor,
    /// Adds the label that `labelId` names.
    AddLabel,
    /// Removes the label that `labelId` names.
    RemoveLabel,
}

/// One operation of a batch, applied to one note.
#[derive(Debug, Object)]
#[oai(rename_all = "camelCase", deny_unknown_fields)]
struct BatchOperation {
    /// Identifier of the note that the operation applies to.
    id: Uuid,
    /// Action to apply to the note.
    op: Verb,
    /// New colour; required with `setColor`, ignored otherwise.
    color: Option<Color>,
    /// Identifier of the label; required with `addLabel` and `removeLabel`, ignored otherwise.
    label_id: Option<Uuid>,
}

/// Operations to apply to notes, in order.
#[derive(Debug, Object)]
#[oai(rename_all = "camelCase", deny_unknown_fields)]
struct BatchRequest {
    /// Operations, 1 to 100, which are applied in this order.
    #[oai(validator(min_items = 1, max_items = 100))]
    operations: Vec<BatchOperation>,
}

/// Outcome of one batch operation: `done`, `unchanged` if the note already was as requested, or `failed`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum, Serialize)]
#[oai(rename_all = "camelCase")]
#[serde(rename_all = "camelCase")]
enum BatchStatus {
    /// The operation changed the note.
    Done,
    /// The note already was as requested.
    Unchanged,
    /// The operation was skipped; `code` names the reason.
    Failed,
}

/// Outcome of one batch operation, with the reason if it failed.
#[derive(Debug, Object, Serialize)]
#[oai(rename_all = "camelCase", skip_serializing_if_is_none)]
#[serde(rename_all = "camelCase")]
struct BatchOutcome {
    /// Identifier of the note that the operation named.
    id: Uuid,
    /// Outcome of the operation on this note.
    status: BatchStatus,
    /// Reason of the failure, as the `code` of a problem; present only with `failed`.
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<String>,
    /// Explanation of the failure for people; present only with `failed`.
    #[serde(skip_serializing_if = "Option::is_none")]
    detail: Option<String>,
}

/// Outcomes of all operations of a batch.
#[derive(Debug, Object, Serialize)]
#[oai(rename_all = "camelCase")]
#[serde(rename_all = "camelCase")]
struct BatchResponse {
    /// One outcome for each operation, in the order of the request.
    results: Vec<BatchOutcome>,
    /// Revision of the user's data after the batch.
    revision: i64,
}

#[OpenApi(tag = "Tag::Notes")]
impl Batch {
    /// Change many notes
    ///
    /// Applies up to 100 operations in order, in one transaction. An operation that is not possible is skipped and reported as `failed`; the others
    /// take effect.
    #[oai(path = "/notes/batch", method = "post", operation_id = "batchNotes")]
    async fn batch_notes(
        &self,
        caller: Caller,
        body: Body<BatchRequest>,
    ) -> Result<Out<BatchResponse>, Problems<{ CALLER | JSON }>> {
        let items = (0..)
            .zip(&body.0.operations)
            .map(|(index, operation)| {
                Ok(BatchItem {
                    id: operation.id,
                    operation: parse_operation(index, operation)?,
                })
            })
            .collect::<Result<Vec<_>, Error>>()?;
        let ids: Vec<Uuid> = items.iter().map(|item| item.id).collect();
        let (results, revision) = caller.store().apply_batch(caller.owner(), items).await?;
        let results = ids
            .into_iter()
            .zip(results)
            .map(|(id, result)| build_outcome(id, &result))
            .collect();
        Ok(Out(BatchResponse { results, revision }))
    }
}

fn parse_operation(index: usize, operation: &BatchOperation) -> Result<Operation, Error> {
    let missing = |name: &str| {
        let at = format!("/operations/{index}/{name}");
        Error::invalid(
            at,
            "required",
            "is missing, but required for this operation",
        )
    };
    Ok(match operation.op {
        Verb::Archive => Operation::Move(Transition::Archive),
        Verb::Unarchive => Operation::Move(Transition::Unarchive),
        Verb::Trash => Operation::Move(Transition::Trash),
        Verb::Restore => Operation::Move(Transition::Restore),
        Verb::Delete => Operation::Delete,
        Verb::Pin => Operation::Pin(true),
        Verb::Unpin => Operation::Pin(false),
        Verb::SetColor => Operation::Color(operation.color.ok_or_else(|| missing("color"))?.into()),
        Verb::AddLabel => {
            Operation::AddLabel(operation.label_id.ok_or_else(|| missing("labelId"))?)
        }
        Verb::RemoveLabel => {
            Operation::RemoveLabel(operation.label_id.ok_or_else(|| missing("labelId"))?)
        }
    })
}

fn build_outcome(id: Uuid, result: &BatchResult) -> BatchOutcome {
    let (status, error) = match result {
        BatchResult::Done => (BatchStatus::Done, None),
        BatchResult::Unchanged => (BatchStatus::Unchanged, None),
        BatchResult::Failed(error) => (BatchStatus::Failed, Some(error)),
    };
    BatchOutcome {
        id,
        status,
        code: error.map(|error| error.code().as_str().to_owned()),
        detail: error.map(ToString::to_string),
    }
}
