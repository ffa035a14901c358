//! Predicts the changes of a stack that cannot be planned yet, because it reads outputs that do not exist yet.

use std::collections::BTreeSet;

use serde_json::{Value as JsonValue, json};

use infra_core::template::{Reference, references};
use infra_template::Template;
use infra_template::digest::Digest;
use infra_template::review::Action;
use infra_template::review::{Direction, StackReview};

/// Returns the references of a template to outputs and exports of other stacks.
pub(crate) fn list_stack_references(template: &Template) -> Vec<Reference> {
    let document = JsonValue::Object(template.document().clone());
    let mut found = references(&document);
    found.retain(|reference| {
        matches!(
            reference,
            Reference::StackOutput { .. } | Reference::Import { .. }
        )
    });
    found.sort();
    found.dedup();
    found
}

/// Returns the approved changes as a set of descriptions.
fn describe_changes(review: &StackReview) -> BTreeSet<String> {
    let mut items = BTreeSet::new();
    for change in &review.resources {
        let id = &change.resource.logical_id;
        let what = match (&change.action, change.replacement.is_possible()) {
            (Action::Add, _) => format!("create `{id}`"),
            (Action::Remove, _) => format!("remove `{id}`"),
            (Action::Import, _) => format!("import `{id}`"),
            (_, true) => format!("replace `{id}`"),
            (_, false) => format!("change `{id}`"),
        };
        items.insert(what);
    }
    for stop in review.stops.iter().filter(|stop| stop.data_loss) {
        items.insert(format!("lose the data of `{}`", stop.resource.logical_id));
    }
    for (stop, path) in review
        .stops
        .iter()
        .flat_map(|stop| stop.opened.iter().map(move |path| (stop, path)))
    {
        let id = &stop.resource.logical_id;
        items.insert(format!("open `{id}` to the internet: {}", path.what));
    }
    for change in &review.security {
        if change.direction == Direction::Broadening {
            items.insert(format!("broaden: {}", change.summary));
        }
    }
    items
}

/// Returns the digest of the predicted changes for the plan file.
pub(crate) fn digest_review(review: &StackReview) -> Digest {
    Digest::hash_json(&json!(describe_changes(review)))
}

/// Returns the actual changes that were not predicted. A predicted replacement includes an update.
pub(crate) fn unpredicted_changes(expected: &StackReview, real: &StackReview) -> Vec<String> {
    let expected = describe_changes(expected);
    let known = |item: &String| {
        expected.contains(item)
            || item
                .strip_prefix("change ")
                .is_some_and(|id| expected.contains(&format!("replace {id}")))
    };
    describe_changes(real)
        .into_iter()
        .filter(|item| !known(item))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{digest_review, unpredicted_changes};
    use infra_template::ResourceName;
    use infra_template::review::Action;
    use infra_template::review::{
        Basis, Direction, Replacement, ResourceChange, SecurityChange, SecurityKind, StackChange,
        StackReview,
    };

    fn build_resource(id: &str) -> ResourceName {
        ResourceName::builder()
            .stack("web")
            .logical_id(id)
            .type_name("AWS::SNS::Topic")
            .build()
    }

    fn build_review(changes: &[(&str, Action, Replacement)]) -> StackReview {
        StackReview::builder()
            .path("web")
            .stack("web")
            .change(StackChange::Update)
            .basis(Basis::Templates {
                against: "deployed".to_owned(),
            })
            .provisional(true)
            .resources(
                changes
                    .iter()
                    .map(|(id, action, replacement)| {
                        ResourceChange::builder()
                            .resource(build_resource(id))
                            .action(action.clone())
                            .replacement(replacement.clone())
                            .build()
                    })
                    .collect(),
            )
            .build()
    }

    fn possible_replacement() -> Replacement {
        Replacement::Maybe {
            because: vec!["Name".to_owned()],
        }
    }

    #[test]
    fn lists_only_unpredicted_changes() {
        let expected = build_review(&[
            ("New", Action::Add, Replacement::No),
            ("Risky", Action::Modify, possible_replacement()),
            ("Plain", Action::Modify, Replacement::No),
        ]);
        // Fewer changes than predicted, and a replacement that did not happen.
        let less = build_review(&[
            ("New", Action::Add, Replacement::No),
            ("Risky", Action::Modify, Replacement::No),
        ]);
        assert!(unpredicted_changes(&expected, &less).is_empty());
        let mut worse = build_review(&[
            ("Plain", Action::Modify, possible_replacement()),
            ("Gone", Action::Remove, Replacement::No),
        ]);
        worse.security.push(
            SecurityChange::builder()
                .resource(build_resource("Role"))
                .direction(Direction::Broadening)
                .kind(SecurityKind::IamStatement)
                .summary("Allow s3:*")
                .build(),
        );
        assert_eq!(
            unpredicted_changes(&expected, &worse),
            ["broaden: Allow s3:*", "remove `Gone`", "replace `Plain`"]
        );
        assert_ne!(digest_review(&expected), digest_review(&worse));
    }
}
