//! Principals outside of the account that policies of the app name: [`outsiders`].

use serde_json::Value as JsonValue;

use super::policies::resource_documents;
use crate::answer::Answer;
use crate::policy::{account_of, choices, equal_texts};
use crate::proof::Proof;
use crate::world::{NodeId, World};

/// A principal outside of the account that a policy allows something.
#[derive(Clone, Debug)]
pub(crate) struct Outsider {
    /// The principal as the policy names it: an account, an ARN, or an identity provider.
    pub(crate) who: String,
    /// Condition of the statement as text, or an empty text for none.
    pub(crate) condition: String,
    pub(crate) target: NodeId,
    pub(crate) actions: Vec<String>,
    pub(crate) proof: Proof,
}

/// Returns the principals outside of the account that policies of resources and trust policies allow something. Everyone,
/// and services of AWS, are not among them.
pub(crate) fn outsiders(world: &World) -> Vec<Outsider> {
    let mut found = Vec::new();
    for target in world.ids() {
        for (place, property, document, certain) in resource_documents(world, target) {
            let statements = choices(&document["Statement"]);
            for (index, (statement, sure)) in statements.into_iter().enumerate() {
                if statement["Effect"].as_str() == Some("Deny") {
                    continue;
                }
                let limit = if certain && sure {
                    Answer::Yes
                } else {
                    Answer::Possible
                };
                for (who, answer) in principals_outside(world, target, statement) {
                    let actions: Vec<String> = choices(&statement["Action"])
                        .into_iter()
                        .map(|(action, _)| action.as_str().unwrap_or("*").to_owned())
                        .collect();
                    let condition = &statement["Condition"];
                    let restricted = if condition.is_null() {
                        Answer::Yes
                    } else {
                        Answer::Possible
                    };
                    let shown = if condition.is_null() {
                        String::new()
                    } else {
                        world.show_text(&condition.to_string())
                    };
                    found.push(Outsider {
                        proof: Proof::at(
                            world,
                            answer.and(limit).and(restricted),
                            place,
                            format!("{property}.Statement[{index}]").trim_start_matches('.'),
                            format!(
                                "{} lets {} {}",
                                world.show(target),
                                world.show_text(&who),
                                describe(&actions),
                            ),
                        ),
                        who: world.show_text(&who),
                        condition: shown,
                        target,
                        actions,
                    });
                }
            }
        }
    }
    found
}

fn describe(actions: &[String]) -> String {
    let assumes = !actions.is_empty()
        && actions
            .iter()
            .all(|action| action.starts_with("sts:AssumeRole"));
    if assumes {
        "assume it".to_owned()
    } else if actions.is_empty() {
        "do all but a list of actions".to_owned()
    } else {
        format!("call {}", actions.join(", "))
    }
}

fn principals_outside(
    world: &World,
    target: NodeId,
    statement: &JsonValue,
) -> Vec<(String, Answer)> {
    let mut found = Vec::new();
    let own = &world.node(target).account;
    for (value, certain) in choices(&statement["Principal"]["AWS"]) {
        let Some(text) = value.as_str().filter(|text| *text != "*") else {
            continue;
        };
        let account = account_of(text, &world.atoms)
            .or_else(|| text.split(':').nth(4))
            .unwrap_or(text);
        let outside = equal_texts(account, own, &world.atoms).negate();
        let by_node = world.denoted(text).is_some();
        if outside != Answer::No && !by_node {
            found.push((text.to_owned(), outside.and(limit(certain))));
        }
    }
    for (value, certain) in choices(&statement["Principal"]["Federated"]) {
        if let Some(text) = value.as_str() {
            found.push((text.to_owned(), limit(certain)));
        }
    }
    found
}

fn limit(certain: bool) -> Answer {
    if certain {
        Answer::Yes
    } else {
        Answer::Possible
    }
}
