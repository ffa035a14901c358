//! Tests of the command `publish-site`.

use std::fs;
use std::path::Path;
use std::time::Duration;

use infra_cli::ExitCode;
use infra_cli::testing::{Interrupt, Invocation, Outcome};
use infra_core::{App, CfnResource, Construct as _, Output, Stack, intrinsics};
use infra_fake::{FakeCloud, Fault, FaultTiming};
use insta::assert_snapshot;
use serde_json::json;
use tempfile::TempDir;

use super::deployed;
use crate::json_schema::conforming;
use crate::support::RunApp as _;

const BUCKET: &str = "notes-site";

fn app(app: &App) {
    let stack = Stack::new(app, "Edge");
    let scope = stack.scope().construct("Site");
    let bucket = CfnResource::new(
        scope,
        "Bucket",
        "AWS::S3::Bucket",
        json!({ "BucketName": BUCKET }),
    );
    let distribution = CfnResource::new(
        scope,
        "Resource",
        "AWS::CloudFront::Distribution",
        json!({ "DistributionConfig": {
            "Enabled": true,
            "Origins": [{
                "Id": "Pages",
                "DomainName": "pages.example.com",
                "CustomOriginConfig": { "OriginProtocolPolicy": "https-only" },
            }],
            "DefaultCacheBehavior": { "TargetOriginId": "Pages", "ViewerProtocolPolicy": "https-only" },
            "CacheBehaviors": [{
                "PathPattern": "/assets/*",
                "TargetOriginId": "Pages",
                "ViewerProtocolPolicy": "https-only",
                "FunctionAssociations": [{ "EventType": "viewer-response" }],
            }],
        } }),
    );
    Output::new(scope, "BucketName", bucket.ref_value::<String>());
    Output::new(scope, "DistributionId", distribution.ref_value::<String>());
    Output::new(
        scope,
        "Url",
        intrinsics::join("", ["https://notes.example".to_owned()]),
    );
}

fn aws() -> FakeCloud {
    let aws = deployed(app);
    aws.create_bucket(BUCKET);
    aws
}

/// Creates a folder with these files.
fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().expect("there is room for a folder");
    write(folder.path(), files);
    folder
}

fn write(folder: &Path, files: &[(&str, &str)]) {
    for (name, content) in files {
        let path = folder.join("dist").join(name);
        fs::create_dir_all(path.parent().unwrap_or(folder)).expect("the folder is ours");
        fs::write(path, content).expect("the folder is ours");
    }
}

const FIRST: &[(&str, &str)] = &[
    (
        "index.html",
        "<script src=/assets/index-B7kQ2xYz.js></script>",
    ),
    ("assets/index-B7kQ2xYz.js", "console.log(1)"),
    ("assets/index-B7kQ2xYz.js.br", "compressed"),
    ("favicon.ico", "icon"),
    (
        ".well-known/security.txt",
        "Contact: mailto:security@notes.example",
    ),
    (".DS_Store", "left behind by a file manager"),
];

const SECOND: &[(&str, &str)] = &[
    (
        "index.html",
        "<script src=/assets/index-C8lR3yZa.js></script>",
    ),
    ("assets/index-C8lR3yZa.js", "console.log(2)"),
];

fn invocation(aws: &FakeCloud, folder: &TempDir, arguments: &[&str]) -> Invocation {
    let arguments = ["publish-site", "dist"].iter().chain(arguments).copied();
    Invocation::new(arguments)
        .directory(folder.path())
        .cloud(aws.cloud(), FakeCloud::paused_runtime())
}

fn publish(aws: &FakeCloud, folder: &TempDir, arguments: &[&str]) -> Outcome {
    invocation(aws, folder, arguments).run_simple(app)
}

/// Returns the first version of the site, and a folder with the files of the second.
fn second() -> (FakeCloud, TempDir) {
    let (aws, folder) = (aws(), folder(FIRST));
    let outcome = publish(&aws, &folder, &["--quiet"]);
    assert_eq!(outcome.exit_code, ExitCode::Ok, "{outcome}");
    for name in ["index-B7kQ2xYz.js", "index-B7kQ2xYz.js.br"] {
        fs::remove_file(folder.path().join("dist/assets").join(name)).expect("it was written");
    }
    write(folder.path(), SECOND);
    (aws, folder)
}

fn keys(aws: &FakeCloud) -> Vec<String> {
    aws.bucket_objects(BUCKET).into_keys().collect()
}

#[test]
fn uploads_hashed_files_first_and_html_last() {
    let (aws, folder) = (aws(), folder(FIRST));
    assert_snapshot!(publish(&aws, &folder, &[]));
    let served: Vec<String> = aws
        .bucket_objects(BUCKET)
        .into_values()
        .map(|object| {
            format!(
                "{}: {}; {}",
                object.key,
                object.content_type.unwrap_or_default(),
                object.cache_control.unwrap_or_default()
            )
        })
        .collect();
    assert_snapshot!("how_files_are_served", served.join("\n"));
    // No edge location has cached the site before.
    assert!(aws.invalidated_paths().is_empty());
}

#[test]
fn uploads_changed_files_and_removes_stale_ones() {
    let (aws, folder) = second();
    let before = aws.write_operations().len();
    assert_snapshot!(publish(&aws, &folder, &["--wait"]));
    assert_eq!(aws.invalidated_paths(), [["/", "/index.html"]]);
    assert_snapshot!(
        "the_order_of_writes",
        aws.write_operations()[before..].join("\n")
    );
    assert_eq!(
        keys(&aws),
        [
            ".well-known/security.txt",
            "assets/index-C8lR3yZa.js",
            "favicon.ico",
            "index.html"
        ]
    );

    let calls = aws.write_operations().len();
    assert_snapshot!("nothing_is_published_twice", publish(&aws, &folder, &[]));
    assert_eq!(aws.write_operations().len(), calls);
}

#[test]
fn changes_nothing_on_dry_run() {
    let (aws, folder) = second();
    let before = aws.write_operations().len();
    assert_snapshot!(publish(&aws, &folder, &["--dry-run"]));
    let outcome = publish(&aws, &folder, &["--dry-run", "--json", "--keep-stale"]);
    conforming("publish-site", &outcome.stdout);
    assert_snapshot!("a_dry_run_as_json", outcome);
    assert_eq!(aws.write_operations().len(), before);
}

#[test]
fn keeps_stale_files_on_request() {
    let (aws, folder) = second();
    let outcome = publish(&aws, &folder, &["--keep-stale"]);
    assert_eq!(outcome.exit_code, ExitCode::Ok, "{outcome}");
    assert!(keys(&aws).contains(&"assets/index-B7kQ2xYz.js".to_owned()));
}

#[test]
fn keeps_previous_version_after_failed_upload() {
    let (aws, folder) = second();
    let index = aws.bucket_objects(BUCKET)["index.html"].body.clone();
    aws.inject_fault("PutObject", Fault::NetworkLost, FaultTiming::Next(20));
    let outcome = publish(&aws, &folder, &[]);
    assert_eq!(outcome.exit_code, ExitCode::Error);
    assert_snapshot!(outcome);
    assert_eq!(aws.bucket_objects(BUCKET)["index.html"].body, index);
    assert!(keys(&aws).contains(&"assets/index-B7kQ2xYz.js".to_owned()));
}

#[test]
fn repeats_missed_invalidation_on_next_run() {
    let (aws, folder) = second();
    aws.inject_fault(
        "CreateInvalidation",
        Fault::NetworkLost,
        FaultTiming::Next(5),
    );
    let first = publish(&aws, &folder, &[]);
    assert_snapshot!("the_edges_were_not_told", first);
    assert!(aws.invalidated_paths().is_empty());
    assert_snapshot!("the_next_run_tells_them", publish(&aws, &folder, &[]));
    assert_eq!(aws.invalidated_paths(), [["/", "/index.html"]]);
    assert!(!keys(&aws).iter().any(|key| key.starts_with(".infra/")));
}

#[test]
fn resumes_publication_after_ctrl_c() {
    let (aws, folder) = second();
    aws.set_latency(Duration::from_secs(2));
    let outcome = invocation(&aws, &folder, &[])
        .interrupt(Duration::from_secs(3), Interrupt::CtrlC)
        .run_simple(app);
    assert_eq!(outcome.exit_code, ExitCode::Interrupted);
    assert_snapshot!(outcome);
    aws.set_latency(Duration::ZERO);
    let outcome = publish(&aws, &folder, &[]);
    assert_eq!(outcome.exit_code, ExitCode::Ok, "{outcome}");
    assert_eq!(
        aws.bucket_objects(BUCKET)["index.html"].body,
        SECOND[0].1.as_bytes()
    );
}

#[test]
fn rejects_folder_without_site() {
    let aws = aws();
    let empty = folder(&[("readme.md", "# Notes")]);
    assert_snapshot!(publish(&aws, &empty, &[]));
    let nothing = tempfile::tempdir().unwrap();
    assert_snapshot!("there_is_no_folder", publish(&aws, &nothing, &[]));
    assert!(aws.called_operations().is_empty());
}

/// Builds the site with a release log.
fn logged(app: &App) {
    self::app(app);
    let stack = Stack::new(app, "Base");
    let log = stack.scope().construct("Releases");
    let bucket = CfnResource::new(
        log,
        "Bucket",
        "AWS::S3::Bucket",
        json!({ "BucketName": "releases" }),
    );
    Output::new(log, "ReleaseBucketName", bucket.ref_value::<String>());
}

#[test]
fn restores_site_with_its_release() {
    let aws = FakeCloud::new();
    aws.create_bucket(BUCKET);
    aws.create_bucket("releases");
    let command = |folder: &TempDir, commit: &str, arguments: &[&str]| {
        let outcome = Invocation::new(arguments.iter().copied())
            .directory(folder.path())
            .cloud(aws.cloud(), FakeCloud::paused_runtime())
            .variable("GITHUB_SHA", commit)
            .run_simple(logged);
        aws.elapsed_time();
        outcome
    };
    let old = folder(&[
        ("index.html", "<script src=assets/app-1a2b3c4d.js>"),
        ("assets/app-1a2b3c4d.js", "old()"),
    ]);
    let new = folder(&[
        ("index.html", "<script src=assets/app-5e6f7a8b.js>"),
        ("assets/app-5e6f7a8b.js", "new()"),
    ]);
    let deploy = ["deploy", "--yes", "--quiet"];
    assert_eq!(command(&old, "c1", &deploy).exit_code, ExitCode::Ok);
    let first = command(&old, "c1", &["publish-site", "dist"]);
    assert!(first.stderr.contains("is part of release 1"), "{first}");
    let second = command(&new, "c2", &["publish-site", "dist"]);
    assert!(second.stderr.contains("is part of release 2"), "{second}");
    // Pages that are open in browsers still load the files of the previous version.
    let keys = |bucket: &str| aws.bucket_objects(bucket).into_keys().collect::<Vec<_>>();
    let both = [
        "assets/app-1a2b3c4d.js",
        "assets/app-5e6f7a8b.js",
        "index.html",
    ];
    assert_eq!(keys(BUCKET), both);
    let again = command(&new, "c2", &["publish-site", "dist"]);
    assert!(again.stderr.contains("nothing was changed"), "{again}");
    assert_eq!(keys(BUCKET), both);

    let back = command(&new, "c3", &["rollback", "--to", "previous", "--yes"]);
    assert_eq!(back.exit_code, ExitCode::Ok, "{back}");
    let index = &aws.bucket_objects(BUCKET)["index.html"];
    assert_eq!(index.body, b"<script src=assets/app-1a2b3c4d.js>");
    let releases = command(&new, "c3", &["releases", "--json"]);
    let releases: serde_json::Value = serde_json::from_str(&releases.stdout).expect("JSON");
    assert_eq!(releases[0]["site"], releases[2]["site"]);
    assert_ne!(releases[0]["site"], releases[1]["site"]);
    assert_eq!(releases[0]["restores"], 1);

    // A publication that failed halfway is not recorded: the newest release restores its pages.
    aws.put_object(BUCKET, "index.html", b"half of a version");
    let back = command(&new, "c3", &["rollback", "--to", "latest", "--yes"]);
    assert_eq!(back.exit_code, ExitCode::Ok, "{back}");
    let index = &aws.bucket_objects(BUCKET)["index.html"];
    assert_eq!(index.body, b"<script src=assets/app-1a2b3c4d.js>");
    let after = command(&new, "c3", &["releases", "--json"]);
    let after: serde_json::Value = serde_json::from_str(&after.stdout).expect("JSON");
    assert_eq!(after, releases, "no release more");

    // Restoring the site fails after the stacks were restored, so the error must not claim that nothing changed.
    aws.put_object(BUCKET, "index.html", b"half of a version");
    aws.inject_fault(
        "CreateInvalidation",
        Fault::NetworkLost,
        FaultTiming::Always,
    );
    let back = command(&new, "c3", &["rollback", "--to", "latest", "--yes"]);
    assert_eq!(back.exit_code, ExitCode::Partial, "{back}");
}
