//! Setup and observation of the fake by tests.

mod after;
mod before;
mod happening;

use std::collections::BTreeMap;

/// Options of a stack that exists before a test, all of them optional.
#[derive(bon::Builder, Clone, Debug, Default, Eq, Hash, PartialEq)]
#[builder(on(String, into))]
#[non_exhaustive]
pub struct StackOptions {
    /// Region of the stack; the default region [`REGION`](crate::REGION) if empty.
    #[builder(default)]
    pub region: String,
    /// Parameter values, by name; other parameters have the default of the template.
    #[builder(default)]
    pub parameters: BTreeMap<String, String>,
    /// Tags of the stack, by key, such as the mark of the app.
    #[builder(default)]
    pub tags: BTreeMap<String, String>,
    /// ARN of the service role that CloudFormation uses; `None` for the caller's credentials.
    pub role_arn: Option<String>,
}
