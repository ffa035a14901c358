//! Container definitions of a task.

use std::marker::PhantomData;

use super::file_system::MountedByContainer;
use super::image::ContainerImage;
use super::parts::{
    ContainerUser, Essential, HealthCheck, LogMode, Mount, Ports, RootFileSystem, WithPort,
    WithoutPort,
};
use crate::core::{Duration, IntoValue, Size, Value};
use crate::secretsmanager::{IntoSecretField, SecretField};

/// A container of a task.
///
/// CloudFormation and Fargate have different defaults ([task definition parameters for
/// Fargate](https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html)):
///
/// | setting | here | CloudFormation |
/// |---|---|---|
/// | user | 65532, group 65532 | the image's, or root |
/// | root file system | read-only | writable |
/// | Linux capabilities | none | Docker's set |
/// | init process that reaps children | yes | no |
/// | time from `SIGTERM` to `SIGKILL` | 30 seconds | 30 seconds |
/// | logs | to the task's log group, without blocking | none |
///
/// Privileged containers are not possible on Fargate.
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
    /// Creates a container named `name` that runs `image`. The name has letters, digits, hyphens and underscores, at
    /// most 255 (`INF4215`).
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

    /// Makes the container listen on a TCP port. The port mapping gets the name of the container in lower case.
    pub fn port(self, port: u16) -> ContainerDefinition<WithPort> {
        let name = self.name.to_lowercase();
        self.named_port(name, port)
    }

    /// Makes the container listen on a TCP port, with a name for the port mapping, as Service Connect shows it.
    pub fn named_port(self, name: impl Into<String>, port: u16) -> ContainerDefinition<WithPort> {
        let mut listening = self.with_ports();
        listening.port = Some((name.into(), port));
        listening
    }
}

impl ContainerDefinition<WithPort> {
    /// Returns the port that the container listens on.
    pub(crate) fn listening_port(&self) -> u16 {
        // Only `named_port` makes a container of this type for users, and sets the port.
        self.port.as_ref().map_or(0, |(_, port)| *port)
    }
}

impl<P: Ports> ContainerDefinition<P> {
    /// Converts the container to another type of ports.
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

    /// Sets an environment variable, readable by every principal that may describe task definitions.
    ///
    /// A secret does not compile here; use [`secret`](Self::secret):
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
    /// The task's execution role gets permission to read exactly this secret. A running container keeps the value
    /// that it started with; after a rotation, deploy the service again.
    pub fn secret(mut self, name: impl Into<String>, field: impl IntoSecretField) -> Self {
        self.secrets.push((name.into(), field.into_secret_field()));
        self
    }

    /// Sets the arguments of the entry point. Default: those of the image.
    pub fn command(mut self, command: impl IntoValue<Vec<String>>) -> Self {
        self.command = Some(command.into_value());
        self
    }

    /// Sets the program to run. Default: the entry point of the image.
    pub fn entry_point(mut self, entry_point: impl IntoValue<Vec<String>>) -> Self {
        self.entry_point = Some(entry_point.into_value());
        self
    }

    /// Sets the working directory of the program. Default: that of the image.
    pub fn working_directory(mut self, path: impl IntoValue<String>) -> Self {
        self.working_directory = Some(path.into_value());
        self
    }

    /// Sets a health check that ECS runs inside the container. Default: none; a load balancer has health checks of
    /// its target group.
    pub fn health_check(mut self, check: HealthCheck) -> Self {
        self.health_check = Some(check);
        self
    }

    /// Sets the user of the container's processes. Default: user 65532, group 65532.
    pub fn user(mut self, user: ContainerUser) -> Self {
        self.user = user;
        self
    }

    /// Sets write access to the image's file system. Default: [`RootFileSystem::ReadOnly`].
    pub fn root_file_system(mut self, mode: RootFileSystem) -> Self {
        self.root_file_system = mode;
        self
    }

    /// Adds a directory in memory that every user can write to. Its size counts towards the memory of the task.
    ///
    /// Fargate supports `tmpfs` since January 2026.
    pub fn tmpfs(mut self, path: impl Into<String>, size: Size) -> Self {
        self.mounts.push(Mount::Tmpfs {
            path: path.into(),
            size,
        });
        self
    }

    /// Adds a directory on the task's ephemeral storage.
    ///
    /// The directory belongs to root, unless the image declares the path as a `VOLUME` that belongs to the
    /// container's user ([bind
    /// mounts](https://docs.aws.amazon.com/AmazonECS/latest/developerguide/bind-mounts.html)). Use
    /// [`tmpfs`](Self::tmpfs) for images without such a volume.
    pub fn scratch_volume(mut self, path: impl Into<String>) -> Self {
        self.mounts.push(Mount::Scratch { path: path.into() });
        self
    }

    /// Mounts an access point of EFS at a path, with TLS and the permissions of the task role, which may read and write
    /// its files. Default: none.
    ///
    /// Allow the connection as well, `access_point.allow_from(&service)`; without it, tasks do not start. They start
    /// after the mount targets.
    ///
    /// See [EFS volumes](https://docs.aws.amazon.com/AmazonECS/latest/developerguide/efs-volumes.html).
    pub fn file_system(
        self,
        path: impl Into<String>,
        file_system: &impl MountedByContainer,
    ) -> Self {
        self.mount_file_system(path.into(), file_system, true)
    }

    /// Mounts an access point of EFS read-only, as [`file_system`](Self::file_system) does.
    pub fn read_only_file_system(
        self,
        path: impl Into<String>,
        file_system: &impl MountedByContainer,
    ) -> Self {
        self.mount_file_system(path.into(), file_system, false)
    }

    fn mount_file_system(
        mut self,
        path: String,
        file_system: &impl MountedByContainer,
        writable: bool,
    ) -> Self {
        self.mounts.push(Mount::FileSystem {
            path,
            file_system: Box::new(file_system.container_file_system()),
            writable,
        });
        self
    }

    /// Sets the limit of open files and sockets (`nofile`), the only ulimit that Fargate allows to set. Default:
    /// Fargate's 65,535.
    pub fn open_files(mut self, soft: u32, hard: u32) -> Self {
        self.open_files = Some((soft, hard));
        self
    }

    /// Sets the time between `SIGTERM` and `SIGKILL`, 2 to 120 seconds. Default: 30 seconds.
    ///
    /// Choose at least the duration of the longest request, so that a deployment interrupts none.
    pub fn stop_timeout(mut self, timeout: Duration) -> Self {
        self.stop_timeout = timeout;
        self
    }

    /// Sets the memory limit above which the container is killed. Default: the memory of the task, as in
    /// CloudFormation.
    pub fn memory_limit(mut self, memory: Size) -> Self {
        self.memory_limit = Some(memory);
        self
    }

    /// Sets whether the task stops when this container stops. Default: it stops.
    pub fn essential(mut self, essential: Essential) -> Self {
        self.essential = essential;
        self
    }

    /// Sets the handling of log lines that cannot be sent fast enough. Default: a buffer of 25 MiB; further lines are
    /// lost.
    pub fn log_mode(mut self, mode: LogMode) -> Self {
        self.log_mode = mode;
        self
    }
}
