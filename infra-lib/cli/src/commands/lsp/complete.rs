//! Suggests names and values at the cursor.
//!
//! A text that is being typed is seldom a template. The word at the cursor is therefore replaced by a mark, as a key or as a value, until the text can be
//! read; the place of the mark then tells which names are possible.

use gen_lsp_types::{
    CompletionItem, CompletionItemKind, CompletionItemTextEdit, Documentation, MarkupContent,
    MarkupKind, Position, Range, TextEdit,
};
use infra_schema::Type;
use infra_template::read_tree;
use infra_yaml::{Node, Value};

use super::define::{REFERABLE, find_attribute_owner};
use super::place::{Meaning, Place, Step, type_of_resource};
use super::schema::Spot;
use super::text::Lines;
use super::words::{
    FUNCTIONS, PSEUDO_PARAMETERS, RESOURCE_ATTRIBUTES, SECTIONS, Term, describe_property,
    describe_shape,
};

/// The word that stands for the one at the cursor.
const MARK: &str = "zzCursorzz";

/// The document with a mark at the cursor.
struct Marked<'t> {
    text: &'t str,
    /// Byte range of the word at the cursor.
    start: usize,
    end: usize,
}

/// Returns the suggestions at a position.
pub(super) fn list_completions(text: &str, at: Position) -> Vec<CompletionItem> {
    let lines = Lines::new(text);
    let marked = Marked::find_word(text, lines.to_offset(at));
    let Some(root) = marked.read_marked() else {
        return Vec::new();
    };
    let Some(place) = find_mark(&root, Vec::new()) else {
        return Vec::new();
    };
    let range = Range {
        start: lines.to_protocol(infra_yaml::Position::of_offset(text, marked.start)),
        end: lines.to_protocol(infra_yaml::Position::of_offset(text, marked.end)),
    };
    let form = marked.insert_form();
    let suggestions = list_suggestions(&root, &place);
    let items = suggestions
        .into_iter()
        .map(|one| one.into_item(range, form));
    items.collect()
}

impl<'t> Marked<'t> {
    fn find_word(text: &'t str, cursor: usize) -> Self {
        let is_word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
        let before = &text[..cursor];
        let mut start = cursor;
        for (offset, c) in before.char_indices().rev() {
            // The colons of `AWS::Region`. That of a key is followed by a space.
            let is_inner = c == ':'
                && (start < cursor
                    || before[..offset].ends_with(':')
                    || before[..offset].ends_with("AWS"));
            if !is_word(c) && !is_inner {
                break;
            }
            start = offset;
        }
        let after = &text[cursor..];
        let mut end = cursor;
        for (offset, c) in after.char_indices() {
            let is_inner =
                c == ':' && (after[offset..].starts_with("::") || after[..offset].ends_with(':'));
            if !is_word(c) && !is_inner {
                break;
            }
            end = cursor + offset + c.len_utf8();
        }
        Self { text, start, end }
    }

    fn is_json(&self) -> bool {
        self.text.trim_start().starts_with('{')
    }

    /// Returns the quote before the word, if there is one.
    fn opening_quote(&self) -> Option<char> {
        let before = &self.text[..self.start];
        before
            .chars()
            .next_back()
            .filter(|c| matches!(c, '"' | '\''))
    }

    /// Reads the text with the mark as a value, or else as a key.
    fn read_marked(&self) -> Option<Node> {
        let (before, after) = (&self.text[..self.start], &self.text[self.end..]);
        let rest = |after: &'t str, quote: char| after.strip_prefix(quote);
        let variants: Vec<String> = match self.opening_quote() {
            None if self.is_json() => ["\"", "\": null", "\": null,"]
                .iter()
                .map(|end| format!("{before}\"{MARK}{end}{after}"))
                .collect(),
            None => ["", ":", ": "]
                .iter()
                .map(|end| format!("{before}{MARK}{end}{after}"))
                .collect(),
            Some(quote) => {
                let after = rest(after, quote).unwrap_or(after);
                ["", ": null", ": null,", ","]
                    .iter()
                    .map(|end| format!("{before}{MARK}{quote}{end}{after}"))
                    .chain([format!("{before}{MARK}{}", &self.text[self.end..])])
                    .collect()
            }
        };
        variants.iter().find_map(|text| read_tree(text).ok())
    }

    /// Returns the way in which a suggestion is written at the cursor.
    fn insert_form(&self) -> InsertForm {
        let next = self.text[self.end..].chars().next();
        match (self.is_json(), self.opening_quote()) {
            (_, Some(_)) => InsertForm::Plain,
            (true, None) => InsertForm::Quoted,
            (false, None) if next == Some(':') => InsertForm::Plain,
            (false, None) => InsertForm::Block,
        }
    }
}

/// The way in which a suggestion is written.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum InsertForm {
    /// The word alone.
    Plain,
    /// The word in quotes, in JSON.
    Quoted,
    /// The word in a block of YAML: a key with its colon.
    Block,
}

/// A name or value that is possible at the cursor.
struct Suggestion {
    label: String,
    kind: CompletionItemKind,
    detail: Option<String>,
    documentation: Option<String>,
    /// `true` for a name that must be there, which is listed first.
    is_required: bool,
    /// Text after the name of a key in a block of YAML.
    after_key: &'static str,
    /// `true` for a value that is not text in JSON.
    is_bare: bool,
}

impl Suggestion {
    fn new(label: impl Into<String>, kind: CompletionItemKind) -> Self {
        Self {
            label: label.into(),
            kind,
            detail: None,
            documentation: None,
            is_required: false,
            after_key: "",
            is_bare: false,
        }
    }

    fn from_term(term: &Term, kind: CompletionItemKind, after_key: &'static str) -> Self {
        Self {
            documentation: Some(term.describe()),
            after_key,
            ..Self::new(term.name, kind)
        }
    }

    fn into_item(self, range: Range, form: InsertForm) -> CompletionItem {
        let new_text = match form {
            InsertForm::Plain => self.label.clone(),
            InsertForm::Quoted if self.is_bare => self.label.clone(),
            InsertForm::Quoted => format!("\"{}\"", self.label),
            InsertForm::Block => format!("{}{}", self.label, self.after_key),
        };
        let order = if self.is_required { '0' } else { '1' };
        CompletionItem {
            kind: Some(self.kind),
            detail: self.detail,
            documentation: self.documentation.map(|value| {
                Documentation::MarkupContent(MarkupContent {
                    kind: MarkupKind::Markdown,
                    value,
                })
            }),
            sort_text: Some(format!("{order}{}", self.label)),
            filter_text: Some(self.label.clone()),
            text_edit: Some(CompletionItemTextEdit::TextEdit(TextEdit {
                range,
                new_text,
            })),
            label: self.label,
            ..CompletionItem::default()
        }
    }
}

/// Returns the place of the mark, as a key or within a scalar.
fn find_mark<'n>(node: &'n Node, path: Vec<Step<'n>>) -> Option<Place<'n>> {
    match &node.value {
        Value::Map(map) => map.entries().iter().find_map(|entry| {
            let mut path = path.clone();
            path.push(Step::Key(&entry.key));
            if entry.key.contains(MARK) {
                return Some(Place {
                    path,
                    is_key: true,
                    node: &entry.value,
                    span: entry.key_span,
                });
            }
            find_mark(&entry.value, path)
        }),
        Value::List(items) => items.iter().enumerate().find_map(|(at, item)| {
            let mut path = path.clone();
            path.push(Step::Index(at));
            find_mark(item, path)
        }),
        _ => node.scalar_text()?.contains(MARK).then_some(Place {
            path,
            is_key: false,
            node,
            span: node.span,
        }),
    }
}

fn list_suggestions<'n>(root: &'n Node, place: &Place<'n>) -> Vec<Suggestion> {
    use Step::Key;
    let terms =
        |terms: &[Term], kind: CompletionItemKind, after: &'static str| -> Vec<Suggestion> {
            let all = terms.iter();
            all.map(|term| Suggestion::from_term(term, kind, after))
                .collect()
        };
    let taken = list_taken_keys(root, place);
    let mut found = match place.path.as_slice() {
        // Nothing but the word, or a key at the top.
        [] | [Key(_)] if place.path.is_empty() || place.is_key => {
            terms(SECTIONS, CompletionItemKind::Module, ":")
        }
        [Key("Resources"), Key(_)] if !place.is_key => list_resource_attributes(),
        [Key("Resources"), Key(_), Key(_)] if place.is_key => list_resource_attributes(),
        [Key("Resources"), Key(name), Key("Properties"), rest @ ..] if place.is_key => {
            // The object around the key.
            let around = &rest[..rest.len().saturating_sub(1)];
            let spot = type_of_resource(root, name)
                .and_then(|ty| super::schema::walk_properties(ty, around));
            spot.map(|spot| list_members(&spot)).unwrap_or_default()
        }
        _ => list_values(root, place),
    };
    found.retain(|one| !taken.contains(&one.label.as_str()));
    found
}

fn list_resource_attributes() -> Vec<Suggestion> {
    let all = RESOURCE_ATTRIBUTES.iter().map(|term| {
        let is_block = matches!(
            term.name,
            "CreationPolicy" | "Metadata" | "Properties" | "UpdatePolicy"
        );
        let after = if is_block { ":" } else { ": " };
        let mut one = Suggestion::from_term(term, CompletionItemKind::Field, after);
        one.is_required = term.name == "Type";
        one
    });
    all.collect()
}

/// Returns the other keys of the map around a key.
fn list_taken_keys<'n>(root: &'n Node, place: &Place<'_>) -> Vec<&'n str> {
    let Some((_, around)) = place.path.split_last().filter(|_| place.is_key) else {
        return Vec::new();
    };
    let steps = around.iter().map(|step| match step {
        Step::Key(key) => (*key).to_owned(),
        Step::Index(at) => at.to_string(),
    });
    match &root.walk_path(steps).node.value {
        Value::Map(map) => map.entries().iter().map(|entry| &*entry.key).collect(),
        _ => Vec::new(),
    }
}

/// Returns the properties of the object at a place.
fn list_members(spot: &Spot) -> Vec<Suggestion> {
    let members = spot.members().into_iter();
    let listed = members.filter_map(|property| {
        let inner = spot.enter(&property.name)?;
        let is_scalar = matches!(
            property.shape.ty,
            Type::String | Type::Integer | Type::Number | Type::Boolean
        ) || inner
            .scalar_shape()
            .is_some_and(|shape| !shape.values.is_empty());
        let required = if property.required {
            "required · "
        } else {
            ""
        };
        Some(Suggestion {
            detail: Some(format!("{required}{}", describe_shape(&property.shape))),
            documentation: Some(describe_property(&inner)),
            is_required: property.required,
            after_key: if is_scalar { ": " } else { ":" },
            ..Suggestion::new(property.name.to_string(), CompletionItemKind::Property)
        })
    });
    listed.collect()
}

/// Returns the values at a place.
fn list_values<'n>(root: &'n Node, place: &Place<'n>) -> Vec<Suggestion> {
    let text = place.node.scalar_text().unwrap_or_default();
    let typed = text.split(MARK).next().unwrap_or_default();
    match place.find_meaning(root) {
        Meaning::ResourceTypeName => infra_schema::list_types()
            .map(|name| Suggestion::new(name, CompletionItemKind::Class))
            .collect(),
        Meaning::Reference => list_referable(root),
        Meaning::ResourceName => list_declared(root, "Resources"),
        Meaning::DottedAttribute => match typed.split_once('.') {
            Some((name, _)) => list_attributes(root, name),
            None => list_declared(root, "Resources"),
        },
        Meaning::AttributeName => {
            let owner = find_attribute_owner(root, place);
            owner.map_or_else(Vec::new, |name| list_attributes(root, name))
        }
        Meaning::Substitution => match typed.rsplit_once("${") {
            Some((_, name)) if !name.contains('}') => match name.split_once('.') {
                Some((name, _)) => list_attributes(root, name),
                None => list_referable(root),
            },
            _ => Vec::new(),
        },
        Meaning::ConditionName => list_declared(root, "Conditions"),
        Meaning::MappingName => list_declared(root, "Mappings"),
        Meaning::Attribute("DeletionPolicy") => {
            list_words(&["Delete", "Retain", "RetainExceptOnCreate", "Snapshot"])
        }
        Meaning::Attribute("UpdateReplacePolicy") => list_words(&["Delete", "Retain", "Snapshot"]),
        Meaning::PropertyValue(spot) => list_property_values(&spot),
        Meaning::Other if typed.is_empty() && place.is_key => FUNCTIONS
            .iter()
            .map(|term| Suggestion::from_term(term, CompletionItemKind::Function, ": "))
            .collect(),
        _ => Vec::new(),
    }
}

/// Returns the allowed values of a property, or the properties of the object that is expected.
fn list_property_values(spot: &Spot) -> Vec<Suggestion> {
    let members = list_members(spot);
    if !members.is_empty() {
        return members;
    }
    let Some(shape) = spot.scalar_shape() else {
        return Vec::new();
    };
    if shape.ty == Type::Boolean {
        let mut words = list_words(&["true", "false"]);
        for word in &mut words {
            word.is_bare = true;
        }
        return words;
    }
    let values: Vec<&str> = shape.values.iter().map(|value| &**value).collect();
    list_words(&values)
}

fn list_words(words: &[&str]) -> Vec<Suggestion> {
    let words = words.iter();
    words
        .map(|word| Suggestion::new(*word, CompletionItemKind::EnumMember))
        .collect()
}

fn list_referable(root: &Node) -> Vec<Suggestion> {
    let mut found: Vec<Suggestion> = REFERABLE
        .iter()
        .flat_map(|section| list_declared(root, section))
        .collect();
    let pseudo = PSEUDO_PARAMETERS.iter();
    found.extend(pseudo.map(|term| Suggestion::from_term(term, CompletionItemKind::Constant, "")));
    found
}

/// Returns the names that a section declares.
fn list_declared(root: &Node, section: &str) -> Vec<Suggestion> {
    let Some(Value::Map(map)) = root.get(section).map(|node| &node.value) else {
        return Vec::new();
    };
    let entries = map.entries().iter();
    let names = entries.filter(|entry| !entry.key.contains(MARK));
    names
        .map(|entry| {
            let declared = entry.value.get("Type");
            Suggestion {
                detail: declared
                    .and_then(|declared| declared.scalar_text())
                    .map(str::to_owned),
                ..Suggestion::new(&entry.key, CompletionItemKind::Reference)
            }
        })
        .collect()
}

/// Returns the attributes of a resource.
fn list_attributes(root: &Node, name: &str) -> Vec<Suggestion> {
    let Some(ty) = type_of_resource(root, name) else {
        return Vec::new();
    };
    let attributes = ty.attributes.iter();
    attributes
        .map(|attribute| Suggestion {
            detail: Some(describe_shape(&attribute.shape)),
            ..Suggestion::new(attribute.name.to_string(), CompletionItemKind::Property)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the labels at the place of `|` in a text.
    fn labels(text: &str) -> Vec<String> {
        let items = items(text);
        items.into_iter().map(|item| item.label).collect()
    }

    fn items(text: &str) -> Vec<CompletionItem> {
        let cursor = text.find('|').unwrap();
        let text = text.replacen('|', "", 1);
        let at = Lines::new(&text).to_protocol(infra_yaml::Position::of_offset(&text, cursor));
        list_completions(&text, at)
    }

    const QUEUE: &str = "Resources:\n  Queue:\n    Type: AWS::SQS::Queue\n";

    fn new_text(item: &CompletionItem) -> &str {
        match &item.text_edit {
            Some(CompletionItemTextEdit::TextEdit(edit)) => &edit.new_text,
            _ => panic!("{item:?}"),
        }
    }

    #[test]
    fn lists_sections_at_the_top() {
        assert!(labels("Res|").contains(&"Resources".to_owned()));
        let more = labels(&format!("{QUEUE}Out|"));
        assert!(more.contains(&"Outputs".to_owned()) && !more.contains(&"Resources".to_owned()));
    }

    #[test]
    fn lists_properties_that_are_not_set() {
        let text = format!("{QUEUE}    Properties:\n      DelaySeconds: 1\n      Vis|\n");
        let found = items(&text);
        let visibility = found.iter().find(|item| item.label == "VisibilityTimeout");
        let visibility = visibility.unwrap();
        assert_eq!(visibility.detail.as_deref(), Some("integer"));
        assert_eq!(new_text(visibility), "VisibilityTimeout: ");
        assert!(
            found
                .iter()
                .all(|item| item.label != "DelaySeconds" && item.label != "Arn")
        );
    }

    #[test]
    fn lists_properties_of_an_only_word_and_in_lists() {
        let alone = format!("{QUEUE}    Properties:\n      Vis|\n");
        assert!(labels(&alone).contains(&"VisibilityTimeout".to_owned()));
        let list = format!("{QUEUE}    Properties:\n      Tags:\n        - K|\n");
        let found = items(&list);
        let names: Vec<_> = found.iter().map(|item| item.sort_text.as_deref()).collect();
        assert_eq!(names, [Some("0Key"), Some("0Value")]);
    }

    #[test]
    fn lists_types_and_replaces_the_whole_word() {
        let text = "Resources:\n  A:\n    Type: AWS::SQ|\n";
        let found = items(text);
        let queue = found.iter().find(|item| item.label == "AWS::SQS::Queue");
        let Some(CompletionItemTextEdit::TextEdit(edit)) = &queue.unwrap().text_edit else {
            panic!("{queue:?}");
        };
        assert_eq!(
            (edit.range.start.character, edit.range.end.character),
            (10, 17)
        );
    }

    #[test]
    fn lists_values() {
        let text = "Resources:\n  A:\n    Type: AWS::SQS::Queue\n    DeletionPolicy: R|\n    Properties:\n      FifoQueue: true\n";
        assert!(labels(text).contains(&"RetainExceptOnCreate".to_owned()));
        let text =
            "Resources:\n  A:\n    Type: AWS::SQS::Queue\n    Properties:\n      FifoQueue: |\n";
        assert_eq!(labels(text), ["true", "false"]);
        let text = "Resources:\n  A:\n    Type: AWS::DynamoDB::Table\n    Properties:\n      KeySchema:\n        - KeyType: |\n          AttributeName: id\n";
        assert!(labels(text).is_empty() || labels(text).contains(&"HASH".to_owned()));
    }

    #[test]
    fn lists_references() {
        let text = |value: &str| {
            format!(
                "{QUEUE}Parameters:\n  Stage: {{Type: String}}\nOutputs:\n  Out:\n    Value: {value}\n"
            )
        };
        let names = labels(&text("!Ref |"));
        assert!(
            ["Queue", "Stage", "AWS::Region"]
                .iter()
                .all(|name| names.contains(&(*name).to_owned()))
        );
        assert_eq!(labels(&text("!GetAtt Qu|")), ["Queue"]);
        assert!(labels(&text("!GetAtt Queue.|")).contains(&"Arn".to_owned()));
        assert!(labels(&text("!GetAtt [Queue, |]")).contains(&"Arn".to_owned()));
        assert!(labels(&text("!Sub 'a ${Queue.|}'")).contains(&"QueueName".to_owned()));
        assert!(labels(&text("!Sub 'a ${St|'")).contains(&"Stage".to_owned()));
        assert!(labels(&text("!Sub 'a |'")).is_empty());
        assert!(labels(&text("\n      Fn::Sub: '${|}'")).contains(&"Queue".to_owned()));
    }

    #[test]
    fn completes_json_within_and_without_quotes() {
        let text = |key: &str| {
            format!(
                "{{\"Resources\": {{\"A\": {{\"Type\": \"AWS::SQS::Queue\", \"Properties\": {{{key}}}}}}}}}"
            )
        };
        for key in [
            "\"Vis|\"",
            "\"Vis|\"\n \"DelaySeconds\": 1",
            "\"DelaySeconds\": 1, \"|\": 1",
        ] {
            let found = items(&text(key));
            let visibility = found.iter().find(|item| item.label == "VisibilityTimeout");
            assert_eq!(visibility.map(new_text), Some("VisibilityTimeout"), "{key}");
        }
        let found = items(&text("|"));
        let visibility = found.iter().find(|item| item.label == "VisibilityTimeout");
        assert_eq!(visibility.map(new_text), Some("\"VisibilityTimeout\""));
    }

    #[test]
    fn lists_nothing_in_a_text_that_is_no_template() {
        assert!(labels("a: [|").is_empty());
        assert!(labels("Resources: {A: {Type: 'AWS::No::Such', Properties: {a|: 1}}}").is_empty());
    }
}
