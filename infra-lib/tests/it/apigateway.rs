//! Tests of the constructs in `infra_lib::apigateway`.

use std::path::{Path, PathBuf};

use infra_lib::apigateway::{
    AccessLogs, ApiKey, Canary, CognitoAuthorizer, Cors, Endpoint, GatewayResponse,
    GatewayResponseType, HttpMethod, Model, OpenApi, Quota, RequestAuthorizer, RequestValidator,
    RestApi, RestAuthorization, RestIntegration, RestStage, SpecRestApi, Throttling,
    TokenAuthorizer, UsagePlan, VpcLink,
};
use infra_lib::apigatewayv2::DomainName;
use infra_lib::assertions::{Match, Template};
use infra_lib::certificatemanager::Certificate;
use infra_lib::cloudwatch::{Alarm, Comparison, TreatMissingData};
use infra_lib::iam::{Principal, Role};
use infra_lib::lambda::{Code, Function, Runtime};
use infra_lib::{Duration, Output, Stack};
use serde_json::{Value as JsonValue, json};

use crate::base::findings_of;

const CHECK: &str = "arn:aws:lambda:eu-west-1:111122223333:function:check";

fn function(stack: Stack<'_>) -> Function<'_> {
    Function::builder()
        .runtime(Runtime::Nodejs24)
        .handler("index.handler")
        .code(Code::inline("exports.handler = async () => 'hello';"))
        .build(stack, "Function")
}

fn role(stack: Stack<'_>) -> Role<'_> {
    Role::builder()
        .assumed_by(Principal::service("ecs-tasks.amazonaws.com"))
        .build(stack, "Role")
}

fn answer() -> RestIntegration {
    RestIntegration::mock(200)
}

/// Builds an API with one method.
fn api(stack: Stack<'_>) -> RestApi<'_> {
    let api = RestApi::builder().build(stack, "Api");
    api.root().add_method(HttpMethod::Get, &answer());
    api
}

fn only_id(template: &Template, type_name: &str) -> String {
    let found = template.resources(type_name);
    assert_eq!(found.len(), 1, "{type_name}");
    found[0].0.to_owned()
}

/// Returns the logical ID of the deployment of the API in a stack.
fn deployment_id(build: impl for<'app> FnOnce(Stack<'app>, RestApi<'app>)) -> String {
    let template = Template::of_stack(|stack| {
        let api = api(stack);
        build(stack, api);
    });
    only_id(&template, "AWS::ApiGateway::Deployment")
}

fn document(status: &str) -> JsonValue {
    json!({
        "openapi": "3.0.3",
        "info": { "title": "Notes", "version": "1" },
        "paths": { "/status": { "get": {
            "responses": { status: { "description": "up" } },
            "x-amazon-apigateway-integration": { "type": "mock" },
        } } },
    })
}

/// Writes a document to a file of this test process.
fn write_document(name: &str, text: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(std::process::id().to_string());
    std::fs::create_dir_all(&folder).unwrap();
    let path = folder.join(name);
    std::fs::write(&path, text).unwrap();
    path
}

#[test]
fn creates_regional_api_with_deployment_and_stage_that_logs_access() {
    let template = Template::of_stack(|stack| {
        api(stack);
    });
    template.has_properties(
        "AWS::ApiGateway::RestApi",
        json!({
            "Name": Match::any(),
            "EndpointConfiguration": { "Types": ["REGIONAL"] },
            "Policy": Match::absent(),
            "DisableExecuteApiEndpoint": Match::absent(),
        }),
    );
    let deployment = only_id(&template, "AWS::ApiGateway::Deployment");
    assert!(deployment.starts_with("ApiDeployment"), "{deployment}");
    template.has_properties(
        "AWS::ApiGateway::Stage",
        json!({
            "StageName": "prod",
            "DeploymentId": { "Ref": deployment },
            "AccessLogSetting": { "DestinationArn": { "Fn::GetAtt": Match::any() } },
            "TracingEnabled": Match::absent(),
            "MethodSettings": Match::absent(),
        }),
    );
    let stage = template.only("AWS::ApiGateway::Stage");
    let format = stage.pointer("/Properties/AccessLogSetting/Format");
    let line: JsonValue = serde_json::from_str(format.unwrap().as_str().unwrap()).unwrap();
    assert_eq!(line["resourcePath"], "$context.resourcePath");
    template.has_properties("AWS::Logs::LogGroup", json!({ "RetentionInDays": 30 }));
    template.has_resource(
        "AWS::ApiGateway::Account",
        json!({ "DeletionPolicy": "Retain", "Properties": { "CloudWatchRoleArn": Match::any() } }),
    );
    assert_eq!(
        only_id(&template, "AWS::ApiGateway::RestApi"),
        "ApiF70053CD"
    );
    assert_eq!(
        only_id(&template, "AWS::ApiGateway::Account"),
        "ApiAccountA18C9B29"
    );
    assert_eq!(
        only_id(&template, "AWS::ApiGateway::Stage"),
        "ApiDeploymentStageprod3EB9684E"
    );
    assert_eq!(
        only_id(&template, "AWS::ApiGateway::Method"),
        "ApiGET9257B917"
    );
}

#[test]
fn writes_options_of_api_and_stage() {
    let template = Template::of_stack(|stack| {
        let api = RestApi::builder()
            .api_name("notes")
            .description("Notes of users")
            .endpoint(Endpoint::EdgeOptimized)
            .default_endpoint(false)
            .stage_name("live")
            .variable("table", "notes")
            .access_logs(AccessLogs::Off)
            .tracing(true)
            .throttling(Throttling::new(100.0, 50))
            .detailed_metrics(true)
            .build(stack, "Api");
        api.root().add_method(
            HttpMethod::Any,
            &RestIntegration::url_with_method("https://notes.example.com", HttpMethod::Get)
                .timeout(Duration::seconds(5)),
        );
        Output::new(stack, "Url", api.url());
    });
    template.has_properties(
        "AWS::ApiGateway::RestApi",
        json!({
            "Name": "notes",
            "Description": "Notes of users",
            "EndpointConfiguration": { "Types": ["EDGE"] },
            "DisableExecuteApiEndpoint": true,
        }),
    );
    template.has_properties(
        "AWS::ApiGateway::Stage",
        json!({
            "StageName": "live",
            "Variables": { "table": "notes" },
            "TracingEnabled": true,
            "AccessLogSetting": Match::absent(),
            "MethodSettings": [{
                "HttpMethod": "*", "ResourcePath": "/*", "MetricsEnabled": true,
                "ThrottlingRateLimit": 100, "ThrottlingBurstLimit": 50,
            }],
        }),
    );
    template.has_properties(
        "AWS::ApiGateway::Method",
        json!({
            "HttpMethod": "ANY",
            "AuthorizationType": "NONE",
            "Integration": {
                "Type": "HTTP_PROXY", "IntegrationHttpMethod": "GET", "TimeoutInMillis": 5000,
                "Uri": "https://notes.example.com",
            },
        }),
    );
    template.resource_count("AWS::ApiGateway::Account", 0);
    template.resource_count("AWS::Logs::LogGroup", 0);
}

#[test]
fn makes_deployment_again_for_each_change_of_definition() {
    let first = deployment_id(|_, _| {});
    let changes = [
        deployment_id(|_, api| {
            api.root().add_method(HttpMethod::Post, &answer());
        }),
        deployment_id(|_, api| {
            api.root().add_resource("notes");
        }),
        deployment_id(|_, api| {
            Model::builder()
                .api(api)
                .schema(json!({ "type": "object" }))
                .build(api, "Note");
        }),
        deployment_id(|stack, api| {
            // A construct outside of the API's scope belongs to its definition as well.
            RequestValidator::builder()
                .api(api)
                .body(true)
                .build(stack, "Bodies");
        }),
        deployment_id(|_, api| api.set_default_authorization(RestAuthorization::iam())),
    ];
    let mut all: Vec<&String> = changes.iter().chain([&first]).collect();
    all.sort();
    all.dedup();
    assert_eq!(all.len(), changes.len() + 1, "{all:?}");
}

#[test]
fn keeps_deployment_without_change_of_definition() {
    let first = deployment_id(|_, _| {});
    assert_eq!(first, deployment_id(|_, _| {}));
    let other_resources = deployment_id(|stack, api| {
        role(stack);
        RestStage::builder()
            .api(api)
            .stage_name("beta")
            .build(stack, "Beta");
        let plan = UsagePlan::builder().build(stack, "Plan");
        plan.add_stage(&api.stage());
    });
    assert_eq!(first, other_resources);
    let orders = [["a", "b"], ["b", "a"]].map(|names| {
        deployment_id(|_, api| {
            for name in names {
                let resource = api.root().add_resource(name);
                resource.add_method(HttpMethod::Get, &answer());
            }
        })
    });
    assert_eq!(orders[0], orders[1]);
}

#[test]
fn deploys_after_every_method() {
    let template = Template::of_stack(|stack| {
        let api = RestApi::builder()
            .cors(Cors::new().allow_origin("https://www.example.com"))
            .build(stack, "Api");
        let notes = api.root().add_path("/notes/{id}");
        notes.add_method(HttpMethod::Get, &answer());
    });
    let mut methods: Vec<&str> = template
        .resources("AWS::ApiGateway::Method")
        .into_iter()
        .map(|(id, _)| id)
        .collect();
    methods.sort_unstable();
    let deployment = template.only("AWS::ApiGateway::Deployment");
    assert_eq!(methods.len(), 4, "{methods:?}");
    assert_eq!(deployment["DependsOn"], json!(methods));
}

#[test]
fn permits_function_for_method_and_path() {
    let template = Template::of_stack(|stack| {
        let api = RestApi::builder().build(stack, "Api");
        let notes = RestIntegration::lambda(function(stack));
        let note = api.root().add_resource("notes").add_resource("{id}");
        note.add_method(HttpMethod::Get, &notes);
        note.add_method(HttpMethod::Any, &notes);
    });
    template.has_properties(
        "AWS::ApiGateway::Method",
        json!({
            "HttpMethod": "GET",
            "Integration": { "Type": "AWS_PROXY", "IntegrationHttpMethod": "POST", "Uri": Match::any() },
        }),
    );
    let permissions = template.resources("AWS::Lambda::Permission");
    let sources: Vec<String> = permissions
        .iter()
        .map(|(_, one)| one["Properties"]["SourceArn"].to_string())
        .collect();
    assert_eq!(sources.len(), 2);
    assert!(sources[0].contains("/*/GET/notes/*\""), "{sources:?}");
    assert!(sources[1].contains("/*/*/notes/*\""), "{sources:?}");
    let id = permissions[0].0;
    assert!(id.starts_with("ApinotesidGETApiPermissionStackApi"), "{id}");
}

#[test]
fn returns_resource_that_exists() {
    let template = Template::of_stack(|stack| {
        let api = RestApi::builder().build(stack, "Api");
        api.root()
            .add_path("notes/{id}")
            .add_method(HttpMethod::Get, &answer());
        let again = api.root().add_path("/notes/{id}/");
        again.add_method(HttpMethod::Put, &answer());
        assert_eq!(again.path(), "/notes/{id}");
        assert_eq!(api.root().path(), "/");
    });
    template.resource_count("AWS::ApiGateway::Resource", 2);
    template.has_properties(
        "AWS::ApiGateway::Resource",
        json!({ "PathPart": "notes", "ParentId": { "Fn::GetAtt": [Match::any(), "RootResourceId"] } }),
    );
    template.has_properties(
        "AWS::ApiGateway::Resource",
        json!({ "PathPart": "{id}", "ParentId": { "Ref": Match::any() } }),
    );
}

#[test]
fn rejects_paths_and_methods() {
    let found = findings_of(|stack| {
        let api = RestApi::builder().build(stack, "Api");
        let root = api.root();
        root.add_method(HttpMethod::Get, &answer());
        root.add_method(HttpMethod::Get, &answer());
        root.add_resource("{id}");
        root.add_resource("{note}");
        root.add_resource("files")
            .add_resource("{proxy+}")
            .add_resource("more");
    });
    for code in ["INF4921", "INF4922", "INF4933"] {
        let count = found.matches(&format!("error[{code}]")).count();
        assert_eq!(count, 1, "{code}: {found}");
    }
    assert!(!found.contains("INF1001"), "{found}");
}

#[test]
fn rejects_api_without_methods() {
    let found = findings_of(|stack| {
        RestApi::builder().build(stack, "Api");
    });
    assert!(found.contains("error[INF4934]"), "{found}");
}

#[test]
fn answers_preflight_of_one_and_of_several_origins() {
    let template = Template::of_stack(|stack| {
        let api = api(stack);
        let cors = Cors::new()
            .allow_origin("https://www.example.com")
            .allow_method(HttpMethod::Get)
            .allow_header("Authorization")
            .max_age(Duration::hours(1));
        api.root().add_resource("one").add_cors_preflight(&cors);
        let two = cors
            .allow_origin("https://app.example.com")
            .allow_credentials();
        api.root().add_resource("two").add_cors_preflight(&two);
    });
    template.has_properties(
        "AWS::ApiGateway::Method",
        json!({
            "HttpMethod": "OPTIONS",
            "AuthorizationType": "NONE",
            "Integration": {
                "Type": "MOCK",
                "RequestTemplates": { "application/json": "{\"statusCode\": 204}" },
                "IntegrationResponses": [{
                    "StatusCode": "204",
                    "ResponseTemplates": Match::absent(),
                    "ResponseParameters": {
                        "method.response.header.Access-Control-Allow-Origin": "'https://www.example.com'",
                        "method.response.header.Access-Control-Allow-Methods": "'GET'",
                        "method.response.header.Access-Control-Allow-Headers": "'Authorization'",
                        "method.response.header.Access-Control-Max-Age": "'3600'",
                        "method.response.header.Vary": "'Origin'",
                    },
                }],
            },
            "MethodResponses": [{ "StatusCode": "204" }],
        }),
    );
    let methods = template.resources("AWS::ApiGateway::Method");
    let two = methods.iter().find(|(id, _)| id.starts_with("Apitwo"));
    let template_text = two.unwrap().1.to_string();
    assert!(
        template_text.contains("$origin == \\\"https://app.example.com\\\""),
        "{template_text}"
    );
    let found = findings_of(|stack| {
        let any = Cors::new().allow_origin("*").allow_credentials();
        api(stack)
            .root()
            .add_resource("any")
            .add_cors_preflight(&any);
    });
    assert_eq!(found.matches("error[INF4923]").count(), 1, "{found}");
}

#[test]
fn requires_authorizers() {
    let template = Template::of_stack(|stack| {
        let api = RestApi::builder().build(stack, "Api");
        let tokens = TokenAuthorizer::builder()
            .api(api)
            .function(CHECK)
            .validation_regex("^Bearer .+$")
            .cache(Duration::minutes(5))
            .build(api, "Tokens");
        let keys = RequestAuthorizer::builder()
            .api(api)
            .function(CHECK)
            .identity_source("method.request.header.X-Client")
            .identity_source("method.request.querystring.key")
            .build(api, "Keys");
        let users = CognitoAuthorizer::builder()
            .api(api)
            .user_pool_arn("arn:aws:cognito-idp:eu-west-1:111122223333:userpool/eu-west-1_Example")
            .build(api, "Users");
        let root = api.root();
        root.add_method(HttpMethod::Get, &answer()).require(tokens);
        root.add_method(HttpMethod::Put, &answer()).require(keys);
        root.add_method(HttpMethod::Post, &answer())
            .require(users.with_scopes(["notes/write"]));
    });
    template.has_properties(
        "AWS::ApiGateway::Authorizer",
        json!({
            "Type": "TOKEN",
            "IdentitySource": "method.request.header.Authorization",
            "IdentityValidationExpression": "^Bearer .+$",
            "AuthorizerResultTtlInSeconds": 300,
        }),
    );
    template.has_properties(
        "AWS::ApiGateway::Authorizer",
        json!({ "Type": "REQUEST", "AuthorizerResultTtlInSeconds": 0, "IdentitySource": Match::any() }),
    );
    template.has_properties(
        "AWS::ApiGateway::Authorizer",
        json!({ "Type": "COGNITO_USER_POOLS", "ProviderARNs": [Match::any()] }),
    );
    for (method, kind) in [
        ("GET", "CUSTOM"),
        ("PUT", "CUSTOM"),
        ("POST", "COGNITO_USER_POOLS"),
    ] {
        template.has_properties(
            "AWS::ApiGateway::Method",
            json!({ "HttpMethod": method, "AuthorizationType": kind, "AuthorizerId": { "Ref": Match::any() } }),
        );
    }
    template.has_properties(
        "AWS::ApiGateway::Method",
        json!({ "HttpMethod": "POST", "AuthorizationScopes": ["notes/write"] }),
    );
    template.resource_count("AWS::Lambda::Permission", 2);
}

#[test]
fn applies_default_authorization_to_own_method_for_options() {
    let template = Template::of_stack(|stack| {
        let api = RestApi::builder().build(stack, "Api");
        api.root().add_method(HttpMethod::Options, &answer());
        api.set_default_authorization(RestAuthorization::iam());
    });
    template.has_properties(
        "AWS::ApiGateway::Method",
        json!({ "HttpMethod": "OPTIONS", "AuthorizationType": "AWS_IAM" }),
    );
}

#[test]
fn applies_default_authorization_but_not_to_preflight() {
    let template = Template::of_stack(|stack| {
        let api = RestApi::builder()
            .cors(Cors::new().allow_origin("https://www.example.com"))
            .build(stack, "Api");
        api.root().add_method(HttpMethod::Get, &answer());
        api.set_default_authorization(RestAuthorization::iam());
        api.root().add_method(HttpMethod::Put, &answer());
    });
    for (method, kind) in [("GET", "AWS_IAM"), ("PUT", "AWS_IAM"), ("OPTIONS", "NONE")] {
        template.has_properties(
            "AWS::ApiGateway::Method",
            json!({ "HttpMethod": method, "AuthorizationType": kind }),
        );
    }
}

#[test]
fn rejects_foreign_authorizer_long_cache_and_public_method() {
    let found = findings_of(|stack| {
        let other = RestApi::builder().build(stack, "Other");
        other.root().add_method(HttpMethod::Get, &answer());
        let tokens = TokenAuthorizer::builder()
            .api(other)
            .function(CHECK)
            .cache(Duration::hours(2))
            .build(other, "Tokens");
        let api = RestApi::builder().build(stack, "Api");
        api.set_default_authorization(RestAuthorization::iam());
        api.root()
            .add_method(HttpMethod::Get, &answer())
            .require(tokens);
        api.root()
            .add_method(HttpMethod::Put, &answer())
            .require(RestAuthorization::public());
    });
    for code in ["warning[INF4924]", "error[INF4925]", "error[INF4930]"] {
        assert_eq!(found.matches(code).count(), 1, "{code}: {found}");
    }
}

#[test]
fn validates_requests_against_model() {
    let template = Template::of_stack(|stack| {
        let api = RestApi::builder().build(stack, "Api");
        let note = Model::builder()
            .api(api)
            .model_name("Note")
            .description("A note")
            .schema(json!({ "type": "object" }))
            .build(api, "Note");
        let all = RequestValidator::builder()
            .api(api)
            .body(true)
            .parameters(true)
            .validator_name("all")
            .build(api, "All");
        api.root()
            .add_method(HttpMethod::Post, &answer())
            .request_model("application/json", &note)
            .request_parameter("method.request.querystring.page", true)
            .request_parameter("method.request.header.Accept", false)
            .validate(&all);
    });
    template.has_properties(
        "AWS::ApiGateway::Model",
        json!({ "ContentType": "application/json", "Name": "Note", "Schema": { "type": "object" } }),
    );
    template.has_properties(
        "AWS::ApiGateway::RequestValidator",
        json!({ "Name": "all", "ValidateRequestBody": true, "ValidateRequestParameters": true }),
    );
    template.has_properties(
        "AWS::ApiGateway::Method",
        json!({
            "RequestModels": { "application/json": { "Ref": Match::any() } },
            "RequestParameters": {
                "method.request.querystring.page": Match::any(),
                "method.request.header.Accept": Match::any(),
            },
            "RequestValidatorId": { "Ref": Match::any() },
        }),
    );
}

#[test]
fn limits_clients_with_keys_of_plan() {
    let template = Template::of_stack(|stack| {
        let api = RestApi::builder().build(stack, "Api");
        api.root()
            .add_method(HttpMethod::Get, &answer())
            .require_api_key();
        let plan = UsagePlan::builder()
            .plan_name("partners")
            .throttling(Throttling::new(10.0, 5))
            .quota(Quota::per_month(1_000))
            .build(stack, "Plan");
        plan.add_stage(&api.stage());
        for id in ["First", "Second"] {
            plan.add_key(&ApiKey::builder().build(stack, id));
        }
    });
    template.has_properties("AWS::ApiGateway::ApiKey", json!({ "Enabled": true }));
    template.has_properties(
        "AWS::ApiGateway::UsagePlan",
        json!({
            "UsagePlanName": "partners",
            "Throttle": { "RateLimit": 10, "BurstLimit": 5 },
            "Quota": { "Limit": 1000, "Period": "MONTH" },
            "ApiStages": [{ "ApiId": { "Ref": Match::any() }, "Stage": { "Ref": Match::any() } }],
        }),
    );
    template.resource_count("AWS::ApiGateway::UsagePlanKey", 2);
    template.has_properties("AWS::ApiGateway::Method", json!({ "ApiKeyRequired": true }));
}

#[test]
fn warns_of_api_key_without_plan_for_its_api() {
    let found = findings_of(|stack| {
        let other = RestApi::builder().build(stack, "Other");
        other.root().add_method(HttpMethod::Get, &answer());
        let plan = UsagePlan::builder().build(stack, "Plan");
        plan.add_stage(&other.stage());
        let api = RestApi::builder().build(stack, "Api");
        api.root()
            .add_method(HttpMethod::Get, &answer())
            .require_api_key();
    });
    assert_eq!(found.matches("warning[INF4936]").count(), 1, "{found}");
}

#[test]
fn accepts_requests_to_private_api_through_its_endpoints_only() {
    let template = Template::of_stack(|stack| {
        let api = RestApi::builder()
            .vpc_endpoint("vpce-0a1b2c3d")
            .vpc_endpoint("vpce-4e5f6a7b")
            .build(stack, "Api");
        api.root().add_method(HttpMethod::Get, &answer());
    });
    template.has_properties(
        "AWS::ApiGateway::RestApi",
        json!({
            "EndpointConfiguration": {
                "Types": ["PRIVATE"], "VpcEndpointIds": ["vpce-0a1b2c3d", "vpce-4e5f6a7b"],
            },
            "Policy": { "Statement": [
                { "Effect": "Allow", "Action": "execute-api:Invoke" },
                {
                    "Effect": "Deny",
                    "Condition": { "StringNotEquals": { "aws:SourceVpce": ["vpce-0a1b2c3d", "vpce-4e5f6a7b"] } },
                },
            ] },
        }),
    );
}

#[test]
fn serves_further_stage_and_domain() {
    let template = Template::of_stack(|stack| {
        let api = api(stack);
        let beta = RestStage::builder()
            .api(api)
            .stage_name("beta")
            .description("For testers")
            .build(stack, "Beta");
        let arn = "arn:aws:acm:eu-west-1:111122223333:certificate/abc";
        let certificate = Certificate::from_arn(stack, "Certificate", arn);
        let domain = DomainName::builder()
            .domain_name("api.example.com")
            .certificate(certificate)
            .build(stack, "Domain");
        domain.map_root(&api.stage());
        domain.map_path("beta", &beta);
    });
    template.has_properties(
        "AWS::ApiGateway::Stage",
        json!({ "StageName": "beta", "Description": "For testers", "DeploymentId": { "Ref": Match::any() } }),
    );
    template.resource_count("AWS::ApiGatewayV2::ApiMapping", 2);
    let found = findings_of(|stack| {
        RestStage::builder()
            .api(api(stack))
            .stage_name("beta/v2")
            .build(stack, "Beta");
    });
    assert!(found.contains("error[INF4929]"), "{found}");
}

#[test]
fn grants_requests_to_role() {
    let template = Template::of_stack(|stack| {
        let role = role(stack);
        let api = RestApi::builder()
            .access_logs(AccessLogs::Off)
            .build(stack, "Api");
        let method = api
            .root()
            .add_path("notes/{id}")
            .add_method(HttpMethod::Get, &answer())
            .require(RestAuthorization::iam());
        method.grant_invoke(&role);
        api.grant_invoke(&role);
        RestApi::from_attributes("abcdef1234", "notes").grant_invoke(&role);
    });
    let policy = template.only("AWS::IAM::Role").to_string();
    assert!(policy.contains("/*/GET/notes/*\""), "{policy}");
    assert!(policy.contains("abcdef1234/*/*/*\""), "{policy}");
}

#[test]
fn names_api_and_stage_in_metrics() {
    let template = Template::of_stack(|stack| {
        let api = api(stack);
        let metrics = [
            api.metric_5xx(),
            api.stage().metric_latency(),
            RestApi::from_attributes("abcdef1234", "notes").metric_count(),
        ];
        for (number, metric) in metrics.into_iter().enumerate() {
            Alarm::builder()
                .metric(metric)
                .comparison(Comparison::GreaterThanThreshold)
                .threshold(10)
                .evaluation_periods(3)
                .treat_missing_data(TreatMissingData::NotBreaching)
                .build(stack, &format!("Alarm{number}"));
        }
    });
    for (metric, dimensions) in [
        (
            "5XXError",
            json!([{ "Name": "ApiName", "Value": "Stack-ApiF70053CD" }]),
        ),
        (
            "Latency",
            json!([{ "Name": "ApiName" }, { "Name": "Stage", "Value": { "Ref": Match::any() } }]),
        ),
        ("Count", json!([{ "Name": "ApiName", "Value": "notes" }])),
    ] {
        template.has_properties(
            "AWS::CloudWatch::Alarm",
            json!({ "Namespace": "AWS/ApiGateway", "MetricName": metric, "Dimensions": dimensions }),
        );
    }
}

#[test]
fn makes_api_from_openapi_document() {
    let path = write_document("notes.json", &document("200").to_string());
    let build = |document: OpenApi| {
        Template::of_stack(|stack| {
            let api = SpecRestApi::builder()
                .document(document)
                .access_logs(AccessLogs::Off)
                .build(stack, "Api");
            api.grant_invoke(&role(stack));
            Output::new(stack, "Url", api.url());
        })
    };
    let of_file = build(OpenApi::file(&path));
    of_file.has_properties(
        "AWS::ApiGateway::RestApi",
        json!({ "Body": document("200"), "FailOnWarnings": true }),
    );
    let same = build(OpenApi::json(document("200")));
    let other = build(OpenApi::json(document("204")));
    let deployment = |template: &Template| only_id(template, "AWS::ApiGateway::Deployment");
    assert_eq!(deployment(&of_file), deployment(&same));
    assert_ne!(deployment(&of_file), deployment(&other));
    let asset = build(OpenApi::asset(&path));
    asset.has_properties(
        "AWS::ApiGateway::RestApi",
        json!({ "Body": Match::absent(), "BodyS3Location": { "Bucket": Match::any(), "Key": Match::any() } }),
    );
}

#[test]
fn rejects_file_without_openapi_document() {
    for (name, text) in [
        ("text.json", "no JSON"),
        ("broken.json", "{ \"openapi\": "),
        ("tabs.yaml", "openapi: 3.0.3\npaths:\n\t/status: {}\n"),
        ("empty.json", "{}"),
        ("paths.json", r#"{ "openapi": "3.0.3" }"#),
    ] {
        let path = write_document(name, text);
        let found = findings_of(|stack| {
            SpecRestApi::from_openapi(&path).build(stack, "Api");
        });
        assert_eq!(
            found.matches("error[INF4935]").count(),
            1,
            "{name}: {found}"
        );
    }
    let missing = findings_of(|stack| {
        SpecRestApi::builder()
            .document(OpenApi::asset("missing.json"))
            .build(stack, "Api");
    });
    assert_eq!(missing.matches("error[INF4935]").count(), 1, "{missing}");
}

#[test]
fn reads_openapi_document_in_yaml() {
    let text = "
openapi: 3.0.3
info: { title: Notes, version: '1' }
paths:
  /status:
    get:
      responses:
        200: { description: up }
      x-amazon-apigateway-integration:
        type: aws_proxy
        uri:
          Fn::Sub: arn:aws:apigateway:${AWS::Region}:lambda:path/x
";
    let path = write_document("notes.yaml", text);
    let template = Template::of_stack(|stack| {
        SpecRestApi::from_openapi(&path)
            .variable("table", "notes")
            .build(stack, "Api");
    });
    template.has_properties(
        "AWS::ApiGateway::RestApi",
        json!({ "Body": { "openapi": "3.0.3", "paths": { "/status": { "get": {
            "responses": { "200": { "description": "up" } },
            "x-amazon-apigateway-integration": { "uri": { "Fn::Sub": Match::any() } },
        } } } } }),
    );
    template.has_properties(
        "AWS::ApiGateway::Stage",
        json!({ "Variables": { "table": "notes" } }),
    );
}

#[test]
fn forwards_requests_through_vpc_link() {
    const BALANCER: &str = "arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/net/orders/50dc6c495c0c9188";
    let template = Template::of_stack(|stack| {
        let link = VpcLink::builder()
            .load_balancer(BALANCER)
            .description("Orders")
            .build(stack, "Link");
        let any = RestIntegration::private("http://orders.example.com/orders", &link);
        let get = RestIntegration::private_with_method(
            "http://orders.example.com/status",
            HttpMethod::Get,
            &link,
        );
        let api = RestApi::builder().build(stack, "Api");
        api.root().add_method(HttpMethod::Post, &any);
        api.root()
            .add_method(HttpMethod::Get, &get.timeout(Duration::seconds(5)));
    });
    template.has_properties(
        "AWS::ApiGateway::VpcLink",
        json!({ "Name": Match::any(), "Description": "Orders", "TargetArns": [BALANCER] }),
    );
    let link = only_id(&template, "AWS::ApiGateway::VpcLink");
    let integration = |method: &str, more: JsonValue| {
        let mut expected = json!({
            "Type": "HTTP_PROXY",
            "IntegrationHttpMethod": method,
            "ConnectionType": "VPC_LINK",
            "ConnectionId": { "Ref": link },
        });
        let entries = more.as_object().cloned().unwrap();
        expected.as_object_mut().unwrap().extend(entries);
        json!({ "Integration": expected })
    };
    template.has_properties(
        "AWS::ApiGateway::Method",
        integration(
            "ANY",
            json!({ "Uri": "http://orders.example.com/orders", "TimeoutInMillis": Match::absent() }),
        ),
    );
    template.has_properties(
        "AWS::ApiGateway::Method",
        integration("GET", json!({ "TimeoutInMillis": 5_000 })),
    );
}

#[test]
fn writes_gateway_response_and_deploys_api_again() {
    let without = deployment_id(|_, _| {});
    let template = Template::of_stack(|stack| {
        let api = api(stack);
        GatewayResponse::builder()
            .api(api)
            .response_type(GatewayResponseType::Unauthorized)
            .status(403)
            .header("Access-Control-Allow-Origin", "https://example.com")
            .header_from("X-Request", "context.requestId")
            .template("application/json", "{}")
            .build(api, "Denied");
        GatewayResponse::builder()
            .api(api)
            .response_type(GatewayResponseType::Throttled)
            .build(api, "Throttled");
    });
    template.has_properties(
        "AWS::ApiGateway::GatewayResponse",
        json!({
            "ResponseType": "UNAUTHORIZED",
            "StatusCode": "403",
            "ResponseParameters": {
                "gatewayresponse.header.Access-Control-Allow-Origin": "'https://example.com'",
                "gatewayresponse.header.X-Request": "context.requestId",
            },
            "ResponseTemplates": { "application/json": "{}" },
        }),
    );
    template.has_properties(
        "AWS::ApiGateway::GatewayResponse",
        json!({
            "ResponseType": "THROTTLED",
            "StatusCode": Match::absent(),
            "ResponseParameters": Match::absent(),
            "ResponseTemplates": Match::absent(),
        }),
    );
    assert_ne!(only_id(&template, "AWS::ApiGateway::Deployment"), without);
}

#[test]
fn reports_second_gateway_response_of_a_type() {
    let found = findings_of(|stack| {
        let one = api(stack);
        let other = RestApi::builder().build(stack, "Other");
        other.root().add_method(HttpMethod::Get, &answer());
        for (api, id) in [(one, "First"), (one, "Second"), (other, "Third")] {
            GatewayResponse::builder()
                .api(api)
                .response_type(GatewayResponseType::Default4xx)
                .build(api, id);
        }
    });
    assert_eq!(found.matches("error[INF4938]").count(), 1, "{found}");
    assert!(found.contains("two responses for `DEFAULT_4XX`"), "{found}");
}

#[test]
fn sends_part_of_requests_to_latest_deployment() {
    let template = Template::of_stack(|stack| {
        let canary = Canary::new("k3f9qz", 5.0)
            .variable("table", "next")
            .use_stage_cache();
        let api = RestApi::builder()
            .retain_deployments(true)
            .canary(canary)
            .build(stack, "Api");
        api.root().add_method(HttpMethod::Get, &answer());
        RestStage::builder()
            .api(api)
            .stage_name("beta")
            .canary(Canary::new("k3f9qz", 100.0))
            .build(stack, "Beta");
    });
    let deployment = only_id(&template, "AWS::ApiGateway::Deployment");
    template.has_resource(
        "AWS::ApiGateway::Deployment",
        json!({ "DeletionPolicy": "Retain", "UpdateReplacePolicy": "Retain" }),
    );
    template.has_properties(
        "AWS::ApiGateway::Stage",
        json!({
            "StageName": "prod",
            "DeploymentId": "k3f9qz",
            "CanarySetting": {
                "DeploymentId": { "Ref": deployment },
                "PercentTraffic": 5,
                "StageVariableOverrides": { "table": "next" },
                "UseStageCache": true,
            },
        }),
    );
    template.has_properties(
        "AWS::ApiGateway::Stage",
        json!({
            "StageName": "beta",
            "CanarySetting": {
                "StageVariableOverrides": Match::absent(),
                "UseStageCache": Match::absent(),
            },
        }),
    );
}

#[test]
fn reports_canary_whose_stable_deployment_is_deleted() {
    let found = findings_of(|stack| {
        let api = RestApi::builder()
            .canary(Canary::new("k3f9qz", 5.0))
            .build(stack, "Api");
        api.root().add_method(HttpMethod::Get, &answer());
    });
    assert_eq!(found.matches("error[INF4937]").count(), 1, "{found}");
    assert!(found.contains("`.retain_deployments(true)`"), "{found}");
}
