//! Events of nested stacks, told among those of their root stack with paths such as `Child/Table`.

use std::collections::BTreeMap;

use super::look::Look;
use infra_aws::{ApiError, ApiErrorKind, CloudFormation, StackEvent};
use infra_template::nested::{NESTED_STACK, nested_path};
use time::OffsetDateTime;

/// The nested stacks that an operation touches.
#[derive(Default)]
pub(super) struct Children {
    /// By ARN.
    known: BTreeMap<String, Child>,
    /// When the work on each began, by path: its ARN may be told later.
    begun: BTreeMap<String, OffsetDateTime>,
}

struct Child {
    /// The logical IDs that lead to it from the root stack.
    path: String,
    look: Look,
    /// True while its parent waits for it.
    open: bool,
    /// False once AWS has refused to tell of it: its parent's events are all that is told then.
    readable: bool,
}

impl Children {
    /// Learns from the events of a parent which nested stacks there are.
    fn note(&mut self, events: &[StackEvent]) {
        for event in events {
            if event.type_name != NESTED_STACK || event.is_of_stack() {
                continue;
            }
            let begun = self.begun.entry(event.logical_id.clone());
            let begun = *begun.or_insert(event.time);
            let Some(arn) = event.nested_stack() else {
                continue;
            };
            let child = self.known.entry(arn.to_owned()).or_insert_with(|| Child {
                path: event.logical_id.clone(),
                look: Look::since(begun),
                open: false,
                readable: true,
            });
            // Also one that is done by now has something to tell.
            child.open = true;
        }
    }

    /// Adds the new events of nested stacks to those of their root, in the order of time. `all` also looks at nested
    /// stacks that are done, which clean up later than their parents say so.
    ///
    /// An answer that is missing now is no failure: the next look finds what it would have told.
    pub(super) async fn add_to(
        &mut self,
        events: &mut Vec<StackEvent>,
        client: &dyn CloudFormation,
        all: bool,
    ) {
        self.note(events);
        let mut looked: Vec<String> = Vec::new();
        // What a child tells may name grandchildren.
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
            match child.look.new_events(client, &arn).await {
                Ok(mut found) => {
                    child.open = !found.last().is_some_and(is_over) && child.open;
                    let path = child.path.clone();
                    rename(&mut found, &path);
                    self.note(&found);
                    events.append(&mut found);
                }
                Err(error) => child.readable = !is_refused(&error),
            }
        }
        events.sort_by_key(|event| event.time);
    }

    /// True for the event of a nested stack about itself, which its parent tells as well.
    pub(super) fn is_own(&self, event: &StackEvent) -> bool {
        event.is_of_stack() && self.known.contains_key(&event.stack_id)
    }
}

/// Adds what nested stacks tell to the events of an operation that is over, oldest first.
pub(crate) async fn add_nested_events(events: &mut Vec<StackEvent>, client: &dyn CloudFormation) {
    Children::default().add_to(events, client, true).await;
}

/// The resources of a nested stack by their paths. Events of the stack itself keep its name.
fn rename(events: &mut [StackEvent], path: &str) {
    for event in events.iter_mut().filter(|event| !event.is_of_stack()) {
        event.logical_id = nested_path(path, &event.logical_id);
    }
}

fn is_over(event: &StackEvent) -> bool {
    event.is_of_stack() && !event.status.is_in_progress()
}

fn is_refused(error: &ApiError) -> bool {
    matches!(
        error.kind,
        ApiErrorKind::AccessDenied { .. } | ApiErrorKind::NotFound | ApiErrorKind::Unsupported
    )
}
