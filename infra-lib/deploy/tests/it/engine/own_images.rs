//! Tests images from Dockerfiles of `infra_core` apps: built and pushed with the container tool, once.

use infra_core::assembly::{self, DockerImage, ImageAsset};
use infra_core::{App, CfnResource, Stack};
use infra_deploy::deploy::DeployOptions;
use infra_fake::FakeCloud;
use infra_template::assembly::CloudAssembly;
use serde_json::json;

use super::assemblies::{REPOSITORY, container_tool};
use super::fixture::{deployed, outcomes};

/// Writes an app with an image to a folder. Returns it with its assembly and the tag of the image.
fn written() -> (tempfile::TempDir, CloudAssembly, String) {
    let source = tempfile::tempdir().unwrap();
    std::fs::write(source.path().join("Dockerfile"), "FROM scratch AS run").unwrap();
    let app = App::new();
    let stack = Stack::new(&app, "web");
    let topic = CfnResource::new(stack, "Topic", "AWS::SNS::Topic", json!({}));
    let image = DockerImage::from_folder(source.path())
        .target("run")
        .build_arg("LEVEL", "info")
        .platform("linux/arm64");
    let asset = ImageAsset::new(topic, &image);
    topic.override_prop("DisplayName", asset.uri().into_data());
    let folder = tempfile::tempdir().unwrap();
    assembly::write_assembly(&app.synth(), folder.path()).unwrap();
    let read = CloudAssembly::read_directory(folder.path()).unwrap();
    (folder, read, asset.tag().to_owned())
}

#[test]
fn builds_image_of_app_once_and_pushes_it() {
    let (_folder, assembly, tag) = written();
    let tools = tempfile::tempdir().unwrap();
    let mut options = DeployOptions::default();
    options.plan.container_tool = Some(container_tool(tools.path(), "nothing"));
    let aws = FakeCloud::new();
    aws.add_repository(REPOSITORY, &[]);
    let (ran, _) = deployed(&aws, &assembly, &options);
    assert_eq!(outcomes(&ran), ["web: deployed"]);
    assert_eq!(ran.notices(), ["published the image `web/Topic`"]);
    let log = std::fs::read_to_string(tools.path().join("log")).unwrap();
    let build = format!(
        "in asset.{tag}: build --build-arg LEVEL=info --tag cdkasset-{tag} --target run --platform linux/arm64 ."
    );
    assert_eq!(log.lines().next(), Some(build.as_str()));
    let push = log.lines().find(|line| line.contains(": push ")).unwrap();
    assert!(push.ends_with(&format!("/{REPOSITORY}:{tag}")), "{push}");

    std::fs::remove_file(tools.path().join("log")).unwrap();
    let aws = FakeCloud::new();
    aws.add_repository(REPOSITORY, &[&tag]);
    let (ran, _) = deployed(&aws, &assembly, &options);
    assert_eq!(outcomes(&ran), ["web: deployed"]);
    assert!(!tools.path().join("log").exists());
}

#[test]
fn names_container_tools_if_none_is_installed() {
    let (_folder, assembly, _) = written();
    let aws = FakeCloud::new();
    aws.add_repository(REPOSITORY, &[]);
    let (ran, _) = deployed(&aws, &assembly, &DeployOptions::default());
    let findings = ran.findings();
    for part in [
        "the image `web/Topic` of stack `web` must be built, but no container tool is installed",
        "one of docker, podman, finch, buildah in PATH",
    ] {
        assert!(findings.contains(part), "{part} in {findings}");
    }
    assert_eq!(aws.write_operations(), [""; 0]);
}
