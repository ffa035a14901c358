//! The names of a resource in the template, in AWS and in the app: [`ResourceName`].

use schemars::JsonSchema;
use serde::Serialize;

/// A resource with all its names: logical ID, physical ID and construct path.
#[derive(
    bon::Builder, Clone, Debug, Default, Eq, Hash, JsonSchema, Ord, PartialEq, PartialOrd, Serialize,
)]
#[builder(on(String, into))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct ResourceName {
    /// Name of the stack in CloudFormation. Resources of nested stacks have the name of the root stack.
    pub stack: String,
    /// Logical ID of the resource. In a nested stack, it is the path of logical IDs from the root stack, for example `Child/Table`.
    pub logical_id: String,
    /// CloudFormation type of the resource, for example `AWS::S3::Bucket`. The key in JSON is `resourceType`, because `type` is the type of an event.
    #[serde(rename = "resourceType")]
    pub type_name: String,
    /// Physical ID of the resource in AWS. Absent if it does not exist yet.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub physical_id: Option<String>,
    /// Construct path of the resource. Absent if the template does not contain it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub construct_path: Option<String>,
    /// Source location in the program, in the form `file:line:column`. Absent if the assembly does not record it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
}

impl ResourceName {
    /// Sets the physical ID, or removes it with `None` for a resource that does not exist yet.
    pub fn with_physical_id(mut self, physical_id: Option<String>) -> Self {
        self.physical_id = physical_id;
        self
    }

    /// Returns the name for display: the construct path if known, else the logical ID. A final `Resource` component is left out, as in the CDK,
    /// because the main resource of every construct has that name.
    pub fn display_name(&self) -> &str {
        match &self.construct_path {
            Some(path) => path.strip_suffix("/Resource").unwrap_or(path),
            None => &self.logical_id,
        }
    }

    /// Returns `true` if a user may mean this resource by `name`: the displayed name, the full construct path, or the logical ID.
    pub fn is_named(&self, name: &str) -> bool {
        let path = self.construct_path.as_deref();
        self.logical_id == name || self.display_name() == name || path == Some(name)
    }
}
