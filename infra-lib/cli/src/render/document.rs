//! A review for programs: one JSON document, described by `schemas/review.schema.json`.

use infra_template::review::{Counts, Review, Verdict};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value as JsonValue;

use super::mask::masked;

/// What `diff --json` prints.
#[derive(Debug, JsonSchema, Serialize)]
#[schemars(title = "Review")]
struct Document {
    /// Raised when a reader of the version before would misunderstand it. Fields and words are added without that.
    #[schemars(extend("const" = 1))]
    version: u32,
    /// How much it weighs: as its heaviest stack.
    verdict: Verdict,
    /// How many resources change in which way.
    counts: Counts,
    /// What changes.
    #[serde(flatten)]
    review: Review,
}

/// The review as JSON, without secrets.
pub(crate) fn document(review: &Review) -> JsonValue {
    let document = Document {
        version: 1,
        verdict: review.verdict(),
        counts: review.counts(),
        review: masked(review),
    };
    serde_json::to_value(document).expect("a review has no maps with other keys than text")
}

/// The JSON Schema of that document.
pub(crate) fn schema() -> JsonValue {
    schemars::schema_for!(Document).to_value()
}
