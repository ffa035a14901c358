//! Stacks that are deployed but no longer part of the app.

use schemars::JsonSchema;
use serde::Serialize;

/// Stacks that are deployed but no longer part of the app, and the scope of the search for them.
///
/// A stack belongs to an app by its tag `infra:app`. Deployments do not change stacks that left the app.
#[derive(bon::Builder, Clone, Debug, Default, Eq, Hash, JsonSchema, PartialEq, Serialize)]
#[builder(on(String, into))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct OrphanedStacks {
    /// Mark of the app and environment in the tag `infra:app` of its stacks, for example `notes/dev`. There are several only if the app marks its
    /// stacks differently.
    pub apps: Vec<String>,
    /// Stacks that left the app, sorted by account, region and name.
    pub stacks: Vec<OrphanedStack>,
    /// Regions that were searched: those of the app's stacks. A region from which the app has removed its last stack is not searched.
    pub looked_at: Vec<SearchedRegion>,
}

/// A deployed stack that the app does not contain any more.
#[derive(
    bon::Builder, Clone, Debug, Eq, Hash, JsonSchema, Ord, PartialEq, PartialOrd, Serialize,
)]
#[builder(on(String, into))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct OrphanedStack {
    /// Account ID of the stack, of twelve digits.
    pub account: String,
    /// Region of the stack, for example `eu-west-1`.
    pub region: String,
    /// Name of the stack in CloudFormation, by which a user can delete it.
    pub stack: String,
    /// Mark of the app and environment in the tag `infra:app` of the stack, for example `notes/dev`.
    pub app: String,
}

/// A region of an account whose stacks were searched.
#[derive(
    bon::Builder, Clone, Debug, Eq, Hash, JsonSchema, Ord, PartialEq, PartialOrd, Serialize,
)]
#[builder(on(String, into))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct SearchedRegion {
    /// Account ID of twelve digits. Absent if unknown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub account: Option<String>,
    /// Region code, for example `eu-west-1`.
    pub region: String,
    /// `false` if the region has more stacks than were read, so that further stacks may have left the app.
    pub complete: bool,
}
