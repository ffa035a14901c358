//! Rust types of shapes.

use infra_schema::model::{Definition, Kind, Property, ResourceType, Shape, TargetAttribute, Type};
use infra_schema::rust_names;

use super::enums;

/// Place of a type, which determines the path to types of the resource.
#[derive(Clone, Copy)]
pub(super) struct Place<'a> {
    pub(super) ty: &'a ResourceType,
    /// Definition that the member belongs to; `None` for properties of the resource.
    pub(super) owner: Option<&'a Definition>,
}

impl Place<'_> {
    /// Returns the path to a type of the resource's module.
    fn qualify_name(self, name: &str) -> String {
        match self.owner {
            Some(_) => name.to_owned(),
            None => format!(
                "{}::{name}",
                rust_names::to_snake_case(self.ty.short_name())
            ),
        }
    }
}

/// Returns the marker type `T` of `Value<T>` for a property.
pub(super) fn render_property_type(place: Place<'_>, property: &Property) -> String {
    let name = rust_names::enumeration_name(place.owner, property);
    render_shape_type(place, &property.shape, &|| place.qualify_name(&name))
}

/// Returns the marker type of an attribute, without the constraints, which do not apply to returned values.
pub(super) fn render_attribute_type(place: Place<'_>, shape: &Shape) -> String {
    render_shape_type(place, shape, &|| "rt::String".to_owned())
}

fn render_shape_type(place: Place<'_>, shape: &Shape, enumeration: &dyn Fn() -> String) -> String {
    match &shape.ty {
        Type::String if enums::is_closed(shape) => enumeration(),
        Type::String => render_text_type(shape),
        Type::Integer => "i64".to_owned(),
        Type::Number => "f64".to_owned(),
        Type::Boolean => "bool".to_owned(),
        Type::Json => "rt::Json".to_owned(),
        Type::Definition(name) => place.qualify_name(&rust_names::to_pascal_case(name)),
        Type::List(item) => format!("rt::Vec<{}>", render_shape_type(place, item, enumeration)),
        Type::Map(value) => {
            format!(
                "rt::BTreeMap<rt::String, {}>",
                render_shape_type(place, value, enumeration)
            )
        }
        Type::Union(members) if members.iter().any(|member| member.ty == Type::String) => {
            "rt::String".to_owned()
        }
        Type::Union(_) => "rt::Json".to_owned(),
    }
}

/// Returns a reference if exactly one kind of resource is possible, otherwise plain text.
fn render_text_type(shape: &Shape) -> String {
    let [only] = &shape.targets[..] else {
        return "rt::String".to_owned();
    };
    match only.by {
        TargetAttribute::Kind(kind) => render_reference_type(kind, &only.resource),
        TargetAttribute::Property(_) => "rt::String".to_owned(),
    }
}

/// Returns `Arn<kind::s3::Bucket>` and similar types.
pub(super) fn render_reference_type(kind: Kind, resource: &str) -> String {
    let wrapper = match kind {
        Kind::Arn => "Arn",
        Kind::Id => "Id",
        Kind::Name => "Name",
    };
    let short = resource.rsplit("::").next().unwrap_or(resource);
    let service = infra_schema::service_of(resource);
    format!(
        "rt::{wrapper}<crate::kind::{service}::{}>",
        rust_names::to_pascal_case(short)
    )
}
