//! Reads CloudFormation templates: JSON, or YAML 1.1 with the short forms of intrinsic functions.

use std::fmt;

use infra_schema::nearest::find_nearest;

use crate::json;
use crate::node::{DuplicateKey, Node};
use crate::position::Position;
use crate::rules::{Limits, LongForm, Rules};
use crate::yaml;

/// Maximum size of a template in bytes. It is far above the 1 MB that CloudFormation accepts, because expanded macros can produce larger templates.
/// <https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html>
const BYTES: usize = 8 * 1024 * 1024;

/// Every function with a short form.
///
/// <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html>. The functions of rules (`Contains` and
/// below) are from the page of rule-specific functions.
const SHORT_FORMS: [(&str, LongForm); 28] = [
    short_form("Ref", "Ref"),
    short_form("Condition", "Condition"),
    short_form("And", "Fn::And"),
    short_form("Base64", "Fn::Base64"),
    short_form("Cidr", "Fn::Cidr"),
    short_form("Equals", "Fn::Equals"),
    short_form("FindInMap", "Fn::FindInMap"),
    // `!GetAtt A.B.C` names the resource up to the first dot.
    ("GetAtt", LongForm::new_dotted("Fn::GetAtt")),
    short_form("GetAZs", "Fn::GetAZs"),
    short_form("GetStackOutput", "Fn::GetStackOutput"),
    short_form("If", "Fn::If"),
    short_form("ImportValue", "Fn::ImportValue"),
    short_form("Join", "Fn::Join"),
    short_form("Length", "Fn::Length"),
    short_form("Not", "Fn::Not"),
    short_form("Or", "Fn::Or"),
    short_form("Select", "Fn::Select"),
    short_form("Split", "Fn::Split"),
    short_form("Sub", "Fn::Sub"),
    short_form("ToJsonString", "Fn::ToJsonString"),
    short_form("Transform", "Fn::Transform"),
    short_form("Contains", "Fn::Contains"),
    short_form("EachMemberEquals", "Fn::EachMemberEquals"),
    short_form("EachMemberIn", "Fn::EachMemberIn"),
    short_form("RefAll", "Fn::RefAll"),
    short_form("ValueOf", "Fn::ValueOf"),
    short_form("ValueOfAll", "Fn::ValueOfAll"),
    short_form("GetParam", "Fn::GetParam"),
];

const fn short_form(tag: &'static str, key: &'static str) -> (&'static str, LongForm) {
    (tag, LongForm::new(key))
}

/// Returns the long form of a short form such as `Ref`. The error suggests the most similar function.
fn find_long_form(tag: &str) -> Result<LongForm, String> {
    let found = SHORT_FORMS.iter().find(|(short, _)| *short == tag);
    found.map(|(_, form)| *form).ok_or_else(|| {
        let meant = find_nearest(tag, SHORT_FORMS.map(|(short, _)| short));
        let help = meant.map_or_else(String::new, |meant| format!("; did you mean `!{meant}`?"));
        format!("CloudFormation has no function `!{tag}`{help}")
    })
}

/// The error for a text that is not a template, with the position of the problem.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct TemplateError {
    message: String,
    position: Option<Position>,
    first: Option<Position>,
}

impl TemplateError {
    /// Creates an error from a message in one line and a position.
    pub fn new(message: impl Into<String>, position: Option<Position>) -> Self {
        Self {
            message: message.into(),
            position,
            first: None,
        }
    }

    /// Sets the position of the first of two duplicate keys.
    fn with_first(mut self, first: Option<Position>) -> Self {
        self.first = first;
        self
    }

    /// Returns the position of the first of two duplicate keys, or `None` for every other problem.
    pub fn first_position(&self) -> Option<Position> {
        self.first
    }

    /// Returns the message in one line, without the position.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// Returns the line and column of the problem, or `None` if it concerns the whole text, for example its size.
    pub fn position(&self) -> Option<Position> {
        self.position
    }
}

impl fmt::Display for TemplateError {
    /// Writes the message, followed by `at line 3 column 1` if the position is known.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        match self.position {
            Some(at) => write!(f, " at line {} column {}", at.line, at.column),
            None => Ok(()),
        }
    }
}

impl std::error::Error for TemplateError {}

/// Returns the text of a file, which CloudFormation reads as UTF-8. A byte order mark stays in the text; [`read_template`] skips it.
///
/// # Errors
///
/// Fails for text in UTF-16, and at the first byte that starts no character. The position is that in the text of [`decode_lossily`].
pub fn decode_template(bytes: &[u8]) -> Result<&str, TemplateError> {
    if read_utf_16(bytes).is_some() {
        let message = "it is encoded in UTF-16, not in UTF-8";
        return Err(TemplateError::new(message, Some(Position::START)));
    }
    std::str::from_utf8(bytes).map_err(|error| {
        let at = Position::of_offset(&decode_lossily(bytes), error.valid_up_to());
        let byte = bytes.get(error.valid_up_to()).copied().unwrap_or_default();
        let message = format!("it is not valid UTF-8: byte 0x{byte:02X} starts no character");
        TemplateError::new(message, Some(at))
    })
}

/// Returns the text of a file of any encoding, to show the place of an error: bytes that start no character are replaced by U+FFFD.
pub fn decode_lossily(bytes: &[u8]) -> String {
    read_utf_16(bytes).unwrap_or_else(|| String::from_utf8_lossy(bytes).into_owned())
}

/// Returns the text of bytes that start with the byte order mark of UTF-16.
fn read_utf_16(bytes: &[u8]) -> Option<String> {
    let (rest, unit) = match bytes {
        [0xff, 0xfe, rest @ ..] => (rest, u16::from_le_bytes as fn([u8; 2]) -> u16),
        [0xfe, 0xff, rest @ ..] => (rest, u16::from_be_bytes as fn([u8; 2]) -> u16),
        _ => return None,
    };
    let units: Vec<u16> = rest
        .chunks_exact(2)
        .map(|pair| unit([pair[0], pair[1]]))
        .collect();
    Some(String::from_utf16_lossy(&units))
}

/// Reads a template as a tree with the position of every key and value. A short form such as `!Ref Queue` becomes the map `{"Ref": "Queue"}`.
///
/// # Errors
///
/// Fails with the position of the first error if the text is neither JSON nor YAML, has a duplicate key, or greatly exceeds the size or depth that
/// CloudFormation accepts.
pub fn read_template(text: &str) -> Result<Node, TemplateError> {
    read(text, None)
}

/// Reads a template as [`read_template`] does, but accepts duplicate keys as CloudFormation does: the last value of each is kept. Returns the duplicate
/// keys in the order of the text.
///
/// # Errors
///
/// Fails as [`read_template`], except for duplicate keys.
pub fn read_template_with_duplicates(
    text: &str,
) -> Result<(Node, Vec<DuplicateKey>), TemplateError> {
    let mut duplicates = Vec::new();
    let tree = read(text, Some(&mut duplicates))?;
    // Inner maps end before outer ones, and their keys come first.
    duplicates.sort_by_key(|duplicate| duplicate.span.start);
    Ok((tree, duplicates))
}

fn read(text: &str, mut duplicates: Option<&mut Vec<DuplicateKey>>) -> Result<Node, TemplateError> {
    if text.len() > BYTES {
        let message = format!(
            "it has {} bytes; a template can have at most 1 MB",
            text.len()
        );
        return Err(TemplateError::new(message, None));
    }
    let limits = Limits::default().with_bytes(BYTES);
    let refused = |form: &str, error: &crate::Error| {
        let message = format!("it is not valid {form}: {}", error.message());
        let first = error.first_span().map(|span| span.start);
        TemplateError::new(message, error.position()).with_first(first)
    };
    let rules = Rules::yaml_1_1()
        .with_tags(find_long_form)
        .with_limits(limits);
    let begins = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    let comment = |at: Position| {
        let message = "it is not valid JSON: comments are not allowed; YAML has them, with `#`";
        TemplateError::new(message, Some(at))
    };
    if is_json_comment(begins) {
        return Err(comment(Position::of_offset(
            text,
            text.len() - begins.len(),
        )));
    }
    if !begins.starts_with(['{', '[']) {
        return yaml::read(text, &rules, duplicates).map_err(|error| refused("YAML", &error));
    }
    // Text that starts like JSON is probably JSON, but can also be flow-style YAML, for example JSON with comments.
    json::read(text, &limits, duplicates.as_deref_mut()).or_else(|error| {
        if let Some(found) = &mut duplicates {
            found.clear();
        }
        // YAML would read such a comment as a part of the next key or value.
        if let Some(at) = error
            .position()
            .filter(|at| is_json_comment(rest_at(text, *at)))
        {
            return Err(comment(at));
        }
        yaml::read(text, &rules, duplicates).map_err(|_| refused("JSON", &error))
    })
}

/// Returns `true` for a comment as JavaScript has them.
fn is_json_comment(text: &str) -> bool {
    text.starts_with("//") || text.starts_with("/*")
}

/// Returns the rest of the line at a position.
fn rest_at(text: &str, at: Position) -> &str {
    let number = |part: u32| usize::try_from(part).ok()?.checked_sub(1);
    let found = number(at.line)
        .zip(number(at.column))
        .and_then(|(line, column)| {
            let line = text.lines().nth(line)?;
            let (start, _) = line.char_indices().nth(column)?;
            line.get(start..)
        });
    found.unwrap_or_default()
}
