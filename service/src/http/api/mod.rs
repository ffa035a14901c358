//! The operations, one file for each thing they are about.

mod batch;
mod labels;
mod model;
mod notes;
mod revisions;
mod search;

use poem_openapi::{OpenApi, Tags};

/// What operations are about.
#[derive(Tags)]
enum Tag {
    /// Notes: make, read, change, archive, throw away.
    Notes,
    /// Labels of notes.
    Labels,
}

/// All operations.
pub(super) fn all() -> impl OpenApi {
    (
        labels::Labels,
        notes::Notes,
        batch::Batch,
        revisions::Revisions,
        search::Search,
    )
}
