//! Reads the stack events that are new since the previous poll, oldest first.

use std::collections::BTreeSet;

use time::OffsetDateTime;

use infra_aws::{ApiError, CloudFormation, StackEvent};

/// Position in the events of a stack: which ones have been seen.
pub(super) struct EventCursor {
    seen: BTreeSet<String>,
    /// ID of the newest event before the operation; takes precedence over `since`.
    after: Option<String>,
    since: OffsetDateTime,
}

impl EventCursor {
    pub(super) fn new(after: Option<String>, since: OffsetDateTime) -> Self {
        Self {
            seen: BTreeSet::new(),
            after,
            since,
        }
    }

    /// Creates a position that covers all events since a time.
    pub(super) fn from_time(since: OffsetDateTime) -> Self {
        Self::new(None, since)
    }

    /// Reads the new events, oldest first. CloudFormation returns the newest first, so that reading stops at the first event that was seen or
    /// precedes the operation; the length of the history does not matter.
    pub(super) async fn read_new_events(
        &mut self,
        client: &dyn CloudFormation,
        stack: &str,
    ) -> Result<Vec<StackEvent>, ApiError> {
        let mut found = Vec::new();
        let mut next = None;
        'pages: loop {
            let answer = client.stack_events(stack, next).await?;
            for event in answer.items {
                if self.seen.contains(&event.id) || self.is_older(&event) {
                    break 'pages;
                }
                found.push(event);
            }
            next = answer.next;
            if next.is_none() {
                break;
            }
        }
        // Marked as seen only now, so that a read that fails halfway finds them again.
        self.seen.extend(found.iter().map(|event| event.id.clone()));
        found.reverse();
        Ok(found)
    }

    fn is_older(&self, event: &StackEvent) -> bool {
        match &self.after {
            Some(last) => *last == event.id,
            None => event.time < self.since,
        }
    }
}
