//! Collects the JSON Schemas of all documents that the tool writes or reads.

use infra_console::documents::{self, schema};
use infra_deploy::deploy::Approvals;
use infra_deploy::plan::PlanRecord;
use serde_json::Value as JsonValue;

use super::{context, cost, diagnose, doctor, drift, outputs, previews, publish_site, releases};
use crate::progress::record;
use crate::render;

/// Returns names and schemas, sorted by name.
pub(crate) fn schemas() -> Vec<(&'static str, JsonValue)> {
    let mut all = documents::schemas();
    all.extend([
        ("approvals", schemars::schema_for!(Approvals).to_value()),
        ("context", schema::<context::Document>()),
        ("cost", schema::<cost::Document>()),
        ("diagnose", schema::<diagnose::Document>()),
        ("doctor", schema::<doctor::Document>()),
        ("doctor-delivery", schema::<doctor::delivery::Document>()),
        ("drift", schema::<drift::Document<'static>>()),
        ("events", record::schema()),
        ("outputs", schema::<outputs::Document>()),
        ("plan", schemars::schema_for!(PlanRecord).to_value()),
        ("previews", schema::<previews::Document>()),
        ("publish-site", schema::<publish_site::Document<'static>>()),
        ("releases", schema::<releases::Document<'static>>()),
        (
            "releases-of-environments",
            schema::<releases::EnvironmentsDocument<'static>>(),
        ),
        ("review", render::schema()),
    ]);
    all.sort_by_key(|(name, _)| *name);
    all
}
