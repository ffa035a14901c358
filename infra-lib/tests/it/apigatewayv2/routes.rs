//! Tests of routes and integrations of HTTP APIs.

use infra_lib::apigatewayv2::{
    HttpApi, HttpIntegration, HttpMethod, VpcLink, WebSocketApi, WebSocketIntegration,
};
use infra_lib::assertions::{Match, Template};
use infra_lib::ec2::Vpc;
use infra_lib::elbv2::{ApplicationLoadBalancer, Listener, ListenerProtocol};
use infra_lib::events::EventBus;
use infra_lib::kms::Key;
use infra_lib::sqs::{Queue, QueueEncryption};
use infra_lib::{Duration, Stack, cidr};
use serde_json::json;

use super::{elsewhere, function, logical_ids};
use crate::base::findings_of;

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
fn connects_imported_link_to_port_of_listener() {
    let template = Template::of_stack(|stack| {
        let (listener, _) = private(stack, ListenerProtocol::Http);
        let link = VpcLink::from_attributes(stack, "Shared", "a1b2c3", "sg-0123456789abcdef0");
        assert_eq!(link.id().as_literal(), Some("a1b2c3"));
        let backend = HttpIntegration::listener("Backend", &listener, link);
        let api = HttpApi::builder().build(stack, "Api");
        api.add_default_route(&backend);
    });
    template.has_properties(
        "AWS::ApiGatewayV2::Integration",
        json!({ "ConnectionType": "VPC_LINK", "ConnectionId": "a1b2c3" }),
    );
    template.has_properties(
        "AWS::EC2::SecurityGroupEgress",
        json!({ "GroupId": "sg-0123456789abcdef0", "FromPort": 80, "ToPort": 80 }),
    );
    template.has_properties(
        "AWS::EC2::SecurityGroupIngress",
        json!({ "SourceSecurityGroupId": "sg-0123456789abcdef0", "FromPort": 80, "ToPort": 80 }),
    );
}

#[test]
fn reports_link_that_is_imported_by_its_arn() {
    let found = findings_of(|stack| {
        let arn = "arn:aws:apigateway:eu-west-1::/vpclinks/a1b2c3";
        VpcLink::from_attributes(stack, "Link", arn, "sg-0123456789abcdef0");
        infra_lib::sns::Topic::builder().build(stack, "Topic");
    });
    let shown = "does not have the form of the ID of a link, letters and digits";
    assert!(
        found.contains(shown) && found.contains("[INF8026]"),
        "{found}"
    );
}

#[test]
fn connects_link_to_port_of_listener() {
    let template = Template::of_stack(|stack| {
        let certificate = "arn:aws:acm:eu-west-1:111122223333:certificate/abc";
        let (listener, link) = private(stack, ListenerProtocol::https(certificate));
        let backend = HttpIntegration::https_listener("Backend", &listener, link, "notes.internal");
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
        api.add_default_route(&HttpIntegration::listener("Backend", &listener, link));
    });
    assert!(
        plain.contains("error[INF4932]: an API sends unencrypted requests"),
        "{plain}"
    );
    let encrypted = findings_of(|stack| {
        let (listener, link) = private(stack, ListenerProtocol::Http);
        let api = HttpApi::builder().build(stack, "Api");
        api.add_default_route(&HttpIntegration::https_listener(
            "Backend", &listener, link, "notes",
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
