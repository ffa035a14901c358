//! Compares every stack of an app with its current state, including effects on stacks that read its values.

use std::collections::BTreeMap;

use super::consequences::{Certainty, Origins, find_value_cause};
use super::nested::{add_nested, nested_pairs};
use super::{sections, stack};
use crate::Template;
use crate::assembly::Stack;
use crate::migration;
use crate::review::PolicyAction;
use crate::review::{Review, StackChange, StackReview};

/// The current state of a deployed stack, to which its new state is compared.
#[derive(bon::Builder, Clone, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct DeployedStackState {
    /// Template of the stack, as deployed last.
    pub template: Template,
    /// Tags of the stack, or `None` if unknown. Unknown tags are not compared.
    pub tags: Option<BTreeMap<String, String>>,
    /// Templates of its nested stacks by path, for example `Child/Grandchild`.
    #[builder(default)]
    pub nested: BTreeMap<String, Template>,
}

impl DeployedStackState {
    /// Returns the state of a stack that is deployed as an assembly describes it.
    pub fn of_stack(stack: &Stack) -> Self {
        Self {
            template: stack.template.clone(),
            tags: Some(stack.tags.clone()),
            nested: stack.nested_templates(),
        }
    }
}

/// Returns the changes that deploying the stacks would make, in deployment order.
///
/// `before` holds the current state by the name of the stack in CloudFormation; a stack that is missing is created. `removed` lists stacks that were
/// part of the app before, with their former templates. `against` describes the compared state in messages.
pub fn review_stacks(
    before: &BTreeMap<String, DeployedStackState>,
    wanted: &[&Stack],
    removed: &[&Stack],
    against: &str,
) -> Review {
    let mut outside = Origins::default();
    let mut stacks = Vec::new();
    for new in wanted {
        let Some(there) = before.get(&new.name) else {
            let mut review = stack::diff_stack(&Template::empty(), new, against);
            add_nested_reviews(
                &mut review,
                &Template::empty(),
                &BTreeMap::new(),
                new,
                against,
            );
            stacks.push(review);
            continue;
        };
        let mut review = stack::diff_with_origins(&there.template, new, against, &outside);
        if let Some(tags) = &there.tags {
            review
                .sections
                .extend(sections::compare_tags(tags, &new.tags));
            if review.change == StackChange::Unchanged && !review.sections.is_empty() {
                review.change = StackChange::Update;
            }
        }
        publish_outputs(&review, new, &mut outside);
        add_nested_reviews(&mut review, &there.template, &there.nested, new, against);
        stacks.push(review);
    }
    migration::flag_contractions(
        stacks.iter_mut().zip(wanted.iter().copied()),
        migration::RollbackMode::Automatic,
    );
    // Removed stacks come last, consumers before producers.
    stacks.extend(
        removed
            .iter()
            .rev()
            .map(|old| review_deletion(old, against)),
    );
    Review::new(stacks)
}

/// Adds the changes of nested stacks to the review of their root stack.
fn add_nested_reviews(
    review: &mut StackReview,
    deployed: &Template,
    nested: &BTreeMap<String, Template>,
    new: &Stack,
    against: &str,
) {
    for pair in nested_pairs(deployed, nested, new) {
        add_nested(review, new, &pair, against);
    }
    migration::add_nested(review, new);
}

/// Records which outputs of the stack change, for the stacks that follow.
fn publish_outputs(review: &StackReview, stack: &Stack, outside: &mut Origins) {
    for (name, output) in stack.template.section_entries("Outputs") {
        let value = &output["Value"];
        let changed = review
            .sections
            .iter()
            .find(|change| change.section == "Outputs" && change.name == name)
            .filter(|change| {
                let before = change.before.as_ref().map(|before| &before["Value"]);
                before.is_some_and(|before| before != value)
            });
        let certainty = match find_value_cause(value, &review.resources, outside) {
            Some((certainty, _)) => certainty,
            None if changed.is_some() => Certainty::Certain,
            None => continue,
        };
        outside
            .outputs
            .insert((stack.name.clone(), name.to_owned()), certainty);
        if let Some(export) = output["Export"]["Name"].as_str() {
            outside.exports.insert(export.to_owned(), certainty);
        }
    }
}

/// Returns the review of a stack that the app does not contain any more.
fn review_deletion(old: &Stack, against: &str) -> StackReview {
    let gone = Stack {
        template: Template::empty(),
        nested: BTreeMap::new(),
        ..old.clone()
    };
    let mut review = stack::diff_stack(&old.template, &gone, against);
    add_nested_reviews(
        &mut review,
        &old.template,
        &old.nested_templates(),
        &gone,
        against,
    );
    review.change = StackChange::Delete;
    for change in &mut review.resources {
        change.policy_action.get_or_insert(PolicyAction::Delete);
    }
    review
}
