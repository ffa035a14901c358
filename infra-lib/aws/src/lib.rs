//! The AWS APIs that a deployment uses: a trait for each service with the required operations, and plain types for requests and responses.
//!
//! [`Cloud`] provides the clients of all services. The module `sdk`, enabled by the feature of the same name, implements the traits with the AWS SDK;
//! the crate `infra-fake` implements them in memory.

mod change_set;
mod change_set_settings;
mod cloudformation;
mod drift;
mod ec2;
mod error;
mod identities;
mod lookups;
mod objects;
mod paced;
mod pacing;
mod parameters;
mod partition;
mod refactor;
mod registry;
#[cfg(feature = "sdk")]
pub mod sdk;
mod services;
mod stack;
mod status;

use std::fmt::Debug;
use std::sync::Arc;

use async_trait::async_trait;
use infra_template::assembly::AssumedRole;
use time::OffsetDateTime;

pub use change_set::{
    ApiReplacement, Change, ChangeDetail, ChangeSetDescription, ChangeSetHook, ChangeSetStatus,
    ChangeSetSummary, ChangeSetType, CreateChangeSet, CreatedChangeSet, ExecuteChangeSet,
    ExecutionStatus, HookResult, OnFailure, ResourceImport, RollbackAlarms, TemplateSource,
};
pub use change_set_settings::{ChangeSetSettings, RollbackTrigger};
pub use cloudformation::{
    AccountLimits, CloudFormation, ContinueRollback, DeleteStack, EventSelector,
};
pub use drift::{DriftDetection, PropertyDifference, ResourceDrift};
pub use ec2::{
    AvailabilityZone, Ec2, EgressRule, Filter, Image, Route, RouteTable, SecurityGroup, Subnet, Vpc,
};
pub use error::{ApiError, ApiErrorKind};
pub use identities::{Identities, Role, Topics, UnconfirmedSubscription};
pub use lookups::{
    CloudControl, FoundResource, HostedZone, HostedZones, KeyAlias, Keys, Listener, LoadBalancer,
    LoadBalancing,
};
pub use objects::{list_all_objects, retry_transient};
pub use paced::RateLimitedCloud;
pub use parameters::ParameterStore;
pub use partition::{dns_suffix, object_url, service_principal};
pub use refactor::{
    CreateRefactor, RefactorAction, RefactorDescription, ResourceLocation, ResourceMove,
};
pub use registry::{ImageRegistry, RegistryImage, RegistryLogin};
pub use services::{
    Cdn, Container, Ecs, LogEvent, Logs, ObjectStore, ObjectSummary, ObjectVersion, PutObject,
    RunTask, Service, ServiceDeployment, ServiceEvent, Task, TaskDefinition,
};
pub use stack::{
    Export, HookEvent, OperationEvent, Page, StackDescription, StackEvent, StackOutput,
    StackResource, StackSummary, stack_name,
};
pub use status::{ResourceStatus, StackStatus};

/// The AWS identity of the caller, as returned by the STS operation `GetCallerIdentity`.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct Identity {
    /// Account ID of twelve digits, to which the credentials belong.
    pub account: String,
    /// ARN of the user, or of the role session for temporary credentials.
    pub arn: String,
}

impl Identity {
    /// Creates an identity from an account ID and an ARN, for implementations of [`Cloud`].
    pub fn new(account: impl Into<String>, arn: impl Into<String>) -> Self {
        Self {
            account: account.into(),
            arn: arn.into(),
        }
    }
}

/// Access to AWS, or to an implementation in memory: the identity of the caller and a client for each service.
#[async_trait]
pub trait Cloud: Debug + Send + Sync {
    /// Returns the identity of the caller, which requires valid credentials but no permissions.
    async fn caller_identity(&self) -> Result<Identity, ApiError>;

    /// Returns the region for stacks that do not specify one.
    fn default_region(&self) -> Option<String>;

    /// Returns the time at which the credentials expire, or `None` if it is unknown or they do not expire.
    async fn credentials_expiry(&self) -> Option<OffsetDateTime>;

    /// Returns a client for CloudFormation in a region.
    fn cloudformation_client(&self, region: &str) -> Arc<dyn CloudFormation>;

    /// Returns a client for Amazon Elastic Container Service (ECS) in a region.
    fn ecs_client(&self, region: &str) -> Arc<dyn Ecs>;

    /// Returns a client for CloudWatch Logs in a region.
    fn logs_client(&self, region: &str) -> Arc<dyn Logs>;

    /// Returns a client for Amazon S3 in a region.
    fn s3_client(&self, region: &str) -> Arc<dyn ObjectStore>;

    /// Returns a client for CloudFront, which is global.
    fn cloudfront_client(&self) -> Arc<dyn Cdn>;

    /// Returns a client for Systems Manager Parameter Store in a region.
    fn ssm_client(&self, region: &str) -> Arc<dyn ParameterStore>;

    /// Returns a client for Amazon Elastic Container Registry (ECR) in a region.
    fn ecr_client(&self, region: &str) -> Arc<dyn ImageRegistry>;

    /// Returns a client for EC2 in a region.
    fn ec2_client(&self, region: &str) -> Arc<dyn Ec2>;

    /// Returns a client for Elastic Load Balancing in a region.
    fn elb_client(&self, region: &str) -> Arc<dyn LoadBalancing>;

    /// Returns a client for Route 53 in the partition of a region.
    fn route53_client(&self, region: &str) -> Arc<dyn HostedZones>;

    /// Returns a client for AWS KMS in a region.
    fn kms_client(&self, region: &str) -> Arc<dyn Keys>;

    /// Returns a client for the Cloud Control API in a region.
    fn cloud_control_client(&self, region: &str) -> Arc<dyn CloudControl>;

    /// Returns a client for IAM, or `None` if the implementation does not support it, as the one in memory.
    fn iam_client(&self) -> Option<Arc<dyn Identities>> {
        None
    }

    /// Returns a client for Amazon SNS in a region, or `None` if the implementation does not support it, as the one in memory.
    fn sns_client(&self, _region: &str) -> Option<Arc<dyn Topics>> {
        None
    }

    /// Returns access with the credentials of a role. The role is assumed immediately, and its credentials are renewed before they expire. Further
    /// calls with the same role share the credentials.
    ///
    /// # Errors
    ///
    /// Fails with the error of STS if the role cannot be assumed.
    async fn assume_role(&self, role: &AssumedRole) -> Result<Arc<dyn Cloud>, ApiError>;

    /// Returns the current time. Implementations wait with `tokio::time`, so tests with paused time do not wait.
    fn current_time(&self) -> OffsetDateTime;
}
