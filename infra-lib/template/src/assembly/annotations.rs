//! Messages that an app attaches to constructs, as the CDK's `Annotations` writes them.

use infra_core::{Diagnostic, codes};
use serde_json::Value as JsonValue;

/// A message that the app attached to a construct, for example by `Annotations.addWarningV2` of the CDK.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct Annotation {
    /// The level, which decides whether the app may be deployed.
    pub level: AnnotationLevel,
    /// Path of the construct below the root of the app, without a leading slash.
    pub path: String,
    /// The text of the message, as written by the app.
    pub message: String,
}

/// The level of an [`Annotation`], by the type of its metadata entry.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum AnnotationLevel {
    /// Information without effect on the deployment (`aws:cdk:info`).
    Info,
    /// A warning (`aws:cdk:warning`); the app can be deployed.
    Warning,
    /// An error (`aws:cdk:error`); the app must not be deployed.
    Error,
}

impl AnnotationLevel {
    /// Returns the type of the metadata entry.
    pub(super) fn entry_type(self) -> &'static str {
        match self {
            Self::Info => "aws:cdk:info",
            Self::Warning => "aws:cdk:warning",
            Self::Error => "aws:cdk:error",
        }
    }
}

/// Returns the annotations in the metadata of an artifact, in the order of the metadata.
pub(super) fn read_annotations(metadata: &JsonValue) -> Vec<Annotation> {
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

/// Converts the annotations of one level into findings.
pub(super) fn annotation_findings(
    annotations: &[Annotation],
    level: AnnotationLevel,
) -> Vec<Diagnostic> {
    let code = match level {
        AnnotationLevel::Error => codes::APP_ERROR,
        AnnotationLevel::Info | AnnotationLevel::Warning => codes::APP_WARNING,
    };
    let wanted = annotations.iter().filter(|one| one.level == level);
    wanted
        .map(|one| Diagnostic::new(code, one.message.clone()).path(one.path.clone()))
        .collect()
}
