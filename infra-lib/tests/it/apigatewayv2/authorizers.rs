//! Tests of authorizers of HTTP APIs.

use infra_lib::Duration;
use infra_lib::apigatewayv2::{
    Authorization, AuthorizerResponse, HttpApi, HttpMethod, HttpStage, JwtAuthorizer,
    LambdaAuthorizer, WebSocketApi, WebSocketAuthorizer, WebSocketIntegration,
};
use infra_lib::assertions::{Match, Template};
use serde_json::json;

use super::{elsewhere, function};
use crate::base::findings_of;

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
