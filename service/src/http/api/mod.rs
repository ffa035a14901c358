//! The operations, one file for each thing they are about.

mod account;
mod auth;
mod batch;
mod changes;
mod events;
mod import;
mod items;
mod labels;
mod model;
mod notes;
mod recovery;
mod revisions;
mod search;
mod sessions;
mod shown;
mod times;
mod tokens;
mod transfer;

pub(super) use transfer::Export;

use poem_openapi::{OpenApi, Tags};

/// What operations are about.
#[derive(Tags)]
enum Tag {
    /// Registering, signing in and out.
    Auth,
    /// The account, where it is signed in, and what programs of its user use.
    Account,
    /// Notes: make, read, change, archive, throw away.
    Notes,
    /// Labels of notes.
    Labels,
}

/// The tags, in the order in which the document lists them.
pub(super) const TAGS: [&str; 4] = ["Auth", "Account", "Notes", "Labels"];

/// All operations.
pub(super) fn all() -> impl OpenApi {
    (
        auth::Auth,
        recovery::Recovery,
        account::Me,
        sessions::Sessions,
        tokens::Tokens,
        labels::Labels,
        notes::Notes,
        batch::Batch,
        revisions::Revisions,
        items::Items,
        search::Search,
        transfer::Transfer,
        import::Imports,
        changes::Changes,
        events::Events,
    )
}
