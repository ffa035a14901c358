//! Reads a template written in YAML, as CloudFormation does: YAML 1.1 scalars, short forms such as `!Ref`, no surprises.
//!
//! The events come from `saphyr-parser`, which knows the place of everything and whether a scalar was quoted;
//! what they mean is decided here, because readers of YAML 1.2 take `yes` and `0644` for text.

mod scalar;
mod short_form;

use std::borrow::Cow;
use std::collections::BTreeMap;

use saphyr_parser::{Event, Marker, Parser, ScalarStyle, Span, StrInput, Tag};
use serde_json::{Map, Value as JsonValue};

use super::TemplateError;
use super::limits::{DEPTH, EXPANDED, NODE};
use short_form::ShortForm;

/// The prefix of the tags that YAML defines itself.
const YAML_TAGS: &str = "tag:yaml.org,2002:";

/// Reads one document.
pub(super) fn read(text: &str) -> Result<JsonValue, TemplateError> {
    let mut reader = Reader {
        parser: Parser::new_from_str(text),
        anchors: BTreeMap::new(),
        place: Marker::new(0, 1, 0),
        expanded: 0,
    };
    reader.document()
}

struct Reader<'input> {
    parser: Parser<'input, StrInput<'input>>,
    /// What `&name` marked, by the number the parser gives it; with its weight.
    anchors: BTreeMap<usize, (JsonValue, usize)>,
    /// Where the event read last begins.
    place: Marker,
    /// What was read so far weighs that much, aliases written out.
    expanded: usize,
}

impl<'input> Reader<'input> {
    fn document(&mut self) -> Result<JsonValue, TemplateError> {
        let mut found = None;
        loop {
            match self.next()? {
                Event::StreamEnd => return Ok(found.unwrap_or_default()),
                Event::StreamStart | Event::DocumentEnd | Event::Nothing => {}
                Event::DocumentStart(_) if found.is_some() => {
                    return Err(self.error("a second document begins; a template is one"));
                }
                Event::DocumentStart(_) => {
                    let first = self.next()?;
                    found = Some(self.node(first, 0)?);
                }
                _ => return Err(self.error("something stands outside the document")),
            }
        }
    }

    fn next(&mut self) -> Result<Event<'input>, TemplateError> {
        match self.parser.next_event() {
            Some(Ok((event, Span { start, .. }))) => {
                self.place = start;
                Ok(event)
            }
            Some(Err(error)) => Err(at(error.marker(), &decapitalized(error.info()))),
            None => Ok(Event::StreamEnd),
        }
    }

    fn node(&mut self, event: Event<'input>, depth: usize) -> Result<JsonValue, TemplateError> {
        if depth > DEPTH {
            return Err(self.error(&format!("it is nested deeper than {DEPTH} levels")));
        }
        let before = self.expanded;
        let (anchor, value) = match event {
            Event::Alias(anchor) => return self.alias(anchor),
            Event::Scalar(text, style, anchor, tag) => {
                self.count(NODE + text.len())?;
                (anchor, self.scalar(&text, style, tag.as_deref())?)
            }
            Event::SequenceStart(anchor, tag) => {
                self.count(NODE)?;
                let meaning = self.meaning(tag.as_deref(), "seq")?;
                let items = self.sequence(depth)?;
                (anchor, wrap(meaning, items))
            }
            Event::MappingStart(anchor, tag) => {
                self.count(NODE)?;
                let meaning = self.meaning(tag.as_deref(), "map")?;
                let entries = self.mapping(depth)?;
                (anchor, wrap(meaning, entries))
            }
            _ => return Err(self.error("a value is missing")),
        };
        if anchor > 0 {
            // Kept for each alias: the copy counts like one.
            let weight = self.expanded - before;
            self.count(weight)?;
            self.anchors.insert(anchor, (value.clone(), weight));
        }
        Ok(value)
    }

    fn alias(&mut self, anchor: usize) -> Result<JsonValue, TemplateError> {
        let Some((value, weight)) = self.anchors.get(&anchor) else {
            return Err(self.error("an alias stands inside what it means"));
        };
        let (value, weight) = (value, *weight);
        self.expanded += weight;
        if self.expanded > EXPANDED {
            return Err(self.error(TOO_LARGE));
        }
        Ok(value.clone())
    }

    fn sequence(&mut self, depth: usize) -> Result<JsonValue, TemplateError> {
        let mut items = Vec::new();
        loop {
            match self.next()? {
                Event::SequenceEnd => return Ok(JsonValue::Array(items)),
                event => items.push(self.node(event, depth + 1)?),
            }
        }
    }

    fn mapping(&mut self, depth: usize) -> Result<JsonValue, TemplateError> {
        let mut entries = Map::new();
        loop {
            let event = self.next()?;
            if event == Event::MappingEnd {
                return Ok(JsonValue::Object(entries));
            }
            let place = self.place;
            let key = self.key(event)?;
            if key == "<<" {
                return Err(at(
                    &place,
                    "`<<` merges maps, which CloudFormation does not; write the entries out",
                ));
            }
            if entries.contains_key(&key) {
                return Err(at(&place, &format!("the key `{key}` stands there twice")));
            }
            let event = self.next()?;
            let value = self.node(event, depth + 1)?;
            entries.insert(key, value);
        }
    }

    /// A key is its text, whatever it looks like: account numbers, ports and `on` are names here.
    fn key(&mut self, event: Event<'input>) -> Result<String, TemplateError> {
        match event {
            Event::Scalar(text, _, anchor, None) => {
                self.count(text.len())?;
                if anchor > 0 {
                    let text = JsonValue::from(&*text);
                    self.anchors.insert(anchor, (text, NODE));
                }
                Ok(text.into_owned())
            }
            Event::Alias(anchor) => match self.alias(anchor)? {
                JsonValue::String(text) => Ok(text),
                _ => Err(self.error("a key is text")),
            },
            _ => Err(self.error("a key is text without a tag")),
        }
    }

    fn scalar(
        &self,
        text: &str,
        style: ScalarStyle,
        tag: Option<&Tag>,
    ) -> Result<JsonValue, TemplateError> {
        let plain = style == ScalarStyle::Plain;
        let Some(tag) = tag else {
            let meant = if plain {
                scalar::resolve(text)
            } else {
                Some(JsonValue::from(text))
            };
            return meant.ok_or_else(|| self.error(&format!("`{text}` is no number of JSON")));
        };
        let name = tag_name(tag);
        match name.strip_prefix(YAML_TAGS) {
            // `! text` says: not what it looks like, just text.
            None if name == "!" => Ok(JsonValue::from(text)),
            // The argument of a function is text: `!Ref 80` names something.
            None => Ok(self.short_form(&name)?.of_text(text)),
            Some("str") => Ok(JsonValue::from(text)),
            Some(kind @ ("int" | "float" | "bool" | "null")) => match scalar::resolve(text) {
                Some(value) if is_a(&value, kind) => Ok(value),
                _ => Err(self.error(&format!("`{text}` is no `!!{kind}`"))),
            },
            Some(other) => Err(self.unsupported(other)),
        }
    }

    /// What the tag of a list or map says; `None` where it says what is seen anyway.
    fn meaning(
        &self,
        tag: Option<&Tag>,
        own: &str,
    ) -> Result<Option<&'static ShortForm>, TemplateError> {
        let Some(tag) = tag else { return Ok(None) };
        let name = tag_name(tag);
        match name.strip_prefix(YAML_TAGS) {
            Some(kind) if kind == own => Ok(None),
            Some(other) => Err(self.unsupported(other)),
            None if name == "!" => Ok(None),
            None => self.short_form(&name).map(Some),
        }
    }

    fn short_form(&self, name: &str) -> Result<&'static ShortForm, TemplateError> {
        let name = name.strip_prefix('!').unwrap_or(name);
        short_form::find(name).map_err(|meant| {
            let help =
                meant.map_or_else(String::new, |meant| format!("; did you mean `!{meant}`?"));
            self.error(&format!("CloudFormation has no function `!{name}`{help}"))
        })
    }

    fn unsupported(&self, kind: &str) -> TemplateError {
        self.error(&format!("CloudFormation does not read `!!{kind}`"))
    }

    fn count(&mut self, weight: usize) -> Result<(), TemplateError> {
        self.expanded += weight;
        if self.expanded > EXPANDED {
            return Err(self.error(TOO_LARGE));
        }
        Ok(())
    }

    fn error(&self, message: &str) -> TemplateError {
        at(&self.place, message)
    }
}

const TOO_LARGE: &str = "with its aliases written out it is larger than a template can be";

fn wrap(form: Option<&'static ShortForm>, value: JsonValue) -> JsonValue {
    match form {
        Some(form) => form.of(value),
        None => value,
    }
}

fn is_a(value: &JsonValue, kind: &str) -> bool {
    match kind {
        "int" => value.is_i64() || value.is_u64(),
        "float" => value.is_number(),
        "bool" => value.is_boolean(),
        _ => value.is_null(),
    }
}

/// The whole tag: `!Ref`, or `tag:yaml.org,2002:str` for `!!str`.
fn tag_name(tag: &Tag) -> Cow<'_, str> {
    match &*tag.handle {
        "" => Cow::Borrowed(&tag.suffix),
        "!!" => Cow::Owned(format!("{YAML_TAGS}{}", tag.suffix)),
        handle => Cow::Owned(format!("{handle}{}", tag.suffix)),
    }
}

fn at(place: &Marker, message: &str) -> TemplateError {
    TemplateError::new(format!(
        "{message} at line {} column {}",
        place.line(),
        place.col() + 1
    ))
}

/// The parser's messages begin in either case.
fn decapitalized(message: &str) -> String {
    let mut letters = message.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_lowercase().chain(letters).collect()
    })
}

#[cfg(test)]
mod tests {
    use serde_json::{Value as JsonValue, json};

    use super::read;

    fn value(yaml: &str) -> JsonValue {
        read(yaml).unwrap()
    }

    fn problem(yaml: &str) -> String {
        read(yaml).unwrap_err().to_string()
    }

    #[test]
    fn short_forms_are_the_long_ones() {
        let yaml = "
A: !Ref Queue
B: !GetAtt Database.Endpoint.Address
C: !GetAtt [Queue, Arn]
D: !Sub 'arn:${AWS::Partition}:sqs'
E: !Sub ['${a}-b', {a: !Ref Name}]
F: !Join ['', [!Ref A, !Select [0, !GetAZs '']]]
G: !If [IsProd, !Ref Big, !Ref 'AWS::NoValue']
H: !FindInMap [Regions, !Ref 'AWS::Region', Ami]
I: !ImportValue {'Fn::Sub': '${Network}-Vpc'}
J: !Base64
  Fn::Sub: x
K: !And [!Condition One, !Not [!Equals [a, b]]]
L: !Transform {Name: 'AWS::Include', Parameters: {Location: s3}}
M: !Cidr [10.0.0.0/16, 6, 8]
N: !Split [',', 'a,b']
O: !ToJsonString {a: 1}
P: !Length [1, 2]
";
        assert_eq!(
            value(yaml),
            json!({
                "A": { "Ref": "Queue" },
                "B": { "Fn::GetAtt": ["Database", "Endpoint.Address"] },
                "C": { "Fn::GetAtt": ["Queue", "Arn"] },
                "D": { "Fn::Sub": "arn:${AWS::Partition}:sqs" },
                "E": { "Fn::Sub": ["${a}-b", { "a": { "Ref": "Name" } }] },
                "F": { "Fn::Join": ["", [{ "Ref": "A" }, { "Fn::Select": [0, { "Fn::GetAZs": "" }] }]] },
                "G": { "Fn::If": ["IsProd", { "Ref": "Big" }, { "Ref": "AWS::NoValue" }] },
                "H": { "Fn::FindInMap": ["Regions", { "Ref": "AWS::Region" }, "Ami"] },
                "I": { "Fn::ImportValue": { "Fn::Sub": "${Network}-Vpc" } },
                "J": { "Fn::Base64": { "Fn::Sub": "x" } },
                "K": { "Fn::And": [{ "Condition": "One" }, { "Fn::Not": [{ "Fn::Equals": ["a", "b"] }] }] },
                "L": { "Fn::Transform": { "Name": "AWS::Include", "Parameters": { "Location": "s3" } } },
                "M": { "Fn::Cidr": ["10.0.0.0/16", 6, 8] },
                "N": { "Fn::Split": [",", "a,b"] },
                "O": { "Fn::ToJsonString": { "a": 1 } },
                "P": { "Fn::Length": [1, 2] },
            })
        );
    }

    #[test]
    fn texts_over_several_lines_are_what_yaml_says() {
        assert_eq!(
            value("A: |\n  one\n  two\nB: >-\n  three\n  four\nC: \"a\\tb\"\nD: 'it''s'\n"),
            json!({ "A": "one\ntwo\n", "B": "three four", "C": "a\tb", "D": "it's" })
        );
    }

    #[test]
    fn quotes_keep_a_text_what_it_is() {
        assert_eq!(
            value("A: '80'\nB: \"yes\"\nC: 80\nD: yes\nE: ''\nF:\n"),
            json!({ "A": "80", "B": "yes", "C": 80, "D": true, "E": "", "F": null })
        );
    }

    #[test]
    fn keys_are_text_whatever_they_look_like() {
        assert_eq!(
            value("012345678901: a\non: b\n80: c\n2012-10-17: d\n"),
            json!({ "012345678901": "a", "on": "b", "80": "c", "2012-10-17": "d" })
        );
    }

    #[test]
    fn an_alias_is_what_its_anchor_marked() {
        assert_eq!(
            value("A: &tags [{Key: a, Value: !Ref B}]\nB: *tags\n"),
            json!({ "A": [{ "Key": "a", "Value": { "Ref": "B" } }], "B": [{ "Key": "a", "Value": { "Ref": "B" } }] })
        );
    }

    #[test]
    fn what_is_wrong_is_named_with_its_place() {
        let cases = [
            (
                "A: 1\nB: 2\nA: 3\n",
                "the key `A` stands there twice at line 3 column 1",
            ),
            (
                "A: !Reff B\n",
                "CloudFormation has no function `!Reff`; did you mean `!Ref`? at line 1 column 4",
            ),
            (
                "A:\n  <<: {B: 1}\n",
                "`<<` merges maps, which CloudFormation does not; write the entries out at line 2 column 3",
            ),
            (
                "A: !!binary aGk=\n",
                "CloudFormation does not read `!!binary` at line 1 column 4",
            ),
            ("A: !!int x\n", "`x` is no `!!int` at line 1 column 4"),
            (
                "A: 1\n---\nB: 2\n",
                "a second document begins; a template is one at line 2 column 1",
            ),
            (
                "A: .inf\n",
                "`.inf` is no number of JSON at line 1 column 4",
            ),
            (
                "? [a]\n: 1\n",
                "a key is text without a tag at line 1 column 3",
            ),
        ];
        for (yaml, message) in cases {
            assert_eq!(problem(yaml), message, "{yaml}");
        }
        for broken in [
            "A: [1, 2",
            "A: *nothing",
            "A:\n\t- b",
            "A: \"x",
            "A: &a [*a]",
            "A: !Base64 !Sub x",
        ] {
            let message = problem(broken);
            assert!(message.contains(" at line "), "{broken}: {message}");
        }
    }

    #[test]
    fn depth_and_size_end() {
        let deep = format!("{}1{}", "[".repeat(200), "]".repeat(200));
        assert!(
            problem(&deep).contains("nested deeper than"),
            "{}",
            problem(&deep)
        );
        let lines: Vec<String> = (0..300).map(|n| " ".repeat(n) + "a:\n").collect();
        let block = lines.concat();
        assert!(problem(&block).contains("nested deeper than"));
        let mut laughs = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for n in 1..12 {
            let before = vec![format!("*a{}", n - 1); 10].join(", ");
            laughs += &[
                "a",
                &n.to_string(),
                ": &a",
                &n.to_string(),
                " [",
                &before,
                "]\n",
            ]
            .concat();
        }
        assert!(
            problem(&laughs).starts_with(super::TOO_LARGE),
            "{}",
            problem(&laughs)
        );
    }
}
