//! Tests of images and further settings of functions.

use infra_lib::assertions::{Match, Template};
use infra_lib::ecr::Repository;
use infra_lib::lambda::{
    Alias, AsCodeSigningConfig, Code, CodeSigningConfig, Function, FunctionImage, ImageFunction,
    RecursiveLoop, Runtime, SnapStart, SystemLogLevel, UntrustedCode,
};
use infra_lib::{Size, Stack, image_digest};
use serde_json::json;

use super::{FUNCTION, codes, function};
use crate::base::findings_of;

#[test]
fn starts_from_snapshot_with_supported_runtimes_only() {
    let with = |runtime: Runtime, storage: Size| {
        codes(|stack| {
            Function::builder()
                .code(Code::bucket("releases", "app.zip"))
                .runtime(runtime)
                .handler("app.handler")
                .ephemeral_storage(storage)
                .snap_start(SnapStart::PublishedVersions)
                .build(stack, "Function");
        })
    };
    let small = Size::mib(512);
    for runtime in [Runtime::Java21, Runtime::Python312, Runtime::Dotnet10] {
        assert!(with(runtime, small).is_empty());
    }
    for runtime in [Runtime::Nodejs24, Runtime::Ruby40, Runtime::ProvidedAl2023] {
        assert_eq!(with(runtime, small), ["INF4913"]);
    }
    assert_eq!(with(Runtime::Java21, Size::gib(1)), ["INF4913"]);
}

#[test]
fn renders_snapshot_recursion_system_logs_and_code_signing() {
    let template = Template::of_stack(|stack| {
        let signed = CodeSigningConfig::builder()
            .signing_profile("arn:aws:signer:eu-west-1:111122223333:/signing-profiles/a/1")
            .also_accept("arn:aws:signer:eu-west-1:111122223333:/signing-profiles/b/2")
            .build(stack, "Signed");
        CodeSigningConfig::builder()
            .signing_profile("arn:aws:signer:eu-west-1:111122223333:/signing-profiles/c/3")
            .untrusted_code(UntrustedCode::Warn)
            .build(stack, "Lenient");
        Function::builder()
            .code(Code::bucket("releases", "app.zip"))
            .runtime(Runtime::Java21)
            .handler("app.Handler::run")
            .snap_start(SnapStart::PublishedVersions)
            .recursive_loop(RecursiveLoop::Allow)
            .system_log_level(SystemLogLevel::Warn)
            .code_signing(signed)
            .build(stack, "Function");
    });
    template.has_resource(
        FUNCTION,
        json!({ "Properties": {
            "SnapStart": { "ApplyOn": "PublishedVersions" },
            "RecursiveLoop": "Allow",
            "LoggingConfig": { "SystemLogLevel": "WARN" },
            "CodeSigningConfigArn": { "Ref": Match::any() },
        } }),
    );
    let config = "AWS::Lambda::CodeSigningConfig";
    template.has_resource(
        config,
        json!({ "Properties": {
            "AllowedPublishers": { "SigningProfileVersionArns": [
                "arn:aws:signer:eu-west-1:111122223333:/signing-profiles/a/1",
                "arn:aws:signer:eu-west-1:111122223333:/signing-profiles/b/2",
            ] },
            "CodeSigningPolicies": { "UntrustedArtifactOnDeployment": "Enforce" },
        } }),
    );
    template.has_resource(
        config,
        json!({ "Properties": {
            "CodeSigningPolicies": { "UntrustedArtifactOnDeployment": "Warn" },
        } }),
    );
}

#[test]
fn renders_function_from_image_without_runtime() {
    let template = Template::of_stack(|stack| {
        let repository = Repository::builder().build(stack, "Images");
        let digest = image_digest!(
            "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
        );
        let image = FunctionImage::from_digest(&repository, &digest)
            .entry_point(["/bin/sh", "-c"])
            .command(["app.handler"])
            .working_directory("/srv");
        ImageFunction::from_image(image).build(stack, "One");
        ImageFunction::from_image(FunctionImage::from_tag(&repository, "2")).build(stack, "Two");
    });
    template.has_resource(
        FUNCTION,
        json!({ "Properties": {
            "PackageType": "Image",
            "Runtime": Match::absent(),
            "Handler": Match::absent(),
            "Code": { "ImageUri": Match::any(), "ZipFile": Match::absent() },
            "ImageConfig": {
                "EntryPoint": ["/bin/sh", "-c"],
                "Command": ["app.handler"],
                "WorkingDirectory": "/srv",
            },
        } }),
    );
    template.has_resource(
        "AWS::ECR::Repository",
        json!({ "Properties": { "RepositoryPolicyText": { "Statement": [{
            "Sid": "LambdaPull",
            "Effect": "Allow",
            "Principal": { "Service": "lambda.amazonaws.com" },
            "Action": ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
            "Condition": { "ArnLike": { "aws:SourceArn": Match::any() } },
        }] } } }),
    );
}

#[test]
fn rejects_layers_and_signatures_of_image() {
    let found = codes(|stack| {
        let signed = CodeSigningConfig::builder()
            .signing_profile("arn:aws:signer:eu-west-1:111122223333:/signing-profiles/a/1")
            .build(stack, "Signed");
        let image = FunctionImage::from_uri("111122223333.dkr.ecr.eu-west-1.amazonaws.com/a:1");
        ImageFunction::from_image(image)
            .layer("arn:aws:lambda:eu-west-1:111122223333:layer:shared:7")
            .code_signing(signed)
            .build(stack, "Function");
    });
    assert_eq!(found, ["INF4914", "INF4914"]);
}

#[test]
fn scales_provisioned_concurrency_of_alias() {
    let build = |utilization: u32| {
        move |stack: Stack<'_>| {
            let version = function(stack).current_version();
            let live = Alias::builder()
                .alias_name("live")
                .version(version)
                .build(stack, "Live");
            live.scale_provisioned_concurrency(1, 20, utilization);
        }
    };
    let template = Template::of_stack(build(70));
    template.has_resource(
        "AWS::ApplicationAutoScaling::ScalableTarget",
        json!({
            "DependsOn": Match::any(),
            "Properties": {
                "MinCapacity": 1,
                "MaxCapacity": 20,
                "ServiceNamespace": "lambda",
                "ScalableDimension": "lambda:function:ProvisionedConcurrency",
            },
        }),
    );
    template.has_resource(
        "AWS::ApplicationAutoScaling::ScalingPolicy",
        json!({ "Properties": { "TargetTrackingScalingPolicyConfiguration": {
            "TargetValue": 0.7,
            "PredefinedMetricSpecification": {
                "PredefinedMetricType": "LambdaProvisionedConcurrencyUtilization",
            },
        } } }),
    );
    assert_eq!(codes(build(95)), ["INF4219"]);
}

#[test]
fn requires_signatures_of_imported_configuration() {
    let arn = "arn:aws:lambda:eu-west-1:111122223333:code-signing-config:csc-0a1b2c3d4e5f60718";
    let template = Template::of_stack(|stack| {
        let signed = CodeSigningConfig::from_arn(stack, "Signed", arn);
        assert_eq!(signed.arn().as_literal(), Some(arn));
        for (id, config) in [
            ("First", signed.as_code_signing_config()),
            ("Second", signed.as_code_signing_config()),
        ] {
            Function::builder()
                .code(Code::bucket("releases", "app.zip"))
                .runtime(Runtime::Python314)
                .handler("app.handler")
                .code_signing(config)
                .build(stack, id);
        }
    });
    template.resource_count("AWS::Lambda::CodeSigningConfig", 0);
    let functions = template.resources(FUNCTION);
    assert_eq!(functions.len(), 2);
    for (_, function) in functions {
        assert_eq!(function["Properties"]["CodeSigningConfigArn"], arn);
    }
}

#[test]
fn reports_code_signing_configuration_that_is_a_profile() {
    insta::assert_snapshot!(findings_of(|stack| {
        let profile = "arn:aws:signer:eu-west-1:111122223333:/signing-profiles/releases/a1b2c3d4e5";
        CodeSigningConfig::from_arn(stack, "Signed", profile);
        function(stack);
    }));
}
