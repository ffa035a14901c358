//! Conversion of values to the arguments of setters, and their comparison.

use serde_json::Value as JsonValue;

use super::recipe::Kind;
use super::{Arg, Call, Context};
use crate::convert::expression::{as_intrinsic, scalar_text};
use crate::convert::types::{Bindings, Meaning};

/// Returns `true` if CloudFormation understands two values as the same: `80` equals `"80"`.
pub(super) fn is_same(left: &JsonValue, right: &JsonValue) -> bool {
    match (left, right) {
        (JsonValue::Array(left), JsonValue::Array(right)) => {
            left.len() == right.len() && left.iter().zip(right).all(|(a, b)| is_same(a, b))
        }
        (JsonValue::Object(left), JsonValue::Object(right)) => {
            left.len() == right.len()
                && left
                    .iter()
                    .all(|(key, value)| right.get(key).is_some_and(|other| is_same(value, other)))
        }
        _ => match (scalar_text(left), scalar_text(right)) {
            (Some(left), Some(right)) => left == right,
            _ => left == right,
        },
    }
}

/// Returns `true` if the value is the text of a JSON literal.
pub(super) fn is_json(value: &JsonValue, text: &str) -> bool {
    serde_json::from_str(text).is_ok_and(|expected| is_same(value, &expected))
}

/// Returns a whole number without sign.
pub(super) fn whole(value: &JsonValue) -> Option<u64> {
    let text = scalar_text(value)?;
    let number: u64 = text.parse().ok()?;
    (number.to_string() == text).then_some(number)
}

/// Returns a boolean, which a template may have as text.
pub(super) fn flag(value: &JsonValue) -> Option<bool> {
    scalar_text(value)?.parse().ok()
}

/// Returns `Duration::…` in the largest unit that has no remainder.
pub(super) fn duration(seconds: u64) -> Arg<'static> {
    let units = [(86_400, "days"), (3_600, "hours"), (60, "minutes")];
    let (size, unit) = units
        .into_iter()
        .find(|(size, _)| seconds >= *size && seconds.is_multiple_of(*size))
        .unwrap_or((1, "seconds"));
    Arg::Core("Duration", format!("::{unit}({})", seconds / size))
}

/// Returns `Size::…` in the largest unit that has no remainder.
pub(super) fn mebibytes(size: u64) -> Arg<'static> {
    if size >= 1_024 && size.is_multiple_of(1_024) {
        return Arg::Core("Size", format!("::gib({})", size / 1_024));
    }
    Arg::Core("Size", format!("::mib({size})"))
}

/// Returns `true` for a text, or a function that returns one.
pub(super) fn is_text(value: &JsonValue) -> bool {
    scalar_text(value).is_some() || as_intrinsic(value).is_some()
}

/// Returns the resource that a `Ref` or an attribute refers to.
pub(super) fn target<'s>(value: &'s JsonValue, attribute: Option<&str>) -> Option<&'s str> {
    match (as_intrinsic(value)?, attribute) {
        (("Ref", name), None) => name.as_str(),
        (("Fn::GetAtt", argument), Some(attribute)) => {
            let (name, found) = crate::convert::expression::get_att(argument)?;
            (found == attribute).then_some(name)
        }
        _ => None,
    }
}

/// Returns the calls that set a property, or `None` if no setter takes its value.
pub(super) fn convert<'s>(
    context: &Context<'_, 's>,
    setter: &'static str,
    kind: Kind,
    service: &'static str,
    value: &'s JsonValue,
) -> Option<Vec<Call<'s>>> {
    let one = |arg| Some(vec![(setter, vec![arg])]);
    match kind {
        Kind::Text if is_text(value) => one(Arg::Value(value, Meaning::String)),
        Kind::Arn(resource) if is_text(value) => {
            one(Arg::Value(value, Meaning::Reference("Arn", resource)))
        }
        Kind::Seconds => one(duration(whole(value)?)),
        Kind::Days => one(duration(whole(value)?.checked_mul(86_400)?)),
        Kind::Bytes => {
            let bytes = whole(value)?;
            bytes
                .is_multiple_of(1_048_576)
                .then(|| vec![(setter, vec![mebibytes(bytes / 1_048_576)])])
        }
        Kind::Whole => one(Arg::Plain(whole(value)?.to_string())),
        Kind::Flag => one(Arg::Plain(flag(value)?.to_string())),
        Kind::Choice(ty, choices) => {
            let text = scalar_text(value)?;
            let (_, path) = choices.iter().find(|(name, _)| *name == text)?;
            one(Arg::Item(service, ty, format!("::{path}")))
        }
        Kind::Other(convert) => convert(context, value),
        Kind::Read => Some(Vec::new()),
        Kind::Text | Kind::Arn(_) => None,
    }
}

impl<'s> Context<'_, 's> {
    /// Returns the type that the bindings have for a property of the resource.
    pub(super) fn meaning(&self, name: &str) -> Option<Meaning<'s>> {
        let bindings = Bindings {
            schema: self.schema,
            has_unique_module: false,
        };
        let meaning = bindings.property_meaning(None, self.schema.property(name)?);
        Some(meaning)
    }

    /// Returns the ID of a resource that is this construct, if a value refers to it.
    pub(super) fn construct(
        &self,
        value: &'s JsonValue,
        attribute: Option<&str>,
        construct: &str,
    ) -> Option<&'s str> {
        let id = target(value, attribute)?;
        let found = self.matches.get(id)?;
        (found.recipe.name() == construct).then_some(id)
    }
}
