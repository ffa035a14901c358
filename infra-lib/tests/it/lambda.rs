//! Tests of the constructs in `infra_lib::lambda`.

use std::fs;
use std::path::PathBuf;

use infra_lib::assertions::{Match, Template};
use infra_lib::cfn::sqs::CfnQueueProps;
use infra_lib::cidr;
use infra_lib::ec2::{Connectable, Port, SecurityGroup, Vpc};
use infra_lib::iam::{Principal, Role};
use infra_lib::kms::Key;
use infra_lib::lambda::{
    Alias, Architecture, Code, Cors, EventSourceMapping, EventSourceMetrics, FailureReport,
    Function, LogFormat, LogLevel, Permission, Runtime, StartingPosition, Tracing, Url, UrlAuth,
    metric_claimed_account_concurrency,
};
use infra_lib::logs::{LogGroup, RetentionDays};
use infra_lib::s3::Bucket;
use infra_lib::sns::Topic;
use infra_lib::{App, Duration, Size, Stack, StackProps, codes};
use serde_json::{Value as Json, json};

use crate::base::findings_of;

const TEXT: &str = "exports.handler = async () => 'hello';";
const FUNCTION: &str = "AWS::Lambda::Function";
const PERMISSION: &str = "AWS::Lambda::Permission";
const SOURCE: &str = "AWS::Lambda::EventSourceMapping";
const RULE: &str = "arn:aws:events:eu-west-1:111122223333:rule/nightly";

/// Begins a function with inline code.
macro_rules! inline {
    () => {
        Function::builder()
            .code(Code::inline(TEXT))
            .runtime(Runtime::Nodejs24)
            .handler("index.handler")
    };
}

fn function(stack: Stack<'_>) -> Function<'_> {
    inline!().build(stack, "Function")
}

fn role(stack: Stack<'_>) -> Role<'_> {
    Role::builder()
        .assumed_by(Principal::service("ecs-tasks.amazonaws.com"))
        .build(stack, "Role")
}

/// Writes files into a folder of the test, which is emptied first.
fn folder(name: &str, files: &[(&str, &[u8])]) -> PathBuf {
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
fn make_executable(path: &std::path::Path) {
    use std::os::unix::fs::PermissionsExt as _;
    fs::set_permissions(path, fs::Permissions::from_mode(0o755)).unwrap();
}

/// Returns the beginning of a program for a processor.
fn program(machine: u8) -> Vec<u8> {
    let mut program = b"\x7fELF\x02\x01\x01".to_vec();
    program.resize(18, 0);
    program.extend([machine, 0]);
    program
}

/// Returns the codes that synthesis reports for a stack.
fn codes_of(build: impl FnOnce(Stack<'_>)) -> Vec<String> {
    let app = App::new();
    build(Stack::new(&app, "Stack"));
    let synthesis = app.synth();
    let found = synthesis.findings().iter();
    found.map(|one| one.code.to_string()).collect()
}

fn statements(role: &Json) -> &Json {
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
        inline!()
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
fn grants_go_to_the_role() {
    let template = Template::of_stack(|stack| {
        let key = Key::builder().build(stack, "Key");
        key.grant_decrypt(&function(stack));
    });
    let role = template.only("AWS::IAM::Role");
    assert_eq!(statements(role)[1]["Action"], "kms:Decrypt");
}

#[test]
fn function_may_invoke_itself() {
    let template = Template::of_stack(|stack| {
        let function = function(stack);
        function.grant_invoke(&function);
    });
    template.has_properties(
        "AWS::IAM::RolePolicy",
        json!({ "PolicyDocument": { "Statement": [{
            "Action": "lambda:InvokeFunction",
            "Resource": [
                { "Fn::GetAtt": ["Function76856677", "Arn"] },
                { "Fn::Sub": "${Function76856677.Arn}:*" },
            ],
        }] } }),
    );
}

#[test]
fn role_receives_permission_to_invoke_in_its_policy() {
    let template = Template::of_stack(|stack| {
        function(stack).grant_invoke(&role(stack));
    });
    template.resource_count(PERMISSION, 0);
    let json = template.json()["Resources"]["Role1ABCC5F0"].clone();
    assert_eq!(statements(&json)[0]["Action"], "lambda:InvokeFunction");
}

#[test]
fn services_accounts_and_organizations_receive_permissions() {
    let template = Template::of_stack(|stack| {
        let function = function(stack);
        let rule =
            Principal::service("events.amazonaws.com").condition("ArnLike", "aws:SourceArn", RULE);
        function.grant_invoke(&rule);
        function.grant_invoke(&rule);
        function.grant_invoke(&Principal::service("s3.amazonaws.com").for_this_account());
        function.grant_invoke(&Role::from_arn(
            stack,
            "Imported",
            "arn:aws:iam::111122223333:role/reports",
        ));
        let organization =
            Principal::any().condition("StringEquals", "aws:PrincipalOrgID", "o-a1b2c3d4e5");
        function.grant_invoke(&organization);
    });
    // Granting the same permission again adds nothing.
    template.resource_count(PERMISSION, 4);
    let arn = json!({ "Fn::GetAtt": ["Function76856677", "Arn"] });
    for properties in [
        json!({ "Principal": "events.amazonaws.com", "SourceArn": RULE, "SourceAccount": Match::absent() }),
        json!({ "Principal": "s3.amazonaws.com", "SourceAccount": { "Ref": "AWS::AccountId" } }),
        json!({ "Principal": "arn:aws:iam::111122223333:role/reports" }),
        json!({ "Principal": "*", "PrincipalOrgID": "o-a1b2c3d4e5" }),
    ] {
        let mut properties = properties;
        properties["FunctionName"] = arn.clone();
        properties["Action"] = json!("lambda:InvokeFunction");
        template.has_properties(PERMISSION, properties);
    }
}

#[test]
fn second_source_of_a_service_has_a_permission_of_its_own() {
    let template = Template::of_stack(|stack| {
        let function = function(stack);
        for name in ["a", "b"] {
            let arn = format!("arn:aws:events:eu-west-1:111122223333:rule/{name}");
            let rule = Principal::service("events.amazonaws.com").condition(
                "ArnLike",
                "aws:SourceArn",
                arn,
            );
            function.grant_invoke(&rule);
        }
    });
    template.resource_count(PERMISSION, 2);
}

#[test]
fn permission_in_the_stack_of_its_source_makes_no_circle() {
    let app = App::new();
    let function = function(StackProps::new().build(&app, "Functions"));
    let stack = Stack::new(&app, "Events");
    let topic = Topic::builder().build(stack, "Topic");
    Permission::builder()
        .function(function)
        .principal("sns.amazonaws.com")
        .source_arn(topic.arn())
        .source_account("111122223333")
        .organization_id("o-a1b2c3d4e5")
        .build(stack, "Permission");
    let synthesis = app.synth();
    Template::of(&synthesis, "Events").has_properties(
        PERMISSION,
        json!({ "SourceArn": { "Ref": "TopicBFC7AF6E" }, "SourceAccount": "111122223333" }),
    );
}

#[test]
fn rejects_service_without_source_and_unsupported_condition() {
    insta::assert_snapshot!(findings_of(|stack| {
        let function = function(stack);
        function.grant_invoke(&Principal::service("s3.amazonaws.com"));
        let partner = Principal::account("111122223333").condition(
            "IpAddress",
            "aws:SourceIp",
            "203.0.113.0/24",
        );
        function.grant_invoke(&partner);
    }));
}

#[test]
fn imported_function_can_be_invoked_by_roles_of_the_app() {
    let arn = "arn:aws:lambda:eu-west-1:111122223333:function:thumbnails";
    let template = Template::of_stack(|stack| {
        let function = Function::from_arn(stack, "Existing", arn);
        assert_eq!(function.function_name().as_literal(), Some("thumbnails"));
        function.grant_invoke(&role(stack));
    });
    let role = template.only("AWS::IAM::Role");
    assert_eq!(
        statements(role)[0]["Resource"],
        json!([arn, format!("{arn}:*")])
    );
}

#[test]
fn places_function_in_private_and_isolated_subnets() {
    let template = Template::of_stack(|stack| {
        let vpc = Vpc::builder()
            .cidr(cidr!("10.0.0.0/16"))
            .build(stack, "Vpc");
        let cache = SecurityGroup::builder().vpc(vpc).build(stack, "Cache");
        let private = inline!().subnets(vpc.private()).build(stack, "Private");
        cache.allow_from_on(&private, Port::tcp(6379));
        inline!()
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
        inline!()
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
        inline!()
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
        inline!().build(stack, "Fine");
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

/// Returns the logical ID of the version of a function.
fn version_id(build: impl for<'app> FnOnce(Stack<'app>) -> Function<'app>) -> String {
    let template = Template::of_stack(|stack| {
        build(stack).current_version();
    });
    template.resources("AWS::Lambda::Version")[0].0.to_owned()
}

#[test]
fn version_changes_with_the_function_only() {
    let first = version_id(function);
    assert!(first.starts_with("FunctionCurrentVersion"), "{first}");
    // Constructs before the function, and settings that apply to all versions, change nothing.
    let other = version_id(|stack| {
        Topic::builder().build(stack, "Topic");
        inline!().reserved_concurrency(1).build(stack, "Function")
    });
    assert_eq!(first, other);
    for changed in [
        version_id(|stack| inline!().memory(Size::mib(256)).build(stack, "Function")),
        version_id(|stack| {
            let function = function(stack);
            function.current_version();
            function.add_env("LATE", "1");
            function
        }),
    ] {
        assert_ne!(first, changed);
    }
}

#[test]
fn alias_points_to_the_version() {
    let template = Template::of_stack(|stack| {
        let function = function(stack);
        let version = function.current_version();
        let live = Alias::builder()
            .alias_name("live")
            .version(version)
            .description("what users get")
            .provisioned_concurrency(2)
            .build(stack, "Live");
        Alias::builder()
            .alias_name("next")
            .version(version)
            .additional_version("7", 0.1)
            .build(stack, "Next");
        live.grant_invoke(&role(stack));
        let rule =
            Principal::service("events.amazonaws.com").condition("ArnLike", "aws:SourceArn", RULE);
        live.grant_invoke(&rule);
        version.grant_invoke(&rule);
        let url = Url::builder()
            .function(function)
            .alias(live)
            .build(stack, "Url");
        assert_eq!(url.alias().unwrap().alias_name().as_literal(), Some("live"));
    });
    template.has_properties(
        "AWS::Lambda::Alias",
        json!({
            "Name": "live",
            "FunctionName": { "Ref": "Function76856677" },
            "ProvisionedConcurrencyConfig": { "ProvisionedConcurrentExecutions": 2 },
        }),
    );
    template.has_properties(
        "AWS::Lambda::Alias",
        json!({
            "Name": "next",
            "RoutingConfig": { "AdditionalVersionWeights": [{ "FunctionVersion": "7", "FunctionWeight": 0.1 }] },
        }),
    );
    let aliases = template.resources("AWS::Lambda::Alias");
    let alias = aliases.iter().find(|(id, _)| id.starts_with("Live"));
    let alias = alias.unwrap().0.to_owned();
    template.has_properties(PERMISSION, json!({ "FunctionName": { "Ref": alias } }));
    template.resource_count(PERMISSION, 2);
    template.has_properties("AWS::Lambda::Url", json!({ "Qualifier": "live" }));
    let depends = &template.only("AWS::Lambda::Url")["DependsOn"];
    assert!(depends.to_string().contains(&alias), "{depends}");
}

#[test]
fn url_requires_iam_unless_public() {
    let private = Template::of_stack(|stack| {
        let url = Url::builder().function(function(stack)).build(stack, "Url");
        url.grant_invoke(&role(stack));
    });
    private.has_properties("AWS::Lambda::Url", json!({ "AuthType": "AWS_IAM" }));
    private.resource_count(PERMISSION, 0);
    let role = private.json()["Resources"]["Role1ABCC5F0"].clone();
    assert_eq!(
        *statements(&role),
        json!([
            {
                "Effect": "Allow",
                "Action": "lambda:InvokeFunctionUrl",
                "Resource": { "Fn::GetAtt": ["Function76856677", "Arn"] },
                "Condition": { "StringEquals": { "lambda:FunctionUrlAuthType": "AWS_IAM" } },
            },
            {
                "Effect": "Allow",
                "Action": "lambda:InvokeFunction",
                "Resource": { "Fn::GetAtt": ["Function76856677", "Arn"] },
                "Condition": { "Bool": { "lambda:InvokedViaFunctionUrl": "true" } },
            },
        ])
    );
    let public = Template::of_stack(|stack| {
        let cors = Cors::new()
            .allow_origin("https://www.example.com")
            .allow_method("GET")
            .allow_header("content-type")
            .expose_header("etag")
            .allow_credentials()
            .max_age(Duration::hours(1));
        Url::builder()
            .function(function(stack))
            .auth(UrlAuth::Public)
            .cors(cors)
            .build(stack, "Url");
    });
    public.has_properties(
        "AWS::Lambda::Url",
        json!({ "AuthType": "NONE", "Cors": {
            "AllowOrigins": ["https://www.example.com"],
            "AllowMethods": ["GET"],
            "AllowHeaders": ["content-type"],
            "ExposeHeaders": ["etag"],
            "AllowCredentials": true,
            "MaxAge": 3600,
        } }),
    );
    public.has_properties(
        PERMISSION,
        json!({ "Action": "lambda:InvokeFunctionUrl", "Principal": "*", "FunctionUrlAuthType": "NONE" }),
    );
    public.has_properties(
        PERMISSION,
        json!({ "Action": "lambda:InvokeFunction", "Principal": "*", "InvokedViaFunctionUrl": true }),
    );
}

#[test]
fn rejects_url_for_imported_role_once() {
    let codes = codes_of(|stack| {
        let url = Url::builder().function(function(stack)).build(stack, "Url");
        url.grant_invoke(&Role::from_arn(
            stack,
            "Imported",
            "arn:aws:iam::111122223333:role/reports",
        ));
    });
    assert_eq!(codes, [codes::GRANT_WITHOUT_POLICY.to_string()]);
}

#[test]
fn polls_queue_and_stream() {
    let template = Template::of_stack(|stack| {
        let function = function(stack);
        let queue = CfnQueueProps::new().build(stack, "Queue");
        EventSourceMapping::builder()
            .function(function)
            .event_source(queue.attr_arn())
            .batch_size(100)
            .batching_window(Duration::seconds(5))
            .max_concurrency(2)
            .failure_report(FailureReport::EachItem)
            .metrics(EventSourceMetrics::EventCount)
            .filter(r#"{"body":{"kind":["order"]}}"#)
            .build(stack, "Jobs");
        EventSourceMapping::builder()
            .function(function.current_version())
            .event_source("arn:aws:kinesis:eu-west-1:111122223333:stream/clicks")
            .starting_position(StartingPosition::AtTimestamp(1_700_000_000.0))
            .bisect_batch_on_error(true)
            .retry_attempts(3)
            .max_record_age(Duration::hours(1))
            .parallelization_factor(4)
            .tumbling_window(Duration::seconds(30))
            .on_failure("arn:aws:sqs:eu-west-1:111122223333:failed")
            .enabled(false)
            .build(stack, "Clicks");
    });
    template.has_properties(
        SOURCE,
        json!({
            "BatchSize": 100,
            "MaximumBatchingWindowInSeconds": 5,
            "ScalingConfig": { "MaximumConcurrency": 2 },
            "FunctionResponseTypes": ["ReportBatchItemFailures"],
            "MetricsConfig": { "Metrics": ["EventCount"] },
            "FilterCriteria": { "Filters": [{ "Pattern": r#"{"body":{"kind":["order"]}}"# }] },
        }),
    );
    template.has_properties(
        SOURCE,
        json!({
            "StartingPosition": "AT_TIMESTAMP",
            "BisectBatchOnFunctionError": true,
            "MaximumRetryAttempts": 3,
            "MaximumRecordAgeInSeconds": 3600,
            "ParallelizationFactor": 4,
            "TumblingWindowInSeconds": 30,
            "DestinationConfig": { "OnFailure": { "Destination": "arn:aws:sqs:eu-west-1:111122223333:failed" } },
            "Enabled": false,
        }),
    );
}

#[test]
fn rejects_settings_of_other_sources() {
    insta::assert_snapshot!(findings_of(|stack| {
        let function = function(stack);
        let mapping = |arn: &str| {
            EventSourceMapping::builder()
                .function(function)
                .event_source(arn)
        };
        mapping("arn:aws:sqs:eu-west-1:111122223333:jobs")
            .starting_position(StartingPosition::Latest)
            .retry_attempts(2)
            .bisect_batch_on_error(true)
            .batch_size(50)
            .build(stack, "Queue");
        mapping("arn:aws:sqs:eu-west-1:111122223333:jobs.fifo")
            .batch_size(50)
            .batching_window(Duration::seconds(1))
            .build(stack, "Fifo");
        mapping("arn:aws:dynamodb:eu-west-1:111122223333:table/a/stream/b")
            .max_concurrency(3)
            .build(stack, "Stream");
    }));
}

#[test]
fn rejects_queue_with_short_visibility_timeout() {
    let build = |stack: Stack<'_>, visible: i64| {
        let queue = CfnQueueProps::new()
            .visibility_timeout(visible)
            .build(stack, "Queue");
        let function = inline!()
            .timeout(Duration::minutes(1))
            .build(stack, "Function");
        EventSourceMapping::builder()
            .function(function)
            .event_source(queue.attr_arn())
            .build(stack, "Source");
    };
    assert_eq!(codes_of(|stack| build(stack, 60)), [""; 0]);
    insta::assert_snapshot!(findings_of(|stack| build(stack, 59)));
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
