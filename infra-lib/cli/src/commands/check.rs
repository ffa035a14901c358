//! Implements `check`: checks CloudFormation templates of any origin, without the app and without AWS.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use clap::{Parser, ValueEnum};
use infra_check::baseline::Baseline;
use infra_check::files::find_templates;
use infra_check::nested::NestedCheck;
use infra_check::report::{
    render_github, render_json, render_junit, render_lines, render_sarif, render_text,
};
use infra_check::{Options, Report, check_bytes, read_parameters};
use infra_console::documents::Finding;
use infra_console::words::format_count;
use infra_core::{Diagnostic, codes};
use infra_packs::report::{Summary as PackSummary, render_html, render_oscal};
use infra_packs::{Pack, PackSet};
use schemars::JsonSchema;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use super::files::{read_text, write_text};
use crate::ExitCode;
use crate::app::Project;
use crate::failure::Failure;
use crate::session::Session;

/// Options of `check`.
#[derive(clap::Args, Debug)]
pub(crate) struct Arguments {
    /// Templates, folders and cloud assemblies. `-` is standard input.
    #[arg(required = true, value_name = "FILE|FOLDER")]
    paths: Vec<PathBuf>,

    /// The form of the report. With `--quiet`, `text` has one line for each finding.
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,

    /// JSON file with values of parameters, which narrow the cases that are checked.
    ///
    /// A list of `ParameterKey` and `ParameterValue` as for the AWS CLI, or a map from names to values.
    #[arg(long, value_name = "FILE")]
    parameters: Option<PathBuf>,

    /// Policy packs whose rules are checked as well. Several are separated by commas.
    ///
    /// The report then counts passed and failed checks by control, and those that cannot be decided before the deployment. Default: `packs` of `[check]` in
    /// `infra.toml`.
    #[arg(long = "pack", value_name = "PACK", value_delimiter = ',')]
    packs: Vec<PackChoice>,

    /// Corrects what is certain in the files, and reports the rest.
    ///
    /// Certain are names and values with the right letters in the wrong case. Reports in JSON and SARIF contain further suggestions.
    #[arg(long)]
    fix: bool,

    /// File with accepted findings, which are not reported.
    ///
    /// Default: `baseline` of `[check]` in `infra.toml`.
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,

    /// Accepts all present findings: writes them to the file of `--baseline`.
    #[arg(long, requires = "baseline")]
    write_baseline: bool,
}

/// The form of a report.
#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
enum Format {
    /// Each finding with its source line
    Text,
    /// One JSON object
    Json,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// Annotations of a GitHub workflow
    Github,
    /// `JUnit` XML
    Junit,
    /// Results of policy packs as one HTML page
    Html,
    /// Results of policy packs as OSCAL assessment results, in JSON
    Oscal,
}

/// A policy pack, or all of them.
#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
enum PackChoice {
    /// AWS Foundational Security Best Practices
    Fsbp,
    /// CIS AWS Foundations Benchmark 3.0.0
    Cis,
    /// NIST SP 800-53 Rev. 5
    Nist,
    /// PCI DSS 4.0.1
    Pci,
    /// HIPAA Security Rule
    Hipaa,
    /// AWS Well-Architected Framework
    Wa,
    /// Every pack
    All,
}

impl PackChoice {
    fn packs(self) -> Vec<Pack> {
        match self {
            Self::Fsbp => vec![Pack::Fsbp],
            Self::Cis => vec![Pack::Cis],
            Self::Nist => vec![Pack::Nist],
            Self::Pci => vec![Pack::Pci],
            Self::Hipaa => vec![Pack::Hipaa],
            Self::Wa => vec![Pack::WellArchitected],
            Self::All => Pack::ALL.to_vec(),
        }
    }
}

/// Arguments of `validate` with a path, those of `check`.
#[derive(Debug, Parser)]
#[command(
    name = "infra validate",
    disable_help_flag = true,
    no_binary_name = true
)]
struct Validate {
    #[command(flatten)]
    options: Arguments,
}

/// Checks templates as `check` does: `validate` with a path, such as a cloud assembly, is about this path and not about the app.
pub(crate) fn run_validate(
    session: &mut Session<'_>,
    words: &[OsString],
) -> Result<ExitCode, Failure> {
    match Validate::try_parse_from(words) {
        Ok(Validate { options }) => run_check(session, &options),
        Err(refused) => {
            let message = refused.render().to_string();
            session.output.write_message(&message)?;
            Ok(ExitCode::Usage)
        }
    }
}

pub(crate) fn run_check(
    session: &mut Session<'_>,
    options: &Arguments,
) -> Result<ExitCode, Failure> {
    let parameters = match &options.parameters {
        Some(file) => read_parameter_file(session, file)?,
        None => BTreeMap::new(),
    };
    let settings = load_check_settings(session, session.directory);
    let settings = settings.map_err(|finding| Failure::from(*finding))?;
    let mut known = settings.options.with_parameters(parameters);
    if !options.packs.is_empty() {
        known.packs = options.packs.iter().flat_map(|one| one.packs()).collect();
    }
    if known.packs.is_empty() && matches!(options.format, Format::Html | Format::Oscal) {
        let message = "this form of the report is about policy packs, and none is chosen";
        let finding = Diagnostic::new(codes::FILE_NOT_USABLE, message);
        return Err(Failure::Unusable(vec![
            finding.help("add `--pack fsbp`, or another pack"),
        ]));
    }
    let baseline = match &options.baseline {
        Some(file) => Some(session.directory.join(file)),
        None => settings.baseline,
    };
    let mut unreadable = Vec::new();
    let mut found = Found {
        options: &known,
        excluded: settings.excluded,
        seen: BTreeSet::new(),
        reports: Vec::new(),
        corrected: options.fix.then_some((0, 0)),
    };
    for path in &options.paths {
        if path == Path::new("-") {
            if options.fix {
                let message = "`--fix` cannot correct standard input".to_owned();
                let finding = Diagnostic::new(codes::FILE_NOT_USABLE, message);
                unreadable.push(finding.help("give the path of the file"));
                continue;
            }
            match session.read_standard_input_bytes() {
                Ok(bytes) => found.reports.push(check_bytes("stdin", &bytes, &known)),
                Err(finding) => unreadable.push(finding),
            }
            continue;
        }
        if let Err(finding) = found.check_path(session, path) {
            unreadable.push(finding);
        }
    }
    let corrected = found.corrected;
    let mut report: Report = found.reports.into_iter().collect();
    if let Some(file) = &baseline {
        apply_baseline(session, file, options.write_baseline, &mut report)?;
    }
    if let Some((number, files)) = corrected {
        let (number, files) = (
            format_count(number, "correction"),
            format_count(files, "file"),
        );
        session
            .output
            .write_status(&format!("{number} in {files}\n"))?;
    }
    let quiet = session.output.is_quiet();
    let set = PackSet::new(known.packs.iter().copied());
    let summary = PackSummary::new(&set, &report.assessed);
    match options.format {
        Format::Text if quiet => session.output.write_data(&render_lines(&report))?,
        Format::Text => {
            session.output.write_data(&render_text(&report))?;
            if !known.packs.is_empty() {
                let text = infra_packs::report::render_text(&summary);
                session.output.write_data(&format!("\n{text}"))?;
            }
        }
        Format::Json => {
            let mut document = render_json(&report);
            if !known.packs.is_empty() {
                let results = infra_packs::report::render_json(&summary, &report.assessed);
                document["packs"] = results;
            }
            session.output.write_json(&document)?;
        }
        Format::Html => {
            let names: Vec<String> = options
                .paths
                .iter()
                .map(|path| session.format_path(path))
                .collect();
            let page = render_html(&names.join(", "), &summary, &report.assessed);
            session.output.write_data(&page)?;
        }
        Format::Oscal => {
            let at = assessment_time(session);
            let document = render_oscal(&summary, &report.assessed, &at);
            session.output.write_json(&document)?;
        }
        Format::Sarif => session.output.write_json(&render_sarif(&report))?,
        Format::Github => session.output.write_data(&render_github(&report))?,
        Format::Junit => session.output.write_data(&render_junit(&report))?,
    }
    if !unreadable.is_empty() {
        session.output.write_findings(&unreadable)?;
        return Ok(ExitCode::Usage);
    }
    Ok(if report.errors() > 0 {
        ExitCode::Error
    } else {
        ExitCode::Ok
    })
}

/// Returns the time of an assessment: `SOURCE_DATE_EPOCH`, for reproducible reports, or now.
fn assessment_time(session: &Session<'_>) -> String {
    let given = session.variables.find_text("SOURCE_DATE_EPOCH");
    let given = given.and_then(|seconds| seconds.parse().ok());
    let given = given.and_then(|seconds| OffsetDateTime::from_unix_timestamp(seconds).ok());
    let now = given.unwrap_or_else(OffsetDateTime::now_utc);
    let whole = now.replace_nanosecond(0).unwrap_or(now);
    // Every time between the years 0 and 9999 has this form.
    whole.format(&Rfc3339).unwrap_or_default()
}

/// The table `[check]` of the project file, with absolute paths.
#[derive(Debug, Default)]
pub(crate) struct CheckSettings {
    pub(crate) options: Options,
    /// Folders and files that are skipped when a folder is checked.
    pub(crate) excluded: Vec<PathBuf>,
    /// File with accepted findings.
    pub(crate) baseline: Option<PathBuf>,
}

/// Reads the settings that apply to a folder: those of the nearest project file, and the region of the command line.
pub(crate) fn load_check_settings(
    session: &Session<'_>,
    directory: &Path,
) -> Result<CheckSettings, Box<Diagnostic>> {
    let project = Project::find_project(directory, session.variables)?;
    let settings = project.as_ref().and_then(Project::check_settings);
    let settings = settings.cloned().unwrap_or_default();
    let folder = project.as_ref().map_or(directory, Project::folder);
    let region = session.account.region.clone().or(settings.region);
    Ok(CheckSettings {
        options: Options::default()
            .with_region(region)
            .with_ignored(settings.ignore.into_iter().collect())
            // Names that are no packs are refused when the file is read.
            .with_packs(
                settings
                    .packs
                    .iter()
                    .filter_map(|pack| pack.parse().ok())
                    .collect(),
            ),
        excluded: settings
            .exclude
            .iter()
            .filter_map(|path| folder.join(path).canonicalize().ok())
            .collect(),
        baseline: settings.baseline.map(|file| folder.join(file)),
    })
}

/// The reports of the files that have been found.
struct Found<'a> {
    options: &'a Options,
    /// Folders and files that are skipped when a folder is checked.
    excluded: Vec<PathBuf>,
    seen: BTreeSet<PathBuf>,
    reports: Vec<Report>,
    /// Numbers of corrections and of corrected files, with `--fix`.
    corrected: Option<(usize, usize)>,
}

impl Found<'_> {
    /// Checks a file, or the templates of a folder, as far as they have not been checked before.
    fn check_path(&mut self, session: &Session<'_>, path: &Path) -> Result<(), Diagnostic> {
        let unreadable = |path: &Path, error: &dyn std::fmt::Display| {
            let message = format!("cannot read `{}`: {error}", session.format_path(path));
            Diagnostic::new(codes::FILE_NOT_USABLE, message)
        };
        let absolute = session.directory.join(path);
        let files = find_templates(&absolute).map_err(|error| unreadable(path, &error))?;
        if files.is_empty() {
            let message = format!("`{}` contains no templates", session.format_path(path));
            return Err(Diagnostic::new(codes::FILE_NOT_USABLE, message)
                .help("give the files themselves: in a folder, a template has a section `Resources`, and ends in .json, .yaml, .yml or .template"));
        }
        let is_folder = absolute.is_dir();
        for file in files {
            // A pipe, as in `<(command)`, has no canonical path.
            let identity = file.canonicalize().unwrap_or_else(|_| file.clone());
            let mut excluded = self.excluded.iter();
            if is_folder && excluded.any(|excluded| identity.starts_with(excluded)) {
                continue;
            }
            // A file that is given twice, or also with its folder or as a nested template, is checked once.
            if self.seen.contains(&identity) {
                continue;
            }
            let to_name = |path: &Path| session.format_path(path);
            // Templates of nested stacks are inside the working folder, or beside the template.
            let root = match session.directory.canonicalize() {
                Ok(root) if identity.starts_with(&root) => root,
                _ => identity.parent().unwrap_or(Path::new(".")).to_owned(),
            };
            let options = self.options;
            let check = || {
                NestedCheck::new(&root, &to_name, options).and_then(|check| check.check_file(&file))
            };
            let mut checked = check().map_err(|error| unreadable(&file, &error))?;
            let corrected = self.correct_files(&checked);
            if corrected.map_err(|error| unreadable(&file, &error))? {
                checked = check().map_err(|error| unreadable(&file, &error))?;
            }
            for (path, mut report) in checked {
                // A nested template can be checked for several combinations of parameters.
                report.files = usize::from(self.seen.insert(path));
                self.reports.push(report);
            }
        }
        Ok(())
    }
}

impl Found<'_> {
    /// Writes the certain corrections into the files with `--fix`. Returns `true` if a file was changed.
    fn correct_files(&mut self, checked: &[(PathBuf, Report)]) -> std::io::Result<bool> {
        let Some((number, files)) = &mut self.corrected else {
            return Ok(false);
        };
        let mut done = BTreeSet::new();
        let before = *files;
        for (path, report) in checked {
            let mut corrected = report
                .findings
                .iter()
                .filter(|finding| finding.fix().is_some_and(|fix| fix.is_certain));
            let Some(first) = corrected.next() else {
                continue;
            };
            // Of several reports about a file, the first is of the text that is there.
            if !done.insert(path) {
                continue;
            }
            let text = std::fs::read_to_string(path)?;
            let (text, applied) = report.apply_fixes(&first.file().name, &text);
            std::fs::write(path, &text)?;
            *number += applied;
            *files += 1;
        }
        Ok(*files > before)
    }
}

/// Removes the findings of a baseline from the report, or writes the baseline first. Its files are relative to its folder.
fn apply_baseline(
    session: &mut Session<'_>,
    file: &Path,
    write: bool,
    report: &mut Report,
) -> Result<(), Failure> {
    let canonical = |folder: &Path| folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
    let (directory, base) = (
        canonical(session.directory),
        canonical(file.parent().unwrap_or(session.directory)),
    );
    let to_name = |name: &str| {
        let absolute = directory.join(name);
        let relative = absolute.strip_prefix(&base).unwrap_or(Path::new(name));
        relative.display().to_string().replace('\\', "/")
    };
    let shown = session.format_path(file);
    let baseline = if write {
        let baseline = Baseline::of_report(report, to_name);
        write_text(session, file, &baseline.render())?;
        baseline
    } else {
        Baseline::parse(&read_named_text(session, file)?).map_err(|error| {
            let message = format!("cannot use the baseline `{shown}`: {error}");
            let finding = Diagnostic::new(codes::FILE_NOT_USABLE, message)
                .help("write it with `--baseline FILE --write-baseline`");
            Failure::Unusable(vec![finding])
        })?
    };
    let applied = baseline.remove_accepted(report, to_name);
    let count = |number: u64| {
        let number = usize::try_from(number).unwrap_or(usize::MAX);
        format_count(number, "finding")
    };
    let mut line = format!("{} accepted by `{shown}`", count(applied.accepted));
    if applied.gone > 0 {
        let _ = write!(
            line,
            "; {} of the file not found: `--write-baseline` removes what no longer occurs",
            count(applied.gone)
        );
    }
    session.output.write_status(&format!("{line}\n"))?;
    Ok(())
}

fn read_parameter_file(
    session: &Session<'_>,
    file: &Path,
) -> Result<BTreeMap<String, String>, Failure> {
    let text = read_named_text(session, file)?;
    read_parameters(&text).map_err(|error| {
        let message = format!("cannot read `{}`: {error}", session.format_path(file));
        Failure::Unusable(vec![Diagnostic::new(codes::FILE_NOT_USABLE, message)])
    })
}

/// Reads a file that the command line or the project file names, whose absence is wrong usage.
fn read_named_text(session: &Session<'_>, file: &Path) -> Result<String, Failure> {
    read_text(session, file).map_err(|failure| match failure {
        Failure::Findings(findings) => Failure::Unusable(findings),
        other => other,
    })
}

/// The report that `check --format json` prints. [`render_json`] writes it; no value of this type exists.
#[derive(Debug, JsonSchema)]
#[schemars(
    title = "Check of templates: `check --format json`",
    description = "Findings in template files, errors first, and their numbers."
)]
#[expect(dead_code, reason = "the schema of the report, never made itself")]
pub(crate) struct Document {
    /// Version of the format of this document.
    #[schemars(extend("const" = 1))]
    version: u32,
    /// Findings, errors first.
    findings: Vec<RangedFinding>,
    /// Numbers of findings and templates.
    summary: Summary,
    /// Results of policy packs. Absent without packs.
    #[schemars(skip_serializing_if = "Option::is_none")]
    packs: Option<PacksDocument>,
}

/// Results of policy packs.
#[derive(Debug, JsonSchema)]
#[schemars(rename = "Packs")]
#[expect(dead_code, reason = "as above")]
struct PacksDocument {
    /// Version of the format of this part.
    #[schemars(extend("const" = 1))]
    version: u32,
    /// Packs that were checked, such as `fsbp`.
    packs: Vec<String>,
    /// Numbers of all results.
    summary: CountsDocument,
    /// Controls of the packs with their rules.
    controls: Vec<ControlDocument>,
    /// The verdict of each rule for each resource that it is about.
    results: Vec<ResultDocument>,
}

/// Numbers of results.
#[derive(Debug, JsonSchema)]
#[schemars(rename = "Counts")]
#[expect(dead_code, reason = "as above")]
struct CountsDocument {
    /// Resources that fulfil the requirements.
    passed: usize,
    /// Resources that violate a requirement.
    failed: usize,
    /// Resources whose values are known only at deployment.
    undecided: usize,
    /// Violations that are accepted.
    accepted: usize,
}

/// A control of a framework.
#[derive(Debug, JsonSchema)]
#[schemars(rename = "Control")]
#[expect(dead_code, reason = "as above")]
struct ControlDocument {
    /// Pack of the control.
    pack: String,
    /// ID of the control, such as `S3.8`.
    id: String,
    /// `satisfied`, `not satisfied`, `undecided` or `not applicable`.
    state: String,
    /// IDs of its rules.
    rules: Vec<String>,
    /// Numbers of the results of its rules.
    counts: CountsDocument,
}

/// The verdict of a rule for a resource.
#[derive(Debug, JsonSchema)]
#[schemars(rename = "PackResult", rename_all = "camelCase")]
#[expect(dead_code, reason = "as above")]
struct ResultDocument {
    /// ID of the rule.
    rule: String,
    /// `low`, `medium`, `high` or `critical`.
    level: String,
    /// Path of the template.
    template: String,
    /// Logical ID of the resource.
    logical_id: String,
    /// Type of the resource.
    resource_type: String,
    /// `passed`, `failed`, `undecided` or `accepted`.
    verdict: String,
    /// Property that decides, for failed and undecided results.
    #[schemars(skip_serializing_if = "Option::is_none")]
    property: Option<String>,
    /// Literal that was found, for failed results.
    #[schemars(skip_serializing_if = "Option::is_none")]
    actual: Option<String>,
    /// The violation, for failed results.
    #[schemars(skip_serializing_if = "Option::is_none")]
    message: Option<String>,
    /// The way out, for failed results.
    #[schemars(skip_serializing_if = "Option::is_none")]
    help: Option<String>,
}

/// A finding with the end of its range. `source` is the start.
#[derive(Debug, JsonSchema)]
#[expect(dead_code, reason = "as above")]
struct RangedFinding {
    #[schemars(flatten)]
    finding: Finding,
    /// Position after the last character.
    end: End,
    /// Correction of a word.
    #[schemars(skip_serializing_if = "Option::is_none")]
    fix: Option<FixDocument>,
}

/// Text that replaces a word of the template.
#[derive(Debug, JsonSchema)]
#[schemars(rename = "Fix")]
#[expect(dead_code, reason = "as above")]
struct FixDocument {
    /// Position of the first character of the word.
    start: End,
    /// Position after the last character of the word.
    end: End,
    /// Text in place of the word.
    replacement: String,
    /// `true` for a correction that `--fix` applies.
    certain: bool,
}

/// Position in a file.
#[derive(Debug, JsonSchema)]
#[expect(dead_code, reason = "as above")]
struct End {
    /// Line number, starting at 1.
    line: u32,
    /// Column in characters, starting at 1.
    column: u32,
}

/// Numbers of findings and templates.
#[derive(Debug, JsonSchema)]
#[expect(dead_code, reason = "as above")]
struct Summary {
    /// Number of findings of severity `error` or `fatal`.
    errors: usize,
    /// Number of findings of severity `warning`.
    warnings: usize,
    /// Number of templates that were checked.
    templates: usize,
}
