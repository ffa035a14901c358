//! Policy INF5004: reports secrets in plain environment variables.
//!
//! Every principal that may describe the task definition or the function can read them, and they appear in logs and
//! crash reports.

use super::{Rule, list_items, property_finding, text_at};
use crate::core::template::{Template, TemplateResource};
use crate::core::{Data, codes};

/// Words that identify a secret in the name of a variable.
const SECRET: &[&str] = &[
    "PASSWORD",
    "PASSWD",
    "PASSPHRASE",
    "SECRET",
    "TOKEN",
    "APIKEY",
    "API_KEY",
    "PRIVATE_KEY",
    "ACCESS_KEY",
    "SIGNING_KEY",
    "ENCRYPTION_KEY",
    "CREDENTIAL",
];

/// Suffixes of names that refer to a secret without containing it.
const ABOUT: &[&str] = &[
    "_ARN",
    "_NAME",
    "_ID",
    "_FILE",
    "_PATH",
    "_DIR",
    "_URL",
    "_URI",
    "_TTL",
    "_SECS",
    "_SECONDS",
    "_MINUTES",
    "_HOURS",
    "_DAYS",
    "_LENGTH",
    "_SIZE",
    "_VERSION",
    "_ENABLED",
    "_HEADER",
    "_ISSUER",
    "_AUDIENCE",
    "_EXPIRY",
];

pub(super) const RULE: Rule = Rule {
    code: codes::SECRET_IN_ENVIRONMENT,
    check: |template, findings| {
        for (resource, property, name, value) in plain_variables(template) {
            if is_secret_name(name) && !is_harmless(value) {
                findings.push(
                    property_finding(
                        RULE.code,
                        resource,
                        &property,
                        format!("the plain environment variable `{name}` contains a secret"),
                    )
                    .note("anyone who can describe the task or function can read it")
                    .help(format!(
                        "pass it as a secret: `.secret(\"{name}\", secret.field(\"…\"))`"
                    )),
                );
            }
        }
    },
};

/// Returns every plain environment variable: its resource, the path of its value, its name and its value.
pub(super) fn plain_variables(
    template: &Template,
) -> Vec<(&TemplateResource, String, &str, &Data)> {
    let mut found = Vec::new();
    for task in template.resources_of_type("AWS::ECS::TaskDefinition") {
        for (at, container) in list_items(task.prop("ContainerDefinitions"))
            .iter()
            .enumerate()
        {
            let environment = container.as_map().and_then(|map| map.get("Environment"));
            for (index, variable) in list_items(environment).iter().enumerate() {
                let value = variable.as_map().and_then(|map| map.get("Value"));
                if let (Some(name), Some(value)) = (text_at(variable, "Name"), value) {
                    let path = format!("ContainerDefinitions.{at}.Environment.{index}.Value");
                    found.push((task, path, name, value));
                }
            }
        }
    }
    for function in template.resources_of_type("AWS::Lambda::Function") {
        let variables = function
            .prop("Environment.Variables")
            .and_then(Data::as_map);
        for (name, value) in variables.into_iter().flat_map(crate::core::Map::iter) {
            found.push((
                function,
                format!("Environment.Variables.{name}"),
                name,
                value,
            ));
        }
    }
    found
}

fn is_secret_name(name: &str) -> bool {
    let name = name.to_ascii_uppercase().replace('-', "_");
    SECRET.iter().any(|word| name.contains(word)) && !ABOUT.iter().any(|end| name.ends_with(end))
}

/// Returns `true` for empty text, numbers and booleans, which are not secrets.
fn is_harmless(value: &Data) -> bool {
    match value {
        Data::Text(text) => {
            text.is_empty() || text.parse::<f64>().is_ok() || super::parse_bool(value).is_some()
        }
        Data::Bool(_) | Data::Int(_) | Data::Float(_) => true,
        _ => false,
    }
}
