//! Tests of assets: published once, used by a stack, and removed when no stack uses them.

use std::fs;
use std::path::Path;

use infra_cli::ExitCode;
use infra_cli::testing::{Invocation, Outcome};
use infra_core::assembly::FileAsset;
use infra_core::{App, CfnResource, Output, Stack, StackProps};
use serde_json::json;

use super::expect;
use crate::support::RunApp as _;

const BUCKET: &str = "assets-of-emulator-test";

/// Region of this test alone: `gc` reads all stacks of a region.
const REGION: &str = "eu-north-1";

fn invoke(arguments: &[&str], build: impl Fn(&App)) -> Outcome {
    let all = arguments.iter().copied().chain(["--region", REGION]);
    Invocation::new(all).run_simple(build)
}

/// Deploys a bucket under the name and with the output of the CDK's bootstrap stack.
fn bootstrap(app: &App) {
    let stack = Stack::new(app, "CDKToolkit");
    let name = json!({ "BucketName": BUCKET });
    let bucket = CfnResource::new(stack, "Bucket", "AWS::S3::Bucket", name);
    Output::new(stack, "BucketName", bucket.ref_value::<String>());
}

/// Deploys two topics that name a file asset and a folder asset.
fn deploy(folder: &Path) -> Outcome {
    invoke(&["deploy", "--yes"], |app| {
        let stack = StackProps::new()
            .asset_bucket(BUCKET)
            .build(app, "WithAssets");
        for name in ["file.txt", "folder"] {
            let asset = FileAsset::new(stack, folder.join(name));
            let key = json!({ "DisplayName": asset.object_key() });
            CfnResource::new(stack, &name.replace('.', ""), "AWS::SNS::Topic", key);
        }
    })
}

#[test]
#[ignore = "needs the emulator: scripts/test emulator"]
fn publishes_assets_once_and_removes_unused_ones() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("file.txt"), "one").unwrap();
    fs::create_dir(folder.path().join("folder")).unwrap();
    fs::write(folder.path().join("folder/a.txt"), "a").unwrap();
    expect(&invoke(&["deploy", "--yes"], bootstrap), ExitCode::Ok);
    let published = |outcome: &Outcome| {
        expect(outcome, ExitCode::Ok);
        outcome.stderr.matches("published the asset").count()
    };
    assert_eq!(published(&deploy(folder.path())), 2);
    assert_eq!(published(&deploy(folder.path())), 0);
    fs::write(folder.path().join("file.txt"), "two").unwrap();
    assert_eq!(published(&deploy(folder.path())), 1);

    let gc = |arguments: &[&str]| {
        let kind = ["gc", "--type", "s3", "--yes", "--created-buffer-days", "0"];
        invoke(&[&kind, arguments].concat(), bootstrap)
    };
    let isolated = gc(&["--rollback-buffer-days", "1"]);
    expect(&isolated, ExitCode::Ok);
    assert!(isolated.stderr.contains("isolated 1 asset"), "{isolated}");
    let waiting = gc(&["--rollback-buffer-days", "1"]);
    expect(&waiting, ExitCode::Ok);
    assert!(
        waiting.stdout.contains("2 in use, 0 recent, 1 isolated"),
        "{waiting}"
    );
    let deleted = gc(&[]);
    expect(&deleted, ExitCode::Ok);
    assert!(
        deleted.stderr.contains("deleted 1 asset (1 version, 3 B)"),
        "{deleted}"
    );
    let nothing = gc(&[]);
    assert!(
        nothing.stdout.contains("2 in use, 0 recent, 0 isolated"),
        "{nothing}"
    );
    // The first version is published again.
    fs::write(folder.path().join("file.txt"), "one").unwrap();
    assert_eq!(published(&deploy(folder.path())), 1);
}
