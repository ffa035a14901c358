//! Rust types of properties, determined as in the generator of the bindings.

use infra_schema::model::{Definition, Property, ResourceType, Shape, TargetAttribute, Text, Type};
use infra_schema::rust_names;

use crate::emit::enums;

/// Meaning of a value: the `T` of `Value<T>`.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Meaning<'s> {
    String,
    /// `Arn<…>`, `Id<…>` or `Name<…>`, with the resource type.
    Reference(&'static str, &'s str),
    /// An enumeration: its path and its values.
    Enumeration(String, &'s [Text]),
    Integer,
    Number,
    Boolean,
    Json,
    /// A property type, by its name in the schema.
    Definition(&'s str),
    List(Box<Self>),
    Map(Box<Self>),
}

/// Location of the bindings of a resource type.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bindings<'s> {
    pub(super) schema: &'s ResourceType,
    /// `true` if the module of its property types can be imported, because its name is unique.
    pub(super) has_unique_module: bool,
}

impl<'s> Bindings<'s> {
    pub(super) fn for_type(type_name: &str) -> Option<Self> {
        let schema = infra_schema::resource(type_name)?;
        // A type that accepts any property has few typed ones; raw JSON is more readable.
        (!schema.open).then_some(Self {
            schema,
            has_unique_module: false,
        })
    }

    pub(super) fn service_name(self) -> String {
        self.schema.service_name()
    }

    /// Returns the path of the handle, `s3::CfnBucket`, to which `Props` or `Required` is added.
    pub(super) fn handle_path(self) -> String {
        crate::handle_path(&self.schema.name)
    }

    /// Returns the name of the module of property types, `bucket`.
    pub(super) fn module_name(self) -> String {
        rust_names::to_snake_case(self.schema.short_name())
    }

    /// Returns the path of the module of property types: `bucket` if it is imported, otherwise `s3::bucket`.
    pub(super) fn module_path(self) -> String {
        if self.has_unique_module {
            return self.module_name();
        }
        format!(
            "{}::{}",
            self.service_name(),
            rust_names::to_snake_case(self.schema.short_name())
        )
    }

    /// Returns the path of a property type.
    pub(super) fn definition_path(self, name: &str) -> String {
        format!(
            "{}::{}",
            self.module_path(),
            rust_names::to_pascal_case(name)
        )
    }

    /// Returns the meaning of a property of the resource or of one of its property types.
    pub(super) fn property_meaning(
        self,
        owner: Option<&'s Definition>,
        property: &'s Property,
    ) -> Meaning<'s> {
        let name = rust_names::enumeration_name(owner, property);
        self.shape_meaning(&property.shape, &|| {
            Some(format!("{}::{name}", self.module_path()))
        })
    }

    /// Returns the method and meaning of an attribute, if the bindings have a method for it.
    pub(super) fn attribute_method(self, name: &str) -> Option<(String, Meaning<'s>)> {
        if crate::emit::resource::SAME.contains(&(&*self.schema.name, name)) {
            return None;
        }
        let attribute = self
            .schema
            .attribute(name)
            .filter(|attribute| attribute.name == name)?;
        let method = format!("attr_{}", rust_names::to_bare_snake_case(name));
        Some((method, self.shape_meaning(&attribute.shape, &|| None)))
    }

    /// Returns the meaning of `Ref`.
    pub(super) fn ref_meaning(self) -> Meaning<'s> {
        match self.schema.ref_returns.kind {
            Some(kind) => Meaning::Reference(kind.as_word(), &self.schema.name),
            None => Meaning::String,
        }
    }

    fn shape_meaning(
        self,
        shape: &'s Shape,
        enumeration: &dyn Fn() -> Option<String>,
    ) -> Meaning<'s> {
        match &shape.ty {
            Type::String if enums::is_closed(shape) => match enumeration() {
                Some(path) => Meaning::Enumeration(path, &shape.values),
                None => Meaning::String,
            },
            Type::String => match &shape.targets[..] {
                [only] => match only.by {
                    TargetAttribute::Kind(kind) => {
                        Meaning::Reference(kind.as_word(), &only.resource)
                    }
                    TargetAttribute::Property(_) => Meaning::String,
                },
                _ => Meaning::String,
            },
            Type::Integer => Meaning::Integer,
            Type::Number => Meaning::Number,
            Type::Boolean => Meaning::Boolean,
            Type::Json => Meaning::Json,
            Type::Definition(name) => match self
                .schema
                .definition(name)
                .and_then(|found| found.alias.as_ref())
            {
                Some(alias) => Meaning::Enumeration(self.definition_path(name), &alias.values),
                None => Meaning::Definition(name),
            },
            Type::List(item) => Meaning::List(Box::new(self.shape_meaning(item, enumeration))),
            Type::Map(value) => Meaning::Map(Box::new(self.shape_meaning(value, enumeration))),
            Type::Union(members) if members.iter().any(|member| member.ty == Type::String) => {
                Meaning::String
            }
            Type::Union(_) => Meaning::Json,
        }
    }
}

impl Meaning<'_> {
    /// Returns `true` if the bindings accept a value of this meaning for `wanted`.
    pub(super) fn is_assignable_to(&self, wanted: &Self) -> bool {
        match (self, wanted) {
            (Self::Reference(..), Self::String) => true,
            (Self::List(item), Self::List(wanted)) => item.is_assignable_to(wanted),
            _ => self == wanted,
        }
    }

    /// Returns `true` for every kind of text.
    pub(super) fn is_text(&self) -> bool {
        matches!(self, Self::String | Self::Reference(..))
    }

    /// Returns the type argument of a generic function. For text, several types would be accepted, so the compiler
    /// cannot infer one.
    pub(super) fn turbofish_suffix(&self) -> &'static str {
        match self {
            Self::String => "::<String>",
            Self::List(item) if **item == Self::String => "::<Vec<String>>",
            _ => "",
        }
    }
}
