//! Creates constructs of the other serverless families, as the peer with aws-cdk-lib does: `families OUT`.

use std::path::Path;
use std::process::ExitCode;

use infra_lib::apigateway::{
    AccessLogs, ApiKey, CognitoAuthorizer, GatewayResponse, GatewayResponseType, HttpMethod, Model,
    RequestValidator, RestApi, RestIntegration, UsagePlan, VpcLink,
};
use infra_lib::apigatewayv2::{HttpApi, HttpIntegration, JwtAuthorizer, WebSocketApi};
use infra_lib::applicationautoscaling::Schedule;
use infra_lib::codedeploy::{LambdaDeploymentGroup, Traffic};
use infra_lib::cognito::{
    Federation, IdentityPool, ManagedLoginBranding, Mfa, UserPool, UserPoolClient, UserPoolDomain,
    UserPoolDomainName, UserPoolGroup, UserPoolIdentityProvider, UserPoolResourceServer,
};
use infra_lib::core::assembly;
use infra_lib::dynamodb::{
    Attribute, Billing, Capacity, GlobalBilling, GlobalIndex, GlobalTable, Replica, ScaledCapacity,
    Table, TableImport,
};
use infra_lib::events::{
    ApiDestination, Connection, ConnectionAuthorization, DestinationMethod, EventPattern, Rule,
};
use infra_lib::iam::{OidcProvider, Principal, SamlProvider, Statement};
use infra_lib::kinesisfirehose::{DeliveryStream, LambdaProcessor};
use infra_lib::kms;
use infra_lib::lambda::{
    Alias, AsyncInvoke, Code, EventSourceMapping, Function, LayerVersion, Runtime, SourceAccess,
    StartingPosition, Url,
};
use infra_lib::logs::{
    DataIdentifier, DataProtection, FilterMetric, FilterPattern, LogGroup, LogResourcePolicy,
    MetricFilter, QueryDefinition, RetentionDays,
};
use infra_lib::pipes::{Pipe, PipeSource, PipeTarget};
use infra_lib::s3::{Bucket, CorsMethod, CorsRule, LifecycleRule, Replication};
use infra_lib::secretsmanager::Secret;
use infra_lib::sns::Topic;
use infra_lib::sqs::Queue;
use infra_lib::ssm::{StringListParameter, StringParameter};
use infra_lib::stepfunctions::{
    Definition, Integration, LogLevel, StateMachine, StateMachineAlias, StateMachineVersion, Task,
};
use infra_lib::{App, Duration, Environment, RemovalPolicy, Stack, StackProps};
use serde_json::json;

const FUNCTION: &str = "arn:aws:lambda:eu-west-1:111122223333:function:clean";
const BALANCER: &str =
    "arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/net/orders/50dc6c495c0c9188";
const SECRET: &str = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:partner-AbCdEf";
const KEY: &str = "arn:aws:kms:eu-west-1:111122223333:key/0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0";

fn main() -> ExitCode {
    let Some(out) = std::env::args().nth(1) else {
        return ExitCode::from(2);
    };
    let app = App::new();
    let stack = Stack::new(&app, "Families");
    let users = users(stack);
    rest_api(stack, &users);
    http_api(stack, &users);
    events(stack);
    data(stack);
    settings(stack);
    regions(&app);
    let synthesis = app.synth();
    if synthesis.has_errors() || assembly::write_assembly(&synthesis, Path::new(&out)).is_err() {
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}

fn users(stack: Stack<'_>) -> UserPool<'_> {
    let users = UserPool::builder()
        .user_pool_name("shop")
        .mfa(Mfa::Off)
        .build(stack, "Users");
    UserPoolResourceServer::builder()
        .user_pool(users)
        .identifier("orders")
        .define_scope("read", "Read orders")
        .build(users, "Orders");
    let web = UserPoolClient::builder()
        .user_pool(users)
        .client_name("web")
        .build(users, "Web");
    UserPoolDomain::builder()
        .user_pool(users)
        .domain_name(UserPoolDomainName::Prefix("shop-accounts"))
        .build(users, "Domain");
    UserPoolGroup::builder()
        .user_pool(users)
        .group_name("staff")
        .precedence(1)
        .build(stack, "Staff");
    ManagedLoginBranding::builder()
        .user_pool(users)
        .client(web.client_id())
        .build(stack, "Style");
    UserPoolIdentityProvider::builder()
        .user_pool(users)
        .provider(Federation::google("shop", Secret::from_arn(SECRET).text()))
        .build(stack, "Google");
    IdentityPool::builder()
        .user_pool(users.provider_name(), web.client_id())
        .build(stack, "Identities");
    users
}

fn rest_api<'app>(stack: Stack<'app>, users: &UserPool<'app>) {
    let rest = RestApi::builder()
        .access_logs(AccessLogs::Off)
        .api_name("Rest")
        .build(stack, "Rest");
    let signed_in = CognitoAuthorizer::builder()
        .api(rest)
        .user_pool_arn(users.arn())
        .build(stack, "SignedIn");
    let link = VpcLink::builder()
        .load_balancer(BALANCER)
        .vpc_link_name("orders")
        .build(stack, "Link");
    let validator = RequestValidator::builder()
        .api(rest)
        .parameters(true)
        .build(rest, "Validator");
    Model::builder()
        .api(rest)
        .model_name("Order")
        .schema(json!({ "type": "object" }))
        .build(rest, "Order");
    let orders =
        RestIntegration::private_with_method("http://orders.example.com", HttpMethod::Get, link);
    rest.root()
        .add_resource("orders")
        .add_method(HttpMethod::Get, &orders)
        .require(signed_in)
        .validate(&validator)
        .require_api_key();
    GatewayResponse::builder()
        .api(rest)
        .response_type(GatewayResponseType::Default4xx)
        .header("Access-Control-Allow-Origin", "*")
        .build(rest, "Errors");
    let plan = UsagePlan::builder()
        .plan_name("partners")
        .build(rest, "Plan");
    plan.add_stage(&rest.stage());
    plan.add_key(ApiKey::builder().build(rest, "Partner"));
}

fn http_api<'app>(stack: Stack<'app>, users: &UserPool<'app>) {
    let api = HttpApi::builder()
        .api_name("Api")
        .access_logs(AccessLogs::Off)
        .build(stack, "Api");
    let tokens = JwtAuthorizer::builder()
        .api(api)
        .issuer(users.issuer_url())
        .audience("web")
        .build(api, "Tokens");
    let status = HttpIntegration::url("Status", "https://status.example.com");
    api.add_route(HttpMethod::Get, "/status", &status)
        .require(tokens);
    WebSocketApi::builder()
        .api_name("Chat")
        .build(stack, "Chat");
}

fn events(stack: Stack<'_>) {
    let secret = Secret::from_arn(SECRET);
    let partner = Connection::builder()
        .authorization(ConnectionAuthorization::api_key("X-Api-Key", secret.text()))
        .build(stack, "Partner");
    let destination = ApiDestination::of(&partner)
        .endpoint("https://api.example.com/orders")
        .build(stack, "Destination");
    Rule::on_event(EventPattern::new().source("shop.orders"))
        .target(destination)
        .build(stack, "Forward");
    let order = Integration::http(
        &partner,
        DestinationMethod::Post,
        "https://api.example.com/orders",
    )
    .argument("RequestBody", "{% $states.input %}");
    let machine = StateMachine::builder()
        .definition(Definition::new(Task::new("Order", order)))
        .log_level(LogLevel::Off)
        .build(stack, "Machine");
    let version = StateMachineVersion::builder()
        .state_machine(machine)
        .build(stack, "Version");
    StateMachineAlias::builder()
        .alias_name("live")
        .version(version)
        .build(stack, "LiveMachine");
    let source = Queue::builder().build(stack, "Source");
    let copies = Queue::builder().build(stack, "Copies");
    Pipe::builder()
        .source(PipeSource::from_queue(&source))
        .target(PipeTarget::to_queue(&copies))
        .build(stack, "Pipe");
    let topic = Topic::builder().build(stack, "Topic");
    topic.subscribe_https("https://hooks.example.com/orders");
}

fn data(stack: Stack<'_>) {
    let copies = Bucket::builder().build(stack, "Replicas");
    let lake = Bucket::builder()
        .cors_rule(CorsRule::new(CorsMethod::Get, "https://shop.example.com"))
        .lifecycle_rule(
            LifecycleRule::new("logs")
                .prefix("logs/")
                .expire_after(Duration::days(30)),
        )
        .build(stack, "Lake");
    lake.replicate(Replication::to(copies));
    lake.send_events_to_event_bridge();
    Table::builder()
        .partition_key(Attribute::string("id"))
        .import(TableImport::csv("seed", ','))
        .build(stack, "Notes");
    let shelves = Table::builder()
        .partition_key(Attribute::string("article"))
        .global_index(GlobalIndex::new("byShelf", Attribute::string("shelf")))
        .billing(Billing::Provisioned(Capacity::new(5, 5)))
        .build(stack, "Stock");
    shelves.scale_read(ScaledCapacity::new(5, 100)).on_schedule(
        "Morning",
        &Schedule::cron("0 7 ? * MON-FRI *"),
        50,
        100,
    );
    shelves.scale_write(ScaledCapacity::new(5, 50).utilization(60));
    shelves.scale_index_read("byShelf", ScaledCapacity::new(5, 100));
    shelves.scale_index_write("byShelf", ScaledCapacity::new(5, 50));
    let log = LogGroup::builder()
        .retention(RetentionDays::ONE_MONTH)
        .build(stack, "Log");
    DeliveryStream::builder()
        .bucket(lake)
        .log_group(log)
        .processor(LambdaProcessor::new(FUNCTION))
        .build(stack, "Clicks");
    MetricFilter::builder()
        .log_group(log)
        .pattern(FilterPattern::all_terms(["ERROR"]))
        .metric(FilterMetric::new("Shop", "Errors"))
        .build(stack, "Errors");
    QueryDefinition::builder()
        .query_name("slow")
        .query("fields @timestamp\n| sort @timestamp desc")
        .log_group(&log)
        .build(stack, "Slow");
}

fn regions(app: &App) {
    let stack = StackProps::new()
        .environment(Environment::new("111122223333", "eu-west-1"))
        .build(app, "Regions");
    GlobalTable::builder()
        .partition_key(Attribute::string("account"))
        .sort_key(Attribute::number("number"))
        .global_index(GlobalIndex::new("byDay", Attribute::string("day")))
        .billing(GlobalBilling::Provisioned {
            read: ScaledCapacity::new(1, 10),
            write: ScaledCapacity::new(2, 20).utilization(60),
        })
        .time_to_live("expires")
        .replica(Replica::new("eu-central-1").deletion_protection(false))
        .build(stack, "Ledger");
}

fn settings(stack: Stack<'_>) {
    StringParameter::builder()
        .name("/shop/region")
        .value("eu")
        .build(stack, "Region");
    StringListParameter::builder()
        .item("a")
        .item("b")
        .build(stack, "Zones");
    Secret::builder()
        .replica("eu-central-1")
        .build(stack, "Token");
    LogResourcePolicy::builder()
        .policy_name("queries")
        .statement(
            Statement::allow()
                .principal(Principal::service("route53.amazonaws.com"))
                .action("logs:PutLogEvents")
                .resource("*"),
        )
        .build(stack, "Queries");
    kms::Alias::builder()
        .alias_name("alias/shop")
        .key_arn(KEY)
        .build(stack, "Alias");
    OidcProvider::builder()
        .url("https://login.example.com")
        .build(stack, "Oidc");
    SamlProvider::builder()
        .metadata("<md:EntityDescriptor/>".repeat(60))
        .saml_provider_name("company")
        .build(stack, "Saml");
    let layer = LayerVersion::builder()
        .code(Code::bucket("releases", "shared.zip"))
        .compatible_runtime(Runtime::Nodejs24)
        .removal_policy(RemovalPolicy::Destroy)
        .build(stack, "Layer");
    let log = LogGroup::builder()
        .retention(RetentionDays::ONE_MONTH)
        .data_protection(DataProtection::mask(DataIdentifier::EMAIL_ADDRESS))
        .build(stack, "FunctionLog");
    let function = Function::builder()
        .runtime(Runtime::Nodejs24)
        .handler("index.handler")
        .code(Code::inline("exports.handler = async () => 'hello';"))
        .layer(layer)
        .log_group(log)
        .build(stack, "Function");
    let version = function.current_version();
    let live = Alias::builder()
        .alias_name("live")
        .version(version)
        .build(stack, "Live");
    LambdaDeploymentGroup::builder()
        .alias(live)
        .traffic(Traffic::canary(10, Duration::minutes(5)))
        .build(stack, "Rollout");
    function.configure_async_invoke(AsyncInvoke::new().retry_attempts(1));
    EventSourceMapping::self_managed_kafka(["kafka.example.com:9092"])
        .function(function)
        .topic("orders")
        .starting_position(StartingPosition::TrimHorizon)
        .consumer_group("shop")
        .access(SourceAccess::scram_sha_512(SECRET))
        .build(stack, "Kafka");
    Url::builder()
        .function(function)
        .build(function, "FunctionUrl");
}
