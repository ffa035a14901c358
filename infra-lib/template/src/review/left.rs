//! Stacks that left the app: they are deployed, and the app does not have them any more.

use schemars::JsonSchema;
use serde::Serialize;

/// Stacks that left the app, and what was looked at to find them.
///
/// A stack belongs to an app by its tag `infra:app`. No deployment changes a stack that left.
#[derive(bon::Builder, Clone, Debug, Default, Eq, Hash, JsonSchema, PartialEq, Serialize)]
#[builder(on(String, into))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct LeftStacks {
    /// The app with its environment, as the tag `infra:app` of its stacks says: `notes/dev`. Several only where the app
    /// gives its stacks several marks.
    pub apps: Vec<String>,
    /// The stacks, by account, region and name.
    pub stacks: Vec<LeftStack>,
    /// The regions of the app, whose stacks were looked at. One that no stack of the app is in any more is not among them.
    pub looked_at: Vec<LookedAt>,
}

/// A stack that left the app.
#[derive(
    bon::Builder, Clone, Debug, Eq, Hash, JsonSchema, Ord, PartialEq, PartialOrd, Serialize,
)]
#[builder(on(String, into))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct LeftStack {
    /// The account.
    pub account: String,
    /// The region.
    pub region: String,
    /// The name in CloudFormation.
    pub stack: String,
    /// The app with its environment, as the tag `infra:app` of the stack says.
    pub app: String,
}

/// A region whose stacks were looked at.
#[derive(
    bon::Builder, Clone, Debug, Eq, Hash, JsonSchema, Ord, PartialEq, PartialOrd, Serialize,
)]
#[builder(on(String, into))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct LookedAt {
    /// The account, where it is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub account: Option<String>,
    /// The region.
    pub region: String,
    /// False where the region has more stacks than were read: others that left the app may be among the rest.
    pub complete: bool,
}
