//! The operations, one file for each thing they are about.

mod account;
mod attachments;
mod auth;
mod batch;
mod changes;
mod events;
mod factors;
mod filters;
mod identities;
mod import;
mod invitations;
mod items;
mod labels;
mod links;
mod model;
mod notes;
mod passkeys;
mod provider;
mod push;
mod recovery;
mod reminders;
mod revisions;
mod search;
mod second_factor;
mod sessions;
mod shared;
mod shares;
mod shown;
mod times;
mod tokens;
mod transfer;
mod uploads;
mod webhooks;

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
    /// Files and pictures of notes.
    Attachments,
    /// Notes that others see: by a link, or because they were invited.
    Sharing,
    /// Programs of the user that are told what happens.
    Webhooks,
}

/// The tags, in the order in which the document lists them.
pub(super) const TAGS: [&str; 7] = [
    "Auth",
    "Account",
    "Notes",
    "Labels",
    "Attachments",
    "Sharing",
    "Webhooks",
];

/// All operations.
pub(super) fn all() -> impl OpenApi {
    (
        // A tuple has at most 16.
        (
            auth::Auth,
            second_factor::SecondFactor,
            recovery::Recovery,
            account::Me,
            factors::Factors,
            passkeys::Passkeys,
            provider::ProviderSignIn,
            identities::Identities,
        ),
        (sessions::Sessions, tokens::Tokens),
        labels::Labels,
        notes::Notes,
        batch::Batch,
        revisions::Revisions,
        (attachments::Attachments, uploads::Uploads),
        items::Items,
        search::Search,
        (transfer::Transfer, import::Imports),
        changes::Changes,
        events::Events,
        (filters::Filters, webhooks::Webhooks, webhooks::Deliveries),
        (push::Push, reminders::Reminders),
        (links::Links, shares::Shares),
        (invitations::Invitations, shared::Shared),
    )
}
