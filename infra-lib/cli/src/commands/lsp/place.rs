//! Finds the value at a position of a template, and what it means there: [`Place`] and [`Meaning`].

use infra_schema::{ResourceType, resource};
use infra_yaml::{Node, Position, Span, Value};

use super::schema::{Spot, walk_properties};

/// A step of a path: the key of a map, or the index of a list.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) enum Step<'n> {
    Key(&'n str),
    Index(usize),
}

/// A key or scalar of a template, with its path.
#[derive(Clone, Debug)]
pub(super) struct Place<'n> {
    /// Path of the value. The last step of a key is the key itself.
    pub(super) path: Vec<Step<'n>>,
    /// `true` for a key, `false` for a value.
    pub(super) is_key: bool,
    /// The value, or that of the key.
    pub(super) node: &'n Node,
    /// Range of the key or value.
    pub(super) span: Span,
}

/// The role of a key or value in a template.
#[derive(Clone, Debug)]
pub(super) enum Meaning<'n> {
    /// Key at the top level.
    Section,
    /// Key of an entry of a section, such as the logical ID of a resource: section and name.
    Declaration(&'n str, &'n str),
    /// Key within a resource, such as `DependsOn`.
    ResourceAttribute,
    /// Value of the key `Type` of a resource.
    ResourceTypeName,
    /// Key of a property of a resource.
    Property(Spot),
    /// Value of a property of a resource.
    PropertyValue(Spot),
    /// Logical ID or parameter, in `Ref` or as a name in `Fn::Sub`.
    Reference,
    /// Name of a resource, in `Fn::GetAtt` and `DependsOn`.
    ResourceName,
    /// Attribute of a resource, as second item of `Fn::GetAtt`.
    AttributeName,
    /// Text of `Fn::GetAtt` with resource and attribute, separated by a dot.
    DottedAttribute,
    /// Text of `Fn::Sub`.
    Substitution,
    /// Name of a condition.
    ConditionName,
    /// Name of a mapping.
    MappingName,
    /// Name of an intrinsic function.
    Function(&'n str),
    /// Value of a resource attribute or section without names, such as `DeletionPolicy`: its key.
    Attribute(&'n str),
    /// Anything else.
    Other,
}

/// Returns the key or scalar at a position, or `None` between them. The position after the last character belongs to it.
pub(super) fn find_place(root: &Node, at: Position) -> Option<Place<'_>> {
    let mut path = Vec::new();
    let mut node = root;
    loop {
        match &node.value {
            Value::Map(map) => {
                let entry = map
                    .entries()
                    .iter()
                    .find(|entry| contains(entry.key_span, at) || contains(entry.value.span, at))?;
                path.push(Step::Key(&entry.key));
                // The key of a short form has the range of the whole value: its name is the tag.
                let span = if entry.key_span == node.span {
                    find_tag(node.span, &entry.key)
                } else {
                    entry.key_span
                };
                if contains(span, at) {
                    return Some(Place {
                        path,
                        is_key: true,
                        node: &entry.value,
                        span,
                    });
                }
                node = &entry.value;
            }
            Value::List(items) => {
                let index = match find_dotted_part(items, at) {
                    Some(part) => part,
                    None => items.iter().position(|item| contains(item.span, at))?,
                };
                path.push(Step::Index(index));
                node = &items[index];
            }
            _ => {
                return Some(Place {
                    path,
                    is_key: false,
                    node,
                    span: node.span,
                });
            }
        }
    }
}

/// Returns the index of the part of `!GetAtt Queue.Arn` at a position. Both parts have the range of the whole text.
fn find_dotted_part(items: &[Node], at: Position) -> Option<usize> {
    let [first, second] = items else {
        return None;
    };
    let attribute = second.scalar_text()?.chars().count();
    if first.span != second.span || !contains(first.span, at) {
        return None;
    }
    let dot = u32::try_from(attribute + 1).ok()?;
    let start_of_attribute = first.span.end.column.saturating_sub(dot);
    Some(usize::from(at.column > start_of_attribute))
}

/// Returns the range of the tag of a short form, such as `!GetAtt` for `Fn::GetAtt`.
fn find_tag(whole: Span, function: &str) -> Span {
    let name = function.strip_prefix("Fn::").unwrap_or(function);
    let mut tag = whole;
    tag.end = whole.start;
    tag.end.column += 1 + u32::try_from(name.len()).unwrap_or_default();
    tag
}

fn contains(span: Span, at: Position) -> bool {
    span.start <= at && at <= span.end
}

/// Returns the type of a resource of the template.
pub(super) fn type_of_resource(root: &Node, name: &str) -> Option<&'static ResourceType> {
    let declared = root.get("Resources")?.get(name)?.get("Type")?;
    resource(declared.scalar_text()?)
}

impl<'n> Place<'n> {
    /// Returns the last step of the path, if it is a key.
    pub(super) fn last_key(&self) -> Option<&'n str> {
        match self.path.last()? {
            Step::Key(key) => Some(key),
            Step::Index(_) => None,
        }
    }

    /// Returns what the key or value means.
    pub(super) fn find_meaning(&self, root: &'n Node) -> Meaning<'n> {
        use Step::{Index, Key};
        if let [.., Key(name)] = self.path.as_slice()
            && self.is_key
            && is_function(name)
        {
            return Meaning::Function(name);
        }
        if !self.is_key
            && let Some(meaning) = self.function_argument()
        {
            return meaning;
        }
        match self.path.as_slice() {
            [Key(_)] if self.is_key => Meaning::Section,
            [Key(section), Key(name)] if self.is_key => Meaning::Declaration(section, name),
            [Key("Resources"), Key(_), Key(_)] if self.is_key => Meaning::ResourceAttribute,
            [Key("Resources"), Key(_), Key("Type")] => Meaning::ResourceTypeName,
            [Key("Resources"), Key(_), Key("DependsOn")]
            | [Key("Resources"), Key(_), Key("DependsOn"), Index(_)] => Meaning::ResourceName,
            [Key("Resources" | "Outputs"), Key(_), Key("Condition")] => Meaning::ConditionName,
            [Key("Resources"), Key(name), Key("Properties"), rest @ ..] => {
                let spot = type_of_resource(root, name).and_then(|ty| walk_properties(ty, rest));
                match spot {
                    Some(spot) if self.is_key => Meaning::Property(spot),
                    Some(spot) => Meaning::PropertyValue(spot),
                    None => Meaning::Other,
                }
            }
            [Key("Resources" | "Parameters"), Key(_), Key(attribute)] => {
                Meaning::Attribute(attribute)
            }
            _ => Meaning::Other,
        }
    }

    /// Returns the meaning of an argument of an intrinsic function.
    fn function_argument(&self) -> Option<Meaning<'n>> {
        use Step::{Index, Key};
        Some(match self.path.as_slice() {
            [.., Key("Ref")] => Meaning::Reference,
            [.., Key("Fn::GetAtt")] => Meaning::DottedAttribute,
            [.., Key("Fn::GetAtt"), Index(0)] => Meaning::ResourceName,
            [.., Key("Fn::GetAtt"), Index(1)] => Meaning::AttributeName,
            [.., Key("Fn::Sub")] | [.., Key("Fn::Sub"), Index(0)] => Meaning::Substitution,
            [.., Key("Fn::If"), Index(0)] => Meaning::ConditionName,
            [.., Key("Condition")] if self.path.len() != 3 => Meaning::ConditionName,
            [.., Key("Fn::FindInMap"), Index(0)] => Meaning::MappingName,
            _ => return None,
        })
    }
}

/// Returns `true` for the key of an intrinsic function.
pub(super) fn is_function(name: &str) -> bool {
    name == "Ref" || (name.starts_with("Fn::") && !name.starts_with("Fn::ForEach::"))
}
