//! `/api/notes/{id}/shares`: whom a note is shared with.

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

/// The right that a share gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum, Serialize)]
#[oai(rename_all = "lowercase", rename = "ShareRight")]
#[serde(rename_all = "lowercase")]
pub(super) enum Right {
    /// Reading.
    Read,
    /// Reading, and changing title and text.
    Write,
}

impl Right {
    pub(super) fn of(can_write: bool) -> Self {
        if can_write { Self::Write } else { Self::Read }
    }

    fn can_write(self) -> bool {
        self == Self::Write
    }
}

/// The state of a share.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum, Serialize)]
#[oai(rename_all = "lowercase", rename = "ShareState")]
#[serde(rename_all = "lowercase")]
enum State {
    /// Offered, and not accepted.
    Invited,
    /// Accepted: the recipient has the note.
    Accepted,
}

/// Whom to share a note with.
#[derive(Debug, Object)]
#[oai(rename_all = "camelCase", deny_unknown_fields)]
struct NewShare {
    /// The address of the recipient. Case does not count. Whether an account has it is not told.
    #[oai(validator(
        max_length = 254,
        pattern = r"^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*$"
    ))]
    email: String,
    /// `read`, or `write` for changing title and text too.
    right: Right,
}

/// The changes that a share is to have.
#[derive(Debug, Object)]
#[oai(rename_all = "camelCase", deny_unknown_fields)]
struct SharePatch {
    /// The right that it gives from now on.
    right: Right,
}

/// A share of a note.
#[derive(Debug, Object, Serialize)]
#[oai(rename_all = "camelCase", skip_serializing_if_is_none)]
#[serde(rename_all = "camelCase")]
struct Share {
    /// The identifier of the share; another one, once it is accepted.
    id: Uuid,
    /// The address that was invited.
    email: String,
    /// The username of who accepted it; absent before.
    #[serde(skip_serializing_if = "Option::is_none")]
    username: Option<String>,
    /// The right that it gives.
    right: Right,
    /// `invited` until somebody with the address accepts, then `accepted`.
    state: State,
    /// When it came into this state.
    since: DateTime<Utc>,
    /// When an invitation ends that nobody accepts; absent once it is accepted.
    #[serde(skip_serializing_if = "Option::is_none")]
    expires_at: Option<DateTime<Utc>>,
}

/// The shares of a note.
#[derive(Debug, Object, Serialize)]
struct ShareList {
    /// Those that were accepted, then open invitations, each the oldest first.
    items: Vec<Share>,
}

#[derive(ApiResponse)]
enum Offered {
    /// The invitation; the same, whether or not an account has the address.
    #[oai(status = 201)]
    Share(Out<Share>),
}

#[derive(ApiResponse)]
enum Ended {
    /// The recipient has the note no more.
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
            right: Right::of(share.can_write),
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
    /// Who has the note besides its owner, and who was invited; there are at most 20, so there are no pages.
    #[oai(
        path = "/notes/:id/shares",
        method = "get",
        operation_id = "listNoteShares"
    )]
    async fn list(
        &self,
        caller: SessionCaller,
        id: Path<Uuid>,
    ) -> Result<Out<ShareList>, Problems<{ CALLER | MALFORMED | NOT_FOUND }>> {
        let caller = caller.caller;
        let shares = caller.store().note_shares(caller.owner(), id.0).await?;
        let items = shares.into_iter().map(Share::from).collect();
        Ok(Out(ShareList { items }))
    }

    /// Share a note with somebody
    ///
    /// Invites whoever has the address: the answer is the same whether or not an account has it. Whoever has it finds the invitation in
    /// `GET /api/invitations` for 14 days and accepts it, or does not. An invitation to the same address replaces the one before. A user sends 50 a
    /// day; guests send none.
    #[oai(
        path = "/notes/:id/shares",
        method = "post",
        operation_id = "shareNote"
    )]
    async fn create(
        &self,
        caller: SessionCaller,
        id: Path<Uuid>,
        body: Body<NewShare>,
    ) -> Result<Offered, Problems<{ CALLER | JSON | NOT_FOUND | CONFLICT | TOO_MANY }>> {
        let caller = caller.caller;
        if caller.identity.is_guest {
            return Err(Error::new(Code::GuestNotAllowed)
                .detail(
                    "guests share no notes; `POST /api/me/claim` makes the account one that stays",
                )
                .into());
        }
        let by = caller.owner().id().to_string();
        caller.app.attempt(Kind::ShareNote, &by).await?;
        let new = sharing::NewShare {
            email: body.0.email,
            can_write: body.0.right.can_write(),
            expires_at: clock::now() + TimeDelta::days(INVITATION_DAYS),
        };
        let share = caller.store().share_note(caller.owner(), id.0, new).await?;
        Ok(Offered::Share(Out(share.into())))
    }

    /// Change a share of a note
    ///
    /// Its right, from now on: of an open invitation too.
    #[oai(
        path = "/notes/:id/shares/:share",
        method = "patch",
        operation_id = "changeNoteShare"
    )]
    async fn change(
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
    /// Or take an invitation back. The recipient has the note no more, at once, and hears of it among the changes.
    #[oai(
        path = "/notes/:id/shares/:share",
        method = "delete",
        operation_id = "endNoteShare"
    )]
    async fn end(
        &self,
        caller: SessionCaller,
        id: Path<Uuid>,
        share: Path<Uuid>,
    ) -> Result<Ended, Problems<{ CALLER | MALFORMED | NOT_FOUND }>> {
        let caller = caller.caller;
        caller
            .store()
            .end_share(caller.owner(), id.0, share.0)
            .await?;
        Ok(Ended::Gone)
    }
}
