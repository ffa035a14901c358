//! Properties of a stack.

use std::collections::BTreeMap;

use crate::environment::Environment;
use crate::value::{Data, Map, ReferenceStrength};

/// Properties of a [`Stack`](crate::Stack).
#[derive(Clone, Debug, Default)]
pub struct StackProps {
    pub(crate) environment: Option<Environment>,
    pub(crate) stack_name: Option<String>,
    pub(crate) description: Option<String>,
    pub(crate) termination_protection: bool,
    pub(crate) reference_strength: Option<ReferenceStrength>,
    pub(crate) output_reader_role: Option<String>,
    pub(crate) asset_bucket: Option<String>,
    pub(crate) tags: BTreeMap<String, String>,
    pub(crate) transforms: Vec<String>,
    pub(crate) sections: Map,
}

impl StackProps {
    /// All defaults.
    pub fn new() -> Self {
        Self::default()
    }

    /// Where the stack is deployed. Default: that of its stage, else decided at deployment.
    pub fn environment(mut self, environment: Environment) -> Self {
        self.environment = Some(environment);
        self
    }

    /// The name in CloudFormation. Default: the construct id, behind that of its stage.
    pub fn stack_name(mut self, name: impl Into<String>) -> Self {
        self.stack_name = Some(name.into());
        self
    }

    /// The `Description` of the template, at most 1,024 bytes.
    pub fn description(mut self, description: impl Into<String>) -> Self {
        self.description = Some(description.into());
        self
    }

    /// Makes CloudFormation refuse to delete the stack. Default: it can be deleted.
    pub fn termination_protection(mut self) -> Self {
        self.termination_protection = true;
        self
    }

    /// How this stack reads values of others. Default: as the app says.
    pub fn reference_strength(mut self, strength: ReferenceStrength) -> Self {
        self.reference_strength = Some(strength);
        self
    }

    /// The role with which stacks of other accounts read outputs of this one (`Fn::GetStackOutput`).
    pub fn output_reader_role(mut self, role_arn: impl Into<String>) -> Self {
        self.output_reader_role = Some(role_arn.into());
        self
    }

    /// The bucket that templates of nested stacks are published to. `${AWS::AccountId}`, `${AWS::Region}` and `${AWS::Partition}`
    /// are replaced.
    ///
    /// Default: that of `cdk bootstrap`, `cdk-hnb659fds-assets-${AWS::AccountId}-${AWS::Region}`. Objects in it must not expire while
    /// the stack is deployed: CloudFormation reads the templates again with each update.
    pub fn asset_bucket(mut self, name: impl Into<String>) -> Self {
        self.asset_bucket = Some(name.into());
        self
    }

    /// A tag of the stack, which CloudFormation passes on to its resources.
    pub fn tag(mut self, key: impl Into<String>, value: impl Into<String>) -> Self {
        self.tags.insert(key.into(), value.into());
        self
    }

    /// A macro that CloudFormation runs over the template, such as `AWS::Serverless-2016-10-31`; they run in order.
    pub fn transform(mut self, name: impl Into<String>) -> Self {
        self.transforms.push(name.into());
        self
    }

    /// A section of the template that nothing else here writes, such as `Globals` of the serverless macro.
    pub fn section(mut self, name: &'static str, data: impl Into<Data>) -> Self {
        self.sections.insert(name, data);
        self
    }
}
