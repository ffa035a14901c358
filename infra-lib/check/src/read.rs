//! Reads the text of a template, and reports why it cannot be read.

use infra_core::{Diagnostic, codes};
use infra_template::{TemplateError, read_tree_with_duplicates};
use infra_yaml::{DuplicateKey, Limits, Position, read_json};

use crate::finding::Findings;
use crate::rules::limits::check_size;
use crate::tree::{Kind, Value};

/// Returns the root of the template, or `None` with a finding if the text is not a document.
pub(crate) fn read_template(text: &str, findings: &mut Findings) -> Option<Value> {
    if let Some(at) = find_json_comment(text) {
        let finding = Diagnostic::new(codes::NOT_A_DOCUMENT, "comments are not allowed in JSON")
            .help("remove the comment, or write it as YAML, where a comment starts with `#`");
        findings.add_diagnostic(finding, (at, at));
        return None;
    }
    let tree = match read_tree_with_duplicates(text) {
        Ok((tree, duplicates)) => {
            report_duplicates(&duplicates, findings);
            Value::from_node(tree)
        }
        Err(error) => {
            report_error(text, &error, findings);
            return None;
        }
    };
    if matches!(tree.kind, Kind::Null) {
        findings
            .add(codes::WRONG_FORM, tree.span, "the template is empty")
            .help("add the section `Resources` with one resource");
        return None;
    }
    if !matches!(tree.kind, Kind::Map(_)) {
        let message = format!("a template is a map of sections, found {}", tree.describe());
        findings.add(codes::WRONG_FORM, tree.span, message);
        return None;
    }
    Some(tree)
}

fn report_error(text: &str, error: &TemplateError, findings: &mut Findings) {
    let Some(at) = error.position() else {
        check_size(text, findings);
        return;
    };
    // The reader leaves the subject to its caller: "it is not valid YAML: …".
    let message = error.message();
    let message = match message.strip_prefix("it ") {
        Some(rest) => format!("the template {rest}"),
        None => message.to_owned(),
    };
    let finding = Diagnostic::new(codes::NOT_A_DOCUMENT, message);
    findings.add_diagnostic(finding, (at, at));
}

fn report_duplicates(duplicates: &[DuplicateKey], findings: &mut Findings) {
    for duplicate in duplicates {
        findings
            .add(codes::DUPLICATE_KEY, duplicate.span, duplicate.message())
            .help("keep one of them: CloudFormation uses the last one and ignores the others")
            .related("first used here", duplicate.first);
    }
}

/// Returns the text of a template, which CloudFormation reads as UTF-8. For other bytes, returns what is wrong, with a text that shows the place.
pub(crate) fn decode_template(bytes: &[u8]) -> Result<&str, (String, Position, String)> {
    let utf_16 = match bytes {
        [0xff, 0xfe, rest @ ..] => Some((rest, u16::from_le_bytes as fn([u8; 2]) -> u16)),
        [0xfe, 0xff, rest @ ..] => Some((rest, u16::from_be_bytes as fn([u8; 2]) -> u16)),
        _ => None,
    };
    if let Some((rest, unit)) = utf_16 {
        let units: Vec<u16> = rest
            .chunks_exact(2)
            .map(|pair| unit([pair[0], pair[1]]))
            .collect();
        let message = "the template is encoded in UTF-16, not in UTF-8".to_owned();
        return Err((message, Position::START, String::from_utf16_lossy(&units)));
    }
    std::str::from_utf8(bytes).map_err(|error| {
        let text = String::from_utf8_lossy(bytes).into_owned();
        let at = Position::of_offset(&text, error.valid_up_to());
        let byte = bytes.get(error.valid_up_to()).copied().unwrap_or_default();
        let message =
            format!("the template is not valid UTF-8: byte 0x{byte:02X} starts no character");
        (message, at, text)
    })
}

/// Returns the position of a comment as JavaScript writes them, in a text that is JSON otherwise.
fn find_json_comment(text: &str) -> Option<Position> {
    let begins = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    if begins.starts_with("//") || begins.starts_with("/*") {
        return Some(Position::of_offset(text, text.len() - begins.len()));
    }
    if !begins.starts_with('{') {
        return None;
    }
    let at = read_json(text, &Limits::default()).err()?.position()?;
    let line = text
        .lines()
        .nth(usize::try_from(at.line).ok()?.checked_sub(1)?)?;
    let column = usize::try_from(at.column).ok()?.checked_sub(1)?;
    let rest: String = line.chars().skip(column).collect();
    (rest.starts_with("//") || rest.starts_with("/*")).then_some(at)
}
