//! Reports as JUnit XML.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::{Finding, Report};

/// Returns one test suite for each template with findings, and one failed test for each error. Warnings are output of their suite.
pub fn render_junit(report: &Report) -> String {
    let mut files: BTreeMap<&str, Vec<&Finding>> = BTreeMap::new();
    for finding in &report.findings {
        files.entry(&finding.file().name).or_default().push(finding);
    }
    let errors = report.errors();
    // A template without findings counts as one passed test.
    let passed = report.files.saturating_sub(files.len());
    let mut text = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let _ = writeln!(
        text,
        "<testsuites name=\"infra check\" tests=\"{}\" failures=\"{errors}\">",
        errors + passed
    );
    for (file, findings) in files {
        write_suite(&mut text, file, &findings);
    }
    text.push_str("</testsuites>\n");
    text
}

fn write_suite(text: &mut String, file: &str, findings: &[&Finding]) {
    let (errors, warnings): (Vec<&Finding>, Vec<&Finding>) =
        findings.iter().partition(|finding| finding.is_error());
    let failures = errors.len();
    let _ = writeln!(
        text,
        "  <testsuite name=\"{}\" tests=\"{failures}\" failures=\"{failures}\">",
        escape(file)
    );
    for finding in errors {
        let (found, at) = (&finding.diagnostic, finding.start());
        let message = escape(&found.message);
        let _ = writeln!(
            text,
            "    <testcase classname=\"{}\" name=\"{} at {at}\">\n      <failure message=\"{message}\">{}:{at}: {message}</failure>\n    </testcase>",
            escape(file),
            found.code,
            escape(file),
        );
    }
    if !warnings.is_empty() {
        text.push_str("    <system-out>");
        for finding in warnings {
            let line = format!(
                "{file}:{}: {}\n",
                finding.start(),
                finding.diagnostic.message
            );
            text.push_str(&escape(&line));
        }
        text.push_str("</system-out>\n");
    }
    text.push_str("  </testsuite>\n");
}

/// Escapes text for XML. Control characters, which XML 1.0 does not allow, become spaces.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            c if c.is_control() && c != '\n' => escaped.push(' '),
            c => escaped.push(c),
        }
    }
    escaped
}
