//! AWS CodePipeline: pipelines that build and deploy changes in stages.
//!
//! A [`Pipeline`] has a [`PipelineStage`] for each step, whose [`PipelineAction`]s read and write [`Artifact`]s in a bucket.
//!
//! [Properties of each construct](https://github.com/infra-lib/infra-lib/blob/main/docs/book/src/reference/constructs.md#codepipeline).

mod action;
mod actions;
mod artifact;
mod deployment;
mod imported;
mod metrics;
mod pipeline;
mod stage;
mod target;
mod trigger;

pub use action::{ActionCategory, PipelineAction};
pub use artifact::Artifact;
pub use deployment::{Capability, StackDeployment};
pub use imported::{AsPipeline, ImportedPipeline, PipelineRef};
pub use pipeline::{ExecutionMode, Pipeline, PipelineBuilder, PipelineProps, RestartOnUpdate};
pub use stage::{PipelineStage, StageFailure};
pub use trigger::{GitTrigger, PipelineVariable};
