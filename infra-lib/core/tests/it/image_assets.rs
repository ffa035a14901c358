//! Tests image assets: build contexts, hashes, findings, and the files in the cloud assembly.

use std::fs;
use std::path::Path;

use infra_core::assembly::{self, BuildCache, BuildContext, BuildSecret, DockerImage, ImageAsset};
use infra_core::{App, CfnResource, Environment, Stack, StackProps, codes};
use serde_json::{Value as JsonValue, json};

use crate::support::{findings, queue};

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

fn tag(image: &DockerImage) -> String {
    let app = App::new();
    let asset = ImageAsset::new(Stack::new(&app, "Stack"), image);
    asset.tag().to_owned()
}

/// Writes the assembly of an app with one image, and returns its folder, the image and the files of its context.
fn written(image: &DockerImage) -> (tempfile::TempDir, ImageAsset, Vec<String>) {
    let app = App::new();
    let stack = Stack::new(&app, "Stack");
    let function = CfnResource::new(
        stack,
        "Function",
        "AWS::Lambda::Function",
        json!({ "Role": "arn:aws:iam::111122223333:role/function" }),
    );
    let asset = ImageAsset::new(function, image);
    function.override_prop("Code.ImageUri", asset.uri().into_data());
    asset.annotate(function, "Code.ImageUri");
    let synthesis = app.synth();
    assert_eq!(findings(&synthesis), "");
    let out = tempfile::tempdir().unwrap();
    assembly::write_assembly(&synthesis, out.path()).unwrap();
    let context = out.path().join(format!("asset.{}", asset.tag()));
    let mut files = Vec::new();
    let mut folders = vec![context.clone()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(&context).unwrap();
                files.push(name.to_string_lossy().replace('\\', "/"));
            }
        }
    }
    files.sort();
    (out, asset, files)
}

#[test]
fn tag_depends_on_context_and_options_only() {
    let source = folder(&[("Dockerfile", "FROM scratch AS a"), ("app", "1")]);
    let same = folder(&[("app", "1"), ("Dockerfile", "FROM scratch AS a")]);
    let changed = folder(&[("Dockerfile", "FROM scratch AS b"), ("app", "1")]);
    let image = || DockerImage::from_folder(source.path());
    let first = tag(&image());
    assert_eq!(first, tag(&DockerImage::from_folder(same.path())));
    assert_eq!(first.len(), 64);
    let others = [
        tag(&DockerImage::from_folder(changed.path())),
        tag(&image().target("a")),
        tag(&image().platform("a")),
        tag(&image().docker_file("Dockerfile")),
        tag(&image().build_arg("A", "1")),
        tag(&image().build_arg("A", "2")),
        tag(&image().build_arg("A1", "")),
        tag(&image().build_context("c", BuildContext::folder(changed.path()))),
        tag(&image().build_context("c", BuildContext::folder(same.path()))),
        tag(&image().build_context("c", BuildContext::image("i"))),
        tag(&image().build_context("c", BuildContext::url("i"))),
        tag(&image().build_secret("s", BuildSecret::env("S"))),
        tag(&image().ssh("default")),
        tag(&image().network("default")),
        tag(&image().output("default")),
    ];
    for same in [
        image().cache_from(BuildCache::new("gha")),
        image().cache_to(BuildCache::new("gha")),
        image().without_cache(),
    ] {
        assert_eq!(first, tag(&same));
    }
    let secret = |secret| tag(&image().build_secret("s", secret));
    assert_eq!(
        secret(BuildSecret::env("S")),
        secret(BuildSecret::file("/run/s"))
    );
    for (at, one) in others.iter().enumerate() {
        assert_ne!(&first, one, "{at}");
        assert!(!others[..at].contains(one), "{at}");
    }
}

#[test]
fn ignored_files_have_no_influence_and_are_not_copied() {
    let files = [
        ("Dockerfile", "FROM scratch"),
        (".dockerignore", "*\n!src\n**/*.log\n"),
        ("src/main.rs", "fn main() {}"),
        ("src/deep/debug.log", "1"),
        ("target/debug/app", "1"),
    ];
    let source = folder(&files);
    let image = DockerImage::from_folder(source.path());
    let (_out, asset, copied) = written(&image);
    // The builder needs the Dockerfile and `.dockerignore`, although `*` ignores them.
    assert_eq!(copied, [".dockerignore", "Dockerfile", "src/main.rs"]);
    fs::write(source.path().join("target/debug/app"), "2").unwrap();
    fs::write(source.path().join("src/deep/debug.log"), "2").unwrap();
    fs::write(source.path().join("new.txt"), "").unwrap();
    assert_eq!(tag(&image), asset.tag());
    fs::write(source.path().join("src/main.rs"), "").unwrap();
    assert_ne!(tag(&image), asset.tag());
}

#[test]
fn ignore_file_of_one_dockerfile_comes_first() {
    let source = folder(&[
        ("docker/web.Dockerfile", "FROM scratch"),
        ("docker/web.Dockerfile.dockerignore", "a"),
        (".dockerignore", "b"),
        ("a", ""),
        ("b", ""),
    ]);
    let image = DockerImage::from_folder(source.path()).docker_file("docker/web.Dockerfile");
    let (_out, _, copied) = written(&image);
    assert_eq!(
        copied,
        [
            ".dockerignore",
            "b",
            "docker/web.Dockerfile",
            "docker/web.Dockerfile.dockerignore"
        ]
    );
}

/// Members and values are those that `DockerImageAsset` of aws-cdk-lib 2.276.0 writes, without a role.
#[test]
fn asset_manifest_lists_image_as_the_cdk_does() {
    let source = folder(&[("Dockerfile.web", "FROM scratch AS run")]);
    let image = DockerImage::from_folder(source.path())
        .docker_file("Dockerfile.web")
        .target("run")
        .build_arg("B", "x y")
        .build_arg("A", "1")
        .platform("linux/arm64");
    let (out, asset, _) = written(&image);
    let tag = asset.tag();
    let repository = "cdk-hnb659fds-container-assets-${AWS::AccountId}-${AWS::Region}";
    let manifest = read(&out.path().join("Stack.assets.json"));
    assert_eq!(manifest["files"], json!({}));
    assert_eq!(
        manifest["dockerImages"],
        json!({ tag: {
            "displayName": "Stack/Function",
            "source": {
                "directory": format!("asset.{tag}"),
                "dockerFile": "Dockerfile.web",
                "dockerBuildTarget": "run",
                "dockerBuildArgs": { "A": "1", "B": "x y" },
                "platform": "linux/arm64",
            },
            "destinations": { "current": { "repositoryName": repository, "imageTag": tag } },
        } })
    );
    let template = read(&out.path().join("Stack.template.json"));
    let function = &template["Resources"]["Function"];
    let uri = format!(
        "${{AWS::AccountId}}.dkr.ecr.${{AWS::Region}}.${{AWS::URLSuffix}}/{repository}:{tag}"
    );
    assert_eq!(
        function["Properties"]["Code"]["ImageUri"],
        json!({ "Fn::Sub": uri })
    );
    assert_eq!(
        function["Metadata"]["aws:asset:path"],
        format!("asset.{tag}")
    );
    assert_eq!(
        function["Metadata"]["aws:asset:dockerfile-path"],
        "Dockerfile.web"
    );
    assert_eq!(function["Metadata"]["aws:asset:property"], "Code.ImageUri");
}

/// Members are those that `DockerImageAsset` of aws-cdk-lib 2.276.0 writes for the same options.
#[test]
fn asset_manifest_has_build_options_as_the_cdk_writes_them() {
    let source = folder(&[
        ("Dockerfile", "FROM scratch"),
        (".dockerignore", "token"),
        ("token", "hidden"),
    ]);
    let shared = folder(&[("a/b.txt", "shared")]);
    let token = source.path().join("token");
    let image = DockerImage::from_folder(source.path())
        .build_context("shared", BuildContext::folder(shared.path()))
        .build_context("base", BuildContext::image("alpine@sha256:00"))
        .build_context("src", BuildContext::url("https://example.com/src.git"))
        .build_secret("npm", BuildSecret::env("NPM_TOKEN"))
        .build_secret("token", BuildSecret::file(&token))
        .ssh("default")
        .network("none")
        .output("type=docker")
        .cache_from(BuildCache::new("registry").param("ref", "r"))
        .cache_from(BuildCache::new("local"))
        .cache_to(BuildCache::new("gha").param("mode", "max"))
        .without_cache();
    let (out, asset, files) = written(&image);
    assert_eq!(files, [".dockerignore", "Dockerfile"]);
    let manifest = read(&out.path().join("Stack.assets.json"));
    let source = &manifest["dockerImages"][asset.tag()]["source"];
    let context = source["dockerBuildContexts"]["shared"].as_str().unwrap();
    let token = token.display();
    assert_eq!(
        *source,
        json!({
            "directory": format!("asset.{}", asset.tag()),
            "dockerBuildContexts": {
                "base": "docker-image://alpine@sha256:00",
                "shared": context,
                "src": "https://example.com/src.git",
            },
            "dockerBuildSecrets": { "npm": "type=env,env=NPM_TOKEN", "token": format!("type=file,src={token}") },
            "dockerBuildSsh": "default",
            "networkMode": "none",
            "dockerOutputs": ["type=docker"],
            "cacheFrom": [{ "type": "registry", "params": { "ref": "r" } }, { "type": "local" }],
            "cacheTo": { "type": "gha", "params": { "mode": "max" } },
            "cacheDisabled": true,
        })
    );
    // The container tool runs in the folder of the build context.
    let copied = out
        .path()
        .join("asset")
        .with_file_name(context.trim_start_matches("../"));
    assert_eq!(
        fs::read_to_string(copied.join("a/b.txt")).unwrap(),
        "shared"
    );
    assert_eq!(manifest["files"], json!({}));
    let whole = fs::read_to_string(out.path().join("Stack.assets.json")).unwrap();
    assert!(!whole.contains("hidden"));
}

#[test]
fn reports_secret_in_build_context_and_missing_named_context() {
    let source = folder(&[("Dockerfile", "FROM scratch"), (".npmrc", "hidden")]);
    let shared = folder(&[("token", "hidden")]);
    let image = || DockerImage::from_folder(source.path());
    let findings = |image: &DockerImage| {
        let app = App::new();
        let stack = Stack::new(&app, "Stack");
        queue(stack, "Queue");
        ImageAsset::new(stack, image);
        let found = app.synth();
        let found = found
            .findings()
            .iter()
            .map(|one| (one.code, one.message.clone()));
        found.collect::<Vec<_>>()
    };
    let npmrc = source.path().join(".npmrc");
    let message = |id: &str, path: &Path| {
        format!(
            "the build secret `{id}` is the file `{}` of a build context, which the assembly contains",
            path.display()
        )
    };
    assert_eq!(
        findings(&image().build_secret("npm", BuildSecret::file(&npmrc))),
        [(codes::SECRET_IN_BUILD_CONTEXT, message("npm", &npmrc))]
    );
    let token = shared.path().join("token");
    let named = image().build_context("shared", BuildContext::folder(shared.path()));
    assert_eq!(
        findings(&named.build_secret("token", BuildSecret::file(&token))),
        [(codes::SECRET_IN_BUILD_CONTEXT, message("token", &token))]
    );
    assert_eq!(
        findings(&image().build_secret("token", BuildSecret::file(&token))),
        []
    );
    let missing = image().build_context("shared", BuildContext::folder(&token));
    assert_eq!(
        findings(&missing),
        [(
            codes::ASSET_NOT_READABLE,
            format!(
                "cannot read the asset `{}`: its context `shared`: it is not a folder",
                source.path().display()
            )
        )]
    );
}

#[test]
fn repository_of_stack_is_used_and_later_assembly_removes_context() {
    let source = folder(&[("Dockerfile", "FROM scratch")]);
    let out = tempfile::tempdir().unwrap();
    let build = |with_image: bool| {
        let app = App::new();
        let stack = StackProps::new()
            .environment(Environment::new("111122223333", "eu-west-1"))
            .asset_repository("images")
            .build(&app, "Stack");
        queue(stack, "Queue");
        let image = DockerImage::from_folder(source.path());
        let asset = with_image.then(|| ImageAsset::new(stack, &image));
        assembly::write_assembly(&app.synth(), out.path()).unwrap();
        asset
    };
    let asset = build(true).unwrap();
    assert_eq!(asset.repository_name().as_literal(), Some("images"));
    let manifest = read(&out.path().join("Stack.assets.json"));
    assert_eq!(
        manifest["dockerImages"][asset.tag()]["destinations"]["current"],
        json!({ "repositoryName": "images", "imageTag": asset.tag(), "region": "eu-west-1" })
    );
    let context = out.path().join(format!("asset.{}", asset.tag()));
    assert!(context.join("Dockerfile").is_file());
    build(false);
    assert!(!context.exists());
}

#[test]
fn reports_folder_without_dockerfile_and_rejected_pattern() {
    let empty = folder(&[("app", "")]);
    let wrong = folder(&[("Dockerfile", ""), (".dockerignore", "target\n[a-")]);
    let app = App::new();
    let stack = Stack::new(&app, "Stack");
    queue(stack, "Queue");
    for path in [
        empty.path(),
        wrong.path(),
        &empty.path().join("app"),
        Path::new("no/such/folder"),
    ] {
        ImageAsset::new(stack, &DockerImage::from_folder(path));
    }
    let synthesis = app.synth();
    let mut found: Vec<_> = synthesis
        .findings()
        .iter()
        .map(|one| (one.code, one.message.clone()))
        .collect();
    found.sort_by_key(|(_, message)| message.clone());
    let (empty, wrong) = (empty.path().display(), wrong.path().display());
    let expected = [
        format!("cannot read the asset `{empty}`: the folder has no `Dockerfile`"),
        format!(
            "cannot read the asset `{wrong}`: `.dockerignore`: the pattern `[a-` has a `[` without `]`, or ends with `\\`"
        ),
        format!("cannot read the asset `{empty}/app`: it is not a folder"),
        "there is no file or folder `no/such/folder`".to_owned(),
    ];
    let mut expected = expected.map(|message| (codes::ASSET_NOT_READABLE, message));
    expected.sort_by_key(|(_, message)| message.clone());
    assert_eq!(found, expected);
    assert!(synthesis.stacks()[0].assets.is_empty());
}
