//! AWS CodeBuild: builds in containers, and groups of their reports.
//!
//! A [`Project`] builds a [`BuildSource`] in a [`BuildImage`], with the commands of a [`BuildSpec`]. Its role has the permissions
//! of its source, logs, cache and artifacts only.
//!
//! [Properties of each construct](https://github.com/infra-lib/infra-lib/blob/main/docs/book/src/reference/constructs.md#codebuild).

mod artifacts;
mod cache;
mod environment;
mod image;
mod imported;
mod metrics;
mod network;
mod project;
mod report_group;
mod source;
mod spec;
mod target;
mod webhook;

pub use artifacts::{BuildArtifacts, BuildLogs};
pub use cache::{BuildCache, LocalCache};
pub use environment::{ComputeType, DockerDaemon};
pub use image::{BuildImage, EnvironmentType};
pub use imported::{AsProject, ImportedProject, ImportedReportGroup, ProjectRef};
pub use project::{BatchBuilds, BuildBadge, Project, ProjectBuilder, ProjectProps};
pub use report_group::{
    ReportExport, ReportGroup, ReportGroupBuilder, ReportGroupProps, ReportType,
};
pub use source::{BuildSource, StatusReport};
pub use spec::BuildSpec;
pub use webhook::{WebhookEvent, WebhookFilter};
