//! Options of a check: values that are known although the template leaves them open, and ignored codes.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use infra_packs::Pack;
use serde_json::Value as JsonValue;

/// Values that are known before the deployment, which narrow the cases that are checked, and codes that are ignored.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Options {
    /// Region of the deployment, the value of `AWS::Region`. `None` checks for every region.
    pub region: Option<String>,
    /// Values of parameters by name. Parameters without a value can have every value that the template allows.
    pub parameters: BTreeMap<String, String>,
    /// Codes that are ignored in all templates, such as `INF8012`. Findings of severity `fatal` are reported nevertheless.
    pub ignored: BTreeSet<String>,
    /// Policy packs whose rules are checked as well. None by default.
    pub packs: Vec<Pack>,
}

impl Options {
    /// Sets the region of the deployment.
    #[must_use]
    pub fn with_region(mut self, region: Option<String>) -> Self {
        self.region = region;
        self
    }

    /// Sets the codes that are ignored in all templates.
    #[must_use]
    pub fn with_ignored(mut self, ignored: BTreeSet<String>) -> Self {
        self.ignored = ignored;
        self
    }

    /// Sets the policy packs whose rules are checked as well.
    #[must_use]
    pub fn with_packs(mut self, packs: Vec<Pack>) -> Self {
        self.packs = packs;
        self
    }

    /// Sets the values of parameters.
    #[must_use]
    pub fn with_parameters(mut self, parameters: BTreeMap<String, String>) -> Self {
        self.parameters = parameters;
        self
    }
}

/// The error for a text that is not a file with parameters.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ParametersError(String);

impl fmt::Display for ParametersError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for ParametersError {}

/// Reads a file with parameters: the list of the AWS CLI (`[{"ParameterKey": …, "ParameterValue": …}]`), a map with `Parameters` as in CodePipeline,
/// or a map from names to values.
///
/// # Errors
///
/// Fails if the text is not JSON of one of these forms.
pub fn read_parameters(text: &str) -> Result<BTreeMap<String, String>, ParametersError> {
    let document: JsonValue = serde_json::from_str(text)
        .map_err(|error| ParametersError(format!("it is not valid JSON: {error}")))?;
    let expected = || {
        ParametersError(
            "expected a list of `ParameterKey` and `ParameterValue`, or a map from names to values"
                .to_owned(),
        )
    };
    let pairs: Vec<(String, &JsonValue)> = match &document {
        JsonValue::Array(items) => {
            let pair = |item: &'_ JsonValue| item["ParameterKey"].as_str().map(str::to_owned);
            let read = items
                .iter()
                .map(|item| Some((pair(item)?, &item["ParameterValue"])));
            read.collect::<Option<_>>().ok_or_else(expected)?
        }
        JsonValue::Object(map) => match map.get("Parameters") {
            Some(JsonValue::Object(inner)) => inner
                .iter()
                .map(|(key, value)| (key.clone(), value))
                .collect(),
            _ => map
                .iter()
                .map(|(key, value)| (key.clone(), value))
                .collect(),
        },
        _ => return Err(expected()),
    };
    let as_text = |value: &JsonValue| match value {
        JsonValue::String(text) => Some(text.clone()),
        JsonValue::Number(_) | JsonValue::Bool(_) => Some(value.to_string()),
        JsonValue::Array(items) => {
            let texts: Option<Vec<&str>> = items.iter().map(JsonValue::as_str).collect();
            texts.map(|texts| texts.join(","))
        }
        _ => None,
    };
    // `UsePreviousValue` leaves the value open.
    let known = pairs.into_iter().filter(|(_, value)| !value.is_null());
    known
        .map(|(key, value)| as_text(value).map(|text| (key, text)))
        .collect::<Option<_>>()
        .ok_or_else(expected)
}

#[cfg(test)]
mod tests {
    use super::read_parameters;

    #[test]
    fn reads_every_form_of_parameter_files() {
        for text in [
            r#"[{"ParameterKey": "Env", "ParameterValue": "prod"}, {"ParameterKey": "Old", "UsePreviousValue": true}]"#,
            r#"{"Parameters": {"Env": "prod"}, "Tags": {"a": "b"}}"#,
            r#"{"Env": "prod"}"#,
        ] {
            let read = read_parameters(text).unwrap();
            assert_eq!(
                read.into_iter().collect::<Vec<_>>(),
                [("Env".to_owned(), "prod".to_owned())]
            );
        }
        assert!(read_parameters("[1]").is_err() && read_parameters("{").is_err());
    }
}
