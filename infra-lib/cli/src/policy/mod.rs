//! Policies of an organisation: rules of AWS CloudFormation Guard in folders outside of the app, evaluated over every template of an assembly.
//!
//! Folders are named by `--policy` or `INFRA_POLICY`, never by a file of the project: whoever changes the app must not be able to choose its rules.
//! Exceptions stand in `policy.toml` of the same folder.

mod arguments;
mod exceptions;
mod folder;
mod guard;
mod markdown;
mod report;
#[cfg(test)]
mod tests;

pub(crate) use arguments::{Form, PolicyArguments};
pub(crate) use report::Passed;

use infra_core::Diagnostic;
use infra_template::Template;
use infra_template::assembly::{CloudAssembly, Stack};

use exceptions::Exception;
use folder::Folder;
use report::{Place, finding};

use crate::progress::record::FolderSummary;

/// The result of all rules over all templates.
#[derive(Debug)]
pub(crate) struct Checked {
    /// The folders, as they were named.
    pub(crate) folders: Vec<FolderSummary>,
    /// Violations without an exception, in the order of stacks, resources and rules.
    pub(crate) violations: Vec<Diagnostic>,
    /// Violations that `policy.toml` excepts.
    pub(crate) excepted: Vec<Excepted>,
}

/// A violation that the policy itself accepts.
#[derive(Clone, Debug)]
pub(crate) struct Excepted {
    /// The violation.
    pub(crate) finding: Diagnostic,
    /// The reason in `policy.toml`.
    pub(crate) reason: String,
}

/// Evaluates all rules of the folders over all templates of an assembly, those of nested stacks included.
///
/// # Errors
///
/// Findings for each rule file that cannot be read, parsed or evaluated: a rule without an answer is never taken for one that holds.
fn check(folders: &[Folder], assembly: &CloudAssembly) -> Result<Checked, Vec<Diagnostic>> {
    let mut violations = Vec::new();
    let mut excepted = Vec::new();
    let mut broken = Vec::new();
    for stack in &assembly.stacks {
        for (nested, template) in templates(stack) {
            let input = guard::input(&template);
            for folder in folders {
                for file in &folder.files {
                    let found = match guard::evaluate(file, &input) {
                        Ok(found) => found,
                        Err(problem) => {
                            broken.push(problem.in_template(stack, &nested));
                            continue;
                        }
                    };
                    for violation in found {
                        let place = Place {
                            stack,
                            nested: &nested,
                            file,
                            template: &template,
                        };
                        let finding = finding(&violation, &place);
                        match exception(&folder.exceptions, stack, &violation.rule, &finding) {
                            Some(exception) => excepted.push(Excepted {
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
    Ok(Checked {
        folders: folders.iter().map(Folder::summary).collect(),
        violations,
        excepted,
    })
}

/// The templates of a stack with the paths of their nested stacks; the path of the stack itself is empty.
fn templates(stack: &Stack) -> Vec<(String, Template)> {
    let mut all = vec![(String::new(), stack.template.clone())];
    all.extend(stack.nested_templates());
    all
}

/// The first exception for a violation.
fn exception<'e>(
    exceptions: &'e [Exception],
    stack: &Stack,
    rule: &str,
    finding: &Diagnostic,
) -> Option<&'e Exception> {
    let resource = finding.logical_id.as_deref();
    exceptions
        .iter()
        .find(|exception| exception.covers(rule, &stack.name, resource))
}
