//! Work of scheduled jobs: a container, or a target of schedules.

use crate::core::Duration;
use crate::ec2::Vpc;
use crate::ecs::{AsCluster, ClusterRef, ContainerDefinition, CpuArchitecture, TaskSize};
use crate::logs::{AsLogGroup, LogGroupRef};
use crate::scheduler::{ScheduleTarget, Target};
use crate::task_size;

/// A container that runs to completion on Fargate, as the work of a [`ScheduledJob`](super::ScheduledJob). Defaults:
///
/// | property | here | CloudFormation |
/// |---|---|---|
/// | size of the task | 256 CPU units, 512 MiB | required |
/// | processor architecture | ARM64 | X86_64 |
/// | cluster | that of the patterns of the stack | required |
/// | log group | a separate one with limited retention | none |
/// | time within which the task must start | 1 hour | 24 hours |
#[derive(Clone, Debug)]
#[must_use = "a container does not run until it is passed to a scheduled job"]
pub struct ContainerJob<'app> {
    pub(super) vpc: Vpc<'app>,
    pub(super) container: ContainerDefinition,
    pub(super) size: TaskSize,
    pub(super) cpu_architecture: CpuArchitecture,
    pub(super) cluster: Option<ClusterRef<'app>>,
    pub(super) log_group: Option<LogGroupRef<'app>>,
    pub(super) start_within: Duration,
}

impl<'app> ContainerJob<'app> {
    /// Creates a job that runs a container in the private subnets of a VPC.
    pub fn new(vpc: Vpc<'app>, container: ContainerDefinition) -> Self {
        Self {
            vpc,
            container,
            size: task_size!(256 cpu, 512 MiB),
            cpu_architecture: CpuArchitecture::Arm64,
            cluster: None,
            log_group: None,
            start_within: Duration::hours(1),
        }
    }

    /// Sets CPU and memory of the task; see [`task_size!`](crate::task_size). Default: 256 CPU units and 512 MiB.
    pub const fn size(mut self, size: TaskSize) -> Self {
        self.size = size;
        self
    }

    /// Sets the processor architecture that the image is built for. Default: ARM64 (CloudFormation: X86_64).
    pub const fn cpu_architecture(mut self, architecture: CpuArchitecture) -> Self {
        self.cpu_architecture = architecture;
        self
    }

    /// Sets the cluster. Default: one that the patterns of the stack share for a VPC.
    pub fn cluster(mut self, cluster: &impl AsCluster<'app>) -> Self {
        self.cluster = Some(cluster.as_cluster());
        self
    }

    /// Sets the log group of the container. Default: a separate one with limited retention.
    pub fn log_group(mut self, group: &impl AsLogGroup<'app>) -> Self {
        self.log_group = Some(group.as_log_group());
        self
    }

    /// Sets the time after which a start that AWS refuses, for example for lack of capacity, is given up: 1 minute to 24
    /// hours. Default: 1 hour (CloudFormation: 24 hours).
    pub const fn start_within(mut self, time: Duration) -> Self {
        self.start_within = time;
        self
    }
}

/// Work of a scheduled job, from [`AsJob::as_job`].
#[derive(Clone, Debug)]
pub struct Job<'app>(pub(super) Work<'app>);

#[derive(Clone, Debug)]
pub(super) enum Work<'app> {
    Container(Box<ContainerJob<'app>>),
    Target(Box<Target<'app>>),
}

/// Work that a [`ScheduledJob`](super::ScheduledJob) can do: a [`ContainerJob`], or a target of schedules such as a function.
#[diagnostic::on_unimplemented(
    message = "a scheduled job cannot run `{Self}`",
    label = "a `ContainerJob`, or a target of schedules such as a function, is needed here"
)]
pub trait AsJob<'app> {
    /// Returns the work.
    fn as_job(&self) -> Job<'app>;
}

impl<'app> AsJob<'app> for ContainerJob<'app> {
    fn as_job(&self) -> Job<'app> {
        Job(Work::Container(Box::new(self.clone())))
    }
}

impl<'app, T: ScheduleTarget<'app>> AsJob<'app> for T {
    fn as_job(&self) -> Job<'app> {
        Job(Work::Target(Box::new(self.schedule_target())))
    }
}
