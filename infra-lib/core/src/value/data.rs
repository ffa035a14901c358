//! Property data: JSON values in which intrinsic functions can occur anywhere. [`Data`] is a value, [`Map`] an ordered map.

use std::borrow::Cow;

use super::expr::Expr;

/// A key or piece of text: static in generated code, owned if computed.
pub(crate) type Text = Cow<'static, str>;

/// A JSON value in which an intrinsic function can occur anywhere.
///
/// [`Props`](crate::Props) store their properties as `Data`. Maps keep the order of insertion, so that the same program writes the same bytes.
#[derive(Clone, Debug, PartialEq)]
pub enum Data {
    /// The value `null`. CloudFormation refuses it in properties; it is kept to report a precise finding.
    Null,
    /// The value `true` or `false`.
    Bool(bool),
    /// A whole number, signed and 64 bits wide.
    Int(i64),
    /// A number with a fraction.
    Float(f64),
    /// A piece of text, static or owned.
    Text(Cow<'static, str>),
    /// A list of values.
    List(Vec<Self>),
    /// A map with keys in the order of insertion.
    Map(Map),
    /// An intrinsic function, which CloudFormation evaluates at deployment.
    Expr(Box<Expr>),
}

impl Data {
    /// Creates text from a string.
    pub fn text(text: impl Into<Cow<'static, str>>) -> Self {
        Self::Text(text.into())
    }

    /// Creates a map from pairs, in the given order.
    pub fn map<K: Into<Cow<'static, str>>>(entries: impl IntoIterator<Item = (K, Self)>) -> Self {
        Self::Map(entries.into_iter().map(|(k, v)| (k.into(), v)).collect())
    }

    /// Creates a list from values.
    pub fn list(items: impl IntoIterator<Item = Self>) -> Self {
        Self::List(items.into_iter().collect())
    }

    /// Returns the text, or `None` if the value is not literal text.
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Returns the whole number, or `None` if the value is not a literal whole number.
    pub fn as_int(&self) -> Option<i64> {
        match self {
            Self::Int(number) => Some(*number),
            _ => None,
        }
    }

    /// Returns the boolean, or `None` if the value is not a literal boolean.
    pub fn as_bool(&self) -> Option<bool> {
        match self {
            Self::Bool(value) => Some(*value),
            _ => None,
        }
    }

    /// Returns the items, or `None` if the value is not a literal list.
    pub fn as_list(&self) -> Option<&[Self]> {
        match self {
            Self::List(items) => Some(items),
            _ => None,
        }
    }

    /// Returns the entries, or `None` if the value is not a literal map.
    pub fn as_map(&self) -> Option<&Map> {
        match self {
            Self::Map(map) => Some(map),
            _ => None,
        }
    }

    /// Returns the entries for modification, or `None` if the value is not a literal map.
    pub(crate) fn as_map_mut(&mut self) -> Option<&mut Map> {
        match self {
            Self::Map(map) => Some(map),
            _ => None,
        }
    }

    /// Returns the intrinsic function, or `None` if the value is a literal.
    pub fn as_expr(&self) -> Option<&Expr> {
        match self {
            Self::Expr(expr) => Some(expr),
            _ => None,
        }
    }

    /// Returns the value at a path of keys and list indexes separated by dots (`A.B.0.C`).
    pub fn pointer(&self, path: &str) -> Option<&Self> {
        path.split('.').try_fold(self, |data, step| match data {
            Self::Map(map) => map.get(step),
            Self::List(items) => step.parse::<usize>().ok().and_then(|at| items.get(at)),
            _ => None,
        })
    }

    /// Calls `visit` for every intrinsic function in the value, outermost first.
    pub fn for_each_expr(&self, visit: &mut dyn FnMut(&Expr)) {
        match self {
            Self::List(items) => items.iter().for_each(|item| item.for_each_expr(visit)),
            Self::Map(map) => map.iter().for_each(|(_, item)| item.for_each_expr(visit)),
            Self::Expr(expr) => {
                visit(expr);
                expr.for_each_child(&mut |child| child.for_each_expr(visit));
            }
            _ => {}
        }
    }
}

impl From<Expr> for Data {
    fn from(expr: Expr) -> Self {
        Self::Expr(Box::new(expr))
    }
}

impl From<&'static str> for Data {
    fn from(text: &'static str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl From<String> for Data {
    fn from(text: String) -> Self {
        Self::Text(Cow::Owned(text))
    }
}

impl From<bool> for Data {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

impl From<i64> for Data {
    fn from(number: i64) -> Self {
        Self::Int(number)
    }
}

impl From<Map> for Data {
    fn from(map: Map) -> Self {
        Self::Map(map)
    }
}

impl<T> From<super::Value<T>> for Data {
    fn from(value: super::Value<T>) -> Self {
        value.into_data()
    }
}

/// A map that keeps the order in which its keys were first set. Lookup is linear: property maps are small.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Map(pub(crate) Vec<(Text, Data)>);

impl Map {
    /// Creates an empty map.
    pub const fn new() -> Self {
        Self(Vec::new())
    }

    /// Returns `true` if the map has no entries.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns the number of entries.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Returns the value of `key`.
    pub fn get(&self, key: &str) -> Option<&Data> {
        self.0.iter().find(|(k, _)| k == key).map(|(_, v)| v)
    }

    /// Returns a mutable reference to the value of `key`.
    pub fn get_mut(&mut self, key: &str) -> Option<&mut Data> {
        self.0.iter_mut().find(|(k, _)| k == key).map(|(_, v)| v)
    }

    /// Sets the value of `key`. An existing key keeps its position.
    pub fn insert(&mut self, key: impl Into<Cow<'static, str>>, value: impl Into<Data>) {
        let (key, value) = (key.into(), value.into());
        match self.get_mut(&key) {
            Some(slot) => *slot = value,
            None => self.0.push((key, value)),
        }
    }

    /// Removes `key` and returns its value.
    pub fn remove(&mut self, key: &str) -> Option<Data> {
        let at = self.0.iter().position(|(k, _)| k == key)?;
        Some(self.0.remove(at).1)
    }

    /// Returns the entries in order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Data)> {
        self.0.iter().map(|(k, v)| (&**k, v))
    }

    /// Returns the keys in order.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(k, _)| &**k)
    }

    /// Sets the value at a path separated by dots. List items are addressed by index; the index after the last item
    /// appends one. A missing value becomes a list if the path continues with `0`, and a map otherwise.
    ///
    /// # Errors
    ///
    /// Returns the part of the path that leads through a value that is neither a map nor a list, or to an item beyond
    /// the end of a list.
    pub fn set_path(&mut self, path: &str, value: Data) -> Result<(), String> {
        let (head, rest) = path
            .split_once('.')
            .map_or((path, None), |(h, r)| (h, Some(r)));
        let Some(rest) = rest else {
            self.insert(head.to_owned(), value);
            return Ok(());
        };
        let set = match self.get_mut(head) {
            Some(next) => set_below(next, rest, value),
            None => value_below(rest, value).map(|next| self.insert(head.to_owned(), next)),
        };
        set.map_err(|at| format!("{head}{at}"))
    }

    /// Returns a mutable reference to the value at a path separated by dots.
    pub fn get_path_mut(&mut self, path: &str) -> Option<&mut Data> {
        let mut steps = path.split('.');
        let first = self.get_mut(steps.next()?)?;
        steps.try_fold(first, step_mut)
    }

    /// Removes and returns the value at a path separated by dots. A missing value is ignored.
    pub fn remove_path(&mut self, path: &str) -> Option<Data> {
        let Some((parent, last)) = path.rsplit_once('.') else {
            return self.remove(path);
        };
        match self.get_path_mut(parent)? {
            Data::Map(map) => map.remove(last),
            Data::List(items) => {
                let at = last.parse::<usize>().ok().filter(|at| *at < items.len())?;
                Some(items.remove(at))
            }
            _ => None,
        }
    }
}

fn step_mut<'a>(data: &'a mut Data, step: &str) -> Option<&'a mut Data> {
    match data {
        Data::Map(map) => map.get_mut(step),
        Data::List(items) => step.parse::<usize>().ok().and_then(|at| items.get_mut(at)),
        _ => None,
    }
}

/// Returns a new list or map with a value at a path: a list if the path starts with the index 0, a map if it starts with
/// a name. Fails with the first step for another index, which would leave a gap.
fn value_below(path: &str, value: Data) -> Result<Data, String> {
    let first = path.split('.').next().unwrap_or(path);
    let mut next = if first.parse::<usize>().is_ok() {
        Data::List(Vec::new())
    } else {
        Data::Map(Map::new())
    };
    set_below(&mut next, path, value)?;
    Ok(next)
}

fn set_below(data: &mut Data, path: &str, value: Data) -> Result<(), String> {
    match data {
        Data::Map(map) => map.set_path(path, value).map_err(|at| format!(".{at}")),
        Data::List(items) => {
            let (head, rest) = path
                .split_once('.')
                .map_or((path, None), |(h, r)| (h, Some(r)));
            let at: usize = head.parse().map_err(|_| format!(".{head}"))?;
            let end = items.len();
            match (items.get_mut(at), rest) {
                (Some(slot), None) => *slot = value,
                (Some(slot), Some(rest)) => {
                    set_below(slot, rest, value).map_err(|below| format!(".{head}{below}"))?;
                }
                (None, None) if at == end => items.push(value),
                (None, Some(rest)) if at == end => {
                    let item = value_below(rest, value);
                    items.push(item.map_err(|below| format!(".{head}{below}"))?);
                }
                (None, _) => return Err(format!(".{head}")),
            }
            Ok(())
        }
        _ => Err(String::new()),
    }
}

impl<K: Into<Cow<'static, str>>, V: Into<Data>> FromIterator<(K, V)> for Map {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(entries: I) -> Self {
        Self(
            entries
                .into_iter()
                .map(|(k, v)| (k.into(), v.into()))
                .collect(),
        )
    }
}

impl IntoIterator for Map {
    type Item = (Cow<'static, str>, Data);
    type IntoIter = std::vec::IntoIter<Self::Item>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}
