//! Tests of named stages and domain names.

use infra_lib::apigatewayv2::{AccessLogs, DomainName, HttpApi, HttpStage, ImportedDomainName};
use infra_lib::assertions::{Match, Template};
use infra_lib::certificatemanager::Certificate;
use infra_lib::{Environment, Output, ParameterProps, ParameterType, Stack, StackProps};
use serde_json::json;

use super::{certificate, domain, zone};
use crate::base::findings_of;

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
fn serves_path_of_imported_domain() {
    fn import(stack: Stack<'_>) -> ImportedDomainName<'_> {
        DomainName::from_attributes(
            stack,
            "Shared",
            "api.example.com",
            "d-abcdef.execute-api.eu-west-1.amazonaws.com",
            "ZLY8HYME6SFDD",
        )
    }
    let template = Template::of_stack(|stack| {
        let shared = import(stack);
        HttpApi::builder().domain(shared).build(stack, "Api");
        let admin = HttpApi::builder().build(stack, "Admin");
        shared.map_path("/admin", &admin.default_stage().unwrap());
    });
    template.resource_count("AWS::ApiGatewayV2::DomainName", 0);
    for (_, mapping) in template.resources("AWS::ApiGatewayV2::ApiMapping") {
        assert_eq!(mapping["Properties"]["DomainName"], "api.example.com");
    }
    template.has_properties(
        "AWS::ApiGatewayV2::ApiMapping",
        json!({ "ApiMappingKey": Match::absent() }),
    );
    template.has_properties(
        "AWS::ApiGatewayV2::ApiMapping",
        json!({ "ApiMappingKey": "admin" }),
    );
    let found = findings_of(|stack| {
        let shared = import(stack);
        HttpApi::builder().domain(shared).build(stack, "Api");
        let admin = HttpApi::builder().build(stack, "Admin");
        shared.map_root(&admin.default_stage().unwrap());
    });
    assert!(
        found.contains("the path `/` of a domain is mapped twice"),
        "{found}"
    );
}

#[test]
fn reports_domain_that_is_imported_by_its_url() {
    insta::assert_snapshot!(findings_of(|stack| {
        let endpoint = "d-abcdef.execute-api.eu-west-1.amazonaws.com";
        let url = "https://api.example.com/";
        DomainName::from_attributes(stack, "Domain", url, endpoint, "ZLY8HYME6SFDD");
        zone(stack);
        infra_lib::sns::Topic::builder().build(stack, "Topic");
    }));
}
