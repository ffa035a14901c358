//! The attribute `IgnoreGlobals` of resources of the serverless transform.
//!
//! AWS: <https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification-template-anatomy-globals.html>

use infra_core::{Severity, codes};

use crate::finding::Findings;
use crate::model::{Model, Resource};
use crate::tree::Value;

/// Reports names in `IgnoreGlobals` that the section `Globals` does not contain for the kind of the resource.
pub(super) fn check_ignored<'t>(
    model: &'t Model<'t>,
    resource: &Resource<'t>,
    findings: &mut Findings,
) {
    if !model.transforms.serverless || !resource.is_serverless() {
        return;
    }
    let Some(ignored) = resource.attribute("IgnoreGlobals").and_then(Value::as_list) else {
        return;
    };
    let kind = resource.type_name.and_then(|name| name.rsplit("::").next());
    let kind = kind.unwrap_or_default();
    let globals = model.sections.get("Globals").and_then(Value::as_map);
    let of_kind = globals.and_then(|globals| globals.get(kind)?.as_map());
    let entries = of_kind.map_or(&[][..], |map| &map.entries);
    let known: Vec<&str> = entries.iter().map(|entry| entry.key.as_str()).collect();
    for item in ignored {
        let Some(name) = item.as_text() else { continue };
        if name == "*" || known.contains(&name) {
            continue;
        }
        let message = format!("`Globals` has no property `{name}` of `{kind}`");
        findings
            .add(codes::UNKNOWN_KEY, item.span, message)
            // The transform has nothing to ignore, which changes nothing else.
            .update(|diagnostic| diagnostic.severity(Severity::Warning))
            .suggest(name, known.iter().copied());
    }
}
