//! Checks CloudFormation templates in JSON and YAML, from any tool.
//!
//! - [`check_text`] checks one template, [`check_bytes`] the content of a file. Both return a [`Report`] of [`Finding`]s, each with its range in the text.
//! - [`baseline`] accepts the findings of existing templates.
//! - [`files`] finds the templates of folders and cloud assemblies.
//! - [`Options::packs`] adds the rules of policy packs.
//! - [`nested`] follows nested stacks to local templates.
//! - [`report`] writes reports for people, and as JSON, SARIF, GitHub annotations and JUnit.
//!
//! A name that a macro, SAM or a module makes is unknown, not absent: it is never an error. Conditions are solved: a case that cannot occur has no
//! findings. The properties are checked by [`infra_core::validation`], which also checks the resources of an app.

pub mod baseline;
mod expand;
pub mod files;
mod finding;
mod fix;
mod function;
mod ignore;
mod model;
pub mod nested;
mod options;
mod packs;
mod read;
pub mod report;
mod rules;
mod serverless;
mod transforms;
mod tree;
mod view;

use std::collections::BTreeMap;

pub use finding::{Finding, Report, SourceFile};
pub use fix::Fix;
pub use options::{Options, ParametersError, read_parameters};

/// Checks the text of a template. `name` is the path of the file in findings.
///
/// A text that is neither JSON nor YAML has one finding, `INF8001`.
///
/// ```
/// use infra_check::{Options, check_text};
///
/// let report = check_text("topic.yaml", "Resources: {T: {Type: AWS::SNS::Topic}}", &Options::default());
/// assert!(report.findings.is_empty());
/// ```
pub fn check_text(name: &str, text: &str, options: &Options) -> Report {
    check_text_with(name, text, options, &mut |_, _| BTreeMap::new())
}

/// Finds the templates of nested stacks by the logical ID of the stack, and adds findings about those that cannot be read.
type FindChildren<'a> =
    &'a mut dyn FnMut(&model::Model<'_>, &mut finding::Findings) -> BTreeMap<String, model::Child>;

fn check_text_with(
    name: &str,
    text: &str,
    options: &Options,
    children: FindChildren<'_>,
) -> Report {
    let mut findings = finding::Findings::default();
    let mut assessed = Vec::new();
    if let Some(root) = read::read_template(text, &mut findings) {
        let root = expand::expand_loops(root, options, &mut findings);
        let root = serverless::resolve_nulls(root);
        let mut model = model::Model::new(&root, options);
        model.nested = children(&model, &mut findings);
        rules::check_template(&model, text, &mut findings);
        assessed = packs::assess_packs(&model, name, &mut findings);
        ignore::remove_ignored(&model, text, &mut findings);
        packs::mark_accepted(&mut assessed, &findings);
    }
    let mut report = findings.into_report(name, text);
    report.assessed = assessed;
    report
}

/// Checks the bytes of a template, as [`check_text`] does for text.
///
/// Bytes that are not UTF-8 have one finding, `INF8001`, at the first byte that starts no character.
pub fn check_bytes(name: &str, bytes: &[u8], options: &Options) -> Report {
    check_bytes_with(name, bytes, options, &mut |_, _| BTreeMap::new())
}

fn check_bytes_with(
    name: &str,
    bytes: &[u8],
    options: &Options,
    children: FindChildren<'_>,
) -> Report {
    let error = match infra_yaml::decode_template(bytes) {
        Ok(text) => return check_text_with(name, text, options, children),
        Err(error) => error,
    };
    let mut findings = finding::Findings::default();
    let message = read::message_of(&error);
    let finding = infra_core::Diagnostic::new(infra_core::codes::NOT_A_DOCUMENT, message)
        .help("save the file with the encoding UTF-8");
    let at = error.position().unwrap_or(infra_yaml::Position::START);
    findings.add_diagnostic(finding, (at, at));
    findings.into_report(name, &infra_yaml::decode_lossily(bytes))
}

/// Examples of the README, compiled and run as documentation tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
pub mod readme {}
