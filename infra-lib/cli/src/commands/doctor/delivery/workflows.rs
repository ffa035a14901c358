//! Reads the workflows of a checkout: the environments of their jobs, and the variables that they read.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use infra_core::{Diagnostic, codes};
use infra_yaml::{Rules, read_yaml};

use crate::failure::Failure;

/// Folder of workflows in a repository.
const FOLDER: &str = ".github/workflows";

/// Start of an expression.
const EXPRESSION: &str = "${{";

/// The workflows of a checkout, by file name.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(super) struct Workflows {
    files: BTreeMap<String, Workflow>,
}

/// The relevant parts of a workflow file.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
struct Workflow {
    /// Environments of its jobs, unevaluated: names or expressions.
    environments: BTreeSet<String>,
    /// Calls of reusable workflows in the repository, in the order of the jobs.
    calls: Vec<Call>,
    /// Options of its inputs for a manual start, by input.
    options: BTreeMap<String, Vec<String>>,
    /// Variables of the repository that the file mentions.
    variables: BTreeSet<String>,
}

/// A call of a reusable workflow in the repository.
#[derive(Clone, Debug, Eq, PartialEq)]
struct Call {
    /// File name of the called workflow.
    file: String,
    /// Inputs of the call, unevaluated.
    inputs: BTreeMap<String, String>,
}

impl Workflows {
    /// Reads the workflows of the checkout that contains a folder; empty outside of a checkout.
    pub(super) fn read_from_checkout(directory: &Path) -> Result<Self, Failure> {
        let mut above = directory.ancestors().map(|folder| folder.join(FOLDER));
        let Some(folder) = above.find(|folder| folder.is_dir()) else {
            return Ok(Self::default());
        };
        let unreadable = |path: &Path, reason: &dyn std::fmt::Display| {
            let message = format!("cannot read `{}`: {reason}", path.display());
            Failure::from(Diagnostic::new(codes::FILE_NOT_USABLE, message))
        };
        let mut files = BTreeMap::new();
        for entry in fs::read_dir(&folder).map_err(|error| unreadable(&folder, &error))? {
            let path = entry.map_err(|error| unreadable(&folder, &error))?.path();
            let ending = path
                .extension()
                .is_some_and(|one| one == "yml" || one == "yaml");
            if !ending {
                continue;
            }
            let text = fs::read_to_string(&path).map_err(|error| unreadable(&path, &error))?;
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            let workflow = Workflow::from_yaml(&text).map_err(|error| unreadable(&path, &error))?;
            files.insert(name.into_owned(), workflow);
        }
        Ok(Self { files })
    }

    /// Parses workflows from texts, for tests.
    #[cfg(test)]
    pub(super) fn from_texts(files: &[(&str, &str)]) -> Self {
        let files = files.iter().map(|(name, text)| {
            let workflow = Workflow::from_yaml(text).expect("a workflow");
            ((*name).to_owned(), workflow)
        });
        Self {
            files: files.collect(),
        }
    }

    /// Returns true if there are no workflows, as outside of a checkout.
    pub(super) fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// Returns the environments with literal names, except those with deployments.
    pub(super) fn list_literal_environments(&self, deploying: &[String]) -> BTreeSet<String> {
        let all = self.files.values().flat_map(|one| &one.environments);
        all.filter(|name| !name.contains(EXPRESSION) && !deploying.contains(name))
            .cloned()
            .collect()
    }

    /// Returns the files with a job in an environment: named literally, by an input that a caller or a person sets, or by an expression that can
    /// evaluate to it.
    pub(super) fn files_with_environment(&self, environment: &str) -> BTreeSet<String> {
        let files = self.files.iter().filter(|(file, workflow)| {
            let mut written = workflow.environments.iter();
            written.any(|one| self.possible_environments(file, one).contains(environment))
        });
        files.map(|(name, _)| name.clone()).collect()
    }

    /// Returns the environments that jobs deploy to by calling another workflow, in the order of the jobs, each with the GitHub environment of the
    /// job.
    pub(super) fn deploy_chain(&self) -> Vec<(String, String)> {
        let mut chain: Vec<(String, String)> = Vec::new();
        for call in self.files.values().flat_map(|one| &one.calls) {
            let literal = |input: &str| {
                let value = call.inputs.get(input)?;
                (!value.contains(EXPRESSION)).then(|| value.clone())
            };
            let (Some(name), Some(callee)) = (literal("environment"), self.files.get(&call.file))
            else {
                continue;
            };
            let mut inputs = callee
                .environments
                .iter()
                .filter_map(|one| parse_input_name(one));
            let deploys_to = inputs.find_map(literal);
            if let Some(deploys_to) = deploys_to
                && !chain.iter().any(|(known, _)| *known == name)
            {
                chain.push((name, deploys_to));
            }
        }
        chain
    }

    /// Returns true if a workflow mentions a variable of the repository.
    pub(super) fn mentions_variable(&self, variable: &str) -> bool {
        let mut files = self.files.values();
        files.any(|one| one.variables.contains(variable))
    }

    /// Returns true if all jobs of an environment are in workflows that mention a variable of the repository.
    pub(super) fn requires_variable(&self, environment: &str, variable: &str) -> bool {
        let mut files = self.files_with_environment(environment).into_iter();
        files.all(|file| self.files[&file].variables.contains(variable))
    }

    /// Returns the possible names of a job's environment.
    fn possible_environments(&self, file: &str, written: &str) -> BTreeSet<String> {
        if !written.contains(EXPRESSION) {
            return BTreeSet::from([written.to_owned()]);
        }
        let Some(input) = parse_input_name(written) else {
            return possible_values(written);
        };
        let calls = self.files.values().flat_map(|one| &one.calls);
        let given = calls
            .filter(|call| call.file == file)
            .filter_map(|call| call.inputs.get(input));
        let mut results = BTreeSet::new();
        for value in given {
            if value.contains(EXPRESSION) {
                results.extend(possible_values(value));
            } else {
                results.insert(value.clone());
            }
        }
        let options = self.files[file].options.get(input);
        results.extend(options.into_iter().flatten().cloned());
        results
    }
}

impl Workflow {
    fn from_yaml(text: &str) -> Result<Self, String> {
        let tree = read_yaml(text, &Rules::yaml_1_2()).map_err(|error| error.message())?;
        let tree = tree.into_json();
        let mut workflow = Self {
            variables: find_variables(text),
            ..Self::default()
        };
        for (_, job) in tree["jobs"].as_object().into_iter().flatten() {
            let environment = &job["environment"];
            let name = environment.as_str().or(environment["name"].as_str());
            workflow.environments.extend(name.map(str::to_owned));
            let callee = job["uses"].as_str().unwrap_or_default();
            if let Some(file) = callee.strip_prefix(&format!("./{FOLDER}/")) {
                let inputs = job["with"].as_object().into_iter().flatten();
                let inputs =
                    inputs.filter_map(|(name, value)| Some((name.clone(), value.as_str()?.into())));
                workflow.calls.push(Call {
                    file: file.to_owned(),
                    inputs: inputs.collect(),
                });
            }
        }
        let inputs = tree["on"]["workflow_dispatch"]["inputs"].as_object();
        for (name, input) in inputs.into_iter().flatten() {
            let options = input["options"].as_array().into_iter().flatten();
            let options = options.filter_map(|one| one.as_str().map(str::to_owned));
            workflow.options.insert(name.clone(), options.collect());
        }
        Ok(workflow)
    }
}

/// Returns the name of the input if an expression consists of that input alone.
fn parse_input_name(expression: &str) -> Option<&str> {
    let inner = expression
        .trim()
        .strip_prefix(EXPRESSION)?
        .strip_suffix("}}")?;
    let name = inner.trim().strip_prefix("inputs.")?;
    let of_name = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    name.chars().all(of_name).then_some(name)
}

/// Returns the possible values of an expression: its string literals, except those on the right side of a comparison.
fn possible_values(expression: &str) -> BTreeSet<String> {
    let parts: Vec<&str> = expression.split('\'').collect();
    let pairs = parts.chunks_exact(2);
    pairs
        .filter(|pair| !pair[0].trim_end().ends_with('='))
        .map(|pair| pair[1].to_owned())
        .collect()
}

/// Returns the names of repository variables that a text mentions, as in `vars.AWS_REGION`.
fn find_variables(text: &str) -> BTreeSet<String> {
    let of_name = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_';
    let found = text.split("vars.").skip(1).map(|rest| {
        let end = rest.find(|c: char| !of_name(c)).unwrap_or(rest.len());
        rest[..end].to_owned()
    });
    found.filter(|name| !name.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::{Workflows, parse_input_name, possible_values};

    const ENVIRONMENT: &str = "
on: { workflow_call: { inputs: { environment: { type: string }, deploy-environment: { type: string } } } }
jobs:
  deploy:
    environment: { name: '${{ inputs.deploy-environment }}' }
";

    const DEPLOY: &str = "
jobs:
  prod:
    uses: ./.github/workflows/environment.yml
    with: { environment: prod, deploy-environment: production }
  dev:
    uses: ./.github/workflows/environment.yml
    with: { environment: dev, deploy-environment: development }
  told:
    uses: ./.github/workflows/notify.yml
    with: { environment: prod }
";

    #[test]
    fn resolves_environments_of_called_workflows() {
        let workflows = Workflows::from_texts(&[
            ("deploy.yml", DEPLOY),
            ("environment.yml", ENVIRONMENT),
            ("notify.yml", "jobs: { tell: { steps: [] } }"),
        ]);
        let chain = workflows.deploy_chain();
        let pair = |one: &str, other: &str| (one.to_owned(), other.to_owned());
        assert_eq!(
            chain,
            [pair("prod", "production"), pair("dev", "development")]
        );
        for name in ["production", "development"] {
            let files: Vec<String> = workflows.files_with_environment(name).into_iter().collect();
            assert_eq!(files, ["environment.yml"], "{name}");
        }
        assert!(workflows.files_with_environment("prod").is_empty());
    }

    #[test]
    fn resolves_options_of_an_input() {
        let workflows = Workflows::from_texts(&[(
            "rollback.yml",
            "
on: { workflow_dispatch: { inputs: { environment: { type: choice, options: [dev, prod] } } } }
jobs: { rollback: { environment: '${{ inputs.environment }}' } }
",
        )]);
        assert_eq!(workflows.files_with_environment("dev").len(), 1);
        assert!(workflows.files_with_environment("staging").is_empty());
        assert!(workflows.deploy_chain().is_empty());
    }

    #[test]
    fn ignores_compared_literals() {
        let written = "${{ (inputs.environment || vars.INFRA_ENVIRONMENT) == 'dev' && 'development' || 'production' }}";
        let found: Vec<String> = possible_values(written).into_iter().collect();
        assert_eq!(found, ["development", "production"]);
        assert_eq!(parse_input_name(written), None);
        assert_eq!(
            parse_input_name("${{ inputs.environment }}"),
            Some("environment")
        );
    }

    #[test]
    fn detects_variables_of_preview_workflows() {
        let workflows = Workflows::from_texts(&[
            (
                "preview.yml",
                "jobs: { deploy: { environment: preview, env: { ROLE: '${{ vars.PREVIEW_ROLE }}' } } }",
            ),
            ("trusted.yml", "jobs: { plan: { environment: plan } }"),
        ]);
        assert!(workflows.requires_variable("preview", "PREVIEW_ROLE"));
        assert!(!workflows.requires_variable("plan", "PREVIEW_ROLE"));
        assert!(
            workflows.mentions_variable("PREVIEW_ROLE") && !workflows.mentions_variable("PREVIEW")
        );
    }
}
