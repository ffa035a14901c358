//! `/api/invitations`: notes that others offer to share.

use chrono::{DateTime, Utc};
use poem_openapi::param::Path;
use poem_openapi::{ApiResponse, Object, OpenApi};
use serde::Serialize;
use uuid::Uuid;

use super::Tag;
use super::shared::SharedNote;
use super::shares::Right;
use crate::http::App;
use crate::http::caller::SessionCaller;
use crate::http::etag::etag;
use crate::http::payload::Out;
use crate::http::problem::{CALLER, CONFLICT, MALFORMED, NOT_FOUND, Problems};
use crate::store::sharing::{self, AddressProof};

pub(crate) struct Invitations;

/// An invitation to read a note, or to write it too. It shows nothing of the note.
#[derive(Debug, Object, Serialize)]
#[oai(rename_all = "camelCase")]
#[serde(rename_all = "camelCase")]
struct Invitation {
    /// The identifier of the invitation, by which it is accepted.
    id: Uuid,
    /// The username of the owner of the note.
    owner: String,
    /// The right that it gives.
    right: Right,
    /// When the invitation was made.
    created_at: DateTime<Utc>,
    /// When the invitation ends, if it is not accepted.
    expires_at: DateTime<Utc>,
}

/// All invitations that wait for an answer.
#[derive(Debug, Object, Serialize)]
struct InvitationList {
    /// The newest 100, the newest first.
    items: Vec<Invitation>,
}

#[derive(ApiResponse)]
enum Accepted {
    /// The note that is shared now.
    #[oai(status = 200)]
    Note(Out<SharedNote>, #[oai(header = "ETag")] String),
}

#[derive(ApiResponse)]
enum Declined {
    /// It is not shown any more.
    #[oai(status = 204)]
    Gone,
}

impl From<sharing::Invitation> for Invitation {
    fn from(invitation: sharing::Invitation) -> Self {
        Self {
            id: invitation.id,
            owner: invitation.owner_name,
            right: Right::of(invitation.can_write),
            created_at: invitation.created_at,
            expires_at: invitation.expires_at,
        }
    }
}

/// Where the service sends mail, an address counts once it was shown to be its account's.
fn proof(app: &App) -> AddressProof {
    match app.settings.mail {
        Some(_) => AddressProof::Mail,
        None => AddressProof::Early,
    }
}

#[OpenApi(tag = "Tag::Sharing", prefix_path = "/invitations")]
impl Invitations {
    /// List invitations to notes of others
    ///
    /// Those that were sent to the address of the account, and are open. Where the service sends mail, there are some only once the address is
    /// verified; where it does not, those that were sent while the account had the address. An event `changed` tells when one comes.
    #[oai(path = "/", method = "get", operation_id = "listInvitations")]
    async fn list(
        &self,
        caller: SessionCaller,
    ) -> Result<Out<InvitationList>, Problems<{ CALLER }>> {
        let caller = caller.caller;
        let open = caller
            .store()
            .invitations(caller.owner(), proof(&caller.app))
            .await?;
        let items = open.into_iter().map(Invitation::from).collect();
        Ok(Out(InvitationList { items }))
    }

    /// Accept an invitation to a note
    ///
    /// The note is among those of `GET /api/shared` from now on, and its owner sees who accepted. At most 1,000 notes are shared with one account.
    #[oai(
        path = "/:id/accept",
        method = "post",
        operation_id = "acceptInvitation"
    )]
    async fn accept(
        &self,
        caller: SessionCaller,
        id: Path<Uuid>,
    ) -> Result<Accepted, Problems<{ CALLER | MALFORMED | NOT_FOUND | CONFLICT }>> {
        let caller = caller.caller;
        let shared = caller
            .store()
            .accept_invitation(caller.owner(), proof(&caller.app), id.0)
            .await?;
        let tag = etag(shared.note.version);
        Ok(Accepted::Note(Out(SharedNote::plain(shared)), tag))
    }

    /// Decline an invitation to a note
    ///
    /// Its sender is not told, and sees it as open until it ends.
    #[oai(path = "/:id", method = "delete", operation_id = "declineInvitation")]
    async fn decline(
        &self,
        caller: SessionCaller,
        id: Path<Uuid>,
    ) -> Result<Declined, Problems<{ CALLER | MALFORMED | NOT_FOUND }>> {
        let caller = caller.caller;
        caller
            .store()
            .decline_invitation(caller.owner(), proof(&caller.app), id.0)
            .await?;
        Ok(Declined::Gone)
    }
}
