//! Tests of included template files.

use std::fs;
use std::path::{Path, PathBuf};

use infra_lib::cfn::s3::CfnBucket;
use infra_lib::core::render;
use infra_lib::iam::{Principal, Role};
use infra_lib::include::{IncludeProps, read_template};
use infra_lib::s3::Bucket;
use infra_lib::{App, Construct, Name, Severity, Stack, kind};
use serde_json::{Value as JsonValue, json};

/// Templates that were written from the documentation of CloudFormation, for `import-template`.
fn templates() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("cli/tests/import");
    let entries = fs::read_dir(folder).unwrap();
    let mut found: Vec<PathBuf> = entries
        .map(|entry| entry.unwrap().path())
        .filter(|path| {
            path.extension()
                .is_some_and(|end| end == "yaml" || end == "json")
        })
        .collect();
    found.sort();
    found
}

fn parse(path: &Path) -> JsonValue {
    let text = fs::read_to_string(path).unwrap();
    let tree = infra_yaml::read_template(&text);
    tree.unwrap().into_json()
}

/// Writes the same template in one way: functions with lists, attributes with lists, and no construct paths.
fn normalize(value: &mut JsonValue) {
    match value {
        JsonValue::Array(items) => items.iter_mut().for_each(normalize),
        JsonValue::Object(entries) => {
            entries.remove("aws:cdk:path");
            for (key, value) in entries.iter_mut() {
                normalize(value);
                match (key.as_str(), &mut *value) {
                    ("DependsOn" | "Transform", JsonValue::String(one)) => *value = json!([one]),
                    ("Fn::GetAtt", JsonValue::String(dotted)) => {
                        if let Some((id, attribute)) = dotted.split_once('.') {
                            *value = json!([id, attribute]);
                        }
                    }
                    ("Fn::Transform", JsonValue::Object(call)) => {
                        call.entry("Parameters").or_insert_with(|| json!({}));
                    }
                    _ => {}
                }
            }
            if entries.get("Metadata").is_some_and(|own| own == &json!({})) {
                entries.remove("Metadata");
            }
            if entries.contains_key("Type") && entries.get("Properties") == Some(&json!({})) {
                entries.remove("Properties");
            }
        }
        _ => {}
    }
}

#[test]
fn synthesizes_every_template_alone_unchanged() {
    let mut unsupported = Vec::new();
    for path in templates() {
        let file = path.file_name().unwrap().to_string_lossy().into_owned();
        let app = App::new();
        let stack = Stack::new(&app, "Stack");
        IncludeProps::new(read_template(&path)).build(stack, "Template");
        let synthesis = app.synth();
        let errors: Vec<String> = synthesis
            .findings()
            .iter()
            .filter(|found| found.severity > Severity::Warning)
            .map(render)
            .collect();
        if errors.iter().any(|text| text.contains("INF1283")) {
            unsupported.push(file);
            continue;
        }
        assert_eq!(errors, [""; 0], "{file}");
        let mut made = synthesis.stacks()[0].template.to_json();
        let mut given = parse(&path);
        normalize(&mut made);
        normalize(&mut given);
        assert!(
            given == made,
            "{file} changed\n--- given\n{given:#}\n--- made\n{made:#}"
        );
    }
    assert_eq!(unsupported, [""; 0]);
}

/// Writes a template into a folder for one test, includes it, and returns the synthesized template with the findings.
fn include_file(
    name: &str,
    text: &str,
    change: impl for<'app> FnOnce(Stack<'app>, infra_lib::include::Include<'app>),
) -> (JsonValue, String) {
    let folder = std::env::temp_dir().join(format!("infra-lib-{name}-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    let path = folder.join("files.yaml");
    fs::write(&path, text).unwrap();
    let app = App::new();
    let stack = Stack::new(&app, "Stack");
    change(
        stack,
        IncludeProps::new(read_template(&path)).build(stack, "Template"),
    );
    let synthesis = app.synth();
    fs::remove_dir_all(&folder).unwrap();
    let shown: Vec<String> = synthesis.findings().iter().map(render).collect();
    let shown = shown.join("\n").replace(&*folder.to_string_lossy(), "");
    (synthesis.stacks()[0].template.to_json(), shown)
}

#[test]
fn grants_on_included_bucket_and_changes_it_by_type() {
    let text = "Resources:\n  Uploads:\n    Type: AWS::S3::Bucket\n    DeletionPolicy: Retain\n";
    let (template, _) = include_file("grant", text, |stack, include| {
        let bucket = include.typed("Uploads", CfnBucket::from_resource).unwrap();
        bucket.modify(|props| props.bucket_name("notes-uploads"));
        let name = include.ref_value::<Name<kind::s3::Bucket>>("Uploads");
        let role = Role::builder()
            .assumed_by(Principal::service("lambda.amazonaws.com"))
            .build(stack, "Reader");
        Bucket::from_bucket_name(stack, "Imported", name, None).grant_read(&role);
    });
    let resources = &template["Resources"];
    assert_eq!(
        resources["Uploads"]["Properties"]["BucketName"],
        "notes-uploads"
    );
    let policies = resources["ReaderF7BF189D"]["Properties"]["Policies"].to_string();
    assert!(policies.contains("Uploads"), "{template:#}");
}

#[test]
fn reports_syntax_error_with_line_of_file() {
    let (_, found) = include_file("syntax", "Resources:\n  Files: !Reff Uploads\n", |_, _| {});
    assert!(found.contains("--> /files.yaml:2:10"), "{found}");
    assert!(found.contains("did you mean `!Ref`?"), "{found}");
}

#[test]
fn reports_finding_about_resource_with_line_of_file() {
    let text = "Resources:\n  Jobs:\n    Type: AWS::SQS::Queue\n    Properties: {DelaySecond: 5}\n";
    let (_, found) = include_file("line", text, |_, include| {
        assert_eq!(include.scope().path(), "Stack/Template");
    });
    assert!(found.contains("--> /files.yaml:2:3"), "{found}");
}

#[test]
fn reports_missing_file() {
    let app = App::new();
    let stack = Stack::new(&app, "Stack");
    IncludeProps::new(read_template("no/such.yaml")).build(stack, "Template");
    let found = app.synth();
    let codes: Vec<&str> = found
        .findings()
        .iter()
        .map(|one| one.code.as_str())
        .collect();
    assert!(codes.contains(&"INF1282"), "{codes:?}");
}
