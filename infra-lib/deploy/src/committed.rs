//! Reads YAML files that are committed next to an app; findings point to file, line and column.

use infra_core::{Code, Diagnostic, Place};
use infra_yaml::{Rules, read_yaml};
use serde::de::{Deserialize, DeserializeOwned, Deserializer, Error as _};

use crate::error::{Class, Error};

/// Parses a committed file. `name` is the file name used in findings, `form` the help text that describes the expected format.
pub(crate) fn read_committed_file<T: DeserializeOwned>(
    name: &str,
    text: &str,
    code: Code,
    form: &str,
) -> Result<T, Error> {
    let read = read_yaml(text, &Rules::yaml_1_2()).and_then(|tree| tree.deserialize());
    read.map_err(|error| {
        let message = format!("cannot read `{name}`: {}", error.message());
        let finding = Diagnostic::new(code, message).help(form);
        let finding = match error.position() {
            Some(at) => finding.place(Place::new(name, at.line, at.column)),
            None => finding,
        };
        Error::new(Class::Error, finding)
    })
}

/// Deserializes a reason, which must not be blank.
pub(crate) fn reason<'de, D: Deserializer<'de>>(reader: D) -> Result<String, D::Error> {
    let reason = String::deserialize(reader)?;
    if reason.trim().is_empty() {
        return Err(D::Error::custom("the reason is empty"));
    }
    Ok(reason)
}
