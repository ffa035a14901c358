//! Reads `infra.toml`: the app of a project, its delivery pipeline, and the profile and region of its environments.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use infra_console::{Variables, contract};
use infra_core::{Diagnostic, Place, codes};
use infra_delivery::Pipeline;
use infra_packs::Pack;
use infra_yaml::Position;
use serde::Deserialize;

use super::cost_settings::{CostLimit, CostSettings};
use super::{bad_file, find_above, owner};
use crate::availability::Allowed;

/// File name of the project file.
pub(super) const FILE: &str = contract::PROJECT_FILE;

/// A project file that has been read and whose command can be parsed.
#[derive(Clone, Debug)]
pub(crate) struct Project {
    file: PathBuf,
    keys: Keys,
}

/// Keys of the file; unknown ones are refused.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Keys {
    /// Command that runs the app. The commands of its runtime are appended. Required, except in a file with settings of `check` alone.
    app: Option<String>,
    /// Name of the app in reviews. Default: the name of the folder.
    name: Option<String>,
    /// Environment that is used without `--env`.
    env: Option<String>,
    /// Settings that apply to every environment.
    #[serde(default)]
    defaults: AccountSettings,
    /// Settings by environment; they take precedence over `defaults`.
    #[serde(default)]
    environments: BTreeMap<String, EnvironmentSettings>,
    /// Delivery pipeline that `delivery write` generates.
    delivery: Option<Pipeline>,
    /// Settings of `check`.
    check: Option<Box<CheckSettings>>,
    /// Settings of cost estimates in every environment.
    #[serde(default)]
    cost: Box<CostSettings>,
}

/// Settings of an environment.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct EnvironmentSettings {
    /// Profile of the AWS configuration files.
    profile: Option<String>,
    /// Region of stacks that do not set one.
    region: Option<String>,
    /// Longest interruption that a deployment may cause without an approval.
    availability: Option<Allowed>,
    /// Settings of cost estimates; they take precedence over those of every environment.
    cost: Box<CostSettings>,
}

/// Settings of `check`. Paths are relative to the folder of the file.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct CheckSettings {
    /// Codes that are not reported, such as `INF8012`.
    pub(crate) ignore: Vec<String>,
    /// Folders and files that are skipped when a folder is checked.
    pub(crate) exclude: Vec<PathBuf>,
    /// Region of the deployment. The option `--region` takes precedence.
    pub(crate) region: Option<String>,
    /// File with accepted findings. The option `--baseline` takes precedence.
    pub(crate) baseline: Option<PathBuf>,
    /// Policy packs that are checked, such as `fsbp`. The option `--pack` takes precedence.
    pub(crate) packs: Vec<String>,
}

/// Profile, region and availability of an environment. Options of the command line and the variables `AWS_PROFILE` and `AWS_REGION` take precedence over a project
/// file.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq)]
#[serde(deny_unknown_fields)]
pub(crate) struct AccountSettings {
    /// Profile of the AWS configuration files.
    pub(crate) profile: Option<String>,
    /// Region of stacks that do not set one.
    pub(crate) region: Option<String>,
    /// Longest interruption that a deployment may cause without an approval. Default: any, unless a construct limits it.
    pub(crate) availability: Option<Allowed>,
}

impl Project {
    /// Reads the nearest project file in a folder or above it, after checking its owner. Returns `None` if no file is found.
    pub(crate) fn find_project(
        directory: &Path,
        variables: &Variables,
    ) -> Result<Option<Self>, Box<Diagnostic>> {
        let Some(file) = find_above(directory, FILE) else {
            return Ok(None);
        };
        owner::check(&file, variables)?;
        Self::read_file(file).map(Some)
    }

    /// Reads the project file in a folder, if it has one.
    ///
    /// The owner is not checked: use it only for a checkout that this process created.
    pub(crate) fn from_checkout(folder: &Path) -> Result<Option<Self>, Box<Diagnostic>> {
        let file = folder.join(FILE);
        file.is_file().then(|| Self::read_file(file)).transpose()
    }

    fn read_file(file: PathBuf) -> Result<Self, Box<Diagnostic>> {
        let text = std::fs::read_to_string(&file).map_err(|error| {
            Box::new(bad_file(&file, &error).help("give the current user permission to read it"))
        })?;
        let keys: Keys = toml::from_str(&text).map_err(|error| {
            let finding =
                Box::new(bad_file(&file, &error.message()).help(suggest_correction(&text)));
            let Some(span) = error.span() else {
                return finding;
            };
            let at = Position::of_offset(&text, span.start);
            let shown = file.display().to_string();
            Box::new(finding.place(Place::new(shown, at.line, at.column)))
        })?;
        let project = Self { file, keys };
        if project.keys.app.is_none() && project.keys.check.is_none() {
            let missing = bad_file(&project.file, &"missing field `app`");
            let shown = project.file.display().to_string();
            let missing = missing.help(suggest_correction(&text));
            return Err(Box::new(missing.place(Place::new(shown, 1, 1))));
        }
        if project.has_app() {
            project.parse_command()?;
        }
        project.check_codes()?;
        Ok(project)
    }

    /// Returns the program of the app and its first arguments, split as a shell does.
    pub(crate) fn parse_command(&self) -> Result<Vec<String>, Box<Diagnostic>> {
        let words = shlex::split(self.app()).unwrap_or_default();
        if words.is_empty() {
            let problem = format!("`app = {:?}` is not a valid command", self.app());
            let help = "write a program and its arguments, quoted as in a shell";
            return Err(Box::new(bad_file(&self.file, &problem).help(help)));
        }
        Ok(words)
    }

    /// Returns the folder of the file, in which the app runs.
    pub(crate) fn folder(&self) -> &Path {
        self.file.parent().unwrap_or(Path::new("."))
    }

    /// Returns the delivery pipeline, or a finding that shows the missing table `[delivery]`.
    pub(crate) fn require_delivery(&self) -> Result<&Pipeline, Box<Diagnostic>> {
        self.keys.delivery.as_ref().ok_or_else(|| {
            let finding = bad_file(&self.file, &"the table `[delivery]` is missing");
            Box::new(finding.help(
                "add it with `provider = \"github\"`, `repository = \"OWNER/NAME\"`, `tool = \"ARGUMENTS OF cargo install\"`, and `[[delivery.environments]]` with a `name` for each environment, in deployment order",
            ))
        })
    }

    /// Returns the delivery pipeline, if the file describes one.
    pub(crate) fn pipeline(&self) -> Option<&Pipeline> {
        self.keys.delivery.as_ref()
    }

    /// Creates the finding for an invalid key below `[delivery]`.
    pub(crate) fn bad_delivery(&self, problem: &infra_delivery::Invalid) -> Diagnostic {
        bad_file(&self.file, problem).help(format!(
            "correct `{}` in `[delivery]`, and run the command again",
            problem.key
        ))
    }

    /// Returns the command that runs the app, unparsed; empty in a file with settings of `check` alone.
    pub(crate) fn app(&self) -> &str {
        self.keys.app.as_deref().unwrap_or_default()
    }

    /// Returns `true` if the file names an app.
    pub(crate) fn has_app(&self) -> bool {
        self.keys.app.is_some()
    }

    /// Returns the settings of `check`, if the file has them.
    pub(crate) fn check_settings(&self) -> Option<&CheckSettings> {
        self.keys.check.as_deref()
    }

    /// Refuses packs of `[check]` that do not exist.
    fn check_packs(&self) -> Result<(), Box<Diagnostic>> {
        let packs = self.check_settings().map_or(&[][..], |check| &check.packs);
        for pack in packs {
            if let Err(error) = pack.parse::<Pack>() {
                let problem = format!("`packs` of `[check]`: {error}");
                return Err(Box::new(bad_file(&self.file, &problem)));
            }
        }
        Ok(())
    }

    /// Refuses codes of `[check]` that do not exist.
    fn check_codes(&self) -> Result<(), Box<Diagnostic>> {
        let ignored = self.check_settings().map_or(&[][..], |check| &check.ignore);
        let known = |code: &&String| {
            codes::find_code(code).is_some() || infra_packs::find_rule(code).is_some()
        };
        let Some(unknown) = ignored.iter().find(|code| !known(code)) else {
            return self.check_packs();
        };
        let problem = format!("`ignore` of `[check]` has `{unknown}`, which is not a code");
        let help = "write codes as findings show them, such as `INF8012`";
        Err(Box::new(bad_file(&self.file, &problem).help(help)))
    }

    /// Returns the environment that is used without `--env`, if the file sets one.
    pub(crate) fn default_environment(&self) -> Option<&str> {
        self.keys.env.as_deref()
    }

    /// Returns the names of the environments that the file has settings for, sorted.
    pub(crate) fn environment_names(&self) -> Vec<String> {
        self.keys.environments.keys().cloned().collect()
    }

    /// Returns true if the file has settings for that environment.
    pub(crate) fn has_environment(&self, name: &str) -> bool {
        self.keys.environments.contains_key(name)
    }

    /// Refuses a command without an environment if the file has settings for environments: the defaults could belong to the wrong account.
    pub(crate) fn check_environment(&self, chosen: Option<&str>) -> Result<(), Box<Diagnostic>> {
        if chosen.is_some() || self.keys.environments.is_empty() {
            return Ok(());
        }
        let problem = "it has settings for environments, but no environment is selected";
        let names: Vec<&str> = self.keys.environments.keys().map(String::as_str).collect();
        let help = format!(
            "select one with `--env`, or set a default: `env = \"{}\"`",
            names.first().copied().unwrap_or("dev")
        );
        Err(Box::new(bad_file(&self.file, &problem).help(help)))
    }

    /// Returns the name of the app: the key `name`, else the name of the folder.
    pub(crate) fn name(&self) -> String {
        self.keys.name.clone().unwrap_or_else(|| {
            let folder = self.folder().file_name().unwrap_or_default();
            folder.to_string_lossy().into_owned()
        })
    }

    /// Returns the settings of cost estimates in an environment. Values that it does not set are those of `[cost]`.
    pub(crate) fn cost_settings(&self, environment: Option<&str>) -> CostSettings {
        let own = environment.and_then(|name| self.keys.environments.get(name));
        let shared = &self.keys.cost;
        own.map_or_else(|| (**shared).clone(), |own| own.cost.or(shared))
    }

    /// Returns the limit of the estimated costs in an environment, with the table that sets it.
    pub(crate) fn cost_limit(&self, environment: Option<&str>) -> Option<CostLimit> {
        let own = environment.and_then(|name| {
            let settings = self.keys.environments.get(name)?;
            settings
                .cost
                .own_limit(format!("[environments.{name}.cost]"))
        });
        own.or_else(|| self.keys.cost.own_limit("[cost]"))
    }

    /// Returns profile, region and availability of an environment. Values that it does not set are those of `[defaults]`.
    pub(crate) fn account_settings(&self, environment: Option<&str>) -> AccountSettings {
        let own = environment.and_then(|name| self.keys.environments.get(name));
        let own = own.cloned().unwrap_or_default();
        let defaults = self.keys.defaults.clone();
        AccountSettings {
            profile: own.profile.or(defaults.profile),
            region: own.region.or(defaults.region),
            availability: own.availability.or(defaults.availability),
        }
    }
}

/// Returns the help for a project file that cannot be parsed: a minimal file if the key `app` is missing, which a file with `[check]` does not need.
fn suggest_correction(text: &str) -> &'static str {
    let is_complete = toml::from_str::<toml::Table>(text)
        .is_ok_and(|keys| keys.contains_key("app") || keys.contains_key("check"));
    if is_complete {
        "correct this line; `infra explain INF6109` shows a complete file"
    } else {
        "at least the key `app` is required: `app = \"cargo run --quiet --package my-app --\"`"
    }
}
