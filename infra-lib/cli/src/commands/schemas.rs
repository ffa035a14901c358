//! Collects the JSON Schemas of all documents that the tool writes or reads.

use infra_console::documents::{self, document_schema};
use infra_deploy::deploy::Approvals;
use infra_deploy::plan::PlanRecord;
use serde_json::Value as JsonValue;

use super::{
    check, context, cost, diagnose, doctor, drift, gc, outputs, permissions, previews,
    publish_site, reach, releases, simulate,
};
use crate::progress::record;
use crate::render;

/// Returns names and schemas, sorted by name.
pub(crate) fn list_schemas() -> Vec<(&'static str, JsonValue)> {
    let mut all = documents::list_schemas();
    all.extend([
        ("approvals", schemars::schema_for!(Approvals).to_value()),
        ("check", document_schema::<check::Document>()),
        ("context", document_schema::<context::Document>()),
        ("cost", document_schema::<cost::Document>()),
        ("diagnose", document_schema::<diagnose::Document>()),
        ("doctor", document_schema::<doctor::Document>()),
        (
            "doctor-delivery",
            document_schema::<doctor::delivery::Document>(),
        ),
        ("drift", document_schema::<drift::Document<'static>>()),
        ("events", record::record_schema()),
        ("gc", document_schema::<gc::Document>()),
        ("outputs", document_schema::<outputs::Document>()),
        ("permissions", document_schema::<permissions::Document>()),
        ("plan", schemars::schema_for!(PlanRecord).to_value()),
        ("previews", document_schema::<previews::Document>()),
        (
            "publish-site",
            document_schema::<publish_site::Document<'static>>(),
        ),
        ("reach", document_schema::<reach::Document>()),
        ("releases", document_schema::<releases::Document<'static>>()),
        (
            "releases-of-environments",
            document_schema::<releases::EnvironmentsDocument<'static>>(),
        ),
        ("review", render::review_schema()),
        ("simulate", document_schema::<simulate::Document<'static>>()),
    ]);
    all.sort_by_key(|(name, _)| *name);
    all
}
