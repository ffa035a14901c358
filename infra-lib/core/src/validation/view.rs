//! The form of a value that the checks need: [`View`] is implemented by the values of a program and by those of a template file.

use serde_json::Value as JsonValue;

/// The entries of a map in their order, with unique keys.
pub type Entries<'t, V> = Vec<(&'t str, V)>;

/// Returns the value of a key, or `None` if the map has no such key.
pub(super) fn find_entry<V: Copy>(entries: &Entries<'_, V>, key: &str) -> Option<V> {
    let found = entries.iter().find(|(name, _)| *name == key);
    found.map(|(_, value)| *value)
}

/// Returns a literal as text. Dynamic references are not literals.
pub(super) fn literal_form<V>(form: &Form<'_, V>) -> Option<String> {
    match form {
        Form::Text(text) if !text.contains("{{resolve:") => Some((*text).to_owned()),
        Form::Number(number) => Some(number.clone()),
        Form::Bool(value) => Some(value.to_string()),
        _ => None,
    }
}

/// Returns the text of a value that is a literal.
pub(super) fn literal_text<'t, V: View<'t>>(value: V) -> Option<String> {
    literal_form(&value.form())
}

/// A value of a template in any representation, usually a reference to it. `'t` is the lifetime of the template.
pub trait View<'t>: Copy {
    /// The change that resolves a `null`, in the words of the representation.
    const NO_VALUE_HELP: &'static str;

    /// `true` if the forms of literal identifiers, such as `vpc-…`, are checked. Programs often have placeholders instead.
    const CHECKS_IDENTIFIERS: bool;

    /// `true` for values of a program, whose constructs report some mistakes with codes of their own.
    const IS_PROGRAM: bool = false;

    /// `true` if findings about cases of conditions are checked against the conditions of the template.
    const SOLVES_CONDITIONS: bool;

    /// Returns the form of the value.
    fn form(self) -> Form<'t, Self>;

    /// Returns the name of the condition of `Fn::If`.
    fn condition(self) -> Option<&'t str>;

    /// Returns the value as JSON, for messages and to compare values.
    fn to_json(self) -> JsonValue;
}

/// The form of a value.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Form<'t, V> {
    /// A null, which CloudFormation refuses in properties.
    Null,
    /// A boolean.
    Bool(bool),
    /// A number, as text.
    Number(String),
    /// Text without functions.
    Text(&'t str),
    /// A list of values.
    List(Vec<V>),
    /// A map that is not a function.
    Map(Entries<'t, V>),
    /// `Ref` of `AWS::NoValue`, which removes the property or the item.
    NoValue,
    /// `Fn::If`, with the value if the condition holds and the value otherwise.
    If(V, V),
    /// `Ref` with a name, and the type of the returned value.
    Ref(&'t str, Returned),
    /// `Fn::GetAtt` with a name and an attribute, and the type of the returned value.
    GetAtt(&'t str, &'t str, Returned),
    /// Another function, with the type of the returned value.
    Function(Returned),
}

/// The type of the value that a function returns.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum Returned {
    /// Text, which CloudFormation converts to numbers and booleans.
    Text,
    /// A list.
    List,
    /// Decided at deployment, or unknown.
    Unknown,
}
