//! Tests of the constructs in `infra_lib::codebuild`.

use infra_lib::assertions::{Match, Template};
use infra_lib::cloudwatch::MetricSource;
use infra_lib::codebuild::{
    AsProject, BatchBuilds, BuildArtifacts, BuildBadge, BuildCache, BuildImage, BuildLogs,
    BuildSource, BuildSpec, ComputeType, DockerDaemon, EnvironmentType, LocalCache, Project,
    ReportExport, ReportGroup, ReportType, StatusReport, WebhookEvent, WebhookFilter,
};
use infra_lib::core::logical_id::logical_id;
use infra_lib::ec2::{Connectable, Port, SecurityGroup, Vpc};
use infra_lib::ecr::Repository;
use infra_lib::events::{Rule, Schedule};
use infra_lib::iam::{Principal, Role};
use infra_lib::kms::Key;
use infra_lib::logs::LogGroup;
use infra_lib::s3::Bucket;
use infra_lib::secretsmanager::{Secret, SecretField};
use infra_lib::{App, Duration, RemovalPolicy, Stack, cidr};
use serde_json::{Value as Json, json};

use crate::base::findings_of;

const PROJECT: &str = "AWS::CodeBuild::Project";

/// Returns the logical ID of the resource with a path below the stack.
fn id_of(path: &str) -> String {
    logical_id(&path.split('/').collect::<Vec<_>>())
}

fn properties(template: &Template) -> &Json {
    &template.only(PROJECT)["Properties"]
}

/// Returns the statements of the inline policy of a role.
fn statements(template: &Template, path: &str) -> Vec<Json> {
    let role = &template.json()["Resources"][id_of(path)];
    let statements = &role["Properties"]["Policies"][0]["PolicyDocument"]["Statement"];
    statements.as_array().cloned().unwrap_or_default()
}

fn commands() -> BuildSpec {
    BuildSpec::commands(["make"])
}

#[test]
fn creates_project_with_role_and_log_group() {
    let template = Template::of_stack(|stack| {
        Project::builder()
            .build_spec(BuildSpec::commands(["make", "make test"]))
            .build(stack, "Test");
    });
    let (role, logs) = (id_of("Test/Role/Resource"), id_of("Test/LogGroup/Resource"));
    assert_eq!(
        *properties(&template),
        json!({
            "Artifacts": { "Type": "NO_ARTIFACTS" },
            "EncryptionKey": "alias/aws/s3",
            "Environment": {
                "ComputeType": "BUILD_GENERAL1_SMALL",
                "Image": "aws/codebuild/amazonlinux-x86_64-standard:5.0",
                "ImagePullCredentialsType": "CODEBUILD",
                "PrivilegedMode": false,
                "Type": "LINUX_CONTAINER",
            },
            "LogsConfig": { "CloudWatchLogs": { "GroupName": { "Ref": logs }, "Status": "ENABLED" } },
            "ServiceRole": { "Fn::GetAtt": [role, "Arn"] },
            "Source": {
                "BuildSpec": "{\n  \"version\": \"0.2\",\n  \"phases\": {\n    \"build\": {\n      \"commands\": [\n        \"make\",\n        \"make test\"\n      ]\n    }\n  }\n}",
                "Type": "NO_SOURCE",
            },
        })
    );
    assert_eq!(
        statements(&template, "Test/Role/Resource"),
        [json!({
            "Effect": "Allow",
            "Action": ["logs:CreateLogStream", "logs:PutLogEvents"],
            "Resource": { "Fn::GetAtt": [logs, "Arn"] },
        })]
    );
    template.has_properties(
        "AWS::IAM::Role",
        json!({ "AssumeRolePolicyDocument": { "Statement": [{
            "Principal": { "Service": "codebuild.amazonaws.com" },
            "Condition": { "StringEquals": { "aws:SourceAccount": { "Ref": "AWS::AccountId" } } },
        }] } }),
    );
}

#[test]
fn builds_repository_after_events_of_webhook() {
    let connection = "arn:aws:codeconnections:eu-west-1:111122223333:connection/1234";
    let template = Template::of_stack(|stack| {
        let pull_requests = [
            WebhookEvent::PullRequestCreated,
            WebhookEvent::PullRequestUpdated,
        ];
        Project::builder()
            .source(
                BuildSource::github("example", "site")
                    .version("main")
                    .clone_depth(0)
                    .fetch_submodules()
                    .connection(connection)
                    .webhook(
                        WebhookFilter::events([WebhookEvent::Push])
                            .branch("main")
                            .not_commit_message("skip ci"),
                    )
                    .webhook(
                        WebhookFilter::events(pull_requests)
                            .base_branch("main")
                            .file_path("^src/"),
                    ),
            )
            .badge(BuildBadge::Public)
            .build(stack, "Test");
    });
    template.has_properties(
        PROJECT,
        json!({
            "BadgeEnabled": true,
            "Source": {
                "Auth": { "Type": "CODECONNECTIONS", "Resource": connection },
                "BuildSpec": Match::absent(),
                "GitCloneDepth": 0,
                "GitSubmodulesConfig": { "FetchSubmodules": true },
                "Location": "https://github.com/example/site.git",
                "ReportBuildStatus": true,
                "Type": "GITHUB",
            },
            "SourceVersion": "main",
            "Triggers": {
                "FilterGroups": [
                    [
                        { "Type": "EVENT", "Pattern": "PUSH" },
                        { "Type": "HEAD_REF", "Pattern": "^refs/heads/main$" },
                        { "Type": "COMMIT_MESSAGE", "Pattern": "skip ci", "ExcludeMatchedPattern": true },
                    ],
                    [
                        { "Type": "EVENT", "Pattern": "PULL_REQUEST_CREATED, PULL_REQUEST_UPDATED" },
                        { "Type": "BASE_REF", "Pattern": "^refs/heads/main$" },
                        { "Type": "FILE_PATH", "Pattern": "^src/" },
                    ],
                ],
                "Webhook": true,
            },
        }),
    );
    let role = statements(&template, "Test/Role/Resource");
    assert_eq!(role[1]["Resource"], connection);
}

#[test]
fn locates_each_kind_of_source() {
    let source_of = |source: fn(Stack<'_>) -> BuildSource<'_>| {
        let template = Template::of_stack(|stack| {
            Project::builder()
                .source(source(stack))
                .build_spec(commands())
                .build(stack, "Test");
        });
        let found = properties(&template).clone();
        (
            found["Source"]["Type"].as_str().unwrap().to_owned(),
            found["Source"]["Location"].clone(),
            found["Artifacts"]["Type"].as_str().unwrap().to_owned(),
        )
    };
    let shown =
        |kind: &str, location: &str| (kind.to_owned(), json!(location), "NO_ARTIFACTS".to_owned());
    assert_eq!(
        source_of(|_| BuildSource::gitlab("example", "site").status_report(StatusReport::Disabled)),
        shown("GITLAB", "https://gitlab.com/example/site.git")
    );
    assert_eq!(
        source_of(|_| BuildSource::bitbucket("example", "site")),
        shown("BITBUCKET", "https://bitbucket.org/example/site.git")
    );
    assert_eq!(
        source_of(|_| BuildSource::github_enterprise("https://git.example.com/a.git")),
        shown("GITHUB_ENTERPRISE", "https://git.example.com/a.git")
    );
    assert_eq!(
        source_of(|_| BuildSource::code_commit("site")).1,
        json!({ "Fn::Sub": "https://git-codecommit.${AWS::Region}.${AWS::URLSuffix}/v1/repos/site" })
    );
    let bucket = id_of("Sources/Resource");
    assert_eq!(
        source_of(|stack| BuildSource::bucket(
            &Bucket::builder().build(stack, "Sources"),
            "site.zip"
        ))
        .1,
        json!({ "Fn::Sub": format!("${{{bucket}}}/site.zip") })
    );
    assert_eq!(
        source_of(|_| BuildSource::pipeline()),
        (
            "CODEPIPELINE".to_owned(),
            Json::Null,
            "CODEPIPELINE".to_owned()
        )
    );
}

#[test]
fn sets_options_of_project() {
    let template = Template::of_stack(|stack| {
        let bucket = Bucket::builder().build(stack, "Bucket");
        let images = Repository::builder().build(stack, "Images");
        let secret = Secret::builder().build(stack, "Token");
        Project::builder()
            .source(BuildSource::code_commit("site"))
            .build_spec(BuildSpec::file("ci/build.yml"))
            .image(BuildImage::repository(
                EnvironmentType::LinuxArm,
                images,
                "1.4",
            ))
            .compute_type(ComputeType::Large)
            .docker_daemon(DockerDaemon::Privileged)
            .project_name("site")
            .description("tests")
            .environment("LEVEL", "info")
            .secret("TOKEN", secret.text())
            .parameter("URL", "/site/url")
            .cache(BuildCache::bucket(&bucket, "cache"))
            .artifacts(
                BuildArtifacts::bucket(&bucket)
                    .path("builds")
                    .name("site.zip"),
            )
            .secondary_source(
                "tools",
                BuildSource::github("example", "tools").version("v1"),
            )
            .secondary_artifact(
                "report",
                BuildArtifacts::bucket(&bucket)
                    .unpacked()
                    .without_build_id(),
            )
            .encryption_key(Key::builder().build(stack, "Key"))
            .log_group(LogGroup::builder().build(stack, "Logs"))
            .bucket_logs(BuildLogs::bucket(&bucket, "logs"))
            .timeout(Duration::minutes(30))
            .queued_timeout(Duration::minutes(10))
            .concurrent_build_limit(2)
            .auto_retry_limit(1)
            .batch_builds(BatchBuilds::Enabled)
            .build(stack, "Test");
    });
    let bucket = id_of("Bucket/Resource");
    let below = |path: &str| json!({ "Fn::Sub": format!("${{{bucket}}}/{path}") });
    template.has_properties(
        PROJECT,
        json!({
            "Artifacts": {
                "Location": { "Ref": bucket },
                "Name": "site.zip",
                "NamespaceType": "BUILD_ID",
                "OverrideArtifactName": false,
                "Packaging": "ZIP",
                "Path": "builds",
                "Type": "S3",
            },
            "AutoRetryLimit": 1,
            "BuildBatchConfig": {
                "ServiceRole": { "Fn::GetAtt": [id_of("Test/BatchServiceRole/Resource"), "Arn"] },
            },
            "Cache": { "Type": "S3", "Location": below("cache") },
            "ConcurrentBuildLimit": 2,
            "Description": "tests",
            "EncryptionKey": { "Fn::GetAtt": [id_of("Key/Resource"), "Arn"] },
            "Environment": {
                "ComputeType": "BUILD_GENERAL1_LARGE",
                "EnvironmentVariables": [
                    { "Name": "LEVEL", "Type": "PLAINTEXT", "Value": "info" },
                    { "Name": "TOKEN", "Type": "SECRETS_MANAGER", "Value": { "Ref": id_of("Token/Resource") } },
                    { "Name": "URL", "Type": "PARAMETER_STORE", "Value": "/site/url" },
                ],
                "ImagePullCredentialsType": "SERVICE_ROLE",
                "PrivilegedMode": true,
                "Type": "ARM_CONTAINER",
            },
            "LogsConfig": {
                "CloudWatchLogs": { "GroupName": { "Ref": id_of("Logs/Resource") }, "Status": "ENABLED" },
                "S3Logs": { "Location": below("logs"), "Status": "ENABLED" },
            },
            "Name": "site",
            "QueuedTimeoutInMinutes": 10,
            "SecondaryArtifacts": [{
                "ArtifactIdentifier": "report",
                "NamespaceType": "NONE",
                "OverrideArtifactName": true,
                "Packaging": "NONE",
                "Type": "S3",
            }],
            "SecondarySourceVersions": [{ "SourceIdentifier": "tools", "SourceVersion": "v1" }],
            "SecondarySources": [{ "SourceIdentifier": "tools", "Type": "GITHUB" }],
            "Source": { "BuildSpec": "ci/build.yml", "Type": "CODECOMMIT" },
            "TimeoutInMinutes": 30,
        }),
    );
    let actions: Vec<Json> = statements(&template, "Test/Role/Resource")
        .into_iter()
        .map(|statement| statement["Action"].clone())
        .collect();
    for action in [
        json!("codecommit:GitPull"),
        json!("ecr:GetAuthorizationToken"),
        json!("secretsmanager:GetSecretValue"),
        json!("ssm:GetParameters"),
        json!(["kms:Decrypt", "kms:GenerateDataKey*"]),
    ] {
        assert!(actions.contains(&action), "{action} in {actions:#?}");
    }
    template.has_properties(
        "AWS::IAM::RolePolicy",
        json!({
            "PolicyDocument": { "Statement": [{
                "Action": ["codebuild:RetryBuild", "codebuild:StartBuild", "codebuild:StopBuild"],
                "Resource": { "Fn::GetAtt": [id_of("Test/Resource"), "Arn"] },
            }] },
            "RoleName": { "Ref": id_of("Test/BatchServiceRole/Resource") },
        }),
    );
}

#[test]
fn reads_image_of_private_registry_with_secret() {
    let template = Template::of_stack(|stack| {
        let secret = Secret::builder()
            .field("username", "builds")
            .build(stack, "Registry");
        let image = BuildImage::private_registry(
            EnvironmentType::Linux,
            "registry.example.com/builds:2",
            secret.text(),
        );
        Project::builder()
            .build_spec(commands())
            .image(image)
            .cache(BuildCache::local([LocalCache::Source, LocalCache::Custom]))
            .build(stack, "Test");
    });
    template.has_properties(
        PROJECT,
        json!({
            "Cache": { "Type": "LOCAL", "Modes": ["LOCAL_SOURCE_CACHE", "LOCAL_CUSTOM_CACHE"] },
            "Environment": {
                "Image": "registry.example.com/builds:2",
                "ImagePullCredentialsType": "SERVICE_ROLE",
                "RegistryCredential": {
                    "Credential": { "Ref": id_of("Registry/Resource") },
                    "CredentialProvider": "SECRETS_MANAGER",
                },
            },
        }),
    );
    assert_eq!(
        statements(&template, "Test/Role/Resource")[1],
        json!({
            "Effect": "Allow",
            "Action": "secretsmanager:GetSecretValue",
            "Resource": { "Ref": id_of("Registry/Resource") },
        })
    );
}

#[test]
fn places_builds_in_vpc() {
    let template = Template::of_stack(|stack| {
        let vpc = Vpc::builder()
            .cidr(cidr!("10.0.0.0/16"))
            .build(stack, "Vpc");
        let project = Project::builder()
            .build_spec(commands())
            .subnets(vpc.private())
            .build(stack, "Test");
        let database = SecurityGroup::builder().vpc(vpc).build(stack, "Database");
        database.allow_from_on(&project, Port::tcp(5432));
    });
    let group = id_of("Test/SecurityGroup/Resource");
    assert_eq!(
        properties(&template)["VpcConfig"]["SecurityGroupIds"],
        json!([{ "Fn::GetAtt": [group, "GroupId"] }])
    );
    let role = statements(&template, "Test/Role/Resource");
    let permission = role
        .iter()
        .find(|statement| statement["Action"] == "ec2:CreateNetworkInterfacePermission")
        .unwrap();
    let condition = &permission["Condition"]["StringEquals"];
    assert_eq!(
        condition["ec2:AuthorizedService"],
        "codebuild.amazonaws.com"
    );
    assert_eq!(condition["ec2:Subnet"].as_array().unwrap().len(), 2);
    template.has_properties(
        "AWS::EC2::SecurityGroupIngress",
        json!({ "SourceSecurityGroupId": { "Fn::GetAtt": [group, "GroupId"] }, "FromPort": 5432 }),
    );
}

#[test]
fn grants_builds_and_starts_them_by_rules() {
    let template = Template::of_stack(|stack| {
        let own = Project::builder()
            .build_spec(commands())
            .build(stack, "Test");
        let other = Project::from_name(stack, "Other", "site");
        assert_eq!(other.as_project().project_name().as_literal(), Some("site"));
        let role = Role::builder()
            .assumed_by(Principal::service("ecs-tasks.amazonaws.com"))
            .build(stack, "Starter");
        own.grant_start_build(&role);
        Project::from_arn(
            stack,
            "Third",
            "arn:aws:codebuild:eu-west-1:111122223333:project/docs",
        )
        .grant_start_build(&role);
        Rule::on_schedule(Schedule::rate(Duration::hours(24)))
            .target(own)
            .build(stack, "Daily");
    });
    let project = id_of("Test/Resource");
    assert_eq!(
        statements(&template, "Starter/Resource")[0],
        json!({
            "Effect": "Allow",
            "Action": ["codebuild:BatchGetBuilds", "codebuild:StartBuild", "codebuild:StopBuild"],
            "Resource": [
                { "Fn::GetAtt": [project, "Arn"] },
                "arn:aws:codebuild:eu-west-1:111122223333:project/docs",
            ],
        })
    );
    template.has_properties(
        "AWS::Events::Rule",
        json!({ "Targets": [{ "Arn": { "Fn::GetAtt": [project, "Arn"] } }] }),
    );
}

#[test]
fn creates_report_groups() {
    let template = Template::of_stack(|stack| {
        let project = Project::builder()
            .build_spec(commands())
            .build(stack, "Test");
        let bucket = Bucket::builder().build(stack, "Bucket");
        let tests = ReportGroup::builder()
            .report_type(ReportType::CodeCoverage)
            .report_group_name("coverage")
            .export(ReportExport::bucket(&bucket).path("coverage").zip())
            .removal_policy(RemovalPolicy::Destroy)
            .build(stack, "Coverage");
        tests.grant_write(&project);
        let other = ReportGroup::from_name(stack, "Other", "tests");
        other.grant_write(&project);
        assert_eq!(other.report_group_name().as_literal(), Some("tests"));
    });
    template.has_resource(
        "AWS::CodeBuild::ReportGroup",
        json!({
            "DeletionPolicy": "Delete",
            "Properties": {
                "DeleteReports": true,
                "ExportConfig": {
                    "ExportConfigType": "S3",
                    "S3Destination": {
                        "Bucket": { "Ref": id_of("Bucket/Resource") },
                        "Packaging": "ZIP",
                        "Path": "coverage",
                    },
                },
                "Name": "coverage",
                "Type": "CODE_COVERAGE",
            },
        }),
    );
    assert_eq!(
        statements(&template, "Test/Role/Resource")[1],
        json!({
            "Effect": "Allow",
            "Action": [
                "codebuild:BatchPutCodeCoverages",
                "codebuild:BatchPutTestCases",
                "codebuild:CreateReport",
                "codebuild:UpdateReport",
            ],
            "Resource": [
                { "Fn::GetAtt": [id_of("Coverage/Resource"), "Arn"] },
                { "Fn::Sub": "arn:${AWS::Partition}:codebuild:${AWS::Region}:${AWS::AccountId}:report-group/tests" },
            ],
        })
    );
    let template = Template::of_stack(|stack| {
        ReportGroup::builder().build(stack, "Tests");
    });
    template.has_resource(
        "AWS::CodeBuild::ReportGroup",
        json!({
            "DeletionPolicy": "Retain",
            "Properties": { "ExportConfig": { "ExportConfigType": "NO_EXPORT" }, "Type": "TEST" },
        }),
    );
}

#[test]
fn has_metrics_of_project() {
    let app = App::new();
    let stack = Stack::new(&app, "Stack");
    let project = Project::from_name(stack, "Site", "site");
    let dimensions = project.metric_dimensions();
    assert_eq!(dimensions[0].0, "ProjectName");
    assert_eq!(dimensions[0].1.as_literal(), Some("site"));
    assert_eq!(
        project.metric_failed_builds(),
        project.metric_named("FailedBuilds")
    );
    assert!(project.metrics().len() >= 9);
}

#[test]
fn reports_projects_that_codebuild_rejects() {
    insta::assert_snapshot!(findings_of(|stack| {
        let bucket = Bucket::builder().build(stack, "Bucket");
        let builder = || Project::builder().build_spec(commands());
        Project::builder().build(stack, "NoCommands");
        Project::builder()
            .build_spec(BuildSpec::file("buildspec.yml"))
            .build(stack, "NoFile");
        builder()
            .source(BuildSource::pipeline())
            .artifacts(BuildArtifacts::bucket(&bucket))
            .build(stack, "Pipeline");
        let push = || WebhookFilter::events([WebhookEvent::Push]);
        builder()
            .source(BuildSource::code_commit("site").webhook(push()))
            .build(stack, "Webhook");
        builder()
            .source(
                BuildSource::github("example", "site")
                    .webhook(push().base_branch("main"))
                    .webhook(WebhookFilter::events([])),
            )
            .build(stack, "Filters");
        builder().badge(BuildBadge::Public).build(stack, "Badge");
        builder()
            .source(BuildSource::code_commit("site"))
            .secondary_source("my-tools", BuildSource::none())
            .secondary_artifact("a", BuildArtifacts::bucket(&bucket))
            .secondary_artifact("a", BuildArtifacts::bucket(&bucket))
            .build(stack, "Secondary");
        builder()
            .timeout(Duration::minutes(1))
            .queued_timeout(Duration::hours(9))
            .auto_retry_limit(11)
            .concurrent_build_limit(0)
            .build(stack, "Numbers");
        let parameter =
            SecretField::from_ssm_parameter("arn:aws:ssm:eu-west-1:111122223333:parameter/token");
        builder()
            .cache(BuildCache::local([LocalCache::DockerLayer]))
            .environment("TOKEN", "a")
            .secret("TOKEN", parameter)
            .build(stack, "Environment");
        let windows = builder()
            .image(BuildImage::WINDOWS_SERVER_2022)
            .docker_daemon(DockerDaemon::Privileged)
            .build(stack, "Windows");
        let vpc = Vpc::builder()
            .cidr(cidr!("10.0.0.0/16"))
            .build(stack, "Vpc");
        SecurityGroup::builder()
            .vpc(vpc)
            .build(stack, "Group")
            .allow_from_on(&windows, Port::tcp(80));
        Project::from_arn(
            stack,
            "Arn",
            "arn:aws:codebuild:eu-west-1:111122223333:site",
        );
    }));
}
