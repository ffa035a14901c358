//! Writes JSON straight into one text: an assembly of eighty thousand resources is not built in memory twice.

/// An object being written.
pub(crate) struct Object {
    pub(crate) out: String,
    first: bool,
}

impl Object {
    /// Opens an object at the end of `out`.
    pub(crate) fn new(mut out: String) -> Self {
        out.push('{');
        Self { out, first: true }
    }

    /// Writes a key; the value is then written to `out`.
    pub(crate) fn key(&mut self, key: &str) {
        if !std::mem::take(&mut self.first) {
            self.out.push(',');
        }
        string(&mut self.out, key);
        self.out.push(':');
    }

    /// Closes the object and gives the text back.
    pub(crate) fn end(mut self) -> String {
        self.out.push('}');
        self.out
    }

    /// Writes an entry whose value is text.
    pub(crate) fn text(&mut self, key: &str, value: &str) {
        self.key(key);
        string(&mut self.out, value);
    }

    /// Writes an entry whose value is an object.
    pub(crate) fn object(&mut self, key: &str, write: impl FnOnce(&mut Self)) {
        self.key(key);
        let mut inner = Self::new(std::mem::take(&mut self.out));
        write(&mut inner);
        self.out = inner.end();
    }
}

/// A list, each item written by `write`.
pub(crate) fn array<T>(
    out: &mut String,
    items: impl IntoIterator<Item = T>,
    write: impl Fn(&mut String, T),
) {
    out.push('[');
    for (at, item) in items.into_iter().enumerate() {
        if at > 0 {
            out.push(',');
        }
        write(out, item);
    }
    out.push(']');
}

/// Text between quotes; nearly all of it needs no escaping.
pub(crate) fn string(out: &mut String, text: &str) {
    if text
        .bytes()
        .all(|byte| byte >= 0x20 && byte != b'"' && byte != b'\\')
    {
        out.push('"');
        out.push_str(text);
        out.push('"');
    } else {
        out.push_str(&serde_json::Value::from(text).to_string());
    }
}
