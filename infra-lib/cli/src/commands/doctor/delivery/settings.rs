//! Variables of a repository: those of one environment, or `ENVIRONMENTS` with an entry for each environment of a chain.

use std::collections::BTreeMap;

use serde_json::Value as JsonValue;

use super::check::{Check, Stage};

/// Variables that belong to the repository and not to an environment.
const SHARED: [&str; 3] = ["INFRA_ENVIRONMENT", "PUBLISH_ROLE", "PROPOSAL_REPOSITORY"];

/// Variables that each environment needs, from its entry or, where it is that of `INFRA_ENVIRONMENT`, from the repository.
const REQUIRED: [&str; 5] = [
    "AWS_REGION",
    "PLAN_ROLE",
    "DEPLOY_ROLE",
    "EXECUTION_ROLE",
    "IMAGE_REPOSITORY",
];

/// Variables by name.
pub(super) type Variables = BTreeMap<String, String>;

/// The settings of a delivery.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(super) struct Settings {
    /// Variables of the repository.
    pub(super) shared: Variables,
    /// The environments in the order of the chain, with their variables.
    pub(super) environments: Vec<(String, Variables)>,
}

impl Settings {
    /// Reads variables, with what is missing among them.
    pub(super) fn read(variables: &Variables) -> (Self, Vec<Check>) {
        let mut missing = Vec::new();
        let value = |name: &str| variables.get(name).filter(|value| !value.is_empty());
        for name in SHARED {
            if value(name).is_none() {
                missing.push(name.to_owned());
            }
        }
        let own = value("INFRA_ENVIRONMENT").cloned();
        let entries = match value("ENVIRONMENTS").map(|text| parse(text)) {
            None => own
                .iter()
                .map(|name| (name.clone(), Variables::new()))
                .collect(),
            Some(Ok(entries)) => entries,
            Some(Err(problem)) => {
                let check = Check::missing(
                    Stage::Variables,
                    "variable ENVIRONMENTS",
                    problem,
                    "gh variable set ENVIRONMENTS --body '{\"dev\": {\"AWS_REGION\": \"…\"}, \"prod\": {}}'",
                );
                return (Self::default(), vec![check]);
            }
        };
        let mut environments = Vec::new();
        for (name, entry) in entries {
            let mut settings = Variables::new();
            if own.as_ref() == Some(&name) {
                settings.extend(
                    variables
                        .iter()
                        .map(|(key, value)| (key.clone(), value.clone())),
                );
            }
            settings.extend(entry.into_iter().filter(|(_, value)| !value.is_empty()));
            for key in REQUIRED {
                if settings.get(key).is_none_or(String::is_empty) {
                    missing.push(if own.as_ref() == Some(&name) {
                        key.to_owned()
                    } else {
                        format!("{key} of `{name}` in ENVIRONMENTS")
                    });
                }
            }
            environments.push((name, settings));
        }
        let subject = "variables of the repository";
        let check = if missing.is_empty() {
            Check::ok(Stage::Variables, subject)
        } else {
            Check::missing(
                Stage::Variables,
                subject,
                format!("not set: {}", missing.join(", ")),
                format!(
                    "gh variable set {} --body VALUE: the outputs of `Foundation`",
                    missing[0].split(' ').next().unwrap_or_default()
                ),
            )
        };
        let settings = Self {
            shared: variables.clone(),
            environments,
        };
        (settings, vec![check])
    }

    /// The environment of GitHub whose reviewers approve deployments of an environment.
    pub(super) fn deploy_environment(variables: &Variables) -> &str {
        let named = variables.get("DEPLOY_ENVIRONMENT");
        named
            .filter(|name| !name.is_empty())
            .map_or("production", String::as_str)
    }

    /// The environments of GitHub that deploy, in the order of the chain, each once.
    pub(super) fn deploy_environments(&self) -> Vec<String> {
        let mut all: Vec<String> = Vec::new();
        for (_, variables) in &self.environments {
            let name = Self::deploy_environment(variables);
            if !all.iter().any(|known| known == name) {
                all.push(name.to_owned());
            }
        }
        if all.is_empty() {
            all.push("production".to_owned());
        }
        all
    }
}

/// The entries of `ENVIRONMENTS`, in their order.
fn parse(text: &str) -> Result<Vec<(String, Variables)>, String> {
    let parsed: JsonValue =
        serde_json::from_str(text).map_err(|error| format!("it is no JSON: {error}"))?;
    let expected = "it is no object with an object for each environment";
    let map = parsed
        .as_object()
        .filter(|map| !map.is_empty())
        .ok_or(expected)?;
    let entry = |(name, value): (&String, &JsonValue)| {
        let fields = value.as_object()?.iter();
        let fields: Option<Variables> = fields
            .map(|(key, value)| Some((key.clone(), value.as_str()?.to_owned())))
            .collect();
        Some((name.clone(), fields?))
    };
    map.iter()
        .map(|one| entry(one).ok_or_else(|| expected.to_owned()))
        .collect()
}
