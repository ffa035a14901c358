//! Writes JSON directly into a `String`, which avoids a second copy in memory for assemblies with tens of thousands of resources.

/// Writer for a JSON object; [`end`](Self::end) closes it.
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

    /// Writes a key. The caller then writes the value to `out`.
    pub(crate) fn write_key(&mut self, key: &str) {
        if !std::mem::take(&mut self.first) {
            self.out.push(',');
        }
        write_string(&mut self.out, key);
        self.out.push(':');
    }

    /// Closes the object and returns the text.
    pub(crate) fn finish_object(mut self) -> String {
        self.out.push('}');
        self.out
    }

    /// Writes an entry with a string as its value.
    pub(crate) fn write_text(&mut self, key: &str, value: &str) {
        self.write_key(key);
        write_string(&mut self.out, value);
    }

    /// Writes an entry with an object as its value.
    pub(crate) fn write_object(&mut self, key: &str, write: impl FnOnce(&mut Self)) {
        self.write_key(key);
        let mut inner = Self::new(std::mem::take(&mut self.out));
        write(&mut inner);
        self.out = inner.finish_object();
    }
}

/// Writes a list, each item with `write`.
pub(crate) fn write_array<T>(
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

/// Writes a string literal. The fast path covers text that needs no escaping.
pub(crate) fn write_string(out: &mut String, text: &str) {
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
