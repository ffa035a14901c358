//! Small parts of a container definition: its user, health check, log mode and writable places.

use crate::core::{Duration, Size};

/// Whether a task definition's main container listens on a port; [`WithPort`] or [`WithoutPort`].
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
    message = "a service without a container port cannot stand behind a load balancer",
    label = "the main container listens on no port",
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

/// The user that a container's processes run as.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum ContainerUser {
    /// User and group by number; the image needs no such user. The default is 65532 for both, which distroless images
    /// call `nonroot`.
    Ids {
        /// User number.
        uid: u32,
        /// Group number.
        gid: u32,
    },
    /// A user that the image knows by name.
    Named(String),
    /// Root, CloudFormation's default where the image does not say otherwise. What breaks out of the process owns the
    /// container.
    Root,
}

impl ContainerUser {
    pub(super) const DEFAULT: Self = Self::Ids {
        uid: 65_532,
        gid: 65_532,
    };

    pub(super) fn text(&self) -> String {
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

/// Whether the container may write to the file system of its image.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum RootFileSystem {
    /// It may not (our default); what must be written goes to [`tmpfs`](super::ContainerDefinition::tmpfs) or to a
    /// [volume](super::ContainerDefinition::scratch_volume).
    ReadOnly,
    /// It may: CloudFormation's default.
    Writable,
}

/// Whether the task stops when the container does.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum Essential {
    /// It does; the default, CloudFormation's too.
    Yes,
    /// The task goes on; a task's first container is always essential.
    No,
}

/// What a container does when its log lines cannot be sent fast enough.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum LogMode {
    /// It goes on, and lines beyond the buffer are lost: a log service that is down does not take the application with
    /// it. Our default, with 25 MiB; the account setting `defaultLogDriverMode` decides where nothing is said.
    NonBlocking {
        /// Size of the buffer, in the task's memory.
        max_buffer: Size,
    },
    /// It waits: no line is lost, and the application can hang.
    Blocking,
}

impl LogMode {
    pub(super) const DEFAULT: Self = Self::NonBlocking {
        max_buffer: Size::mib(25),
    };
}

/// How ECS finds out inside the container whether it is healthy.
///
/// Numbers are written to the template as they are here, so that a change of ECS's defaults changes nothing.
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

    /// Runs a program of the image with its arguments; exit code 0 is healthy. No shell is needed.
    pub fn command<T: Into<String>>(command: impl IntoIterator<Item = T>) -> Self {
        let program = command.into_iter().map(Into::into);
        Self::new(std::iter::once("CMD".to_owned()).chain(program).collect())
    }

    /// Runs a line in the shell of the image; exit code 0 is healthy.
    pub fn shell(line: impl Into<String>) -> Self {
        Self::new(vec!["CMD-SHELL".to_owned(), line.into()])
    }

    /// Time between two checks, 5 to 300 seconds. Default: 30 seconds.
    pub fn interval(mut self, interval: Duration) -> Self {
        self.interval = interval;
        self
    }

    /// When a check that does not answer has failed, 2 to 60 seconds. Default: 5 seconds.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// How many checks in a row must fail, 1 to 10. Default: 3.
    pub fn retries(mut self, retries: u32) -> Self {
        self.retries = retries;
        self
    }

    /// Time after the start in which failures do not count, up to 300 seconds. Default: 30 seconds; CloudFormation's is
    /// none.
    pub fn start_period(mut self, start_period: Duration) -> Self {
        self.start_period = start_period;
        self
    }
}

/// A place in the container that can be written to, gone when the task stops.
#[derive(Clone, Debug)]
pub(super) enum Mount {
    /// In memory.
    Tmpfs { path: String, size: Size },
    /// On the task's ephemeral storage.
    Scratch { path: String },
}
