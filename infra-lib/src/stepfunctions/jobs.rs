//! Integrations of jobs and builds: AWS Batch, AWS Glue, AWS CodeBuild, Amazon EMR Serverless and Amazon SageMaker AI.

use super::integration::Integration;
use super::services::managed_rule;
use crate::core::{Arn, Data, Id, IntoValue, Name, Value, pseudo, sub};
use crate::iam::Statement;
use crate::kind;

/// Returns the ARN of a resource in the account and region of the stack.
pub(super) fn arn_here(service: &'static str, resource: Value<String>) -> Value<String> {
    sub![
        "arn:",
        pseudo::partition(),
        ":",
        service,
        ":",
        pseudo::region(),
        ":",
        pseudo::account_id(),
        ":",
        resource
    ]
}

/// Returns the permission to pass a role to one service.
fn pass_role(role: Value<Arn<kind::iam::Role>>, service: &'static str) -> Statement {
    Statement::allow()
        .action("iam:PassRole")
        .resource(role)
        .condition("StringEquals", "iam:PassedToService", service)
}

/// Jobs of AWS Batch.
///
/// See [AWS Batch and Step Functions](https://docs.aws.amazon.com/step-functions/latest/dg/connect-batch.html).
impl Integration {
    /// Creates a job of AWS Batch, without waiting for its end. The role may submit jobs of this definition to this queue
    /// only; give the definition with its revision, as `Ref` of `AWS::Batch::JobDefinition` does.
    ///
    /// ```
    /// use infra_lib::stepfunctions::{Integration, Task};
    /// use serde_json::json;
    ///
    /// let queue = "arn:aws:batch:eu-west-1:111122223333:job-queue/nightly";
    /// let definition = "arn:aws:batch:eu-west-1:111122223333:job-definition/report:3";
    /// let job = Integration::batch_run_job("report", queue, definition)
    ///     .argument("ContainerOverrides", json!({ "Environment": [{ "Name": "DAY", "Value": "{% $states.input.day %}" }] }));
    /// Task::new("Report", job);
    /// ```
    pub fn batch_submit_job(
        job_name: impl Into<String>,
        queue: impl IntoValue<Arn<kind::batch::JobQueue>>,
        definition: impl IntoValue<Arn<kind::batch::JobDefinition>>,
    ) -> Self {
        Self::optimized("batch:submitJob").of_batch(
            job_name.into(),
            queue.into_value(),
            definition.into_value(),
        )
    }

    /// Creates a job of AWS Batch; the state ends with it, and fails if the job does. Only standard machines can
    /// (`INF4950`). Apart from [`batch_submit_job`](Self::batch_submit_job), the role may describe jobs, and terminate
    /// those of this account and region, because AWS Batch gives a job its ID when it is submitted.
    pub fn batch_run_job(
        job_name: impl Into<String>,
        queue: impl IntoValue<Arn<kind::batch::JobQueue>>,
        definition: impl IntoValue<Arn<kind::batch::JobDefinition>>,
    ) -> Self {
        let jobs = arn_here("batch", "job/*".into_value());
        Self::run_job("batch:submitJob", ".sync")
            .of_batch(job_name.into(), queue.into_value(), definition.into_value())
            .statement(
                Statement::allow()
                    .action("batch:DescribeJobs")
                    .resource("*"),
            )
            .statement(
                Statement::allow()
                    .action("batch:TerminateJob")
                    .resource(jobs),
            )
            .statement(managed_rule("StepFunctionsGetEventsForBatchJobsRule"))
    }

    fn of_batch(
        self,
        job_name: String,
        queue: Value<Arn<kind::batch::JobQueue>>,
        definition: Value<Arn<kind::batch::JobDefinition>>,
    ) -> Self {
        self.argument("JobName", job_name)
            .argument("JobQueue", queue.clone().into_data())
            .argument("JobDefinition", definition.clone().into_data())
            .statement(
                Statement::allow()
                    .action("batch:SubmitJob")
                    .resource(definition)
                    .resource(queue),
            )
    }
}

/// Jobs of AWS Glue.
///
/// See [AWS Glue and Step Functions](https://docs.aws.amazon.com/step-functions/latest/dg/connect-glue.html).
impl Integration {
    /// Creates a run of a job of AWS Glue, without waiting for its end. The argument `Arguments` sets those of the job.
    pub fn glue_start_job(job: impl IntoValue<Name<kind::glue::Job>>) -> Self {
        Self::optimized("glue:startJobRun").of_glue(job.into_value(), &["glue:StartJobRun"])
    }

    /// Creates a run of a job of AWS Glue; the state ends with it, and fails if the run does. Only standard machines can
    /// (`INF4950`). The role may start, watch and stop runs of this job only. Step Functions asks for the state of the run,
    /// so no rule of EventBridge is needed.
    ///
    /// ```
    /// use infra_lib::stepfunctions::{Integration, Task};
    /// use serde_json::json;
    ///
    /// let run = Integration::glue_run_job("clean").argument("Arguments", json!({ "--day": "{% $states.input.day %}" }));
    /// Task::new("Clean", run);
    /// ```
    pub fn glue_run_job(job: impl IntoValue<Name<kind::glue::Job>>) -> Self {
        let actions = [
            "glue:BatchStopJobRun",
            "glue:GetJobRun",
            "glue:GetJobRuns",
            "glue:StartJobRun",
        ];
        Self::run_job("glue:startJobRun", ".sync").of_glue(job.into_value(), &actions)
    }

    fn of_glue(self, job: Value<Name<kind::glue::Job>>, actions: &[&'static str]) -> Self {
        let arn = arn_here("glue", sub!["job/", job.clone()]);
        self.argument("JobName", job.into_data()).statement(
            Statement::allow()
                .actions(actions.iter().copied())
                .resource(arn),
        )
    }
}

/// Builds of AWS CodeBuild.
///
/// See [AWS CodeBuild and Step Functions](https://docs.aws.amazon.com/step-functions/latest/dg/connect-codebuild.html).
impl Integration {
    /// Creates a build of a project of AWS CodeBuild, without waiting for its end.
    pub fn codebuild_start_build(project: impl IntoValue<Name<kind::codebuild::Project>>) -> Self {
        Self::optimized("codebuild:startBuild")
            .of_codebuild(project.into_value(), &["codebuild:StartBuild"])
    }

    /// Creates a build of a project of AWS CodeBuild; the state ends with it, and fails if the build does. Only standard
    /// machines can (`INF4950`). The role may start, watch and stop builds of this project only.
    ///
    /// ```
    /// use infra_lib::stepfunctions::{Integration, Task};
    ///
    /// Task::new("Build", Integration::codebuild_run_build("site").argument("SourceVersion", "main"));
    /// ```
    pub fn codebuild_run_build(project: impl IntoValue<Name<kind::codebuild::Project>>) -> Self {
        let actions = [
            "codebuild:BatchGetBuilds",
            "codebuild:StartBuild",
            "codebuild:StopBuild",
        ];
        Self::run_job("codebuild:startBuild", ".sync")
            .of_codebuild(project.into_value(), &actions)
            .statement(managed_rule(
                "StepFunctionsGetEventForCodeBuildStartBuildRule",
            ))
    }

    fn of_codebuild(
        self,
        project: Value<Name<kind::codebuild::Project>>,
        actions: &[&'static str],
    ) -> Self {
        let arn = arn_here("codebuild", sub!["project/", project.clone()]);
        self.argument("ProjectName", project.into_data()).statement(
            Statement::allow()
                .actions(actions.iter().copied())
                .resource(arn),
        )
    }
}

/// Jobs of Amazon EMR Serverless.
///
/// See [EMR Serverless and Step Functions](https://docs.aws.amazon.com/step-functions/latest/dg/connect-emr-serverless.html).
impl Integration {
    /// Creates a job run of an application of EMR Serverless, without waiting for its end. `role` is that of the job, which
    /// the role of the machine may pass to EMR Serverless only; `driver` is the program, such as
    /// `json!({ "SparkSubmit": { "EntryPoint": "s3://…/job.py" } })`.
    pub fn emr_serverless_start_job(
        application: impl IntoValue<Id<kind::emrserverless::Application>>,
        role: impl IntoValue<Arn<kind::iam::Role>>,
        driver: impl Into<Data>,
    ) -> Self {
        Self::optimized("emr-serverless:startJobRun").of_emr(
            application.into_value(),
            role.into_value(),
            driver.into(),
        )
    }

    /// Creates a job run of an application of EMR Serverless; the state ends with it, and fails if the run does. Only
    /// standard machines can (`INF4950`). Apart from [`emr_serverless_start_job`](Self::emr_serverless_start_job), the role
    /// may watch and cancel runs of this application only.
    ///
    /// ```
    /// use infra_lib::stepfunctions::{Integration, Task};
    /// use serde_json::json;
    ///
    /// let driver = json!({ "SparkSubmit": { "EntryPoint": "s3://jobs/report.py" } });
    /// let run = Integration::emr_serverless_run_job("00abcd", "arn:aws:iam::111122223333:role/job", driver);
    /// Task::new("Report", run);
    /// ```
    pub fn emr_serverless_run_job(
        application: impl IntoValue<Id<kind::emrserverless::Application>>,
        role: impl IntoValue<Arn<kind::iam::Role>>,
        driver: impl Into<Data>,
    ) -> Self {
        let application = application.into_value();
        let runs = arn_here(
            "emr-serverless",
            sub!["/applications/", application.clone(), "/jobruns/*"],
        );
        Self::run_job("emr-serverless:startJobRun", ".sync")
            .of_emr(application, role.into_value(), driver.into())
            .statement(
                Statement::allow()
                    .actions(["emr-serverless:CancelJobRun", "emr-serverless:GetJobRun"])
                    .resource(runs),
            )
            .statement(managed_rule(
                "StepFunctionsGetEventsForEMRServerlessJobRule",
            ))
    }

    fn of_emr(
        self,
        application: Value<Id<kind::emrserverless::Application>>,
        role: Value<Arn<kind::iam::Role>>,
        driver: Data,
    ) -> Self {
        let arn = arn_here(
            "emr-serverless",
            sub!["/applications/", application.clone()],
        );
        self.argument("ApplicationId", application.into_data())
            .argument("ExecutionRoleArn", role.clone().into_data())
            .argument("JobDriver", driver)
            .statement(
                Statement::allow()
                    .action("emr-serverless:StartJobRun")
                    .resource(arn),
            )
            .statement(pass_role(role, "emr-serverless.amazonaws.com"))
    }
}

/// Training of models in Amazon SageMaker AI.
///
/// See [SageMaker AI and Step Functions](https://docs.aws.amazon.com/step-functions/latest/dg/connect-sagemaker.html).
impl Integration {
    /// Creates a training job of SageMaker AI; the state ends with it, and fails if the job does. Only standard machines can
    /// (`INF4950`).
    ///
    /// `name` is the name of the job, usually an expression, since a name cannot be used again; it must begin with `prefix`.
    /// The role may create, watch and stop training jobs with this prefix only, and pass `role` to SageMaker AI only. Set
    /// `AlgorithmSpecification`, `OutputDataConfig`, `ResourceConfig` and `StoppingCondition` with
    /// [`argument`](Self::argument).
    ///
    /// ```
    /// use infra_lib::stepfunctions::{Integration, Task};
    /// use serde_json::json;
    ///
    /// let name = "{% 'forecast-' & $states.context.Execution.Name %}";
    /// let train = Integration::sagemaker_run_training_job("forecast-", name, "arn:aws:iam::111122223333:role/training")
    ///     .argument("StoppingCondition", json!({ "MaxRuntimeInSeconds": 3600 }));
    /// Task::new("Train", train);
    /// ```
    pub fn sagemaker_run_training_job(
        prefix: impl IntoValue<String>,
        name: impl Into<Data>,
        role: impl IntoValue<Arn<kind::iam::Role>>,
    ) -> Self {
        let role = role.into_value();
        let jobs = arn_here("sagemaker", sub!["training-job/", prefix.into_value(), "*"]);
        Self::run_job("sagemaker:createTrainingJob", ".sync")
            .argument("TrainingJobName", name)
            .argument("RoleArn", role.clone().into_data())
            .statement(
                Statement::allow()
                    .actions([
                        "sagemaker:AddTags",
                        "sagemaker:CreateTrainingJob",
                        "sagemaker:DescribeTrainingJob",
                        "sagemaker:ListTags",
                        "sagemaker:StopTrainingJob",
                    ])
                    .resource(jobs),
            )
            .statement(pass_role(role, "sagemaker.amazonaws.com"))
            .statement(managed_rule(
                "StepFunctionsGetEventsForSageMakerTrainingJobsRule",
            ))
    }
}
