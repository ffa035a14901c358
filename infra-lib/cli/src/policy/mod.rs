//! Checks an assembly with the policies of an organisation: rules of AWS CloudFormation Guard in folders outside of the app, evaluated over every
//! template.
//!
//! Folders are named by `--policy` or `INFRA_POLICY`, never by a file of the project, because authors of an app must not be able to choose its rules.
//! Exceptions, and parts that rules need not see, are listed in `policy.toml` of the same folder.

mod arguments;
mod exceptions;
mod folder;
mod guard;
mod markdown;
mod report;
#[cfg(test)]
mod tests;
mod unseen;
#[cfg(test)]
mod unseen_tests;

pub(crate) use arguments::{OutputForm, PolicyArguments};
pub(crate) use report::PassedPolicies;

use infra_core::Diagnostic;
use infra_deploy::plan::PolicyRecord;
use infra_template::assembly::{CloudAssembly, Stack};

use exceptions::{Exception, ViolationProperties};
use folder::Folder;
use guard::Violation;
use report::{ViolationContext, violation_finding};
use unseen::{SeenTemplate, UnseenPart};

use crate::progress::record::FolderSummary;

/// The result of evaluating all rules over all templates.
#[derive(Debug)]
pub(crate) struct PolicyResult {
    /// Folders that were checked, in the order in which they were named.
    pub(crate) folders: Vec<FolderSummary>,
    /// Violations without an exception, in the order of stacks, templates, folders and files.
    pub(crate) violations: Vec<Diagnostic>,
    /// Violations that `policy.toml` accepts, and parts that it allows to remain unseen.
    pub(crate) excepted: Vec<ExceptedViolation>,
}

/// A violation that the policy itself accepts.
#[derive(Clone, Debug)]
pub(crate) struct ExceptedViolation {
    /// Finding about the violation.
    pub(crate) finding: Diagnostic,
    /// Reason given in `policy.toml`.
    pub(crate) reason: String,
}

/// Evaluates all rules of the folders over all templates of an assembly, including those of nested stacks and StackSets. A part that rules do not see
/// is a violation unless every folder allows it.
///
/// # Errors
///
/// Returns findings for each rule file that cannot be evaluated. A rule that cannot be evaluated never counts as passed.
fn check_policies(
    folders: &[Folder],
    assembly: &CloudAssembly,
) -> Result<PolicyResult, Vec<Diagnostic>> {
    let mut violations = Vec::new();
    let mut excepted = Vec::new();
    let mut broken = Vec::new();
    for stack in &assembly.stacks {
        let (seen, unseen) = unseen::separate_parts(assembly, stack);
        for part in unseen {
            match find_allowances(folders, stack, &part) {
                Ok(reason) => excepted.push(ExceptedViolation {
                    finding: part.finding,
                    reason,
                }),
                Err(folder) => violations.push(part.finding.note(format!(
                    "not allowed by the policy in `{}`",
                    folder.display_path
                ))),
            }
        }
        for SeenTemplate { nested, template } in seen {
            let input = guard::build_input(&template);
            for folder in folders {
                for file in &folder.files {
                    let found = match guard::evaluate_rules(file, &input) {
                        Ok(found) => found,
                        Err(problem) => {
                            broken.push(problem.in_template(stack, &nested));
                            continue;
                        }
                    };
                    for violation in found {
                        let place = ViolationContext {
                            stack,
                            nested: &nested,
                            file,
                            template: &template,
                        };
                        let finding = violation_finding(&violation, &place);
                        match find_exception(
                            &folder.settings.exceptions,
                            &violation,
                            &place,
                            &finding,
                        ) {
                            Some(exception) => excepted.push(ExceptedViolation {
                                finding,
                                reason: exception.reason.clone(),
                            }),
                            None => violations.push(finding),
                        }
                    }
                }
            }
        }
    }
    if !broken.is_empty() {
        return Err(broken);
    }
    Ok(PolicyResult {
        folders: folders.iter().map(Folder::to_summary).collect(),
        violations,
        excepted,
    })
}

/// Returns the description of a folder that a plan file stores.
fn plan_record(folder: &FolderSummary) -> PolicyRecord {
    let mut record = PolicyRecord::new(folder.digest.clone());
    record.name.clone_from(&folder.name);
    record.revision.clone_from(&folder.revision);
    record
}

/// Returns the joined reasons if every folder allows the unseen part, or else the first folder that does not.
fn find_allowances<'f>(
    folders: &'f [Folder],
    stack: &Stack,
    part: &UnseenPart,
) -> Result<String, &'f Folder> {
    let mut reasons = Vec::new();
    for folder in folders {
        let mut allowances = folder.settings.unseen.iter();
        let allowance = allowances.find(|one| one.covers_part(part, &stack.name));
        reasons.push(allowance.ok_or(folder)?.reason.clone());
    }
    Ok(reasons.join("; "))
}

/// Returns the first exception that covers a violation.
fn find_exception<'e>(
    exceptions: &'e [Exception],
    violation: &Violation,
    place: &ViolationContext<'_>,
    finding: &Diagnostic,
) -> Option<&'e Exception> {
    let resource = violation.resource.as_deref();
    let resource = resource.and_then(|id| place.template.find_resource(id));
    let violated = ViolationProperties {
        rule: &violation.rule,
        stack: &place.stack.name,
        resource: finding.logical_id.as_deref(),
        construct: finding.path.as_deref(),
        type_name: resource.map(|resource| resource.type_name),
    };
    exceptions
        .iter()
        .find(|exception| exception.covers_violation(&violated))
}
