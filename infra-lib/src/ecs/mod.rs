//! Amazon ECS on Fargate: clusters, task definitions, services, and tasks that run once.
//!
//! [`FargateTaskDefinition`] describes containers ([`ContainerDefinition`]) and their [size](TaskSize).
//! [`FargateService`] keeps such tasks running in a [`Cluster`], registers them with load balancers and scales them
//! ([`TaskScaling`]). [`OneOffTask`] runs to completion, for example as a database [`Migration`].
//!
//! [Properties of each construct](https://github.com/infra-lib/infra-lib/blob/main/docs/book/src/reference/constructs.md#ecs).

mod capacity;
mod cluster;
mod container;
mod container_checks;
mod container_render;
mod deployment;
mod file_system;
mod image;
mod imported_cluster;
mod imported_service;
mod load_balancing;
mod lookup;
mod metrics;
mod migration;
mod network;
mod one_off_task;
mod parts;
mod roles;
mod scaling;
mod service;
mod task_definition;
mod task_size;
mod task_target;

pub use capacity::Capacity;
pub use cluster::{Cluster, ClusterBuilder, ClusterProps, ContainerInsights};
pub use container::ContainerDefinition;
pub use deployment::{CircuitBreaker, ZoneRebalancing};
pub use file_system::{ContainerFileSystem, MountedByContainer};
pub use image::ContainerImage;
pub use imported_cluster::{AsCluster, ClusterRef, ImportedCluster};
pub use imported_service::ImportedFargateService;
pub use migration::{Migration, StepEffect};
pub use network::TaskSubnets;
#[cfg(feature = "patterns")]
pub(crate) use network::task_security_group;
pub use one_off_task::{OneOffTask, OneOffTaskBuilder, OneOffTaskProps};
pub use parts::{
    ContainerUser, Essential, HealthCheck, ListensOnPort, LogMode, Ports, RootFileSystem, WithPort,
    WithoutPort,
};
pub use scaling::TaskScaling;
pub use service::{ExecuteCommand, FargateService, FargateServiceBuilder, FargateServiceProps};
pub use task_definition::{
    CpuArchitecture, FargateTaskDefinition, FargateTaskDefinitionBuilder,
    FargateTaskDefinitionProps,
};
pub use task_size::{TaskSize, TaskSizeError};
pub use task_target::TaskTarget;
