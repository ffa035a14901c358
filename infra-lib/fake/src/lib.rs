//! AWS in memory, for tests of deployments. Time is that of tokio: with a paused clock, an hour of deployment takes no time.
//!
//! [`FakeCloud`] behaves as `fake.md` in this folder states, with references to AWS's documentation. Tests add behavior of
//! their own, such as durations, failures and faults:
//!
//! ```
//! use std::time::Duration;
//!
//! use infra_fake::{FailurePhase, FakeCloud, Fault, FaultTiming};
//!
//! let aws = FakeCloud::new();
//! aws.set_duration("AWS::RDS::DBInstance", Duration::from_mins(10));     // by type or by logical ID
//! aws.fail_resource("Queue", FailurePhase::Create, "You must wait 60 seconds");  // once; `fail_resource_times` for more
//! aws.inject_fault("DescribeStackEvents", Fault::Throttled, FaultTiming::Next(3));
//! aws.inject_fault("*", Fault::NetworkLost, FaultTiming::During {
//!     from: Duration::from_secs(20),                               // since the start of the fake
//!     length: Duration::from_secs(30),
//! });
//!
//! let runtime = FakeCloud::paused_runtime(); // paused; for `Invocation::cloud(aws.cloud(), runtime)` too
//! let cloud = aws.cloud();                  // an `Arc<dyn Cloud>`; clones share everything
//! runtime.block_on(async {
//!     let client = cloud.cloudformation_client("eu-west-1");
//!     assert!(client.describe_stack("Web").await.unwrap().is_none());
//! });
//! assert_eq!(aws.called_operations(), ["DescribeStacks"]);
//! assert!(aws.write_operations().is_empty());
//! ```
//!
//! State before a test: [`FakeCloud::deploy_stack`], [`deploy_stack_with`](FakeCloud::deploy_stack_with),
//! [`set_status`](FakeCloud::set_status), [`start_other_operation`](FakeCloud::start_other_operation), [`create_foreign_change_set`](FakeCloud::create_foreign_change_set),
//! [`create_bucket`](FakeCloud::create_bucket), [`enable_versioning`](FakeCloud::enable_versioning), [`add_parameter`](FakeCloud::add_parameter), [`add_repository`](FakeCloud::add_repository),
//! [`add_vpc`](FakeCloud::add_vpc), [`add_image`](FakeCloud::add_image), [`add_hosted_zone`](FakeCloud::add_hosted_zone) and other facts,
//! [`deny_role`](FakeCloud::deny_role), [`put_object`](FakeCloud::put_object), [`drift_resource`](FakeCloud::drift_resource),
//! [`alter_descriptions`](FakeCloud::alter_descriptions).
//!
//! Behavior during a test: [`set_duration`](FakeCloud::set_duration), [`fail_resource`](FakeCloud::fail_resource), [`inject_fault`](FakeCloud::inject_fault),
//! [`fail_service_tasks`](FakeCloud::fail_service_tasks), [`add_validation`](FakeCloud::add_validation), [`add_hook`](FakeCloud::add_hook),
//! [`expire_credentials_after`](FakeCloud::expire_credentials_after), [`return_stale_reads`](FakeCloud::return_stale_reads),
//! [`set_page_size`](FakeCloud::set_page_size), [`provide_template`](FakeCloud::provide_template),
//! [`ignore_nested_change_sets`](FakeCloud::ignore_nested_change_sets), [`omit_free_form_changes`](FakeCloud::omit_free_form_changes).
//!
//! Observations after a test: [`called_operations`](FakeCloud::called_operations), [`write_operations`](FakeCloud::write_operations), [`call_log`](FakeCloud::call_log),
//! [`stack_status`](FakeCloud::stack_status), [`live_resources`](FakeCloud::live_resources), [`stack_events`](FakeCloud::stack_events),
//! [`change_sets`](FakeCloud::change_sets), [`bucket_objects`](FakeCloud::bucket_objects),
//! [`object_tags`](FakeCloud::object_tags), [`repository_images`](FakeCloud::repository_images).

mod api;
mod change_sets;
mod changes;
mod clock;
mod drift;
mod ecs;
mod evaluate;
mod execution;
mod facts;
mod faults;
mod forgery;
mod images;
mod jobs;
mod knobs;
mod logs;
mod names;
mod nested;
mod objects;
mod operations;
mod refactor;
mod roles;
mod script;
mod services;
mod stacks;
mod stages;
mod world;

#[cfg(test)]
mod tests;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use time::OffsetDateTime;
use tokio::runtime::Runtime;

use infra_aws::{
    ApiError, Cdn, Cloud, CloudControl, CloudFormation, Ec2, Ecs, HostedZones, Identity,
    ImageRegistry, Keys, LoadBalancing, Logs, ObjectStore, Page, ParameterStore, RateLimitedCloud,
};
use infra_template::assembly::AssumedRole;

pub use clock::START;
pub use faults::{Fault, FaultTiming};
pub use knobs::StackOptions;
pub use names::{ACCOUNT, PRINCIPAL};
pub use script::{FailurePhase, TaskRun, UnhealthyTasks};
pub use world::Call;

use world::{Request, State, World};

/// Default region of the fake, used for stacks that do not name a region.
pub const REGION: &str = "eu-west-1";

/// AWS in memory with one account, for all regions. Clones share all state.
#[derive(Clone, Debug)]
pub struct FakeCloud {
    world: Arc<Mutex<World>>,
    latency: Arc<Mutex<Duration>>,
    /// ARN of the assumed role; `None` for the user's own credentials.
    role: Option<Arc<str>>,
}

impl Default for FakeCloud {
    fn default() -> Self {
        Self::new()
    }
}

impl FakeCloud {
    /// Creates an account without any resources, whose clock starts at [`START`].
    pub fn new() -> Self {
        let world = World {
            default_region: Some(REGION.to_owned()),
            ..World::default()
        };
        Self {
            world: Arc::new(Mutex::new(world)),
            latency: Arc::default(),
            role: None,
        }
    }

    /// Returns the cloud as programs use it, with the pacing and retries of calls to AWS.
    pub fn cloud(&self) -> Arc<dyn Cloud> {
        Arc::new(RateLimitedCloud::new(Arc::new(self.clone())))
    }

    /// Creates a single-threaded runtime with a paused clock, which jumps ahead whenever all tasks wait.
    ///
    /// # Panics
    ///
    /// If the system gives no runtime.
    pub fn paused_runtime() -> Runtime {
        tokio::runtime::Builder::new_current_thread()
            .enable_time()
            .start_paused(true)
            .build()
            .expect("a runtime of one thread without input and output needs nothing of the system")
    }

    fn lock_world(&self) -> MutexGuard<'_, World> {
        self.world.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits for the latency of a request.
    async fn wait_for_latency(&self) {
        let latency = *self.latency.lock().unwrap_or_else(PoisonError::into_inner);
        if !latency.is_zero() {
            tokio::time::sleep(latency).await;
        }
    }

    async fn make_read_call<R>(
        &self,
        service: &'static str,
        operation: &'static str,
        target: &str,
        work: impl FnOnce(&mut State, OffsetDateTime) -> Result<R, ApiError>,
    ) -> Result<R, ApiError> {
        self.wait_for_latency().await;
        let request = Request {
            service,
            operation,
            target,
            role: self.role.as_deref(),
            write: false,
        };
        self.lock_world().make_call(request, work)
    }

    async fn make_write_call<R>(
        &self,
        service: &'static str,
        operation: &'static str,
        target: &str,
        work: impl FnOnce(&mut State, OffsetDateTime) -> Result<R, ApiError>,
    ) -> Result<R, ApiError> {
        self.wait_for_latency().await;
        let request = Request {
            service,
            operation,
            target,
            role: self.role.as_deref(),
            write: true,
        };
        self.lock_world().make_call(request, work)
    }
}

#[async_trait]
impl Cloud for FakeCloud {
    async fn caller_identity(&self) -> Result<Identity, ApiError> {
        self.make_read_call("STS", "GetCallerIdentity", "*", |_, _| {
            Ok(Identity::new(ACCOUNT.to_owned(), PRINCIPAL.to_owned()))
        })
        .await
    }

    fn default_region(&self) -> Option<String> {
        self.lock_world().default_region.clone()
    }

    async fn credentials_expiry(&self) -> Option<OffsetDateTime> {
        self.lock_world().credentials_expire
    }

    fn cloudformation_client(&self, region: &str) -> Arc<dyn CloudFormation> {
        Arc::new(api::Client {
            fake: self.clone(),
            region: region.to_owned(),
        })
    }

    fn ecs_client(&self, region: &str) -> Arc<dyn Ecs> {
        self.services_in_region(region)
    }

    fn logs_client(&self, region: &str) -> Arc<dyn Logs> {
        self.services_in_region(region)
    }

    fn s3_client(&self, region: &str) -> Arc<dyn ObjectStore> {
        self.services_in_region(region)
    }

    fn cloudfront_client(&self) -> Arc<dyn Cdn> {
        self.services_in_region(REGION)
    }

    fn ssm_client(&self, region: &str) -> Arc<dyn ParameterStore> {
        self.services_in_region(region)
    }

    fn ecr_client(&self, region: &str) -> Arc<dyn ImageRegistry> {
        self.services_in_region(region)
    }

    fn ec2_client(&self, region: &str) -> Arc<dyn Ec2> {
        self.services_in_region(region)
    }

    fn elb_client(&self, region: &str) -> Arc<dyn LoadBalancing> {
        self.services_in_region(region)
    }

    fn route53_client(&self, region: &str) -> Arc<dyn HostedZones> {
        self.services_in_region(region)
    }

    fn kms_client(&self, region: &str) -> Arc<dyn Keys> {
        self.services_in_region(region)
    }

    fn cloud_control_client(&self, region: &str) -> Arc<dyn CloudControl> {
        self.services_in_region(region)
    }

    async fn assume_role(&self, role: &AssumedRole) -> Result<Arc<dyn Cloud>, ApiError> {
        let arn = &role.arn;
        self.make_read_call("STS", "AssumeRole", arn, |state, _| {
            state.check_role_access(arn)
        })
        .await?;
        Ok(Arc::new(Self {
            role: Some(arn.as_str().into()),
            ..self.clone()
        }))
    }

    fn current_time(&self) -> OffsetDateTime {
        self.lock_world().advance_to_now()
    }
}

impl FakeCloud {
    fn services_in_region(&self, region: &str) -> Arc<services::Services> {
        Arc::new(services::Services {
            fake: self.clone(),
            region: region.to_owned(),
        })
    }
}

/// Returns a page with the default number of entries, or with the number set by a test.
fn paginate<T>(state: &State, all: Vec<T>, next: Option<String>, usual: usize) -> Page<T> {
    let start: usize = next.and_then(|next| next.parse().ok()).unwrap_or(0);
    let size = state.script.page_size.unwrap_or(usual).max(1);
    let total = all.len();
    let end = (start + size).min(total);
    let items = all.into_iter().skip(start).take(size).collect();
    Page::new(items, (end < total).then(|| end.to_string()))
}
