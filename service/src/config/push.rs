//! Settings of push messages to browsers: the page that they belong to, and the restrictions of requests to push services.

use super::reader::Reader;
use crate::http::middleware::Origin;
use crate::outbound::{Client, Settings};
use crate::push::Pusher;

/// Reads the settings of push messages, which identify `page` as their sender and are sent within the restrictions of `calls`. Returns `None` if they
/// are off, and after reporting a problem.
pub(super) fn read_pusher(
    from: &mut Reader<'_>,
    calls: &Settings,
    page: Option<&Origin>,
) -> Option<Pusher> {
    if !from.parse_switch("PUSH", page.is_some()) {
        return None;
    }
    let Some(page) = page else {
        if from.find_value("PUBLIC_URL").is_none() {
            from.report_problem("PUBLIC_URL", "is missing", "required for PUSH");
        }
        return None;
    };
    let client = Client::new(calls.clone()).ok();
    if client.is_none() {
        from.report_problem(
            "PUSH",
            "is on, but the certificates in OUTBOUND_CA cannot be used for requests",
            "set OUTBOUND_CA to valid certificates, or PUSH to false",
        );
    }
    Some(Pusher::new(client?, &page.to_string()))
}
