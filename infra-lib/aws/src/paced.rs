//! Limits the rate of calls to CloudFormation, and reduces it while AWS throttles them.

use std::collections::BTreeMap;
use std::future::Future;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use infra_template::assembly::AssumedRole;
use time::OffsetDateTime;
use tokio::time::sleep;

use crate::pacing::RateLimiter;
use crate::{
    AccountLimits, ApiError, ApiErrorKind, Cdn, ChangeSetDescription, ChangeSetHook,
    ChangeSetSummary, Cloud, CloudControl, CloudFormation, ContinueRollback, CreateChangeSet,
    CreateRefactor, CreatedChangeSet, DeleteStack, DriftDetection, Ec2, Ecs, EventSelector,
    ExecuteChangeSet, Export, HookResult, HostedZones, Identities, Identity, ImageRegistry, Keys,
    LoadBalancing, Logs, ObjectStore, OperationEvent, Page, ParameterStore, RefactorAction,
    RefactorDescription, ResourceDrift, StackDescription, StackEvent, StackResource, StackSummary,
    Topics,
};

const SERVICE: &str = "CloudFormation";

/// Optional read operations. An endpoint that does not support one of them is not called for it again.
const OPTIONAL: [&str; 3] = [
    "DescribeEvents",
    "DescribeChangeSetHooks",
    "ListHookResults",
];

/// A [`Cloud`] that limits the rate of calls to CloudFormation: 18 at once and 8 per second for each operation and region, fewer while AWS throttles
/// them.
///
/// Clients of one such cloud share the limit. Calls to other services are passed on unchanged.
#[derive(Debug)]
pub struct RateLimitedCloud {
    cloud: Arc<dyn Cloud>,
    limiter: Arc<RateLimiter>,
    /// Rate limits of accounts in which a role was assumed.
    accounts: Arc<Mutex<BTreeMap<String, Arc<RateLimiter>>>>,
    retries: u32,
}

impl RateLimitedCloud {
    /// Wraps a cloud. A throttled call fails with [`ApiErrorKind::Throttled`], and later calls are delayed.
    pub fn new(cloud: Arc<dyn Cloud>) -> Self {
        Self {
            cloud,
            limiter: Arc::default(),
            accounts: Arc::default(),
            retries: 0,
        }
    }

    /// Retries a throttled call the given number of times, after 0.5 s, 1 s, 2 s and so on, before it fails.
    #[must_use]
    pub fn with_retries(mut self, retries: u32) -> Self {
        self.retries = retries;
        self
    }
}

#[async_trait]
impl Cloud for RateLimitedCloud {
    async fn caller_identity(&self) -> Result<Identity, ApiError> {
        self.cloud.caller_identity().await
    }

    fn default_region(&self) -> Option<String> {
        self.cloud.default_region()
    }

    async fn credentials_expiry(&self) -> Option<OffsetDateTime> {
        self.cloud.credentials_expiry().await
    }

    fn cloudformation_client(&self, region: &str) -> Arc<dyn CloudFormation> {
        Arc::new(Client {
            inner: self.cloud.cloudformation_client(region),
            region: region.to_owned(),
            pacing: Arc::clone(&self.limiter),
            retries: self.retries,
        })
    }

    fn ecs_client(&self, region: &str) -> Arc<dyn Ecs> {
        self.cloud.ecs_client(region)
    }

    fn logs_client(&self, region: &str) -> Arc<dyn Logs> {
        self.cloud.logs_client(region)
    }

    fn s3_client(&self, region: &str) -> Arc<dyn ObjectStore> {
        self.cloud.s3_client(region)
    }

    fn cloudfront_client(&self) -> Arc<dyn Cdn> {
        self.cloud.cloudfront_client()
    }

    fn ssm_client(&self, region: &str) -> Arc<dyn ParameterStore> {
        self.cloud.ssm_client(region)
    }

    fn ecr_client(&self, region: &str) -> Arc<dyn ImageRegistry> {
        self.cloud.ecr_client(region)
    }

    fn ec2_client(&self, region: &str) -> Arc<dyn Ec2> {
        self.cloud.ec2_client(region)
    }

    fn iam_client(&self) -> Option<Arc<dyn Identities>> {
        self.cloud.iam_client()
    }

    fn sns_client(&self, region: &str) -> Option<Arc<dyn Topics>> {
        self.cloud.sns_client(region)
    }

    fn elb_client(&self, region: &str) -> Arc<dyn LoadBalancing> {
        self.cloud.elb_client(region)
    }

    fn route53_client(&self, region: &str) -> Arc<dyn HostedZones> {
        self.cloud.route53_client(region)
    }

    fn kms_client(&self, region: &str) -> Arc<dyn Keys> {
        self.cloud.kms_client(region)
    }

    fn cloud_control_client(&self, region: &str) -> Arc<dyn CloudControl> {
        self.cloud.cloud_control_client(region)
    }

    async fn assume_role(&self, role: &AssumedRole) -> Result<Arc<dyn Cloud>, ApiError> {
        let cloud = self.cloud.assume_role(role).await?;
        // arn:PARTITION:iam::ACCOUNT:role/NAME; the limits of AWS apply to the account.
        let account = role.arn.split(':').nth(4).unwrap_or_default().to_owned();
        let limiter = {
            // A thread that panicked in these lines leaves a valid map.
            let mut accounts = self.accounts.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(accounts.entry(account).or_default())
        };
        Ok(Arc::new(Self {
            cloud,
            limiter,
            accounts: Arc::clone(&self.accounts),
            retries: self.retries,
        }))
    }

    fn current_time(&self) -> OffsetDateTime {
        self.cloud.current_time()
    }
}

/// CloudFormation in a region, with a rate limit.
#[derive(Debug)]
struct Client {
    inner: Arc<dyn CloudFormation>,
    region: String,
    pacing: Arc<RateLimiter>,
    retries: u32,
}

impl Client {
    /// Makes a call when the rate limit permits, and adjusts the limit to the result.
    async fn call<T, F>(
        &self,
        operation: &'static str,
        mut make: impl FnMut() -> F + Send,
    ) -> Result<T, ApiError>
    where
        F: Future<Output = Result<T, ApiError>> + Send,
    {
        let (pacing, region) = (&self.pacing, self.region.as_str());
        if pacing.is_unsupported(region, operation) {
            let message = "the endpoint does not know this operation";
            return Err(ApiError::new(SERVICE, operation, "InvalidAction", message));
        }
        let mut wait = Duration::from_millis(500);
        let mut left = self.retries;
        loop {
            pacing.wait_for_turn(region, operation).await;
            let answer = make().await;
            match &answer {
                Err(error) if error.kind == ApiErrorKind::Throttled => {
                    pacing.record_throttling(region, operation);
                    if left > 0 {
                        left -= 1;
                        sleep(wait).await;
                        wait *= 2;
                        continue;
                    }
                }
                Err(error)
                    if error.kind == ApiErrorKind::Unsupported && OPTIONAL.contains(&operation) =>
                {
                    pacing.set_unsupported(region, operation);
                }
                _ => pacing.record_response(region, operation),
            }
            return answer;
        }
    }
}

/// Implements methods that forward a call under the name of its operation.
macro_rules! pass_on {
    ($($operation:literal $method:ident($($name:ident: $type:ty),*) -> $answer:ty;)*) => {
        #[async_trait]
        impl CloudFormation for Client {
            $(async fn $method(&self, $($name: $type),*) -> Result<$answer, ApiError> {
                self.call($operation, || self.inner.$method($($name.clone()),*)).await
            })*
        }
    };
}

pass_on! {
    "DescribeStacks" describe_stack(stack: &str) -> Option<StackDescription>;
    "DescribeStacks" describe_stacks(next: Option<String>) -> Page<StackDescription>;
    "ListStacks" list_stacks(next: Option<String>) -> Page<StackSummary>;
    "DescribeStackEvents" stack_events(stack: &str, next: Option<String>) -> Page<StackEvent>;
    "ListStackResources" stack_resources(stack: &str, next: Option<String>) -> Page<StackResource>;
    "GetTemplate" get_template(stack: &str, change_set: Option<&str>) -> String;
    "CreateChangeSet" create_change_set(request: CreateChangeSet) -> CreatedChangeSet;
    "DescribeChangeSet" describe_change_set(change_set: &str, stack: Option<&str>, values: bool, next: Option<String>) -> ChangeSetDescription;
    "DescribeChangeSetHooks" change_set_hooks(change_set: &str) -> Option<Vec<ChangeSetHook>>;
    "ListHookResults" hook_results(change_set: &str) -> Vec<HookResult>;
    "ListChangeSets" list_change_sets(stack: &str, next: Option<String>) -> Page<ChangeSetSummary>;
    "DeleteChangeSet" delete_change_set(change_set: &str) -> ();
    "ExecuteChangeSet" execute_change_set(request: ExecuteChangeSet) -> ();
    "DescribeEvents" operation_events(of: EventSelector, failed_only: bool, next: Option<String>) -> Page<OperationEvent>;
    "CancelUpdateStack" cancel_update(stack: &str, token: &str) -> ();
    "RollbackStack" rollback_stack(stack: &str, role_arn: Option<&str>, token: &str) -> ();
    "ContinueUpdateRollback" continue_rollback(request: ContinueRollback) -> ();
    "DeleteStack" delete_stack(request: DeleteStack) -> ();
    "UpdateTerminationProtection" set_termination_protection(stack: &str, on: bool) -> ();
    "DetectStackDrift" detect_drift(stack: &str, resources: &[String]) -> String;
    "DescribeStackDriftDetectionStatus" drift_detection(id: &str) -> DriftDetection;
    "DescribeStackResourceDrifts" resource_drifts(stack: &str, next: Option<String>) -> Page<ResourceDrift>;
    "ListExports" list_exports(next: Option<String>) -> Page<Export>;
    "ListImports" list_imports(export: &str, next: Option<String>) -> Page<String>;
    "CreateStackRefactor" create_refactor(request: CreateRefactor) -> String;
    "DescribeStackRefactor" describe_refactor(id: &str) -> RefactorDescription;
    "ListStackRefactorActions" refactor_actions(id: &str, next: Option<String>) -> Page<RefactorAction>;
    "ExecuteStackRefactor" execute_refactor(id: &str) -> ();
    "DescribeAccountLimits" account_limits() -> AccountLimits;
}
