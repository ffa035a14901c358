//! Parses model files; `FORMAT.md` describes their format. [`split_types`] separates the resource types of a file, [`parse_resource_type`] parses one.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use crate::model::{
    Attribute, Bounds, Definition, Kind, Path, Property, Replacement, ResourceType, Rule, Shape,
    TagShape, Tags, Target, TargetAttribute, Text, Type,
};

/// The error for a line that does not follow the format.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Error {
    /// The complete line of the model file, including its indentation.
    pub line: String,
    /// The element that the parser expected in the line, for display.
    pub expected: &'static str,
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "expected {} in `{}`", self.expected, self.line)
    }
}

impl std::error::Error for Error {}

/// Returns the name and the lines of each resource type in the file of a service.
pub fn split_types(file: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    let mut rest = file.strip_prefix(';').map_or(file, |comment| {
        comment.split_once('\n').map_or("", |(_, rest)| rest)
    });
    std::iter::from_fn(move || {
        let name = rest.lines().next()?;
        // A type starts with the name of the vendor in the first column, unlike all other lines.
        let end = rest
            .match_indices('\n')
            .map(|(at, _)| at + 1)
            .find(|&at| rest.as_bytes().get(at).is_none_or(u8::is_ascii_alphabetic))
            .unwrap_or(rest.len());
        let (text, after) = rest.split_at(end);
        rest = after;
        Some((name, text))
    })
}

/// Parses the lines of one resource type.
///
/// # Errors
///
/// Returns the first line that does not follow the format.
pub fn parse_resource_type(text: &'static str) -> Result<ResourceType, Error> {
    let mut lines = text.lines();
    let mut ty = ResourceType {
        name: Cow::Borrowed(lines.next().unwrap_or_default()),
        ..ResourceType::default()
    };
    for line in lines {
        let fail = |expected| Error {
            line: line.to_owned(),
            expected,
        };
        if let Some(property) = line.strip_prefix("  ") {
            let property = parse_property(property).map_err(fail)?;
            if let Some(definition) = ty.definitions.last_mut() {
                definition.properties.push(property);
            } else {
                collect_marks(&mut ty, &property);
                ty.properties.push(property);
            }
        } else if let Some(fact) = line.strip_prefix('@') {
            parse_fact(&mut ty, fact).map_err(fail)?;
        } else if let Some(definition) = line.strip_prefix('#') {
            ty.definitions
                .push(parse_definition(definition).map_err(fail)?);
        } else {
            return Err(fail("a property, an `@` fact or a `#` definition"));
        }
    }
    Ok(ty)
}

/// Copies the marks of a top-level property to the path lists of the resource type.
fn collect_marks(ty: &mut ResourceType, property: &Property) {
    for (list, set) in [
        (&mut ty.read_only, property.read_only),
        (&mut ty.create_only, property.create_only),
        (
            &mut ty.conditional_create_only,
            property.conditional_create_only,
        ),
        (&mut ty.write_only, property.write_only),
        (&mut ty.deprecated_paths, property.deprecated),
    ] {
        if set {
            list.push(Path(property.name.clone()));
        }
    }
}

type Parsed<T> = Result<T, &'static str>;

fn parse_definition(text: &'static str) -> Parsed<Definition> {
    let (name, alias) = match text.split_once(" = ") {
        Some((name, alias)) => {
            let mut scan = Scanner(alias);
            let shape = scan.read_shape()?;
            scan.expect_end()?;
            (name, Some(shape))
        }
        None => (text, None),
    };
    Ok(Definition {
        name: Cow::Borrowed(name),
        alias,
        properties: Vec::new(),
        rules: Vec::new(),
    })
}

fn parse_fact(ty: &mut ResourceType, text: &'static str) -> Parsed<()> {
    let (word, rest) = text.split_once(' ').unwrap_or((text, ""));
    let mut words = rest.split_ascii_whitespace();
    match word {
        "ref" => {
            let kind = words.next().ok_or("a kind of reference")?;
            ty.ref_returns.kind = Kind::from_word(kind);
            ty.ref_returns.properties = words.map(parse_path).collect();
        }
        "id" => ty.primary_identifier = words.map(parse_path).collect(),
        "also-id" => ty
            .additional_identifiers
            .push(words.map(parse_path).collect()),
        "tags" => {
            let shape = words.next().and_then(TagShape::from_word);
            ty.tags = Some(Tags {
                shape: shape.ok_or("`list`, `map` or `auto-scaling`")?,
                property: Cow::Borrowed(words.next().ok_or("a property")?),
            });
        }
        "stateful" => ty.stateful = true,
        "closed" => ty.deprecated = true,
        "open" => ty.open = true,
        "replacement" => {
            let order = Replacement::from_word(rest);
            ty.replacement = Some(order.ok_or("`create-first` or `delete-first`")?);
        }
        "scrutiny" => ty.scrutiny = Some(Cow::Borrowed(rest)),
        "read-only" => ty.read_only.push(parse_path(rest)),
        "create-only" => ty.create_only.push(parse_path(rest)),
        "may-replace" => ty.conditional_create_only.push(parse_path(rest)),
        "write-only" => ty.write_only.push(parse_path(rest)),
        "deprecated" => ty.deprecated_paths.push(parse_path(rest)),
        "attr" => {
            let (name, shape) = rest.split_once(' ').ok_or("name and type")?;
            let mut scan = Scanner(shape);
            ty.attributes.push(Attribute {
                name: Cow::Borrowed(name),
                shape: scan.read_shape()?,
            });
            scan.expect_end()?;
        }
        _ => {
            let rule = parse_rule(word, words)?;
            match ty.definitions.last_mut() {
                Some(definition) => definition.rules.push(rule),
                None => ty.rules.push(rule),
            }
        }
    }
    Ok(())
}

fn parse_rule(word: &str, mut words: impl Iterator<Item = &'static str>) -> Parsed<Rule> {
    let set = |word: &'static str| match word {
        "-" => Vec::new(),
        _ => word.split('+').map(Cow::Borrowed).collect(),
    };
    match word {
        "exactly-one" => Ok(Rule::ExactlyOne(words.map(set).collect())),
        "at-least-one" => Ok(Rule::AtLeastOne(words.map(set).collect())),
        "excludes" | "requires" => {
            let name = Cow::Borrowed(words.next().ok_or("a property")?);
            let others = words.map(Cow::Borrowed).collect();
            Ok(match word {
                "excludes" => Rule::Excludes(name, others),
                _ => Rule::Requires(name, others),
            })
        }
        _ => Err("a known `@` fact"),
    }
}

fn parse_path(text: &'static str) -> Path {
    Path(Cow::Borrowed(text))
}

fn parse_property(text: &'static str) -> Parsed<Property> {
    let (name, rest) = text.split_once(' ').ok_or("name and type")?;
    let required = name.ends_with('!');
    let mut scan = Scanner(rest);
    let mut property = Property {
        name: Cow::Borrowed(name.trim_end_matches('!')),
        required,
        shape: scan.read_shape()?,
        ..Property::default()
    };
    for mark in scan.0.split_ascii_whitespace() {
        match mark {
            "read-only" => property.read_only = true,
            "create-only" => property.create_only = true,
            "may-replace" => property.conditional_create_only = true,
            "write-only" => property.write_only = true,
            "deprecated" => property.deprecated = true,
            _ => {
                let scrutiny = mark.strip_prefix("scrutiny=").ok_or("a known mark")?;
                property.scrutiny = Some(Cow::Borrowed(scrutiny));
            }
        }
    }
    Ok(property)
}

/// The unread rest of a line.
struct Scanner(&'static str);

impl Scanner {
    fn read_shape(&mut self) -> Parsed<Shape> {
        let mut shape = Shape::from_type(self.read_type()?);
        while let Some(rest) = self.0.strip_prefix(' ') {
            let end = rest.find(['=', ' ', ']', '}', ')']).unwrap_or(rest.len());
            let (key, after) = rest.split_at(end);
            if key == "unique" {
                shape.unique = true;
                self.0 = after;
                continue;
            }
            let Some(after) = after.strip_prefix('=') else {
                break; // a mark of the property, or the `|` of a union
            };
            if key == "scrutiny" {
                break;
            }
            self.0 = after;
            match key {
                "enum" | "enum-any-case" => {
                    shape.values_ignore_case = key == "enum-any-case";
                    shape.values = self.read_list(Self::read_text)?;
                }
                "length" => shape.length = self.read_bounds()?,
                "range" => shape.range = self.read_bounds()?,
                "step" => shape.multiple_of = Some(parse_number(self.read_word())?),
                "items" => shape.items = self.read_bounds()?,
                "entries" => shape.entries = self.read_bounds()?,
                "format" => shape.format = Some(self.read_text()?),
                "to" => shape.targets = self.read_list(Self::read_target)?,
                "keys" => shape.key_pattern = Some(self.read_text()?),
                "pattern" => shape.pattern = Some(self.read_text()?),
                _ => return Err("a known constraint"),
            }
        }
        Ok(shape)
    }

    fn read_type(&mut self) -> Parsed<Type> {
        let first = self.0.as_bytes().first().ok_or("a type")?;
        match first {
            b'[' => {
                let item = self.read_enclosed(']')?;
                Ok(Type::List(Box::new(item)))
            }
            b'{' => {
                let value = self.read_enclosed('}')?;
                Ok(Type::Map(Box::new(value)))
            }
            b'(' => {
                self.0 = &self.0[1..];
                let mut members = vec![self.read_shape()?];
                while let Some(rest) = self.0.strip_prefix(" | ") {
                    self.0 = rest;
                    members.push(self.read_shape()?);
                }
                self.0 = self.0.strip_prefix(')').ok_or("`)`")?;
                Ok(Type::Union(members))
            }
            b'#' => {
                self.0 = &self.0[1..];
                Ok(Type::Definition(Cow::Borrowed(self.read_word())))
            }
            _ => match self.read_word() {
                "string" => Ok(Type::String),
                "int" => Ok(Type::Integer),
                "number" => Ok(Type::Number),
                "bool" => Ok(Type::Boolean),
                "json" => Ok(Type::Json),
                _ => Err("a type"),
            },
        }
    }

    fn read_enclosed(&mut self, close: char) -> Parsed<Shape> {
        self.0 = &self.0[1..];
        let shape = self.read_shape()?;
        self.0 = self.0.strip_prefix(close).ok_or("a closing bracket")?;
        Ok(shape)
    }

    /// Reads a word up to the next space, comma or closing bracket.
    fn read_word(&mut self) -> &'static str {
        let end = self
            .0
            .find([' ', ',', ']', '}', ')'])
            .unwrap_or(self.0.len());
        let (word, rest) = self.0.split_at(end);
        self.0 = rest;
        word
    }

    /// Reads a bare word or a quoted text.
    fn read_text(&mut self) -> Parsed<Text> {
        let Some(quoted) = self.0.strip_prefix('\'') else {
            return Ok(Cow::Borrowed(self.read_word()));
        };
        let mut from = 0;
        loop {
            let at = from + quoted[from..].find('\'').ok_or("a closing quote")?;
            if quoted[at + 1..].starts_with('\'') {
                from = at + 2;
                continue;
            }
            self.0 = &quoted[at + 1..];
            let text = &quoted[..at];
            return Ok(if from == 0 {
                Cow::Borrowed(text)
            } else {
                Cow::Owned(text.replace("''", "'"))
            });
        }
    }

    fn read_list<T>(&mut self, one: impl Fn(&mut Self) -> Parsed<T>) -> Parsed<Vec<T>> {
        let mut list = vec![one(self)?];
        while let Some(rest) = self.0.strip_prefix(',') {
            self.0 = rest;
            list.push(one(self)?);
        }
        Ok(list)
    }

    fn read_target(&mut self) -> Parsed<Target> {
        let (resource, by) = self.read_word().split_once('.').ok_or("`Type.kind`")?;
        Ok(Target {
            resource: Cow::Borrowed(resource),
            by: Kind::from_word(by).map_or(
                TargetAttribute::Property(Cow::Borrowed(by)),
                TargetAttribute::Kind,
            ),
        })
    }

    fn read_bounds<N: FromStr>(&mut self) -> Parsed<Bounds<N>> {
        let (min, max) = self.read_word().split_once("..").ok_or("`min..max`")?;
        let side = |text: &str| match text {
            "" => Ok(None),
            _ => parse_number(text).map(Some),
        };
        Ok(Bounds {
            min: side(min)?,
            max: side(max)?,
        })
    }

    fn expect_end(&self) -> Parsed<()> {
        if self.0.is_empty() {
            Ok(())
        } else {
            Err("the end of the line")
        }
    }
}

fn parse_number<N: FromStr>(text: &str) -> Parsed<N> {
    text.parse().map_err(|_| "a number")
}
