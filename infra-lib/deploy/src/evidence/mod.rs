//! Collects the reasons why ECS tasks fail while CloudFormation still waits for their service, because a rollback removes them.
//!
//! CloudFormation only reports that a service did not stabilize, after up to three hours. ECS knows at once that a container ended with exit code 3,
//! and CloudWatch Logs has its last lines. [`observer`](fn@observer) collects both during a deployment.

mod mask;
mod observer;
mod task;

pub use mask::mask;
pub use observer::{FailFast, observer, observer_with};
pub(crate) use observer::{cluster_and_name, kind, stopped_on_purpose};
pub(crate) use task::{ContainerLog, Definitions, container_logs, last_part, of_task, shown};
