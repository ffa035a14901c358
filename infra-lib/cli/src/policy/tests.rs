//! Tests of Guard rules over templates of this library: resources, nested stacks, secrets, exceptions, and invalid files.

use std::fs;
use std::path::Path;

use infra_core::codes;
use infra_template::Template;
use infra_template::assembly::{CloudAssembly, ResourceOrigin, Stack};
use serde_json::{Value as JsonValue, json};

use super::folder::Folder;
use super::{PolicyResult, check_policies};

pub(super) const ENCRYPTED: &str = r"
let buckets = Resources.*[ Type == 'AWS::S3::Bucket' ]

rule bucket_is_encrypted when %buckets !empty {
    %buckets {
        Properties.BucketEncryption.ServerSideEncryptionConfiguration[*] {
            ServerSideEncryptionByDefault.SSEAlgorithm == 'aws:kms'
                <<
                    Violation: buckets are encrypted with a key
                    Fix: set `SSEAlgorithm` to `aws:kms`
                >>
        }
    }
}
";

fn write(folder: &Path, name: &str, text: &str) {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

pub(super) fn policy(
    files: &[(&str, &str)],
) -> (
    tempfile::TempDir,
    Result<Folder, Vec<infra_core::Diagnostic>>,
) {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        write(folder.path(), name, text);
    }
    let read = Folder::read_folder(folder.path(), "org");
    (folder, read)
}

pub(super) fn template(document: JsonValue) -> Template {
    Template::from_json(document).unwrap()
}

pub(super) fn bucket(algorithm: &str) -> JsonValue {
    json!({ "Type": "AWS::S3::Bucket", "Properties": { "BucketEncryption": { "ServerSideEncryptionConfiguration": [
        { "ServerSideEncryptionByDefault": { "SSEAlgorithm": algorithm } },
    ] } } })
}

pub(super) fn stack(document: JsonValue) -> Stack {
    Stack::builder()
        .id("Web")
        .path("Web")
        .name("notes-prod-web")
        .template(template(document))
        .build()
}

pub(super) fn checked(files: &[(&str, &str)], stacks: Vec<Stack>) -> PolicyResult {
    let (_folder, read) = policy(files);
    check_policies(&[read.unwrap()], &CloudAssembly::new(stacks)).unwrap()
}

#[test]
fn reports_violation_with_resource_property_and_rule() {
    let stack =
        stack(json!({ "Resources": { "Good": bucket("aws:kms"), "Bad": bucket("AES256") } }));
    let checked = checked(&[("storage.guard", ENCRYPTED)], vec![stack]);
    let [finding] = checked.violations.as_slice() else {
        panic!("{:?}", checked.violations);
    };
    assert_eq!(finding.code, codes::POLICY_VIOLATION);
    assert_eq!(
        finding.message,
        "rule `bucket_is_encrypted` of the policy: buckets are encrypted with a key"
    );
    assert_eq!(finding.stack.as_deref(), Some("Web"));
    assert_eq!(finding.logical_id.as_deref(), Some("Bad"));
    assert_eq!(
        finding.property.as_deref(),
        Some(
            "Properties.BucketEncryption.ServerSideEncryptionConfiguration.0.ServerSideEncryptionByDefault.SSEAlgorithm"
        )
    );
    assert_eq!(finding.actual.as_deref(), Some("AES256"));
    assert_eq!(finding.expected.as_deref(), Some("`\"aws:kms\"`"));
    assert_eq!(
        finding.help.as_deref(),
        Some("set `SSEAlgorithm` to `aws:kms`")
    );
    assert_eq!(
        finding.notes,
        ["the rule is defined in `org/storage.guard:4`"]
    );
}

#[test]
fn reports_missing_property_as_violation() {
    let resource = json!({ "Type": "AWS::S3::Bucket", "Properties": {} });
    let checked = checked(
        &[("storage.guard", ENCRYPTED)],
        vec![stack(json!({ "Resources": { "Bad": resource } }))],
    );
    let [finding] = checked.violations.as_slice() else {
        panic!("{:?}", checked.violations);
    };
    assert_eq!(finding.logical_id.as_deref(), Some("Bad"));
    assert_eq!(finding.actual.as_deref(), Some("missing"));
    let property = finding.property.as_deref().unwrap();
    assert!(
        property.starts_with("Properties.BucketEncryption"),
        "{property}"
    );
}

#[test]
fn reports_nothing_for_skipped_and_passed_rules() {
    for document in [
        json!({ "Resources": { "Topic": { "Type": "AWS::SNS::Topic" } } }),
        json!({ "Resources": { "Good": bucket("aws:kms") } }),
    ] {
        let checked = checked(&[("storage.guard", ENCRYPTED)], vec![stack(document)]);
        assert!(checked.violations.is_empty(), "{:?}", checked.violations);
        assert_eq!(checked.folders[0].rules, 1);
    }
}

#[test]
fn ignores_rule_suppression_in_app_metadata() {
    // Rules of the AWS Guard Rules Registry are written like this.
    let rule = r#"
let buckets = Resources.*[ Type == 'AWS::S3::Bucket'
    Metadata.guard.SuppressedRules not exists or Metadata.guard.SuppressedRules.* != "VERSIONED"
]
rule VERSIONED when %buckets !empty {
    %buckets.Properties.VersioningConfiguration.Status == 'Enabled'
}
"#;
    let resource = json!({ "Type": "AWS::S3::Bucket", "Properties": {},
        "Metadata": { "guard": { "SuppressedRules": ["VERSIONED"] } } });
    let checked = checked(
        &[("versioned.guard", rule)],
        vec![stack(json!({ "Resources": { "Bad": resource } }))],
    );
    assert_eq!(checked.violations.len(), 1);
    assert_eq!(checked.violations[0].logical_id.as_deref(), Some("Bad"));
}

#[test]
fn records_excepted_violation_with_reason() {
    let exception = "[[exceptions]]\nrule = 'bucket_is_encrypted'\nstack = 'notes-*'\nresource = 'Bad'\ntype = 'AWS::S3::Bucket'\nreason = 'public'\n";
    let files = [("storage.guard", ENCRYPTED), ("policy.toml", exception)];
    let document = json!({ "Resources": { "Bad": bucket("AES256"), "Worse": bucket("AES256") } });
    let checked = checked(&files, vec![stack(document)]);
    assert_eq!(checked.violations.len(), 1);
    assert_eq!(checked.violations[0].logical_id.as_deref(), Some("Worse"));
    assert_eq!(checked.excepted.len(), 1);
    assert_eq!(checked.excepted[0].reason, "public");
}

#[test]
fn ignores_exception_for_resource_of_another_type() {
    let rule = "rule is_tagged {\n    Resources.*.Properties.Tags exists\n}\n";
    let exception = |names: &str| {
        format!(
            "[[exceptions]]\nrule = 'is_tagged'\nstack = '*'\n{names}\nreason = 'it has none'\n"
        )
    };
    let of = |type_name: &str, names: &str| {
        let mut stack =
            stack(json!({ "Resources": { "Store": { "Type": type_name, "Properties": {} } } }));
        let mut origin = ResourceOrigin::default();
        origin.construct_path = "Web/Store".to_owned();
        stack.origins.insert("Store".to_owned(), origin);
        let policy = exception(names);
        let checked = checked(
            &[("tags.guard", rule), ("policy.toml", &policy)],
            vec![stack],
        );
        (checked.violations.len(), checked.excepted.len())
    };
    for names in [
        "resource = 'Store'\ntype = 'AWS::SNS::Topic'",
        "construct = 'Web/Store'\ntype = 'AWS::SNS::Topic'",
        "type = 'AWS::SNS::Topic'",
    ] {
        assert_eq!(of("AWS::SNS::Topic", names), (0, 1), "{names}");
        assert_eq!(of("AWS::S3::Bucket", names), (1, 0), "{names}");
    }
    let other = "construct = 'Web/Other'\ntype = 'AWS::SNS::Topic'";
    assert_eq!(of("AWS::SNS::Topic", other), (1, 0));
}

#[test]
fn masks_secret_values_in_findings() {
    let rule = "rule has_no_password {\n    Resources.*.Properties.Password == 'x'\n}\n";
    let resource = json!({ "Type": "AWS::S3::Bucket", "Properties": { "Password": "hunter2" } });
    let checked = checked(
        &[("secrets.guard", rule)],
        vec![stack(json!({ "Resources": { "Bad": resource } }))],
    );
    let finding = &checked.violations[0];
    assert_eq!(finding.actual.as_deref(), Some("(secret)"));
    assert!(!finding.to_json().to_string().contains("hunter2"));
}

#[test]
fn returns_results_larger_than_eight_kibibytes() {
    let buckets = (0..100).map(|at| (format!("Bad{at:03}"), bucket("AES256")));
    let resources: serde_json::Map<String, JsonValue> = buckets.collect();
    let checked = checked(
        &[("storage.guard", ENCRYPTED)],
        vec![stack(json!({ "Resources": resources }))],
    );
    assert_eq!(checked.violations.len(), 100);
}

#[test]
fn reports_broken_rule_file_with_line() {
    let (_folder, read) = policy(&[
        ("good.guard", ENCRYPTED),
        (
            "deep/bad.guard",
            "rule a {\n    Resources.* exists\n}\nrule {{\n",
        ),
    ]);
    let problems = read.unwrap_err();
    let [finding] = problems.as_slice() else {
        panic!("{problems:?}");
    };
    assert_eq!(finding.code, codes::POLICY_NOT_READABLE);
    let place = finding.place.as_ref().unwrap();
    assert_eq!(place.file, "org/deep/bad.guard");
    assert_eq!(place.line, 4);
}

#[test]
fn rejects_policy_folder_without_rules() {
    for files in [
        &[][..],
        &[("readme.md", "# Policy")],
        &[("empty.guard", "# nothing\n")],
    ] {
        let (_folder, read) = policy(files);
        let problems = read.unwrap_err();
        assert_eq!(problems[0].code, codes::POLICY_NOT_READABLE, "{files:?}");
    }
    let missing = Folder::read_folder(Path::new("/nowhere/at/all"), "nowhere").unwrap_err();
    assert_eq!(missing[0].code, codes::POLICY_NOT_READABLE);
    assert!(
        missing[0].message.contains("`nowhere`"),
        "{}",
        missing[0].message
    );
}

#[test]
fn reports_rule_that_cannot_be_evaluated() {
    let rule = "rule a {\n    Resources.*.Properties.Name == %missing\n}\n";
    let (_folder, read) = policy(&[("a.guard", rule)]);
    let resource = json!({ "Type": "AWS::S3::Bucket", "Properties": { "Name": "x" } });
    let assembly = CloudAssembly::new(vec![stack(json!({ "Resources": { "A": resource } }))]);
    let problems = check_policies(&[read.unwrap()], &assembly).unwrap_err();
    assert_eq!(problems[0].code, codes::POLICY_NOT_EVALUATED);
    assert_eq!(
        problems[0].notes,
        ["while evaluating it for the template of `Web`"]
    );
}

#[test]
fn rejects_wrong_policy_settings_with_file_name() {
    for settings in [
        "[[exceptions]]\nrule = 'a'\nstak = 'b'\nreason = 'c'\n",
        "[[exceptions]]\nrule = 'a'\nstack = 'b'\nreason = ' '\n",
        // Without a type, any resource that later gets this name would inherit the exception.
        "[[exceptions]]\nrule = 'a'\nstack = 'b'\nresource = 'c'\nreason = 'd'\n",
        "[[exceptions]]\nrule = 'a'\nstack = 'b'\nconstruct = 'c'\nreason = 'd'\n",
        "[[unseen]]\nstack = 'b'\nreason = 'd'\n",
        "[[unseen]]\nmacro = 'a'\nmodule = 'b'\nstack = 'b'\nreason = 'd'\n",
        "[[unseen]]\nmacro = 'a'\nstack = 'b'\nreason = ''\n",
        "[[unseen]]\nmacro = 'a'\nreason = 'd'\n",
    ] {
        let (_folder, read) = policy(&[("storage.guard", ENCRYPTED), ("policy.toml", settings)]);
        let problems = read.unwrap_err();
        assert_eq!(problems[0].code, codes::POLICY_NOT_READABLE);
        assert!(
            problems[0].message.contains("org/policy.toml"),
            "{problems:?}"
        );
    }
}

#[test]
fn computes_digest_from_names_rules_and_exceptions() {
    let digest = |files: &[(&str, &str)]| policy(files).1.unwrap().to_summary().digest;
    let first = digest(&[("a.guard", ENCRYPTED)]);
    assert_eq!(first, digest(&[("a.guard", ENCRYPTED), ("readme.md", "x")]));
    assert_ne!(first, digest(&[("b.guard", ENCRYPTED)]));
    assert_ne!(
        first,
        digest(&[("a.guard", &ENCRYPTED.replace("kms", "x"))])
    );
    assert_ne!(
        first,
        digest(&[("a.guard", ENCRYPTED), ("policy.toml", "")])
    );
}

#[cfg(unix)]
#[test]
fn rejects_links_in_policy_folder() {
    for target in ["rules", "s3.guard"] {
        let (folder, read) = policy(&[("s3.guard", "rule one { Resources !empty }\n")]);
        assert!(read.is_ok(), "{read:?}");
        // A folder that contains itself, and a link to a file.
        let place = if target == "rules" {
            folder.path().to_owned()
        } else {
            folder.path().join(target)
        };
        let link = folder.path().join("more");
        std::os::unix::fs::symlink(place, link).unwrap();
        let findings = Folder::read_folder(folder.path(), "org").unwrap_err();
        assert_eq!(findings.len(), 1, "{findings:?}");
        let message = &findings[0].message;
        assert!(
            message.contains("`org/more`: it is a symbolic link"),
            "{message}"
        );
    }
}
