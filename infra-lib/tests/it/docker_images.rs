//! Tests of functions and containers whose image is built from a Dockerfile.

use std::path::{Path, PathBuf};

use infra_lib::assertions::{Match, Template};
use infra_lib::assets::DockerImage;
use infra_lib::core::assembly::render_files;
use infra_lib::ecs::{ContainerDefinition, ContainerImage, CpuArchitecture, FargateTaskDefinition};
use infra_lib::lambda::{Architecture, FunctionImage, ImageFunction};
use infra_lib::{App, Stack, Synthesis, codes, task_size};
use serde_json::{Value, json};

/// A folder with a Dockerfile, which is removed with the value.
struct Source(PathBuf);

impl Source {
    fn new(name: &str) -> Self {
        let name = format!("infra-lib-docker-{name}-{}", std::process::id());
        let folder = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join("Dockerfile"), "FROM scratch").unwrap();
        Self(folder)
    }

    fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Source {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn synthesize(build: impl for<'app> FnOnce(Stack<'app>)) -> Synthesis {
    let app = App::new();
    build(Stack::new(&app, "Stack"));
    app.synth()
}

/// Returns the images of the asset manifest.
fn images(synthesis: &Synthesis) -> Vec<Value> {
    let manifest = &render_files(synthesis)["Stack.assets.json"];
    let manifest: Value = serde_json::from_str(manifest).unwrap();
    let images = manifest["dockerImages"].as_object().unwrap();
    images.values().cloned().collect()
}

#[test]
fn function_runs_image_for_its_processor() {
    let folder = Source::new("function");
    let image = || DockerImage::from_folder(folder.path());
    let synthesis = synthesize(|stack| {
        ImageFunction::from_image(FunctionImage::from_docker(image()).command(["app.handler"]))
            .build(stack, "Arm");
        ImageFunction::from_image(FunctionImage::from_docker(image()))
            .architecture(Architecture::X86_64)
            .build(stack, "Intel");
    });
    assert!(
        synthesis.findings().is_empty(),
        "{:?}",
        synthesis.findings()
    );
    let found = images(&synthesis);
    let mut platforms: Vec<_> = found
        .iter()
        .map(|one| one["source"]["platform"].clone())
        .collect();
    platforms.sort_by_key(Value::to_string);
    assert_eq!(platforms, ["linux/amd64", "linux/arm64"]);
    let arm = found
        .iter()
        .find(|one| one["displayName"] == "Stack/Arm")
        .unwrap();
    let tag = arm["destinations"]["current"]["imageTag"].as_str().unwrap();
    let uri = format!(
        "${{AWS::AccountId}}.dkr.ecr.${{AWS::Region}}.${{AWS::URLSuffix}}/cdk-hnb659fds-container-assets-${{AWS::AccountId}}-${{AWS::Region}}:{tag}"
    );
    let template = Template::of(&synthesis, "Stack");
    template.has_resource(
        "AWS::Lambda::Function",
        json!({
            "Properties": {
                "Architectures": ["arm64"],
                "Code": { "ImageUri": { "Fn::Sub": uri } },
                "ImageConfig": { "Command": ["app.handler"] },
                "PackageType": "Image",
                "Handler": Match::absent(),
                "Runtime": Match::absent(),
            },
            "Metadata": {
                "aws:asset:path": format!("asset.{tag}"),
                "aws:asset:property": "Code.ImageUri",
            },
        }),
    );
}

#[test]
fn container_runs_image_that_its_task_may_pull() {
    let folder = Source::new("container");
    let synthesis = synthesize(|stack| {
        let image = || ContainerImage::from_docker(DockerImage::from_folder(folder.path()));
        FargateTaskDefinition::builder()
            .size(task_size!(512 cpu, 1024 MiB))
            .container(ContainerDefinition::new("api", image()).port(8080))
            .sidecar(ContainerDefinition::new("agent", image()))
            .cpu_architecture(CpuArchitecture::X86_64)
            .build(stack, "Task");
    });
    assert!(!synthesis.has_errors(), "{:?}", synthesis.findings());
    let found = images(&synthesis);
    assert_eq!(found.len(), 1, "one image for both containers");
    assert_eq!(found[0]["displayName"], "Stack/Task");
    assert_eq!(found[0]["source"]["platform"], "linux/amd64");
    let repository = "cdk-hnb659fds-container-assets-${AWS::AccountId}-${AWS::Region}";
    let template = synthesis.stacks()[0].template.json();
    for part in [
        format!("${{AWS::AccountId}}.dkr.ecr.${{AWS::Region}}.${{AWS::URLSuffix}}/{repository}:"),
        format!(
            "arn:${{AWS::Partition}}:ecr:${{AWS::Region}}:${{AWS::AccountId}}:repository/{repository}"
        ),
        "ecr:BatchGetImage".to_owned(),
    ] {
        assert!(template.contains(&part), "{part} in {template}");
    }
}

#[test]
fn reports_image_for_other_processor() {
    let folder = Source::new("platform");
    let image = |platform: &str| DockerImage::from_folder(folder.path()).platform(platform);
    let synthesis = synthesize(|stack| {
        let image = |platform| FunctionImage::from_docker(image(platform));
        ImageFunction::from_image(image("linux/amd64")).build(stack, "Wrong");
        ImageFunction::from_image(image("linux/arm64/v8")).build(stack, "Right");
        ImageFunction::from_image(image("linux/amd64,linux/arm64")).build(stack, "Both");
        ImageFunction::from_image(image("plan9/other")).build(stack, "Unknown");
    });
    let [finding] = synthesis.findings() else {
        panic!("{:?}", synthesis.findings());
    };
    assert_eq!(finding.code, codes::IMAGE_PLATFORM);
    assert_eq!(finding.path.as_deref(), Some("Stack/Wrong"));
    assert_eq!(
        finding.message,
        "the image is built for `linux/amd64` and runs on `linux/arm64`"
    );
    assert_eq!(finding.property.as_deref(), Some("Code.ImageUri"));
    assert_eq!(finding.actual.as_deref(), Some("linux/amd64"));
    assert_eq!(finding.expected.as_deref(), Some("linux/arm64"));
    assert_eq!(
        finding.help.as_deref(),
        Some(
            "leave `.platform(…)` out, or set the architecture of the function or the task definition to that of the image"
        )
    );
}
