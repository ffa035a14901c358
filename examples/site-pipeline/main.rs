//! A pipeline that builds a website from a repository, waits for an approval, and copies it into a bucket.

use std::process::ExitCode;

use infra_lib::cloudwatch::{Comparison, TreatMissingData};
use infra_lib::codebuild::{BuildSource, BuildSpec, Project};
use infra_lib::codepipeline::{Artifact, GitTrigger, Pipeline, PipelineAction, PipelineStage};
use infra_lib::prelude::*;
use infra_lib::s3::Bucket;
use infra_lib::sns::Topic;
use serde_json::json;

fn main() -> ExitCode {
    infra_runtime::run_simple(build)
}

/// Connection to the repository, which is made in the console once.
const CONNECTION: &str = "arn:aws:codeconnections:eu-west-1:111122223333:connection/0123abcd-0123-abcd-0123-abcd0123abcd";

/// Adds the stack to the app.
pub fn build(app: &App) {
    let stack = Stack::new(app, "Delivery");
    let site = Bucket::builder().build(stack, "Site");
    let reviews = Topic::builder().build(stack, "Reviews");

    let project = Project::builder()
        .source(BuildSource::pipeline())
        .build_spec(BuildSpec::json(&json!({
            "version": "0.2",
            "phases": { "build": { "commands": ["npm ci", "npm test", "npm run build"] } },
            "artifacts": { "base-directory": "dist", "files": ["**/*"] },
        })))
        .build(stack, "Build");

    let (source, pages) = (Artifact::new("Source"), Artifact::new("Pages"));
    let fetch =
        PipelineAction::source_connection("Code", CONNECTION, "example/site", "main", &source);
    let pipeline = Pipeline::builder()
        .trigger(
            GitTrigger::push("Code")
                .branches(["main"])
                .file_paths(["!docs/**"]),
        )
        .stage(PipelineStage::new("Source").action(fetch))
        .stage(
            PipelineStage::new("Build")
                .action(PipelineAction::build("Pages", project, &source).output(&pages)),
        )
        .stage(
            PipelineStage::new("Release")
                .action(PipelineAction::approval("Review").notify(reviews))
                .action(PipelineAction::deploy_bucket("Copy", &site, "", &pages).run_order(2)),
        )
        .build(stack, "Pipeline");

    pipeline
        .metric_failed_executions()
        .alarm()
        .comparison(Comparison::GreaterThanThreshold)
        .threshold(0)
        .evaluation_periods(1)
        .treat_missing_data(TreatMissingData::NotBreaching)
        .build(stack, "Failed");
    Output::new(stack, "Name", pipeline.pipeline_name()).description("Name of the pipeline");
}
