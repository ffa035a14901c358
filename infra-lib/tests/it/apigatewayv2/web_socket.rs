//! Tests of WebSocket APIs.

use infra_lib::Output;
use infra_lib::apigatewayv2::{
    Throttling, WebSocketApi, WebSocketAuthorizer, WebSocketIntegration, WebSocketStage,
};
use infra_lib::assertions::{Match, Template};
use serde_json::json;

use super::{function, role, statements};

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
