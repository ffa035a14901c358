//! The description of a pipeline: the table `[delivery]` of `infra.toml`.

use std::fmt;

use serde::Deserialize;

/// The service that runs the pipeline.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Provider {
    /// GitHub Actions.
    Github,
    /// GitLab CI.
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

/// The table `[delivery]` of `infra.toml`.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Pipeline {
    /// The service that runs it.
    pub provider: Provider,
    /// The repository: `OWNER/NAME` on GitHub, `GROUP/PROJECT` on GitLab, with any number of groups.
    pub repository: String,
    /// The arguments of `cargo install` that install the tool `infra`, as a shell splits them.
    pub tool: String,
    /// The time at which drift is looked for, as cron has it, in UTC. Default: every night at 03:17.
    #[serde(default = "every_night")]
    pub drift: String,
    /// The environments, in the order in which a commit is deployed to them.
    pub environments: Vec<Environment>,
    /// Previews of pull requests, on GitHub. Default: none.
    pub preview: Option<Preview>,
}

/// An environment of the chain: a file of the configuration, deployed with roles of its own.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Environment {
    /// The name, as `--env` takes it; the environment of the provider that deploys has the same.
    pub name: String,
    /// The approval of each plan. Default: required.
    #[serde(default)]
    pub approval: Approval,
}

/// The approval of each plan by people, before it is executed.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Approval {
    /// People approve each plan.
    #[default]
    Required,
    /// A plan is executed as soon as it is made.
    None,
}

/// Previews: an environment of its own for each of some pull requests, deployed without a review and removed with all its data.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct Preview {
    /// The file of the configuration that previews are made of; the environment of GitHub whose jobs deploy them has the same name.
    /// Default: `preview`.
    pub environment: String,
    /// The days for which a preview stays after its last deployment, from 1 to 99. Default: 3.
    pub days: u32,
    /// The pull requests that get one. Default: those with the label `preview`.
    pub pull_requests: PullRequests,
}

/// Pull requests that get a preview. Those of forks never do.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum PullRequests {
    /// Pull requests with the label `preview`.
    #[default]
    Labelled,
    /// Pull requests of every branch of the repository.
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

/// Names that are taken, and words that YAML reads as something else than text.
const RESERVED: [&str; 12] = [
    "plan", "publish", "on", "off", "yes", "no", "y", "n", "true", "false", "null", "next",
];

/// Beginnings of names that are taken: of environments of GitLab that hold the key of plans, and the reviews of merge requests.
const RESERVED_PREFIXES: [&str; 2] = ["plan-", "review-"];

/// Values that the name of an environment may have.
const NAME: &str = "lower-case letters, digits and `-`, with a letter first; not `plan` or `publish`, nor with `plan-` or `review-` in front, which are environments of the provider already, nor a word that YAML reads as another value";

fn every_night() -> String {
    "17 3 * * *".to_owned()
}

impl Pipeline {
    /// A pipeline without environments, whose tool comes from the registry.
    pub fn new(provider: Provider, repository: impl Into<String>) -> Self {
        Self {
            provider,
            repository: repository.into(),
            tool: "infra-cli".to_owned(),
            drift: every_night(),
            environments: Vec::new(),
            preview: None,
        }
    }

    /// Sets the arguments of `cargo install` that install the tool.
    pub fn tool(mut self, arguments: impl Into<String>) -> Self {
        self.tool = arguments.into();
        self
    }

    /// Adds an environment to the end of the chain.
    pub fn environment(mut self, environment: Environment) -> Self {
        self.environments.push(environment);
        self
    }

    /// Gives pull requests previews.
    pub fn preview(mut self, preview: Preview) -> Self {
        self.preview = Some(preview);
        self
    }

    /// Checks what the files are made of: each value ends up in a workflow, where it must be one word.
    ///
    /// # Errors
    ///
    /// The first key with a value that it cannot have.
    pub fn check(&self) -> Result<(), Invalid> {
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
            return refuse("environments", "[]", "one environment at the least");
        }
        for (at, environment) in self.environments.iter().enumerate() {
            let name = &environment.name;
            let key = format!("environments[{at}].name");
            if !is_name(name) {
                return refuse(&key, name, NAME);
            }
            if self.environments[..at].iter().any(|one| one.name == *name) {
                return refuse(&key, name, "a name that no other environment has");
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
                "`github` where there is a table `preview`: no other pipeline has previews",
            );
        }
        if !is_name(name) {
            return refuse(key, name, NAME);
        }
        if self.environments.iter().any(|one| one.name == *name) {
            return refuse(
                key,
                name,
                "a name that no other environment has: previews are deployed without a review",
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
    /// An environment whose plans have to be approved.
    pub fn new(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            approval: Approval::Required,
        }
    }

    /// The end of the names of its variables on GitLab: the name in capitals, with `_` for `-`.
    pub fn suffix(&self) -> String {
        self.name.to_ascii_uppercase().replace('-', "_")
    }

    /// Sets if people approve each plan.
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

/// A key of `[delivery]` with a value that it cannot have.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[error("`{key}` of [delivery] is `{value}`; expected: {expected}")]
#[non_exhaustive]
pub struct Invalid {
    /// Name of the key in `[delivery]`, such as `environments[1].name`.
    pub key: String,
    /// Refused value, as it was written.
    pub value: String,
    /// Values that it may have.
    pub expected: &'static str,
}
