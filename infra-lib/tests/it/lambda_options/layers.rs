//! Tests of layers, Lambda Insights and Powertools.

use infra_lib::assertions::{Match, Template};
use infra_lib::lambda::{
    Architecture, Code, Function, FunctionImage, ImageFunction, LayerVersion, Runtime,
};
use serde_json::json;

use super::{FUNCTION, codes};
use crate::base::findings_of;
use crate::lambda::inline_function;

#[test]
fn renders_layer_of_object_with_permissions() {
    let template = Template::of_stack(|stack| {
        let layer = LayerVersion::builder()
            .code(Code::bucket("releases", "shared.zip").object_version("v1"))
            .compatible_runtime(Runtime::Nodejs24)
            .compatible_architecture(Architecture::Arm64)
            .layer_name("shared")
            .description("shared code")
            .license("MIT")
            .build(stack, "Shared");
        layer.grant_use_to_account("111122223333");
        layer.grant_use_to_organization("o-abcdefghij");
        inline_function!().layer(layer).build(stack, "Function");
    });
    template.has_resource(
        "AWS::Lambda::LayerVersion",
        json!({ "Properties": {
            "Content": { "S3Bucket": "releases", "S3Key": "shared.zip", "S3ObjectVersion": "v1" },
            "CompatibleRuntimes": ["nodejs24.x"],
            "CompatibleArchitectures": ["arm64"],
            "LayerName": "shared",
            "Description": "shared code",
            "LicenseInfo": "MIT",
        } }),
    );
    let permission = "AWS::Lambda::LayerVersionPermission";
    template.has_resource(
        permission,
        json!({ "Properties": {
            "Action": "lambda:GetLayerVersion",
            "Principal": "111122223333",
            "OrganizationId": Match::absent(),
        } }),
    );
    template.has_resource(
        permission,
        json!({ "Properties": { "Principal": "*", "OrganizationId": "o-abcdefghij" } }),
    );
    template.has_resource(
        FUNCTION,
        json!({ "Properties": { "Layers": [{ "Ref": Match::any() }] } }),
    );
}

#[test]
fn accepts_imported_layer() {
    let template = Template::of_stack(|stack| {
        let arn = "arn:aws:lambda:eu-west-1:111122223333:layer:shared:7";
        let layer = LayerVersion::from_arn(arn);
        inline_function!().layer(&layer).build(stack, "Function");
    });
    template.has_resource(
        FUNCTION,
        json!({ "Properties": {
            "Layers": ["arn:aws:lambda:eu-west-1:111122223333:layer:shared:7"],
        } }),
    );
}

#[test]
fn rejects_layer_of_inline_code() {
    let found = codes(|stack| {
        LayerVersion::builder()
            .code(Code::inline("x"))
            .build(stack, "Layer");
    });
    assert_eq!(found, ["INF4901"]);
}

#[test]
fn warns_about_layer_for_other_runtime_and_processor() {
    let build = |runtime: Runtime, architecture: Architecture| {
        codes(|stack| {
            let layer = LayerVersion::builder()
                .code(Code::bucket("releases", "shared.zip"))
                .compatible_runtime(runtime)
                .compatible_architecture(architecture)
                .build(stack, "Shared");
            inline_function!().layer(layer).build(stack, "Function");
        })
    };
    assert!(build(Runtime::Nodejs24, Architecture::Arm64).is_empty());
    assert_eq!(build(Runtime::Python314, Architecture::Arm64), ["INF4915"]);
    assert_eq!(build(Runtime::Nodejs24, Architecture::X86_64), ["INF4915"]);
}

#[test]
fn reports_resources_of_function_to_lambda_insights() {
    const EXTENSION: &str =
        "arn:aws:lambda:eu-west-1:580247275435:layer:LambdaInsightsExtension-Arm64:5";
    let template = Template::of_stack(|stack| {
        inline_function!()
            .layer("arn:aws:lambda:eu-west-1:111122223333:layer:shared:1")
            .insights(EXTENSION)
            .build(stack, "Function");
    });
    template.has_properties(
        FUNCTION,
        json!({ "Layers": ["arn:aws:lambda:eu-west-1:111122223333:layer:shared:1", EXTENSION] }),
    );
    let role = template.only("AWS::IAM::Role").to_string();
    assert!(role.contains("log-group:/aws/lambda-insights:*"), "{role}");
    assert!(role.contains("logs:CreateLogGroup"), "{role}");
}

#[test]
fn adds_layer_of_powertools_for_runtime_and_processor() {
    let layers = |runtime: Runtime, architecture: Architecture| {
        let template = Template::of_stack(|stack| {
            Function::builder()
                .runtime(runtime)
                .architecture(architecture)
                .handler("index.handler")
                .code(Code::bucket("releases", "app.zip"))
                .layer("arn:aws:lambda:eu-west-1:111122223333:layer:shared:1")
                .powertools("3.22.1")
                .powertools("latest")
                .build(stack, "Function");
        });
        template.only(FUNCTION)["Properties"]["Layers"].clone()
    };
    let expected = |path: &str| {
        json!([
            "arn:aws:lambda:eu-west-1:111122223333:layer:shared:1",
            format!("{{{{resolve:ssm:/aws/service/powertools/{path}/latest}}}}"),
        ])
    };
    let (arm, x86) = (Architecture::Arm64, Architecture::X86_64);
    for (runtime, architecture, path) in [
        (Runtime::Python313, arm, "python/arm64/python3.13"),
        (Runtime::Python314, x86, "python/x86_64/python3.14"),
        (
            Runtime::Other("python3.15".to_owned()),
            arm,
            "python/arm64/python3.15",
        ),
        (Runtime::Nodejs24, arm, "typescript/generic/all"),
        (Runtime::Nodejs22, x86, "typescript/generic/all"),
    ] {
        assert_eq!(layers(runtime, architecture), expected(path));
    }
}

#[test]
fn rejects_layer_of_powertools_for_other_runtimes_and_images() {
    insta::assert_snapshot!(findings_of(|stack| {
        Function::builder()
            .runtime(Runtime::Ruby40)
            .handler("index.handler")
            .code(Code::bucket("releases", "app.zip"))
            .powertools("latest")
            .build(stack, "Function");
        let image = FunctionImage::from_uri("111122223333.dkr.ecr.eu-west-1.amazonaws.com/a:1");
        ImageFunction::from_image(image)
            .powertools("latest")
            .build(stack, "Image");
    }));
}
