//! Resources that are modules, with what CloudFormation does not accept at them.
//!
//! AWS: <https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/modules.html>

use infra_core::codes;

use crate::finding::Findings;
use crate::model::{Model, Resource};
use crate::tree::{Map, Value};

/// Attributes for resources that CloudFormation does not accept at a module.
const REFUSED: [&str; 2] = ["CreationPolicy", "UpdatePolicy"];

/// Key of `Metadata` in which CloudFormation records the module of a resource.
const RESERVED: &str = "AWS::CloudFormation::Module";

/// Checks the attributes of a module.
pub(super) fn check_module<'t>(
    model: &'t Model<'t>,
    resource: &Resource<'t>,
    findings: &mut Findings,
) {
    let is_module = resource
        .type_name
        .is_some_and(|name| name.ends_with("::MODULE"));
    let Some(attributes) = resource.attributes.filter(|_| !model.transforms.macros) else {
        return;
    };
    if is_module {
        for entry in &attributes.entries {
            if REFUSED.contains(&entry.key.as_str()) {
                let message = format!("a module cannot have `{}`", entry.key);
                findings
                    .add(codes::UNKNOWN_KEY, entry.key_span, message)
                    .help("set it at the resources of the module");
            }
        }
        let properties = map_at(attributes, "Properties");
        if let Some(tags) = properties.and_then(|map| map.find_entry("Tags")) {
            findings
                .add(
                    codes::UNKNOWN_KEY,
                    tags.key_span,
                    "a module cannot have `Tags`",
                )
                .help("set them at the resources of the module");
        }
    }
    let metadata = map_at(attributes, "Metadata");
    if let Some(entry) = metadata.and_then(|map| map.find_entry(RESERVED)) {
        let message = format!("the key `{RESERVED}` of `Metadata` is reserved");
        findings
            .add(codes::UNKNOWN_KEY, entry.key_span, message)
            .help("CloudFormation writes it to the resources of modules: use another key");
    }
}

fn map_at<'t>(map: &'t Map, key: &str) -> Option<&'t Map> {
    map.get(key).and_then(Value::as_map)
}
