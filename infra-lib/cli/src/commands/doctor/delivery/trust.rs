//! Checks the policies of a delivery's roles: trusted principals, and limits.

use std::collections::{BTreeMap, BTreeSet};

use infra_aws::service_principal;
use serde_json::Value as JsonValue;

use super::powers;
use super::project::Project;
use super::settings::PREVIEW_ROLE;

/// Host of GitHub's OIDC identity provider.
pub(super) const ISSUER: &str = "token.actions.githubusercontent.com";

/// IAM path of the roles and policies of a delivery, which the execution role may only read.
pub(super) const PATH: &str = "/delivery/";

/// The principal that assumes a role.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Holder<'h> {
    /// Jobs that plan or publish, including those of pull requests.
    Jobs,
    /// Jobs that deploy in this GitHub environment; empty if it is unknown.
    DeployJobs(&'h str),
    /// Jobs that deploy previews.
    Previews,
    /// The CloudFormation service, with the execution role.
    CloudFormation,
}

/// Actions that no role of a delivery has.
const DENIED_ACTIONS: [&str; 1] = ["secretsmanager:GetSecretValue"];

/// Actions that roles for planning and publishing must not have: another role executes plans after a review.
const PLAN_DENIED_ACTIONS: [&str; 5] = [
    "cloudformation:CreateStack",
    "cloudformation:DeleteStack",
    "cloudformation:ExecuteChangeSet",
    "cloudformation:UpdateStack",
    DENIED_ACTIONS[0],
];

/// The sources that roles have to trust.
#[derive(Clone, Debug)]
pub(super) struct Delivery {
    /// Repository, as `owner/name`.
    pub(super) repository: String,
    /// Branch that is deployed.
    pub(super) branch: String,
    /// Project with its workflows.
    pub(super) project: Project,
}

impl Delivery {
    /// Returns workflow files in the form of the claim `job_workflow_ref`.
    fn workflow_refs(&self, files: &BTreeSet<String>) -> BTreeSet<String> {
        let Self {
            repository, branch, ..
        } = self;
        let files = files.iter();
        files
            .map(|file| format!("{repository}/.github/workflows/{file}@refs/heads/{branch}"))
            .collect()
    }
}

/// Returns the statements of a policy, which can have a single statement or a list.
pub(super) fn list_statements(policy: &JsonValue) -> Vec<&JsonValue> {
    list_values(&policy["Statement"])
}

fn list_values(value: &JsonValue) -> Vec<&JsonValue> {
    match value {
        JsonValue::Array(items) => items.iter().collect(),
        JsonValue::Null => Vec::new(),
        one => vec![one],
    }
}

pub(super) fn string_values(value: &JsonValue) -> BTreeSet<String> {
    let texts = list_values(value).into_iter().filter_map(JsonValue::as_str);
    texts.map(str::to_owned).collect()
}

/// Returns the token claims that a trust policy requires to be equal, with the accepted values.
fn required_claims(statement: &JsonValue) -> BTreeMap<String, BTreeSet<String>> {
    let equal = statement["Condition"]["StringEquals"].as_object();
    let equal = equal.into_iter().flatten();
    let prefix = format!("{ISSUER}:");
    equal
        .map(|(key, value)| {
            (
                key.strip_prefix(&prefix).unwrap_or(key).to_owned(),
                string_values(value),
            )
        })
        .collect()
}

/// Removes the IDs of owner and repository from a subject, which GitHub can write as `octo@42/notes@123456`.
fn strip_subject_ids(subject: &str) -> String {
    let mut out = String::new();
    let mut rest = subject;
    while let Some((before, after)) = rest.split_once('@') {
        out.push_str(before);
        let digits = after
            .find(|c: char| !c.is_ascii_digit())
            .unwrap_or(after.len());
        if digits == 0 {
            out.push('@');
        }
        rest = &after[digits..];
    }
    out + rest
}

/// Returns the problems of a role's trust policy.
pub(super) fn find_trust_problems(
    trust: &JsonValue,
    holder: Holder<'_>,
    delivery: &Delivery,
) -> Vec<String> {
    match holder {
        Holder::CloudFormation => find_execution_problems(trust),
        Holder::Jobs => find_job_problems(trust, delivery, None),
        Holder::DeployJobs(environment) => find_job_problems(trust, delivery, Some(environment)),
        Holder::Previews => {
            let mut problems = find_job_problems(trust, delivery, None);
            if problems.is_empty() {
                problems.extend(find_preview_problems(trust, delivery));
            }
            problems
        }
    }
}

/// Returns the problems of the execution role's trust policy, which may trust only CloudFormation.
fn find_execution_problems(trust: &JsonValue) -> Vec<String> {
    let mut problems = Vec::new();
    for statement in list_statements(trust) {
        let principal = &statement["Principal"];
        if principal.as_object().map(serde_json::Map::len) != Some(1)
            || string_values(&principal["Service"])
                != BTreeSet::from([service_principal("cloudformation")])
        {
            problems.push(format!(
                "it trusts {principal} instead of only CloudFormation"
            ));
        }
    }
    problems
}

/// Returns the problems of the preview role's trust policy. The role deploys unreviewed changes, so it must trust no other environment and no branch,
/// and exactly the workflows that deploy previews.
fn find_preview_problems(trust: &JsonValue, delivery: &Delivery) -> Vec<String> {
    let workflows = delivery.project.workflows();
    if workflows.is_empty() {
        return Vec::new();
    }
    let named = workflows.list_literal_environments(&[]).into_iter();
    let environments: Vec<String> = named
        .filter(|name| workflows.requires_variable(name, PREVIEW_ROLE))
        .collect();
    let mut problems = Vec::new();
    for statement in list_statements(trust) {
        let claims = required_claims(statement);
        let claim = |name: &str| claims.get(name).cloned().unwrap_or_default();
        for subject in claim("sub") {
            let environment = environments
                .iter()
                .find(|name| subject.ends_with(&format!(":environment:{name}")));
            let Some(environment) = environment else {
                problems.push(format!(
                    "it trusts `{subject}` instead of only the environment `{}`",
                    environments.join(", ")
                ));
                continue;
            };
            let wanted = delivery.workflow_refs(&workflows.files_with_environment(environment));
            if claim("job_workflow_ref") != wanted {
                let wanted: Vec<String> = wanted.into_iter().collect();
                problems.push(format!(
                    "expected it to trust only the workflows that deploy previews: {}",
                    wanted.join(", ")
                ));
            }
        }
    }
    problems
}

/// Returns the problems of the trust policy of a role for jobs. Each statement must compare claims to exact values, and its subject must be in this
/// repository.
fn find_job_problems(
    trust: &JsonValue,
    delivery: &Delivery,
    deploys_to: Option<&str>,
) -> Vec<String> {
    let mut problems = Vec::new();
    for statement in list_statements(trust) {
        let claims = required_claims(statement);
        let claim = |name: &str| claims.get(name).cloned().unwrap_or_default();
        let subjects = claim("sub");
        let shown = subjects.first().map_or("any subject", String::as_str);
        let of_repository = |subject: &String| {
            let subject = strip_subject_ids(subject);
            let subject = subject.strip_prefix("repo:").unwrap_or_default();
            subject
                .strip_prefix(&delivery.repository)
                .is_some_and(|rest| rest.starts_with(':'))
        };
        let conditions = statement["Condition"].as_object();
        let only_equal = conditions.is_some_and(|map| map.keys().all(|key| key == "StringEquals"));
        let starred = claims
            .values()
            .flatten()
            .any(|value| value.contains(['*', '?']));
        if !only_equal || starred || subjects.is_empty() || !subjects.iter().all(of_repository) {
            problems.push(format!(
                "it trusts subjects outside the repository, or patterns: `{shown}`"
            ));
        } else if let Some(environment) = deploys_to {
            // A subject with a branch bypasses the approval of the environment.
            let wanted = format!(":environment:{environment}");
            let others = subjects.iter().filter(|one| !one.ends_with(&wanted));
            problems.extend(others.map(|subject| {
                format!("it trusts `{subject}` instead of only the environment `{environment}`")
            }));
            problems.extend(find_deploy_problem(
                &claim("ref"),
                &claim("job_workflow_ref"),
                delivery,
                environment,
            ));
        } else {
            for subject in &subjects {
                problems.extend(find_subject_problem(
                    subject,
                    &claim("job_workflow_ref"),
                    delivery,
                ));
            }
        }
    }
    problems
}

/// Returns the problem of the deploy role's trust policy: a missing branch, or workflows other than those that deploy.
fn find_deploy_problem(
    branch: &BTreeSet<String>,
    found: &BTreeSet<String>,
    delivery: &Delivery,
    environment: &str,
) -> Option<String> {
    let wanted = format!("refs/heads/{}", delivery.branch);
    if *branch != BTreeSet::from([wanted]) {
        return Some(format!(
            "it does not require the branch `{}`: anyone who can push a branch can deploy while the environment is not protected",
            delivery.branch
        ));
    }
    if found.is_empty() {
        return Some("it trusts every workflow of the repository".to_owned());
    }
    let workflows = delivery.project.workflows();
    let wanted = delivery.workflow_refs(&workflows.files_with_environment(environment));
    // Outside of a checkout the workflows that deploy are unknown.
    if workflows.is_empty() || *found == wanted {
        return None;
    }
    let names = |all: &BTreeSet<String>| all.iter().cloned().collect::<Vec<_>>().join(", ");
    Some(format!(
        "it trusts the workflows {}, but the workflows that deploy are {}",
        names(found),
        names(&wanted)
    ))
}

/// Returns the problem of a role that pull requests can use: trust in a workflow file that a branch can change.
fn find_subject_problem(
    subject: &str,
    found: &BTreeSet<String>,
    delivery: &Delivery,
) -> Option<String> {
    let Some((_, environment)) = subject.split_once(":environment:") else {
        let wanted = format!(":ref:refs/heads/{}", delivery.branch);
        return (!subject.ends_with(&wanted)).then(|| {
            format!(
                "it trusts `{subject}` instead of only the branch `{}`",
                delivery.branch
            )
        });
    };
    let ending = format!("@refs/heads/{}", delivery.branch);
    let of_branch = !found.is_empty() && found.iter().all(|one| one.ends_with(&ending));
    let workflows = delivery.project.workflows();
    let wanted = delivery.workflow_refs(&workflows.files_with_environment(environment));
    let known = workflows.is_empty() || found.is_subset(&wanted);
    (!of_branch || !known).then(|| format!("any workflow in a pull request can use `{subject}`"))
}

/// Returns the problems of a permissions boundary: it must permit no escalation, and have the path that only administrators can change.
pub(super) fn find_boundary_problems(arn: &str, document: &JsonValue) -> Vec<String> {
    let wide = powers::find_escalations(document);
    let mut problems: Vec<String> = wide
        .iter()
        .map(|what| format!("{arn} permits {what}"))
        .collect();
    if !arn.contains(&format!(":policy{PATH}")) {
        problems.push(format!(
            "{arn} does not have the path {PATH}, so a template may change it"
        ));
    }
    problems
}

/// Returns the problems of a role's policies: escalation to another role, and permissions that belong to another role.
pub(super) fn find_permission_problems(policies: &[JsonValue], holder: Holder<'_>) -> Vec<String> {
    let foreign: &[&str] = match holder {
        Holder::Jobs => &PLAN_DENIED_ACTIONS,
        Holder::DeployJobs(_) | Holder::Previews | Holder::CloudFormation => &DENIED_ACTIONS,
    };
    let mut problems = Vec::new();
    for policy in policies {
        let wide = powers::find_escalations(policy).into_iter();
        let foreign = powers::find_permitted(policy, foreign).into_iter();
        problems.extend(wide.chain(foreign).map(|what| format!("it permits {what}")));
    }
    problems
}

/// Returns the permissions boundary that the execution role's policies require for every role that it creates.
pub(super) fn required_boundary(policies: &[JsonValue]) -> Option<String> {
    let all = policies.iter().flat_map(list_statements);
    let mut allowed = all.filter(|statement| statement["Effect"] == "Allow");
    allowed.find_map(|statement| {
        let condition = &statement["Condition"]["StringEquals"]["iam:PermissionsBoundary"];
        string_values(condition).into_iter().next()
    })
}
