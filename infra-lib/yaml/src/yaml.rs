//! Reads YAML into a tree with positions.
//!
//! `saphyr-parser` provides events with positions and quoting styles; [`Rules`] determine their meaning.

use std::collections::BTreeMap;

use saphyr_parser::{Event, Marker, Parser, ScalarStyle, StrInput, Tag};

use crate::error::Error;
use crate::node::{DuplicateKey, Entry, Map, Node, Value, duplicate_key_error};
use crate::position::{Position, Span};
use crate::rules::{LongForm, MergeKeys, Rules};
use crate::scalar;
use crate::tag::{TagName, is_text_tag, tag_name};

/// Approximate memory of a node in bytes, without its text.
const NODE: usize = 128;

/// Reads a YAML document. An empty text is `null`, and a byte order mark at the start is skipped.
///
/// # Errors
///
/// Returns the first syntax error, duplicate key, second document, unsupported tag, exceeded limit, or invalid character, with its position.
pub fn read_yaml(text: &str, rules: &Rules) -> Result<Node, Error> {
    read(text, rules, None)
}

/// Reads a YAML document. With a list of duplicate keys, adds these to it and keeps the last value of each; otherwise, the first of them is an error.
pub(crate) fn read<'t>(
    text: &'t str,
    rules: &'t Rules,
    duplicates: Option<&'t mut Vec<DuplicateKey>>,
) -> Result<Node, Error> {
    rules.limits.check_size(text)?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    check_characters(text)?;
    let mut reader = Reader {
        parser: Parser::new_from_str(text),
        rules,
        open_line: OpenLine::of_text(text),
        anchors: BTreeMap::new(),
        span: Span::at_position(Position::START),
        weight: 0,
        copied: 0,
        duplicates,
    };
    reader.read_document()
}

/// Refuses characters that YAML does not allow. The parser would silently stop at the character 0.
fn check_characters(text: &str) -> Result<(), Error> {
    let allowed = |c: char| match c {
        '\t' | '\n' | '\r' | ' '..='~' | '\u{85}' => true,
        '\u{fffe}' | '\u{ffff}' => false,
        c => c >= '\u{a0}',
    };
    match text.char_indices().find(|(_, c)| !allowed(*c)) {
        Some((offset, c)) => Err(Error::at_position(
            Position::of_offset(text, offset),
            format!(
                "the character U+{:04X} is not allowed in YAML",
                u32::from(c)
            ),
        )),
        None => Ok(()),
    }
}

struct Reader<'input> {
    parser: Parser<'input, StrInput<'input>>,
    rules: &'input Rules,
    open_line: Option<OpenLine<'input>>,
    /// Values marked by `&name`, with their memory in bytes, by the number that the parser assigns.
    anchors: BTreeMap<usize, (Node, usize)>,
    /// Range of the last event.
    span: Span,
    /// Approximate memory of all nodes so far, in bytes.
    weight: usize,
    /// Approximate memory of copied nodes, in bytes.
    copied: usize,
    /// Duplicate keys so far, or `None` if they are errors.
    duplicates: Option<&'input mut Vec<DuplicateKey>>,
}

/// The last line of a text that does not end with a line break. The parser adds one to a block scalar there; YAML does not.
struct OpenLine<'input> {
    number: u32,
    text: &'input str,
}

impl<'input> OpenLine<'input> {
    fn of_text(text: &'input str) -> Option<Self> {
        let last = text.rsplit(['\n', '\r']).next()?;
        let number = Position::of_offset(text, text.len()).line;
        (!last.trim().is_empty()).then_some(Self { number, text: last })
    }

    /// Returns the text of a block scalar without the line break that the parser added.
    fn trim_added_break<'s>(&self, scalar: &'s str, span: Span) -> &'s str {
        let line = self.text.trim_start_matches(' ');
        let is_comment = line.len() == self.text.len() && line.starts_with('#');
        match scalar.strip_suffix('\n') {
            Some(rest) if span.end.line >= self.number && !is_comment && rest.ends_with(line) => {
                rest
            }
            _ => scalar,
        }
    }
}

/// A key as written in the text.
struct Key {
    text: String,
    span: Span,
    /// `true` for the plain key `<<`.
    merges: bool,
}

impl<'input> Reader<'input> {
    fn read_document(&mut self) -> Result<Node, Error> {
        let mut found = None;
        loop {
            match self.next()? {
                Event::StreamEnd => {
                    let nothing = || Node::new(Value::Null, Span::at_position(Position::START));
                    return Ok(found.unwrap_or_else(nothing));
                }
                Event::StreamStart | Event::DocumentEnd | Event::Nothing => {}
                Event::DocumentStart(_) if found.is_some() => {
                    return Err(self.error_here("found a second document, but only one is allowed"));
                }
                Event::DocumentStart(_) => {
                    let first = self.next()?;
                    found = Some(self.read_node(first, 0)?);
                }
                _ => return Err(self.error_here("content outside the document")),
            }
        }
    }

    fn next(&mut self) -> Result<Event<'input>, Error> {
        match self.parser.next_event() {
            Some(Ok((event, span))) => {
                self.span = Span {
                    start: to_position(&span.start),
                    end: to_position(&span.end),
                };
                Ok(event)
            }
            Some(Err(error)) => Err(Error::at_position(
                to_position(error.marker()),
                decapitalize_message(error.info()),
            )),
            None => Ok(Event::StreamEnd),
        }
    }

    fn read_node(&mut self, event: Event<'input>, depth: usize) -> Result<Node, Error> {
        let limit = self.rules.limits.depth;
        if depth > limit {
            return Err(self.error_here(format!("nested deeper than {limit} levels")));
        }
        let before = self.weight;
        let start = self.span.start;
        let (anchor, node) = match event {
            Event::Alias(anchor) => return self.resolve_alias(anchor),
            Event::Scalar(text, style, anchor, tag) => {
                self.weight += NODE + text.len();
                let text = match &self.open_line {
                    Some(line) if matches!(style, ScalarStyle::Literal | ScalarStyle::Folded) => {
                        line.trim_added_break(&text, self.span)
                    }
                    _ => &text,
                };
                (anchor, self.read_scalar(text, style, tag.as_deref())?)
            }
            Event::SequenceStart(anchor, tag) => {
                self.weight += NODE;
                let form = self.collection_form(tag.as_deref(), "seq")?;
                let items = self.read_list(depth)?;
                let end = self.end_position(start, items.last());
                (
                    anchor,
                    wrap_in_form(form, Node::new(Value::List(items), Span { start, end })),
                )
            }
            Event::MappingStart(anchor, tag) => {
                self.weight += NODE;
                let form = self.collection_form(tag.as_deref(), "map")?;
                let map = self.read_map(depth)?;
                // Merged entries are at the end and have a position elsewhere.
                let mut own = map.entries().iter().rev();
                let last = own.find(|entry| entry.key_span.start >= start);
                let end = self.end_position(start, last.map(|entry| &entry.value));
                (
                    anchor,
                    wrap_in_form(form, Node::new(Value::Map(map), Span { start, end })),
                )
            }
            _ => return Err(self.error_here("a value is missing")),
        };
        if anchor > 0 {
            let weight = self.weight - before;
            self.count_copy(weight)?;
            self.anchors.insert(anchor, (node.clone(), weight));
        }
        Ok(node)
    }

    /// Returns the end of the list or map whose last event was read: after its bracket, or the end of its last value.
    fn end_position(&self, start: Position, last: Option<&Node>) -> Position {
        if self.span.start < self.span.end {
            return self.span.end;
        }
        last.map_or(start, |node| node.span.end)
    }

    fn resolve_alias(&mut self, anchor: usize) -> Result<Node, Error> {
        let Some((node, weight)) = self.anchors.get(&anchor) else {
            return Err(self.error_here("an alias inside the value that it refers to"));
        };
        let (mut node, weight) = (node.clone(), *weight);
        node.span = self.span;
        self.weight += weight;
        self.count_copy(weight)?;
        Ok(node)
    }

    fn read_list(&mut self, depth: usize) -> Result<Vec<Node>, Error> {
        let mut items = Vec::new();
        loop {
            match self.next()? {
                Event::SequenceEnd => return Ok(items),
                event => items.push(self.read_node(event, depth + 1)?),
            }
        }
    }

    fn read_map(&mut self, depth: usize) -> Result<Map, Error> {
        let mut entries = Vec::new();
        let mut merged: Option<Entry> = None;
        loop {
            let event = self.next()?;
            if event == Event::MappingEnd {
                break;
            }
            let key = self.read_key(event)?;
            if key.merges && self.rules.merge_keys == MergeKeys::Reject {
                return Err(Error::in_span(
                    key.span,
                    "the merge key `<<` is not supported here; write the entries explicitly",
                ));
            }
            let event = self.next()?;
            let value = self.read_node(event, depth + 1)?;
            let entry = Entry::new(key.text, key.span, value);
            if !key.merges {
                entries.push(entry);
            } else if let Some(first) = &merged {
                return Err(duplicate_key_error("<<", first.key_span, entry.key_span));
            } else {
                merged = Some(entry);
            }
        }
        let map = match &mut self.duplicates {
            Some(duplicates) => Map::keep_last(entries, duplicates),
            None => Map::new(entries)?,
        };
        match merged {
            Some(merged) => merge_maps(map, merged.value),
            None => Ok(map),
        }
    }

    fn read_key(&mut self, event: Event<'input>) -> Result<Key, Error> {
        let span = self.span;
        let (text, merges) = match event {
            Event::Scalar(text, style, anchor, tag) if is_text_tag(tag.as_deref()) => {
                self.weight += NODE + text.len();
                if anchor > 0 {
                    self.count_copy(NODE + text.len())?;
                    let node = Node::new(Value::String(text.to_string()), span);
                    self.anchors.insert(anchor, (node, NODE + text.len()));
                }
                let merges = style == ScalarStyle::Plain && text == "<<" && tag.is_none();
                (text.into_owned(), merges)
            }
            Event::Alias(anchor) => match self.resolve_alias(anchor)?.scalar_text() {
                Some(text) => (text.to_owned(), false),
                None => return Err(self.error_here("a key must be a string, not a list or map")),
            },
            Event::Scalar(..) => {
                return Err(self.error_here("a key must be a string without a tag"));
            }
            _ => return Err(self.error_here("a key must be a string, not a list or map")),
        };
        Ok(Key { text, span, merges })
    }

    fn read_scalar(
        &self,
        text: &str,
        style: ScalarStyle,
        tag: Option<&Tag>,
    ) -> Result<Node, Error> {
        let string = || Node::new(Value::String(text.to_owned()), self.span);
        let Some(tag) = tag else {
            if style != ScalarStyle::Plain {
                return Ok(string());
            }
            return match scalar::resolve_scalar(text, self.rules.scalars) {
                Some(value) => Ok(Node::from_plain_scalar(text, value, self.span)),
                None => Err(self.error_here(format!("the number `{text}` is not supported"))),
            };
        };
        match tag_name(tag) {
            TagName::Local("") | TagName::Yaml("str") => Ok(string()),
            // The argument of a function is text: `!Ref 80` is a name.
            TagName::Local(name) => Ok(self.long_form(name)?.apply_to_text(text, self.span)),
            TagName::Yaml(kind @ ("int" | "float" | "bool" | "null")) => {
                match scalar::resolve_scalar(text, self.rules.scalars) {
                    Some(value) if has_kind(&value, kind) => {
                        Ok(Node::from_plain_scalar(text, value, self.span))
                    }
                    _ => Err(self.error_here(format!("`{text}` is not a `!!{kind}`"))),
                }
            }
            other => Err(self.unsupported_tag(&other)),
        }
    }

    /// Returns the long form that the tag of a list or map denotes, or `None` if the tag only confirms the kind of the value.
    fn collection_form(&self, tag: Option<&Tag>, own: &str) -> Result<Option<LongForm>, Error> {
        let Some(tag) = tag else { return Ok(None) };
        match tag_name(tag) {
            TagName::Local("") => Ok(None),
            TagName::Yaml(kind) if kind == own => Ok(None),
            TagName::Local(name) => self.long_form(name).map(Some),
            other => Err(self.unsupported_tag(&other)),
        }
    }

    fn long_form(&self, name: &str) -> Result<LongForm, Error> {
        (self.rules.tags)(name).map_err(|message| self.error_here(message))
    }

    fn unsupported_tag(&self, tag: &TagName<'_>) -> Error {
        let shown = match tag {
            TagName::Local(name) => format!("!{name}"),
            TagName::Yaml(name) => format!("!!{name}"),
            TagName::Other(name) => format!("!<{name}>"),
        };
        self.error_here(format!("the tag `{shown}` is not supported here"))
    }

    fn count_copy(&mut self, weight: usize) -> Result<(), Error> {
        self.copied += weight;
        if self.copied > self.rules.limits.copies {
            return Err(self.error_here("too large after its aliases are expanded"));
        }
        Ok(())
    }

    fn error_here(&self, message: impl Into<String>) -> Error {
        Error::in_span(self.span, message)
    }
}

/// Adds the entries of the value of `<<` that the map does not have. Earlier maps take precedence over later ones.
fn merge_maps(mut map: Map, value: Node) -> Result<Map, Error> {
    let span = value.span;
    let sources = match value.value {
        Value::List(items) => items,
        _ => vec![value],
    };
    for source in sources {
        let Value::Map(source) = source.value else {
            return Err(Error::in_span(
                span,
                "the value of the merge key `<<` must be a map or a list of maps",
            ));
        };
        let missing = source.into_entries().into_iter();
        let missing: Vec<Entry> = missing
            .filter(|entry| map.get(&entry.key).is_none())
            .collect();
        let mut entries = map.into_entries();
        entries.extend(missing);
        map = Map::new(entries)?;
    }
    Ok(map)
}

fn wrap_in_form(form: Option<LongForm>, node: Node) -> Node {
    match form {
        Some(form) => form.apply_to(node),
        None => node,
    }
}

fn has_kind(value: &Value, kind: &str) -> bool {
    match (kind, value) {
        ("int", Value::Number(number)) => !number.is_f64(),
        ("float", Value::Number(_)) | ("bool", Value::Bool(_)) | ("null", Value::Null) => true,
        _ => false,
    }
}

fn to_position(marker: &Marker) -> Position {
    let number = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    Position {
        line: number(marker.line()),
        column: number(marker.col().saturating_add(1)),
    }
}

/// Returns the message with a lower-case initial; messages of the parser differ in case.
fn decapitalize_message(message: &str) -> String {
    let mut letters = message.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_lowercase().chain(letters).collect()
    })
}
