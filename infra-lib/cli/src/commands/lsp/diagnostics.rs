//! Converts findings to diagnostics of the protocol.

use std::fmt::Write as _;

use gen_lsp_types::{
    Code, CodeDescription, Diagnostic, DiagnosticRelatedInformation, DiagnosticSeverity, Location,
    Message, Range, Uri,
};
use infra_check::Finding;

use super::text::Lines;

/// Name of the origin of diagnostics.
const SOURCE: &str = "infra";

/// Converts the finding of a template.
pub(super) fn convert_finding(finding: &Finding, uri: &Uri, lines: Lines<'_>) -> Diagnostic {
    let related = finding
        .related()
        .iter()
        .map(|(message, at)| DiagnosticRelatedInformation {
            location: Location {
                uri: uri.clone(),
                range: lines.to_range(*at, *at),
            },
            message: message.clone(),
        });
    let related: Vec<DiagnosticRelatedInformation> = related.collect();
    let found = &finding.diagnostic;
    let parts = Parts {
        code: found.code.as_str(),
        is_error: finding.is_error(),
        message: &found.message,
        expected: found.expected.as_deref(),
        help: found.help.as_deref(),
        url: found.url.as_deref(),
    };
    Diagnostic {
        related_information: (!related.is_empty()).then_some(related),
        ..parts.to_diagnostic(lines.to_range(finding.start(), finding.end()))
    }
}

/// The parts of a finding that an editor shows.
pub(super) struct Parts<'f> {
    pub(super) code: &'f str,
    pub(super) is_error: bool,
    pub(super) message: &'f str,
    pub(super) expected: Option<&'f str>,
    pub(super) help: Option<&'f str>,
    pub(super) url: Option<&'f str>,
}

impl Parts<'_> {
    pub(super) fn to_diagnostic(&self, range: Range) -> Diagnostic {
        let mut message = self.message.to_owned();
        for (word, text) in [("expected", self.expected), ("help", self.help)] {
            if let Some(text) = text {
                let _ = write!(message, "\n{word}: {text}");
            }
        }
        Diagnostic {
            range,
            severity: Some(if self.is_error {
                DiagnosticSeverity::Error
            } else {
                DiagnosticSeverity::Warning
            }),
            code: Some(Code::String(self.code.to_owned())),
            code_description: self.url.map(|url| CodeDescription {
                href: Uri(url.to_owned()),
            }),
            source: Some(SOURCE.to_owned()),
            message: Message::String(message),
            ..Diagnostic::default()
        }
    }
}
