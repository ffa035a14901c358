//! Reads the metadata that declares which outputs of other stacks the deployer passes to parameters of a template.
//!
//! ```json
//! "Metadata": { "infra:resolved-parameters": {
//!   "ResolvedQueueName": { "StackName": "Data", "OutputName": "QueueName", "Region": "eu-west-1" } } }
//! ```
//!
//! Without `Region`, the output belongs to a stack in the region of the reading stack.

use serde_json::{Map, Value as JsonValue};

/// Key in the `Metadata` section under which the parameters are declared.
pub(crate) const RESOLVED_PARAMETERS: &str = "infra:resolved-parameters";

/// A parameter of a template, with the output of another stack that supplies its value.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
#[non_exhaustive]
pub struct ResolvedParameter {
    /// Logical ID of the parameter.
    pub parameter: String,
    /// Name of the stack that has the output.
    pub stack: String,
    /// Logical ID of the output.
    pub output: String,
    /// Region of the stack that has the output, or `None` for the region of the reading stack.
    pub region: Option<String>,
}

/// Returns the parameters of a template that outputs of other stacks supply, sorted by name.
///
/// Entries without a stack or output name are skipped: such a parameter must be supplied like any other.
pub fn read_resolved_parameters(template: &Map<String, JsonValue>) -> Vec<ResolvedParameter> {
    let declared = template.get("Metadata");
    let declared = declared.and_then(|metadata| metadata.get(RESOLVED_PARAMETERS)?.as_object());
    let entries = declared.into_iter().flatten();
    let mut found: Vec<ResolvedParameter> = entries
        .filter_map(|(parameter, source)| {
            let text = |key: &str| source.get(key)?.as_str().map(str::to_owned);
            Some(ResolvedParameter {
                parameter: parameter.clone(),
                stack: text("StackName")?,
                output: text("OutputName")?,
                region: text("Region"),
            })
        })
        .collect();
    found.sort();
    found
}

#[cfg(test)]
mod tests {
    use super::{ResolvedParameter, read_resolved_parameters};
    use serde_json::{Map, json};

    #[test]
    fn reads_resolved_parameters_with_sources() {
        let template = json!({ "Metadata": { "infra:resolved-parameters": {
            "B": { "StackName": "Data", "OutputName": "Host", "Region": "us-east-1" },
            "A": { "StackName": "Data", "OutputName": "Port" },
            "Broken": { "StackName": "Data" } } } });
        let source = |parameter: &str, output: &str, region: Option<&str>| ResolvedParameter {
            parameter: parameter.to_owned(),
            stack: "Data".to_owned(),
            output: output.to_owned(),
            region: region.map(str::to_owned),
        };
        assert_eq!(
            read_resolved_parameters(template.as_object().unwrap()),
            [
                source("A", "Port", None),
                source("B", "Host", Some("us-east-1"))
            ]
        );
        assert_eq!(read_resolved_parameters(&Map::new()), []);
    }
}
