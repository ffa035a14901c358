//! Tests of reachability over templates.

#![allow(
    clippy::needless_pass_by_value,
    clippy::semicolon_if_nothing_returned,
    clippy::type_complexity,
    clippy::unwrap_used,
    reason = "rows of truth tables are written in place"
)]

mod exposures;
mod identity;
mod network;
mod policy;
mod reference;
mod review;
mod world;

use infra_reach::{Answer, Proof, StackSource, World};
use infra_template::Template;
use serde_json::{Value as JsonValue, json};

/// Returns the world of one stack in us-east-1 with the given resources.
fn world_of(resources: &JsonValue) -> World {
    world_of_template(json!({ "Resources": resources }))
}

fn world_of_template(template: JsonValue) -> World {
    let template = Template::from_json(template).unwrap();
    World::new(vec![
        StackSource::builder()
            .name("app")
            .account("111111111111")
            .region("us-east-1")
            .template(template)
            .build(),
    ])
}

/// Returns the answer and the texts of the steps.
fn texts(proof: &Proof) -> (Answer, Vec<&str>) {
    let steps = proof.steps.iter().map(|step| step.text.as_str());
    (proof.answer, steps.collect())
}
