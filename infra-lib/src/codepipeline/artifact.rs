//! Artifacts of pipelines.

use crate::{Value, sub};

/// Files that one action of a pipeline writes and others read.
///
/// ```
/// use infra_lib::codepipeline::Artifact;
///
/// let source = Artifact::new("Source");
/// let template = source.at_path("infra.out/Notes.template.json");
/// ```
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct Artifact(String);

impl Artifact {
    /// Creates an artifact from its name in the pipeline: 1 to 100 letters, digits, hyphens and underscores (`INF4090`
    /// otherwise).
    pub fn new(name: impl Into<String>) -> Self {
        Self(name.into())
    }

    /// Returns the name.
    pub fn name(&self) -> &str {
        &self.0
    }

    /// Returns the reference to a file in the artifact.
    pub fn at_path(&self, path: impl AsRef<str>) -> Value<String> {
        sub![self.name(), "::", path.as_ref()]
    }

    /// Returns `true` if CodePipeline accepts the name.
    pub(super) fn is_valid(&self) -> bool {
        (1..=100).contains(&self.0.len())
            && self
                .0
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-')
    }
}
