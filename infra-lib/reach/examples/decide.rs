//! Decides requests of IAM: reads one case in JSON a line, and prints `yes`, `no` or `possible` for each.
//!
//! `scripts/reach-oracle` compares the answers with those of another simulator.

use std::error::Error;
use std::io::{BufRead as _, Write as _};

use infra_reach::Atoms;
use infra_reach::policy::{Access, Context, Document, Policies, Principal, Request};
use serde_json::Value as JsonValue;

fn main() -> Result<(), Box<dyn Error>> {
    let mut output = std::io::stdout().lock();
    for line in std::io::stdin().lock().lines() {
        let case: JsonValue = serde_json::from_str(&line?)?;
        let decision = read_policies(&case).decide(&read_request(&case), &Atoms::default());
        writeln!(output, "{}", decision.answer)?;
    }
    Ok(())
}

fn read_policies(case: &JsonValue) -> Policies {
    let documents = |value: &JsonValue| -> Vec<Document> {
        let documents = value.as_array().into_iter().flatten();
        documents
            .enumerate()
            .map(|(index, document)| Document::parse(index.to_string(), document))
            .collect()
    };
    let levels = case["levels"].as_array().into_iter().flatten();
    Policies {
        identity: documents(&case["identity"]),
        boundary: case
            .get("boundary")
            .map(|document| Document::parse("boundary", document)),
        levels: levels.map(documents).collect(),
        resource: case
            .get("resource")
            .map(|document| Document::parse("resource", document))
            .into_iter()
            .collect(),
        access: if case["action"]
            .as_str()
            .is_some_and(|action| action.starts_with("kms:"))
        {
            Access::ResourceDecides
        } else {
            Access::Either
        },
    }
}

fn read_request(case: &JsonValue) -> Request {
    let text = |name: &str| case[name].as_str().unwrap_or_default().to_owned();
    let principal = match text("principal").as_str() {
        "" => Principal::Anonymous,
        arn => {
            let account = arn.split(':').nth(4).unwrap_or_default().to_owned();
            if arn.contains(":user/") {
                Principal::user(arn, account)
            } else {
                Principal::role(arn, account)
            }
        }
    };
    let mut request = Request::new(principal, text("action"), text("arn"), text("account"));
    request.context = Context::complete();
    for (key, value) in case["context"].as_object().into_iter().flatten() {
        let values = value
            .as_array()
            .map_or_else(|| vec![value], |all| all.iter().collect());
        let values = values
            .into_iter()
            .filter_map(|value| value.as_str().map(str::to_owned));
        request.context.set_all(key, values.collect());
    }
    request
}
