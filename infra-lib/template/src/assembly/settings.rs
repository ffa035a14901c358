//! Deployment settings of a stack in the manifest: roles, bootstrap version, parameter values and notification topics.

use std::collections::BTreeMap;

use serde_json::Value as JsonValue;

/// Deployment settings of a stack, as a stack synthesizer of the CDK writes them. Texts may contain [`Placeholders`](super::Placeholders).
#[derive(Clone, Debug, Default, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct StackSettings {
    /// Role to assume for deploying the stack (`assumeRoleArn`), or `None` for the credentials of the deployment.
    pub deploy_role: Option<AssumedRole>,
    /// ARN of the role that CloudFormation assumes to change resources (`cloudFormationExecutionRoleArn`).
    pub execution_role: Option<String>,
    /// Role to assume for read-only calls, such as reading the deployed template (`lookupRole`), or `None`.
    pub lookup_role: Option<AssumedRole>,
    /// Minimum version of the bootstrap stack that the deployment requires (`requiresBootstrapStackVersion`).
    pub bootstrap: Option<BootstrapVersion>,
    /// Location of the template if it is published as an asset, `s3://BUCKET/KEY` (`stackTemplateAssetObjectUrl`).
    pub template_url: Option<String>,
    /// ARNs of SNS topics that receive the events of the stack.
    pub notification_arns: Vec<String>,
    /// Values of the stack's parameters by name. Options of the command line take precedence.
    pub parameters: BTreeMap<String, String>,
    /// `true` if `cdk synth` reports errors of this stack. Errors always end `diff`, `plan` and `deploy`.
    pub validate_on_synth: bool,
}

/// An IAM role to assume for some calls to AWS, with the options of `AssumeRole`.
#[derive(Clone, Debug, Default, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[non_exhaustive]
pub struct AssumedRole {
    /// ARN of the role, which may contain placeholders.
    pub arn: String,
    /// External ID that the trust policy of the role requires, or `None`.
    pub external_id: Option<String>,
    /// Session tags by key. All of them are transitive, that is, passed on in role chaining.
    pub session_tags: BTreeMap<String, String>,
}

impl AssumedRole {
    /// Creates a role from its ARN, without an external ID and session tags.
    pub fn new(arn: impl Into<String>) -> Self {
        Self {
            arn: arn.into(),
            ..Self::default()
        }
    }

    /// Creates a role with an external ID and the tags from additional options of `AssumeRole`.
    ///
    /// # Errors
    ///
    /// Returns the name of the first option other than `Tags`: ignoring it would start a different session than the app requested.
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

/// The minimum version of the CDK bootstrap stack in the account and region.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[non_exhaustive]
pub struct BootstrapVersion {
    /// Lowest version that is sufficient, for example 6.
    pub version: u32,
    /// Name of the SSM parameter with the deployed version, or `None` to read it from the outputs of the stack `CDKToolkit`.
    pub parameter: Option<String>,
}

impl BootstrapVersion {
    /// Creates a requirement of at least `version`, compared with the value of an SSM parameter.
    pub fn new(version: u32, parameter: impl Into<String>) -> Self {
        Self {
            version,
            parameter: Some(parameter.into()),
        }
    }
}

/// Returns the tags from the additional options of `AssumeRole`.
///
/// # Errors
///
/// Returns the name of the first option other than `Tags`: ignoring it would start a different session than the app requested.
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
