//! Offers the corrections of findings as quick fixes.

use gen_lsp_types::{CodeAction, CodeActionKind, Range, TextEdit, Uri, WorkspaceEdit};
use infra_check::Report;

use super::diagnostics::convert_finding;
use super::text::Lines;

/// Returns the corrections of the findings that touch a range.
pub(super) fn list_actions(
    report: &Report,
    uri: &Uri,
    lines: Lines<'_>,
    range: Range,
) -> Vec<CodeAction> {
    let findings = report.findings.iter();
    let actions = findings.filter_map(|finding| {
        let fix = finding.fix()?;
        let found = lines.to_range(finding.start(), finding.end());
        let place = |at: gen_lsp_types::Position| (at.line, at.character);
        if place(found.end) < place(range.start) || place(range.end) < place(found.start) {
            return None;
        }
        let edit = TextEdit {
            range: lines.span_to_range(fix.span),
            new_text: fix.replacement.clone(),
        };
        Some(CodeAction {
            title: format!("write `{}`", fix.replacement),
            kind: Some(CodeActionKind::QuickFix),
            diagnostics: Some(vec![convert_finding(finding, uri, lines)]),
            is_preferred: Some(fix.is_certain),
            edit: Some(WorkspaceEdit {
                changes: Some(std::iter::once((uri.clone(), vec![edit])).collect()),
                ..WorkspaceEdit::default()
            }),
            ..CodeAction::default()
        })
    });
    actions.collect()
}
