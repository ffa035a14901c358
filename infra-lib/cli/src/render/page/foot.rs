//! Builds the end of the page: expected duration, limits of the checks, and the basis of the review.

use infra_console::words::format_seconds;
use infra_template::review::{Basis, Review, StackReview};

use super::super::words::path_below_stack;
use super::Text;

/// Returns lines on the expected duration, and on everything that was not checked.
pub(super) fn footer_lines(review: &Review) -> Vec<Text> {
    let mut lines = Vec::from_iter(describe_duration(review).map(|text| Text::new().plain(text)));
    let mut unchecked: Vec<&str> = Vec::new();
    for text in review.stacks.iter().flat_map(|stack| &stack.unchecked) {
        if !unchecked.contains(&text.as_str()) {
            unchecked.push(text);
            lines.push(Text::new().plain("not checked: ").prose(text));
        }
    }
    lines
}

/// Returns a line for each change set that would be executed, and for the other side of a comparison of templates.
pub(super) fn basis_lines(review: &Review) -> Vec<Text> {
    let mut lines = Vec::new();
    let mut compared = None;
    for stack in &review.stacks {
        match &stack.basis {
            Basis::Templates { against } => {
                compared.get_or_insert(against);
            }
            Basis::ChangeSet {
                id,
                plan_key,
                change_digest,
                expires,
                ..
            } => lines.push(
                Text::new()
                    .plain(format!("{}: plan ", stack.path))
                    .code(plan_key.short())
                    .plain(", changes ")
                    .code(change_digest.short())
                    .plain(format!(", until {expires}, "))
                    .code(id),
            ),
            _ => {}
        }
    }
    if let Some(against) = compared {
        lines.push(Text::new().plain(format!(
            "compared with {against}: a prediction from templates and the resource schemas"
        )));
    }
    lines
}
/// Describes the expected duration and the chain of resources that takes longest; `None` without an estimate.
fn describe_duration(review: &Review) -> Option<String> {
    let estimates = review
        .stacks
        .iter()
        .filter_map(|stack| Some((stack, stack.estimate.as_ref()?)));
    let estimates: Vec<_> = estimates.collect();
    let total: u64 = estimates.iter().map(|(_, estimate)| estimate.seconds).sum();
    if total == 0 {
        return None;
    }
    let (stack, longest) = estimates
        .iter()
        .max_by_key(|(_, estimate)| estimate.seconds)?;
    // The path contains a replaced resource twice, because its predecessor is removed last.
    let mut path: Vec<&str> = Vec::new();
    for name in longest
        .critical_path
        .iter()
        .map(|id| resource_name(stack, id))
    {
        if !path.contains(&name) {
            path.push(name);
        }
    }
    let most = if estimates.len() > 1 {
        format!(", most of that in {}", stack.path)
    } else {
        String::new()
    };
    let path = path.join(", then ");
    Some(format!(
        "usually takes {} in all{most}: {path}",
        format_seconds(total)
    ))
}

fn resource_name<'s>(stack: &'s StackReview, id: &'s str) -> &'s str {
    let mut resources = stack.resources.iter();
    let change = resources.find(|change| change.resource.logical_id == id);
    change.map_or(id, |change| path_below_stack(stack, change))
}
