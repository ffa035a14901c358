//! CloudWatch metrics of pipelines.

use super::{ImportedPipeline, Pipeline};
use crate::cloudwatch::metrics;

metrics! {
    const PIPELINE: "https://docs.aws.amazon.com/codepipeline/latest/userguide/metrics-dimensions.html" for Pipeline<'_>, ImportedPipeline<'_> => {
        /// Returns the number of executions that failed.
        metric_failed_executions = "FailedPipelineExecutions", Sum, Count;
        /// Returns the time of an execution, in seconds.
        metric_duration = "PipelineDuration", Average, Seconds;
    }
}

metrics! {
    /// Returns a metric that CodePipeline records about the pipeline, with the given statistic.
    impl Pipeline<'_>: "AWS/CodePipeline", [PIPELINE], |pipeline| [
        "PipelineName" = pipeline.pipeline_name()
    ]
}

metrics! {
    /// Returns a metric that CodePipeline records about the pipeline, with the given statistic.
    impl ImportedPipeline<'_>: "AWS/CodePipeline", [PIPELINE], |pipeline| [
        "PipelineName" = pipeline.pipeline_name()
    ]
}
