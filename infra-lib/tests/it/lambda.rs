//! Tests of the constructs in `infra_lib::lambda`.

use std::fs;
use std::path::PathBuf;

use infra_lib::assertions::{Match, Template};
use infra_lib::cidr;
use infra_lib::ec2::{Connectable, Port, SecurityGroup, Vpc};
use infra_lib::iam::{Principal, Role};
use infra_lib::lambda::{
    Alias, Architecture, Code, EventSourceMapping, Function, LogFormat, LogLevel, Runtime, Tracing,
    metric_claimed_account_concurrency,
};
use infra_lib::logs::{LogGroup, RetentionDays};
use infra_lib::s3::Bucket;
use infra_lib::{App, Duration, Size, Stack};
use serde_json::{Value as Json, json};

use crate::base::findings_of;

pub(crate) const TEXT: &str = "exports.handler = async () => 'hello';";
const FUNCTION: &str = "AWS::Lambda::Function";
pub(crate) const PERMISSION: &str = "AWS::Lambda::Permission";
pub(crate) const SOURCE: &str = "AWS::Lambda::EventSourceMapping";
pub(crate) const RULE: &str = "arn:aws:events:eu-west-1:111122223333:rule/nightly";

/// Begins a function with inline code.
macro_rules! inline_function {
    () => {
        infra_lib::lambda::Function::builder()
            .code(infra_lib::lambda::Code::inline($crate::lambda::TEXT))
            .runtime(infra_lib::lambda::Runtime::Nodejs24)
            .handler("index.handler")
    };
}
pub(crate) use inline_function;

pub(crate) fn function(stack: Stack<'_>) -> Function<'_> {
    inline_function!().build(stack, "Function")
}

pub(crate) fn role(stack: Stack<'_>) -> Role<'_> {
    Role::builder()
        .assumed_by(Principal::service("ecs-tasks.amazonaws.com"))
        .build(stack, "Role")
}

/// Writes files into a folder of the test, which is emptied first.
pub(crate) fn folder(name: &str, files: &[(&str, &[u8])]) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    for (name, content) in files {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }
    folder
}

#[cfg(unix)]
pub(crate) fn make_executable(path: &std::path::Path) {
    use std::os::unix::fs::PermissionsExt as _;
    fs::set_permissions(path, fs::Permissions::from_mode(0o755)).unwrap();
}

/// Returns the beginning of a program for a processor.
pub(crate) fn program(machine: u8) -> Vec<u8> {
    let mut program = b"\x7fELF\x02\x01\x01".to_vec();
    program.resize(18, 0);
    program.extend([machine, 0]);
    program
}

/// Returns the codes that synthesis reports for a stack.
pub(crate) fn codes_of(build: impl FnOnce(Stack<'_>)) -> Vec<String> {
    let app = App::new();
    build(Stack::new(&app, "Stack"));
    let synthesis = app.synth();
    let found = synthesis.findings().iter();
    found.map(|one| one.code.to_string()).collect()
}

pub(crate) fn statements(role: &Json) -> &Json {
    &role["Properties"]["Policies"][0]["PolicyDocument"]["Statement"]
}

#[test]
fn creates_function_with_role_and_log_group() {
    let template = Template::of_stack(|stack| {
        function(stack);
    });
    assert_eq!(
        template.only(FUNCTION)["Properties"],
        json!({
            "Code": { "ZipFile": TEXT },
            "Role": { "Fn::GetAtt": ["FunctionServiceRole675BB04A", "Arn"] },
            "Runtime": "nodejs24.x",
            "Handler": "index.handler",
            "Architectures": ["arm64"],
            "LoggingConfig": { "LogGroup": { "Ref": "FunctionLogGroup55B80E27" }, "LogFormat": "JSON" },
        })
    );
    template.has_properties(
        "AWS::IAM::Role",
        json!({ "AssumeRolePolicyDocument": { "Statement": [{ "Principal": { "Service": "lambda.amazonaws.com" } }] } }),
    );
    assert_eq!(
        *statements(template.only("AWS::IAM::Role")),
        json!([{
            "Effect": "Allow",
            "Action": ["logs:CreateLogStream", "logs:PutLogEvents"],
            "Resource": { "Fn::GetAtt": ["FunctionLogGroup55B80E27", "Arn"] },
        }])
    );
    template.has_properties("AWS::Logs::LogGroup", json!({ "RetentionInDays": 30 }));
}

#[test]
fn sets_each_option() {
    let template = Template::of_stack(|stack| {
        let role = Role::builder()
            .assumed_by(Principal::service("lambda.amazonaws.com"))
            .build(stack, "Role");
        let logs = LogGroup::builder()
            .retention(RetentionDays::ONE_WEEK)
            .build(stack, "Logs");
        inline_function!()
            .function_name("thumbnails")
            .description("Makes thumbnails")
            .architecture(Architecture::X86_64)
            .memory(Size::gib(1))
            .timeout(Duration::minutes(2))
            .ephemeral_storage(Size::gib(2))
            .reserved_concurrency(5)
            .tracing(Tracing::Active)
            .role(role)
            .log_group(logs)
            .log_format(LogFormat::Json)
            .log_level(LogLevel::Warn)
            .layer("arn:aws:lambda:eu-west-1:111122223333:layer:tools:3")
            .env("SIZE", "200")
            .build(stack, "Function")
            .add_env("FORMAT", "webp");
    });
    template.has_properties(
        FUNCTION,
        json!({
            "FunctionName": "thumbnails",
            "Description": "Makes thumbnails",
            "Architectures": ["x86_64"],
            "MemorySize": 1024,
            "Timeout": 120,
            "EphemeralStorage": { "Size": 2048 },
            "ReservedConcurrentExecutions": 5,
            "TracingConfig": { "Mode": "Active" },
            "LoggingConfig": { "ApplicationLogLevel": "WARN" },
            "Layers": ["arn:aws:lambda:eu-west-1:111122223333:layer:tools:3"],
            "Environment": { "Variables": { "SIZE": "200", "FORMAT": "webp" } },
        }),
    );
    template.resource_count("AWS::IAM::Role", 1);
    template.resource_count("AWS::Logs::LogGroup", 1);
    let policy = statements(template.only("AWS::IAM::Role"));
    assert_eq!(
        policy[1]["Action"],
        json!(["xray:PutTraceSegments", "xray:PutTelemetryRecords"])
    );
}

#[test]
fn publishes_folder_and_archive_as_assets() {
    let code = folder("publishes_folder", &[("app.js", TEXT.as_bytes())]);
    let archive = folder("publishes_archive", &[("code.zip", b"PK")]).join("code.zip");
    let app = App::new();
    let stack = Stack::new(&app, "Stack");
    Function::builder()
        .runtime(Runtime::Nodejs24)
        .handler("app.handler")
        .code(Code::folder(code))
        .build(stack, "Folder");
    Function::builder()
        .runtime(Runtime::Java25)
        .handler("example.Handler")
        .code(Code::zip(archive))
        .build(stack, "Archive");
    let synthesis = app.synth();
    assert!(
        synthesis.findings().is_empty(),
        "{:?}",
        synthesis.findings()
    );
    let assets = &synthesis.stack("Stack").unwrap().assets;
    assert_eq!(assets.len(), 2);
    let template = Template::of(&synthesis, "Stack");
    let functions = template.resources(FUNCTION);
    for (_, function) in functions {
        let code = &function["Properties"]["Code"];
        assert_eq!(
            code["S3Bucket"],
            json!({ "Fn::Sub": "cdk-hnb659fds-assets-${AWS::AccountId}-${AWS::Region}" })
        );
        let asset = assets
            .iter()
            .find(|asset| code["S3Key"] == asset.object_key())
            .unwrap();
        assert_eq!(function["Metadata"]["aws:asset:path"], asset.file());
        assert_eq!(function["Metadata"]["aws:asset:property"], "Code");
    }
}

#[test]
fn uses_object_of_a_bucket() {
    let template = Template::of_stack(|stack| {
        let bucket = Bucket::builder().build(stack, "Releases");
        Function::builder()
            .runtime(Runtime::Nodejs24)
            .handler("app.handler")
            .code(Code::bucket(bucket.bucket_name(), "a.zip").object_version("v1"))
            .build(stack, "Function");
    });
    template.has_properties(
        FUNCTION,
        json!({ "Code": { "S3Key": "a.zip", "S3ObjectVersion": "v1", "ZipFile": Match::absent() } }),
    );
}

#[test]
fn places_function_in_private_and_isolated_subnets() {
    let template = Template::of_stack(|stack| {
        let vpc = Vpc::builder()
            .cidr(cidr!("10.0.0.0/16"))
            .build(stack, "Vpc");
        let cache = SecurityGroup::builder().vpc(vpc).build(stack, "Cache");
        let private = inline_function!()
            .subnets(vpc.private())
            .build(stack, "Private");
        cache.allow_from_on(&private, Port::tcp(6379));
        inline_function!()
            .subnets(vpc.isolated())
            .security_group(cache)
            .build(stack, "Isolated");
    });
    let functions = template.resources(FUNCTION);
    let of = |name: &str| {
        let found = functions.iter().find(|(id, _)| id.starts_with(name));
        found.unwrap().1.clone()
    };
    let groups = |name: &str| of(name)["Properties"]["VpcConfig"]["SecurityGroupIds"].to_string();
    assert!(
        groups("Private").contains("PrivateSecurityGroup"),
        "{}",
        groups("Private")
    );
    assert!(
        groups("Isolated").contains("Cache"),
        "{}",
        groups("Isolated")
    );
    // The function starts after the routes of its subnets.
    assert!(
        of("Private")["DependsOn"].to_string().contains("Route"),
        "{}",
        of("Private")
    );
    template.has_properties(
        "AWS::EC2::SecurityGroup",
        json!({ "SecurityGroupEgress": [{ "CidrIp": "0.0.0.0/0", "FromPort": 443, "ToPort": 443 }] }),
    );
    template.has_properties(
        "AWS::EC2::SecurityGroupIngress",
        json!({ "FromPort": 6379 }),
    );
    let roles = template.resources("AWS::IAM::Role");
    let allowed = roles
        .iter()
        .filter(|(_, role)| role.to_string().contains("ec2:CreateNetworkInterface"));
    assert_eq!(allowed.count(), 2);
}

#[test]
fn rejects_connection_of_function_outside_vpc() {
    insta::assert_snapshot!(findings_of(|stack| {
        let vpc = Vpc::builder()
            .cidr(cidr!("10.0.0.0/16"))
            .build(stack, "Vpc");
        let cache = SecurityGroup::builder().vpc(vpc).build(stack, "Cache");
        cache.allow_from_on(&function(stack), Port::tcp(6379));
    }));
}

#[test]
fn rejects_environment() {
    insta::assert_snapshot!(findings_of(|stack| {
        inline_function!()
            .env("AWS_REGION", "eu-west-1")
            .env("2FAST", "yes")
            .env("SIZE", "1")
            .env("SIZE", "2")
            .env("LARGE", "x".repeat(4_096))
            .build(stack, "Function");
    }));
}

#[test]
fn accepts_environment_of_exactly_four_kilobytes() {
    let codes = codes_of(|stack| {
        inline_function!()
            .env("LARGE", "x".repeat(4_096 - 5))
            .build(stack, "Function");
    });
    assert_eq!(codes, [""; 0]);
}

#[test]
fn rejects_runtime_without_support() {
    insta::assert_snapshot!(findings_of(|stack| {
        Function::builder()
            .runtime(Runtime::Python39)
            .handler("index.handler")
            .code(Code::inline("def handler(event, context): pass"))
            .build(stack, "Function");
    }));
    assert!(!Runtime::Nodejs24.is_deprecated());
    assert!(!Runtime::Other("nodejs26.x".to_owned()).is_deprecated());
    assert_eq!(
        Runtime::Nodejs22.end_of_support().unwrap().to_string(),
        "2027-04-30"
    );
}

#[test]
fn ends_support_of_runtimes_on_the_days_of_the_schema() {
    let all = [
        Runtime::Nodejs24,
        Runtime::Nodejs22,
        Runtime::Nodejs20,
        Runtime::Nodejs18,
        Runtime::Python314,
        Runtime::Python313,
        Runtime::Python312,
        Runtime::Python311,
        Runtime::Python310,
        Runtime::Python39,
        Runtime::Java25,
        Runtime::Java21,
        Runtime::Java17,
        Runtime::Java11,
        Runtime::Java8,
        Runtime::Dotnet10,
        Runtime::Dotnet8,
        Runtime::Ruby40,
        Runtime::Ruby34,
        Runtime::Ruby33,
        Runtime::Ruby32,
        Runtime::ProvidedAl2023,
        Runtime::ProvidedAl2,
    ];
    for runtime in all {
        let known = infra_schema::runtimes::find_runtime(runtime.as_str()).unwrap();
        let end = runtime.end_of_support().unwrap().to_string();
        assert_eq!(end, known.end_of_support, "{}", known.name);
        assert_eq!(
            runtime.is_deprecated(),
            known.is_deprecated(),
            "{}",
            known.name
        );
    }
}

#[test]
fn rejects_code_of_the_wrong_form() {
    let code = folder("rejects_code_of_the_wrong_form", &[("code.zip", b"PK")]);
    let found = findings_of(|stack| {
        let java = |code: Code, id: &str| {
            Function::builder()
                .runtime(Runtime::Java25)
                .handler("example.Handler")
                .code(code)
                .build(stack, id);
        };
        java(Code::inline("class Handler {}"), "Inline");
        java(Code::zip(&code), "Zip");
        java(Code::folder(code.join("code.zip")), "Folder");
        java(Code::folder("no/such/folder"), "Missing");
        inline_function!().build(stack, "Fine");
        Function::builder()
            .runtime(Runtime::Nodejs24)
            .handler("index.handler")
            .code(Code::inline(""))
            .build(stack, "Empty");
    });
    insta::assert_snapshot!(found.replace(&code.display().to_string(), "<folder>"));
}

#[test]
fn rejects_handler_that_is_not_in_the_code() {
    let code = folder(
        "rejects_handler",
        &[
            ("app.mjs", b""),
            ("tasks/mail.py", b""),
            ("tasks/web/__init__.py", b""),
        ],
    );
    let codes = |runtime: Runtime, handler: &'static str| {
        codes_of(|stack| {
            let code = Code::folder(&code);
            Function::builder()
                .runtime(runtime)
                .handler(handler)
                .code(code)
                .build(stack, "Function");
        })
    };
    for (runtime, handler) in [
        (Runtime::Nodejs24, "app.handler"),
        (Runtime::Nodejs24, "./app.handlers.main"),
        (Runtime::Python314, "tasks.mail.send"),
        (Runtime::Python314, "tasks/mail.send"),
        (Runtime::Python314, "tasks.web.handler"),
        (Runtime::Java25, "example.Handler::handle"),
        (Runtime::Nodejs24, "/opt/nodejs/wrapper.handler"),
    ] {
        assert_eq!(codes(runtime, handler), [""; 0], "{handler}");
    }
    for (runtime, handler) in [
        (Runtime::Nodejs24, "index.handler"),
        (Runtime::Nodejs24, "app"),
        (Runtime::Python314, "mail.send"),
        (Runtime::Ruby40, "app.handler"),
        (Runtime::ProvidedAl2023, "bootstrap"),
    ] {
        assert_eq!(codes(runtime, handler), ["INF4902"], "{handler}");
    }
    let with_layer = codes_of(|stack| {
        Function::builder()
            .runtime(Runtime::Nodejs24)
            .handler("index.handler")
            .code(Code::folder(&code))
            .layer("arn:aws:lambda:eu-west-1:111122223333:layer:tools:3")
            .build(stack, "Function");
    });
    assert_eq!(with_layer, [""; 0]);
    insta::assert_snapshot!(findings_of(|stack| {
        Function::builder()
            .runtime(Runtime::Python314)
            .handler("mail.send")
            .code(Code::folder(&code))
            .build(stack, "Function");
        Function::builder()
            .runtime(Runtime::Nodejs24)
            .handler("app.handler")
            .code(Code::inline(TEXT))
            .build(stack, "Inline");
    }));
}

#[cfg(unix)]
#[test]
fn rejects_executable_for_another_processor() {
    let code = folder("rejects_executable", &[("bootstrap", &program(62))]);
    let build = |stack: Stack<'_>, architecture: Architecture| {
        Function::builder()
            .runtime(Runtime::ProvidedAl2023)
            .handler("bootstrap")
            .code(Code::folder(&code))
            .architecture(architecture)
            .build(stack, "Function");
    };
    let not_executable = codes_of(|stack| build(stack, Architecture::X86_64));
    assert_eq!(not_executable, ["INF4902"]);
    make_executable(&code.join("bootstrap"));
    assert_eq!(
        codes_of(|stack| build(stack, Architecture::X86_64)),
        [""; 0]
    );
    insta::assert_snapshot!(findings_of(|stack| build(stack, Architecture::Arm64)));
}

#[test]
fn metrics_name_function_alias_and_mapping() {
    let template = Template::of_stack(|stack| {
        let function = function(stack);
        let live = Alias::builder()
            .alias_name("live")
            .version(function.current_version())
            .build(stack, "Live");
        let source = EventSourceMapping::builder()
            .function(live)
            .event_source("arn:aws:sqs:eu-west-1:111122223333:jobs")
            .build(stack, "Source");
        let alarm = |metric: infra_lib::cloudwatch::Metric, id: &str| {
            infra_lib::cloudwatch::Alarm::builder()
                .metric(metric)
                .comparison(infra_lib::cloudwatch::Comparison::GreaterThanOrEqualToThreshold)
                .threshold(1.0)
                .evaluation_periods(1)
                .treat_missing_data(infra_lib::cloudwatch::TreatMissingData::NotBreaching)
                .build(stack, id);
        };
        alarm(function.metric_errors(), "Errors");
        alarm(live.metric_duration(), "Duration");
        alarm(source.metric_dropped_event_count(), "Dropped");
        alarm(metric_claimed_account_concurrency(), "Claimed");
    });
    let alarms = [
        (
            "Errors",
            json!([{ "Name": "FunctionName", "Value": { "Ref": "Function76856677" } }]),
        ),
        (
            "Duration",
            json!([
                { "Name": "FunctionName", "Value": { "Ref": "Function76856677" } },
                { "Name": "Resource", "Value": { "Fn::Sub": "${Function76856677}:live" } },
            ]),
        ),
        (
            "DroppedEventCount",
            json!([{ "Name": "EventSourceMappingUUID" }]),
        ),
    ];
    for (name, dimensions) in alarms {
        template.has_properties(
            "AWS::CloudWatch::Alarm",
            json!({ "Namespace": "AWS/Lambda", "MetricName": name, "Dimensions": dimensions }),
        );
    }
    template.has_properties(
        "AWS::CloudWatch::Alarm",
        json!({ "MetricName": "ClaimedAccountConcurrency", "Dimensions": [] }),
    );
}
