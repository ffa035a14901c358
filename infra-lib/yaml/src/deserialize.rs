//! Deserializes a tree into types that implement serde's `Deserialize`, with positions in errors.

use serde::de::value::StrDeserializer;
use serde::de::{
    DeserializeOwned, DeserializeSeed, Deserializer, EnumAccess, IntoDeserializer, MapAccess,
    SeqAccess, Unexpected, VariantAccess, Visitor,
};
use serde::forward_to_deserialize_any;

use crate::error::{Error, Step};
use crate::node::{Entry, Map, Node, Value};
use crate::position::Span;

impl Node {
    /// Deserializes the value into `T`.
    ///
    /// Plain YAML scalars of other types, such as `0644`, are read as text if `T` requires text. An empty document is an empty map if `T` requires a
    /// map.
    ///
    /// ```
    /// use infra_yaml::{Rules, read_yaml};
    ///
    /// let tree = read_yaml("sizes: [1, two]\n", &Rules::yaml_1_2()).unwrap();
    /// let sizes = tree.deserialize::<std::collections::BTreeMap<String, Vec<u8>>>();
    /// assert_eq!(
    ///     sizes.unwrap_err().to_string(),
    ///     "sizes[1]: invalid type: string \"two\", expected u8 at line 1 column 12",
    /// );
    /// ```
    ///
    /// # Errors
    ///
    /// Returns the error of the first value that does not fit its type, with its path and position: that of the key for an unknown key, that of the
    /// map for a missing one.
    pub fn deserialize<T: DeserializeOwned>(&self) -> Result<T, Error> {
        let read = match (T::deserialize(self), &self.value) {
            (Err(_), Value::Null) => {
                let empty = Self::new(Value::Map(Map::default()), self.span);
                T::deserialize(&empty)
            }
            (read, _) => read,
        };
        read.map_err(|error| error.or_with_span(self.span))
    }

    fn accept_visitor<'de, V: Visitor<'de>>(&'de self, visitor: V) -> Result<V::Value, Error> {
        match &self.value {
            Value::Null => visitor.visit_unit(),
            Value::Bool(value) => visitor.visit_bool(*value),
            Value::Number(number) => match (number.as_u64(), number.as_i64(), number.as_f64()) {
                (Some(number), ..) => visitor.visit_u64(number),
                (_, Some(number), _) => visitor.visit_i64(number),
                (.., number) => visitor.visit_f64(number.unwrap_or(f64::NAN)),
            },
            Value::String(text) => visitor.visit_borrowed_str(text),
            Value::List(items) => {
                let items = items.iter().enumerate();
                visitor.visit_seq(Items { items })
            }
            Value::Map(map) => visitor.visit_map(Entries {
                entries: map.entries().iter(),
                entry: None,
            }),
        }
    }

    fn as_unexpected(&self) -> Unexpected<'_> {
        match &self.value {
            Value::Null => Unexpected::Unit,
            Value::Bool(value) => Unexpected::Bool(*value),
            Value::Number(_) => Unexpected::Other("number"),
            Value::String(text) => Unexpected::Str(text),
            Value::List(_) => Unexpected::Seq,
            Value::Map(_) => Unexpected::Map,
        }
    }
}

impl<'de> Deserializer<'de> for &'de Node {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.accept_visitor(visitor)
            .map_err(|error| error.or_with_span(self.span))
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.scalar_text() {
            Some(text) => visitor
                .visit_borrowed_str(text)
                .map_err(|error: Error| error.or_with_span(self.span)),
            None => self.deserialize_any(visitor),
        }
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_str(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let read = match self.value {
            Value::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        };
        read.map_err(|error| error.or_with_span(self.span))
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        let read = visitor.visit_newtype_struct(self);
        read.map_err(|error| error.or_with_span(self.span))
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        let variant = match &self.value {
            Value::String(name) => Ok(Variant {
                name,
                span: self.span,
                content: None,
            }),
            Value::Map(map) => match map.entries() {
                [entry] => Ok(Variant {
                    name: &entry.key,
                    span: entry.key_span,
                    content: Some(&entry.value),
                }),
                _ => Err(serde::de::Error::invalid_value(
                    Unexpected::Map,
                    &"a map with one key",
                )),
            },
            _ => Err(serde::de::Error::invalid_type(
                self.as_unexpected(),
                &"a name, or a map with one key",
            )),
        };
        let read = variant.and_then(|variant| visitor.visit_enum(variant));
        read.map_err(|error: Error| error.or_with_span(self.span))
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char bytes byte_buf unit unit_struct seq tuple
        tuple_struct map struct identifier ignored_any
    }
}

struct Items<'de> {
    items: std::iter::Enumerate<std::slice::Iter<'de, Node>>,
}

impl<'de> SeqAccess<'de> for Items<'de> {
    type Error = Error;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Error> {
        let Some((at, node)) = self.items.next() else {
            return Ok(None);
        };
        let read = seed.deserialize(node);
        read.map(Some).map_err(|error| {
            error
                .or_with_span(node.span)
                .with_parent_step(Step::Item(at))
        })
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.items.len())
    }
}

struct Entries<'de> {
    entries: std::slice::Iter<'de, Entry>,
    /// The entry whose key was read last.
    entry: Option<&'de Entry>,
}

impl<'de> MapAccess<'de> for Entries<'de> {
    type Error = Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Error> {
        self.entry = self.entries.next();
        let Some(entry) = self.entry else {
            return Ok(None);
        };
        let key = Key(&entry.key);
        let read = seed.deserialize(key);
        read.map(Some)
            .map_err(|error| error.or_with_span(entry.key_span))
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Error> {
        let Some(entry) = self.entry.take() else {
            return Err(serde::de::Error::custom(
                "a value was requested before its key",
            ));
        };
        let error = |error: Error| {
            let error = error.or_with_span(entry.value.span);
            error.with_parent_step(Step::Key(entry.key.clone()))
        };
        seed.deserialize(&entry.value).map_err(error)
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.entries.len())
    }
}

/// A map key: text, or the number or boolean that the key type of the map requires.
struct Key<'de>(&'de str);

/// Reads a key as a type with `FromStr`. A key that does not parse is visited as text, so that the type reports its usual message.
macro_rules! parsed {
    ($($deserialize:ident $visit:ident)*) => {
        $(fn $deserialize<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
            match self.0.parse() {
                Ok(value) => visitor.$visit(value),
                Err(_) => visitor.visit_borrowed_str(self.0),
            }
        })*
    };
}

impl<'de> Deserializer<'de> for Key<'de> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_borrowed_str(self.0)
    }

    parsed! {
        deserialize_bool visit_bool
        deserialize_i8 visit_i8 deserialize_i16 visit_i16 deserialize_i32 visit_i32 deserialize_i64 visit_i64
        deserialize_u8 visit_u8 deserialize_u16 visit_u16 deserialize_u32 visit_u32 deserialize_u64 visit_u64
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        let name: StrDeserializer<'_, Error> = self.0.into_deserializer();
        visitor.visit_enum(name)
    }

    forward_to_deserialize_any! {
        i128 u128 f32 f64 char str string bytes byte_buf unit unit_struct seq tuple tuple_struct map struct
        identifier ignored_any
    }
}

/// A variant of an enum: its name, or a map from its name to its content.
struct Variant<'de> {
    name: &'de str,
    span: Span,
    content: Option<&'de Node>,
}

impl<'de> EnumAccess<'de> for Variant<'de> {
    type Error = Error;
    type Variant = Content<'de>;

    fn variant_seed<V: DeserializeSeed<'de>>(
        self,
        seed: V,
    ) -> Result<(V::Value, Content<'de>), Error> {
        let read = seed.deserialize(Key(self.name));
        let name = read.map_err(|error| error.or_with_span(self.span))?;
        let content = Content {
            name: self.name,
            node: self.content,
        };
        Ok((name, content))
    }
}

/// The content of a variant, if any.
struct Content<'de> {
    name: &'de str,
    node: Option<&'de Node>,
}

impl<'de> Content<'de> {
    fn read_content<T>(self, read: impl FnOnce(&'de Node) -> Result<T, Error>) -> Result<T, Error> {
        let Some(node) = self.node else {
            return Err(serde::de::Error::custom(format_args!(
                "`{0}` needs a value: write `{0}: …`",
                self.name
            )));
        };
        let error = |error: Error| {
            let error = error.or_with_span(node.span);
            error.with_parent_step(Step::Key(self.name.to_owned()))
        };
        read(node).map_err(error)
    }
}

impl<'de> VariantAccess<'de> for Content<'de> {
    type Error = Error;

    fn unit_variant(self) -> Result<(), Error> {
        match self.node {
            Some(_) => self.read_content(serde::Deserialize::deserialize),
            None => Ok(()),
        }
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, Error> {
        self.read_content(|node| seed.deserialize(node))
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Error> {
        self.read_content(|node| node.deserialize_seq(visitor))
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.read_content(|node| node.deserialize_map(visitor))
    }
}
