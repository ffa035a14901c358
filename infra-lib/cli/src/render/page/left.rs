//! Builds the section on stacks that left the app, with the commands to continue with.

use infra_core::APP_TAG;
use infra_template::review::OrphanedStacks;

use super::{Head, Kind, Row, Section, Text, Tone};

impl Section {
    /// Creates the section on stacks that left the app, and on the regions that were searched. Returns no section if there is neither such a stack
    /// nor a region that was searched incompletely.
    pub(in super::super) fn from_left_stacks(left: &OrphanedStacks) -> Vec<Self> {
        let mut rows: Vec<Row> = left
            .stacks
            .iter()
            .map(|stack| {
                let head = Text::new().code(&stack.stack);
                let head = head.plain(" in ").plain(&stack.region);
                let next = |purpose: &str, command: &str| {
                    let command = format!("{command} --stack {}/{}", stack.region, stack.stack);
                    Text::new().plain(purpose).code(command)
                };
                Row::new(Tone::Warning, "-", Head::Words(head))
                    .with_detail(next("delete it: ", "destroy"))
                    .with_detail(next("keep it: ", "orphan"))
            })
            .collect();
        let (kind, title) = if rows.is_empty() {
            (Kind::Aside, "orphaned stacks")
        } else {
            (Kind::Warning, "no longer in the app, but still deployed")
        };
        if !left.stacks.is_empty() {
            rows.push(remark_row(searched_regions(left)));
        }
        let unread = left.looked_at.iter().filter(|looked| !looked.complete);
        rows.extend(unread.map(|looked| {
            remark_row(Text::new().plain(format!("not all stacks of {} were read", looked.region)))
        }));
        Self::from_rows(kind, title, rows).into_iter().collect()
    }
}

fn remark_row(text: Text) -> Row {
    Row::new(Tone::Warning, "", Head::Words(text))
}

/// Describes the regions that were searched, and the tags that were searched for.
fn searched_regions(left: &OrphanedStacks) -> Text {
    let mut regions: Vec<String> = left
        .looked_at
        .iter()
        .map(|looked| looked.region.clone())
        .collect();
    regions.dedup();
    let marks = left.apps.iter().map(|app| format!("{APP_TAG}={app}"));
    Text::new()
        .plain(format!("searched {} for ", regions.join(", ")))
        .names(marks.collect())
}
