//! Tests of `diff` with whole outputs: against another folder, and against the stacks of an AWS in memory.

use infra_cli::ExitCode;
use infra_cli::testing::{Invocation, Outcome};
use infra_core::{App, CfnResource, Construct as _, Output, Stack};
use infra_fake::FakeCloud;
use insta::assert_snapshot;
use serde_json::{Value as JsonValue, json};
use tempfile::TempDir;

use crate::json_schema::problems;
use crate::support::RunApp as _;

/// An app with a database and a service, in two variants.
#[derive(Clone)]
struct Notes {
    engine: &'static str,
    encrypted: bool,
    size: &'static str,
    ingress: JsonValue,
    actions: JsonValue,
    token: &'static str,
    queue: &'static str,
    moved: bool,
}

impl Notes {
    fn before() -> Self {
        Self {
            engine: "17.4",
            encrypted: false,
            size: "db.t4g.small",
            ingress: json!([{ "IpProtocol": "tcp", "FromPort": 443, "ToPort": 443, "CidrIp": "10.0.0.0/8" }]),
            actions: json!(["s3:GetObject"]),
            token: "a-secret-of-yesterday",
            queue: "Jobs",
            moved: false,
        }
    }

    fn after() -> Self {
        Self {
            engine: "17.11",
            encrypted: true,
            ingress: json!([
                { "IpProtocol": "tcp", "FromPort": 443, "ToPort": 443, "CidrIp": "0.0.0.0/0" },
            ]),
            actions: json!(["s3:GetObject", "s3:PutObject", "iam:PassRole"]),
            token: "a-secret-of-today",
            ..Self::before()
        }
    }

    fn build(&self, app: &App) {
        let data = Stack::new(app, "Data");
        let database = CfnResource::new(
            data,
            "Database",
            "AWS::RDS::DBInstance",
            json!({
                "Engine": "postgres",
                "EngineVersion": self.engine,
                "DBInstanceClass": self.size,
                "AllocatedStorage": "20",
                "StorageEncrypted": self.encrypted,
                "ManageMasterUserPassword": true,
                "MasterUsername": "notes",
            }),
        );
        let web = Stack::new(app, "Web");
        let bucket = CfnResource::new(web, "Assets", "AWS::S3::Bucket", json!({}));
        let group = json!({
            "GroupDescription": "web",
            "VpcId": "vpc-0123456789abcdef0",
            "SecurityGroupEgress": [],
            "SecurityGroupIngress": self.ingress,
        });
        CfnResource::new(web, "Group", "AWS::EC2::SecurityGroup", group);
        let policy = json!({ "Version": "2012-10-17", "Statement": [{
            "Effect": "Allow", "Action": self.actions, "Resource": "arn:aws:s3:::assets/*",
        }] });
        let role = json!({
            "AssumeRolePolicyDocument": { "Version": "2012-10-17", "Statement": [{
                "Effect": "Allow", "Action": "sts:AssumeRole", "Principal": { "Service": "ecs-tasks.amazonaws.com" },
            }] },
            "Policies": [{ "PolicyName": "assets", "PolicyDocument": policy }],
        });
        CfnResource::new(web, "Role", "AWS::IAM::Role", role);
        CfnResource::new(
            web,
            "Task",
            "AWS::ECS::TaskDefinition",
            json!({ "Family": "notes", "ContainerDefinitions": [{
                "Name": "api",
                "Image": "public.ecr.aws/docker/library/nginx:1",
                "Environment": [
                    { "Name": "API_TOKEN", "Value": self.token },
                    { "Name": "LOG", "Value": "info" },
                ],
            }] }),
        );
        let queue = CfnResource::new(
            web,
            self.queue,
            "AWS::SQS::Queue",
            json!({ "DelaySeconds": 5 }),
        );
        if self.moved {
            queue.scope().moved_from("Jobs");
        }
        Output::new(web, "AssetsName", bucket.ref_value::<String>());
        Output::new(
            web,
            "Host",
            database.attr_value::<String>("Endpoint.Address"),
        );
    }

    /// Writes the assembly to the folder `old.out`.
    fn written(&self) -> TempDir {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let outcome = Invocation::new(["synth", "--out", "old.out"])
            .directory(folder.path())
            .run_simple(|app| self.build(app));
        assert_eq!(outcome.exit_code, ExitCode::Ok, "{outcome}");
        folder
    }
}

fn diff(old: &Notes, new: &Notes, arguments: &[&str]) -> Outcome {
    let folder = old.written();
    let all = ["diff", "--against", "old.out"].iter().chain(arguments);
    Invocation::new(all.copied().collect::<Vec<_>>())
        .directory(folder.path())
        .run_simple(|app| new.build(app))
}

#[test]
fn lists_most_severe_changes_first() {
    assert_snapshot!(diff(&Notes::before(), &Notes::after(), &[]));
}

#[test]
fn colors_review_on_request_without_changing_text() {
    let coloured = diff(&Notes::before(), &Notes::after(), &["--color", "always"]).stdout;
    let plain = diff(&Notes::before(), &Notes::after(), &[]).stdout;
    assert_ne!(coloured, plain);
    let mut stripped = String::new();
    let mut pieces = coloured.split('\u{1b}');
    stripped.push_str(pieces.next().unwrap_or_default());
    for piece in pieces {
        stripped.push_str(piece.split_once('m').map_or(piece, |(_, text)| text));
    }
    assert_eq!(stripped, plain);
}

#[test]
fn renders_review_for_pull_request() {
    let outcome = diff(&Notes::before(), &Notes::after(), &["--markdown"]);
    assert_snapshot!(outcome);
}

/// Builds a construct with a child resource, as all constructs of the library do.
#[test]
fn shows_predicted_failures_first() {
    let version = |path: &'static str, cidr: &'static str| {
        move |app: &App| {
            let stack = Stack::new(app, "Web");
            // Another path replaces a role, and a role with a fixed name cannot be replaced.
            let role = json!({ "RoleName": "web", "Path": path, "AssumeRolePolicyDocument": {
                "Version": "2012-10-17", "Statement": [] } });
            let api = stack.scope().construct("Api");
            CfnResource::new(api, "Resource", "AWS::IAM::Role", role);
            let ingress =
                json!({ "IpProtocol": "tcp", "FromPort": 443, "ToPort": 443, "CidrIp": cidr });
            let group = json!({ "GroupDescription": "web", "SecurityGroupIngress": [ingress] });
            CfnResource::new(stack, "Group", "AWS::EC2::SecurityGroup", group);
        }
    };
    let folder = tempfile::tempdir().expect("a temporary folder");
    let run = |arguments: &[&str], build: &dyn Fn(&App)| {
        Invocation::new(arguments.to_vec())
            .directory(folder.path())
            .run_simple(build)
    };
    run(&["synth", "--out", "old.out"], &version("/", "10.0.0.0/8"));
    let diff = ["diff", "--against", "old.out"];
    let after = version("/web/", "0.0.0.0/0");
    assert_snapshot!("would_fail", run(&diff, &after));
    let markdown: Vec<&str> = diff.into_iter().chain(["--markdown"]).collect();
    assert_snapshot!("would_fail_markdown", run(&markdown, &after));
}

#[test]
fn prints_json_review_that_matches_schema() {
    let outcome = diff(&Notes::before(), &Notes::after(), &["--json"]);
    let document: JsonValue = serde_json::from_str(&outcome.stdout).unwrap();
    assert_eq!(
        problems(&infra_cli::review_schema(), &document),
        Vec::<String>::new()
    );
    assert_eq!(document["verdict"], "dataLoss");
    assert_eq!(document["stacks"][0]["stops"][0]["dataLoss"], true);
    let mut other = document.clone();
    other["stacks"][0]["change"] = json!("exploded");
    assert_ne!(
        problems(&infra_cli::review_schema(), &other),
        Vec::<String>::new()
    );
}

#[test]
fn masks_secrets_in_every_format() {
    for format in [&[][..], &["--full"], &["--markdown"], &["--json"]] {
        let text = diff(&Notes::before(), &Notes::after(), format).to_string();
        assert!(!text.contains("a-secret-of"), "{text}");
    }
}

#[test]
fn reports_no_differences_between_equal_assemblies() {
    assert_snapshot!(diff(&Notes::before(), &Notes::before(), &["--detailed-exitcode"]), @r"
    exit code: 0
    --- stdout
    no differences in 2 stacks

    compared with old.out: a prediction from templates and the resource schemas
    ");
}

#[test]
fn proposes_move_for_rename_and_accepts_declared_move() {
    let renamed = Notes {
        queue: "Work",
        ..Notes::before()
    };
    assert_snapshot!(
        "proposed",
        diff(&Notes::before(), &renamed, &["--stack", "Web"])
    );
    let declared = Notes {
        moved: true,
        ..renamed
    };
    assert_snapshot!(
        "declared",
        diff(&Notes::before(), &declared, &["--stack", "Web"])
    );
}

#[test]
fn exits_by_fail_on_option_and_kind_of_change() {
    let more_open = Notes {
        actions: json!("s3:*"),
        ..Notes::before()
    };
    let bigger = Notes {
        size: "db.t4g.medium",
        ..Notes::before()
    };
    let replaced = Notes {
        encrypted: true,
        ..Notes::before()
    };
    // A new revision of a task definition, as with every new image.
    let revised = Notes {
        token: "another",
        ..Notes::before()
    };
    for (new, flags, expected) in [
        (&bigger, &[][..], ExitCode::Ok),
        (&bigger, &["--detailed-exitcode"], ExitCode::Differences),
        (&bigger, &["--fail-on", "any-change"], ExitCode::Differences),
        (&bigger, &["--fail-on", "broadening"], ExitCode::Ok),
        (
            &more_open,
            &["--fail-on", "broadening"],
            ExitCode::Differences,
        ),
        (&more_open, &["--fail-on", "destructive"], ExitCode::Ok),
        (&revised, &["--fail-on", "broadening"], ExitCode::Ok),
        (
            &replaced,
            &["--fail-on", "broadening"],
            ExitCode::Differences,
        ),
        (
            &replaced,
            &["--fail-on", "destructive"],
            ExitCode::Differences,
        ),
    ] {
        let outcome = diff(&Notes::before(), new, flags);
        assert_eq!(outcome.exit_code, expected, "{flags:?} {outcome}");
    }
}

#[test]
fn reports_folder_without_assembly() {
    let folder = tempfile::tempdir().unwrap();
    let outcome = Invocation::new(["diff", "--against", "nowhere"])
        .directory(folder.path())
        .run_simple(|app| Notes::before().build(app));
    assert_eq!(outcome.exit_code, ExitCode::Error);
    assert!(outcome.stderr.contains("error[INF7101]"), "{outcome}");
}

#[test]
fn refuses_revision_without_cargo_package() {
    let outcome = Invocation::new(["diff", "--against", "git:main"])
        .run_simple(|app| Notes::before().build(app));
    assert_snapshot!(outcome);
}

/// Synthesizes the app and returns the template of a stack.
fn template(notes: &Notes, stack: &str) -> JsonValue {
    let outcome = Invocation::new(["synth", "--stack", stack]).run_simple(|app| notes.build(app));
    serde_json::from_str(&outcome.stdout).expect("a template is JSON")
}

#[test]
fn compares_with_deployed_stacks_without_writes() {
    let aws = FakeCloud::new();
    aws.deploy_stack("Data", &template(&Notes::before(), "Data"));
    let outcome = Invocation::new(["diff", "--detailed-exitcode"])
        .cloud(aws.cloud(), FakeCloud::paused_runtime())
        .run_simple(|app| {
            Notes {
                size: "db.t4g.medium",
                ..Notes::before()
            }
            .build(app);
        });
    assert_snapshot!(outcome);
    // A single listing shows that one of the two stacks does not exist.
    assert_eq!(aws.called_operations(), ["DescribeStacks", "GetTemplate"]);
    assert_eq!(aws.write_operations(), [""; 0]);
}

#[test]
fn warns_of_duplicate_keys_in_deployed_template() {
    let aws = FakeCloud::new();
    let text = template(&Notes::before(), "Data").to_string();
    let once = "\"DBInstanceClass\":\"db.t4g.small\"";
    assert!(text.contains(once), "{text}");
    let twice = format!("\"DBInstanceClass\":\"db.t4g.large\",{once}");
    aws.deploy_stack("Data", &template(&Notes::before(), "Data"));
    aws.set_template_text("Data", &text.replace(once, &twice));
    let outcome = Invocation::new(["diff", "--stack", "Data", "--detailed-exitcode"])
        .cloud(aws.cloud(), FakeCloud::paused_runtime())
        .run_simple(|app| Notes::before().build(app));
    // The last value is the one that the app has too.
    assert_eq!(outcome.exit_code, ExitCode::Ok, "{outcome}");
    assert!(
        outcome.stderr.contains("warning[INF8002]: line 1 column ")
            && outcome
                .stderr
                .contains("duplicate key `DBInstanceClass`, first used in line 1"),
        "{outcome}"
    );
}

#[test]
fn stops_on_missing_read_permission() {
    let aws = FakeCloud::new();
    aws.deploy_stack("Data", &template(&Notes::before(), "Data"));
    aws.inject_fault(
        "GetTemplate",
        infra_fake::Fault::AccessDenied,
        infra_fake::FaultTiming::Next(1),
    );
    let outcome = Invocation::new(["diff"])
        .cloud(aws.cloud(), FakeCloud::paused_runtime())
        .run_simple(|app| Notes::before().build(app));
    assert_eq!(outcome.exit_code, ExitCode::Credentials, "{outcome}");
    assert_eq!(outcome.stdout, "");
}

/// A comment holds 65,536 characters: omissions are mentioned, and the most severe changes are never omitted.
#[test]
fn keeps_markdown_comment_within_size_limit() {
    let many = |count: usize, value: &'static str, stacks: usize| {
        move |app: &App| {
            for at in 0..stacks {
                let stack = Stack::new(app, &format!("Stack{at}"));
                for topic in 0..count {
                    let properties =
                        json!({ "DisplayName": value, "TopicName": format!("{value}{topic}") });
                    CfnResource::new(
                        stack,
                        &format!("Topic{topic}"),
                        "AWS::SNS::Topic",
                        properties,
                    );
                }
                let vault = json!({ "BucketName": format!("{value}-bucket") });
                CfnResource::new(stack, "Vault", "AWS::S3::Bucket", vault);
            }
        }
    };
    for (count, stacks, left_out) in [
        (5, 1, None),
        (400, 1, Some("property changes")),
        (400, 2, Some("individual resources")),
    ] {
        let folder = tempfile::tempdir().unwrap();
        Invocation::new(["synth", "--out", "old.out"])
            .directory(folder.path())
            .run_simple(many(count, "before", stacks));
        let outcome = Invocation::new(["diff", "--against", "old.out", "--markdown"])
            .directory(folder.path())
            .run_simple(many(count, "after", stacks));
        let text = outcome.stdout;
        assert!(text.chars().count() <= 60_000, "{}", text.chars().count());
        assert!(text.contains("Data would be lost") && text.contains("--allow-data-loss Vault"));
        let says = text.contains("Omitted because the length of a comment is limited");
        assert_eq!(says, left_out.is_some(), "{count} {stacks}");
        if let Some(left_out) = left_out {
            assert!(text.contains(left_out), "{}", &text[text.len() - 300..]);
        }
        assert_eq!(
            text.matches("<details>").count(),
            text.matches("</details>").count()
        );
    }
}

#[test]
fn matches_committed_schema_of_reviews() {
    let path =
        std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../schemas/review.schema.json");
    let text = format!("{:#}\n", infra_cli::review_schema());
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, &text).unwrap();
    }
    let committed = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        committed == text,
        "schemas/review.schema.json is stale: run `UPDATE=1 cargo test -p infra-cli schema_of_reviews`"
    );
}

/// Uses a temporary repository with a package without dependencies, built by the real Cargo. The output of the package
/// depends on the committed content.
#[test]
fn builds_git_revision_outside_working_tree() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let app = folder.path().join("app");
    std::fs::create_dir_all(app.join("src")).unwrap();
    let write = |delay: u32| {
        let manifest = json!({ "version": "36.0.0", "artifacts": { "Web": {
            "type": "aws:cloudformation:stack", "environment": "aws://unknown-account/unknown-region",
            "properties": { "templateFile": "Web.template.json" } } } });
        let template = json!({ "Resources": { "Queue": {
            "Type": "AWS::SQS::Queue", "Properties": { "DelaySeconds": delay } } } });
        let program = format!(
            "fn main() {{
                let arguments: Vec<String> = std::env::args().collect();
                assert_eq!(arguments[1..4], [\"synth\", \"--quiet\", \"--out\"]);
                let out = std::path::Path::new(&arguments[4]);
                std::fs::create_dir_all(out).unwrap();
                std::fs::write(out.join(\"manifest.json\"), r#\"{manifest}\"#).unwrap();
                std::fs::write(out.join(\"Web.template.json\"), r#\"{template}\"#).unwrap();
            }}"
        );
        std::fs::write(app.join("src/main.rs"), program).unwrap();
    };
    write(5);
    let package =
        "[package]\nname = \"tiny\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[workspace]\n";
    std::fs::write(app.join("Cargo.toml"), package).unwrap();
    let git = |arguments: &[&str]| {
        let identity = ["-c", "user.name=a", "-c", "user.email=a@example.com"];
        let output = std::process::Command::new("git")
            .current_dir(folder.path())
            .args(identity.iter().chain(arguments))
            .output()
            .expect("git is there");
        assert!(output.status.success(), "{output:?}");
        String::from_utf8_lossy(&output.stdout).into_owned()
    };
    git(&["init", "--quiet"]);
    git(&["add", "app"]);
    git(&["commit", "--quiet", "--message", "one"]);
    // Uncommitted changes are not part of the revision.
    write(7);
    let diff = |revision: &str| {
        Invocation::new(["diff", "--against", revision])
            .directory(folder.path())
            .variable("INFRA_CALLING_APP", "app")
            .variable("CARGO_MANIFEST_DIR", app.display().to_string())
            .variable("CARGO_PKG_NAME", "tiny")
            .variable(
                "CARGO_TARGET_DIR",
                folder.path().join("target").display().to_string(),
            )
            .run_simple(|app| {
                let stack = Stack::new(app, "Web");
                let properties = json!({ "DelaySeconds": 9 });
                CfnResource::new(stack, "Queue", "AWS::SQS::Queue", properties);
            })
    };
    let outcome = diff("git:HEAD");
    assert_eq!(outcome.exit_code, ExitCode::Ok, "{outcome}");
    assert!(
        outcome.stdout.contains("~ DelaySeconds: 5 → 9"),
        "{outcome}"
    );
    assert_eq!(git(&["worktree", "list"]).lines().count(), 1);
    assert!(git(&["status", "--short"]).contains(" M app/src/main.rs"));

    let outcome = diff("git:--help");
    assert_eq!(outcome.exit_code, ExitCode::Error);
    assert!(
        outcome
            .stderr
            .contains("error[INF7110]: the revision `--help` does not exist"),
        "{outcome}"
    );

    std::fs::write(app.join("src/main.rs"), "fn main() { nothing }").unwrap();
    git(&["commit", "--quiet", "--all", "--message", "two"]);
    let outcome = diff("git:HEAD");
    assert_eq!(outcome.exit_code, ExitCode::Error);
    assert!(
        outcome
            .stderr
            .contains("error[INF7110]: cannot build or synthesize the app of `HEAD`"),
        "{outcome}"
    );
    assert!(outcome.stderr.contains("E0425"), "{outcome}");
    assert_eq!(git(&["worktree", "list"]).lines().count(), 1);
}
