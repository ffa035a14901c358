//! The Rust type of a shape.

use infra_schema::model::{By, Definition, Kind, Property, ResourceType, Shape, Type};

use super::enums;
use crate::names;

/// Where a type is written: decides how the types of the resource are reached.
#[derive(Clone, Copy)]
pub(super) struct Place<'a> {
    pub(super) ty: &'a ResourceType,
    /// The definition a member belongs to; `None` for the resource itself.
    pub(super) owner: Option<&'a Definition>,
}

impl Place<'_> {
    /// Path from here to a type of the resource's own module.
    fn local(self, name: &str) -> String {
        match self.owner {
            Some(_) => name.to_owned(),
            None => format!("{}::{name}", names::snake(self.ty.short_name())),
        }
    }
}

/// The marker type `T` of `Value<T>` for a property.
pub(super) fn of_property(place: Place<'_>, property: &Property) -> String {
    let name = enums::inline_name(place.ty, place.owner, property);
    shape(place, &property.shape, &|| place.local(&name))
}

/// The marker type of an attribute: constraints play no role in what AWS returns.
pub(super) fn of_attribute(place: Place<'_>, shape: &Shape) -> String {
    self::shape(place, shape, &|| "rt::String".to_owned())
}

fn shape(place: Place<'_>, shape: &Shape, enumeration: &dyn Fn() -> String) -> String {
    match &shape.ty {
        Type::String if enums::is_closed(shape) => enumeration(),
        Type::String => text(shape),
        Type::Integer => "i64".to_owned(),
        Type::Number => "f64".to_owned(),
        Type::Boolean => "bool".to_owned(),
        Type::Json => "rt::Json".to_owned(),
        Type::Definition(name) => place.local(&names::pascal(name)),
        Type::List(item) => format!("rt::Vec<{}>", self::shape(place, item, enumeration)),
        Type::Map(value) => {
            format!(
                "rt::BTreeMap<rt::String, {}>",
                self::shape(place, value, enumeration)
            )
        }
        Type::Union(members) if members.iter().any(|member| member.ty == Type::String) => {
            "rt::String".to_owned()
        }
        Type::Union(_) => "rt::Json".to_owned(),
    }
}

/// A reference where exactly one kind of resource can be meant, else plain text.
fn text(shape: &Shape) -> String {
    let [only] = &shape.targets[..] else {
        return "rt::String".to_owned();
    };
    match only.by {
        By::Kind(kind) => reference(kind, &only.resource),
        By::Property(_) => "rt::String".to_owned(),
    }
}

/// `Arn<kind::s3::Bucket>` and the like.
pub(super) fn reference(kind: Kind, resource: &str) -> String {
    let wrapper = match kind {
        Kind::Arn => "Arn",
        Kind::Id => "Id",
        Kind::Name => "Name",
    };
    let short = resource.rsplit("::").next().unwrap_or(resource);
    let service = infra_schema::service_of(resource);
    format!(
        "rt::{wrapper}<crate::kind::{service}::{}>",
        names::pascal(short)
    )
}
