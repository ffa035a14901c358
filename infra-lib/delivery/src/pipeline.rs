//! Configuration of a pipeline: the table `[delivery]` of `infra.toml`.

use std::fmt;

use serde::Deserialize;

/// Service that runs the pipeline: GitHub Actions or GitLab CI.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Provider {
    /// GitHub Actions, with workflows in the folder `.github/workflows` of the project.
    Github,
    /// GitLab CI, with the pipeline in the file `.gitlab-ci.yml` of the project.
    Gitlab,
}

impl fmt::Display for Provider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Github => "github",
            Self::Gitlab => "gitlab",
        })
    }
}

/// Configuration of a pipeline: the contents of the table `[delivery]` of `infra.toml`.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Pipeline {
    /// Service that runs the pipeline, which decides on the files that are rendered.
    pub provider: Provider,
    /// Repository of the project: `OWNER/NAME` on GitHub; `GROUP/PROJECT` on GitLab, with any number of subgroups.
    pub repository: String,
    /// Arguments of `cargo install` that install the tool `infra`, on one line and split like in a shell.
    pub tool: String,
    /// Schedule of drift detection as a cron expression in UTC. Default: `17 3 * * *`, every night at 03:17.
    #[serde(default = "every_night")]
    pub drift: String,
    /// Environments in the order in which a commit is deployed to them; at least one.
    pub environments: Vec<Environment>,
    /// Publication of assets, such as the code of functions, with a role that may do nothing else. Default: `false`, the stacks have no assets.
    #[serde(default)]
    pub assets: bool,
    /// Previews of pull requests, which only pipelines on GitHub can have. Default: no previews.
    pub preview: Option<Preview>,
}

/// Environment of the pipeline: a file of the app's configuration, deployed with separate IAM roles.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Environment {
    /// Name of the environment, as in `--env`. The provider's environment of the deployment has the same name.
    pub name: String,
    /// Approval of each plan by people before its execution. Default: required.
    #[serde(default)]
    pub approval: Approval,
}

/// Approval of each plan of an environment by people before its execution.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Approval {
    /// People have to approve each plan in the environment of the provider.
    #[default]
    Required,
    /// Each plan is executed as soon as it has been created.
    None,
}

/// Previews: an environment for each selected pull request, deployed without review and removed with all of its data.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct Preview {
    /// File of the app's configuration for previews. The GitHub environment whose jobs deploy them has the same name. Default: `preview`.
    pub environment: String,
    /// Number of days after its last deployment for which a preview is kept, from 1 to 99. Default: 3.
    pub days: u32,
    /// Pull requests that get a preview. Default: those with the label `preview`.
    pub pull_requests: PullRequests,
}

/// Pull requests that get a preview. Pull requests from forks never get one.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum PullRequests {
    /// Pull requests that have the label `preview`.
    #[default]
    Labelled,
    /// All pull requests from branches of the repository, with or without the label.
    All,
}

impl Default for Preview {
    fn default() -> Self {
        Self {
            environment: "preview".to_owned(),
            days: 3,
            pull_requests: PullRequests::default(),
        }
    }
}

/// Reserved names, and words that YAML does not read as text.
const RESERVED: [&str; 12] = [
    "plan", "publish", "on", "off", "yes", "no", "y", "n", "true", "false", "null", "next",
];

/// Prefixes of reserved names on GitLab: environments with the signing key of plans, and review environments of merge requests.
const RESERVED_PREFIXES: [&str; 2] = ["plan-", "review-"];

/// Description of the valid names of an environment, for error messages.
const NAME: &str = "lower-case letters, digits and `-`, beginning with a letter; not `plan` or `publish`, nor a name beginning with `plan-` or `review-`, which the pipeline reserves, nor a word that YAML does not read as a string";

fn every_night() -> String {
    "17 3 * * *".to_owned()
}

impl Pipeline {
    /// Creates a pipeline without environments. The tool is installed from the registry, as the package `infra-cli`.
    pub fn new(provider: Provider, repository: impl Into<String>) -> Self {
        Self {
            provider,
            repository: repository.into(),
            tool: "infra-cli".to_owned(),
            drift: every_night(),
            environments: Vec::new(),
            assets: false,
            preview: None,
        }
    }

    /// Sets the arguments of `cargo install` that install the tool, on one line.
    pub fn tool(mut self, arguments: impl Into<String>) -> Self {
        self.tool = arguments.into();
        self
    }

    /// Adds an environment to the end of the chain, to which a commit is deployed last.
    pub fn environment(mut self, environment: Environment) -> Self {
        self.environments.push(environment);
        self
    }

    /// Publishes the assets of the stacks before they are planned for a deployment.
    pub fn publish_assets(mut self) -> Self {
        self.assets = true;
        self
    }

    /// Enables previews of pull requests with these settings; only GitHub supports them.
    pub fn preview(mut self, preview: Preview) -> Self {
        self.preview = Some(preview);
        self
    }

    /// Checks the values that are inserted into workflows, where each has to be a single word.
    ///
    /// # Errors
    ///
    /// The first key with an invalid value.
    pub fn check_values(&self) -> Result<(), Invalid> {
        let refuse = |key: &str, value: &str, expected: &'static str| {
            Err(Invalid {
                key: key.to_owned(),
                value: value.to_owned(),
                expected,
            })
        };
        let mut parts = self.repository.split('/');
        let enough = match self.provider {
            Provider::Github => self.repository.split('/').count() == 2,
            Provider::Gitlab => self.repository.split('/').count() >= 2,
        };
        if !enough || !parts.all(is_word) {
            return refuse(
                "repository",
                &self.repository,
                match self.provider {
                    Provider::Github => "`OWNER/NAME` of letters, digits, `-`, `_` and `.`",
                    Provider::Gitlab => "`GROUP/PROJECT` of letters, digits, `-`, `_` and `.`",
                },
            );
        }
        if self.tool.trim().is_empty() || self.tool.contains('\n') {
            return refuse(
                "tool",
                &self.tool,
                "one line: the arguments of `cargo install` that install the tool, such as `--git URL --rev COMMIT infra-cli`",
            );
        }
        if !is_cron(&self.drift) {
            return refuse(
                "drift",
                &self.drift,
                "five fields of cron, such as `17 3 * * *`",
            );
        }
        if self.environments.is_empty() {
            return refuse("environments", "[]", "at least one environment");
        }
        for (at, environment) in self.environments.iter().enumerate() {
            let name = &environment.name;
            let key = format!("environments[{at}].name");
            if !is_name(name) {
                return refuse(&key, name, NAME);
            }
            if self.environments[..at].iter().any(|one| one.name == *name) {
                return refuse(&key, name, "a unique name");
            }
        }
        let Some(preview) = &self.preview else {
            return Ok(());
        };
        let (name, key) = (&preview.environment, "preview.environment");
        if self.provider != Provider::Github {
            return refuse(
                "provider",
                &self.provider.to_string(),
                "`github`, because only its pipeline supports the table `preview`",
            );
        }
        if !is_name(name) {
            return refuse(key, name, NAME);
        }
        if self.environments.iter().any(|one| one.name == *name) {
            return refuse(
                key,
                name,
                "a name that differs from all environments, because previews are deployed without a review",
            );
        }
        if !(1..=99).contains(&preview.days) {
            return refuse(
                "preview.days",
                &preview.days.to_string(),
                "a number of days from 1 to 99",
            );
        }
        Ok(())
    }
}

impl Environment {
    /// Creates an environment with this name, whose plans people have to approve.
    pub fn new(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            approval: Approval::Required,
        }
    }

    /// Returns the suffix of the environment's variables on GitLab: its name in upper case, with `_` instead of `-`.
    pub fn variable_suffix(&self) -> String {
        self.name.to_ascii_uppercase().replace('-', "_")
    }

    /// Sets whether people have to approve each plan before its execution.
    pub fn approval(mut self, approval: Approval) -> Self {
        self.approval = approval;
        self
    }
}

fn is_word(text: &str) -> bool {
    let of_word = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
    !text.is_empty() && text.chars().all(of_word) && !text.starts_with(['-', '.'])
}

fn is_name(text: &str) -> bool {
    let lowercase = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.chars().all(lowercase)
        && !RESERVED.contains(&text)
        && !RESERVED_PREFIXES
            .iter()
            .any(|prefix| text.starts_with(prefix))
}

fn is_cron(text: &str) -> bool {
    let of_field = |c: char| c.is_ascii_alphanumeric() || "*/,-".contains(c);
    let fields: Vec<&str> = text.split(' ').collect();
    fields.len() == 5
        && fields
            .iter()
            .all(|field| !field.is_empty() && field.chars().all(of_field))
}

/// Invalid value of a key in `[delivery]`, with a description of the valid ones.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[error("`{key}` of [delivery] is `{value}`; expected: {expected}")]
#[non_exhaustive]
pub struct Invalid {
    /// Name of the key in `[delivery]` with its index, such as `environments[1].name`.
    pub key: String,
    /// Invalid value of the key, as it was written in the file.
    pub value: String,
    /// Description of the valid values, which completes the error message.
    pub expected: &'static str,
}
