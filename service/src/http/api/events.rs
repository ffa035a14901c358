//! `/api/events`: what happens while somebody listens.

use poem_openapi::OpenApi;
use poem_openapi::param::{Header, Query};
use uuid::Uuid;

use super::Tag;
use crate::http::caller::Caller;
use crate::http::event_stream;
use crate::http::named_account;
use crate::http::problem::{CALLER, CONFLICT, INPUT, Problems};

pub(crate) struct Events;

#[OpenApi(tag = "Tag::Notes")]
impl Events {
    /// Listen
    ///
    /// Server-sent events: `changed` with the current revision at once and whenever something was written, by whichever device; `reminder` once
    /// for each reminder that becomes due. A comment comes every 20 s when nothing else does. The stream ends with the session and with the
    /// process; browsers come again by themselves, with `Last-Event-ID`, and are told of reminders that were fired in between, the last 100.
    #[oai(path = "/events", method = "get", operation_id = "listen")]
    async fn listen(
        &self,
        caller: Caller,
        /// The `id` of the last event that was received: a revision.
        #[oai(name = "Last-Event-ID", validator(minimum(value = "0")))]
        last: Header<Option<i64>>,
        /// The account that the client means, as the header `Notes-Account` says it: pages cannot send headers with streams of events.
        account: Query<Option<Uuid>>,
    ) -> Result<event_stream::Events, Problems<{ CALLER | INPUT | CONFLICT }>> {
        if let Some(named) = account.0 {
            named_account::compare(named, caller.owner().id())?;
        }
        Ok(event_stream::Events::of(caller, last.0).await?)
    }
}
