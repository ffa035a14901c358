//! Tests of HTTP APIs and their stages.

use infra_lib::Duration;
use infra_lib::apigatewayv2::{
    AccessLogs, Authorization, Cors, HttpApi, HttpMethod, Throttling, WebSocketApi, WebSocketStage,
};
use infra_lib::assertions::{Match, Template};
use infra_lib::cloudwatch::{Alarm, Comparison, TreatMissingData};
use infra_lib::logs::LogGroup;
use serde_json::{Value as JsonValue, json};

use super::{elsewhere, logical_ids, role, statements};
use crate::base::findings_of;

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
fn rejects_credentials_for_every_origin() {
    let found = findings_of(|stack| {
        HttpApi::builder()
            .cors(Cors::new().allow_origin("*").allow_credentials())
            .build(stack, "Api");
    });
    assert!(found.contains("error[INF4923]"), "{found}");
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
