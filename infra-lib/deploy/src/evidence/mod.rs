//! Why ECS tasks fail, read while CloudFormation still waits for their service: a rollback removes it all.
//!
//! CloudFormation only says that a service did not become stable, up to three hours later. ECS knows at once that a
//! container ended with exit code 3, and CloudWatch has the lines it wrote before.

mod mask;
mod observer;
mod task;

pub use mask::mask;
pub use observer::{FailFast, observer, observer_with};
pub(crate) use observer::{cluster_and_name, kind, stopped_on_purpose};
pub(crate) use task::{ContainerLog, Definitions, container_logs, last_part, of_task, shown};
