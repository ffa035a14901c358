//! Tests of the constructs in `infra_lib::codepipeline`.

use infra_lib::assertions::{Match, Template};
use infra_lib::cloudwatch::MetricSource;
use infra_lib::codebuild::{BuildSource, Project};
use infra_lib::codepipeline::{
    ActionCategory, Artifact, AsPipeline, Capability, ExecutionMode, GitTrigger, Pipeline,
    PipelineAction, PipelineStage, PipelineVariable, RestartOnUpdate, StackDeployment,
    StageFailure,
};
use infra_lib::core::logical_id::logical_id;
use infra_lib::events::{Rule, Schedule};
use infra_lib::iam::{Principal, Role, Statement};
use infra_lib::s3::{Bucket, Versioning};
use infra_lib::sns::Topic;
use infra_lib::{App, Duration, Stack};
use serde_json::{Value as Json, json};

use crate::base::findings_of;

const PIPELINE: &str = "AWS::CodePipeline::Pipeline";
const CONNECTION: &str = "arn:aws:codeconnections:eu-west-1:111122223333:connection/1234";

/// Returns the logical ID of the resource with a path below the stack.
fn id_of(path: &str) -> String {
    logical_id(&path.split('/').collect::<Vec<_>>())
}

fn properties(template: &Template) -> &Json {
    &template.only(PIPELINE)["Properties"]
}

/// Returns the statements of the inline policy of a role.
fn statements(template: &Template, path: &str) -> Vec<Json> {
    let role = &template.json()["Resources"][id_of(path)];
    let statements = &role["Properties"]["Policies"][0]["PolicyDocument"]["Statement"];
    statements.as_array().cloned().unwrap_or_default()
}

/// Returns the statement of a role with an action.
fn statement(template: &Template, path: &str, action: &str) -> Json {
    let all = statements(template, path);
    let found = all.iter().find(|statement| match &statement["Action"] {
        Json::Array(actions) => actions.contains(&json!(action)),
        one => one == action,
    });
    found
        .cloned()
        .unwrap_or_else(|| panic!("{action} in {all:#?}"))
}

fn source() -> Artifact {
    Artifact::new("Source")
}

fn fetch<'app>() -> PipelineStage<'app> {
    PipelineStage::new("Source").action(PipelineAction::source_connection(
        "Code",
        CONNECTION,
        "example/site",
        "main",
        &source(),
    ))
}

fn approve<'app>() -> PipelineStage<'app> {
    PipelineStage::new("Approve").action(PipelineAction::approval("Review"))
}

#[test]
fn creates_pipeline_with_role_bucket_and_key() {
    let template = Template::of_stack(|stack| {
        Pipeline::builder()
            .stage(fetch())
            .stage(approve())
            .build(stack, "Pipeline");
    });
    let (bucket, key, role) = (
        id_of("Pipeline/ArtifactsBucket/Resource"),
        id_of("Pipeline/ArtifactsBucketEncryptionKey/Resource"),
        id_of("Pipeline/Role/Resource"),
    );
    assert_eq!(
        *properties(&template),
        json!({
            "ArtifactStore": {
                "EncryptionKey": { "Id": { "Fn::GetAtt": [key, "Arn"] }, "Type": "KMS" },
                "Location": { "Ref": bucket },
                "Type": "S3",
            },
            "ExecutionMode": "SUPERSEDED",
            "PipelineType": "V2",
            "RoleArn": { "Fn::GetAtt": [role, "Arn"] },
            "Stages": [
                {
                    "Name": "Source",
                    "Actions": [{
                        "ActionTypeId": {
                            "Category": "Source",
                            "Owner": "AWS",
                            "Provider": "CodeStarSourceConnection",
                            "Version": "1",
                        },
                        "Configuration": {
                            "BranchName": "main",
                            "ConnectionArn": CONNECTION,
                            "DetectChanges": "true",
                            "FullRepositoryId": "example/site",
                            "OutputArtifactFormat": "CODE_ZIP",
                        },
                        "Name": "Code",
                        "OutputArtifacts": [{ "Name": "Source" }],
                    }],
                },
                {
                    "Name": "Approve",
                    "Actions": [{
                        "ActionTypeId": {
                            "Category": "Approval",
                            "Owner": "AWS",
                            "Provider": "Manual",
                            "Version": "1",
                        },
                        "Name": "Review",
                    }],
                },
            ],
        })
    );
    template.has_properties(
        "AWS::IAM::Role",
        json!({ "AssumeRolePolicyDocument": { "Statement": [{
            "Principal": { "Service": "codepipeline.amazonaws.com" },
            "Condition": { "StringEquals": { "aws:SourceAccount": { "Ref": "AWS::AccountId" } } },
        }] } }),
    );
    let connection = statement(
        &template,
        "Pipeline/Role/Resource",
        "codeconnections:UseConnection",
    );
    assert_eq!(connection["Resource"], CONNECTION);
    let key_use = statement(&template, "Pipeline/Role/Resource", "kms:Decrypt");
    assert_eq!(key_use["Resource"], json!({ "Fn::GetAtt": [key, "Arn"] }));
}

#[test]
fn builds_tests_and_deploys_to_bucket() {
    let template = Template::of_stack(|stack| {
        let sources = Bucket::builder()
            .versioning(Versioning::Enabled)
            .build(stack, "Sources");
        let site = Bucket::builder().build(stack, "Site");
        let project = Project::builder()
            .source(BuildSource::pipeline())
            .build(stack, "Build");
        let checks = Project::from_name(stack, "Checks", "checks");
        let pages = Artifact::new("Pages");
        Pipeline::builder()
            .artifact_bucket(Bucket::builder().build(stack, "Artifacts"))
            .stage(
                PipelineStage::new("Source").action(PipelineAction::source_bucket(
                    "Object",
                    &sources,
                    "site.zip",
                    &source(),
                )),
            )
            .stage(
                PipelineStage::new("Build")
                    .action(
                        PipelineAction::build("Pages", project, &source())
                            .output(&pages)
                            .variables_namespace("build")
                            .timeout(Duration::minutes(30)),
                    )
                    .action(PipelineAction::test("Links", checks, &source()).run_order(2)),
            )
            .stage(
                PipelineStage::new("Release")
                    .on_failure(StageFailure::RollBack)
                    .closed("until the launch")
                    .action(PipelineAction::deploy_bucket("Site", &site, "www", &pages)),
            )
            .build(stack, "Pipeline");
    });
    let (sources, artifacts) = (id_of("Sources/Resource"), id_of("Artifacts/Resource"));
    template.has_properties(
        PIPELINE,
        json!({
            "ArtifactStore": { "EncryptionKey": Match::absent(), "Location": { "Ref": artifacts } },
            "DisableInboundStageTransitions": [{ "Reason": "until the launch", "StageName": "Release" }],
            "Stages": [
                { "Actions": [{ "Configuration": {
                    "PollForSourceChanges": "true",
                    "S3Bucket": { "Ref": sources },
                    "S3ObjectKey": "site.zip",
                } }] },
                { "Actions": [
                    {
                        "ActionTypeId": { "Category": "Build", "Provider": "CodeBuild" },
                        "Configuration": {
                            "PrimarySource": "Source",
                            "ProjectName": { "Ref": id_of("Build/Resource") },
                        },
                        "InputArtifacts": [{ "Name": "Source" }],
                        "Namespace": "build",
                        "OutputArtifacts": [{ "Name": "Pages" }],
                        "TimeoutInMinutes": 30,
                    },
                    {
                        "ActionTypeId": { "Category": "Test" },
                        "Configuration": { "ProjectName": "checks" },
                        "RunOrder": 2,
                    },
                ] },
                {
                    "OnFailure": { "Result": "ROLLBACK" },
                    "Actions": [{ "Configuration": {
                        "BucketName": { "Ref": id_of("Site/Resource") },
                        "Extract": "true",
                        "ObjectKey": "www",
                    } }],
                },
            ],
        }),
    );
    let role = "Pipeline/Role/Resource";
    assert_eq!(
        statement(&template, role, "codebuild:StartBuild")["Resource"],
        json!([
            { "Fn::GetAtt": [id_of("Build/Resource"), "Arn"] },
            { "Fn::Sub": "arn:${AWS::Partition}:codebuild:${AWS::Region}:${AWS::AccountId}:project/checks" },
        ])
    );
    assert_eq!(
        statement(&template, role, "s3:GetBucketVersioning")["Resource"],
        json!({ "Fn::GetAtt": [sources, "Arn"] })
    );
    let project = statement(&template, "Build/Role/Resource", "s3:GetObject");
    assert_eq!(
        project["Resource"],
        json!({ "Fn::Sub": format!("${{{artifacts}.Arn}}/*") })
    );
}

#[test]
fn deploys_stacks_with_a_role_of_their_own() {
    let template = Template::of_stack(|stack| {
        let role = Role::builder()
            .assumed_by(Principal::service("cloudformation.amazonaws.com"))
            .build(stack, "Deploy");
        let deployment = StackDeployment::new("Notes", &source(), "notes.json", role)
            .template_configuration("production.json")
            .capability(Capability::NamedIam)
            .capability(Capability::AutoExpand)
            .change_set("Release");
        Pipeline::builder()
            .stage(fetch())
            .stage(
                PipelineStage::new("Test")
                    .on_failure(StageFailure::RetryFailedActions)
                    .action(PipelineAction::deploy_stack(
                        "Notes",
                        &StackDeployment::new("NotesTest", &source(), "notes.json", role),
                    )),
            )
            .stage(
                PipelineStage::new("Production")
                    .on_failure(StageFailure::RetryAllActions)
                    .action(PipelineAction::prepare_change_set("Prepare", &deployment))
                    .action(
                        PipelineAction::execute_change_set("Execute", &deployment).run_order(2),
                    ),
            )
            .build(stack, "Pipeline");
    });
    let deploy = json!({ "Fn::GetAtt": [id_of("Deploy/Resource"), "Arn"] });
    let stages = &properties(&template)["Stages"];
    assert_eq!(
        stages[1]["Actions"][0]["Configuration"],
        json!({
            "ActionMode": "CREATE_UPDATE",
            "RoleArn": deploy,
            "StackName": "NotesTest",
            "TemplatePath": "Source::notes.json",
        })
    );
    assert_eq!(
        stages[1]["OnFailure"],
        json!({ "Result": "RETRY", "RetryConfiguration": { "RetryMode": "FAILED_ACTIONS" } })
    );
    assert_eq!(
        stages[2]["Actions"][0]["Configuration"],
        json!({
            "ActionMode": "CHANGE_SET_REPLACE",
            "Capabilities": "CAPABILITY_NAMED_IAM,CAPABILITY_AUTO_EXPAND",
            "ChangeSetName": "Release",
            "RoleArn": deploy,
            "StackName": "Notes",
            "TemplateConfiguration": "Source::production.json",
            "TemplatePath": "Source::notes.json",
        })
    );
    assert_eq!(
        stages[2]["Actions"][1]["Configuration"],
        json!({
            "ActionMode": "CHANGE_SET_EXECUTE",
            "ChangeSetName": "Release",
            "StackName": "Notes",
        })
    );
    assert_eq!(
        stages[2]["OnFailure"]["RetryConfiguration"]["RetryMode"],
        "ALL_ACTIONS"
    );
    let role = "Pipeline/Role/Resource";
    assert_eq!(
        statement(&template, role, "iam:PassRole"),
        json!({
            "Effect": "Allow",
            "Action": "iam:PassRole",
            "Resource": deploy,
            "Condition": { "StringEquals": { "iam:PassedToService": "cloudformation.amazonaws.com" } },
        })
    );
    let stack = |name: &str| json!({ "Fn::Sub": format!("arn:${{AWS::Partition}}:cloudformation:${{AWS::Region}}:${{AWS::AccountId}}:stack/{name}/*") });
    assert_eq!(
        statement(&template, role, "cloudformation:UpdateStack")["Resource"],
        stack("NotesTest")
    );
    let execute = statement(&template, role, "cloudformation:ExecuteChangeSet");
    assert_eq!(execute["Resource"], stack("Notes"));
    assert_eq!(
        execute["Condition"],
        json!({ "StringEquals": { "cloudformation:ChangeSetName": "Release" } })
    );
}

#[test]
fn sets_options_of_pipeline() {
    let template = Template::of_stack(|stack| {
        let topic = Topic::builder().build(stack, "Reviews");
        let other = Role::builder()
            .assumed_by(Principal::account("111122223333"))
            .build(stack, "Other");
        let notify = PipelineAction::approval("Review")
            .notify(topic)
            .comment("look at the change set")
            .review_url("https://example.com");
        let invoke = PipelineAction::new("Invoke", ActionCategory::Invoke, "StepFunctions")
            .configuration(
                "StateMachineArn",
                "arn:aws:states:eu-west-1:111122223333:stateMachine:a",
            )
            .statement(
                Statement::allow()
                    .action("states:StartExecution")
                    .resource("arn:aws:states:eu-west-1:111122223333:stateMachine:a"),
            )
            .role(other);
        Pipeline::builder()
            .pipeline_name("notes")
            .execution_mode(ExecutionMode::Queued)
            .restart_on_update(RestartOnUpdate::Always)
            .variable(
                PipelineVariable::new("LEVEL")
                    .default_value("info")
                    .description("level of logs"),
            )
            .trigger(
                GitTrigger::push("Code")
                    .branches(["main"])
                    .file_paths(["src/**", "!**/*.md"]),
            )
            .trigger(GitTrigger::push("Code").tags(["v*"]))
            .trigger(GitTrigger::pull_request("Code").branches(["main"]))
            .stage(fetch())
            .stage(PipelineStage::new("Approve").action(notify).action(invoke))
            .build(stack, "Pipeline");
    });
    template.has_properties(
        PIPELINE,
        json!({
            "ExecutionMode": "QUEUED",
            "Name": "notes",
            "RestartExecutionOnUpdate": true,
            "Stages": [
                { "Actions": [{ "Configuration": { "DetectChanges": "false" } }] },
                { "Actions": [
                    { "Configuration": {
                        "CustomData": "look at the change set",
                        "ExternalEntityLink": "https://example.com",
                        "NotificationArn": { "Ref": id_of("Reviews/Resource") },
                    } },
                    { "RoleArn": { "Fn::GetAtt": [id_of("Other/Resource"), "Arn"] } },
                ] },
            ],
            "Triggers": [
                { "ProviderType": "CodeStarSourceConnection", "GitConfiguration": {
                    "SourceActionName": "Code",
                    "Push": [{
                        "Branches": { "Includes": ["main"], "Excludes": Match::absent() },
                        "FilePaths": { "Includes": ["src/**"], "Excludes": ["**/*.md"] },
                    }],
                } },
                { "GitConfiguration": { "Push": [{ "Tags": { "Includes": ["v*"] } }] } },
                { "GitConfiguration": { "PullRequest": [{
                    "Branches": { "Includes": ["main"] },
                    "Events": ["OPEN", "UPDATED"],
                }] } },
            ],
            "Variables": [{ "Name": "LEVEL", "DefaultValue": "info", "Description": "level of logs" }],
        }),
    );
    let role = "Pipeline/Role/Resource";
    let other = json!({ "Fn::GetAtt": [id_of("Other/Resource"), "Arn"] });
    assert_eq!(
        statement(&template, role, "sts:AssumeRole")["Resource"],
        other
    );
    statement(&template, role, "sns:Publish");
    statement(&template, "Other/Resource", "states:StartExecution");
}

#[test]
fn grants_executions_and_approvals_and_is_target_of_rules() {
    let template = Template::of_stack(|stack| {
        let pipeline = Pipeline::builder()
            .stage(fetch())
            .stage(approve())
            .build(stack, "Pipeline");
        let role = Role::builder()
            .assumed_by(Principal::service("ecs-tasks.amazonaws.com"))
            .build(stack, "Person");
        pipeline.grant_start_execution(&role);
        pipeline.grant_approve(&role, "Approve", "Review");
        let other = Pipeline::from_name(stack, "Other", "docs");
        other.grant_start_execution(&role);
        let arn = "arn:aws:codepipeline:eu-west-1:111122223333:site";
        let third = Pipeline::from_arn(stack, "Third", arn);
        assert_eq!(
            third.as_pipeline().pipeline_name().as_literal(),
            Some("site")
        );
        Rule::on_schedule(Schedule::rate(Duration::hours(24)))
            .target(pipeline)
            .target(third)
            .build(stack, "Daily");
    });
    let pipeline = id_of("Pipeline/Resource");
    let arn = json!({ "Fn::GetAtt": [pipeline, "Arn"] });
    let found = statements(&template, "Person/Resource");
    let of = |action: &str| statement(&template, "Person/Resource", action)["Resource"].clone();
    assert_eq!(found.len(), 3, "{found:#?}");
    assert_eq!(of("codepipeline:StartPipelineExecution"), arn);
    assert_eq!(of("codepipeline:GetPipelineState"), arn);
    assert_eq!(
        of("codepipeline:PutApprovalResult"),
        json!({ "Fn::Sub": format!("${{{pipeline}.Arn}}/Approve/Review") })
    );
    template.has_properties(
        "AWS::Events::Rule",
        json!({ "Targets": [
            { "Arn": arn },
            { "Arn": "arn:aws:codepipeline:eu-west-1:111122223333:site" },
        ] }),
    );
}

#[test]
fn has_metrics_of_pipeline() {
    let app = App::new();
    let stack = Stack::new(&app, "Stack");
    let pipeline = Pipeline::from_name(stack, "Docs", "docs");
    let dimensions = pipeline.metric_dimensions();
    assert_eq!(dimensions[0].0, "PipelineName");
    assert_eq!(dimensions[0].1.as_literal(), Some("docs"));
    assert_eq!(
        pipeline.metric_failed_executions(),
        pipeline.metric_named("FailedPipelineExecutions")
    );
    assert_eq!(pipeline.metrics().len(), 2);
}

#[test]
fn reports_pipelines_that_codepipeline_rejects() {
    fn site<'app>(stack: Stack<'app>, input: &Artifact) -> PipelineAction<'app> {
        let bucket = Bucket::from_bucket_name(stack, input.name(), "site", None);
        PipelineAction::deploy_bucket("Site", &bucket, "", input)
    }
    insta::assert_snapshot!(findings_of(|stack| {
        let bucket = Bucket::builder().build(stack, "Artifacts");
        let builder = || Pipeline::builder().artifact_bucket(bucket);
        builder()
            .stage(approve())
            .stage(fetch())
            .build(stack, "Order");
        builder()
            .stage(fetch().on_failure(StageFailure::RollBack))
            .stage(
                PipelineStage::new("Source")
                    .action(PipelineAction::approval("a b"))
                    .action(PipelineAction::approval("c").timeout(Duration::minutes(1))),
            )
            .build(stack, "Names");
        builder()
            .stage(fetch().action(PipelineAction::source_connection(
                "Other",
                CONNECTION,
                "example/other",
                "main",
                &source(),
            )))
            .stage(
                PipelineStage::new("Deploy")
                    .action(site(stack, &Artifact::new("Pages")).output(&Artifact::new("a b"))),
            )
            .build(stack, "Inputs");
        builder()
            .stage(fetch())
            .stage(approve())
            .trigger(GitTrigger::push("Review").branches(["main"]))
            .trigger(GitTrigger::push("Code"))
            .trigger(GitTrigger::push("Code").tags(["v*"]).branches(["main"]))
            .trigger(GitTrigger::pull_request("Code").tags(["v*"]))
            .variable(PipelineVariable::new("a b").default_value("c"))
            .build(stack, "Settings");
        Pipeline::from_arn(
            stack,
            "Arn",
            "arn:aws:codebuild:eu-west-1:111122223333:project/site",
        );
    }));
}
