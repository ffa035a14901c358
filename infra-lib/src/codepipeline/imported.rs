//! Pipelines that exist already.

use super::Pipeline;
use crate::iam::{Grant, Identity};
use crate::import::{ArnForm, arn_part};
use crate::{Arn, Construct, IntoValue, Name, kind, pseudo, sub};

const PIPELINE: ArnForm = ArnForm::new(
    "codepipeline",
    "",
    "an ARN of a pipeline, `arn:aws:codepipeline:REGION:ACCOUNT:NAME`",
);

crate::import! {
    /// An existing pipeline, from [`Pipeline::from_name`] or [`Pipeline::from_arn`].
    pub struct ImportedPipeline<'app>: "infra-lib.codepipeline.ImportedPipeline" {
        /// Returns the name of the pipeline.
        pipeline_name: Name<kind::codepipeline::Pipeline>,
        /// Returns the ARN of the pipeline.
        arn: Arn<kind::codepipeline::Pipeline>,
    }

    /// A pipeline of the app or an existing one, from [`AsPipeline::as_pipeline`].
    pub enum PipelineRef of Pipeline;

    /// A pipeline for builders: a [`Pipeline`] or an [`ImportedPipeline`].
    #[diagnostic::on_unimplemented(
        message = "`{Self}` is no pipeline",
        label = "a `Pipeline` or an `ImportedPipeline` is needed here"
    )]
    pub trait AsPipeline::as_pipeline;
}

impl<'app> Pipeline<'app> {
    /// Imports an existing pipeline of this account and region by its name.
    #[track_caller]
    pub fn from_name(
        scope: impl Construct<'app>,
        id: &str,
        pipeline_name: impl IntoValue<Name<kind::codepipeline::Pipeline>>,
    ) -> ImportedPipeline<'app> {
        let name = pipeline_name.into_value();
        let arn = sub![
            "arn:",
            pseudo::partition(),
            ":codepipeline:",
            pseudo::region(),
            ":",
            pseudo::account_id(),
            ":",
            &name
        ];
        ImportedPipeline::import(scope, id, name, arn.cast())
    }

    /// Imports an existing pipeline by its ARN.
    #[track_caller]
    pub fn from_arn(
        scope: impl Construct<'app>,
        id: &str,
        arn: impl IntoValue<Arn<kind::codepipeline::Pipeline>>,
    ) -> ImportedPipeline<'app> {
        let arn = arn.into_value();
        let name = arn_part(&arn, 5).cast();
        let imported = ImportedPipeline::import(scope, id, name, arn.clone());
        PIPELINE.check(&imported, &arn);
        imported
    }
}

impl<'app> ImportedPipeline<'app> {
    /// Allows an identity of the app to start executions.
    #[track_caller]
    pub fn grant_start_execution(&self, to: &impl Identity<'app>) -> Grant<'app> {
        Grant::on_imported(to, self.arn(), ["codepipeline:StartPipelineExecution"])
    }
}
