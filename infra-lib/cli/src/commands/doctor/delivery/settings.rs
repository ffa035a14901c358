//! Reads the variables of a repository: those of one environment, or `ENVIRONMENTS` with an entry for each environment of a chain.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value as JsonValue;

use super::check::{Check, Stage};
use super::project::Project;

/// Keys that an entry of `ENVIRONMENTS` can have; `scripts/lib/chain.py` refuses others.
const KEYS: [&str; 8] = [
    "AWS_REGION",
    "PLAN_ROLE",
    "DEPLOY_ROLE",
    "EXECUTION_ROLE",
    "ASSETS_ROLE",
    "IMAGE_REPOSITORY",
    "PUBLIC_ADDRESS",
    "SMOKE_SECONDS",
];

/// Variable with the role that workflows use to deploy previews. Without it there are no previews.
pub(super) const PREVIEW_ROLE: &str = "PREVIEW_ROLE";

/// Variable with the role that CloudFormation uses to deploy previews.
pub(super) const PREVIEW_EXECUTION_ROLE: &str = "PREVIEW_EXECUTION_ROLE";

/// Values of variables, by name.
pub(super) type Variables = BTreeMap<String, String>;

/// The settings of a delivery.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(super) struct Settings {
    /// Variables of the repository.
    pub(super) shared: Variables,
    /// Environments with their variables, in the order of the chain.
    pub(super) environments: Vec<(String, Variables)>,
}

impl Settings {
    /// Reads variables, and checks that the required ones are set.
    pub(super) fn from_variables(variables: &Variables, project: &Project) -> (Self, Vec<Check>) {
        // The variable to set, and the description of the missing value.
        let mut missing: Vec<(&str, String)> = Vec::new();
        let value = |name: &str| variables.get(name).filter(|value| !value.is_empty());
        for name in project.shared_variables() {
            if value(name).is_none() {
                missing.push((name, name.to_owned()));
            }
        }
        let own = value("INFRA_ENVIRONMENT").cloned();
        let entries = match value("ENVIRONMENTS").map(|text| parse_environments(text)) {
            None => {
                if own.is_none() && missing.iter().all(|(name, _)| *name != "INFRA_ENVIRONMENT") {
                    missing.push(("ENVIRONMENTS", "ENVIRONMENTS".to_owned()));
                }
                own.iter()
                    .map(|name| (name.clone(), Variables::new()))
                    .collect()
            }
            Some(Ok(entries)) => entries,
            Some(Err(problem)) => {
                let subject = "variable ENVIRONMENTS";
                let repair = project.explain_set_variable("ENVIRONMENTS");
                let check = Check::missing(Stage::Variables, subject, problem, repair);
                return (Self::default(), vec![check]);
            }
        };
        let mut environments = Vec::new();
        for (name, entry) in entries {
            let is_own = own.as_ref() == Some(&name);
            let mut settings = Variables::new();
            if is_own {
                settings.extend(variables.clone());
            }
            settings.extend(entry.into_iter().filter(|(_, value)| !value.is_empty()));
            for key in project.required_variables() {
                if settings.get(key).is_none_or(String::is_empty) {
                    missing.push(if is_own {
                        (key, key.to_owned())
                    } else {
                        ("ENVIRONMENTS", format!("{key} of `{name}` in ENVIRONMENTS"))
                    });
                }
            }
            environments.push((name, settings));
        }
        if value("ENVIRONMENTS").is_some() {
            let known = |name: &str| environments.iter().any(|(one, _)| one == name);
            let without = project.environment_names().filter(|name| !known(name));
            missing
                .extend(without.map(|name| ("ENVIRONMENTS", format!("`{name}` in ENVIRONMENTS"))));
        }
        let settings = Self {
            shared: variables.clone(),
            environments,
        };
        let mut checks = vec![check_required(&missing, project)];
        checks.extend(settings.check_deploy_jobs(project));
        checks.extend(settings.check_preview_account(project));
        (settings, checks)
    }

    /// Returns true if the repository has previews.
    pub(super) fn has_previews(&self) -> bool {
        let role = self.shared.get(PREVIEW_ROLE);
        role.is_some_and(|role| !role.is_empty())
    }

    /// Checks that a workflow deploys to each environment of the chain.
    fn check_deploy_jobs(&self, project: &Project) -> Vec<Check> {
        if project.workflows().is_empty() {
            return Vec::new();
        }
        let names = self.environments.iter().map(|(name, _)| name);
        names
            .filter(|name| project.deploy_environment(name).is_none())
            .map(|name| {
                let repair = if project.has_pipeline() {
                    "add it to `[[delivery.environments]]` of infra.toml and run infra delivery write, or remove it from ENVIRONMENTS"
                } else {
                    "add a job to deploy.yml that calls environment.yml with `environment` and `deploy-environment`, or remove it from the variables"
                };
                Check::missing(
                    Stage::Variables,
                    format!("workflow that deploys to `{name}`"),
                    "the environment is in the variables, but no job deploys to it",
                    repair,
                )
            })
            .collect()
    }

    /// Checks that previews have a separate account, because deployments to them are not reviewed.
    fn check_preview_account(&self, project: &Project) -> Option<Check> {
        let reads = project.workflows().mentions_variable(PREVIEW_ROLE);
        if !self.has_previews() || !reads {
            return None;
        }
        let subject = "account of previews";
        let execution = self.shared.get(PREVIEW_EXECUTION_ROLE);
        if execution.is_none_or(String::is_empty) {
            let message = format!("not set: {PREVIEW_EXECUTION_ROLE}");
            let repair = format!(
                "gh variable set {PREVIEW_EXECUTION_ROLE} --body VALUE: the outputs of the app for previews"
            );
            return Some(Check::missing(Stage::Variables, subject, message, repair));
        }
        let (mut of_previews, mut of_others) = (BTreeSet::new(), BTreeSet::new());
        for (name, value) in &self.shared {
            if [PREVIEW_ROLE, PREVIEW_EXECUTION_ROLE].contains(&name.as_str()) {
                of_previews.extend(find_account_ids(value));
            } else if !name.starts_with("PREVIEW_") {
                of_others.extend(find_account_ids(value));
            }
        }
        let both: Vec<&str> = of_previews.intersection(&of_others).copied().collect();
        let problem = (!both.is_empty()).then(|| {
            format!(
                "account {} also contains another environment, whose data templates of a pull request could access",
                both.join(", ")
            )
        });
        let problems: Vec<String> = problem.into_iter().collect();
        let repair = "use a separate account for previews: see docs/delivery.md, Previews";
        Some(Check::from_problems(
            Stage::Variables,
            subject,
            &problems,
            repair,
        ))
    }
}

/// Creates the check of required variables.
fn check_required(missing: &[(&str, String)], project: &Project) -> Check {
    let subject = "variables of the repository";
    let Some((first, _)) = missing.first() else {
        return Check::ok(Stage::Variables, subject);
    };
    let texts: Vec<&str> = missing.iter().map(|(_, text)| text.as_str()).collect();
    let message = format!("not set: {}", texts.join(", "));
    Check::missing(
        Stage::Variables,
        subject,
        message,
        project.explain_set_variable(first),
    )
}

/// Returns the account IDs of all ARNs in a text.
fn find_account_ids(text: &str) -> impl Iterator<Item = &str> {
    text.split("arn:").skip(1).filter_map(|rest| {
        let mut fields = rest.split(':');
        let is_aws = fields.next()?.starts_with("aws");
        let account = fields.nth(2)?;
        let is_account = account.len() == 12 && account.bytes().all(|one| one.is_ascii_digit());
        (is_aws && is_account).then_some(account)
    })
}

/// Parses `ENVIRONMENTS`, and returns its entries in their order.
fn parse_environments(text: &str) -> Result<Vec<(String, Variables)>, String> {
    let parsed: JsonValue =
        serde_json::from_str(text).map_err(|error| format!("it is not valid JSON: {error}"))?;
    let expected = "expected an object that contains an object for each environment";
    let map = parsed
        .as_object()
        .filter(|map| !map.is_empty())
        .ok_or(expected)?;
    let entry = |name: &String, value: &JsonValue| {
        let mut entry = Variables::new();
        for (key, value) in value.as_object().ok_or(expected)? {
            if !KEYS.contains(&key.as_str()) {
                let keys = KEYS.join(", ");
                return Err(format!(
                    "`{key}` of `{name}` is not a valid setting; expected one of: {keys}"
                ));
            }
            let value = value
                .as_str()
                .ok_or_else(|| format!("`{key}` of `{name}` is not a string"))?;
            entry.insert(key.clone(), value.to_owned());
        }
        Ok((name.clone(), entry))
    };
    map.iter().map(|(name, value)| entry(name, value)).collect()
}
