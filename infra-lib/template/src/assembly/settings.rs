//! Settings of a stack in the manifest: roles, bootstrap version, parameters and topics.

use std::collections::BTreeMap;

use serde_json::Value as JsonValue;

/// Settings of a stack, as a synthesizer of the CDK writes them. Texts may hold [`Placeholders`](super::Placeholders).
#[derive(Clone, Debug, Default, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct StackSettings {
    /// The role to deploy with (`assumeRoleArn`).
    pub deploy_role: Option<AssumedRole>,
    /// The role that CloudFormation works with (`cloudFormationExecutionRoleArn`).
    pub execution_role: Option<String>,
    /// The role to read with (`lookupRole`).
    pub lookup_role: Option<AssumedRole>,
    /// The bootstrap version that the stack needs.
    pub bootstrap: Option<BootstrapVersion>,
    /// The place of the template as an asset, `s3://BUCKET/KEY` (`stackTemplateAssetObjectUrl`).
    pub template_url: Option<String>,
    /// Topics that get the events of the stack.
    pub notification_arns: Vec<String>,
    /// Values of parameters, which options of the command line come before.
    pub parameters: BTreeMap<String, String>,
    /// True when `cdk synth` reports errors of this stack; they end `diff`, `plan` and `deploy` in any case.
    pub validate_on_synth: bool,
}

/// A role that is assumed for some calls.
#[derive(Clone, Debug, Default, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[non_exhaustive]
pub struct AssumedRole {
    /// The ARN.
    pub arn: String,
    /// The external id that its trust policy asks for.
    pub external_id: Option<String>,
    /// Session tags; all are transitive.
    pub session_tags: BTreeMap<String, String>,
}

impl AssumedRole {
    /// The role of that ARN, without external id and tags.
    pub fn new(arn: impl Into<String>) -> Self {
        Self {
            arn: arn.into(),
            ..Self::default()
        }
    }

    /// The role of that ARN, with an external id and the tags among additional options of `AssumeRole`.
    ///
    /// # Errors
    ///
    /// The name of an option that is not `Tags`: passing over it would assume another session than was asked for.
    pub fn with_options(
        arn: impl Into<String>,
        external_id: Option<String>,
        options: Option<&JsonValue>,
    ) -> Result<Self, String> {
        Ok(Self {
            external_id,
            session_tags: session_tags(options)?,
            ..Self::new(arn)
        })
    }
}

/// The version that the bootstrap stack of the CDK must have.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[non_exhaustive]
pub struct BootstrapVersion {
    /// The lowest version that will do.
    pub version: u32,
    /// The SSM parameter with the version that is there; the stack `CDKToolkit` says it when `None`.
    pub parameter: Option<String>,
}

impl BootstrapVersion {
    /// At least that version, as this SSM parameter says it.
    pub fn new(version: u32, parameter: impl Into<String>) -> Self {
        Self {
            version,
            parameter: Some(parameter.into()),
        }
    }
}

/// The tags among the additional options of `AssumeRole`.
///
/// # Errors
///
/// The name of an option that is not `Tags`: passing over it would assume another session than was asked for.
pub(crate) fn session_tags(
    options: Option<&JsonValue>,
) -> Result<BTreeMap<String, String>, String> {
    let mut tags = BTreeMap::new();
    for (name, value) in options.and_then(JsonValue::as_object).into_iter().flatten() {
        if name != "Tags" {
            return Err(name.clone());
        }
        for tag in value.as_array().into_iter().flatten() {
            if let (Some(key), Some(value)) = (tag["Key"].as_str(), tag["Value"].as_str()) {
                tags.insert(key.to_owned(), value.to_owned());
            }
        }
    }
    Ok(tags)
}
