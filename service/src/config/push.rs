//! Messages to browsers: a page that browsers know, and requests to the services of their makers.

use super::reader::Reader;
use crate::http::middleware::Origin;
use crate::outbound::{Client, Settings};
use crate::push::Pusher;

/// Reads what pushes in the name of this page, within these bounds; none where it is off.
pub(super) fn read(
    from: &mut Reader<'_>,
    calls: &Settings,
    page: Option<&Origin>,
) -> Option<Pusher> {
    if !from.switch("PUSH", page.is_some()) {
        return None;
    }
    let Some(page) = page else {
        if from.text("PUBLIC_URL").is_none() {
            from.say("PUBLIC_URL", "is missing", "what PUSH needs");
        }
        return None;
    };
    let client = Client::new(calls.clone()).ok();
    if client.is_none() {
        from.say(
            "PUSH",
            "is on, and no requests can be made with these OUTBOUND_CA",
            "certificates of authorities, or false",
        );
    }
    Some(Pusher::new(client?, &page.to_string()))
}
