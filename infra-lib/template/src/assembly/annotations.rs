//! Messages that an app attaches to constructs: `Annotations` of the CDK.

use infra_core::{Diagnostic, codes};
use serde_json::Value as JsonValue;

/// A message that the app attached to a construct.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct Annotation {
    /// The level.
    pub level: AnnotationLevel,
    /// The construct path.
    pub path: String,
    /// The text.
    pub message: String,
}

/// The level of an [`Annotation`].
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum AnnotationLevel {
    /// `aws:cdk:info`.
    Info,
    /// `aws:cdk:warning`.
    Warning,
    /// `aws:cdk:error`: the app must not be deployed.
    Error,
}

impl AnnotationLevel {
    /// The type of the metadata entry.
    pub(super) fn entry_type(self) -> &'static str {
        match self {
            Self::Info => "aws:cdk:info",
            Self::Warning => "aws:cdk:warning",
            Self::Error => "aws:cdk:error",
        }
    }
}

/// The annotations in the metadata of an artifact, in its order.
pub(super) fn read(metadata: &JsonValue) -> Vec<Annotation> {
    let mut found = Vec::new();
    for (path, entries) in metadata.as_object().into_iter().flatten() {
        for entry in entries.as_array().into_iter().flatten() {
            let levels = [
                AnnotationLevel::Info,
                AnnotationLevel::Warning,
                AnnotationLevel::Error,
            ];
            let level = levels
                .into_iter()
                .find(|level| entry["type"] == level.entry_type());
            if let (Some(level), Some(message)) = (level, entry["data"].as_str()) {
                found.push(Annotation {
                    level,
                    path: path.trim_start_matches('/').to_owned(),
                    message: message.to_owned(),
                });
            }
        }
    }
    found
}

/// Those of one level as findings.
pub(super) fn findings(annotations: &[Annotation], level: AnnotationLevel) -> Vec<Diagnostic> {
    let code = match level {
        AnnotationLevel::Error => codes::APP_ERROR,
        AnnotationLevel::Info | AnnotationLevel::Warning => codes::APP_WARNING,
    };
    let wanted = annotations.iter().filter(|one| one.level == level);
    wanted
        .map(|one| Diagnostic::new(code, one.message.clone()).path(one.path.clone()))
        .collect()
}
