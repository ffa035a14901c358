//! Tests file assets: hashes, findings, and the files in the cloud assembly.

use std::fs;
use std::path::Path;

use infra_core::assembly::{self, AssemblyError, FileAsset};
use infra_core::{App, CfnResource, Environment, NestedStack, Stack, StackProps, Stage, codes};
use serde_json::{Value as JsonValue, json};

use crate::support::{findings, queue};

/// Adds a resource whose properties name the object of an asset.
fn layer(scope: Stack<'_>, path: &Path) -> FileAsset {
    let layer = CfnResource::new(scope, "Layer", "AWS::Lambda::LayerVersion", json!({}));
    let asset = FileAsset::new(layer, path);
    layer.override_prop("Content.S3Bucket", asset.bucket_name().into_data());
    layer.override_prop("Content.S3Key", asset.object_key().to_owned());
    asset.annotate(layer, "Content");
    asset
}

fn hash_of(path: &Path) -> String {
    let app = App::new();
    let asset = FileAsset::new(Stack::new(&app, "Stack"), path);
    asset.hash().to_owned()
}

fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, content) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }
    folder
}

fn read(path: &Path) -> JsonValue {
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

#[test]
fn hash_depends_on_names_and_contents_only() {
    let one = folder(&[("index.js", "a"), ("lib/b.js", "b")]);
    let reordered = folder(&[("lib/b.js", "b"), ("index.js", "a")]);
    assert_eq!(hash_of(one.path()), hash_of(reordered.path()));
    for other in [
        folder(&[("index.js", "a"), ("lib/c.js", "b")]),
        folder(&[("index.js", "a"), ("lib/b.js", "c")]),
        folder(&[("index.js", "ab"), ("lib/b.js", "")]),
        folder(&[("index.js", "a")]),
    ] {
        assert_ne!(hash_of(one.path()), hash_of(other.path()));
    }
}

#[cfg(unix)]
#[test]
fn hash_covers_the_executable_permission_and_no_other() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = folder(&[("bootstrap", "a")]);
    let with = |mode: u32| {
        let path = folder.path().join("bootstrap");
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
        hash_of(folder.path())
    };
    assert_eq!(with(0o600), with(0o664));
    assert_eq!(with(0o700), with(0o755));
    assert_ne!(with(0o600), with(0o700));
}

#[test]
fn folder_is_listed_as_zip_and_file_keeps_its_extension() {
    let folder = folder(&[("code/index.js", "exports.handler = 1"), ("code.zip", "PK")]);
    let app = App::new();
    let stack = Stack::new(&app, "Stack");
    let code = layer(stack, &folder.path().join("code"));
    let archive = FileAsset::new(stack, folder.path().join("code.zip"));
    let (code, archive) = (code.hash().to_owned(), archive.hash().to_owned());
    let synthesis = app.synth();
    assert_eq!(findings(&synthesis), "");
    let out = tempfile::tempdir().unwrap();
    let written = assembly::write_assembly(&synthesis, out.path()).unwrap();
    let shown = [
        written.files.join("\n"),
        format!("{:#}", read(&out.path().join("manifest.json"))),
        format!("{:#}", read(&out.path().join("Stack.assets.json"))),
        format!("{:#}", read(&out.path().join("Stack.template.json"))),
    ];
    let shown = shown
        .join("\n\n")
        .replace(&code, "<code>")
        .replace(&archive, "<archive>");
    // The place of the resource in this file is part of the manifest.
    let shown: Vec<&str> = shown
        .lines()
        .filter(|line| !line.contains(".rs:"))
        .collect();
    insta::assert_snapshot!(shown.join("\n"));
    let copy = out.path().join(format!("asset.{code}/index.js"));
    assert_eq!(fs::read_to_string(copy).unwrap(), "exports.handler = 1");
    let copy = out.path().join(format!("asset.{archive}.zip"));
    assert_eq!(fs::read_to_string(copy).unwrap(), "PK");
}

#[cfg(unix)]
#[test]
fn copies_are_readable_by_everybody() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = folder(&[("bootstrap", "a"), ("data", "b")]);
    for (name, mode) in [("bootstrap", 0o700), ("data", 0o400)] {
        fs::set_permissions(folder.path().join(name), fs::Permissions::from_mode(mode)).unwrap();
    }
    let app = App::new();
    let file = layer(Stack::new(&app, "Stack"), folder.path());
    let out = tempfile::tempdir().unwrap();
    assembly::write_assembly(&app.synth(), out.path()).unwrap();
    let mode = |name: &str| {
        let path = out.path().join(format!("asset.{}/{name}", file.hash()));
        fs::metadata(path).unwrap().permissions().mode() & 0o777
    };
    assert_eq!((mode("bootstrap"), mode("data")), (0o755, 0o644));
}

#[test]
fn asset_of_a_nested_stack_is_published_with_its_root() {
    let folder = folder(&[("index.js", "a")]);
    let app = App::new();
    let stack = StackProps::new()
        .environment(Environment::new("111122223333", "eu-west-1"))
        .asset_bucket("assets-of-mine")
        .build(Stage::new(&app, "Prod"), "Root");
    let nested = NestedStack::new(stack, "Child").stack();
    let asset = layer(nested, folder.path());
    assert_eq!(asset.bucket_name().as_literal(), Some("assets-of-mine"));
    let synthesis = app.synth();
    assert_eq!(findings(&synthesis), "");
    let out = tempfile::tempdir().unwrap();
    assembly::write_assembly(&synthesis, out.path()).unwrap();
    let stage = out.path().join("assembly-Prod");
    let manifest = read(&stage.join(format!("{}.assets.json", synthesis.stacks()[0].id)));
    assert_eq!(
        manifest["files"][asset.hash()],
        json!({
            "displayName": "Prod/Root/Child/Layer",
            "source": { "path": format!("asset.{}", asset.hash()), "packaging": "zip" },
            "destinations": { "current": {
                "bucketName": "assets-of-mine",
                "objectKey": format!("{}.zip", asset.hash()),
                "region": "eu-west-1",
            } },
        })
    );
    assert!(
        stage
            .join(format!("asset.{}/index.js", asset.hash()))
            .is_file()
    );
}

#[test]
fn asset_of_an_earlier_assembly_is_removed_and_a_damaged_one_replaced() {
    let folder = folder(&[("index.js", "a")]);
    let out = tempfile::tempdir().unwrap();
    let build = |with_asset: bool| {
        let app = App::new();
        let stack = Stack::new(&app, "Stack");
        queue(stack, "Queue");
        let asset = with_asset.then(|| layer(stack, folder.path()));
        assembly::write_assembly(&app.synth(), out.path()).unwrap();
        asset.map(|asset| out.path().join(format!("asset.{}", asset.hash())))
    };
    let first = build(true).unwrap();
    fs::write(first.join("index.js"), "damaged").unwrap();
    assert_eq!(build(true).unwrap(), first);
    assert_eq!(fs::read_to_string(first.join("index.js")).unwrap(), "a");
    fs::write(folder.path().join("index.js"), "b").unwrap();
    let second = build(true).unwrap();
    assert!(!first.exists() && second.exists());
    build(false);
    assert!(!second.exists() && !out.path().join("Stack.assets.json").exists());
    let own = out.path().join("asset.mine");
    fs::write(&own, "kept").unwrap();
    build(true);
    assert!(own.exists());
}

#[test]
fn rejects_content_that_changed_since_synthesis() {
    let folder = folder(&[("index.js", "a")]);
    let app = App::new();
    layer(Stack::new(&app, "Stack"), folder.path());
    let synthesis = app.synth();
    fs::write(folder.path().join("index.js"), "b").unwrap();
    let out = tempfile::tempdir().unwrap();
    let error = assembly::write_assembly(&synthesis, out.path()).unwrap_err();
    assert!(
        matches!(error, AssemblyError::AssetChanged { .. }),
        "{error}"
    );
    assert!(!out.path().join("manifest.json").exists());
}

#[test]
fn rejects_missing_and_empty_content() {
    let empty = folder(&[]);
    let app = App::new();
    let stack = Stack::new(&app, "Stack");
    queue(stack, "Queue");
    FileAsset::new(stack, "no/such/folder");
    FileAsset::new(stack, empty.path());
    let synthesis = app.synth();
    let found: Vec<_> = synthesis
        .findings()
        .iter()
        .map(|one| (one.code, one.message.clone()))
        .collect();
    let at = empty.path().display();
    assert_eq!(
        found,
        [
            (
                codes::ASSET_NOT_READABLE,
                "there is no file or folder `no/such/folder`".to_owned()
            ),
            (
                codes::ASSET_NOT_READABLE,
                format!("cannot read the asset `{at}`: the folder has no files")
            ),
        ]
    );
    assert!(synthesis.stacks()[0].assets.is_empty());
}

#[cfg(unix)]
#[test]
fn rejects_symbolic_link_to_a_folder_above() {
    let folder = folder(&[("lib/a.js", "a")]);
    std::os::unix::fs::symlink("..", folder.path().join("lib/up")).unwrap();
    let app = App::new();
    let stack = Stack::new(&app, "Stack");
    queue(stack, "Queue");
    FileAsset::new(stack, folder.path());
    let message = app.synth().findings()[0].message.clone();
    assert!(
        message.ends_with("the symbolic link `lib/up` leads to a folder that contains it"),
        "{message}"
    );
}

#[test]
fn processor_of_an_elf_file_is_known() {
    let mut header = b"\x7fELF\x02\x01\x01".to_vec();
    header.resize(18, 0);
    header.extend([183, 0]);
    let folder = folder(&[("run.sh", "#!/bin/sh\necho a long enough script")]);
    fs::write(folder.path().join("bootstrap"), header).unwrap();
    let app = App::new();
    let asset = FileAsset::new(Stack::new(&app, "Stack"), folder.path());
    assert_eq!(asset.file("bootstrap").unwrap().elf_machine, Some(183));
    assert_eq!(asset.file("run.sh").unwrap().elf_machine, None);
    assert_eq!(asset.file("missing"), None);
}

#[test]
fn builds_asset_only_if_app_builds_assets() {
    let source = folder(&[("bootstrap", "program")]);
    let build = |app: &App| {
        let mut calls = 0;
        let asset = FileAsset::build(Stack::new(app, "Stack"), "orders arm64", || {
            calls += 1;
            Ok(source.path().to_owned())
        });
        (asset, calls)
    };
    let (placeholder, calls) = build(&App::new());
    assert_eq!(calls, 0);
    assert!(placeholder.is_placeholder());
    assert!(placeholder.files().is_empty());
    let key = placeholder.object_key();
    assert!(
        key.starts_with("not-built-") && key.len() == "not-built-.zip".len() + 64,
        "{key}"
    );

    let app = App::new();
    app.build_assets();
    let (asset, calls) = build(&app);
    assert_eq!(calls, 1);
    assert!(!asset.is_placeholder());
    assert_eq!(asset.hash(), hash_of(source.path()));
}

#[test]
fn placeholders_differ_by_name_only() {
    let key = |name: &str| {
        let app = App::new();
        let asset = FileAsset::build(Stack::new(&app, "Stack"), name, || unreachable!());
        asset.object_key().to_owned()
    };
    assert_eq!(key("orders arm64"), key("orders arm64"));
    assert_ne!(key("orders arm64"), key("orders x86_64"));
}

#[test]
fn lists_placeholder_without_content() {
    let app = App::new();
    let stack = Stack::new(&app, "Stack");
    let asset = FileAsset::build(stack, "orders", || unreachable!());
    queue(stack, "Queue");
    let out = tempfile::tempdir().unwrap();
    let written = assembly::write_assembly(&app.synth(), out.path()).unwrap();
    assert!(written.files.iter().all(|file| !file.contains("not-built")));
    let manifest = read(&out.path().join("Stack.assets.json"));
    let file = manifest["files"]
        .as_object()
        .unwrap()
        .values()
        .next()
        .unwrap();
    let path = file["source"]["path"].as_str().unwrap();
    assert!(path.starts_with("asset.not-built-"), "{path}");
    assert_eq!(
        file["destinations"]["current"]["objectKey"],
        asset.object_key()
    );
    assert!(!out.path().join(path).exists());
}

#[test]
fn reports_failed_build_at_construct() {
    let app = App::new();
    app.build_assets();
    let stack = Stack::new(&app, "Stack");
    let asset = FileAsset::build(stack, "orders", || {
        let finding = infra_core::Diagnostic::new(codes::FUNCTION_BUILD, "cannot build");
        Err(Box::new(finding))
    });
    assert!(asset.is_placeholder());
    queue(stack, "Queue");
    let found = app.synth();
    assert_eq!(found.findings().len(), 1);
    assert_eq!(found.findings()[0].code, codes::FUNCTION_BUILD);
    assert_eq!(found.findings()[0].path.as_deref(), Some("Stack"));
}
