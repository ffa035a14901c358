//! Untyped properties, [`Props`], on which every generated binding is built, and the macros that declare bindings.

use std::borrow::Cow;

use crate::value::{Data, IntoValue, Map};

/// Properties of a resource or of a property type by CloudFormation name, in the order in which they were set.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Props(pub(crate) Map);

impl Props {
    /// Creates an empty set of properties.
    pub const fn new() -> Self {
        Self(Map::new())
    }

    /// Sets a property, replacing an earlier value. `T` is the type that the binding expects.
    pub fn set<T: ?Sized>(&mut self, name: &'static str, value: impl IntoValue<T>) {
        self.0
            .insert(Cow::Borrowed(name), value.into_value().into_data());
    }

    /// Returns the value of a property, or `None` if it is not set.
    pub fn get(&self, name: &str) -> Option<&Data> {
        self.0.get(name)
    }

    /// Returns the value at a path of names and list indexes separated by dots (`Rules.0.Id`), or `None` if the path leads nowhere.
    pub fn get_path(&self, path: &str) -> Option<&Data> {
        match path.split_once('.') {
            None => self.get(path),
            Some((head, rest)) => self.get(head)?.pointer(rest),
        }
    }

    /// Sets the value at a path of names and list indexes separated by dots (`VersioningConfiguration.Status`, `Rules.0.Id`). Missing maps are
    /// created, and properties unknown to the bindings are allowed.
    ///
    /// # Errors
    ///
    /// Returns the part of the path that leads through a literal or an intrinsic function, which has no members.
    pub fn set_path(&mut self, path: &str, data: impl Into<Data>) -> Result<(), String> {
        self.0.set_path(path, data.into())
    }

    /// Returns a mutable reference to the value at a path separated by dots, or `None` if the path leads nowhere.
    pub fn get_path_mut(&mut self, path: &str) -> Option<&mut Data> {
        self.0.get_path_mut(path)
    }

    /// Removes and returns the value at a path separated by dots.
    pub fn remove_path(&mut self, path: &str) -> Option<Data> {
        self.0.remove_path(path)
    }

    /// Returns all properties as a map from name to value.
    pub fn as_map(&self) -> &Map {
        &self.0
    }

    /// Returns all properties as a mutable map.
    pub fn as_map_mut(&mut self) -> &mut Map {
        &mut self.0
    }
}

impl From<Map> for Props {
    fn from(map: Map) -> Self {
        Self(map)
    }
}

impl From<Props> for Data {
    fn from(props: Props) -> Self {
        Self::Map(props.0)
    }
}

impl From<serde_json::Value> for Props {
    /// Takes the entries of a JSON object, including an intrinsic function in place of properties (`Fn::Transform`). Any other JSON value yields no
    /// properties.
    fn from(json: serde_json::Value) -> Self {
        let serde_json::Value::Object(entries) = json else {
            return Self::new();
        };
        let entries = entries.into_iter();
        Self(
            entries
                .map(|(key, value)| (key, Data::from(value)))
                .collect(),
        )
    }
}

/// Properties of a resource type of the bindings, such as `CfnBucketProps`.
///
/// [`Scope::modify_each`](crate::Scope::modify_each) takes functions of them.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not the type of properties of a resource",
    note = "use the properties of a binding, such as `infra_lib::cfn::s3::CfnBucketProps`"
)]
pub trait ResourceProps {
    /// The CloudFormation resource type, for example `AWS::S3::Bucket`.
    const TYPE: &'static str;

    /// Creates the properties from untyped ones. They are validated at synthesis only.
    fn from_untyped(props: Props) -> Self;

    /// Returns the properties without their types.
    fn into_untyped(self) -> Props;
}

/// Declares a property type: a typed wrapper around [`Props`].
#[macro_export]
macro_rules! property_type {
    ($(#[$meta:meta])* $name:ident) => {
        $(#[$meta])*
        #[derive(Clone, Debug)]
        pub struct $name($crate::Props);

        #[diagnostic::do_not_recommend]
        impl $crate::IntoValue<$name> for $name {
            fn into_value(self) -> $crate::Value<Self> {
                $crate::Value::from_data(self.0.into())
            }
        }

        // Inherent functions instead of `From` impls: thousands of impls next to the blanket impls of `core` slow down trait selection in the
        // compiler.
        impl $name {
            /// Creates the property type from untyped properties. They are validated at synthesis only.
            pub fn from_props(props: $crate::Props) -> Self {
                Self(props)
            }

            /// Returns the properties without their types, for example to set one that the bindings do not have.
            pub fn into_props(self) -> $crate::Props {
                self.0
            }
        }
    };
}

/// Declares an open enumeration: known values are constants, and `other` accepts any other value.
#[macro_export]
macro_rules! string_enum {
    ($(#[$meta:meta])* $name:ident { $($(#[$vmeta:meta])* $variant:ident = $text:literal),* $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Debug, Eq, PartialEq)]
        pub struct $name(std::borrow::Cow<'static, str>);

        impl $name {
            $($(#[$vmeta])* #[doc = concat!("`", $text, "`")] pub const $variant: Self = Self(std::borrow::Cow::Borrowed($text));)*

            /// Creates a value that this version of the bindings does not list, for example one that AWS added later.
            pub fn other(value: impl Into<std::borrow::Cow<'static, str>>) -> Self {
                Self(value.into())
            }

            /// Returns the value as written in templates.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        #[diagnostic::do_not_recommend]
        impl $crate::IntoValue<$name> for $name {
            fn into_value(self) -> $crate::Value<Self> {
                $crate::Value::from_data($crate::Data::Text(self.0))
            }
        }
    };
}

/// Declares a resource type: its properties, and the handle to a resource added to the tree.
#[macro_export]
macro_rules! resource_type {
    ($(#[$meta:meta])* $name:ident, $props:ident, $type_name:literal, ref: $ref:ty) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug)]
        pub struct $name<'app>($crate::Resource<'app>);

        impl<'app> $name<'app> {
            /// The CloudFormation resource type, as in the `Type` attribute of a template.
            pub const TYPE: &'static str = $type_name;

            /// Returns a reference to the resource (`Ref`); the documentation of the resource type describes its value.
            pub fn ref_(&self) -> $crate::Value<$ref> {
                self.0.ref_value()
            }

            /// Changes the properties of the resource after it was added. `change` receives the current properties and returns the new ones.
            pub fn modify(&self, change: impl FnOnce($props) -> $props) {
                self.0.modify_props(|bag| {
                    let typed = change($props(std::mem::take(bag)));
                    *bag = typed.0;
                });
            }

            /// Returns the typed handle of `resource`, or `None` if it is of another type.
            pub fn from_resource(resource: $crate::Resource<'app>) -> Option<Self> {
                (resource.type_name() == $type_name).then_some(Self(resource))
            }
        }

        impl<'app> std::ops::Deref for $name<'app> {
            type Target = $crate::Resource<'app>;

            fn deref(&self) -> &Self::Target {
                &self.0
            }
        }

        #[diagnostic::do_not_recommend]
        impl<'app> $crate::Construct<'app> for $name<'app> {
            fn scope(&self) -> $crate::Scope<'app> {
                self.0.scope()
            }
        }

        #[doc = concat!("Properties of a [`", stringify!($name), "`].")]
        #[derive(Clone, Debug)]
        pub struct $props($crate::Props);

        impl $crate::ResourceProps for $props {
            const TYPE: &'static str = $type_name;

            fn from_untyped(props: $crate::Props) -> Self {
                Self(props)
            }

            fn into_untyped(self) -> $crate::Props {
                self.0
            }
        }

        impl $props {
            /// Creates the properties from untyped ones. They are validated at synthesis only.
            pub fn from_props(props: $crate::Props) -> Self {
                Self(props)
            }

            /// Returns the properties without their types, for example to set one that the bindings do not have.
            pub fn into_props(self) -> $crate::Props {
                self.0
            }

            /// Adds the resource to `scope` under the construct ID `id`, from which its logical ID is derived.
            #[track_caller]
            pub fn build<'app>(self, scope: impl $crate::Construct<'app>, id: &str) -> $name<'app> {
                $name($crate::add_resource(scope, id, $type_name, self.0))
            }
        }
    };
}
