//! Names of a resource: in the template, in AWS, in the app.

use schemars::JsonSchema;
use serde::Serialize;

/// A resource by every name it has.
#[derive(
    bon::Builder, Clone, Debug, Default, Eq, Hash, JsonSchema, Ord, PartialEq, PartialOrd, Serialize,
)]
#[builder(on(String, into))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct ResourceName {
    /// The name of the stack in CloudFormation.
    pub stack: String,
    /// The name in the template. A resource of a nested stack has the logical IDs that lead to it from the root stack,
    /// as `Child/Table`.
    pub logical_id: String,
    /// The type. `type` in JSON is what an event is.
    #[serde(rename = "resourceType")]
    pub type_name: String,
    /// The name in AWS.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub physical_id: Option<String>,
    /// The construct.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub construct_path: Option<String>,
    /// `file:line:column` of the user's program.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
}

impl ResourceName {
    /// The same resource with its name in AWS; `None` where it has none yet.
    pub fn with_physical_id(mut self, physical_id: Option<String>) -> Self {
        self.physical_id = physical_id;
        self
    }

    /// How people call it: the construct where there is one, the logical ID otherwise. The resource that a construct is
    /// made of is called `Resource` in all of them, which says nothing; the CDK leaves it out as well.
    pub fn shown(&self) -> &str {
        match &self.construct_path {
            Some(path) => path.strip_suffix("/Resource").unwrap_or(path),
            None => &self.logical_id,
        }
    }

    /// Whether people mean it by that name: as it is shown, its whole path, or its logical ID.
    pub fn is_named(&self, name: &str) -> bool {
        let path = self.construct_path.as_deref();
        self.logical_id == name || self.shown() == name || path == Some(name)
    }
}
