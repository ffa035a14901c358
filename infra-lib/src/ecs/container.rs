//! A container of a task, as its owner describes it.

use std::marker::PhantomData;

use super::image::ContainerImage;
use super::parts::{
    ContainerUser, Essential, HealthCheck, LogMode, Mount, Ports, RootFileSystem, WithPort,
    WithoutPort,
};
use crate::core::{Duration, IntoValue, Size, Value};
use crate::secretsmanager::{IntoSecretField, SecretField};

/// A container of a task.
///
/// Defaults, with CloudFormation's own in brackets: runs as user 65532 (root, where the image says nothing), cannot
/// write to its root file system (can), has no Linux capabilities (Docker's set), an init process reaps its children
/// (none), is killed 30 seconds after it was asked to stop (the same), logs without blocking to the task's log group
/// (no logs). It cannot be privileged: Fargate has no such thing. See
/// [task definition parameters for Fargate](https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html).
///
/// ```
/// use infra_lib::ecs::{ContainerDefinition, ContainerImage, HealthCheck};
/// use infra_lib::prelude::*;
///
/// # let image = ContainerImage::from_registry_digest("public.ecr.aws/x/y@sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08");
/// let container = ContainerDefinition::new("api", image)
///     .port(8080)
///     .env("LOG_LEVEL", "info")
///     .tmpfs("/tmp", Size::mib(64))
///     .health_check(HealthCheck::command(["/notes", "health"]));
/// ```
#[derive(Clone, Debug)]
pub struct ContainerDefinition<P: Ports = WithoutPort> {
    pub(super) name: String,
    pub(super) image: ContainerImage,
    pub(super) port: Option<(String, u16)>,
    pub(super) env: Vec<(String, Value<String>)>,
    pub(super) secrets: Vec<(String, SecretField)>,
    pub(super) command: Option<Value<Vec<String>>>,
    pub(super) entry_point: Option<Value<Vec<String>>>,
    pub(super) working_directory: Option<Value<String>>,
    pub(super) health_check: Option<HealthCheck>,
    pub(super) user: ContainerUser,
    pub(super) root_file_system: RootFileSystem,
    pub(super) mounts: Vec<Mount>,
    pub(super) open_files: Option<(u32, u32)>,
    pub(super) stop_timeout: Duration,
    pub(super) memory_limit: Option<Size>,
    pub(super) essential: Essential,
    pub(super) log_mode: LogMode,
    ports: PhantomData<P>,
}

impl ContainerDefinition {
    /// A container called `name` (letters, digits, hyphens and underscores) that runs `image`.
    pub fn new(name: impl Into<String>, image: ContainerImage) -> Self {
        Self {
            name: name.into(),
            image,
            port: None,
            env: Vec::new(),
            secrets: Vec::new(),
            command: None,
            entry_point: None,
            working_directory: None,
            health_check: None,
            user: ContainerUser::DEFAULT,
            root_file_system: RootFileSystem::ReadOnly,
            mounts: Vec::new(),
            open_files: None,
            stop_timeout: Duration::seconds(30),
            memory_limit: None,
            essential: Essential::Yes,
            log_mode: LogMode::DEFAULT,
            ports: PhantomData,
        }
    }

    /// Listens on a TCP port, which is called after the container in the port mapping.
    pub fn port(self, port: u16) -> ContainerDefinition<WithPort> {
        let name = self.name.to_lowercase();
        self.named_port(name, port)
    }

    /// Listens on a TCP port under a name of its own, as Service Connect shows it.
    pub fn named_port(self, name: impl Into<String>, port: u16) -> ContainerDefinition<WithPort> {
        let mut listening = self.with_ports();
        listening.port = Some((name.into(), port));
        listening
    }
}

impl<P: Ports> ContainerDefinition<P> {
    /// The same container, whatever is said about ports.
    pub(super) fn with_ports<Q: Ports>(self) -> ContainerDefinition<Q> {
        ContainerDefinition {
            name: self.name,
            image: self.image,
            port: self.port,
            env: self.env,
            secrets: self.secrets,
            command: self.command,
            entry_point: self.entry_point,
            working_directory: self.working_directory,
            health_check: self.health_check,
            user: self.user,
            root_file_system: self.root_file_system,
            mounts: self.mounts,
            open_files: self.open_files,
            stop_timeout: self.stop_timeout,
            memory_limit: self.memory_limit,
            essential: self.essential,
            log_mode: self.log_mode,
            ports: PhantomData,
        }
    }

    /// Sets an environment variable, readable by everybody who may describe task definitions.
    ///
    /// A secret does not compile here:
    ///
    /// ```compile_fail
    /// # use infra_lib::ecs::{ContainerDefinition, ContainerImage};
    /// # use infra_lib::secretsmanager::SecretField;
    /// # fn wrong(container: ContainerDefinition, password: SecretField) {
    /// container.env("DATABASE_PASSWORD", password);
    /// # }
    /// ```
    pub fn env(mut self, name: impl Into<String>, value: impl IntoValue<String>) -> Self {
        self.env.push((name.into(), value.into_value()));
        self
    }

    /// Sets an environment variable from a secret, which ECS reads when the container starts.
    ///
    /// The task's execution role is allowed to read exactly this secret. A container that runs keeps the value it
    /// started with: after a rotation, deploy again.
    pub fn secret(mut self, name: impl Into<String>, field: impl IntoSecretField) -> Self {
        self.secrets.push((name.into(), field.into_secret_field()));
        self
    }

    /// Arguments for the entry point. Default: those of the image.
    pub fn command(mut self, command: impl IntoValue<Vec<String>>) -> Self {
        self.command = Some(command.into_value());
        self
    }

    /// The program. Default: that of the image.
    pub fn entry_point(mut self, entry_point: impl IntoValue<Vec<String>>) -> Self {
        self.entry_point = Some(entry_point.into_value());
        self
    }

    /// The directory that the program starts in. Default: that of the image.
    pub fn working_directory(mut self, path: impl IntoValue<String>) -> Self {
        self.working_directory = Some(path.into_value());
        self
    }

    /// How ECS asks the container whether it is healthy. Default: it does not; a load balancer asks from outside.
    pub fn health_check(mut self, check: HealthCheck) -> Self {
        self.health_check = Some(check);
        self
    }

    /// The user of the container's processes. Default: 65532, group 65532.
    pub fn user(mut self, user: ContainerUser) -> Self {
        self.user = user;
        self
    }

    /// Whether the image's file system can be written to. Default: [`RootFileSystem::ReadOnly`].
    pub fn root_file_system(mut self, mode: RootFileSystem) -> Self {
        self.root_file_system = mode;
        self
    }

    /// A directory in memory that any user can write to; it counts as memory of the task.
    ///
    /// Fargate has it since January 2026.
    pub fn tmpfs(mut self, path: impl Into<String>, size: Size) -> Self {
        self.mounts.push(Mount::Tmpfs {
            path: path.into(),
            size,
        });
        self
    }

    /// A directory on the task's ephemeral storage.
    ///
    /// It belongs to root unless the image declares the path as a `VOLUME` that belongs to the container's user: see
    /// [bind mounts](https://docs.aws.amazon.com/AmazonECS/latest/developerguide/bind-mounts.html). Where that is not
    /// so, [`tmpfs`](Self::tmpfs) is the way.
    pub fn scratch_volume(mut self, path: impl Into<String>) -> Self {
        self.mounts.push(Mount::Scratch { path: path.into() });
        self
    }

    /// How many files and sockets the container may have open, the one ulimit that Fargate lets be set. Default:
    /// Fargate's 65,535.
    pub fn open_files(mut self, soft: u32, hard: u32) -> Self {
        self.open_files = Some((soft, hard));
        self
    }

    /// Time between `SIGTERM` and `SIGKILL`, 2 to 120 seconds. Default: 30 seconds.
    ///
    /// Give it as long as the longest request may take.
    pub fn stop_timeout(mut self, timeout: Duration) -> Self {
        self.stop_timeout = timeout;
        self
    }

    /// How much memory the container may use before it is killed. Default: all of its task, as CloudFormation's.
    pub fn memory_limit(mut self, memory: Size) -> Self {
        self.memory_limit = Some(memory);
        self
    }

    /// Whether the task stops when this container does. Default: it does.
    pub fn essential(mut self, essential: Essential) -> Self {
        self.essential = essential;
        self
    }

    /// What happens to log lines that cannot be sent fast enough. Default: they wait in 25 MiB, then are lost.
    pub fn log_mode(mut self, mode: LogMode) -> Self {
        self.log_mode = mode;
        self
    }
}
