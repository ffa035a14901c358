//! Every stack of an app against what there is, with what the change of one means for those that read its values.

use std::collections::BTreeMap;

use super::consequences::{Certainty, Origins, affected};
use super::nested::{add_nested, nested_pairs};
use super::{sections, stack};
use crate::Template;
use crate::assembly::Stack;
use crate::migration;
use crate::review::PolicyAction;
use crate::review::{Review, StackChange, StackReview};

/// A stack as it is.
#[derive(bon::Builder, Clone, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct Before {
    /// Its template.
    pub template: Template,
    /// Its tags, where they are known.
    pub tags: Option<BTreeMap<String, String>>,
    /// The templates of its nested stacks, by path: `Child/Grandchild`.
    #[builder(default)]
    pub nested: BTreeMap<String, Template>,
}

/// What deploying these stacks would change, in their order.
///
/// `before` has what there is, by the name of the stack in CloudFormation: a stack that is not in it is created.
/// `removed` are stacks that were part of the app and are not any more, with what they were.
pub fn review(
    before: &BTreeMap<String, Before>,
    wanted: &[&Stack],
    removed: &[&Stack],
    against: &str,
) -> Review {
    let mut outside = Origins::default();
    let mut stacks = Vec::new();
    for new in wanted {
        let Some(there) = before.get(&new.name) else {
            let mut review = stack::diff(&Template::empty(), new, against);
            add_all(
                &mut review,
                &Template::empty(),
                &BTreeMap::new(),
                new,
                against,
            );
            stacks.push(review);
            continue;
        };
        let mut review = stack::within(&there.template, new, against, &outside);
        if let Some(tags) = &there.tags {
            review.sections.extend(sections::tags(tags, &new.tags));
            if review.change == StackChange::Unchanged && !review.sections.is_empty() {
                review.change = StackChange::Update;
            }
        }
        publish(&review, new, &mut outside);
        add_all(&mut review, &there.template, &there.nested, new, against);
        stacks.push(review);
    }
    migration::flag(
        stacks.iter_mut().zip(wanted.iter().copied()),
        migration::Undo::Automatic,
    );
    // What nobody needs any more goes last, and consumers go before producers.
    stacks.extend(removed.iter().rev().map(|old| deleted(old, against)));
    Review::new(stacks)
}

/// Adds the nested stacks of a stack to its review.
fn add_all(
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

/// Notes which outputs of the stack become others, for the stacks after it.
fn publish(review: &StackReview, stack: &Stack, outside: &mut Origins) {
    for (name, output) in stack.template.section("Outputs") {
        let value = &output["Value"];
        let changed = review
            .sections
            .iter()
            .find(|change| change.section == "Outputs" && change.name == name)
            .filter(|change| {
                let before = change.before.as_ref().map(|before| &before["Value"]);
                before.is_some_and(|before| before != value)
            });
        let certainty = match affected(value, &review.resources, outside) {
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

/// A stack that the app does not have any more.
fn deleted(old: &Stack, against: &str) -> StackReview {
    let gone = Stack {
        template: Template::empty(),
        nested: BTreeMap::new(),
        ..old.clone()
    };
    let mut review = stack::diff(&old.template, &gone, against);
    add_all(
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
