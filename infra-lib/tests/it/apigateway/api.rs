//! Tests of REST APIs and their stages.

use infra_lib::apigateway::{
    AccessLogs, Endpoint, GatewayResponse, GatewayResponseType, HttpMethod, RestApi,
    RestAuthorization, RestIntegration, RestStage, Throttling, VpcLink,
};
use infra_lib::apigatewayv2::DomainName;
use infra_lib::assertions::{Match, Template};
use infra_lib::certificatemanager::Certificate;
use infra_lib::cloudwatch::{Alarm, Comparison, TreatMissingData};
use infra_lib::{Duration, Output};
use serde_json::{Value as JsonValue, json};

use super::{answer, api, deployment_id, only_id, role};
use crate::base::findings_of;

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
fn forwards_requests_through_vpc_link() {
    const BALANCER: &str = "arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/net/orders/50dc6c495c0c9188";
    let template = Template::of_stack(|stack| {
        let link = VpcLink::builder()
            .load_balancer(BALANCER)
            .description("Orders")
            .build(stack, "Link");
        let any = RestIntegration::private("http://orders.example.com/orders", link);
        let get = RestIntegration::private_with_method(
            "http://orders.example.com/status",
            HttpMethod::Get,
            link,
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
fn reaches_load_balancer_through_imported_link() {
    let template = Template::of_stack(|stack| {
        let link = VpcLink::from_id(stack, "Link", "a1b2c3");
        let orders = RestIntegration::private("http://orders.example.com:8080/orders", link);
        let api = RestApi::builder().build(stack, "Api");
        api.root().add_method(HttpMethod::Get, &orders);
    });
    template.resource_count("AWS::ApiGateway::VpcLink", 0);
    let method = template.only("AWS::ApiGateway::Method")["Properties"]["Integration"].clone();
    assert_eq!(method["ConnectionType"], "VPC_LINK");
    assert_eq!(method["ConnectionId"], "a1b2c3");
}

#[test]
fn reports_link_that_is_imported_by_its_arn() {
    let found = findings_of(|stack| {
        let arn = "arn:aws:apigateway:eu-west-1::/vpclinks/a1b2c3";
        VpcLink::from_id(stack, "Link", arn);
        api(stack);
    });
    let shown = "does not have the form of the ID of a link, letters and digits";
    assert!(
        found.contains(shown) && found.contains("[INF8026]"),
        "{found}"
    );
}
