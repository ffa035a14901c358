//! YAML files that are committed beside an app, read with file, line and column in each finding.

use infra_core::{Code, Diagnostic, Place};
use infra_yaml::{Rules, read_yaml};
use serde::de::{Deserialize, DeserializeOwned, Deserializer, Error as _};

use crate::error::{Class, Error};

/// Reads a file; `name` is its name in messages, `form` the help on its form.
pub(crate) fn read<T: DeserializeOwned>(
    name: &str,
    text: &str,
    code: Code,
    form: &str,
) -> Result<T, Error> {
    let read = read_yaml(text, &Rules::yaml_1_2()).and_then(|tree| tree.deserialize());
    read.map_err(|error| {
        let message = format!("`{name}` cannot be read: {}", error.message());
        let finding = Diagnostic::new(code, message).help(form);
        let finding = match error.position() {
            Some(at) => finding.place(Place::new(name, at.line, at.column)),
            None => finding,
        };
        Error::new(Class::Error, finding)
    })
}

/// Reads a reason, which is for people and so not empty.
pub(crate) fn reason<'de, D: Deserializer<'de>>(reader: D) -> Result<String, D::Error> {
    let reason = String::deserialize(reader)?;
    if reason.trim().is_empty() {
        return Err(D::Error::custom("the reason is empty"));
    }
    Ok(reason)
}
