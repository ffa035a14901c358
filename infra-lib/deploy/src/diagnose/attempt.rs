//! Reads the events of the last attempt on a stack: the requested operation, and the rollback after it.

use time::OffsetDateTime;

use crate::watch::add_nested_events;
use infra_aws::{ApiError, CloudFormation, StackEvent};

/// Maximum number of pages to read. An attempt on a stack with the maximum number of resources has about three thousand events.
const PAGES: usize = 50;

/// Events of the last attempt on a stack.
#[derive(Clone, Debug, Default)]
pub(super) struct Attempt {
    /// Events, oldest first.
    pub(super) events: Vec<StackEvent>,
    /// Start of the attempt; `None` if the start was not among the events read.
    pub(super) since: Option<OffsetDateTime>,
}

impl Attempt {
    /// Reads the last attempt. A rollback and its continuation are separate operations of CloudFormation; since the cause precedes them, reading goes
    /// back to the operation that a user requested.
    pub(super) async fn read_last(
        client: &dyn CloudFormation,
        stack: &str,
    ) -> Result<Self, ApiError> {
        let mut attempt = Self::default();
        let mut next = None;
        'pages: for _ in 0..PAGES {
            let page = client.stack_events(stack, next).await?;
            for event in page.items {
                let begins = event.is_stack_event() && starts_attempt(event.status.as_str());
                let time = event.time;
                attempt.events.push(event);
                if begins {
                    attempt.since = Some(time);
                    break 'pages;
                }
            }
            next = page.next;
            if next.is_none() {
                break;
            }
        }
        attempt.events.reverse();
        add_nested_events(&mut attempt.events, client).await;
        Ok(attempt)
    }
}

/// Returns true for the status that starts a requested operation. Rollback and cleanup statuses do not.
fn starts_attempt(status: &str) -> bool {
    matches!(
        status,
        "CREATE_IN_PROGRESS" | "UPDATE_IN_PROGRESS" | "DELETE_IN_PROGRESS" | "IMPORT_IN_PROGRESS"
    )
}
