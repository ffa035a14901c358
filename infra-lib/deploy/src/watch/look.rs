//! One look at a stack: the events that were not seen before, oldest first.

use std::collections::BTreeSet;

use time::OffsetDateTime;

use infra_aws::{ApiError, CloudFormation, StackEvent};

/// What was seen so far.
pub(super) struct Look {
    seen: BTreeSet<String>,
    /// The newest event before the operation.
    after: Option<String>,
    since: OffsetDateTime,
}

impl Look {
    pub(super) fn new(after: Option<String>, since: OffsetDateTime) -> Self {
        Self {
            seen: BTreeSet::new(),
            after,
            since,
        }
    }

    /// Events since a time.
    pub(super) fn since(since: OffsetDateTime) -> Self {
        Self::new(None, since)
    }

    /// Events come newest first. The first that was seen before, or that is older than the operation, ends the look:
    /// a stack with 400,000 events costs no more than one with ten.
    pub(super) async fn new_events(
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
        // Only now: a look that failed half way must find them again.
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
