//! Workflows of a checkout: the environments that their jobs name.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use infra_core::{Diagnostic, codes};
use infra_yaml::{Rules, read_yaml};
use serde_json::Value as JsonValue;

use crate::failure::Failure;

/// The folder of workflows in a repository.
const FOLDER: &str = ".github/workflows";

/// The environments of jobs by file, as they are written: names, or expressions.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(super) struct Workflows {
    files: BTreeMap<String, BTreeSet<String>>,
}

impl Workflows {
    /// Reads the workflows of the checkout that a folder is in; none outside of a checkout.
    pub(super) fn find(directory: &Path) -> Result<Self, Failure> {
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
            let tree = read_yaml(&text, &Rules::yaml_1_2())
                .map_err(|error| unreadable(&path, &error.message()))?;
            files.insert(name.into_owned(), environments(&tree.into_json()));
        }
        Ok(Self { files })
    }

    /// Workflows of these texts.
    #[cfg(test)]
    pub(super) fn of(files: &[(&str, &[&str])]) -> Self {
        let files = files.iter().map(|(name, environments)| {
            let environments = environments.iter().map(|one| (*one).to_owned()).collect();
            ((*name).to_owned(), environments)
        });
        Self {
            files: files.collect(),
        }
    }

    /// True outside of a checkout.
    pub(super) fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// The environments that are named as they are, without those that deploy.
    pub(super) fn named(&self, deploying: &[String]) -> BTreeSet<String> {
        let all = self.files.values().flatten();
        all.filter(|name| !name.contains("${{") && !deploying.contains(name))
            .cloned()
            .collect()
    }

    /// The files with a job in an environment.
    pub(super) fn with_environment(&self, environment: &str) -> BTreeSet<String> {
        let files = self
            .files
            .iter()
            .filter(|(_, all)| all.contains(environment));
        files.map(|(name, _)| name.clone()).collect()
    }

    /// The files with a job in an environment that deploys: by its name, or by an expression that has it as its default or reads `DEPLOY_ENVIRONMENT`.
    pub(super) fn deploying(&self, environment: &str) -> BTreeSet<String> {
        let quoted = format!("'{environment}'");
        let deploys = |name: &String| {
            name == environment
                || name.contains("${{")
                    && (name.contains("DEPLOY_ENVIRONMENT") || name.contains(&quoted))
        };
        let files = self.files.iter().filter(|(_, all)| all.iter().any(deploys));
        files.map(|(name, _)| name.clone()).collect()
    }
}

/// The environments of the jobs of a workflow.
fn environments(workflow: &JsonValue) -> BTreeSet<String> {
    let jobs = workflow["jobs"].as_object().into_iter().flatten();
    jobs.filter_map(|(_, job)| {
        let environment = &job["environment"];
        environment.as_str().or(environment["name"].as_str())
    })
    .map(str::to_owned)
    .collect()
}
