//! Collects the reasons why ECS tasks fail while CloudFormation still waits for their service, because a rollback removes them.
//!
//! CloudFormation only reports that a service did not stabilize, after up to three hours. ECS knows at once that a container ended with exit code 3,
//! and CloudWatch Logs has its last lines. [`create_observer`] collects both during a deployment.

mod mask;
mod observer;
mod task;

pub use mask::mask_secrets;
pub use observer::{FailFast, create_observer, create_observer_with};
pub(crate) use observer::{cluster_and_name, failure_kind, is_planned_stop};
pub(crate) use task::{
    ContainerLog, Definitions, container_logs, last_part, read_task_evidence, sanitize_line,
};
