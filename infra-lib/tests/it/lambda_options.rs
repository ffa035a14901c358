//! Tests of layers, images, asynchronous invocations and further settings of functions.

use infra_lib::assertions::{Match, Template};
use infra_lib::ecr::Repository;
use infra_lib::events::EventBus;
use infra_lib::image_digest;
use infra_lib::kms::Key;
use infra_lib::lambda::{
    Alias, Architecture, AsyncInvoke, Code, CodeSigningConfig, EventSourceMapping, Function,
    FunctionImage, ImageFunction, LayerVersion, ProvisionedPollers, RecursiveLoop, Runtime,
    SnapStart, SourceAccess, StartingPosition, SystemLogLevel, UntrustedCode,
};
use infra_lib::sns::{Topic, TopicEncryption};
use infra_lib::sqs::{Queue, QueueEncryption};
use infra_lib::{App, Duration, Size, Stack};
use serde_json::json;

use crate::base::findings_of;

const FUNCTION: &str = "AWS::Lambda::Function";
const ASYNC: &str = "AWS::Lambda::EventInvokeConfig";

/// Begins a function with inline code.
macro_rules! inline {
    () => {
        Function::builder()
            .code(Code::inline("exports.handler = async () => {};"))
            .runtime(Runtime::Nodejs24)
            .handler("index.handler")
    };
}

fn function(stack: Stack<'_>) -> Function<'_> {
    inline!().build(stack, "Function")
}

/// Returns the codes of the findings about a stack.
fn codes(build: impl for<'app> FnOnce(Stack<'app>)) -> Vec<String> {
    let app = App::new();
    build(Stack::new(&app, "Stack"));
    let found = app.synth();
    let codes = found.findings().iter();
    codes.map(|one| one.code.as_str().to_owned()).collect()
}

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
        inline!().layer(layer).build(stack, "Function");
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
        inline!().layer(&layer).build(stack, "Function");
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
            inline!().layer(layer).build(stack, "Function");
        })
    };
    assert!(build(Runtime::Nodejs24, Architecture::Arm64).is_empty());
    assert_eq!(build(Runtime::Python314, Architecture::Arm64), ["INF4915"]);
    assert_eq!(build(Runtime::Nodejs24, Architecture::X86_64), ["INF4915"]);
}

#[test]
fn sends_records_of_asynchronous_invocations() {
    let template = Template::of_stack(|stack| {
        let failed = Queue::builder().build(stack, "Failed");
        let bus = EventBus::builder().build(stack, "Bus");
        function(stack).configure_async_invoke(
            AsyncInvoke::new()
                .max_event_age(Duration::hours(1))
                .retry_attempts(0)
                .on_failure(&failed)
                .on_success(&bus),
        );
    });
    template.has_resource(
        ASYNC,
        json!({ "Properties": {
            "Qualifier": "$LATEST",
            "MaximumEventAgeInSeconds": 3600,
            "MaximumRetryAttempts": 0,
            "DestinationConfig": {
                "OnFailure": { "Destination": { "Fn::GetAtt": [Match::any(), "Arn"] } },
                "OnSuccess": { "Destination": { "Fn::GetAtt": [Match::any(), "Arn"] } },
            },
        } }),
    );
    template.has_resource(
        "AWS::IAM::Role",
        json!({ "Properties": { "Policies": [{ "PolicyDocument": { "Statement":
            Match::list_with(json!([
                { "Action": "sqs:SendMessage", "Effect": "Allow" },
                { "Action": "events:PutEvents", "Effect": "Allow" },
            ])) } }] } }),
    );
}

#[test]
fn configures_version_and_alias() {
    let template = Template::of_stack(|stack| {
        let next = inline!().build(stack, "Next");
        let version = function(stack).current_version();
        let live = Alias::builder()
            .alias_name("live")
            .version(version)
            .build(stack, "Live");
        version.configure_async_invoke(AsyncInvoke::new().retry_attempts(1));
        live.configure_async_invoke(AsyncInvoke::new().on_success(&next));
    });
    template.has_resource(
        ASYNC,
        json!({
            "Properties": {
                "Qualifier": { "Fn::GetAtt": [Match::any(), "Version"] },
                "MaximumRetryAttempts": 1,
                "DestinationConfig": Match::absent(),
            },
        }),
    );
    template.has_resource(
        ASYNC,
        json!({
            "DependsOn": Match::any(),
            "Properties": { "Qualifier": "live", "MaximumRetryAttempts": Match::absent() },
        }),
    );
}

#[test]
fn rejects_imported_fifo_queue_as_destination() {
    let with = |arn: &'static str| {
        codes(|stack| {
            let queue = Queue::from_arn(arn);
            function(stack).configure_async_invoke(AsyncInvoke::new().on_failure(&queue));
        })
    };
    assert!(with("arn:aws:sqs:eu-west-1:111122223333:jobs").is_empty());
    assert_eq!(
        with("arn:aws:sqs:eu-west-1:111122223333:jobs.fifo"),
        ["INF4912"]
    );
}

#[test]
fn rejects_third_retry_and_age_above_six_hours() {
    fn with(set: impl for<'app> FnOnce(AsyncInvoke<'app>) -> AsyncInvoke<'app>) -> Vec<String> {
        codes(|stack| function(stack).configure_async_invoke(set(AsyncInvoke::new())))
    }
    assert!(with(|one| one.retry_attempts(2)).is_empty());
    assert_eq!(with(|one| one.retry_attempts(3)), ["INF3007"]);
    assert!(with(|one| one.max_event_age(Duration::hours(6))).is_empty());
    assert_eq!(
        with(|one| one.max_event_age(Duration::hours(7))),
        ["INF3007"]
    );
}

#[test]
fn sends_dead_letters_to_queue_with_key() {
    let template = Template::of_stack(|stack| {
        let key = Key::builder().build(stack, "Key");
        let queue = Queue::builder()
            .encryption(QueueEncryption::key(key))
            .build(stack, "Queue");
        function(stack).send_dead_letters_to_queue(&queue);
    });
    template.has_resource(
        FUNCTION,
        json!({ "Properties": {
            "DeadLetterConfig": { "TargetArn": { "Fn::GetAtt": [Match::any(), "Arn"] } },
        } }),
    );
    template.has_resource(
        "AWS::IAM::Role",
        json!({ "Properties": { "Policies": [{ "PolicyDocument": { "Statement":
            Match::list_with(json!([
                { "Action": "sqs:SendMessage" },
                { "Action": ["kms:Decrypt", "kms:GenerateDataKey*"] },
            ])) } }] } }),
    );
}

#[test]
fn sends_dead_letters_to_topic() {
    let template = Template::of_stack(|stack| {
        let key = Key::builder().build(stack, "Key");
        let topic = Topic::builder()
            .encryption(TopicEncryption::key(key))
            .build(stack, "Topic");
        function(stack).send_dead_letters_to_topic(&topic);
    });
    template.has_resource(
        FUNCTION,
        json!({ "Properties": { "DeadLetterConfig": { "TargetArn": { "Ref": Match::any() } } } }),
    );
}

#[test]
fn sends_dead_letters_to_imported_topic() {
    const FAILED: &str = "arn:aws:sns:eu-west-1:111122223333:failed";
    let template = Template::of_stack(|stack| {
        function(stack).send_dead_letters_to_topic(&Topic::from_arn(FAILED));
    });
    template.has_properties(
        FUNCTION,
        json!({ "DeadLetterConfig": { "TargetArn": FAILED } }),
    );
    template.has_properties(
        "AWS::IAM::Role",
        json!({ "Policies": [{ "PolicyDocument": { "Statement": Match::list_with(json!([
            { "Action": "sns:Publish", "Resource": FAILED },
        ])) } }] }),
    );
    let fifo = codes(|stack| {
        let topic = Topic::from_arn("arn:aws:sns:eu-west-1:111122223333:failed.fifo");
        function(stack).send_dead_letters_to_topic(&topic);
    });
    assert_eq!(fifo, ["INF4912"]);
}

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

const SECRET: &str = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:kafka-AbCdEf";
const HANDLER: &str = "arn:aws:lambda:eu-west-1:111122223333:function:orders";

#[test]
fn reports_resources_of_function_to_lambda_insights() {
    const EXTENSION: &str =
        "arn:aws:lambda:eu-west-1:580247275435:layer:LambdaInsightsExtension-Arm64:5";
    let template = Template::of_stack(|stack| {
        inline!()
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

#[test]
fn reads_kafka_outside_aws() {
    let template = Template::of_stack(|stack| {
        EventSourceMapping::self_managed_kafka(["one.example.com:9092", "two.example.com:9092"])
            .function(HANDLER)
            .topic("orders")
            .starting_position(StartingPosition::TrimHorizon)
            .consumer_group("shop")
            .provisioned_pollers(ProvisionedPollers::new(1, 5))
            .access(SourceAccess::scram_sha_256(SECRET))
            .access(SourceAccess::scram_sha_512(SECRET))
            .access(SourceAccess::client_certificate(SECRET))
            .access(SourceAccess::server_root_ca(SECRET))
            .access(SourceAccess::subnet("subnet-0123456789abcdef0"))
            .access(SourceAccess::security_group("sg-0123456789abcdef0"))
            .build(stack, "Kafka");
    });
    let access = |kind: &str, uri: &str| json!({ "Type": kind, "URI": uri });
    template.has_properties(
        "AWS::Lambda::EventSourceMapping",
        json!({
            "EventSourceArn": Match::absent(),
            "SelfManagedEventSource": { "Endpoints": {
                "KafkaBootstrapServers": ["one.example.com:9092", "two.example.com:9092"],
            } },
            "SelfManagedKafkaEventSourceConfig": { "ConsumerGroupId": "shop" },
            "AmazonManagedKafkaEventSourceConfig": Match::absent(),
            "ProvisionedPollerConfig": { "MinimumPollers": 1, "MaximumPollers": 5 },
            "Topics": ["orders"],
            "SourceAccessConfigurations": [
                access("SASL_SCRAM_256_AUTH", SECRET),
                access("SASL_SCRAM_512_AUTH", SECRET),
                access("CLIENT_CERTIFICATE_TLS_AUTH", SECRET),
                access("SERVER_ROOT_CA_CERTIFICATE", SECRET),
                access("VPC_SUBNET", "subnet:subnet-0123456789abcdef0"),
                access("VPC_SECURITY_GROUP", "security_group:sg-0123456789abcdef0"),
            ],
        }),
    );
}

#[test]
fn reads_managed_kafka_and_brokers() {
    let template = Template::of_stack(|stack| {
        EventSourceMapping::builder()
            .function(HANDLER)
            .event_source("arn:aws:kafka:eu-west-1:111122223333:cluster/shop/0f1e2d3c")
            .topic("orders")
            .starting_position(StartingPosition::Latest)
            .consumer_group("shop")
            .build(stack, "Kafka");
        EventSourceMapping::builder()
            .function(HANDLER)
            .event_source("arn:aws:mq:eu-west-1:111122223333:broker:shop:b-0f1e2d3c")
            .queue("orders")
            .access(SourceAccess::basic_auth(SECRET))
            .access(SourceAccess::virtual_host("/"))
            .build(stack, "Broker");
    });
    template.has_properties(
        "AWS::Lambda::EventSourceMapping",
        json!({
            "EventSourceArn": Match::string_like("arn:aws:kafka:*"),
            "AmazonManagedKafkaEventSourceConfig": { "ConsumerGroupId": "shop" },
            "SelfManagedKafkaEventSourceConfig": Match::absent(),
            "SelfManagedEventSource": Match::absent(),
        }),
    );
    template.has_properties(
        "AWS::Lambda::EventSourceMapping",
        json!({
            "Queues": ["orders"],
            "SourceAccessConfigurations": [
                { "Type": "BASIC_AUTH", "URI": SECRET },
                { "Type": "VIRTUAL_HOST", "URI": "/" },
            ],
        }),
    );
}

#[test]
fn reports_kafka_outside_aws_without_starting_position() {
    let found = findings_of(|stack| {
        EventSourceMapping::self_managed_kafka(["kafka.example.com:9092"])
            .function(HANDLER)
            .topic("orders")
            .build(stack, "Kafka");
    });
    assert_eq!(found.matches("error[INF4907]").count(), 1, "{found}");
}
