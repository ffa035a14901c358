//! Implements the option `--policy`: reads the policy folders, checks an assembly, and refuses one that violates a rule.

use std::path::PathBuf;

use clap::Args;
use infra_console::contract;
use infra_core::Diagnostic;
use infra_deploy::plan::{PlanRecord, PolicyRecord};
use infra_template::assembly::CloudAssembly;
use time::OffsetDateTime;

use super::folder::Folder;
use super::{PassedPolicies, PolicyResult, check_policies, markdown};
use crate::ExitCode;
use crate::failure::Failure;
use crate::progress::record::{self, Own};
use crate::render::Target;
use crate::session::Session;

/// Policy folders given on the command line, outside of the app's control.
#[derive(Args, Clone, Debug, Default)]
pub(crate) struct PolicyArguments {
    /// A folder with rules of AWS CloudFormation Guard (`*.guard`) that every template has to pass. Can be repeated.
    ///
    /// Folders of the environment variable `INFRA_POLICY` are checked as well. A violation ends the command with exit code 1 before anything is sent
    /// to AWS. Exceptions are listed in `policy.toml` of the folder; the app cannot grant them.
    #[arg(long, value_name = "FOLDER")]
    policy: Vec<PathBuf>,
}

/// The form in which the result is written to standard output.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum OutputForm {
    /// Nothing on standard output; findings and a summary line go to standard error.
    Text,
    /// One line of JSON, as described by `schemas/events.schema.json`.
    Json,
    /// A Markdown comment for a pull request, written only if a rule is violated.
    Markdown,
}

impl PolicyArguments {
    /// Creates the option with these folders.
    pub(crate) fn from_folders(policy: Vec<PathBuf>) -> Self {
        Self { policy }
    }

    /// Checks an assembly with the rules of all folders. Returns `None` if neither `--policy` nor `INFRA_POLICY` names a folder.
    pub(crate) fn check_assembly(
        &self,
        session: &Session<'_>,
        assembly: &CloudAssembly,
    ) -> Result<Option<PolicyResult>, Failure> {
        let mut folders = Vec::new();
        let mut problems = Vec::new();
        for path in self
            .policy
            .iter()
            .cloned()
            .chain(policy_folders_from_env(session))
        {
            match Folder::read_folder(&session.directory.join(&path), &session.format_path(&path)) {
                Ok(folder) => folders.push(folder),
                Err(found) => problems.extend(found),
            }
        }
        if !problems.is_empty() {
            return Err(Failure::Findings(problems));
        }
        if folders.is_empty() {
            return Ok(None);
        }
        check_policies(&folders, assembly)
            .map(Some)
            .map_err(Failure::Findings)
    }

    /// Checks an assembly, prints the result, and ends the command if a rule is violated.
    pub(crate) fn require_compliance(
        &self,
        session: &mut Session<'_>,
        assembly: &CloudAssembly,
        command: &str,
        form: OutputForm,
    ) -> Result<Option<PassedPolicies>, Failure> {
        let Some(checked) = self.check_assembly(session, assembly)? else {
            return Ok(None);
        };
        session.output.write_status(&checked.summary_line())?;
        let refused = !checked.violations.is_empty();
        match form {
            OutputForm::Json => {
                let now = OffsetDateTime::now_utc();
                record::write_record(&mut session.output, now, policy_record(&checked))?;
                if refused {
                    let result = Own::Result {
                        command: command.to_owned(),
                        exit_code: ExitCode::Error.number(),
                        release: None,
                        stacks: Vec::new(),
                    };
                    record::write_record(&mut session.output, now, result)?;
                }
            }
            OutputForm::Markdown if refused => {
                let app = session.app_name();
                let environment = session.environment().unwrap_or("default");
                let target = Target {
                    app: &app,
                    environment,
                };
                let text = markdown::render_violations(&checked, target);
                session.output.write_data(&text)?;
            }
            OutputForm::Text | OutputForm::Markdown => {}
        }
        if refused {
            return Err(Failure::Findings(checked.violations));
        }
        Ok(Some(PassedPolicies {
            folders: checked.folders,
            excepted: checked.excepted,
        }))
    }
}

impl PassedPolicies {
    /// Returns the section on policies that follows a review in Markdown.
    pub(crate) fn render_markdown(&self) -> String {
        markdown::render_section(self)
    }

    /// Returns the policies in the form that a plan file stores.
    pub(crate) fn policy_records(&self) -> Vec<PolicyRecord> {
        self.folders.iter().map(super::plan_record).collect()
    }

    /// Refuses a plan file that was checked with other policies than these.
    pub(crate) fn check_plan(&self, plan: &PlanRecord) -> Result<(), Failure> {
        Ok(plan.check_policies(&self.policy_records())?)
    }
}

/// Returns the folders listed in `INFRA_POLICY`, separated as in `PATH`.
pub(crate) fn policy_folders_from_env(session: &Session<'_>) -> Vec<PathBuf> {
    let value = session.variable(contract::POLICY).unwrap_or_default();
    std::env::split_paths(value)
        .filter(|path| !path.as_os_str().is_empty())
        .collect()
}

fn policy_record(checked: &PolicyResult) -> Own {
    let list = |findings: &mut dyn Iterator<Item = &Diagnostic>| {
        findings.map(Diagnostic::to_json).collect()
    };
    Own::Policy {
        folders: checked.folders.clone(),
        violations: list(&mut checked.violations.iter()),
        excepted: list(&mut checked.excepted.iter().map(|one| &one.finding)),
    }
}
