//! Operations of the API, one module for each resource.

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
mod shared_attachments;
mod shares;
mod shown;
mod times;
mod tokens;
mod transfer;
mod uploads;
mod webhooks;

pub(super) use transfer::Export;

use poem_openapi::{OpenApi, Tags};

/// Tags that group the operations in the OpenAPI document.
#[derive(Tags)]
enum Tag {
    /// Registration, signing in and signing out.
    Auth,
    /// The account, its sessions, its access tokens, and export and import.
    Account,
    /// Notes: create, read, change, archive, search and delete.
    Notes,
    /// Labels that notes can have.
    Labels,
    /// Files and pictures that are attached to notes.
    Attachments,
    /// Notes that other people can see, by a link or by an invitation.
    Sharing,
    /// Webhooks, which send events about the data of a user to programs, and their deliveries.
    Webhooks,
}

/// Names of all tags, in the order in which the OpenAPI document lists them.
pub(super) const TAGS: [&str; 7] = [
    "Auth",
    "Account",
    "Notes",
    "Labels",
    "Attachments",
    "Sharing",
    "Webhooks",
];

/// Returns all operations of the API as one `OpenApi`.
pub(super) fn all_operations() -> impl OpenApi {
    (
        // `OpenApi` is implemented for tuples of at most 16 elements.
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
        (
            invitations::Invitations,
            shared::Shared,
            shared_attachments::SharedAttachments,
        ),
    )
}
