//! `/api/notes/{id}/shares`: the people with whom a note is shared.

use chrono::{DateTime, TimeDelta, Utc};
use poem_openapi::param::Path;
use poem_openapi::{ApiResponse, Enum, Object, OpenApi};
use serde::Serialize;
use uuid::Uuid;

use super::Tag;
use crate::auth::rates::Kind;
use crate::clock;
use crate::domain::limits::INVITATION_DAYS;
use crate::error::{Code, Error};
use crate::http::caller::SessionCaller;
use crate::http::payload::{Body, Out};
use crate::http::problem::{CALLER, CONFLICT, JSON, MALFORMED, NOT_FOUND, Problems, TOO_MANY};
use crate::store::sharing;

pub(crate) struct Shares;

/// Right of the recipient of a share: `read`, or `write` for changing title and text too.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum, Serialize)]
#[oai(rename_all = "lowercase", rename = "ShareRight")]
#[serde(rename_all = "lowercase")]
pub(super) enum Right {
    /// Permits reading the note.
    Read,
    /// Permits reading the note, and changing its title and text.
    Write,
}

impl Right {
    pub(super) fn from_can_write(can_write: bool) -> Self {
        if can_write { Self::Write } else { Self::Read }
    }

    fn can_write(self) -> bool {
        self == Self::Write
    }
}

/// State of a share: `invited` until the recipient accepts the invitation, then `accepted`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum, Serialize)]
#[oai(rename_all = "lowercase", rename = "ShareState")]
#[serde(rename_all = "lowercase")]
enum State {
    /// The invitation is open.
    Invited,
    /// The recipient has accepted and can read the note.
    Accepted,
}

/// Invitation of a person to a note.
#[derive(Debug, Object)]
#[oai(rename_all = "camelCase", deny_unknown_fields)]
struct NewShare {
    /// Email address of the recipient; case is ignored. The response does not reveal if an account has the address.
    #[oai(validator(
        max_length = 254,
        pattern = r"^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*$"
    ))]
    email: String,
    /// Right of the recipient: `read`, or `write` for changing title and text too.
    right: Right,
}

/// Change of the right that a share gives.
#[derive(Debug, Object)]
#[oai(rename_all = "camelCase", deny_unknown_fields)]
struct SharePatch {
    /// New right of the recipient.
    right: Right,
}

/// A person with whom a note is shared, or who is invited to it.
#[derive(Debug, Object, Serialize)]
#[oai(rename_all = "camelCase", skip_serializing_if_is_none)]
#[serde(rename_all = "camelCase")]
struct Share {
    /// Identifier of the share. It changes when the invitation is accepted.
    id: Uuid,
    /// Email address that was invited.
    email: String,
    /// Username of the recipient who accepted; absent while the invitation is open.
    #[serde(skip_serializing_if = "Option::is_none")]
    username: Option<String>,
    /// Right of the recipient: reading, or changing title and text too.
    right: Right,
    /// State of the share: an open invitation, or accepted.
    state: State,
    /// Time at which the share entered its present state.
    since: DateTime<Utc>,
    /// Time at which an open invitation expires; absent once it is accepted.
    #[serde(skip_serializing_if = "Option::is_none")]
    expires_at: Option<DateTime<Utc>>,
}

/// All shares and open invitations of a note.
#[derive(Debug, Object, Serialize)]
struct ShareList {
    /// Accepted shares, then open invitations, each with the oldest first.
    items: Vec<Share>,
}

#[derive(ApiResponse)]
enum ShareCreated {
    /// The invitation; it is the same if no account has the address.
    #[oai(status = 201)]
    Share(Out<Share>),
}

#[derive(ApiResponse)]
enum ShareEnded {
    /// The share or invitation ended.
    #[oai(status = 204)]
    Gone,
}

impl From<sharing::Share> for Share {
    fn from(share: sharing::Share) -> Self {
        let (state, username, expires_at) = match share.state {
            sharing::ShareState::Invited { expires_at } => (State::Invited, None, Some(expires_at)),
            sharing::ShareState::Accepted { username } => (State::Accepted, Some(username), None),
        };
        Self {
            id: share.id,
            email: share.email,
            username,
            right: Right::from_can_write(share.can_write),
            state,
            since: share.since,
            expires_at,
        }
    }
}

#[OpenApi(tag = "Tag::Sharing")]
impl Shares {
    /// List the shares of a note
    ///
    /// Returns the people who can read the note besides its owner, and open invitations, on one page; a note has at most 20.
    #[oai(
        path = "/notes/:id/shares",
        method = "get",
        operation_id = "listNoteShares"
    )]
    async fn list_note_shares(
        &self,
        caller: SessionCaller,
        id: Path<Uuid>,
    ) -> Result<Out<ShareList>, Problems<{ CALLER | MALFORMED | NOT_FOUND }>> {
        let caller = caller.caller;
        let shares = caller.store().note_shares(caller.owner(), id.0).await?;
        let items = shares.into_iter().map(Share::from).collect();
        Ok(Out(ShareList { items }))
    }

    /// Share a note
    ///
    /// Invites the owner of an email address to a note. The response is the same if no account has the address. The recipient finds the invitation in
    /// `GET /api/invitations` for 14 days. Another invitation to the same address replaces the earlier one. A user can send 50 invitations per day;
    /// guests cannot share notes (`guest_not_allowed`).
    #[oai(
        path = "/notes/:id/shares",
        method = "post",
        operation_id = "shareNote"
    )]
    async fn share_note(
        &self,
        caller: SessionCaller,
        id: Path<Uuid>,
        body: Body<NewShare>,
    ) -> Result<ShareCreated, Problems<{ CALLER | JSON | NOT_FOUND | CONFLICT | TOO_MANY }>> {
        let caller = caller.caller;
        if caller.identity.is_guest {
            return Err(Error::new(Code::GuestNotAllowed)
                .detail("guests cannot share notes; register with `POST /api/me/claim`")
                .into());
        }
        let by = caller.owner().id().to_string();
        caller.app.count_attempt(Kind::ShareNote, &by).await?;
        let new = sharing::NewShare {
            email: body.0.email,
            can_write: body.0.right.can_write(),
            expires_at: clock::now() + TimeDelta::days(INVITATION_DAYS),
        };
        let share = caller.store().share_note(caller.owner(), id.0, new).await?;
        Ok(ShareCreated::Share(Out(share.into())))
    }

    /// Change a share of a note
    ///
    /// Changes the right of the recipient from now on; open invitations can be changed too.
    #[oai(
        path = "/notes/:id/shares/:share",
        method = "patch",
        operation_id = "changeNoteShare"
    )]
    async fn change_note_share(
        &self,
        caller: SessionCaller,
        id: Path<Uuid>,
        share: Path<Uuid>,
        body: Body<SharePatch>,
    ) -> Result<Out<Share>, Problems<{ CALLER | JSON | NOT_FOUND }>> {
        let caller = caller.caller;
        let share = caller
            .store()
            .change_share(caller.owner(), id.0, share.0, body.0.right.can_write())
            .await?;
        Ok(Out(share.into()))
    }

    /// End a share of a note
    ///
    /// Ends a share or revokes an open invitation. The recipient can no longer read the note, and finds its identifier in `endedShares` of
    /// `GET /api/changes`.
    #[oai(
        path = "/notes/:id/shares/:share",
        method = "delete",
        operation_id = "endNoteShare"
    )]
    async fn end_note_share(
        &self,
        caller: SessionCaller,
        id: Path<Uuid>,
        share: Path<Uuid>,
    ) -> Result<ShareEnded, Problems<{ CALLER | MALFORMED | NOT_FOUND }>> {
        let caller = caller.caller;
        caller
            .store()
            .end_share(caller.owner(), id.0, share.0)
            .await?;
        Ok(ShareEnded::Gone)
    }
}
