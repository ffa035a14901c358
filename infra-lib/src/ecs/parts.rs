//! Parts of a container definition: user, health check, log mode and writable directories.

use super::file_system::ContainerFileSystem;
use crate::core::{Duration, Size};

/// State of a container's port: [`WithPort`] or [`WithoutPort`]. Sealed; other crates cannot add states.
pub trait Ports: sealed::Sealed + Clone + Copy + std::fmt::Debug + 'static {}

/// The container listens on a port, so a load balancer can send requests to it.
#[derive(Clone, Copy, Debug)]
pub enum WithPort {}

/// The container listens on no port: a worker or a one-off task.
#[derive(Clone, Copy, Debug)]
pub enum WithoutPort {}

impl Ports for WithPort {}
impl Ports for WithoutPort {}

/// A task whose main container listens on a port: [`WithPort`].
#[diagnostic::on_unimplemented(
    message = "a service without a container port cannot be registered with a load balancer",
    label = "the main container has no port",
    note = "give the main container a port: `ContainerDefinition::new(\"api\", image).port(8080)`"
)]
pub trait ListensOnPort: Ports {}

impl ListensOnPort for WithPort {}

mod sealed {
    #[expect(unnameable_types, reason = "keeps the two cases a closed set")]
    pub trait Sealed {}
    impl Sealed for super::WithPort {}
    impl Sealed for super::WithoutPort {}
}

/// The user of a container's processes.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum ContainerUser {
    /// User and group by number; the image needs no entry for them. The default is 65532 for both, which distroless
    /// images name `nonroot`.
    Ids {
        /// Numeric user ID.
        uid: u32,
        /// Numeric group ID.
        gid: u32,
    },
    /// A user by name, which the image must define.
    Named(String),
    /// Root, the default of CloudFormation for images without a user. A process that is compromised then controls the
    /// whole container.
    Root,
}

impl ContainerUser {
    pub(super) const DEFAULT: Self = Self::Ids {
        uid: 65_532,
        gid: 65_532,
    };

    pub(super) fn to_text(&self) -> String {
        match self {
            Self::Ids { uid, gid } => format!("{uid}:{gid}"),
            Self::Named(name) => name.clone(),
            Self::Root => "0:0".to_owned(),
        }
    }

    pub(super) fn is_root(&self) -> bool {
        match self {
            Self::Ids { uid, .. } => *uid == 0,
            Self::Named(name) => name == "root",
            Self::Root => true,
        }
    }
}

/// Write access of a container to the file system of its image.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum RootFileSystem {
    /// The file system is read-only; the default here. Use [`tmpfs`](super::ContainerDefinition::tmpfs) or a
    /// [volume](super::ContainerDefinition::scratch_volume) for files that change.
    ReadOnly,
    /// The file system is writable; the default of CloudFormation.
    Writable,
}

/// Effect of a container's end on its task.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum Essential {
    /// The task stops when the container stops; the default here and in CloudFormation.
    Yes,
    /// The task continues without the container. The main container of a task is always essential.
    No,
}

/// Handling of log lines that cannot be sent fast enough.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum LogMode {
    /// The container continues, and lines beyond the buffer are lost, so an outage of the log service does not stop
    /// the application. The default here, with 25 MiB; in CloudFormation, the account setting `defaultLogDriverMode`
    /// decides.
    NonBlocking {
        /// Size of the buffer, part of the task's memory.
        max_buffer: Size,
    },
    /// The container waits: no line is lost, but the application can hang.
    Blocking,
}

impl LogMode {
    pub(super) const DEFAULT: Self = Self::NonBlocking {
        max_buffer: Size::mib(25),
    };
}

/// A health check that ECS runs inside the container.
///
/// All numbers are written to the template, so a change of ECS's defaults has no effect.
///
/// ```
/// use infra_lib::ecs::HealthCheck;
/// use infra_lib::prelude::*;
///
/// let check = HealthCheck::command(["/notes", "health"]).interval(Duration::seconds(10));
/// ```
#[derive(Clone, Debug)]
pub struct HealthCheck {
    pub(super) command: Vec<String>,
    pub(super) interval: Duration,
    pub(super) timeout: Duration,
    pub(super) retries: u32,
    pub(super) start_period: Duration,
}

impl HealthCheck {
    fn new(command: Vec<String>) -> Self {
        Self {
            command,
            interval: Duration::seconds(30),
            timeout: Duration::seconds(5),
            retries: 3,
            start_period: Duration::seconds(30),
        }
    }

    /// Creates a check that runs a program of the image with its arguments; exit code 0 is healthy. No shell is
    /// needed.
    pub fn command<T: Into<String>>(command: impl IntoIterator<Item = T>) -> Self {
        let program = command.into_iter().map(Into::into);
        Self::new(std::iter::once("CMD".to_owned()).chain(program).collect())
    }

    /// Creates a check that runs a line in the shell of the image; exit code 0 is healthy.
    pub fn shell(line: impl Into<String>) -> Self {
        Self::new(vec!["CMD-SHELL".to_owned(), line.into()])
    }

    /// Sets the time between two checks, 5 to 300 seconds. Default: 30 seconds.
    pub fn interval(mut self, interval: Duration) -> Self {
        self.interval = interval;
        self
    }

    /// Sets the time after which a check without result has failed, 2 to 60 seconds. Default: 5 seconds.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// Sets the number of consecutive failures that make the container unhealthy, 1 to 10. Default: 3.
    pub fn retries(mut self, retries: u32) -> Self {
        self.retries = retries;
        self
    }

    /// Sets the time after the start during which failures do not count, up to 300 seconds. Default: 30 seconds
    /// (CloudFormation: none).
    pub fn start_period(mut self, start_period: Duration) -> Self {
        self.start_period = start_period;
        self
    }
}

/// A directory of a container that is not part of its image.
#[derive(Clone, Debug)]
pub(super) enum Mount {
    /// A directory in the task's memory.
    Tmpfs { path: String, size: Size },
    /// A directory on the task's ephemeral storage.
    Scratch { path: String },
    /// A directory of a file system, whose content stays.
    FileSystem {
        path: String,
        file_system: Box<ContainerFileSystem>,
        writable: bool,
    },
}
