//! Predicts the changes of a stack that cannot be planned yet, because it reads outputs that do not exist yet.

use std::collections::BTreeSet;

use serde_json::{Value as JsonValue, json};

use infra_core::template::{Reference, references};
use infra_template::Template;
use infra_template::digest::Digest;
use infra_template::review::Action;
use infra_template::review::{Direction, StackReview};

/// Returns the references of a template to outputs and exports of other stacks.
pub(crate) fn reads(template: &Template) -> Vec<Reference> {
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
fn items(review: &StackReview) -> BTreeSet<String> {
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
    for change in &review.security {
        if change.direction == Direction::Broadening {
            items.insert(format!("broaden: {}", change.summary));
        }
    }
    items
}

/// Returns the digest of the predicted changes for the plan file.
pub(crate) fn digest(review: &StackReview) -> Digest {
    Digest::of_json(&json!(items(review)))
}

/// Returns the actual changes that were not predicted. A predicted replacement includes an update.
pub(crate) fn more(expected: &StackReview, real: &StackReview) -> Vec<String> {
    let expected = items(expected);
    let known = |item: &String| {
        expected.contains(item)
            || item
                .strip_prefix("change ")
                .is_some_and(|id| expected.contains(&format!("replace {id}")))
    };
    items(real)
        .into_iter()
        .filter(|item| !known(item))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{digest, more};
    use infra_template::ResourceName;
    use infra_template::review::Action;
    use infra_template::review::{
        Basis, Direction, Replacement, ResourceChange, SecurityChange, SecurityKind, StackChange,
        StackReview,
    };

    fn resource(id: &str) -> ResourceName {
        ResourceName::builder()
            .stack("web")
            .logical_id(id)
            .type_name("AWS::SNS::Topic")
            .build()
    }

    fn review(changes: &[(&str, Action, Replacement)]) -> StackReview {
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
                            .resource(resource(id))
                            .action(action.clone())
                            .replacement(replacement.clone())
                            .build()
                    })
                    .collect(),
            )
            .build()
    }

    fn maybe() -> Replacement {
        Replacement::Maybe {
            because: vec!["Name".to_owned()],
        }
    }

    #[test]
    fn only_what_nobody_has_seen_is_more() {
        let expected = review(&[
            ("New", Action::Add, Replacement::No),
            ("Risky", Action::Modify, maybe()),
            ("Plain", Action::Modify, Replacement::No),
        ]);
        // Fewer changes than predicted, and a replacement that did not happen.
        let less = review(&[
            ("New", Action::Add, Replacement::No),
            ("Risky", Action::Modify, Replacement::No),
        ]);
        assert!(more(&expected, &less).is_empty());
        let mut worse = review(&[
            ("Plain", Action::Modify, maybe()),
            ("Gone", Action::Remove, Replacement::No),
        ]);
        worse.security.push(
            SecurityChange::builder()
                .resource(resource("Role"))
                .direction(Direction::Broadening)
                .kind(SecurityKind::IamStatement)
                .summary("Allow s3:*")
                .build(),
        );
        assert_eq!(
            more(&expected, &worse),
            ["broaden: Allow s3:*", "remove `Gone`", "replace `Plain`"]
        );
        assert_ne!(digest(&expected), digest(&worse));
    }
}
