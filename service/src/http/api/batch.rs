//! `/api/notes/batch`: many notes at once.

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

/// The action that an operation takes on a note.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[oai(rename_all = "camelCase")]
enum Verb {
    /// To the archive.
    Archive,
    /// Out of the archive.
    Unarchive,
    /// To the trash.
    Trash,
    /// Out of the trash.
    Restore,
    /// Deleted for good; it must be in the trash.
    Delete,
    Pin,
    Unpin,
    /// Another colour, which `color` names.
    SetColor,
    /// One label more, which `labelId` names.
    AddLabel,
    /// One label less, which `labelId` names.
    RemoveLabel,
}

/// One operation on one note of a batch.
#[derive(Debug, Object)]
#[oai(rename_all = "camelCase", deny_unknown_fields)]
struct BatchOperation {
    /// The note.
    id: Uuid,
    /// What is done with it.
    op: Verb,
    /// For `setColor`.
    color: Option<Color>,
    /// For `addLabel` and `removeLabel`.
    label_id: Option<Uuid>,
}

/// Operations, in the order in which they are done.
#[derive(Debug, Object)]
#[oai(rename_all = "camelCase", deny_unknown_fields)]
struct BatchRequest {
    /// The operations.
    #[oai(validator(min_items = 1, max_items = 100))]
    operations: Vec<BatchOperation>,
}

/// The result of one operation of a batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum, Serialize)]
#[oai(rename_all = "camelCase")]
#[serde(rename_all = "camelCase")]
enum BatchStatus {
    /// It was done.
    Done,
    /// It was so already.
    Unchanged,
    /// It was not possible.
    Failed,
}

/// The result of one operation, with its reason where it failed.
#[derive(Debug, Object, Serialize)]
#[oai(rename_all = "camelCase", skip_serializing_if_is_none)]
#[serde(rename_all = "camelCase")]
struct BatchOutcome {
    /// The note.
    id: Uuid,
    /// How it ended.
    status: BatchStatus,
    /// Why it was not possible: a code as in problems.
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<String>,
    /// The same in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    detail: Option<String>,
}

/// The results of all operations of a batch.
#[derive(Debug, Object, Serialize)]
#[oai(rename_all = "camelCase")]
#[serde(rename_all = "camelCase")]
struct BatchResponse {
    /// One for each operation, in the same order.
    results: Vec<BatchOutcome>,
    /// The user's revision after it.
    revision: i64,
}

#[OpenApi(tag = "Tag::Notes")]
impl Batch {
    /// Change many notes
    ///
    /// In one transaction, one after the other. What is not possible is skipped and said; the others are done.
    #[oai(path = "/notes/batch", method = "post", operation_id = "batchNotes")]
    async fn batch(
        &self,
        caller: Caller,
        body: Body<BatchRequest>,
    ) -> Result<Out<BatchResponse>, Problems<{ CALLER | JSON }>> {
        let items = (0..)
            .zip(&body.0.operations)
            .map(|(index, operation)| {
                Ok(BatchItem {
                    id: operation.id,
                    operation: meant(index, operation)?,
                })
            })
            .collect::<Result<Vec<_>, Error>>()?;
        let ids: Vec<Uuid> = items.iter().map(|item| item.id).collect();
        let (results, revision) = caller.store().batch(caller.owner(), items).await?;
        let results = ids
            .into_iter()
            .zip(results)
            .map(|(id, result)| outcome(id, &result))
            .collect();
        Ok(Out(BatchResponse { results, revision }))
    }
}

fn meant(index: usize, operation: &BatchOperation) -> Result<Operation, Error> {
    let missing = |name: &str| {
        let at = format!("/operations/{index}/{name}");
        Error::invalid(at, "required", "is missing, and this operation needs it")
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

fn outcome(id: Uuid, result: &BatchResult) -> BatchOutcome {
    let (status, error) = match result {
        BatchResult::Done => (BatchStatus::Done, None),
        BatchResult::Same => (BatchStatus::Unchanged, None),
        BatchResult::Failed(error) => (BatchStatus::Failed, Some(error)),
    };
    BatchOutcome {
        id,
        status,
        code: error.map(|error| error.code().as_str().to_owned()),
        detail: error.map(ToString::to_string),
    }
}
