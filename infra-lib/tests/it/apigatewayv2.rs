//! Tests of the constructs in `infra_lib::apigatewayv2`.

use infra_lib::apigatewayv2::{
    AccessLogs, Authorization, AuthorizerResponse, Cors, DomainName, HttpApi, HttpIntegration,
    HttpMethod, HttpStage, JwtAuthorizer, LambdaAuthorizer, Throttling, VpcLink, WebSocketApi,
    WebSocketAuthorizer, WebSocketIntegration, WebSocketStage,
};
use infra_lib::assertions::{Match, Template};
use infra_lib::certificatemanager::Certificate;
use infra_lib::cloudwatch::{Alarm, Comparison, TreatMissingData};
use infra_lib::ec2::Vpc;
use infra_lib::elbv2::{ApplicationLoadBalancer, Listener, ListenerProtocol};
use infra_lib::events::EventBus;
use infra_lib::iam::{Principal, Role};
use infra_lib::kms::Key;
use infra_lib::lambda::{Code, Function, Runtime};
use infra_lib::logs::LogGroup;
use infra_lib::route53::HostedZone;
use infra_lib::sqs::{Queue, QueueEncryption};
use infra_lib::{
    Duration, Environment, Output, ParameterProps, ParameterType, Stack, StackProps, cidr,
};
use serde_json::{Value as JsonValue, json};

use crate::base::findings_of;

fn function<'app>(stack: Stack<'app>, id: &str) -> Function<'app> {
    Function::builder()
        .runtime(Runtime::Nodejs24)
        .handler("index.handler")
        .code(Code::inline("exports.handler = async () => 'hello';"))
        .build(stack, id)
}

fn role(stack: Stack<'_>) -> Role<'_> {
    Role::builder()
        .assumed_by(Principal::service("ecs-tasks.amazonaws.com"))
        .build(stack, "Role")
}

fn elsewhere<'app>() -> HttpIntegration<'app> {
    HttpIntegration::url("Elsewhere", "https://notes.example.com")
}

fn certificate(stack: Stack<'_>) -> Certificate<'_> {
    let zone = zone(stack);
    Certificate::builder()
        .domain_name("api.example.com")
        .zone(&zone)
        .build(stack, "Certificate")
}

fn zone(stack: Stack<'_>) -> HostedZone<'_> {
    HostedZone::from_attributes(stack, "Zone", "Z0123456789ABCDEFGHIJ", "example.com")
}

fn domain(stack: Stack<'_>) -> DomainName<'_> {
    DomainName::builder()
        .domain_name("api.example.com")
        .certificate(certificate(stack))
        .build(stack, "Domain")
}

fn logical_ids(template: &Template, type_name: &str) -> Vec<String> {
    let found = template.resources(type_name).into_iter();
    let mut ids: Vec<String> = found.map(|(id, _)| id.to_owned()).collect();
    ids.sort();
    ids
}

/// Returns the statements of the only role's inline policy.
fn statements(template: &Template) -> String {
    template.only("AWS::IAM::Role").to_string()
}

#[test]
fn creates_api_with_stage_that_logs_access() {
    let template = Template::of_stack(|stack| {
        HttpApi::builder().build(stack, "Api");
    });
    template.has_properties(
        "AWS::ApiGatewayV2::Api",
        json!({
            "ProtocolType": "HTTP",
            "Name": Match::any(),
            "CorsConfiguration": Match::absent(),
            "DisableExecuteApiEndpoint": Match::absent(),
        }),
    );
    template.has_properties(
        "AWS::ApiGatewayV2::Stage",
        json!({
            "StageName": "$default",
            "AutoDeploy": true,
            "AccessLogSettings": { "DestinationArn": { "Fn::GetAtt": Match::any() }, "Format": Match::any() },
            "DefaultRouteSettings": Match::absent(),
        }),
    );
    template.has_properties("AWS::Logs::LogGroup", json!({ "RetentionInDays": 30 }));
    assert_eq!(
        logical_ids(&template, "AWS::ApiGatewayV2::Api"),
        ["ApiF70053CD"]
    );
    assert_eq!(
        logical_ids(&template, "AWS::ApiGatewayV2::Stage"),
        ["ApiDefaultStage189A7074"]
    );
}

#[test]
fn writes_access_logs_as_json() {
    let template = Template::of_stack(|stack| {
        HttpApi::builder().build(stack, "Api");
        let sockets = WebSocketApi::builder().build(stack, "Sockets");
        WebSocketStage::builder()
            .api(sockets)
            .stage_name("live")
            .access_logs(AccessLogs::OwnGroup)
            .build(stack, "Live");
    });
    for (_, stage) in template.resources("AWS::ApiGatewayV2::Stage") {
        let format = stage.pointer("/Properties/AccessLogSettings/Format");
        let line: JsonValue = serde_json::from_str(format.unwrap().as_str().unwrap()).unwrap();
        assert_eq!(line["requestId"], "$context.requestId");
        assert_eq!(line["routeKey"], "$context.routeKey");
    }
}

#[test]
fn writes_options_of_api_and_stage() {
    let template = Template::of_stack(|stack| {
        let group = LogGroup::builder().build(stack, "Logs");
        HttpApi::builder()
            .api_name("notes")
            .description("Notes of users")
            .cors(
                Cors::new()
                    .allow_origin("https://www.example.com")
                    .allow_method(HttpMethod::Any)
                    .allow_header("Authorization")
                    .expose_header("ETag")
                    .allow_credentials()
                    .max_age(Duration::hours(1)),
            )
            .access_logs(AccessLogs::Group(group))
            .throttling(Throttling::new(100.0, 50))
            .detailed_metrics(true)
            .default_endpoint(false)
            .default_integration(elsewhere())
            .build(stack, "Api");
    });
    template.has_properties(
        "AWS::ApiGatewayV2::Api",
        json!({
            "Name": "notes",
            "Description": "Notes of users",
            "DisableExecuteApiEndpoint": true,
            "CorsConfiguration": {
                "AllowOrigins": ["https://www.example.com"],
                "AllowMethods": ["*"],
                "AllowHeaders": ["Authorization"],
                "ExposeHeaders": ["ETag"],
                "AllowCredentials": true,
                "MaxAge": 3600,
            },
        }),
    );
    template.has_properties(
        "AWS::ApiGatewayV2::Stage",
        json!({ "DefaultRouteSettings": {
            "ThrottlingRateLimit": 100, "ThrottlingBurstLimit": 50, "DetailedMetricsEnabled": true,
        } }),
    );
    template.resource_count("AWS::Logs::LogGroup", 1);
    template.has_properties(
        "AWS::ApiGatewayV2::Route",
        json!({ "RouteKey": "$default" }),
    );
}

#[test]
fn permits_function_for_api_and_path_of_each_route() {
    let template = Template::of_stack(|stack| {
        let notes = HttpIntegration::lambda("Notes", function(stack, "Function"));
        let api = HttpApi::builder().build(stack, "Api");
        api.add_route(HttpMethod::Get, "/notes", &notes);
        api.add_route(HttpMethod::Put, "/notes/{id}", &notes.clone());
        api.add_default_route(&notes);
    });
    template.resource_count("AWS::ApiGatewayV2::Integration", 1);
    template.has_properties(
        "AWS::ApiGatewayV2::Integration",
        json!({
            "IntegrationType": "AWS_PROXY",
            "PayloadFormatVersion": "2.0",
            "IntegrationUri": { "Fn::GetAtt": [Match::any(), "Arn"] },
        }),
    );
    let permissions = template.resources("AWS::Lambda::Permission");
    assert_eq!(permissions.len(), 3);
    let sources: Vec<String> = permissions
        .iter()
        .map(|(_, permission)| permission["Properties"]["SourceArn"].to_string())
        .collect();
    for end in ["/*/*/notes\"", "/*/*/notes/{id}\"", "/*/*\""] {
        let found = sources
            .iter()
            .filter(|source| source.replace("${!", "{").contains(end));
        assert_eq!(found.count(), 1, "{end}: {sources:?}");
    }
    template.has_properties(
        "AWS::ApiGatewayV2::Route",
        json!({ "RouteKey": "PUT /notes/{id}", "AuthorizationType": "NONE" }),
    );
    let ids = logical_ids(&template, "AWS::ApiGatewayV2::Route");
    assert!(ids[0].starts_with("ApiDefaultRoute"), "{ids:?}");
    assert!(ids[1].starts_with("ApiGETnotes"), "{ids:?}");
    assert!(ids[2].starts_with("ApiPUTnotesid"), "{ids:?}");
}

#[test]
fn adds_integration_to_each_api() {
    let template = Template::of_stack(|stack| {
        let notes = elsewhere()
            .method(HttpMethod::Post)
            .timeout(Duration::seconds(5))
            .request_parameter("overwrite:path", "$request.path");
        for id in ["First", "Second"] {
            let api = HttpApi::builder().build(stack, id);
            api.add_route(HttpMethod::Any, "/{proxy+}", &notes);
        }
    });
    template.resource_count("AWS::ApiGatewayV2::Integration", 2);
    template.has_properties(
        "AWS::ApiGatewayV2::Integration",
        json!({
            "IntegrationType": "HTTP_PROXY",
            "IntegrationMethod": "POST",
            "IntegrationUri": "https://notes.example.com",
            "PayloadFormatVersion": "1.0",
            "TimeoutInMillis": 5000,
            "RequestParameters": { "overwrite:path": "$request.path" },
        }),
    );
}

fn private(stack: Stack<'_>, protocol: ListenerProtocol) -> (Listener<'_>, VpcLink<'_>) {
    let vpc = Vpc::builder()
        .cidr(cidr!("10.0.0.0/16"))
        .build(stack, "Vpc");
    let balancer = ApplicationLoadBalancer::builder()
        .internal(vpc.isolated())
        .build(stack, "Balancer");
    let listener = Listener::builder()
        .load_balancer(balancer)
        .protocol(protocol)
        .build(balancer, "Listener");
    let link = VpcLink::builder()
        .subnets(vpc.isolated())
        .build(stack, "Link");
    (listener, link)
}

#[test]
fn connects_link_to_port_of_listener() {
    let template = Template::of_stack(|stack| {
        let certificate = "arn:aws:acm:eu-west-1:111122223333:certificate/abc";
        let (listener, link) = private(stack, ListenerProtocol::https(certificate));
        let backend =
            HttpIntegration::https_listener("Backend", &listener, &link, "notes.internal");
        let api = HttpApi::builder().build(stack, "Api");
        api.add_default_route(&backend);
    });
    template.has_properties(
        "AWS::ApiGatewayV2::Integration",
        json!({
            "IntegrationType": "HTTP_PROXY",
            "IntegrationMethod": "ANY",
            "ConnectionType": "VPC_LINK",
            "ConnectionId": { "Ref": Match::any() },
            "IntegrationUri": { "Ref": Match::any() },
            "TlsConfig": { "ServerNameToVerify": "notes.internal" },
        }),
    );
    template.has_properties(
        "AWS::ApiGatewayV2::VpcLink",
        json!({ "SecurityGroupIds": [{ "Fn::GetAtt": Match::any() }] }),
    );
    template.has_properties(
        "AWS::EC2::SecurityGroupIngress",
        json!({ "FromPort": 443, "ToPort": 443 }),
    );
    template.has_properties(
        "AWS::EC2::SecurityGroupEgress",
        json!({ "FromPort": 443, "ToPort": 443 }),
    );
}

#[test]
fn calls_services_with_role_of_route() {
    let machine = "arn:aws:states:eu-west-1:111122223333:stateMachine:orders";
    let template = Template::of_stack(|stack| {
        let api = HttpApi::builder().build(stack, "Api");
        let key = Key::builder().build(stack, "Key");
        let queue = Queue::builder()
            .encryption(QueueEncryption::key(key))
            .build(stack, "Queue");
        let bus = EventBus::from_name("shop");
        for (path, backend) in [
            ("/queue", HttpIntegration::send_message("Queue", &queue)),
            (
                "/bus",
                HttpIntegration::put_events("Bus", &bus, "shop.orders", "placed"),
            ),
            ("/run", HttpIntegration::start_execution("Run", machine)),
        ] {
            api.add_route(HttpMethod::Post, path, &backend);
        }
    });
    for (subtype, parameters) in [
        (
            "SQS-SendMessage",
            json!({ "QueueUrl": { "Ref": Match::any() }, "MessageBody": "$request.body" }),
        ),
        (
            "EventBridge-PutEvents",
            json!({ "Source": "shop.orders", "DetailType": "placed", "Detail": "$request.body" }),
        ),
        (
            "StepFunctions-StartExecution",
            json!({ "StateMachineArn": machine, "Input": "$request.body" }),
        ),
    ] {
        template.has_properties(
            "AWS::ApiGatewayV2::Integration",
            json!({
                "IntegrationType": "AWS_PROXY",
                "IntegrationSubtype": subtype,
                "PayloadFormatVersion": "1.0",
                "CredentialsArn": { "Fn::GetAtt": Match::any() },
                "RequestParameters": parameters,
            }),
        );
    }
    template.resource_count("AWS::IAM::Role", 3);
    let roles: Vec<String> = template
        .resources("AWS::IAM::Role")
        .iter()
        .map(|(_, role)| role.to_string())
        .collect();
    for action in [
        "sqs:SendMessage",
        "kms:GenerateDataKey",
        "events:PutEvents",
        "states:StartExecution",
    ] {
        let holders = roles.iter().filter(|role| role.contains(action));
        assert_eq!(holders.count(), 1, "{action}: {roles:?}");
    }
}

#[test]
fn rejects_encryption_that_does_not_fit_listener() {
    let plain = findings_of(|stack| {
        let certificate = "arn:aws:acm:eu-west-1:111122223333:certificate/abc";
        let (listener, link) = private(stack, ListenerProtocol::https(certificate));
        let api = HttpApi::builder().build(stack, "Api");
        api.add_default_route(&HttpIntegration::listener("Backend", &listener, &link));
    });
    assert!(
        plain.contains("error[INF4932]: an API sends unencrypted requests"),
        "{plain}"
    );
    let encrypted = findings_of(|stack| {
        let (listener, link) = private(stack, ListenerProtocol::Http);
        let api = HttpApi::builder().build(stack, "Api");
        api.add_default_route(&HttpIntegration::https_listener(
            "Backend", &listener, &link, "notes",
        ));
    });
    assert!(
        encrypted.contains("error[INF4932]: an API sends encrypted requests"),
        "{encrypted}"
    );
}

#[test]
fn rejects_malformed_path() {
    let reports = |path: &str| {
        findings_of(|stack| {
            let api = HttpApi::builder().build(stack, "Api");
            api.add_route(HttpMethod::Get, path, &elsewhere());
        })
    };
    for path in [
        "notes",
        "/notes/",
        "/notes//all",
        "/notes/{id",
        "/notes/x{id}",
        "/notes/{}",
        "/{proxy+}/notes",
    ] {
        let found = reports(path);
        assert!(found.contains("error[INF4921]"), "{path}: {found}");
    }
    for path in ["/", "/notes", "/notes/{id}/pages", "/files/{proxy+}"] {
        assert_eq!(reports(path), "", "{path}");
    }
}

#[test]
fn rejects_route_that_exists() {
    let found = findings_of(|stack| {
        let api = HttpApi::builder().build(stack, "Api");
        api.add_route(HttpMethod::Get, "/notes", &elsewhere());
        api.add_route(HttpMethod::Get, "/notes", &elsewhere());
        let sockets = WebSocketApi::builder().build(stack, "Sockets");
        let chat = WebSocketIntegration::lambda("Chat", function(stack, "Function"));
        sockets.add_route("send", &chat);
        sockets.add_route("send", &chat);
    });
    assert_eq!(found.matches("error[INF4922]").count(), 2, "{found}");
    assert!(!found.contains("INF1001"), "{found}");
}

#[test]
fn rejects_credentials_for_every_origin() {
    let found = findings_of(|stack| {
        HttpApi::builder()
            .cors(Cors::new().allow_origin("*").allow_credentials())
            .build(stack, "Api");
    });
    assert!(found.contains("error[INF4923]"), "{found}");
}

fn users(api: HttpApi<'_>) -> JwtAuthorizer<'_> {
    JwtAuthorizer::builder()
        .api(api)
        .issuer("https://login.example.com")
        .audience("notes")
        .additional_audience("mobile")
        .build(api, "Users")
}

#[test]
fn requires_token_with_scopes() {
    let template = Template::of_stack(|stack| {
        let api = HttpApi::builder().build(stack, "Api");
        let users = users(api);
        api.add_route(HttpMethod::Get, "/notes", &elsewhere())
            .require(users);
        api.add_route(HttpMethod::Post, "/notes", &elsewhere())
            .require(users.with_scopes(["notes/write"]));
    });
    template.has_properties(
        "AWS::ApiGatewayV2::Authorizer",
        json!({
            "AuthorizerType": "JWT",
            "Name": "Users",
            "IdentitySource": ["$request.header.Authorization"],
            "JwtConfiguration": { "Issuer": "https://login.example.com", "Audience": ["notes", "mobile"] },
        }),
    );
    template.has_properties(
        "AWS::ApiGatewayV2::Route",
        json!({
            "RouteKey": "GET /notes",
            "AuthorizationType": "JWT",
            "AuthorizerId": { "Ref": Match::any() },
            "AuthorizationScopes": Match::absent(),
        }),
    );
    template.has_properties(
        "AWS::ApiGatewayV2::Route",
        json!({ "RouteKey": "POST /notes", "AuthorizationScopes": ["notes/write"] }),
    );
}

#[test]
fn permits_function_of_authorizer_for_it_only() {
    let template = Template::of_stack(|stack| {
        let api = HttpApi::builder().build(stack, "Api");
        let check = LambdaAuthorizer::builder()
            .api(api)
            .function(function(stack, "Check"))
            .identity_source("$request.header.X-Api-Key")
            .cache(Duration::minutes(5))
            .build(api, "Keys");
        let policies = LambdaAuthorizer::builder()
            .api(api)
            .function(function(stack, "Policies"))
            .response(AuthorizerResponse::IamPolicy)
            .build(api, "Policies");
        api.add_route(HttpMethod::Get, "/notes", &elsewhere())
            .require(check);
        api.add_route(HttpMethod::Get, "/pages", &elsewhere())
            .require(policies);
    });
    template.has_properties(
        "AWS::ApiGatewayV2::Authorizer",
        json!({
            "AuthorizerType": "REQUEST",
            "EnableSimpleResponses": true,
            "AuthorizerPayloadFormatVersion": "2.0",
            "AuthorizerResultTtlInSeconds": 300,
            "IdentitySource": ["$request.header.X-Api-Key"],
        }),
    );
    template.has_properties(
        "AWS::ApiGatewayV2::Authorizer",
        json!({
            "EnableSimpleResponses": false,
            "AuthorizerPayloadFormatVersion": "1.0",
            "AuthorizerResultTtlInSeconds": 0,
            "IdentitySource": ["$request.header.Authorization"],
        }),
    );
    template.has_properties(
        "AWS::ApiGatewayV2::Route",
        json!({ "RouteKey": "GET /notes", "AuthorizationType": "CUSTOM" }),
    );
    let permissions = template.resources("AWS::Lambda::Permission");
    assert_eq!(permissions.len(), 2);
    for (_, permission) in permissions {
        let source = permission["Properties"]["SourceArn"].to_string();
        assert!(source.contains("/authorizers/"), "{source}");
    }
}

#[test]
fn applies_default_authorization_to_routes_without_their_own() {
    let template = Template::of_stack(|stack| {
        let api = HttpApi::builder().build(stack, "Api");
        api.add_route(HttpMethod::Get, "/before", &elsewhere());
        api.add_route(HttpMethod::Get, "/signed", &elsewhere())
            .require(Authorization::iam());
        api.set_default_authorization(users(api));
        api.add_route(HttpMethod::Get, "/after", &elsewhere());
    });
    for (key, kind) in [
        ("GET /before", "JWT"),
        ("GET /after", "JWT"),
        ("GET /signed", "AWS_IAM"),
    ] {
        template.has_properties(
            "AWS::ApiGatewayV2::Route",
            json!({ "RouteKey": key, "AuthorizationType": kind }),
        );
    }
}

#[test]
fn warns_of_public_route_only_beside_default_authorization() {
    let reports = |has_default: bool| {
        findings_of(|stack| {
            let api = HttpApi::builder().build(stack, "Api");
            api.add_route(HttpMethod::Get, "/status", &elsewhere())
                .require(Authorization::public());
            if has_default {
                api.set_default_authorization(Authorization::iam());
            }
        })
    };
    let found = reports(true);
    assert_eq!(found.matches("warning[INF4924]").count(), 1, "{found}");
    assert_eq!(reports(false), "");
}

#[test]
fn rejects_authorizer_of_other_api() {
    let found = findings_of(|stack| {
        let other = HttpApi::builder().build(stack, "Other");
        let users = users(other);
        let api = HttpApi::builder().build(stack, "Api");
        api.add_route(HttpMethod::Get, "/notes", &elsewhere())
            .require(users);
        let function = function(stack, "Function");
        let sockets = WebSocketApi::builder().build(stack, "Sockets");
        let tokens = WebSocketAuthorizer::builder()
            .api(sockets)
            .function(function)
            .build(sockets, "Tokens");
        WebSocketApi::builder()
            .build(stack, "More")
            .on_connect(&WebSocketIntegration::lambda("Chat", function))
            .require(&tokens);
    });
    assert_eq!(found.matches("error[INF4925]").count(), 2, "{found}");
}

#[test]
fn rejects_limits_of_authorizer_and_integration() {
    let found = findings_of(|stack| {
        let api = HttpApi::builder().build(stack, "Api");
        LambdaAuthorizer::builder()
            .api(api)
            .function(function(stack, "Function"))
            .cache(Duration::hours(2))
            .build(api, "Keys");
        let slow = elsewhere().timeout(Duration::seconds(31));
        api.add_default_route(&slow);
        HttpStage::builder()
            .api(api)
            .stage_name("beta/v2")
            .build(stack, "Beta");
    });
    for code in ["INF4929", "INF4930", "INF4931"] {
        assert_eq!(
            found.matches(&format!("error[{code}]")).count(),
            1,
            "{found}"
        );
    }
}

#[test]
fn serves_named_stage_with_variables() {
    let template = Template::of_stack(|stack| {
        let api = HttpApi::builder()
            .create_default_stage(false)
            .build(stack, "Api");
        let beta = HttpStage::builder()
            .api(api)
            .stage_name("beta")
            .description("For testers")
            .variable("table", "notes-beta")
            .access_logs(AccessLogs::Off)
            .auto_deploy(false)
            .build(stack, "Beta");
        Output::new(stack, "Url", beta.url());
    });
    template.resource_count("AWS::Logs::LogGroup", 0);
    template.has_properties(
        "AWS::ApiGatewayV2::Stage",
        json!({
            "StageName": "beta",
            "Description": "For testers",
            "StageVariables": { "table": "notes-beta" },
            "AutoDeploy": false,
            "AccessLogSettings": Match::absent(),
        }),
    );
}

#[test]
fn serves_domain_in_place_of_default_endpoint() {
    let template = Template::of_stack(|stack| {
        let zone = zone(stack);
        let certificate = Certificate::builder()
            .domain_name("api.example.com")
            .zone(&zone)
            .build(stack, "Certificate");
        let domain = DomainName::builder()
            .domain_name("api.example.com")
            .certificate(certificate)
            .zone(zone)
            .truststore_uri("s3://trust/authorities.pem")
            .build(stack, "Domain");
        let api = HttpApi::builder().domain(domain).build(stack, "Api");
        let admin = HttpApi::builder().build(stack, "Admin");
        domain.map_path("/admin", &admin.default_stage().unwrap());
        Output::new(stack, "Url", api.url());
    });
    template.has_properties(
        "AWS::ApiGatewayV2::DomainName",
        json!({
            "DomainName": "api.example.com",
            "DomainNameConfigurations": [{
                "EndpointType": "REGIONAL",
                "SecurityPolicy": "TLS_1_2",
                "CertificateArn": { "Ref": Match::any() },
            }],
            "MutualTlsAuthentication": { "TruststoreUri": "s3://trust/authorities.pem" },
        }),
    );
    template.has_properties(
        "AWS::ApiGatewayV2::Api",
        json!({ "DisableExecuteApiEndpoint": true }),
    );
    template.has_properties(
        "AWS::ApiGatewayV2::ApiMapping",
        json!({ "ApiMappingKey": Match::absent(), "Stage": { "Ref": Match::any() } }),
    );
    template.has_properties(
        "AWS::ApiGatewayV2::ApiMapping",
        json!({ "ApiMappingKey": "admin" }),
    );
    template.has_properties(
        "AWS::Route53::RecordSet",
        json!({ "Name": "api.example.com.", "Type": "A" }),
    );
    let url = template.json()["Outputs"]["Url"]["Value"].to_string();
    assert!(url.contains("https://") && url.contains("Domain"), "{url}");
}

#[test]
fn adds_record_of_name_that_is_known_at_deployment() {
    let template = Template::of_stack(|stack| {
        let zone = zone(stack);
        let name = ParameterProps::new(ParameterType::String).build(stack, "Name");
        DomainName::builder()
            .domain_name(name)
            .certificate(Certificate::from_arn(
                stack,
                "Certificate",
                "arn:aws:acm:eu-west-1:111122223333:certificate/abc",
            ))
            .zone(zone)
            .build(stack, "Domain");
    });
    template.has_properties(
        "AWS::Route53::RecordSet",
        json!({ "Name": { "Ref": "Name" }, "Type": "A", "AliasTarget": { "DNSName": Match::any() } }),
    );
}

#[test]
fn keeps_default_endpoint_beside_domain_on_request() {
    let template = Template::of_stack(|stack| {
        HttpApi::builder()
            .domain(domain(stack))
            .default_endpoint(true)
            .build(stack, "Api");
    });
    template.has_properties(
        "AWS::ApiGatewayV2::Api",
        json!({ "DisableExecuteApiEndpoint": Match::absent() }),
    );
}

#[test]
fn rejects_path_that_is_mapped_twice() {
    let found = findings_of(|stack| {
        let domain = domain(stack);
        HttpApi::builder().domain(domain).build(stack, "Api");
        let other = HttpApi::builder().build(stack, "Other");
        domain.map_root(&other.default_stage().unwrap());
    });
    assert!(
        found.contains("error[INF4928]: the path `/` of a domain"),
        "{found}"
    );
}

#[test]
fn rejects_certificate_of_other_region_or_name() {
    let name = findings_of(|stack| {
        DomainName::builder()
            .domain_name("www.example.com")
            .certificate(certificate(stack))
            .build(stack, "Domain");
    });
    assert!(name.contains("error[INF4927]"), "{name}");
    let app = infra_lib::App::new();
    let stack = StackProps::new()
        .environment(Environment::region("eu-west-1"))
        .build(&app, "Stack");
    let arn = "arn:aws:acm:us-east-1:111122223333:certificate/abc";
    let certificate = Certificate::from_arn(stack, "Certificate", arn);
    DomainName::builder()
        .domain_name("api.example.com")
        .certificate(certificate)
        .build(stack, "Domain");
    let synthesis = app.synth();
    let codes: Vec<_> = synthesis.findings().iter().map(|one| one.code).collect();
    assert_eq!(codes, [infra_lib::codes::API_CERTIFICATE_REGION]);
}

#[test]
fn grants_requests_to_role() {
    let template = Template::of_stack(|stack| {
        let role = role(stack);
        let api = HttpApi::builder().build(stack, "Api");
        let route = api
            .add_route(HttpMethod::Get, "/notes/{id}/pages", &elsewhere())
            .require(Authorization::iam());
        route.grant_invoke(&role);
        api.add_default_route(&elsewhere()).grant_invoke(&role);
        HttpApi::from_id("abcdef1234").grant_invoke(&role);
    });
    let policy = statements(&template);
    assert!(policy.contains("execute-api:Invoke"), "{policy}");
    assert!(policy.contains("/*/GET/notes/*\""), "{policy}");
    assert!(policy.contains("abcdef1234/*/*/*\""), "{policy}");
}

#[test]
fn creates_web_socket_api_with_routes() {
    let template = Template::of_stack(|stack| {
        let function = function(stack, "Function");
        let chat = WebSocketIntegration::lambda("Chat", function);
        let api = WebSocketApi::builder()
            .api_name("chat")
            .description("Chat of users")
            .default_endpoint(false)
            .build(stack, "Api");
        let tokens = WebSocketAuthorizer::builder()
            .api(api)
            .function(function)
            .build(api, "Tokens");
        api.on_connect(&chat).require(&tokens);
        api.on_disconnect(&chat);
        api.on_default(&chat);
        api.add_route("send", &chat).return_response();
        let stage = WebSocketStage::builder()
            .api(api)
            .stage_name("live")
            .throttling(Throttling::new(10.0, 5))
            .variable("table", "messages")
            .build(stack, "Live");
        stage.grant_manage_connections(&function);
        Output::new(stack, "Url", stage.url());
        Output::new(stack, "Callback", stage.callback_url());
    });
    template.has_properties(
        "AWS::ApiGatewayV2::Api",
        json!({
            "ProtocolType": "WEBSOCKET",
            "RouteSelectionExpression": "$request.body.action",
            "DisableExecuteApiEndpoint": true,
        }),
    );
    template.resource_count("AWS::ApiGatewayV2::Integration", 1);
    template.has_properties(
        "AWS::ApiGatewayV2::Integration",
        json!({ "IntegrationType": "AWS_PROXY", "IntegrationMethod": "POST" }),
    );
    for (key, kind) in [
        ("$connect", "CUSTOM"),
        ("$disconnect", "NONE"),
        ("$default", "NONE"),
        ("send", "NONE"),
    ] {
        template.has_properties(
            "AWS::ApiGatewayV2::Route",
            json!({ "RouteKey": key, "AuthorizationType": kind }),
        );
    }
    template.has_properties(
        "AWS::ApiGatewayV2::RouteResponse",
        json!({ "RouteResponseKey": "$default" }),
    );
    template.has_properties(
        "AWS::ApiGatewayV2::Stage",
        json!({
            "StageName": "live",
            "AutoDeploy": true,
            "AccessLogSettings": Match::absent(),
            "DefaultRouteSettings": { "ThrottlingBurstLimit": 5 },
        }),
    );
    let policy = statements(&template);
    assert!(policy.contains("execute-api:ManageConnections"), "{policy}");
    assert!(policy.contains("/*/@connections/*"), "{policy}");
}

#[test]
fn requires_signed_connections() {
    let template = Template::of_stack(|stack| {
        let role = role(stack);
        let chat = WebSocketIntegration::lambda(
            "Chat",
            "arn:aws:lambda:eu-west-1:111122223333:function:chat",
        );
        let api = WebSocketApi::builder().build(stack, "Api");
        let connect = api.on_connect(&chat).require_iam();
        connect.grant_connect(&role);
        api.grant_manage_connections(&role);
        WebSocketApi::from_id("abcdef1234").grant_manage_connections(&role);
    });
    template.has_properties(
        "AWS::ApiGatewayV2::Route",
        json!({ "RouteKey": "$connect", "AuthorizationType": "AWS_IAM" }),
    );
    let policy = statements(&template);
    assert!(policy.contains("/*/$connect\""), "{policy}");
    assert!(policy.contains("abcdef1234/*/*/@connections/*"), "{policy}");
}

#[test]
fn names_api_and_stage_in_metrics() {
    let template = Template::of_stack(|stack| {
        let api = HttpApi::builder().build(stack, "Api");
        let stage = api.default_stage().unwrap();
        let sockets = WebSocketApi::builder().build(stack, "Sockets");
        let metrics = [
            api.metric_5xx(),
            stage.metric_latency(),
            HttpApi::from_id("abcdef1234").metric_data_processed(),
            sockets.metric_connect_count(),
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
    let api = json!({ "Name": "ApiId", "Value": { "Ref": Match::any() } });
    template.has_properties(
        "AWS::CloudWatch::Alarm",
        json!({ "Namespace": "AWS/ApiGateway", "MetricName": "5xx", "Statistic": "Sum", "Dimensions": [api] }),
    );
    template.has_properties(
        "AWS::CloudWatch::Alarm",
        json!({
            "MetricName": "Latency",
            "ExtendedStatistic": "p99",
            "Dimensions": [api, { "Name": "Stage", "Value": { "Ref": Match::any() } }],
        }),
    );
    template.has_properties(
        "AWS::CloudWatch::Alarm",
        json!({ "MetricName": "DataProcessed", "Dimensions": [{ "Name": "ApiId", "Value": "abcdef1234" }] }),
    );
    template.has_properties(
        "AWS::CloudWatch::Alarm",
        json!({ "MetricName": "ConnectCount" }),
    );
}
