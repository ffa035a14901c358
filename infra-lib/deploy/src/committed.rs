//! YAML files that are committed beside an app, read with file, line and column in each finding.

use std::fmt;

use infra_core::{Code, Diagnostic, Place};
use serde::de::{self, DeserializeOwned, Deserializer, Visitor};

use crate::error::{Class, Error};

/// Reads a file; `name` is its name in messages, `form` the help on its form.
pub(crate) fn read<T: DeserializeOwned>(
    name: &str,
    text: &str,
    code: Code,
    form: &str,
) -> Result<T, Error> {
    serde_yaml::from_str(text).map_err(|error| {
        let said = error.to_string();
        // The place is shown by itself; the library repeats it at the end of its text.
        let said = said.split(" at line ").next().unwrap_or(&said);
        let mut finding = Diagnostic::new(code, format!("`{name}` cannot be read: {said}"));
        if let Some(at) = error.location() {
            let number = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
            finding = finding.place(Place {
                file: name.to_owned(),
                line: number(at.line()),
                column: number(at.column()),
            });
        }
        Error::new(Class::Error, finding.help(form))
    })
}

/// Reads a reason, which is for people and so not empty.
pub(crate) fn reason<'de, D: Deserializer<'de>>(reader: D) -> Result<String, D::Error> {
    text(reader, |reason| match reason.trim() {
        "" => Err("the reason is empty".to_owned()),
        _ => Ok(()),
    })
}

/// Reads a text that a check may refuse, with the place of the text itself.
pub(crate) fn text<'de, D: Deserializer<'de>>(
    reader: D,
    check: impl Fn(&str) -> Result<(), String>,
) -> Result<String, D::Error> {
    reader.deserialize_str(Checked(check))
}

/// An error of a visitor has the place of its value; one that is raised later has that of the map around it.
struct Checked<C>(C);

impl<C: Fn(&str) -> Result<(), String>> Visitor<'_> for Checked<C> {
    type Value = String;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<String, E> {
        (self.0)(text).map_err(E::custom)?;
        Ok(text.to_owned())
    }
}
