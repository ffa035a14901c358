//! `/api/events`: a stream of server-sent events about changes and reminders.

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
    /// Listen to events
    ///
    /// Streams server-sent events. `changed` carries the current revision: once when the stream begins, then after every write from any device.
    /// `reminder` is sent once for each reminder that becomes due. A comment follows every 20 s without an event. The stream ends with the session or
    /// the process; browsers reconnect with `Last-Event-ID` and then receive the reminders that they missed, at most the last 100.
    #[oai(path = "/events", method = "get", operation_id = "listen")]
    async fn stream_events(
        &self,
        caller: Caller,
        /// `id` of the last event that the client received, which is a revision.
        #[oai(name = "Last-Event-ID", validator(minimum(value = "0")))]
        last: Header<Option<i64>>,
        /// Identifier of the account that the client expects, in place of the header `Notes-Account`, because pages cannot set headers for event
        /// streams. Another account answers `other_account`.
        account: Query<Option<Uuid>>,
    ) -> Result<event_stream::EventPayload, Problems<{ CALLER | INPUT | CONFLICT }>> {
        if let Some(named) = account.0 {
            named_account::compare_accounts(named, caller.owner().id())?;
        }
        Ok(event_stream::EventPayload::open_stream(caller, last.0).await?)
    }
}
