//! Checks the GitHub half of a delivery: repository, environments, rules, variables and deployments.

use infra_aws::sdk::HttpsClient;
use serde_json::Value as JsonValue;

use super::check::{Check, Stage};
use super::project::Project;
use super::rulesets;
use super::settings::{PREVIEW_ROLE, Settings, Variables};
use crate::failure::Failure;
use crate::session::Session;

/// Address of the GitHub API, unless `GITHUB_API_URL` is set.
const API: &str = "https://api.github.com";

/// Repair for the GitHub half if GitHub could not be read.
pub(super) const LOGIN: &str =
    "export GITHUB_TOKEN=\"$(gh auth token)\", as an administrator of the repository";

/// Variables that name the policy repository of an organisation, and its commit.
const POLICY: [&str; 2] = ["POLICY_REPOSITORY", "POLICY_REVISION"];

/// A client of the GitHub API for one repository.
#[derive(Debug)]
pub(super) struct GitHub {
    client: HttpsClient,
    repository: String,
    settings: String,
}

/// The reason why a request returned no usable response.
#[derive(Debug)]
pub(super) enum RequestError {
    /// Status 404: it does not exist, or this token may not read it.
    NotFound,
    /// Another status, or no response.
    Other(String),
}

/// The result of checking the GitHub half.
#[derive(Debug)]
pub(super) struct GitHubReport {
    /// Checks of the repository.
    pub(super) checks: Vec<Check>,
    /// Settings of the delivery, from variables.
    pub(super) settings: Settings,
    /// Branch that is deployed.
    pub(super) branch: String,
    /// True if GitHub responded.
    pub(super) responded: bool,
}

impl GitHub {
    /// Creates a client with the token of the environment; `None` without a token.
    pub(super) fn from_session(
        session: &Session<'_>,
        repository: &str,
    ) -> Result<Option<Self>, Failure> {
        let token = session
            .variable("GITHUB_TOKEN")
            .or(session.variable("GH_TOKEN"));
        let Some(token) = token else {
            return Ok(None);
        };
        let api = session.variable("GITHUB_API_URL").unwrap_or(API);
        let server = session
            .variable("GITHUB_SERVER_URL")
            .unwrap_or("https://github.com");
        let header = |name: &str, value: String| (name.to_owned(), value);
        let headers = vec![
            header("accept", "application/vnd.github+json".to_owned()),
            header("authorization", format!("Bearer {token}")),
            header("user-agent", "infra".to_owned()),
            header("x-github-api-version", "2022-11-28".to_owned()),
        ];
        let client = HttpsClient::new("GitHub", api.trim_end_matches('/'), headers)?;
        Ok(Some(Self {
            client,
            repository: repository.to_owned(),
            settings: format!("{}/{repository}/settings", server.trim_end_matches('/')),
        }))
    }

    /// Returns the repository, as `owner/name`.
    pub(super) fn repository(&self) -> &str {
        &self.repository
    }

    /// Requests a path below the repository, and returns the JSON response.
    pub(super) async fn get_json(&self, path: &str) -> Result<JsonValue, RequestError> {
        let path = format!("/repos/{}{path}", self.repository);
        let answer = self.client.send_get(&path).await;
        let answer = answer.map_err(|error| RequestError::Other(error.to_string()))?;
        match answer.status {
            200 => serde_json::from_str(&answer.body)
                .map_err(|error| RequestError::Other(format!("cannot read the response: {error}"))),
            404 => Err(RequestError::NotFound),
            status => {
                let body: JsonValue = serde_json::from_str(&answer.body).unwrap_or_default();
                let said = body["message"].as_str().unwrap_or("no reason given");
                Err(RequestError::Other(format!(
                    "GitHub responded with {status}: {said}"
                )))
            }
        }
    }
}

/// Checks the repository. Without a client, every check of this half is reported as one that could not be made.
pub(super) async fn check_repository(
    hub: Option<&GitHub>,
    repository: &str,
    project: &Project,
    of_process: Variables,
) -> GitHubReport {
    let Some(hub) = hub else {
        return report_unreadable(
            &of_process,
            project,
            "neither GITHUB_TOKEN nor GH_TOKEN is set",
        );
    };
    let found = match hub.get_json("").await {
        Ok(found) => found,
        Err(RequestError::NotFound) => {
            let mut looked = report_unreadable(&of_process, project, "cannot read the repository");
            let message =
                "the repository does not exist, or the token has no permission to read it";
            let check = Check::missing(
                Stage::Repository,
                format!("repository {repository}"),
                message,
                format!(
                    "gh repo create {repository} --source . --push, or use a token that can read it"
                ),
            );
            looked.checks[0] = check;
            looked.responded = true;
            return looked;
        }
        Err(RequestError::Other(said)) => return report_unreadable(&of_process, project, &said),
    };
    let mut checks = vec![Check::ok(
        Stage::Repository,
        format!("repository {repository}"),
    )];
    let branch = found["default_branch"]
        .as_str()
        .unwrap_or("main")
        .to_owned();
    if project.workflows().is_empty() {
        checks.push(Check::unknown(
            Stage::Repository,
            "workflows",
            "the current folder contains no `.github/workflows`",
            "run the command in a checkout of the repository",
        ));
    }
    if found["private"] == true && found["owner"]["type"] == "User" {
        checks.push(Check::unknown(
            Stage::Repository,
            "attestations",
            "attestations of a private repository require GitHub Enterprise Cloud; without them plans cannot be signed",
            "",
        ));
    }
    let (settings, of_variables) = read_variables(hub, of_process, project).await;
    checks.extend(of_variables);
    let has_organisation = found["owner"]["type"] == "Organization";
    checks.extend(check_policy_variables(hub, project, &settings, has_organisation).await);
    checks.extend(check_environments(hub, project, &settings, &branch).await);
    checks.push(rulesets::check_branch_rules(hub, project, &branch).await);
    checks.push(rulesets::check_tag_rules(hub, project, &branch).await);
    for environment in project.deploy_environments(&settings) {
        checks.push(check_first_version(hub, &environment, &branch).await);
    }
    GitHubReport {
        checks,
        settings,
        branch,
        responded: true,
    }
}

/// Returns the result for a GitHub half that could not be read, with the variables of the process.
fn report_unreadable(of_process: &Variables, project: &Project, reason: &str) -> GitHubReport {
    let unknown = |stage, subject: &str| Check::unknown(stage, subject, reason, LOGIN);
    let mut checks = vec![
        unknown(Stage::Repository, "repository"),
        unknown(Stage::Environments, "environments"),
        unknown(Stage::Rules, "rules for the branch and for tags"),
        unknown(Stage::FirstVersion, "first version"),
    ];
    let (settings, of_variables) = if has_delivery(of_process) {
        Settings::from_variables(of_process, project)
    } else {
        let check = unknown(Stage::Variables, "variables of the repository");
        (Settings::default(), vec![check])
    };
    checks.extend(of_variables);
    GitHubReport {
        checks,
        settings,
        branch: "main".to_owned(),
        responded: false,
    }
}

/// Returns true if the variables configure a delivery. `AWS_REGION` alone does not count, since it is set for most processes that use AWS.
fn has_delivery(variables: &Variables) -> bool {
    let mut names = variables.keys();
    names.any(|name| name == "ENVIRONMENTS" || name.ends_with("_ROLE"))
}

/// Reads the variables of the repository, or those of the process if the token may not read them.
async fn read_variables(
    hub: &GitHub,
    of_process: Variables,
    project: &Project,
) -> (Settings, Vec<Check>) {
    let mut all = Variables::new();
    let mut page = 1;
    loop {
        let path = format!("/actions/variables?per_page=30&page={page}");
        let found = match hub.get_json(&path).await {
            Ok(found) => found,
            Err(_) if has_delivery(&of_process) => {
                return Settings::from_variables(&of_process, project);
            }
            Err(refusal) => {
                let reason = match refusal {
                    RequestError::NotFound => "the token has no permission to read them".to_owned(),
                    RequestError::Other(said) => said,
                };
                let check = Check::unknown(
                    Stage::Variables,
                    "variables of the repository",
                    reason,
                    "set them as environment variables of this process, or use a token with permission to read them (`variables: read`)",
                );
                return (Settings::default(), vec![check]);
            }
        };
        let listed = found["variables"].as_array().cloned().unwrap_or_default();
        for one in &listed {
            if let (Some(name), Some(value)) = (one["name"].as_str(), one["value"].as_str()) {
                all.insert(name.to_owned(), value.to_owned());
            }
        }
        if listed.len() < 30 {
            return Settings::from_variables(&all, project);
        }
        page += 1;
    }
}

/// Checks that the variables for an organisation's policy are variables of the organisation: anyone who can change those of the repository could
/// choose its rules.
async fn check_policy_variables(
    hub: &GitHub,
    project: &Project,
    settings: &Settings,
    has_organisation: bool,
) -> Vec<Check> {
    let stage = Stage::Variables;
    let read = POLICY
        .into_iter()
        .filter(|name| project.workflows().mentions_variable(name));
    let read: Vec<&str> = read.collect();
    if read.is_empty() {
        return Vec::new();
    }
    let shared = hub
        .get_json("/actions/organization-variables?per_page=30")
        .await;
    let shared = shared
        .ok()
        .and_then(|found| found["variables"].as_array().cloned());
    let is_shared = |name: &str| {
        let mut shared = shared.iter().flatten();
        shared.any(|one| one["name"] == name)
    };
    let mut checks = Vec::new();
    for name in read {
        let own = settings
            .shared
            .get(name)
            .is_some_and(|value| !value.is_empty());
        let subject = format!("variable {name}");
        if !own {
            checks.extend(is_shared(name).then(|| Check::ok(stage, subject)));
            continue;
        }
        let message = "it is a variable of the repository, so everyone who may change its variables can change the rules; it takes precedence over the organisation's variable";
        let (owner, short) = hub.repository.split_once('/').unwrap_or_default();
        checks.push(if has_organisation {
            let repair = format!(
                "gh variable set {name} --org {owner} --repos {short} --body VALUE, then gh variable delete {name}"
            );
            Check::missing(stage, subject, message, repair)
        } else {
            let repair = "a personal account has no variables: write the value into the workflows instead of `vars`";
            Check::unknown(stage, subject, message, repair)
        });
    }
    checks
}

/// Checks that the environments exist, and that those with deployments are protected.
async fn check_environments(
    hub: &GitHub,
    project: &Project,
    settings: &Settings,
    branch: &str,
) -> Vec<Check> {
    let stage = Stage::Environments;
    let page = format!("{}/environments", hub.settings);
    let found = match hub.get_json("/environments?per_page=100").await {
        Ok(found) => found["environments"]
            .as_array()
            .cloned()
            .unwrap_or_default(),
        Err(RequestError::NotFound) => Vec::new(),
        Err(RequestError::Other(said)) => {
            return vec![Check::unknown(stage, "environments", said, LOGIN)];
        }
    };
    let find = |name: &str| found.iter().find(|one| one["name"] == name);
    let deploying = project.deploy_environments(settings);
    let mut checks = Vec::new();
    let workflows = project.workflows();
    // The chain in the variables can be shorter than that in the workflows.
    let chain = workflows.deploy_chain().into_iter();
    let all: Vec<String> = chain.map(|(_, deploys_to)| deploys_to).collect();
    for name in workflows.list_literal_environments(&all) {
        // Without their role there are no previews.
        if !settings.has_previews() && workflows.requires_variable(&name, PREVIEW_ROLE) {
            continue;
        }
        let subject = format!("environment `{name}`");
        checks.push(if find(&name).is_some() {
            Check::ok(stage, subject)
        } else {
            let repair = format!("gh api -X PUT repos/{}/environments/{name}", hub.repository);
            Check::missing(
                stage,
                subject,
                "it does not exist: the first job that names it creates it",
                repair,
            )
        });
    }
    let last = deploying.last();
    for name in &deploying {
        let subject = format!("environment `{name}`");
        let Some(environment) = find(name) else {
            let message =
                "it does not exist: the first job that names it creates it, open to every branch";
            checks.push(Check::missing(stage, subject, message, page.clone()));
            continue;
        };
        let mut problems = Vec::new();
        // Only the last environment of a chain needs approval by default.
        if project.needs_approval(name, Some(name) == last) {
            problems.extend(find_reviewer_problem(environment));
        }
        let branches = match list_deploy_branches(hub, name, environment).await {
            Ok(branches) => branches,
            Err(said) => {
                checks.push(Check::unknown(stage, subject, said, LOGIN));
                continue;
            }
        };
        if branches != [branch] {
            let open = match branches.as_slice() {
                [] if environment["deployment_branch_policy"]["protected_branches"] == true => {
                    "every protected branch".to_owned()
                }
                [] => "every branch".to_owned(),
                names => names.join(", "),
            };
            problems.push(format!("it is open to {open} instead of only `{branch}`"));
        }
        checks.push(Check::from_problems(
            stage,
            subject,
            &problems,
            page.clone(),
        ));
    }
    checks
}

/// Returns the problem with the required reviewers of an environment.
fn find_reviewer_problem(environment: &JsonValue) -> Option<String> {
    let rules = environment["protection_rules"].as_array();
    let mut rules = rules.into_iter().flatten();
    let rule = rules.find(|rule| rule["type"] == "required_reviewers");
    let named = rule.is_some_and(|rule| {
        rule["reviewers"]
            .as_array()
            .is_some_and(|all| !all.is_empty())
    });
    if !named {
        return Some("it has no required reviewers".to_owned());
    }
    let own = rule.is_some_and(|rule| rule["prevent_self_review"] == true);
    (!own).then(|| "the person who starts a deployment can approve it".to_owned())
}

/// Returns the branches that can deploy to an environment; empty if its policy names no branches.
async fn list_deploy_branches(
    hub: &GitHub,
    name: &str,
    environment: &JsonValue,
) -> Result<Vec<String>, String> {
    if environment["deployment_branch_policy"]["custom_branch_policies"] != true {
        return Ok(Vec::new());
    }
    let path = format!("/environments/{name}/deployment-branch-policies");
    match hub.get_json(&path).await {
        Ok(found) => {
            let policies = found["branch_policies"].as_array();
            let policies = policies.into_iter().flatten();
            let names = policies.filter_map(|one| one["name"].as_str().map(str::to_owned));
            Ok(names.collect())
        }
        Err(RequestError::NotFound) => Ok(Vec::new()),
        Err(RequestError::Other(said)) => Err(said),
    }
}

/// Checks that a deployment to an environment exists.
async fn check_first_version(hub: &GitHub, environment: &str, branch: &str) -> Check {
    let stage = Stage::FirstVersion;
    let subject = format!("first version in `{environment}`");
    match hub
        .get_json(&format!(
            "/deployments?environment={environment}&per_page=1"
        ))
        .await
    {
        Ok(found) if found.as_array().is_some_and(|all| !all.is_empty()) => {
            Check::ok(stage, subject)
        }
        Ok(_) | Err(RequestError::NotFound) => Check::missing(
            stage,
            subject,
            "no deployment yet",
            Project::explain_first_deploy(branch),
        ),
        Err(RequestError::Other(said)) => Check::unknown(stage, subject, said, LOGIN),
    }
}
