//! Reads and writes `cdk.context.json`: answers to context lookups, by the keys of the CDK. Unrelated values and the order of all values are
//! preserved.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use infra_core::{Diagnostic, Place, codes};
use serde_json::{Map, Value as JsonValue};

/// A context file with its values.
#[derive(Clone, Debug)]
pub(crate) struct ContextFile {
    path: PathBuf,
    pub(crate) values: Map<String, JsonValue>,
}

impl ContextFile {
    /// Reads a context file; a file that does not exist has no values.
    pub(crate) fn read_file(path: PathBuf) -> Result<Self, Box<Diagnostic>> {
        let shown = path.display().to_string();
        let refuse = |said: String| {
            let help = "restore it from version control, or remove it to repeat the lookups";
            Diagnostic::new(codes::MALFORMED_CONTEXT, format!("`{shown}` {said}")).help(help)
        };
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let values = Map::new();
                return Ok(Self { path, values });
            }
            Err(error) => return Err(Box::new(refuse(format!("cannot be read: {error}")))),
        };
        let values = serde_json::from_str(&text).map_err(|error| {
            let number = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
            let place = Place::new(&shown, number(error.line()), number(error.column()));
            Box::new(refuse(format!("is not a JSON object: {error}")).place(place))
        })?;
        Ok(Self { path, values })
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Writes the file in the format of the `cdk` CLI. An interruption leaves either the old or the new file intact.
    pub(crate) fn write_file(&self) -> Result<(), Box<Diagnostic>> {
        let replace = || {
            // A symbolic link is preserved.
            let path = self.path.canonicalize().unwrap_or(self.path.clone());
            let partial = path.with_extension("json.partial");
            let values = JsonValue::Object(self.values.clone());
            fs::write(&partial, format!("{values:#}\n"))?;
            fs::rename(&partial, &path)
        };
        replace().map_err(|error: io::Error| {
            let message = format!("cannot write `{}`: {error}", self.path.display());
            let help = "the answers to context lookups are stored there: make it writable";
            Box::new(Diagnostic::new(codes::FILE_NOT_USABLE, message).help(help))
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::ContextFile;

    #[test]
    fn keeps_order_and_other_context_values() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("cdk.context.json");
        assert!(
            ContextFile::read_file(path.clone())
                .unwrap()
                .values
                .is_empty()
        );
        std::fs::write(&path, r#"{"z":[],"a":{"b":"ä"}}"#).unwrap();
        let mut file = ContextFile::read_file(path.clone()).unwrap();
        file.values.insert("m".to_owned(), json!(["x"]));
        file.write_file().unwrap();
        let text =
            "{\n  \"z\": [],\n  \"a\": {\n    \"b\": \"ä\"\n  },\n  \"m\": [\n    \"x\"\n  ]\n}\n";
        assert_eq!(std::fs::read_to_string(&path).unwrap(), text);
        let names: Vec<_> = std::fs::read_dir(folder.path()).unwrap().collect();
        assert_eq!(names.len(), 1, "nothing else is left");
    }

    #[test]
    fn rejects_context_file_without_json_object() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("cdk.context.json");
        std::fs::write(&path, "{\n  x").unwrap();
        let refused = ContextFile::read_file(path).unwrap_err();
        assert_eq!(refused.code, infra_core::codes::MALFORMED_CONTEXT);
        assert!(refused.message.contains("is not a JSON object"));
    }
}
