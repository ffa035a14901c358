//! Accepted findings of existing templates: [`Baseline`]. A check then reports what is new.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use infra_core::Severity;
use infra_packs::Verdict;
use serde_json::{Value as JsonValue, json};

use crate::{Finding, Report};

/// Version of the format of the file.
const VERSION: u64 = 1;

/// Findings that are accepted, by file, code and message, each with its number. Lines do not count, so that a finding may move.
///
/// Findings of severity `fatal`, which CloudFormation is certain to refuse, are never accepted.
///
/// ```
/// use infra_check::baseline::Baseline;
/// use infra_check::{Options, check_text};
///
/// let text = "Parameters: {Stage: {Type: String}}\nResources: {T: {Type: AWS::SNS::Topic}}";
/// let mut report = check_text("topic.yaml", text, &Options::default());
/// let baseline = Baseline::of_report(&report, str::to_owned);
/// let applied = baseline.remove_accepted(&mut report, str::to_owned);
/// assert!(report.findings.is_empty());
/// assert_eq!((applied.accepted, applied.gone), (1, 0));
/// ```
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Baseline {
    accepted: BTreeMap<Key, u64>,
}

/// Identity of a finding without its line: file, code and message.
type Key = (String, String, String);

/// Numbers of a baseline that was applied to a report.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
#[non_exhaustive]
pub struct Applied {
    /// Number of findings that were removed from the report.
    pub accepted: u64,
    /// Number of findings of the baseline that no longer occur.
    pub gone: u64,
}

/// The error for a text that is not a baseline.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct BaselineError(String);

impl fmt::Display for BaselineError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for BaselineError {}

impl Baseline {
    /// Accepts all findings of a report. `to_name` returns the name of a file in the baseline.
    pub fn of_report(report: &Report, to_name: impl Fn(&str) -> String) -> Self {
        let mut accepted = BTreeMap::new();
        let findings = report.findings.iter();
        for finding in findings.filter(|finding| can_be_accepted(finding)) {
            *accepted.entry(to_key(finding, &to_name)).or_default() += 1;
        }
        Self { accepted }
    }

    /// Returns the number of accepted findings.
    pub fn count(&self) -> u64 {
        add_up(&self.accepted)
    }

    /// Removes the accepted findings from a report. If a finding occurs more often than it is accepted, the last ones stay.
    pub fn remove_accepted(
        &self,
        report: &mut Report,
        to_name: impl Fn(&str) -> String,
    ) -> Applied {
        let mut left = self.accepted.clone();
        let mut applied = Applied::default();
        let mut removed = BTreeSet::new();
        report.findings.retain(|finding| {
            if !can_be_accepted(finding) {
                return true;
            }
            match left.get_mut(&to_key(finding, &to_name)) {
                Some(count) if *count > 0 => {
                    *count -= 1;
                    applied.accepted += 1;
                    let resource = finding.diagnostic.logical_id.clone();
                    removed.insert((
                        finding.file().name.clone(),
                        resource,
                        finding.diagnostic.code,
                    ));
                    false
                }
                _ => true,
            }
        });
        for result in &mut report.assessed {
            let resource = Some(result.logical_id.clone());
            let key = (result.template.clone(), resource, result.rule.code());
            if matches!(result.verdict, Verdict::Failed { .. }) && removed.contains(&key) {
                result.verdict = Verdict::Accepted;
            }
        }
        applied.gone = add_up(&left);
        applied
    }

    /// Returns the text of the file: JSON, sorted, with one finding in each line.
    pub fn render(&self) -> String {
        let lines: Vec<String> = self
            .accepted
            .iter()
            .map(|((file, code, message), count)| {
                let line =
                    json!({ "file": file, "code": code, "message": message, "count": count });
                format!("    {line}")
            })
            .collect();
        let list = if lines.is_empty() {
            "[]".to_owned()
        } else {
            format!("[\n{}\n  ]", lines.join(",\n"))
        };
        format!("{{\n  \"version\": {VERSION},\n  \"findings\": {list}\n}}\n")
    }

    /// Reads the text of the file.
    ///
    /// # Errors
    ///
    /// Fails if the text is not JSON of the form that [`render`](Self::render) writes.
    pub fn parse(text: &str) -> Result<Self, BaselineError> {
        let document: JsonValue = serde_json::from_str(text)
            .map_err(|error| BaselineError(format!("it is not valid JSON: {error}")))?;
        let version = &document["version"];
        if version.as_u64() != Some(VERSION) {
            let message = format!("expected `\"version\": {VERSION}`, found `{version}`");
            return Err(BaselineError(message));
        }
        let findings = document["findings"]
            .as_array()
            .ok_or_else(|| BaselineError("it has no list `findings`".to_owned()))?;
        let mut accepted = BTreeMap::new();
        for (number, entry) in findings.iter().enumerate() {
            let text = |key: &str| entry[key].as_str().map(str::to_owned);
            let key = text("file").zip(text("code")).zip(text("message"));
            let Some((((file, code), message), count)) = key.zip(entry["count"].as_u64()) else {
                let message = format!(
                    "entry {} of `findings` lacks `file`, `code`, `message` or `count`",
                    number + 1
                );
                return Err(BaselineError(message));
            };
            let sum: &mut u64 = accepted.entry((file, code, message)).or_default();
            *sum = sum.saturating_add(count);
        }
        Ok(Self { accepted })
    }
}

/// Adds up the numbers of findings. People may edit the file, so a sum can be larger than any number of findings.
fn add_up(findings: &BTreeMap<Key, u64>) -> u64 {
    findings.values().copied().fold(0, u64::saturating_add)
}

fn can_be_accepted(finding: &Finding) -> bool {
    finding.diagnostic.severity != Severity::Fatal
}

fn to_key(finding: &Finding, to_name: impl Fn(&str) -> String) -> Key {
    let found = &finding.diagnostic;
    // The date of the schemas changes with every update of the tool.
    let date = format!(" in the schemas of {}", infra_schema::SCHEMA_DATE);
    let message = found.message.replace(&date, "");
    (
        to_name(&finding.file().name),
        found.code.as_str().to_owned(),
        message,
    )
}
