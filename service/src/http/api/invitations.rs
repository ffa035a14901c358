//! `/api/invitations`: invitations to notes of other users.

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
use crate::http::etag::format_etag;
use crate::http::payload::Out;
use crate::http::problem::{CALLER, CONFLICT, MALFORMED, NOT_FOUND, Problems};
use crate::store::sharing::{self, AddressProof};

pub(crate) struct Invitations;

/// Invitation to read a note of another user, or to change it too. It contains nothing of the note.
#[derive(Debug, Object, Serialize)]
#[oai(rename_all = "camelCase")]
#[serde(rename_all = "camelCase")]
struct Invitation {
    /// Identifier of the invitation, needed to accept or decline it.
    id: Uuid,
    /// Username of the owner of the note.
    owner: String,
    /// Right that the invitation offers: reading, or changing title and text too.
    right: Right,
    /// Time at which the invitation was sent.
    created_at: DateTime<Utc>,
    /// Time at which the invitation expires if it is not accepted.
    expires_at: DateTime<Utc>,
}

/// All open invitations for the address of the account.
#[derive(Debug, Object, Serialize)]
struct InvitationList {
    /// Open invitations, at most the newest 100, with the newest first.
    items: Vec<Invitation>,
}

#[derive(ApiResponse)]
enum Accepted {
    /// The note, which is shared with the caller from now on.
    #[oai(status = 200)]
    Note(Out<SharedNote>, #[oai(header = "ETag")] String),
}

#[derive(ApiResponse)]
enum Declined {
    /// The invitation was declined and removed from the list.
    #[oai(status = 204)]
    Gone,
}

impl From<sharing::Invitation> for Invitation {
    fn from(invitation: sharing::Invitation) -> Self {
        Self {
            id: invitation.id,
            owner: invitation.owner_name,
            right: Right::from_can_write(invitation.can_write),
            created_at: invitation.created_at,
            expires_at: invitation.expires_at,
        }
    }
}

/// Returns the proof of an address that invitations require: verification by mail where the service sends mail, otherwise that the account had the
/// address when the invitation was sent.
fn required_proof(app: &App) -> AddressProof {
    match app.settings.mail {
        Some(_) => AddressProof::Mail,
        None => AddressProof::Early,
    }
}

#[OpenApi(tag = "Tag::Sharing", prefix_path = "/invitations")]
impl Invitations {
    /// List invitations to notes of other users
    ///
    /// Returns open invitations that were sent to the address of the account. If the service sends mail, the address must be verified first; if it
    /// does not, only invitations that were sent while the account had the address are listed. The event `changed` announces a new invitation.
    #[oai(path = "/", method = "get", operation_id = "listInvitations")]
    async fn list_invitations(
        &self,
        caller: SessionCaller,
    ) -> Result<Out<InvitationList>, Problems<{ CALLER }>> {
        let caller = caller.caller;
        let open = caller
            .store()
            .list_invitations(caller.owner(), required_proof(&caller.app))
            .await?;
        let items = open.into_iter().map(Invitation::from).collect();
        Ok(Out(InvitationList { items }))
    }

    /// Accept an invitation to a note
    ///
    /// Adds the note to those of `GET /api/shared`; its owner sees the username of the caller. At most 1,000 notes can be shared with one account
    /// (`limit_reached`).
    #[oai(
        path = "/:id/accept",
        method = "post",
        operation_id = "acceptInvitation"
    )]
    async fn accept_invitation(
        &self,
        caller: SessionCaller,
        id: Path<Uuid>,
    ) -> Result<Accepted, Problems<{ CALLER | MALFORMED | NOT_FOUND | CONFLICT }>> {
        let caller = caller.caller;
        let shared = caller
            .store()
            .accept_invitation(caller.owner(), required_proof(&caller.app), id.0)
            .await?;
        let tag = format_etag(shared.note.version);
        Ok(Accepted::Note(Out(SharedNote::from_shared(shared)), tag))
    }

    /// Decline an invitation to a note
    ///
    /// Removes the invitation from the list. Its sender receives no notice and sees the invitation as open until it expires.
    #[oai(path = "/:id", method = "delete", operation_id = "declineInvitation")]
    async fn decline_invitation(
        &self,
        caller: SessionCaller,
        id: Path<Uuid>,
    ) -> Result<Declined, Problems<{ CALLER | MALFORMED | NOT_FOUND }>> {
        let caller = caller.caller;
        caller
            .store()
            .decline_invitation(caller.owner(), required_proof(&caller.app), id.0)
            .await?;
        Ok(Declined::Gone)
    }
}
