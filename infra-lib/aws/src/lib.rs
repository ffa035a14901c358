//! AWS as a deployment needs it: a trait per service with the operations that are used, and plain types.
//!
//! The module `sdk`, behind the feature of that name, implements the traits over the AWS SDK, the crate `infra-fake` in memory.

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
pub use cloudformation::{AccountLimits, CloudFormation, ContinueRollback, DeleteStack, EventsOf};
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
pub use objects::{all_objects, repeated};
pub use paced::Paced;
pub use parameters::ParameterStore;
pub use partition::{dns_suffix, object_url, service_principal};
pub use refactor::{
    CreateRefactor, RefactorAction, RefactorDescription, ResourceLocation, ResourceMove,
};
pub use registry::{ImageRegistry, RegistryLogin};
pub use services::{
    Cdn, Container, Ecs, LogEvent, Logs, ObjectStore, ObjectSummary, ObjectVersion, PutObject,
    RunTask, Service, ServiceDeployment, ServiceEvent, Task, TaskDefinition,
};
pub use stack::{
    Export, HookEvent, OperationEvent, Page, StackDescription, StackEvent, StackOutput,
    StackResource, StackSummary, stack_name,
};
pub use status::{ResourceStatus, StackStatus};

/// Who we are for AWS.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct Identity {
    /// The account, 12 digits.
    pub account: String,
    /// The ARN of the user or of the session of a role.
    pub arn: String,
}

impl Identity {
    /// An identity of an account, by its ARN.
    pub fn new(account: impl Into<String>, arn: impl Into<String>) -> Self {
        Self {
            account: account.into(),
            arn: arn.into(),
        }
    }
}

/// AWS, or what stands for it.
#[async_trait]
pub trait Cloud: Debug + Send + Sync {
    /// Who we are.
    async fn identity(&self) -> Result<Identity, ApiError>;

    /// The region of stacks that name none.
    fn default_region(&self) -> Option<String>;

    /// When the credentials end, where that is known.
    async fn credentials_expire(&self) -> Option<OffsetDateTime>;

    /// CloudFormation in a region.
    fn cloudformation(&self, region: &str) -> Arc<dyn CloudFormation>;

    /// Elastic Container Service in a region.
    fn ecs(&self, region: &str) -> Arc<dyn Ecs>;

    /// CloudWatch Logs in a region.
    fn logs(&self, region: &str) -> Arc<dyn Logs>;

    /// S3 in a region.
    fn objects(&self, region: &str) -> Arc<dyn ObjectStore>;

    /// CloudFront, which has no region.
    fn cdn(&self) -> Arc<dyn Cdn>;

    /// Systems Manager Parameter Store in a region.
    fn parameters(&self, region: &str) -> Arc<dyn ParameterStore>;

    /// Elastic Container Registry in a region.
    fn registry(&self, region: &str) -> Arc<dyn ImageRegistry>;

    /// EC2 in a region.
    fn ec2(&self, region: &str) -> Arc<dyn Ec2>;

    /// Elastic Load Balancing in a region.
    fn load_balancing(&self, region: &str) -> Arc<dyn LoadBalancing>;

    /// Route 53 in the partition of a region.
    fn hosted_zones(&self, region: &str) -> Arc<dyn HostedZones>;

    /// KMS in a region.
    fn keys(&self, region: &str) -> Arc<dyn Keys>;

    /// Cloud Control in a region.
    fn cloud_control(&self, region: &str) -> Arc<dyn CloudControl>;

    /// Identity and Access Management; `None` for an AWS that has none, as that in memory.
    fn identities(&self) -> Option<Arc<dyn Identities>> {
        None
    }

    /// Simple Notification Service in a region; `None` for an AWS that has none, as that in memory.
    fn topics(&self, _region: &str) -> Option<Arc<dyn Topics>> {
        None
    }

    /// AWS with the credentials of a role, which are asked for at once and renewed before they expire. The same role is assumed
    /// once, however often it is asked for.
    ///
    /// # Errors
    ///
    /// An error of STS, where it gives no credentials.
    async fn assume(&self, role: &AssumedRole) -> Result<Arc<dyn Cloud>, ApiError>;

    /// The time. Waiting goes through `tokio::time`, so that a test with paused time waits for nothing.
    fn now(&self) -> OffsetDateTime;
}
