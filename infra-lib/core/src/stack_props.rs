//! Properties of a stack: environment, name, tags, termination protection and sections of the template.

use std::collections::BTreeMap;

use crate::environment::Environment;
use crate::value::{Data, Map, ReferenceStrength};

/// Properties of a [`Stack`](crate::Stack); [`build`](Self::build) adds it to an app or a stage.
#[derive(Clone, Debug, Default)]
pub struct StackProps {
    pub(crate) environment: Option<Environment>,
    pub(crate) stack_name: Option<String>,
    pub(crate) description: Option<String>,
    pub(crate) termination_protection: bool,
    pub(crate) reference_strength: Option<ReferenceStrength>,
    pub(crate) output_reader_role: Option<String>,
    pub(crate) asset_bucket: Option<String>,
    pub(crate) asset_repository: Option<String>,
    pub(crate) tags: BTreeMap<String, String>,
    pub(crate) transforms: Vec<String>,
    pub(crate) sections: Map,
    /// Loops, macros and other entries that are kept as data, by section.
    pub(crate) generators: BTreeMap<String, Map>,
}

impl StackProps {
    /// Creates properties with their defaults.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the account and region of the stack. Default: those of its stage, else decided at deployment.
    pub fn environment(mut self, environment: Environment) -> Self {
        self.environment = Some(environment);
        self
    }

    /// Sets the name in CloudFormation. Default: the construct ID, prefixed with that of its stage (`Stage-Stack`).
    pub fn stack_name(mut self, name: impl Into<String>) -> Self {
        self.stack_name = Some(name.into());
        self
    }

    /// Sets the `Description` of the template, at most 1,024 bytes. Default: no description.
    pub fn description(mut self, description: impl Into<String>) -> Self {
        self.description = Some(description.into());
        self
    }

    /// Enables termination protection: CloudFormation refuses to delete the stack. Default: disabled.
    pub fn termination_protection(mut self) -> Self {
        self.termination_protection = true;
        self
    }

    /// Sets the way in which this stack reads values of other stacks. Default: the setting of the app.
    pub fn reference_strength(mut self, strength: ReferenceStrength) -> Self {
        self.reference_strength = Some(strength);
        self
    }

    /// Sets the ARN of the role with which stacks in other accounts read outputs of this stack (`Fn::GetStackOutput`). Default: no role.
    pub fn output_reader_role(mut self, role_arn: impl Into<String>) -> Self {
        self.output_reader_role = Some(role_arn.into());
        self
    }

    /// Sets the bucket to which assets and templates of nested stacks are published. `${AWS::AccountId}`, `${AWS::Region}` and `${AWS::Partition}` are replaced.
    ///
    /// Default: the bucket of `cdk bootstrap`, `cdk-hnb659fds-assets-${AWS::AccountId}-${AWS::Region}`. Objects in the bucket must not expire while
    /// the stack is deployed: CloudFormation reads the templates again for each update.
    pub fn asset_bucket(mut self, name: impl Into<String>) -> Self {
        self.asset_bucket = Some(name.into());
        self
    }

    /// Sets the repository in ECR to which [image assets](crate::assembly::ImageAsset) are pushed, in the account and region of the stack. `${AWS::AccountId}`
    /// and `${AWS::Region}` are replaced.
    ///
    /// Default: the repository of `cdk bootstrap`, `cdk-hnb659fds-container-assets-${AWS::AccountId}-${AWS::Region}`. The policy of another repository must
    /// allow Lambda to pull, if functions use its images; its tags should be immutable, as they are there.
    pub fn asset_repository(mut self, name: impl Into<String>) -> Self {
        self.asset_repository = Some(name.into());
        self
    }

    /// Adds a tag to the stack, which CloudFormation propagates to its resources.
    pub fn tag(mut self, key: impl Into<String>, value: impl Into<String>) -> Self {
        self.tags.insert(key.into(), value.into());
        self
    }

    /// Adds a macro that CloudFormation runs over the template, for example `AWS::Serverless-2016-10-31`. Macros run in the order in which they are
    /// added.
    pub fn transform(mut self, name: impl Into<String>) -> Self {
        self.transforms.push(name.into());
        self
    }

    /// Sets a section of the template that no construct writes, for example `Globals` of the serverless macro.
    pub fn section(mut self, name: &'static str, data: impl Into<Data>) -> Self {
        self.sections.insert(name, data);
        self
    }
}
