//! What tests set up, and what they look at afterwards.

mod after;
mod before;
mod happening;

use std::collections::BTreeMap;

/// A stack that is there before a test begins.
#[derive(bon::Builder, Clone, Debug, Default, Eq, Hash, PartialEq)]
#[builder(on(String, into))]
#[non_exhaustive]
pub struct Existing {
    /// The region; the default region when empty.
    #[builder(default)]
    pub region: String,
    /// Values of parameters.
    #[builder(default)]
    pub parameters: BTreeMap<String, String>,
    /// Tags of the stack.
    #[builder(default)]
    pub tags: BTreeMap<String, String>,
    /// The role that CloudFormation works with.
    pub role_arn: Option<String>,
}
