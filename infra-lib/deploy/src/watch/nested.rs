//! Merges the events of nested stacks into those of their root stack, with paths such as `Child/Table`.

use std::collections::BTreeMap;

use super::look::EventCursor;
use infra_aws::{ApiError, ApiErrorKind, CloudFormation, StackEvent};
use infra_template::nested::{NESTED_STACK, nested_path};
use time::OffsetDateTime;

/// Nested stacks that an operation affects.
#[derive(Default)]
pub(super) struct Children {
    /// Nested stacks by ARN.
    known: BTreeMap<String, Child>,
    /// Start of the work on each nested stack, by path; its ARN may become known later.
    begun: BTreeMap<String, OffsetDateTime>,
}

struct Child {
    /// Logical IDs from the root stack to this nested stack, joined with `/`.
    path: String,
    look: EventCursor,
    /// True while the parent waits for this stack.
    open: bool,
    /// False once AWS has refused to return its events; only the events of its parent are reported then.
    readable: bool,
}

impl Children {
    /// Records the nested stacks that appear in the events of a parent.
    fn record_nested(&mut self, events: &[StackEvent]) {
        for event in events {
            if event.type_name != NESTED_STACK || event.is_stack_event() {
                continue;
            }
            let begun = self.begun.entry(event.logical_id.clone());
            let begun = *begun.or_insert(event.time);
            let Some(arn) = event.nested_stack() else {
                continue;
            };
            let child = self.known.entry(arn.to_owned()).or_insert_with(|| Child {
                path: event.logical_id.clone(),
                look: EventCursor::from_time(begun),
                open: false,
                readable: true,
            });
            // A nested stack that is already done may have unread events.
            child.open = true;
        }
    }

    /// Adds the new events of nested stacks to those of their root stack, ordered by time. With `all`, also polls nested stacks that are done: their
    /// cleanup can end after the parent has reported them complete.
    ///
    /// A failed read is not an error, because the next poll reads the missing events.
    pub(super) async fn add_to(
        &mut self,
        events: &mut Vec<StackEvent>,
        client: &dyn CloudFormation,
        all: bool,
    ) {
        self.record_nested(events);
        let mut looked: Vec<String> = Vec::new();
        // Events of a nested stack may reveal further nested stacks.
        loop {
            let next = self.known.iter().find(|(arn, child)| {
                child.readable && (child.open || all) && !looked.contains(arn)
            });
            let Some(arn) = next.map(|(arn, _)| arn.clone()) else {
                break;
            };
            looked.push(arn.clone());
            let Some(child) = self.known.get_mut(&arn) else {
                break;
            };
            match child.look.read_new_events(client, &arn).await {
                Ok(mut found) => {
                    child.open = !found.last().is_some_and(is_finished) && child.open;
                    let path = child.path.clone();
                    prefix_logical_ids(&mut found, &path);
                    self.record_nested(&found);
                    events.append(&mut found);
                }
                Err(error) => child.readable = !is_denied(&error),
            }
        }
        events.sort_by_key(|event| event.time);
    }

    /// Returns true for the event of a nested stack about its own status, which its parent reports as well.
    pub(super) fn is_own(&self, event: &StackEvent) -> bool {
        event.is_stack_event() && self.known.contains_key(&event.stack_id)
    }
}

/// Adds the events of nested stacks to those of a finished operation, oldest first.
pub(crate) async fn add_nested_events(events: &mut Vec<StackEvent>, client: &dyn CloudFormation) {
    Children::default().add_to(events, client, true).await;
}

/// Prefixes the logical IDs with the path of the nested stack. Events of the stack itself keep its name.
fn prefix_logical_ids(events: &mut [StackEvent], path: &str) {
    for event in events.iter_mut().filter(|event| !event.is_stack_event()) {
        event.logical_id = nested_path(path, &event.logical_id);
    }
}

fn is_finished(event: &StackEvent) -> bool {
    event.is_stack_event() && !event.status.is_in_progress()
}

fn is_denied(error: &ApiError) -> bool {
    matches!(
        error.kind,
        ApiErrorKind::AccessDenied { .. } | ApiErrorKind::NotFound | ApiErrorKind::Unsupported
    )
}
