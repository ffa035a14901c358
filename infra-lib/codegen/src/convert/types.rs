//! The types that the bindings give to properties, as the bindings' own generator decides them.

use infra_schema::model::{By, Definition, Property, ResourceType, Shape, Text, Type};

use crate::emit::enums;
use crate::names;

/// The meaning of a value: the `T` of `Value<T>`.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Meaning<'s> {
    String,
    /// `Arn<…>`, `Id<…>` or `Name<…>`: its word and the type of the resource.
    Reference(&'static str, &'s str),
    /// An enumeration: its path and its values.
    Enumeration(String, &'s [Text]),
    Integer,
    Number,
    Boolean,
    Json,
    /// A property type: its name in the schema.
    Definition(&'s str),
    List(Box<Self>),
    Map(Box<Self>),
}

/// Where the bindings of a resource type are.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bindings<'s> {
    pub(super) schema: &'s ResourceType,
    /// Whether the module of its property types can be imported: no other of that name is used.
    pub(super) alone: bool,
}

impl<'s> Bindings<'s> {
    pub(super) fn of(type_name: &str) -> Option<Self> {
        let schema = infra_schema::resource(type_name)?;
        // What takes any property has few typed ones: raw JSON reads better.
        (!schema.open).then_some(Self {
            schema,
            alone: false,
        })
    }

    pub(super) fn service(self) -> String {
        self.schema.service()
    }

    /// `s3::CfnBucket`, to which `Props` or `Required` is added.
    pub(super) fn handle(self) -> String {
        crate::handle_path(&self.schema.name)
    }

    /// `bucket`, the name of the module of property types.
    pub(super) fn module_name(self) -> String {
        names::snake(self.schema.short_name())
    }

    /// The path of the module of property types: `bucket` where that is imported, else `s3::bucket`.
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

    /// The path of a property type.
    pub(super) fn definition(self, name: &str) -> String {
        format!("{}::{}", self.module(), names::pascal(name))
    }

    /// The meaning of a property of the resource or of one of its property types.
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

    /// The meaning of an attribute, when there is a method for it.
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

    /// What `Ref` returns.
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
    /// Whether the bindings take a value of this meaning where `wanted` is asked for.
    pub(super) fn fits(&self, wanted: &Self) -> bool {
        match (self, wanted) {
            (Self::Reference(..), Self::String) => true,
            (Self::List(item), Self::List(wanted)) => item.fits(wanted),
            _ => self == wanted,
        }
    }

    /// Whether it is a kind of text.
    pub(super) fn is_text(&self) -> bool {
        matches!(self, Self::String | Self::Reference(..))
    }

    /// What has to be written behind a generic function: where text is wanted, any kind of text would do, and the
    /// compiler does not choose.
    pub(super) fn turbofish(&self) -> &'static str {
        match self {
            Self::String => "::<String>",
            Self::List(item) if **item == Self::String => "::<Vec<String>>",
            _ => "",
        }
    }
}
