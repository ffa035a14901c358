//! Rust types of properties, determined as in the generator of the bindings.

use infra_schema::model::{By, Definition, Property, ResourceType, Shape, Text, Type};

use crate::emit::enums;
use crate::names;

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
    pub(super) alone: bool,
}

impl<'s> Bindings<'s> {
    pub(super) fn of(type_name: &str) -> Option<Self> {
        let schema = infra_schema::resource(type_name)?;
        // A type that accepts any property has few typed ones; raw JSON is more readable.
        (!schema.open).then_some(Self {
            schema,
            alone: false,
        })
    }

    pub(super) fn service(self) -> String {
        self.schema.service()
    }

    /// Returns the path of the handle, `s3::CfnBucket`, to which `Props` or `Required` is added.
    pub(super) fn handle(self) -> String {
        crate::handle_path(&self.schema.name)
    }

    /// Returns the name of the module of property types, `bucket`.
    pub(super) fn module_name(self) -> String {
        names::snake(self.schema.short_name())
    }

    /// Returns the path of the module of property types: `bucket` if it is imported, otherwise `s3::bucket`.
    pub(super) fn module(self) -> String {
        if self.alone {
            return self.module_name();
        }
        format!(
            "{}::{}",
            self.service(),
            names::snake(self.schema.short_name())
        )
    }

    /// Returns the path of a property type.
    pub(super) fn definition(self, name: &str) -> String {
        format!("{}::{}", self.module(), names::pascal(name))
    }

    /// Returns the meaning of a property of the resource or of one of its property types.
    pub(super) fn property(
        self,
        owner: Option<&'s Definition>,
        property: &'s Property,
    ) -> Meaning<'s> {
        let name = enums::inline_name(self.schema, owner, property);
        self.shape(&property.shape, &|| {
            Some(format!("{}::{name}", self.module()))
        })
    }

    /// Returns the method and meaning of an attribute, if the bindings have a method for it.
    pub(super) fn attribute(self, name: &str) -> Option<(String, Meaning<'s>)> {
        if crate::emit::resource::SAME.contains(&(&*self.schema.name, name)) {
            return None;
        }
        let attribute = self
            .schema
            .attribute(name)
            .filter(|attribute| attribute.name == name)?;
        let method = format!("attr_{}", names::bare_snake(name));
        Some((method, self.shape(&attribute.shape, &|| None)))
    }

    /// Returns the meaning of `Ref`.
    pub(super) fn reference(self) -> Meaning<'s> {
        match self.schema.ref_returns.kind {
            Some(kind) => Meaning::Reference(kind.word(), &self.schema.name),
            None => Meaning::String,
        }
    }

    fn shape(self, shape: &'s Shape, enumeration: &dyn Fn() -> Option<String>) -> Meaning<'s> {
        match &shape.ty {
            Type::String if enums::is_closed(shape) => match enumeration() {
                Some(path) => Meaning::Enumeration(path, &shape.values),
                None => Meaning::String,
            },
            Type::String => match &shape.targets[..] {
                [only] => match only.by {
                    By::Kind(kind) => Meaning::Reference(kind.word(), &only.resource),
                    By::Property(_) => Meaning::String,
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
                Some(alias) => Meaning::Enumeration(self.definition(name), &alias.values),
                None => Meaning::Definition(name),
            },
            Type::List(item) => Meaning::List(Box::new(self.shape(item, enumeration))),
            Type::Map(value) => Meaning::Map(Box::new(self.shape(value, enumeration))),
            Type::Union(members) if members.iter().any(|member| member.ty == Type::String) => {
                Meaning::String
            }
            Type::Union(_) => Meaning::Json,
        }
    }
}

impl Meaning<'_> {
    /// Returns `true` if the bindings accept a value of this meaning for `wanted`.
    pub(super) fn fits(&self, wanted: &Self) -> bool {
        match (self, wanted) {
            (Self::Reference(..), Self::String) => true,
            (Self::List(item), Self::List(wanted)) => item.fits(wanted),
            _ => self == wanted,
        }
    }

    /// Returns `true` for every kind of text.
    pub(super) fn is_text(&self) -> bool {
        matches!(self, Self::String | Self::Reference(..))
    }

    /// Returns the type argument of a generic function. For text, several types would be accepted, so the compiler
    /// cannot infer one.
    pub(super) fn turbofish(&self) -> &'static str {
        match self {
            Self::String => "::<String>",
            Self::List(item) if **item == Self::String => "::<Vec<String>>",
            _ => "",
        }
    }
}
