//! The events of the last attempt on a stack: the operation that was asked for, with the rollback that followed it.

use time::OffsetDateTime;

use crate::watch::add_nested_events;
use infra_aws::{ApiError, CloudFormation, StackEvent};

/// Pages that are read: an attempt on a full stack has some three thousand events.
const PAGES: usize = 50;

/// The last attempt.
#[derive(Clone, Debug, Default)]
pub(super) struct Attempt {
    /// Oldest first.
    pub(super) events: Vec<StackEvent>,
    /// When it began.
    pub(super) since: Option<OffsetDateTime>,
}

impl Attempt {
    /// A rollback is an operation of its own, and so is its continuation: the cause stands before them, so reading
    /// goes back to the operation that a person asked for.
    pub(super) async fn last(client: &dyn CloudFormation, stack: &str) -> Result<Self, ApiError> {
        let mut attempt = Self::default();
        let mut next = None;
        'pages: for _ in 0..PAGES {
            let page = client.stack_events(stack, next).await?;
            for event in page.items {
                let begins = event.is_of_stack() && begins_attempt(event.status.as_str());
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

/// `UPDATE_IN_PROGRESS`, but neither `UPDATE_ROLLBACK_IN_PROGRESS` nor `UPDATE_COMPLETE_CLEANUP_IN_PROGRESS`.
fn begins_attempt(status: &str) -> bool {
    matches!(
        status,
        "CREATE_IN_PROGRESS" | "UPDATE_IN_PROGRESS" | "DELETE_IN_PROGRESS" | "IMPORT_IN_PROGRESS"
    )
}
