//! Writes values with intrinsic functions as text: a canonical form for comparison and a readable form.

use serde_json::Value as JsonValue;

use crate::Template;
use crate::assembly::Stack;
use crate::digest::canonical_json;

/// Returns a value as text in which references are written as `${LogicalId}` or `${LogicalId.Attribute}`, regardless of the intrinsic function.
pub(super) fn render_text(value: &JsonValue) -> String {
    match value {
        JsonValue::String(text) => text.clone(),
        JsonValue::Null => String::new(),
        JsonValue::Object(map) if map.len() == 1 => {
            let call = map.iter().next();
            call.and_then(|(function, argument)| call_text(function, argument))
                .unwrap_or_else(|| canonical_json(value))
        }
        other => canonical_json(other),
    }
}

fn call_text(function: &str, argument: &JsonValue) -> Option<String> {
    match (function, argument) {
        ("Ref", JsonValue::String(id)) => Some(format!("${{{id}}}")),
        ("Fn::GetAtt", JsonValue::String(dotted)) => Some(format!("${{{dotted}}}")),
        ("Fn::GetAtt", JsonValue::Array(parts)) => {
            let parts: Vec<String> = parts.iter().map(render_text).collect();
            Some(format!("${{{}}}", parts.join(".")))
        }
        ("Fn::Sub", JsonValue::String(text)) => Some(text.clone()),
        ("Fn::Sub", JsonValue::Array(parts)) => {
            let mut out = parts.first()?.as_str()?.to_owned();
            for (name, value) in parts.get(1)?.as_object()? {
                out = out.replace(&format!("${{{name}}}"), &render_text(value));
            }
            Some(out)
        }
        ("Fn::Join", JsonValue::Array(parts)) => {
            let items = parts.get(1)?.as_array()?;
            let items: Vec<String> = items.iter().map(render_text).collect();
            Some(items.join(parts.first()?.as_str()?))
        }
        ("Fn::GetStackOutput", call) => Some(format!(
            "${{{}:{}}}",
            call["StackName"].as_str()?,
            call["OutputName"].as_str()?
        )),
        ("Fn::ImportValue", name) => Some(format!("${{import:{}}}", render_text(name))),
        _ => None,
    }
}

/// Returns the texts of a value that may be a list or a single item.
pub(super) fn render_texts(value: Option<&JsonValue>) -> Vec<String> {
    match value {
        None | Some(JsonValue::Null) => Vec::new(),
        Some(JsonValue::Array(items)) => items.iter().map(render_text).collect(),
        Some(one) => vec![render_text(one)],
    }
}

/// Converts references to readable names of the resources of a stack.
#[derive(Clone, Copy)]
pub(super) struct DisplayNames<'w> {
    pub(super) old: &'w Template,
    pub(super) new: &'w Stack,
}

impl DisplayNames<'_> {
    /// Returns the construct path below the stack, or the logical ID if the path is unknown.
    pub(super) fn name_resource(&self, id: &str) -> String {
        let path = self
            .new
            .origins
            .get(id)
            .map(|origin| origin.construct_path.as_str())
            .or_else(|| self.new.template.find_resource(id)?.construct_path())
            .or_else(|| self.old.find_resource(id)?.construct_path());
        let Some(path) = path else {
            return id.to_owned();
        };
        let below = match path.strip_prefix(self.new.path.as_str()) {
            Some(below) => below.trim_start_matches('/'),
            None => path.split_once('/').map_or(path, |(_, below)| below),
        };
        below.strip_suffix("/Resource").unwrap_or(below).to_owned()
    }

    /// Returns the text with readable names: `${Assets1A2B.Arn}/*` becomes `Assets/*`.
    pub(super) fn expand_references(&self, text: &str) -> String {
        let mut out = String::new();
        let mut pieces = text.split("${");
        out.push_str(pieces.next().unwrap_or_default());
        for piece in pieces {
            match piece.split_once('}') {
                Some((name, rest)) => {
                    out.push_str(&self.name_reference(name));
                    out.push_str(rest);
                }
                None => out.push_str(piece),
            }
        }
        out
    }

    fn name_reference(&self, name: &str) -> String {
        if name == "AWS::Partition" {
            return "aws".to_owned();
        }
        if let Some((stack, output)) = name.split_once(':')
            && !name.starts_with("AWS::")
        {
            return format!("{} of {stack}", display_output_name(output));
        }
        let (id, attribute) = name.split_once('.').unwrap_or((name, ""));
        let known =
            self.old.find_resource(id).is_some() || self.new.template.find_resource(id).is_some();
        match attribute {
            _ if !known => format!("${{{name}}}"),
            "" | "Arn" | "GroupId" | "TopicArn" | "QueueArn" => self.name_resource(id),
            other => format!("{}.{other}", self.name_resource(id)),
        }
    }
}

/// Returns a readable form of the name of a generated output: `DatabaseSecretArn` for `PublishOutputFnGetAttDatabaseSecret1A2B3C4DArn5E6F7A8B`.
pub(in crate::diff) fn display_output_name(output: &str) -> String {
    let made = [
        "PublishOutputFnGetAtt",
        "PublishOutputRef",
        "ExportsOutputFnGetAtt",
        "ExportsOutputRef",
    ];
    let Some(rest) = made.iter().find_map(|prefix| output.strip_prefix(prefix)) else {
        return output.to_owned();
    };
    let hash = |at: usize| {
        let part = rest.get(at..at + 8)?;
        part.bytes()
            .all(|c| c.is_ascii_digit() || (b'A'..=b'F').contains(&c))
            .then_some(())
    };
    let mut out = String::new();
    let mut at = 0;
    while let Some(c) = rest[at..].chars().next() {
        if hash(at).is_some() {
            at += 8;
        } else {
            out.push(c);
            at += c.len_utf8();
        }
    }
    out
}
