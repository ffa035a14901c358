//! The property bag under every generated binding, and the macros that the bindings are made of.

use std::borrow::Cow;

use crate::value::{Data, IntoValue, Map};

/// Properties of a resource or of a property type, in the order in which they were set.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Props(pub(crate) Map);

impl Props {
    /// No properties.
    pub const fn new() -> Self {
        Self(Map::new())
    }

    /// Sets a property of meaning `T`.
    pub fn set<T: ?Sized>(&mut self, name: &'static str, value: impl IntoValue<T>) {
        self.0
            .insert(Cow::Borrowed(name), value.into_value().into_data());
    }

    /// The data of a property, when it was set.
    pub fn get(&self, name: &str) -> Option<&Data> {
        self.0.get(name)
    }

    /// The data at a dotted path (`Rules.0.Id`), when there is any.
    pub fn get_path(&self, path: &str) -> Option<&Data> {
        match path.split_once('.') {
            None => self.get(path),
            Some((head, rest)) => self.get(head)?.pointer(rest),
        }
    }

    /// Sets the data at a dotted path (`VersioningConfiguration.Status`, `Rules.0.Id`), known to the bindings or not.
    ///
    /// # Errors
    ///
    /// The part of the path that leads through a literal or an intrinsic function.
    pub fn set_path(&mut self, path: &str, data: impl Into<Data>) -> Result<(), String> {
        self.0.set_path(path, data.into())
    }

    /// The data at a dotted path, to be changed in place.
    pub fn get_path_mut(&mut self, path: &str) -> Option<&mut Data> {
        self.0.get_path_mut(path)
    }

    /// Removes the data at a dotted path.
    pub fn remove_path(&mut self, path: &str) -> Option<Data> {
        self.0.remove_path(path)
    }

    /// All properties.
    pub fn as_map(&self) -> &Map {
        &self.0
    }

    /// All properties, to be changed.
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
    /// An object's entries, also those of a macro in place of properties (`Fn::Transform`); anything else gives no
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

/// Declares a property type: a typed view of a [`Props`] bag.
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

        // Inherent, not `From` impls: thousands of those beside the blanket ones of `core` cost the
        // compiler a comparison each.
        impl $name {
            /// Takes properties as they are, unchecked until synthesis.
            pub fn from_props(props: $crate::Props) -> Self {
                Self(props)
            }

            /// The properties as an untyped bag.
            pub fn into_props(self) -> $crate::Props {
                self.0
            }
        }
    };
}

/// Declares an open set of named values: the known ones as constants, any other through `other`.
#[macro_export]
macro_rules! string_enum {
    ($(#[$meta:meta])* $name:ident { $($(#[$vmeta:meta])* $variant:ident = $text:literal),* $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Debug, Eq, PartialEq)]
        pub struct $name(std::borrow::Cow<'static, str>);

        impl $name {
            $($(#[$vmeta])* #[doc = concat!("`", $text, "`")] pub const $variant: Self = Self(std::borrow::Cow::Borrowed($text));)*

            /// A value that this version of the bindings does not know.
            pub fn other(value: impl Into<std::borrow::Cow<'static, str>>) -> Self {
                Self(value.into())
            }

            /// The text used in templates.
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

/// Declares a resource type: its properties and the handle to a resource that was added to the tree.
#[macro_export]
macro_rules! resource_type {
    ($(#[$meta:meta])* $name:ident, $props:ident, $type_name:literal, ref: $ref:ty) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug)]
        pub struct $name<'app>($crate::Resource<'app>);

        impl<'app> $name<'app> {
            /// The CloudFormation type.
            pub const TYPE: &'static str = $type_name;

            /// What `Ref` gives for this resource.
            pub fn ref_(&self) -> $crate::Value<$ref> {
                self.0.ref_value()
            }

            /// Changes the properties of the resource after it was added.
            pub fn modify(&self, change: impl FnOnce($props) -> $props) {
                self.0.modify_props(|bag| {
                    let typed = change($props(std::mem::take(bag)));
                    *bag = typed.0;
                });
            }

            /// The handle of a resource of this type, when `resource` is one.
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

        impl $props {
            /// Takes properties as they are, unchecked until synthesis.
            pub fn from_props(props: $crate::Props) -> Self {
                Self(props)
            }

            /// The properties as an untyped bag.
            pub fn into_props(self) -> $crate::Props {
                self.0
            }

            /// Adds the resource under `scope` with that construct id.
            #[track_caller]
            pub fn build<'app>(self, scope: impl $crate::Construct<'app>, id: &str) -> $name<'app> {
                $name($crate::add_resource(scope, id, $type_name, self.0))
            }
        }
    };
}
