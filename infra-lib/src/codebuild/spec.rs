//! Build specifications.

use crate::{IntoValue, Value, value};

/// Commands of a build with their settings.
///
/// See the [build specification
/// reference](https://docs.aws.amazon.com/codebuild/latest/userguide/build-spec-ref.html).
///
/// ```
/// use infra_lib::codebuild::BuildSpec;
/// use serde_json::json;
///
/// let commands = BuildSpec::commands(["npm ci", "npm test"]);
/// let whole = BuildSpec::json(&json!({
///     "version": "0.2",
///     "phases": { "build": { "commands": ["npm ci", "npm run build"] } },
///     "artifacts": { "base-directory": "dist", "files": ["**/*"] },
/// }));
/// ```
#[derive(Clone, Debug)]
pub struct BuildSpec {
    pub(super) text: Value<String>,
    pub(super) is_file: bool,
}

impl BuildSpec {
    /// Creates a specification with commands of the build phase alone. The build ends at the first that fails.
    pub fn commands(commands: impl IntoIterator<Item = impl Into<String>>) -> Self {
        let commands: Vec<String> = commands.into_iter().map(Into::into).collect();
        Self::json(&serde_json::json!({
            "version": "0.2",
            "phases": { "build": { "commands": commands } },
        }))
    }

    /// Creates a specification from its content as JSON.
    pub fn json(content: &serde_json::Value) -> Self {
        Self::text(format!("{content:#}"))
    }

    /// Creates a specification from its text in YAML or JSON, which may contain references.
    pub fn text(text: impl IntoValue<String>) -> Self {
        Self {
            text: text.into_value(),
            is_file: false,
        }
    }

    /// Creates a specification in a file of the source, by its path. Everybody who changes the source then changes the commands
    /// that run with the role of the project.
    pub fn file(path: impl AsRef<str>) -> Self {
        Self {
            text: value(path.as_ref()),
            is_file: true,
        }
    }
}
