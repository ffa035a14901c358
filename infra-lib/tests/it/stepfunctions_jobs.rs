//! Tests of the tasks that run jobs, builds, queries and models: calls and least permissions.

use infra_lib::assertions::Template;
use infra_lib::stepfunctions::{
    AthenaQuery, BedrockModel, Definition, Integration, StateMachine, Task, WorkflowType,
};
use infra_lib::{App, Stack, codes};
use serde_json::{Value, json};

const QUEUE: &str = "arn:aws:batch:eu-west-1:111122223333:job-queue/nightly";
const DEFINITION: &str = "arn:aws:batch:eu-west-1:111122223333:job-definition/report:3";
const ROLE: &str = "arn:aws:iam::111122223333:role/job";

/// Returns the state and the statements of the role of a machine with one task.
fn task(call: Integration) -> (Value, Vec<Value>) {
    let template = Template::of_stack(|stack| {
        StateMachine::builder()
            .definition(Definition::new(Task::new("Run", call.clone())))
            .build(stack, "Machine");
    });
    let state = Definition::new(Task::new("Run", call)).to_json()["States"]["Run"].clone();
    let role = template.only("AWS::IAM::Role");
    let policies = role["Properties"]["Policies"].as_array().unwrap();
    let statements = policies.iter().flat_map(|policy| {
        let statements = policy["PolicyDocument"]["Statement"].as_array();
        statements.unwrap().clone()
    });
    (state, statements.filter_map(without_logs).collect())
}

/// Returns a statement without the actions of the log group of the machine, which are another test's.
fn without_logs(mut statement: Value) -> Option<Value> {
    if let Some(actions) = statement["Action"].as_array() {
        let mut kept = actions.clone();
        kept.retain(|action| !action.to_string().contains("logs:"));
        statement["Action"] = match kept.as_slice() {
            [] => return None,
            [one] => one.clone(),
            _ => kept.into(),
        };
    }
    Some(statement)
}

/// Returns the text of an ARN in the account and region of the stack.
fn here(service: &str, resource: &str) -> Value {
    let text = format!(
        "arn:${{AWS::Partition}}:{service}:${{AWS::Region}}:${{AWS::AccountId}}:{resource}"
    );
    json!({ "Fn::Sub": text })
}

fn call(name: &str) -> Value {
    json!({ "Fn::Sub": format!("arn:${{AWS::Partition}}:states:::{name}") })
}

fn rule(name: &str) -> Value {
    json!({
        "Effect": "Allow",
        "Action": ["events:DescribeRule", "events:PutRule", "events:PutTargets"],
        "Resource": here("events", &format!("rule/{name}")),
    })
}

fn allow(action: &Value, resource: &Value) -> Value {
    json!({ "Effect": "Allow", "Action": action, "Resource": resource })
}

fn pass_to(service: &str) -> Value {
    json!({
        "Effect": "Allow", "Action": "iam:PassRole", "Resource": ROLE,
        "Condition": { "StringEquals": { "iam:PassedToService": service } },
    })
}

/// Permissions: <https://docs.aws.amazon.com/step-functions/latest/dg/connect-batch.html#batch-iam>, with the resources
/// that the service authorization reference has for the actions.
#[test]
fn submits_batch_job_and_waits_for_it() {
    let submit = allow(&json!("batch:SubmitJob"), &json!([DEFINITION, QUEUE]));
    let (state, statements) = task(Integration::batch_submit_job("report", QUEUE, DEFINITION));
    assert_eq!(
        state,
        json!({
            "Type": "Task",
            "Resource": call("batch:submitJob"),
            "Arguments": { "JobName": "report", "JobQueue": QUEUE, "JobDefinition": DEFINITION },
            "End": true,
        })
    );
    assert_eq!(statements, std::slice::from_ref(&submit));
    let (state, mut statements) = task(Integration::batch_run_job("report", QUEUE, DEFINITION));
    assert_eq!(state["Resource"], call("batch:submitJob.sync"));
    // The action without resources shares a statement with those for logs, so its place is not its own.
    statements.sort_by_key(|one| one["Action"].to_string());
    assert_eq!(
        statements,
        [
            allow(&json!("batch:DescribeJobs"), &json!("*")),
            submit,
            allow(&json!("batch:TerminateJob"), &here("batch", "job/*")),
            rule("StepFunctionsGetEventsForBatchJobsRule"),
        ]
    );
}

/// Permissions: <https://docs.aws.amazon.com/step-functions/latest/dg/connect-glue.html#glue-iam>.
#[test]
fn starts_glue_job_and_waits_for_it() {
    let job = here("glue", "job/clean");
    let (state, statements) = task(Integration::glue_start_job("clean"));
    assert_eq!(state["Resource"], call("glue:startJobRun"));
    assert_eq!(state["Arguments"], json!({ "JobName": "clean" }));
    assert_eq!(statements, [allow(&json!("glue:StartJobRun"), &job)]);
    let (state, statements) = task(Integration::glue_run_job("clean"));
    assert_eq!(state["Resource"], call("glue:startJobRun.sync"));
    let actions = json!([
        "glue:BatchStopJobRun",
        "glue:GetJobRun",
        "glue:GetJobRuns",
        "glue:StartJobRun"
    ]);
    assert_eq!(statements, [allow(&actions, &job)]);
}

/// Permissions: <https://docs.aws.amazon.com/step-functions/latest/dg/connect-codebuild.html#codebuild-iam>.
#[test]
fn starts_build_and_waits_for_it() {
    let project = here("codebuild", "project/site");
    let (state, statements) = task(Integration::codebuild_start_build("site"));
    assert_eq!(state["Resource"], call("codebuild:startBuild"));
    assert_eq!(state["Arguments"], json!({ "ProjectName": "site" }));
    assert_eq!(
        statements,
        [allow(&json!("codebuild:StartBuild"), &project)]
    );
    let (state, statements) = task(Integration::codebuild_run_build("site"));
    assert_eq!(state["Resource"], call("codebuild:startBuild.sync"));
    let actions = json!([
        "codebuild:BatchGetBuilds",
        "codebuild:StartBuild",
        "codebuild:StopBuild"
    ]);
    assert_eq!(
        statements,
        [
            allow(&actions, &project),
            rule("StepFunctionsGetEventForCodeBuildStartBuildRule")
        ]
    );
}

/// Permissions: <https://docs.aws.amazon.com/step-functions/latest/dg/emr-serverless-iam.html>.
#[test]
fn starts_emr_serverless_job_and_waits_for_it() {
    let driver = || json!({ "SparkSubmit": { "EntryPoint": "s3://jobs/report.py" } });
    let start = [
        allow(
            &json!("emr-serverless:StartJobRun"),
            &here("emr-serverless", "/applications/00ab"),
        ),
        pass_to("emr-serverless.amazonaws.com"),
    ];
    let (state, statements) = task(Integration::emr_serverless_start_job(
        "00ab",
        ROLE,
        driver(),
    ));
    assert_eq!(state["Resource"], call("emr-serverless:startJobRun"));
    assert_eq!(
        state["Arguments"],
        json!({ "ApplicationId": "00ab", "ExecutionRoleArn": ROLE, "JobDriver": driver() })
    );
    assert_eq!(statements, start);
    let (state, statements) = task(Integration::emr_serverless_run_job("00ab", ROLE, driver()));
    assert_eq!(state["Resource"], call("emr-serverless:startJobRun.sync"));
    let actions = json!(["emr-serverless:CancelJobRun", "emr-serverless:GetJobRun"]);
    let runs = here("emr-serverless", "/applications/00ab/jobruns/*");
    let [submit, pass] = start;
    assert_eq!(
        statements,
        [
            submit,
            pass,
            allow(&actions, &runs),
            rule("StepFunctionsGetEventsForEMRServerlessJobRule")
        ]
    );
}

/// Permissions: <https://docs.aws.amazon.com/step-functions/latest/dg/connect-sagemaker.html#sagemaker-iam>.
#[test]
fn trains_model_and_waits_for_it() {
    let name = "{% 'forecast-' & $states.context.Execution.Name %}";
    let (state, statements) = task(Integration::sagemaker_run_training_job(
        "forecast-",
        name,
        ROLE,
    ));
    assert_eq!(state["Resource"], call("sagemaker:createTrainingJob.sync"));
    assert_eq!(
        state["Arguments"],
        json!({ "TrainingJobName": name, "RoleArn": ROLE })
    );
    let actions = json!([
        "sagemaker:AddTags",
        "sagemaker:CreateTrainingJob",
        "sagemaker:DescribeTrainingJob",
        "sagemaker:ListTags",
        "sagemaker:StopTrainingJob"
    ]);
    assert_eq!(
        statements,
        [
            allow(&actions, &here("sagemaker", "training-job/forecast-*")),
            pass_to("sagemaker.amazonaws.com"),
            rule("StepFunctionsGetEventsForSageMakerTrainingJobsRule"),
        ]
    );
}

/// Permissions: <https://docs.aws.amazon.com/step-functions/latest/dg/connect-athena.html#athena-iam>, for the named database
/// and results only.
#[test]
fn runs_query_and_waits_for_it() {
    let (state, statements) = task(Integration::athena_start_query(AthenaQuery::new(
        "SELECT 1",
    )));
    assert_eq!(state["Resource"], call("athena:startQueryExecution"));
    assert_eq!(
        state["Arguments"],
        json!({ "QueryString": "SELECT 1", "WorkGroup": "primary" })
    );
    let catalog = allow(
        &json!("athena:GetDataCatalog"),
        &here("athena", "datacatalog/AwsDataCatalog"),
    );
    assert_eq!(
        statements,
        [
            allow(
                &json!("athena:StartQueryExecution"),
                &here("athena", "workgroup/primary")
            ),
            catalog.clone(),
        ]
    );
    let query = AthenaQuery::new("SELECT count(*) FROM orders WHERE day = ?")
        .workgroup("reports")
        .database("shop")
        .results("results", "/daily/");
    let (state, statements) = task(Integration::athena_run_query(query));
    assert_eq!(state["Resource"], call("athena:startQueryExecution.sync"));
    assert_eq!(
        state["Arguments"],
        json!({
            "QueryString": "SELECT count(*) FROM orders WHERE day = ?",
            "WorkGroup": "reports",
            "QueryExecutionContext": { "Database": "shop" },
            "ResultConfiguration": { "OutputLocation": "s3://results/daily" },
        })
    );
    let start = json!([
        "athena:GetQueryExecution",
        "athena:StartQueryExecution",
        "athena:StopQueryExecution"
    ]);
    let tables = json!([
        "glue:BatchGetPartition",
        "glue:GetDatabase",
        "glue:GetPartition",
        "glue:GetPartitions",
        "glue:GetTable",
        "glue:GetTables"
    ]);
    let bucket = json!([
        "s3:GetBucketLocation",
        "s3:ListBucket",
        "s3:ListBucketMultipartUploads"
    ]);
    let objects = json!([
        "s3:AbortMultipartUpload",
        "s3:GetObject",
        "s3:ListMultipartUploadParts",
        "s3:PutObject"
    ]);
    let s3 =
        |rest: &str| json!({ "Fn::Sub": format!("arn:${{AWS::Partition}}:s3:::results{rest}") });
    let resources = json!([
        here("glue", "catalog"),
        here("glue", "database/shop"),
        here("glue", "table/shop/*")
    ]);
    assert_eq!(
        statements,
        [
            allow(&start, &here("athena", "workgroup/reports")),
            catalog,
            allow(&tables, &resources),
            allow(&bucket, &s3("")),
            allow(&objects, &s3("/daily/*")),
        ]
    );
}

/// Permissions: <https://docs.aws.amazon.com/step-functions/latest/dg/connect-bedrock.html#bedrock-iam> and
/// <https://docs.aws.amazon.com/bedrock/latest/userguide/inference-profiles-prereq.html>.
#[test]
fn invokes_model_and_those_behind_inference_profile() {
    let body = || json!({ "inputText": "{% $states.input.question %}" });
    let invoke = json!("bedrock:InvokeModel");
    let foundation = |region: &str, id: &str| json!({ "Fn::Sub": format!("arn:${{AWS::Partition}}:bedrock:{region}::foundation-model/{id}") });
    let model = BedrockModel::foundation("amazon.titan-text-express-v1");
    let (state, statements) = task(Integration::bedrock_invoke_model(&model, body()));
    let arn = foundation("${AWS::Region}", "amazon.titan-text-express-v1");
    assert_eq!(state["Resource"], call("bedrock:invokeModel"));
    assert_eq!(
        state["Arguments"],
        json!({ "ModelId": arn, "ContentType": "application/json", "Accept": "application/json", "Body": body() })
    );
    assert_eq!(statements, [allow(&invoke, &arn)]);

    let profile = BedrockModel::inference_profile("eu.amazon.nova-lite-v1:0");
    let (state, statements) = task(Integration::bedrock_invoke_model(&profile, body()));
    let arn = here("bedrock", "inference-profile/eu.amazon.nova-lite-v1:0");
    assert_eq!(state["Arguments"]["ModelId"], arn);
    let mut behind = allow(&invoke, &foundation("*", "amazon.nova-lite-v1:0"));
    behind["Condition"] = json!({ "StringEquals": { "bedrock:InferenceProfileArn": arn } });
    assert_eq!(statements, [allow(&invoke, &arn), behind]);

    let own = "arn:aws:bedrock:eu-west-1:111122223333:provisioned-model/abc";
    let (_, statements) = task(Integration::bedrock_invoke_model(
        &BedrockModel::from_arn(own),
        body(),
    ));
    assert_eq!(statements, [allow(&invoke, &json!(own))]);
}

#[test]
fn express_machine_cannot_wait_for_jobs() {
    let run = |call: Integration| {
        let app = App::new();
        let stack = Stack::new(&app, "Stack");
        StateMachine::builder()
            .definition(Definition::new(Task::new("Run", call)))
            .workflow_type(WorkflowType::Express)
            .build(stack, "Machine");
        let synthesis = app.synth();
        let found = synthesis.findings().iter().map(|one| one.code);
        found.collect::<Vec<_>>()
    };
    for call in [
        Integration::batch_run_job("report", QUEUE, DEFINITION),
        Integration::glue_run_job("clean"),
        Integration::codebuild_run_build("site"),
        Integration::emr_serverless_run_job("00ab", ROLE, json!({})),
        Integration::sagemaker_run_training_job("a", "a-1", ROLE),
        Integration::athena_run_query(AthenaQuery::new("SELECT 1")),
    ] {
        assert_eq!(run(call), [codes::EXPRESS_INTEGRATION]);
    }
    for call in [
        Integration::batch_submit_job("report", QUEUE, DEFINITION),
        Integration::glue_start_job("clean"),
        Integration::athena_start_query(AthenaQuery::new("SELECT 1")),
        Integration::bedrock_invoke_model(&BedrockModel::foundation("a"), json!({})),
    ] {
        assert_eq!(run(call), []);
    }
}
