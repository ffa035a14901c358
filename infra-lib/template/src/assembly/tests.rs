//! Tests of reading and writing assemblies.

use infra_core::{AllowedInterruption, App, CfnResource, Output, Stack};
use serde_json::json;

use super::CloudAssembly;

fn assembly() -> CloudAssembly {
    let app = App::new();
    let data = Stack::new(&app, "Data");
    let topic = CfnResource::new(data, "Topic", "AWS::SNS::Topic", json!({}));
    let web = Stack::new(&app, "Web");
    Output::new(web, "Topic", topic.ref_value::<String>());
    CfnResource::new(web, "Queue", "AWS::SQS::Queue", json!({}));
    infra_core::Construct::scope(&topic).moved_from("Old/Topic");
    infra_core::Construct::scope(&topic).limit_interruptions(AllowedInterruption::None);
    infra_core::Construct::scope(&web).limit_interruptions(AllowedInterruption::Brief);
    CloudAssembly::from_synthesis(&app.synth()).unwrap()
}

#[test]
fn records_origin_of_resources() {
    let assembly = assembly();
    let data = assembly.find_stack("Data").unwrap();
    let (id, origin) = data.origins.iter().next().unwrap();
    assert_eq!(id, "Topic");
    assert_eq!(origin.construct_path, "Data/Topic");
    assert!(origin.source.as_deref().unwrap().contains("tests.rs:"));
    assert_eq!(origin.moved_from, ["Old/Topic"]);
    let limits = |name: &str| {
        assembly
            .find_stack(name)
            .unwrap()
            .interruption_limits
            .clone()
    };
    assert_eq!(limits("Data")["Data/Topic"], AllowedInterruption::None);
    assert_eq!(limits("Web")["Web"], AllowedInterruption::Brief);
    assert_eq!(assembly.find_stack("Web").unwrap().dependencies, ["Data"]);
}

#[test]
fn restores_assembly_from_its_files() {
    let assembly = assembly();
    let read = CloudAssembly::from_files(&assembly.render_files()).unwrap();
    // `Debug` of neither shows hidden state.
    assert_eq!(format!("{read:?}"), format!("{assembly:?}"));
}

#[test]
fn lists_known_stacks_for_unknown_stack() {
    let error = assembly().select_stacks(&["Dat".to_owned()]).unwrap_err();
    insta::assert_snapshot!(infra_core::render(&error.into_finding()), @r"
    error[INF6102]: the app has no stack `Dat`
       = expected: one of `Data`, `Web`
       = help: did you mean `Data`?
    ");
}

#[test]
fn takes_unknown_limit_for_the_strictest() {
    let mut files = assembly().render_files();
    let manifest = files["manifest.json"].replace("\"data\":\"brief\"", "\"data\":\"weekends\"");
    let manifest = manifest.replace("\"data\": \"brief\"", "\"data\": \"weekends\"");
    assert!(manifest.contains("weekends"));
    files.insert("manifest.json".to_owned(), manifest);
    let read = CloudAssembly::from_files(&files).unwrap();
    let web = read.find_stack("Web").unwrap();
    assert_eq!(web.interruption_limits["Web"], AllowedInterruption::None);
}

fn files(entries: &[(&str, serde_json::Value)]) -> std::collections::BTreeMap<String, String> {
    let entries = entries.iter();
    entries
        .map(|(name, value)| ((*name).to_owned(), value.to_string()))
        .collect()
}

fn template() -> serde_json::Value {
    json!({ "Resources": { "Queue": { "Type": "AWS::SQS::Queue" } } })
}

fn of_manifest(manifest: serde_json::Value) -> Result<CloudAssembly, super::AssemblyError> {
    CloudAssembly::from_files(&files(&[
        ("manifest.json", manifest),
        ("S.template.json", template()),
    ]))
}

fn stack_artifact(properties: &serde_json::Value) -> serde_json::Value {
    let mut all = json!({ "templateFile": "S.template.json" });
    for (name, value) in properties.as_object().unwrap() {
        all[name] = value.clone();
    }
    json!({ "type": "aws:cloudformation:stack", "environment": "aws://unknown-account/unknown-region", "properties": all })
}

fn refusal(manifest: serde_json::Value) -> String {
    infra_core::render(&of_manifest(manifest).unwrap_err().into_finding())
}

/// Returns the assembly of a CDK app with roles, bootstrap version, assets, a stage, and metadata in a separate file.
fn cdk() -> std::collections::BTreeMap<String, String> {
    let assets = json!({ "version": "48.0.0",
        "files": { "aa": {
            "displayName": "Code",
            "source": { "path": "asset.aa", "packaging": "zip" },
            "destinations": { "current": {
                "bucketName": "cdk-hnb659fds-assets-${AWS::AccountId}-${AWS::Region}", "objectKey": "aa.zip",
                "assumeRoleArn": "arn:${AWS::Partition}:iam::${AWS::AccountId}:role/publish",
                "assumeRoleExternalId": "x",
            } },
        } },
        "dockerImages": { "bb": {
            "source": { "directory": "asset.bb", "dockerBuildArgs": { "A": "1" }, "cacheFrom": [{ "type": "registry", "params": { "ref": "r" } }] },
            "destinations": { "current": { "repositoryName": "repo", "imageTag": "bb", "region": "eu-west-1" } },
        } },
    });
    let stack = json!({
        "type": "aws:cloudformation:stack",
        "environment": "aws://111122223333/eu-west-1",
        "displayName": "Prod/S",
        "dependencies": ["ProdS.assets"],
        "metadata": { "/Prod/S": [{ "type": "aws:cdk:warning", "data": "careful" }] },
        "additionalMetadataFile": "ProdS.metadata.json",
        "properties": {
            "templateFile": "ProdS.template.json", "stackName": "Prod-S", "validateOnSynth": true,
            "terminationProtection": true, "tags": { "team": "a" }, "parameters": { "Size": "2" },
            "notificationArns": ["arn:aws:sns:eu-west-1:111122223333:t"],
            "assumeRoleArn": "arn:${AWS::Partition}:iam::111122223333:role/deploy", "assumeRoleExternalId": "e",
            "assumeRoleAdditionalOptions": { "Tags": [{ "Key": "k", "Value": "v" }] },
            "cloudFormationExecutionRoleArn": "arn:${AWS::Partition}:iam::111122223333:role/exec",
            "lookupRole": { "arn": "arn:aws:iam::111122223333:role/lookup", "requiresBootstrapStackVersion": 8, "bootstrapStackVersionSsmParameter": "/cdk-bootstrap/hnb659fds/version" },
            "stackTemplateAssetObjectUrl": "s3://b/${AWS::Region}.json",
            "requiresBootstrapStackVersion": 6, "bootstrapStackVersionSsmParameter": "/cdk-bootstrap/hnb659fds/version",
        },
    });
    files(&[
        (
            "manifest.json",
            json!({ "version": "55.0.0", "minimumCliVersion": "2.1100.0", "runtime": { "libraries": {} },
                "missing": [{ "key": "ssm:k", "provider": "ssm", "props": { "parameterName": "/n" } }],
                "artifacts": {
                    "Tree": { "type": "cdk:tree", "properties": { "file": "tree.json" } },
                    "assembly-Prod": { "type": "cdk:cloud-assembly", "properties": { "directoryName": "assembly-Prod", "displayName": "Prod" }, "dependencies": ["Net"] },
                    "Net": { "type": "aws:cloudformation:stack", "environment": "aws://unknown-account/unknown-region", "properties": { "templateFile": "Net.template.json" },
                        "metadata": { "/Net": [{ "type": "aws:cdk:stack-tags", "data": [{ "Key": "old", "Value": "yes" }] }] } },
                } }),
        ),
        ("Net.template.json", template()),
        (
            "assembly-Prod/manifest.json",
            json!({ "version": "55.0.0", "artifacts": {
                "ProdS.assets": { "type": "cdk:asset-manifest", "properties": { "file": "ProdS.assets.json", "requiresBootstrapStackVersion": 7, "bootstrapStackVersionSsmParameter": "/p" } },
                "ProdS": stack,
            } }),
        ),
        ("assembly-Prod/ProdS.assets.json", assets),
        ("assembly-Prod/ProdS.template.json", template()),
        (
            "assembly-Prod/ProdS.metadata.json",
            json!({ "/Prod/S/Queue/Resource": [{ "type": "aws:cdk:logicalId", "data": "Queue" }], "/Prod/S": [{ "type": "aws:cdk:error", "data": "wrong" }] }),
        ),
    ])
}

#[test]
fn reads_complete_assembly_of_cdk() {
    let assembly = CloudAssembly::from_files(&cdk()).unwrap();
    insta::assert_debug_snapshot!(assembly);
}

#[test]
fn keeps_manifest_order_of_independent_stacks() {
    let plain = || stack_artifact(&json!({}));
    let later = stack_artifact(&json!({ "additionalDependencies": ["B"] }));
    let manifest = json!({ "version": "55.0.0", "artifacts": { "Z": plain(), "C": later, "B": plain(), "A": plain() } });
    let assembly = of_manifest(manifest).unwrap();
    let ids: Vec<&str> = assembly.stacks.iter().map(|stack| &*stack.id).collect();
    assert_eq!(ids, ["Z", "B", "C", "A"]);
    assert_eq!(assembly.stacks[2].dependencies, ["B"]);
}

#[test]
fn round_trips_assembly_of_cdk() {
    let assembly = CloudAssembly::from_files(&cdk()).unwrap();
    let again = CloudAssembly::from_files(&assembly.render_files()).unwrap();
    assert_eq!(format!("{again:?}"), format!("{assembly:?}"));
}

#[test]
fn reports_annotations_and_missing_lookups() {
    let assembly = CloudAssembly::from_files(&cdk()).unwrap();
    let shown = |findings: &[infra_core::Diagnostic]| {
        let shown: Vec<String> = findings.iter().map(infra_core::render).collect();
        shown.concat()
    };
    let all = [
        assembly.error_findings(),
        assembly.warning_findings(),
        assembly.missing_context_findings(),
    ];
    insta::assert_snapshot!(shown(&all.concat()));
}

#[test]
fn rejects_unknown_manifest_content() {
    let unknown = json!({ "version": "36.0.0", "artifacts": { "X": { "type": "cdk:magic" } } });
    let property = json!({ "version": "36.0.0", "artifacts": { "S": stack_artifact(&json!({ "deployAt": "noon" })) } });
    let newer = json!({ "version": "56.0.0", "artifacts": {} });
    let top = json!({ "version": "36.0.0", "secrets": [] });
    let option = json!({ "version": "36.0.0", "artifacts": { "S": stack_artifact(&json!({ "assumeRoleArn": "r", "assumeRoleAdditionalOptions": { "Policy": "p" } })) } });
    let refusals = [unknown, property, newer, top, option].map(refusal);
    insta::assert_snapshot!(refusals.concat());
}

#[test]
fn rejects_invalid_folder_name_and_dependency_cycle() {
    for name in [".", "..", "a/b", ""] {
        let manifest = json!({ "version": "36.0.0", "artifacts": { "Stage": { "type": "cdk:cloud-assembly", "properties": { "directoryName": name } } } });
        let error = of_manifest(manifest).unwrap_err();
        assert_eq!(
            error.to_string(),
            format!("the artifact `Stage` has an invalid file name: `{name}`")
        );
    }
    let mut one = stack_artifact(&json!({}));
    one["dependencies"] = json!(["Two"]);
    let mut two = stack_artifact(&json!({}));
    two["dependencies"] = json!(["One"]);
    let error =
        of_manifest(json!({ "version": "36.0.0", "artifacts": { "One": one, "Two": two } }))
            .unwrap_err();
    assert_eq!(
        error.to_string(),
        "stacks form a dependency cycle: `One`, `Two`"
    );
}

#[test]
fn reports_missing_dependency() {
    let folder = std::env::temp_dir().join(format!("infra-assembly-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let mut stack = stack_artifact(&json!({}));
    stack["dependencies"] = json!(["Gone"]);
    let manifest = json!({ "version": "36.0.0", "artifacts": { "S": stack } });
    std::fs::write(folder.join("manifest.json"), manifest.to_string()).unwrap();
    std::fs::write(folder.join("S.template.json"), template().to_string()).unwrap();
    let error = CloudAssembly::read_directory(&folder).unwrap_err();
    std::fs::remove_dir_all(&folder).unwrap();
    assert_eq!(
        error.to_string(),
        "the artifact `S` depends on `Gone`, which is not in the assembly"
    );
}
