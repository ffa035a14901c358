//! Converts violations to findings with the resource, its place in the app, and the message of the rule.

use infra_core::{Diagnostic, codes};
use infra_template::Template;
use infra_template::assembly::Stack;
use infra_template::nested::nested_path;
use serde_json::Value as JsonValue;

use super::folder::RuleFile;
use super::guard::{Clause, Violation};
use super::{ExceptedViolation, FolderSummary, PolicyResult};
use crate::render::masked_value;
use infra_console::words::format_count;

/// Maximum number of characters of a value that is shown.
const LONGEST: usize = 160;

/// The template and rule file of a violation.
#[derive(Clone, Copy, Debug)]
pub(super) struct ViolationContext<'p> {
    /// Stack that contains the template.
    pub(super) stack: &'p Stack,
    /// Path of the nested stack; empty for the stack itself.
    pub(super) nested: &'p str,
    /// File that contains the rule.
    pub(super) file: &'p RuleFile,
    /// Template that violates the rule.
    pub(super) template: &'p Template,
}

/// The result of policies that an assembly passed: folders and exceptions, for outputs that are written later.
#[derive(Clone, Debug)]
pub(crate) struct PassedPolicies {
    /// Folders whose rules were evaluated.
    pub(crate) folders: Vec<FolderSummary>,
    /// Violations that the policy itself accepts.
    pub(crate) excepted: Vec<ExceptedViolation>,
}

/// Converts a violation to a finding. The first clause becomes its property, actual and expected value; further clauses become notes.
pub(super) fn violation_finding(violation: &Violation, place: &ViolationContext<'_>) -> Diagnostic {
    let ViolationContext {
        stack,
        nested,
        file,
        template,
    } = *place;
    let mut messages: Vec<Message> = Vec::new();
    for text in violation
        .clauses
        .iter()
        .filter_map(|one| one.message.as_deref())
    {
        let message = Message::parse_message(text);
        if !message.text.is_empty() && !messages.contains(&message) {
            messages.push(message);
        }
    }
    let mut messages = messages.into_iter();
    let first = messages.next();
    let rule = &violation.rule;
    let said = first
        .as_ref()
        .map_or("the rule failed", |message| &message.text);
    let mut finding = Diagnostic::new(
        codes::POLICY_VIOLATION,
        format!("rule `{rule}` of the policy: {said}"),
    );
    finding.stack = Some(stack.path.clone());
    if let Some(id) = &violation.resource {
        let id = nested_path(nested, id);
        if let Some(origin) = stack.origins.get(&id) {
            finding = finding.path(origin.construct_path.clone());
            finding.place = origin.source.as_deref().and_then(parse_place);
        }
        finding = finding.logical_id(id);
    } else if !nested.is_empty() {
        finding = finding.note(format!("in the template of the nested stack `{nested}`"));
    }
    let mut clauses = violation.clauses.iter();
    if let Some(clause) = clauses.next() {
        let property = property_path(clause);
        finding = match actual_value(clause, template) {
            Some(actual) => finding.actual(actual),
            None => finding,
        };
        if let Some(expected) = &clause.expected {
            finding = finding.expected(expected.clone());
        }
        if let Some(explanation) = &clause.explanation {
            finding = finding.note(explanation.clone());
        }
        finding = finding.property(property);
    }
    for clause in clauses {
        finding = match format_further_clause(clause, template) {
            Some(note) if !finding.notes.contains(&note) => finding.note(note),
            _ => finding,
        };
    }
    let others: Vec<Message> = messages.collect();
    for message in &others {
        finding = finding.note(message.text.clone());
    }
    let at = find_rule_line(&file.text, rule);
    let at = at.map_or(file.display_path.clone(), |line| {
        format!("{}:{line}", file.display_path)
    });
    finding = finding.note(format!("the rule is defined in `{at}`"));
    let fix = first.and_then(|message| message.fix);
    finding.help(fix.unwrap_or_else(|| {
        "correct the value, or ask the owner of the policy for an exception: the app cannot acknowledge this finding".to_owned()
    }))
}

/// The custom message of a rule. Rules of the AWS Guard Rules Registry write `Violation: …` and `Fix: …`.
#[derive(Clone, Debug, Eq, PartialEq)]
struct Message {
    text: String,
    fix: Option<String>,
}

impl Message {
    fn parse_message(text: &str) -> Self {
        let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let (text, fix) = match text.split_once("Fix:") {
            Some((text, fix)) => (text, Some(words(fix)).filter(|fix| !fix.is_empty())),
            None => (text, None),
        };
        let text = text.trim_start();
        let text = text.strip_prefix("Violation:").unwrap_or(text);
        // The evaluator joins lines with semicolons.
        let text = words(text);
        let text = text.trim_matches([';', ' ']).trim_end_matches('.');
        let fix = fix.map(|fix| {
            fix.trim_matches([';', ' '])
                .trim_end_matches('.')
                .to_owned()
        });
        Self {
            text: text.to_owned(),
            fix,
        }
    }
}

/// Returns the dotted property path, relative to the resource.
fn property_path(clause: &Clause) -> String {
    let mut pieces: Vec<&str> = match clause.path.as_slice() {
        [section, _, rest @ ..] if section == "Resources" => rest,
        all => all,
    }
    .iter()
    .map(String::as_str)
    .collect();
    pieces.extend(clause.missing.as_deref());
    pieces.join(".")
}

/// Returns the value at the path, shortened and with secrets masked.
fn actual_value(clause: &Clause, template: &Template) -> Option<String> {
    if clause.missing.is_some() {
        return Some("missing".to_owned());
    }
    let value = clause.value.as_ref()?;
    let shown = masked_value(template.document(), &clause.path, value);
    let text = match &shown {
        JsonValue::String(text) => text.clone(),
        other => other.to_string(),
    };
    if text.chars().count() <= LONGEST {
        return Some(text);
    }
    Some(text.chars().take(LONGEST).collect::<String>() + "…")
}

/// Formats a further clause of the same violation as a note.
fn format_further_clause(clause: &Clause, template: &Template) -> Option<String> {
    let property = property_path(clause);
    if property.is_empty() {
        return clause.explanation.clone();
    }
    let actual = actual_value(clause, template)?;
    Some(match &clause.expected {
        Some(expected) => format!("`{property}` is `{actual}`, expected {expected}"),
        None => format!("`{property}` is `{actual}`"),
    })
}

/// Returns the line on which a rule begins, starting at 1.
fn find_rule_line(text: &str, rule: &str) -> Option<usize> {
    let begins = |line: &str| {
        let rest = line.trim_start().strip_prefix("rule ");
        let rest = rest.and_then(|rest| rest.trim_start().strip_prefix(rule));
        rest.is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '_'))
    };
    Some(text.lines().position(begins)? + 1)
}

/// Parses a place in the form `file:line:column`.
pub(super) fn parse_place(text: &str) -> Option<infra_core::Place> {
    let (rest, column) = text.rsplit_once(':')?;
    let (file, line) = rest.rsplit_once(':')?;
    Some(infra_core::Place::new(
        file,
        line.parse().ok()?,
        column.parse().ok()?,
    ))
}

impl PolicyResult {
    /// Returns the line that summarizes the rules, folders, exceptions and violations.
    pub(crate) fn summary_line(&self) -> String {
        let folders: Vec<String> = self
            .folders
            .iter()
            .map(|folder| {
                let rules = format_count(folder.rules, "rule");
                format!(
                    "{rules} of `{}` (sha256:{})",
                    folder.folder,
                    folder.digest.short()
                )
            })
            .collect();
        let exceptions = match self.excepted.len() {
            0 => String::new(),
            count => format!(", {}", format_count(count, "exception")),
        };
        format!(
            "policy: {}: {}{exceptions}\n",
            folders.join(", "),
            match self.violations.len() {
                0 => "no violation".to_owned(),
                count => format_count(count, "violation"),
            }
        )
    }
}

#[cfg(test)]
mod tests {
    use super::{Message, find_rule_line};

    #[test]
    fn splits_rule_message_into_text_and_fix() {
        let message = Message::parse_message("\n  Violation: no key.\n  Fix: set `KmsKeyId`\n");
        assert_eq!(message.text, "no key");
        assert_eq!(message.fix.as_deref(), Some("set `KmsKeyId`"));
        let message = Message::parse_message(" buckets have a\n   key ");
        assert_eq!(message.text, "buckets have a key");
        assert_eq!(message.fix, None);
    }

    #[test]
    fn finds_line_of_rule_in_file() {
        let text = "let a = 1\nrule abc when %a !empty {\n}\nrule ab{\n}\n";
        assert_eq!(find_rule_line(text, "ab"), Some(4));
        assert_eq!(find_rule_line(text, "abc"), Some(2));
        assert_eq!(find_rule_line(text, "default"), None);
    }
}
