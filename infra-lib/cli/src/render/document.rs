//! Serializes a review for programs, as one JSON document described by `schemas/review.schema.json`.

use infra_template::review::{Counts, Review, Verdict};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value as JsonValue;

use super::mask::mask_review;

/// The JSON document that `diff --json` prints.
#[derive(Debug, JsonSchema, Serialize)]
#[schemars(title = "Review")]
struct Document {
    /// Version of the format. It changes when a reader of the previous version would misinterpret the document; fields and enum values are added
    /// without a new version.
    #[schemars(extend("const" = 1))]
    version: u32,
    /// Severity of the review, which is that of its most severe stack.
    verdict: Verdict,
    /// Number of changed resources, by kind of change.
    counts: Counts,
    /// Stacks and their changes.
    #[serde(flatten)]
    review: Review,
}

/// Returns the review as JSON, with secrets masked.
pub(crate) fn build_document(review: &Review) -> JsonValue {
    let document = Document {
        version: 1,
        verdict: review.verdict(),
        counts: review.count_changes(),
        review: mask_review(review),
    };
    serde_json::to_value(document).expect("a review has no maps with other keys than text")
}

/// Returns the JSON Schema of that document.
pub(crate) fn review_schema() -> JsonValue {
    schemars::schema_for!(Document).to_value()
}
