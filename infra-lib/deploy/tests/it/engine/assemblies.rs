//! Tests roles, bootstrap versions, assets, topics and parameters of CDK assemblies.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use infra_deploy::Class;
use infra_deploy::deploy::{DeployOptions, Source};
use infra_deploy::plan::{PlanOptions, PlanRecord};
use infra_deploy::publish::{PublishOptions, publish_assets};
use infra_fake::{ACCOUNT, FakeCloud};
use infra_template::assembly::CloudAssembly;
use insta::assert_snapshot;
use serde_json::{Value as JsonValue, json};

use super::fixture::{deployed, outcomes, planned, reviewed};

const BUCKET: &str = "cdk-hnb659fds-assets-123456789012-eu-west-1";
const VERSION: &str = "/cdk-bootstrap/hnb659fds/version";

fn role(name: &str) -> String {
    format!("arn:aws:iam::{ACCOUNT}:role/cdk-hnb659fds-{name}-role-{ACCOUNT}-eu-west-1")
}

/// Returns the ARN of a bootstrap role with the placeholders that the CDK writes.
fn open_role(name: &str) -> String {
    format!(
        "arn:${{AWS::Partition}}:iam::${{AWS::AccountId}}:role/cdk-hnb659fds-{name}-role-${{AWS::AccountId}}-${{AWS::Region}}"
    )
}

/// Creates an account with the given bootstrap version.
fn account(version: &str) -> FakeCloud {
    let aws = FakeCloud::new();
    aws.add_parameter(VERSION, version);
    aws.create_bucket(BUCKET);
    aws
}

/// An assembly with one stack of the default synthesizer and a function whose code is an asset.
struct Project(tempfile::TempDir);

impl Project {
    fn new() -> Self {
        let project = Self(tempfile::tempdir().unwrap());
        std::fs::create_dir(project.0.path().join("asset.aa")).unwrap();
        std::fs::write(
            project.0.path().join("asset.aa/index.js"),
            "exports.h = 1;\n",
        )
        .unwrap();
        project.write("S.template.json", &template());
        project.write(
            "S.assets.json",
            &json!({ "version": "48.0.0", "files": files() }),
        );
        project.manifest(&json!({}));
        project
    }

    fn write(&self, name: &str, value: &JsonValue) {
        std::fs::write(self.0.path().join(name), value.to_string()).unwrap();
    }

    fn manifest(&self, properties: &JsonValue) {
        let mut all = json!({
            "templateFile": "S.template.json",
            "assumeRoleArn": open_role("deploy"),
            "cloudFormationExecutionRoleArn": open_role("cfn-exec"),
            "stackTemplateAssetObjectUrl": "s3://cdk-hnb659fds-assets-${AWS::AccountId}-${AWS::Region}/tt.json",
            "requiresBootstrapStackVersion": 6,
            "bootstrapStackVersionSsmParameter": VERSION,
            "lookupRole": { "arn": open_role("lookup") },
            "notificationArns": ["arn:aws:sns:${AWS::Region}:${AWS::AccountId}:events"],
            "parameters": { "Size": "${AWS::Region}" },
        });
        for (name, value) in properties.as_object().unwrap() {
            all[name] = value.clone();
        }
        self.write(
            "manifest.json",
            &json!({ "version": "48.0.0", "artifacts": {
                "S.assets": { "type": "cdk:asset-manifest", "properties": { "file": "S.assets.json", "requiresBootstrapStackVersion": 6, "bootstrapStackVersionSsmParameter": VERSION } },
                "S": { "type": "aws:cloudformation:stack", "environment": "aws://unknown-account/unknown-region", "displayName": "S", "properties": all, "dependencies": ["S.assets"] },
            } }),
        );
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn assembly(&self) -> CloudAssembly {
        CloudAssembly::read_directory(self.0.path()).unwrap()
    }
}

fn template() -> JsonValue {
    json!({
        "Parameters": { "Size": { "Type": "String" } },
        "Resources": { "Queue": { "Type": "AWS::SQS::Queue", "Properties": { "QueueName": { "Ref": "Size" } } } },
    })
}

fn files() -> JsonValue {
    let bucket = "cdk-hnb659fds-assets-${AWS::AccountId}-${AWS::Region}";
    let destination = |key: &str| json!({ "current": { "bucketName": bucket, "objectKey": key, "assumeRoleArn": open_role("file-publishing") } });
    json!({
        "aa": { "displayName": "Code", "source": { "path": "asset.aa", "packaging": "zip" }, "destinations": destination("aa.zip") },
        "tt": { "displayName": "S Template", "source": { "path": "S.template.json", "packaging": "file" }, "destinations": destination("tt.json") },
    })
}

/// Returns all calls with the names of their roles.
fn calls_with_roles(aws: &FakeCloud) -> Vec<String> {
    let calls = aws.call_log();
    let mut found: Vec<String> = calls
        .iter()
        .map(|call| {
            let role = call.role.as_deref().unwrap_or("user");
            let role = role.split("hnb659fds-").nth(1).unwrap_or(role);
            let role = role.split("-role").next().unwrap_or(role);
            format!("{} as {role}", call.operation)
        })
        .collect();
    found.dedup();
    found
}

#[test]
fn uses_the_roles_of_the_assembly() {
    let aws = account("21");
    let project = Project::new();
    let (ran, _) = deployed(&aws, &project.assembly(), &DeployOptions::default());
    assert_eq!(outcomes(&ran), ["S: deployed"]);
    let calls = calls_with_roles(&aws);
    let of = |operation: &str| -> Vec<&String> {
        let named = format!("{operation} as ");
        calls
            .iter()
            .filter(|call| call.starts_with(&named))
            .collect()
    };
    assert_eq!(of("GetCallerIdentity"), ["GetCallerIdentity as user"]);
    assert_eq!(of("GetParameter"), ["GetParameter as deploy"]);
    assert_eq!(of("PutObject"), ["PutObject as file-publishing"]);
    assert_eq!(of("CreateChangeSet"), ["CreateChangeSet as deploy"]);
    assert_eq!(of("ExecuteChangeSet"), ["ExecuteChangeSet as deploy"]);
    let others = calls.iter().filter(|call| {
        call.ends_with(" as user")
            && !call.starts_with("AssumeRole")
            && !call.starts_with("GetCallerIdentity")
    });
    assert_eq!(others.count(), 0, "{calls:?}");
    assert_eq!(ran.notices(), ["published the asset `Code`"]);
    let objects = aws.bucket_objects(BUCKET);
    let keys: Vec<&String> = objects.keys().collect();
    assert_eq!(keys, ["aa.zip"]);
    assert_eq!(
        objects["aa.zip"].content_type.as_deref(),
        Some("application/zip")
    );
    let stack = FakeCloud::paused_runtime()
        .block_on(
            aws.cloud()
                .cloudformation_client("eu-west-1")
                .describe_stack("S"),
        )
        .unwrap()
        .unwrap();
    assert_eq!(stack.role_arn, Some(role("cfn-exec")));
    assert_eq!(
        stack.notification_arns,
        [format!("arn:aws:sns:eu-west-1:{ACCOUNT}:events")]
    );
    assert_eq!(stack.parameters["Size"], "eu-west-1");
}

#[test]
fn publishes_each_asset_once() {
    let aws = account("6");
    let project = Project::new();
    planned(&aws, &project.assembly(), &PlanOptions::default())
        .result
        .unwrap();
    let (ran, _) = deployed(&aws, &project.assembly(), &reviewed());
    assert_eq!(outcomes(&ran), ["S: deployed"]);
    let calls = aws.called_operations();
    let puts = calls.iter().filter(|call| *call == "PutObject");
    assert_eq!(puts.count(), 1);
}

#[test]
fn runs_no_asset_command_in_reviewed_deployment() {
    let aws = account("6");
    let project = Project::new();
    planned(&aws, &project.assembly(), &PlanOptions::default())
        .result
        .unwrap();
    let mut files = files();
    files["xx"] = json!({
        "displayName": "Forged",
        "source": { "executable": ["sh", "-c", "touch ran; echo ran"] },
        "destinations": { "current": { "bucketName": BUCKET, "objectKey": "xx.zip" } },
    });
    project.write(
        "S.assets.json",
        &json!({ "version": "48.0.0", "files": files }),
    );
    let before = aws.write_operations().len();
    let (ran, _) = deployed(&aws, &project.assembly(), &reviewed());
    assert_snapshot!(ran.findings());
    assert!(!project.path().join("ran").exists());
    assert_eq!(aws.write_operations().len(), before);
}

/// This also protects plans with the credentials of a pipeline for assemblies of pull requests.
#[test]
fn runs_no_asset_command_with_no_publish() {
    let aws = account("6");
    let project = Project::new();
    let mut files = files();
    files["xx"] = json!({
        "displayName": "Forged",
        "source": { "executable": ["sh", "-c", "touch ran; echo ran"] },
        "destinations": { "current": { "bucketName": BUCKET, "objectKey": "xx.zip" } },
    });
    project.write(
        "S.assets.json",
        &json!({ "version": "48.0.0", "files": files }),
    );
    let options = PlanOptions::builder().no_publish(true).build();
    let ran = planned(&aws, &project.assembly(), &options);
    assert_eq!(ran.class(), Some(Class::Blocked), "{}", ran.findings());
    assert!(ran.findings().contains("--no-publish"));
    assert!(!project.path().join("ran").exists());
    assert_eq!(aws.write_operations(), Vec::<String>::new());
    planned(&aws, &project.assembly(), &PlanOptions::default())
        .result
        .unwrap();
    assert!(project.path().join("ran").exists(), "the command is one");
}

/// A pull request is planned before anything of it is published; its plan is not executed.
#[test]
fn plans_with_unpublished_assets_for_review_only() {
    let aws = account("6");
    let project = Project::new();
    let options = PlanOptions::builder().allow_unpublished(true).build();
    let ran = planned(&aws, &project.assembly(), &options);
    assert_eq!(
        ran.notices(),
        [format!(
            "the asset `Code` is not published yet: `s3://{BUCKET}/aa.zip`"
        )]
    );
    ran.result.unwrap();
    assert!(aws.bucket_objects(BUCKET).is_empty());
    let (ran, _) = deployed(&aws, &project.assembly(), &reviewed());
    assert_snapshot!(ran.findings());
    assert!(aws.bucket_objects(BUCKET).is_empty());
    let published = FakeCloud::paused_runtime().block_on(publish_assets(
        aws.cloud(),
        project.assembly(),
        PublishOptions::builder().build(),
    ));
    assert_eq!(published.unwrap(), 1);
    let (ran, _) = deployed(&aws, &project.assembly(), &reviewed());
    assert_eq!(outcomes(&ran), ["S: deployed"]);
}

#[test]
fn publishes_assets_without_cloudformation() {
    let aws = account("6");
    let project = Project::new();
    let publish = || {
        FakeCloud::paused_runtime()
            .block_on(publish_assets(
                aws.cloud(),
                project.assembly(),
                PublishOptions::builder().build(),
            ))
            .unwrap()
    };
    assert_eq!(publish(), 1);
    let calls = aws.called_operations();
    assert_eq!(
        calls,
        [
            "GetCallerIdentity",
            "AssumeRole",
            "ListObjectsV2",
            "PutObject"
        ]
    );
    assert_eq!(publish(), 0);
}

#[test]
fn prefers_command_line_values_and_roles() {
    let aws = account("6");
    let project = Project::new();
    let mut options = DeployOptions::default();
    options.plan.role_arn = Some("arn:aws:iam::123456789012:role/mine".to_owned());
    options.plan.notification_arns = vec!["arn:aws:sns:eu-west-1:123456789012:mine".to_owned()];
    let value = BTreeMap::from([("Size".to_owned(), "large".to_owned())]);
    options.plan.parameters = BTreeMap::from([("S".to_owned(), value)]);
    let (ran, _) = deployed(&aws, &project.assembly(), &options);
    assert_eq!(outcomes(&ran), ["S: deployed"]);
    let stack = FakeCloud::paused_runtime()
        .block_on(
            aws.cloud()
                .cloudformation_client("eu-west-1")
                .describe_stack("S"),
        )
        .unwrap()
        .unwrap();
    assert_eq!(
        stack.role_arn.as_deref(),
        Some("arn:aws:iam::123456789012:role/mine")
    );
    assert_eq!(stack.notification_arns.len(), 2);
    assert_eq!(stack.parameters["Size"], "large");
}

#[test]
fn rejects_reviewed_plan_after_manifest_change() {
    let aws = account("6");
    let project = Project::new();
    planned(&aws, &project.assembly(), &PlanOptions::default())
        .result
        .unwrap();
    for changed in [
        json!({ "cloudFormationExecutionRoleArn": open_role("other") }),
        json!({ "notificationArns": [] }),
        json!({ "parameters": { "Size": "x" } }),
    ] {
        project.manifest(&changed);
        let (ran, _) = deployed(&aws, &project.assembly(), &reviewed());
        assert_eq!(ran.class(), Some(Class::Stale), "{changed}");
    }
}

#[test]
fn rejects_unbootstrapped_environment_before_any_write() {
    let project = Project::new();
    let aws = FakeCloud::new();
    assert_snapshot!(planned(&aws, &project.assembly(), &PlanOptions::default()).findings());
    assert_eq!(aws.write_operations(), [""; 0]);
    let aws = account("5");
    let (ran, _) = deployed(&aws, &project.assembly(), &DeployOptions::default());
    assert_snapshot!(ran.findings());
    assert_eq!(aws.write_operations(), [""; 0]);
}

#[test]
fn falls_back_to_account_credentials_for_denied_role() {
    let aws = account("6");
    aws.deny_role(&role("deploy"));
    let project = Project::new();
    let (ran, _) = deployed(&aws, &project.assembly(), &DeployOptions::default());
    assert_eq!(outcomes(&ran), ["S: deployed"]);
    assert_eq!(
        ran.notices()[0],
        format!(
            "cannot assume the role `{}`; the current credentials belong to its account and are used instead",
            role("deploy")
        )
    );
}

#[test]
fn fails_when_role_of_another_account_is_denied() {
    let aws = account("6");
    let project = Project::new();
    let foreign = "arn:aws:iam::999999999999:role/deploy";
    project.manifest(&json!({ "assumeRoleArn": foreign }));
    let text = std::fs::read_to_string(project.path().join("manifest.json")).unwrap();
    let text = text.replace("aws://unknown-account/", "aws://999999999999/");
    std::fs::write(project.path().join("manifest.json"), text).unwrap();
    aws.deny_role(foreign);
    let (ran, _) = deployed(&aws, &project.assembly(), &DeployOptions::default());
    assert_eq!(aws.write_operations(), [""; 0]);
    assert_snapshot!(ran.findings());
}

#[test]
fn uploads_large_template_to_assembly_bucket() {
    let aws = account("6");
    let project = Project::new();
    let mut large = template();
    large["Description"] = json!("x");
    large["Metadata"] = json!({ "Text": "y".repeat(60_000) });
    project.write("S.template.json", &large);
    let (ran, _) = deployed(&aws, &project.assembly(), &DeployOptions::default());
    assert_eq!(outcomes(&ran), ["S: deployed"]);
    let objects = aws.bucket_objects(BUCKET);
    let keys: Vec<&String> = objects.keys().collect();
    assert_eq!(keys[0], "aa.zip");
    assert!(keys[1].starts_with("templates/"), "{keys:?}");
    let roles: Vec<Option<String>> = aws
        .call_log()
        .into_iter()
        .filter(|call| call.operation == "PutObject")
        .map(|call| call.role)
        .collect();
    assert_eq!(
        roles,
        [Some(role("file-publishing")), Some(role("file-publishing"))]
    );
}

#[test]
fn rejects_unknown_template_parameter() {
    let aws = account("6");
    let project = Project::new();
    project.manifest(&json!({ "parameters": { "Siz": "1" } }));
    let (ran, _) = deployed(&aws, &project.assembly(), &DeployOptions::default());
    assert_snapshot!(ran.findings());
    assert_eq!(aws.write_operations(), [""; 0]);
}

#[test]
fn reports_unpublishable_asset() {
    let aws = account("6");
    let project = Project::new();
    std::fs::remove_dir_all(project.path().join("asset.aa")).unwrap();
    let (ran, _) = deployed(&aws, &project.assembly(), &DeployOptions::default());
    assert_snapshot!(ran.findings());
    let aws = FakeCloud::new();
    aws.add_parameter(VERSION, "6");
    let (ran, _) = deployed(&aws, &project.assembly(), &DeployOptions::default());
    assert_snapshot!(ran.findings());
    assert_eq!(aws.write_operations(), [""; 0]);
}

#[test]
fn rejects_placeholder_of_asset_even_if_its_object_exists() {
    let aws = account("6");
    let project = Project::new();
    let mut files = files();
    files["aa"]["source"]["path"] = "asset.not-built-aa".into();
    files["aa"]["destinations"]["current"]["objectKey"] = "not-built-aa.zip".into();
    project.write(
        "S.assets.json",
        &json!({ "version": "48.0.0", "files": files }),
    );
    aws.put_object(BUCKET, "not-built-aa.zip", b"planted");
    let (ran, _) = deployed(&aws, &project.assembly(), &DeployOptions::default());
    let findings = ran.findings();
    assert!(
        findings.contains("cannot publish the asset `Code` of stack `S`: it was not built"),
        "{findings}"
    );
    assert!(findings.contains("without `--no-build`"), "{findings}");
    assert_eq!(aws.write_operations(), [""; 0]);
}

#[test]
fn publishes_archive_made_by_asset_command() {
    let aws = account("6");
    let project = Project::new();
    let mut files = files();
    files["aa"]["source"] =
        json!({ "executable": ["sh", "-c", "echo made > out.zip; echo out.zip"] });
    project.write(
        "S.assets.json",
        &json!({ "version": "48.0.0", "files": files }),
    );
    let (ran, _) = deployed(&aws, &project.assembly(), &DeployOptions::default());
    assert_eq!(outcomes(&ran), ["S: deployed"]);
    let object = &aws.bucket_objects(BUCKET)["aa.zip"];
    assert_eq!(object.body, b"made\n");
    assert_eq!(object.content_type.as_deref(), Some("application/zip"));
}

/// Creates a script that logs its arguments and standard input to a file in the same folder and fails at the command `fails_at`.
pub(super) fn container_tool(folder: &Path, fails_at: &str) -> PathBuf {
    use std::os::unix::fs::PermissionsExt as _;
    let tool = folder.join("docker");
    let log = folder.join("log");
    let script = format!(
        "#!/bin/sh\n{{ echo \"in $(basename \"$PWD\"): $*\"; [ \"$1\" = login ] && cat; echo; }} >> '{}'\n[ \"$1\" = '{fails_at}' ] && {{ echo 'step 3 of 4: no such file' >&2; exit 17; }}\nexit 0\n",
        log.display()
    );
    std::fs::write(&tool, script).unwrap();
    std::fs::set_permissions(&tool, std::fs::Permissions::from_mode(0o755)).unwrap();
    tool
}

fn with_image() -> Project {
    let project = Project::new();
    std::fs::create_dir(project.path().join("asset.bb")).unwrap();
    project.write(
        "S.assets.json",
        &json!({ "version": "48.0.0", "dockerImages": { "BB": {
            "displayName": "Worker",
            "source": { "directory": "asset.bb", "dockerFile": "Dockerfile.web", "dockerBuildArgs": { "A": "1" }, "platform": "linux/arm64" },
            "destinations": { "current": { "repositoryName": "cdk-hnb659fds-container-assets-${AWS::AccountId}-${AWS::Region}", "imageTag": "bb", "assumeRoleArn": open_role("image-publishing") } },
        } } }),
    );
    project
}

pub(super) const REPOSITORY: &str = "cdk-hnb659fds-container-assets-123456789012-eu-west-1";

fn deploy_with_tool(
    aws: &FakeCloud,
    project: &Project,
    tool: Option<PathBuf>,
) -> super::fixture::Ran<infra_deploy::deploy::Deployed> {
    let mut options = DeployOptions::default();
    options.plan.container_tool = tool;
    deployed(aws, &project.assembly(), &options).0
}

#[test]
fn builds_and_pushes_missing_image() {
    let tools = tempfile::tempdir().unwrap();
    let tool = container_tool(tools.path(), "nothing");
    let project = with_image();
    let aws = account("6");
    aws.add_repository(REPOSITORY, &["other"]);
    let ran = deploy_with_tool(&aws, &project, Some(tool.clone()));
    assert_eq!(outcomes(&ran), ["S: deployed"]);
    assert_eq!(ran.notices(), ["published the image `Worker`"]);
    let log = std::fs::read_to_string(tools.path().join("log")).unwrap();
    let folder = project.path().file_name().unwrap().to_str().unwrap();
    assert_snapshot!(log.replace(folder, "assembly"));
    assert!(calls_with_roles(&aws).contains(&"DescribeImages as image-publishing".to_owned()));
    std::fs::remove_file(tools.path().join("log")).unwrap();
    let aws = account("6");
    aws.add_repository(REPOSITORY, &["bb"]);
    let ran = deploy_with_tool(&aws, &project, Some(tool));
    assert_eq!(outcomes(&ran), ["S: deployed"]);
    assert!(!tools.path().join("log").exists());
}

#[test]
fn reports_reason_of_failed_image_build() {
    let tools = tempfile::tempdir().unwrap();
    let project = with_image();
    let aws = account("6");
    aws.add_repository(REPOSITORY, &[]);
    assert_snapshot!(deploy_with_tool(&aws, &project, None).findings());
    let shown = |text: String| text.replace(&tools.path().display().to_string(), "/tools");
    for fails_at in ["build", "push"] {
        let tool = container_tool(tools.path(), fails_at);
        let ran = deploy_with_tool(&aws, &project, Some(tool));
        assert_snapshot!(shown(ran.findings()));
    }
    let missing = tools.path().join("missing");
    assert_snapshot!(shown(
        deploy_with_tool(&aws, &project, Some(missing)).findings()
    ));
    let aws = account("6");
    assert_snapshot!(deploy_with_tool(&aws, &project, None).findings());
    assert_eq!(aws.write_operations(), [""; 0]);
}

#[test]
fn rejects_plan_after_asset_change() {
    type Change = fn(&Path);
    let changes: [(&str, Change); 4] = [
        ("a byte", |folder| {
            std::fs::write(folder.join("asset.aa/index.js"), "exports.h = 2;\n").unwrap();
        }),
        ("a file more", |folder| {
            std::fs::write(folder.join("asset.aa/more.js"), "").unwrap();
        }),
        ("a file less", |folder| {
            std::fs::remove_file(folder.join("asset.aa/index.js")).unwrap();
        }),
        ("the content is gone", |folder| {
            std::fs::remove_dir_all(folder.join("asset.aa")).unwrap();
        }),
    ];
    for (what, change) in changes {
        let aws = account("21");
        let project = Project::new();
        let plan = planned(&aws, &project.assembly(), &PlanOptions::default());
        let record = PlanRecord::parse_json(&plan.result.unwrap().record.to_json()).unwrap();
        let by = |record| {
            DeployOptions::builder()
                .source(Source::Plan(record))
                .build()
        };
        let kept = std::fs::read(project.path().join("asset.aa/index.js")).unwrap();
        change(project.path());
        let (ran, _) = deployed(&aws, &project.assembly(), &by(record.clone()));
        assert_eq!(ran.class(), Some(Class::Stale), "{what}");
        let told = ran.findings();
        assert!(
            told.contains(
                "the plan file does not match these sources: the assembly has the digest"
            ),
            "{what}: {told}"
        );
        assert!(aws.live_resources("S").is_empty(), "{what}");
        std::fs::remove_dir_all(project.path().join("asset.aa")).ok();
        std::fs::create_dir(project.path().join("asset.aa")).unwrap();
        std::fs::write(project.path().join("asset.aa/index.js"), kept).unwrap();
        let (ran, _) = deployed(&aws, &project.assembly(), &by(record));
        assert_eq!(outcomes(&ran), ["S: deployed"], "{what}");
    }
}

#[test]
fn reports_busy_not_partial_after_publishing_assets() {
    let aws = account("21");
    aws.inject_fault(
        "ExecuteChangeSet",
        infra_fake::Fault::Rejected {
            code: "ValidationError".to_owned(),
            message: "Stack:S is in UPDATE_IN_PROGRESS state and can not be updated.".to_owned(),
        },
        infra_fake::FaultTiming::Always,
    );
    let project = Project::new();
    let (ran, _) = deployed(&aws, &project.assembly(), &DeployOptions::default());
    assert_eq!(ran.class(), Some(Class::Busy), "{}", ran.findings());
    assert_eq!(ran.notices(), ["published the asset `Code`"]);
    assert!(aws.bucket_objects(BUCKET).contains_key("aa.zip"));
    assert!(!ran.findings().contains("INF7323"), "{}", ran.findings());
}
