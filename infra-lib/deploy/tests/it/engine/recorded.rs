//! Tests the content of plan files that is independent of change sets: assembly digests and images.

use std::collections::BTreeMap;
use std::path::Path;

use infra_deploy::Class;
use infra_deploy::deploy::{DeployOptions, Source};
use infra_deploy::plan::{PlanOptions, PlanRecord, show_record};
use infra_fake::FakeCloud;
use infra_template::Template;
use infra_template::assembly::CloudAssembly;
use infra_template::nested::NestedTemplate;
use serde_json::{Value as JsonValue, json};

use super::fixture::{after, app, deployed, outcomes, planned, queue, run, stack};

/// Returns options that plan only the stack `web` of an app with two stacks.
fn of_web() -> PlanOptions {
    PlanOptions::builder()
        .stacks(vec!["web".to_owned()])
        .build()
}

fn two() -> CloudAssembly {
    app([stack("data", &queue(1)), stack("web", &queue(2))])
}

/// Returns the app with a nested stack and an asset in the other stack.
fn whole() -> CloudAssembly {
    let mut app = two();
    nest(&mut app, 3);
    app.stacks[0].assets = with_asset("one").stacks.remove(0).assets;
    app
}

fn nest(app: &mut CloudAssembly, delay: u32) {
    let template = Template::from_json(queue(delay)).unwrap();
    let nested = NestedTemplate::new("child.template.json", template);
    app.stacks[0].nested.insert("Child".to_owned(), nested);
}

fn record(aws: &FakeCloud) -> PlanRecord {
    let plan = planned(aws, &whole(), &of_web()).result.unwrap();
    PlanRecord::parse_json(&plan.record.to_json()).unwrap()
}

fn by(record: PlanRecord) -> DeployOptions {
    DeployOptions::builder()
        .source(Source::Plan(record))
        .build()
}

/// Returns an assembly whose stack has a file asset with this content.
fn with_asset(content: &str) -> CloudAssembly {
    // The digest is computed from the file later, so the folder has to outlive this function.
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("with-asset-{content}"));
    std::fs::create_dir_all(&folder).unwrap();
    let write = |name: &str, value: JsonValue| {
        std::fs::write(folder.join(name), value.to_string()).unwrap();
    };
    write("a.json", json!(content));
    write("S.template.json", queue(1));
    let destination = json!({ "current": { "bucketName": "files", "objectKey": "a.json" } });
    write(
        "S.assets.json",
        json!({ "version": "48.0.0", "files": {
            "a": { "source": { "path": "a.json", "packaging": "file" }, "destinations": destination },
        } }),
    );
    write(
        "manifest.json",
        json!({ "version": "48.0.0", "artifacts": {
            "S.assets": { "type": "cdk:asset-manifest", "properties": { "file": "S.assets.json" } },
            "S": {
                "type": "aws:cloudformation:stack",
                "environment": "aws://unknown-account/unknown-region",
                "properties": { "templateFile": "S.template.json" },
                "dependencies": ["S.assets"],
            },
        } }),
    );
    CloudAssembly::read_directory(&folder).unwrap()
}

#[test]
fn rejects_plan_file_for_another_assembly() {
    type Change = fn(&mut CloudAssembly);
    let changes: [(&str, Change); 12] = [
        ("template", |app| {
            app.stacks[0].template = Template::from_json(queue(9)).unwrap();
        }),
        ("name", |app| app.stacks[0].name = "other".to_owned()),
        ("id", |app| app.stacks[0].id = "other".to_owned()),
        ("path", |app| app.stacks[0].path = "other".to_owned()),
        ("account", |app| {
            app.stacks[0].account = Some("1".to_owned());
        }),
        ("region", |app| {
            app.stacks[0].region = Some("us-east-1".to_owned());
        }),
        ("tags", |app| {
            app.stacks[0].tags.insert("a".to_owned(), "b".to_owned());
        }),
        ("protection", |app| {
            app.stacks[1].termination_protection = true;
        }),
        ("order", |app| {
            app.stacks[1] = after(app.stacks[1].clone(), &["data"]);
        }),
        ("nested template", |app| nest(app, 4)),
        ("assets", |app| {
            app.stacks[0].assets = with_asset("two").stacks.remove(0).assets;
        }),
        ("a stack less", |app| {
            app.stacks.remove(0);
        }),
    ];
    for (what, change) in changes {
        let aws = FakeCloud::new();
        let record = record(&aws);
        let mut other = whole();
        change(&mut other);
        let (ran, _) = deployed(&aws, &other, &by(record.clone()));
        assert_eq!(ran.class(), Some(Class::Stale), "{what}");
        let told = ran.findings();
        assert!(
            told.contains(
                "the plan file does not match these sources: the assembly has the digest"
            ),
            "{what}: {told}"
        );
        let shown = run(
            &aws,
            show_record(aws.cloud(), other, PlanOptions::default(), record),
        );
        assert_eq!(shown.class(), Some(Class::Stale), "{what}");
    }
    let aws = FakeCloud::new();
    let record = record(&aws);
    let shown = show_record(aws.cloud(), whole(), PlanOptions::default(), record.clone());
    let shown = run(&aws, shown).result.unwrap();
    assert_eq!(shown.record, record);
    assert_eq!(shown.review.stacks.len(), 1);
    let (ran, _) = deployed(&aws, &whole(), &by(record));
    assert_eq!(outcomes(&ran), ["web: deployed"]);
}

#[test]
fn lists_container_images_by_resource() {
    let template = json!({
        "Parameters": {
            "Tag": { "Type": "String", "Default": "notes:1" },
            "Given": { "Type": "String", "Default": "notes:2" },
            "Hidden": { "Type": "String", "Default": "notes:3", "NoEcho": true },
            "List": { "Type": "CommaDelimitedList", "Default": "" },
        },
        "Resources": {
            "Task": { "Type": "AWS::ECS::TaskDefinition", "Properties": { "ContainerDefinitions": [
                { "Name": "a", "Image": "literal@sha256:12" },
                { "Name": "b", "Image": { "Ref": "Tag" } },
                { "Name": "c", "Image": { "Ref": "Given" } },
                { "Name": "d", "Image": { "Ref": "Hidden" } },
                { "Name": "e", "Image": { "Fn::Sub": "${AWS::AccountId}/x" } },
                { "Name": "f", "Image": { "Ref": "Repository" } },
            ] } },
            "Function": { "Type": "AWS::Lambda::Function", "Properties": { "Code": { "ImageUri": "lambda:1" } } },
            "Service": { "Type": "AWS::AppRunner::Service", "Properties": { "SourceConfiguration": {
                "ImageRepository": { "ImageIdentifier": "runner:1", "ImageRepositoryType": "ECR" },
            } } },
            "Runner": { "Type": "AWS::CodeBuild::Project", "Properties": { "Environment": {
                "Image": { "Nested": { "Image": "inner:1" } }, "Type": "ARM_CONTAINER",
            } } },
            "Repository": { "Type": "AWS::SSM::Parameter", "Properties": { "Type": "String", "Value": "x" } },
        },
    });
    let aws = FakeCloud::new();
    let given = BTreeMap::from([("Given".to_owned(), "notes:9".to_owned())]);
    let options = PlanOptions::builder()
        .parameters(BTreeMap::from([("web".to_owned(), given)]))
        .build();
    let wanted = app([stack("web", &template)]);
    let plan = planned(&aws, &wanted, &options).result.unwrap();
    let images: Vec<(&str, Vec<&str>)> = plan
        .record
        .images
        .iter()
        .map(|(name, images)| (name.as_str(), images.iter().map(String::as_str).collect()))
        .collect();
    assert_eq!(
        images,
        [
            ("web/Function", vec!["lambda:1"]),
            ("web/Runner", vec!["inner:1"]),
            ("web/Service", vec!["runner:1"]),
            (
                "web/Task",
                vec![
                    "literal@sha256:12",
                    "notes:1",
                    "notes:9",
                    "{\"Fn::Sub\":\"${AWS::AccountId}/x\"}",
                    "{\"Ref\":\"Hidden\"}",
                    "{\"Ref\":\"Repository\"}",
                ]
            ),
        ]
    );
}
