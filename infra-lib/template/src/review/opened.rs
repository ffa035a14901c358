//! Paths from outside that a change opens, with the steps of each.

use schemars::JsonSchema;
use serde::Serialize;

use crate::ResourceName;

/// A path from outside of the account to a resource, which does not exist before the deployment. Reviewers decide about each.
#[derive(bon::Builder, Clone, Debug, Eq, Hash, JsonSchema, PartialEq, Serialize)]
#[builder(on(String, into))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct OpenedPath {
    /// Resource at the end of the path.
    #[serde(flatten)]
    pub resource: ResourceName,
    /// Start of the path: `the internet`, or the account, role or identity provider that a policy names.
    pub from: String,
    /// Use of the path: `connect`, `port 22`, or an action such as `s3:GetObject`.
    pub what: String,
    /// `true` if the path is open whatever the values are that the templates leave open; `false` if it is for some of them.
    pub certain: bool,
    /// Steps of the path, in the direction of a request.
    pub steps: Vec<PathStep>,
}

/// A step of an [`OpenedPath`].
#[derive(bon::Builder, Clone, Debug, Eq, Hash, JsonSchema, PartialEq, Serialize)]
#[builder(on(String, into))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct PathStep {
    /// Description in one line.
    pub text: String,
    /// Resource that decides. Absent for a step that no resource of the app decides.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resource: Option<ResourceName>,
    /// Path of the property that decides. Absent for a resource as a whole.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub property: Option<String>,
}
