//! Creates functions that services invoke, with authorizers, triggers and rotation, as the peer with aws-cdk-lib does: `functions OUT`.

use std::path::Path;
use std::process::ExitCode;

use infra_lib::apigateway::{
    OpenApi, RequestAuthorizer, RestApi, RestIntegration, SpecRestApi, TokenAuthorizer,
};
use infra_lib::apigatewayv2::{
    AccessLogs, AuthorizerResponse, DomainName, HttpApi, HttpIntegration, HttpMethod,
    LambdaAuthorizer, WebSocketApi, WebSocketAuthorizer, WebSocketIntegration,
};
use infra_lib::certificatemanager::Certificate;
use infra_lib::cognito::{CustomSender, Mfa, Trigger, UserPool};
use infra_lib::core::assembly;
use infra_lib::dynamodb::{Attribute, StreamView, Table};
use infra_lib::iam::{ManagedPolicy, Statement};
use infra_lib::kinesisfirehose::DeliveryStream;
use infra_lib::kms::Key;
use infra_lib::lambda::{
    Code, CodeSigningConfig, EventSource, Function, Permission, Runtime, StartingPosition,
};
use infra_lib::logs::{
    FilterPattern, LogDestination, LogGroup, LogStream, RetentionDays, SubscriptionFilter,
};
use infra_lib::s3::{Bucket, ObjectLock};
use infra_lib::secretsmanager::Secret;
use infra_lib::sns::{FifoTopic, Topic};
use infra_lib::sqs::FifoQueue;
use infra_lib::stepfunctions::Activity;
use infra_lib::{App, Duration, Stack};
use serde_json::json;

const PROFILE: &str = "arn:aws:signer:eu-west-1:111122223333:/signing-profiles/releases/a1b2c3d4e5";
const CERTIFICATE: &str =
    "arn:aws:acm:eu-west-1:111122223333:certificate/0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0";

fn main() -> ExitCode {
    let Some(out) = std::env::args().nth(1) else {
        return ExitCode::from(2);
    };
    let app = App::new();
    let stack = Stack::new(&app, "Functions");
    let log = LogGroup::builder()
        .retention(RetentionDays::ONE_MONTH)
        .build(stack, "Log");
    let check = function(stack, log, "Check");
    http_api(stack, check);
    rest_api(stack, check);
    users(stack, function(stack, log, "Users"));
    operations(stack, log);
    messages(stack);
    deliveries(stack, log);
    let synthesis = app.synth();
    if synthesis.has_errors() || assembly::write_assembly(&synthesis, Path::new(&out)).is_err() {
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}

fn function<'app>(stack: Stack<'app>, log: LogGroup<'app>, name: &str) -> Function<'app> {
    Function::builder()
        .runtime(Runtime::Nodejs24)
        .handler("index.handler")
        .code(Code::inline("exports.handler = async () => ({});"))
        .log_group(log)
        .build(stack, &format!("{name}Function"))
}

fn http_api<'app>(stack: Stack<'app>, check: Function<'app>) {
    let certificate = Certificate::from_arn(stack, "Certificate", CERTIFICATE);
    let domain = DomainName::builder()
        .domain_name("api.example.com")
        .certificate(certificate)
        .build(stack, "Domain");
    let api = HttpApi::builder()
        .api_name("Api")
        .access_logs(AccessLogs::Off)
        .domain(domain)
        .build(stack, "Api");
    let keys = LambdaAuthorizer::builder()
        .api(api)
        .function(check)
        .response(AuthorizerResponse::Simple)
        .identity_source("$request.header.X-Api-Key")
        .cache(Duration::minutes(5))
        .build(api, "Keys");
    let status = HttpIntegration::url("Status", "https://status.example.com");
    api.add_route(HttpMethod::Get, "/status", &status)
        .require(keys);
    let chat = WebSocketApi::builder()
        .api_name("Chat")
        .build(stack, "Chat");
    let tokens = WebSocketAuthorizer::builder()
        .api(chat)
        .function(check)
        .identity_source("route.request.querystring.token")
        .build(chat, "Tokens");
    chat.on_connect(&WebSocketIntegration::lambda("Connect", check))
        .require(&tokens);
}

fn rest_api<'app>(stack: Stack<'app>, check: Function<'app>) {
    let rest = RestApi::builder()
        .access_logs(AccessLogs::Off)
        .api_name("Rest")
        .build(stack, "Rest");
    let tokens = TokenAuthorizer::builder()
        .api(rest)
        .function(check)
        .build(stack, "RestTokens");
    let clients = RequestAuthorizer::builder()
        .api(rest)
        .function(check)
        .identity_source("method.request.header.X-Client")
        .cache(Duration::minutes(5))
        .build(stack, "Clients");
    let backend = RestIntegration::url_with_method("https://status.example.com", HttpMethod::Get);
    rest.root()
        .add_resource("tokens")
        .add_method(HttpMethod::Get, &backend)
        .require(tokens);
    rest.root()
        .add_resource("clients")
        .add_method(HttpMethod::Get, &backend)
        .require(clients);
    let document = json!({
        "openapi": "3.0.3",
        "info": { "title": "Notes", "version": "1" },
        "paths": { "/status": { "get": {
            "responses": { "200": { "description": "up" } },
            "x-amazon-apigateway-integration": {
                "type": "http_proxy", "httpMethod": "GET", "uri": "https://status.example.com",
            },
        } } },
    });
    SpecRestApi::builder()
        .document(OpenApi::json(document))
        .access_logs(AccessLogs::Off)
        .api_name("Notes")
        .build(stack, "Notes");
}

fn users<'app>(stack: Stack<'app>, function: Function<'app>) {
    let key = Key::builder().build(stack, "Codes");
    key.grant_decrypt(&function);
    let users = UserPool::builder()
        .user_pool_name("shop")
        .mfa(Mfa::Off)
        .build(stack, "Users");
    users.add_trigger(Trigger::PreSignUp, function);
    users.set_custom_sender(CustomSender::Email, key.arn(), function);
}

fn operations<'app>(stack: Stack<'app>, log: LogGroup<'app>) {
    let signed = CodeSigningConfig::builder()
        .signing_profile(PROFILE)
        .build(stack, "Signed");
    let rotate = Function::builder()
        .runtime(Runtime::Nodejs24)
        .handler("index.handler")
        .code(Code::bucket("releases", "signed/rotate.zip"))
        .code_signing(signed)
        .log_group(log)
        .build(stack, "Rotate");
    Secret::builder()
        .build(stack, "Token")
        .rotate_with(&rotate, Duration::days(30));
    ManagedPolicy::builder()
        .path("/shops/")
        .description("limits of shops")
        .statement(Statement::allow().action("s3:GetObject").resource("*"))
        .build(stack, "Boundary");
    Permission::builder()
        .function(rotate)
        .principal("sns.amazonaws.com")
        .source_arn("arn:aws:sns:eu-west-1:111122223333:rotations")
        .build(rotate, "Rotations");
    let events = LogGroup::builder()
        .retention(RetentionDays::ONE_MONTH)
        .build(stack, "Events");
    LogStream::builder()
        .log_group(events)
        .log_stream_name("deliveries")
        .build(stack, "Deliveries");
    let receive = function(stack, log, "Receive");
    SubscriptionFilter::builder()
        .log_group(events)
        .pattern(FilterPattern::any_term(["ERROR", "WARN"]))
        .destination(LogDestination::of(&receive))
        .build(stack, "Failures");
}

fn messages(stack: Stack<'_>) {
    Bucket::builder()
        .object_lock(ObjectLock::Governance(Duration::days(30)))
        .build(stack, "Ledger");
    let orders = FifoTopic::builder()
        .content_based_deduplication(true)
        .build(stack, "Orders");
    let billing = FifoQueue::builder().build(stack, "Billing");
    orders.subscribe_queue(&billing).raw_delivery();
    Activity::builder()
        .activity_name("packing")
        .build(stack, "Packing");
}

/// Delivers the messages of a topic and the changes of a table.
fn deliveries<'app>(stack: Stack<'app>, log: LogGroup<'app>) {
    let notices = Topic::builder().build(stack, "Notices");
    let notify = function(stack, log, "Notify");
    notices.subscribe(&notify);
    let archive = Bucket::from_bucket_name(stack, "Archive", "notices", None);
    let stream = DeliveryStream::builder()
        .bucket(archive)
        .log_group(log)
        .build(stack, "NoticeStream");
    notices.subscribe(&stream).raw_delivery();
    let table = Table::builder()
        .partition_key(Attribute::string("id"))
        .stream(StreamView::NewAndOldImages)
        .build(stack, "Entries");
    table
        .connect(&notify)
        .starting_position(StartingPosition::Latest)
        .batch_size(100)
        .build(notify, "DynamoDBEventSource:FunctionsEntries4CF1AE4B");
}
