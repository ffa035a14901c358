//! Tests of edge-optimized domain names of REST APIs, and of the mappings of their paths.

use infra_lib::apigateway::{
    BasePathMapping, DomainName, EdgeSecurityPolicy, HttpMethod, RestApi, RestIntegration,
};
use infra_lib::assertions::{Match, Template};
use infra_lib::certificatemanager::Certificate;
use infra_lib::route53::{ARecord, HostedZone};
use infra_lib::{
    App, Arn, Environment, Output, ParameterProps, ParameterType, Severity, Stack, StackProps,
    Synthesis, Value, codes,
};
use serde_json::json;

const CERTIFICATE: &str = "arn:aws:acm:us-east-1:111122223333:certificate/abc";

fn synthesize(build: impl for<'app> FnOnce(Stack<'app>)) -> Synthesis {
    let app = App::new();
    let stack = StackProps::new()
        .environment(Environment::region("eu-west-1"))
        .build(&app, "Stack");
    build(stack);
    app.synth()
}

fn api<'app>(stack: Stack<'app>, id: &str) -> RestApi<'app> {
    let api = RestApi::builder().build(stack, id);
    api.root()
        .add_method(HttpMethod::Get, &RestIntegration::mock(200));
    api
}

fn domain(stack: Stack<'_>) -> DomainName<'_> {
    let certificate = Certificate::from_arn(stack, "Certificate", CERTIFICATE);
    DomainName::builder()
        .domain_name("api.example.com")
        .certificate(certificate)
        .build(stack, "Domain")
}

#[test]
fn creates_edge_domain_with_tls_1_2_record_and_mappings() {
    let synthesis = synthesize(|stack| {
        let zone =
            HostedZone::from_attributes(stack, "Zone", "Z0123456789ABCDEFGHIJ", "example.com");
        let certificate = Certificate::from_arn(stack, "Certificate", CERTIFICATE);
        let domain = DomainName::builder()
            .domain_name("api.example.com")
            .certificate(certificate)
            .zone(zone)
            .build(stack, "Domain");
        domain.map_root(&api(stack, "Api").stage());
        domain.map_path("admin", &api(stack, "Admin").stage());
        Output::new(stack, "Url", domain.url());
    });
    assert!(
        synthesis.findings().is_empty(),
        "{:?}",
        synthesis.findings()
    );
    let template = Template::of(&synthesis, "Stack");
    template.has_properties(
        "AWS::ApiGateway::DomainName",
        json!({
            "DomainName": "api.example.com",
            "CertificateArn": CERTIFICATE,
            "RegionalCertificateArn": Match::absent(),
            "EndpointConfiguration": { "Types": ["EDGE"] },
            "SecurityPolicy": "TLS_1_2",
            "EndpointAccessMode": Match::absent(),
        }),
    );
    template.has_properties(
        "AWS::Route53::RecordSet",
        json!({
            "Name": "api.example.com.", "Type": "A",
            "AliasTarget": {
                "DNSName": { "Fn::GetAtt": [Match::any(), "DistributionDomainName"] },
                "HostedZoneId": { "Fn::GetAtt": [Match::any(), "DistributionHostedZoneId"] },
            },
        }),
    );
    for (path, stage) in [
        (Match::absent(), "Api"),
        (Match::exact(json!("admin")), "Admin"),
    ] {
        template.has_properties(
            "AWS::ApiGateway::BasePathMapping",
            json!({
                "BasePath": path,
                "DomainName": { "Ref": Match::string_like("Domain*") },
                "RestApiId": { "Ref": Match::string_like(&format!("{stage}*")) },
                "Stage": { "Ref": Match::string_like(&format!("{stage}DeploymentStageprod*")) },
            }),
        );
    }
    template.has_output(
        "Url",
        json!({ "Value": { "Fn::Sub": Match::string_like("https://${Domain*}/") } }),
    );
}

/// The IDs are those that aws-cdk-lib 2.276.0 gives the same app.
#[test]
fn mappings_have_ids_of_cdk() {
    let synthesis = synthesize(|stack| {
        let domain = domain(stack);
        let api = api(stack, "Api");
        domain.map_root(&api.stage());
        domain.map_path("admin", &api.stage());
    });
    let template = Template::of(&synthesis, "Stack");
    let mappings = template.resources("AWS::ApiGateway::BasePathMapping");
    let ids: Vec<&str> = mappings.iter().map(|(id, _)| *id).collect();
    assert_eq!(
        ids,
        [
            "DomainMapStackApiDBBEC0DB02A3F361",
            "DomainMapadminStackApiDBBEC0DB0B1DB2CB"
        ]
    );
}

#[test]
fn maps_stages_to_paths_of_imported_domain() {
    let synthesis = synthesize(|stack| {
        let shared = DomainName::from_attributes(
            stack,
            "Shared",
            "api.example.com",
            "d111111abcdef8.cloudfront.net",
            "Z2FDTNDATAQYW2",
        );
        let api = api(stack, "Api");
        shared.map_path("notes", &api.stage());
        assert_eq!(shared.url().as_literal(), Some("https://api.example.com/"));
        ARecord::builder()
            .zone(HostedZone::from_attributes(
                stack,
                "Zone",
                "Z0123456789ABCDEFGHIJ",
                "example.com",
            ))
            .domain_name("alias.example.com")
            .target(shared)
            .build(stack, "Alias");
    });
    assert!(
        synthesis.findings().is_empty(),
        "{:?}",
        synthesis.findings()
    );
    let template = Template::of(&synthesis, "Stack");
    template.resource_count("AWS::ApiGateway::DomainName", 0);
    let api = template.resources("AWS::ApiGateway::RestApi")[0].0;
    let stage = template.resources("AWS::ApiGateway::Stage")[0].0;
    assert_eq!(
        template.only("AWS::ApiGateway::BasePathMapping")["Properties"],
        json!({
            "DomainName": "api.example.com",
            "BasePath": "notes",
            "RestApiId": { "Ref": api },
            "Stage": { "Ref": stage },
        })
    );
    template.has_properties(
        "AWS::Route53::RecordSet",
        json!({ "AliasTarget": {
            "DNSName": "d111111abcdef8.cloudfront.net", "HostedZoneId": "Z2FDTNDATAQYW2",
        } }),
    );
}

#[test]
fn policy_of_2025_refuses_other_hosts() {
    for (policy, name) in [
        (
            EdgeSecurityPolicy::Tls12ForwardSecrecy,
            "SecurityPolicy_TLS12_PFS_2025_EDGE",
        ),
        (EdgeSecurityPolicy::Tls13, "SecurityPolicy_TLS13_2025_EDGE"),
    ] {
        let synthesis = synthesize(|stack| {
            let certificate = Certificate::from_arn(stack, "Certificate", CERTIFICATE);
            DomainName::builder()
                .domain_name("api.example.com")
                .certificate(certificate)
                .security_policy(policy)
                .build(stack, "Domain");
        });
        assert!(synthesis.findings().is_empty());
        Template::of(&synthesis, "Stack").has_properties(
            "AWS::ApiGateway::DomainName",
            json!({ "SecurityPolicy": name, "EndpointAccessMode": "STRICT" }),
        );
    }
}

#[test]
fn reports_certificate_outside_us_east_1() {
    let of = |arn: &'static str| {
        synthesize(move |stack| {
            let certificate = Certificate::from_arn(stack, "Certificate", arn);
            DomainName::builder()
                .domain_name("api.example.com")
                .certificate(certificate)
                .build(stack, "Domain");
        })
    };
    let synthesis = of("arn:aws:acm:eu-west-1:111122223333:certificate/abc");
    let [finding] = synthesis.findings() else {
        panic!("{:?}", synthesis.findings());
    };
    assert_eq!(finding.code, codes::EDGE_CERTIFICATE_REGION);
    assert_eq!(finding.severity, Severity::Error);
    assert_eq!(finding.path.as_deref(), Some("Stack/Domain"));
    assert_eq!(
        finding.message,
        "the certificate is in eu-west-1; edge-optimized domain names accept certificates only in us-east-1"
    );
    assert_eq!(finding.property.as_deref(), Some("CertificateArn"));
    assert_eq!(finding.actual.as_deref(), Some("eu-west-1"));
    assert_eq!(finding.expected.as_deref(), Some("us-east-1"));
    assert_eq!(finding.related.len(), 1);
    assert_eq!(
        finding.help.as_deref(),
        Some(
            "create it in a stack with `Environment::new(account, \"us-east-1\")`; other stacks can read its ARN"
        )
    );

    let synthesis = synthesize(|stack| {
        let arn = ParameterProps::new(ParameterType::String).build(stack, "Arn");
        let arn: Value<String> = arn.value();
        let certificate = Certificate::from_arn(stack, "Certificate", arn.cast::<Arn<_>>());
        DomainName::builder()
            .domain_name("api.example.com")
            .certificate(certificate)
            .build(stack, "Domain");
    });
    let [finding] = synthesis.findings() else {
        panic!("{:?}", synthesis.findings());
    };
    assert_eq!(finding.code, codes::EDGE_CERTIFICATE_REGION);
    assert_eq!(finding.severity, Severity::Warning);
}

#[test]
fn reports_paths_that_api_gateway_rejects_or_that_are_mapped_twice() {
    let synthesis = synthesize(|stack| {
        let domain = domain(stack);
        let stage = api(stack, "Api").stage();
        let other = api(stack, "Other").stage();
        domain.map_path("orders/v1", &stage);
        domain.map_path("", &other);
        domain.map_path("Orders-1_.+!*'()$", &stage);
        domain.map_path("admin", &stage);
        BasePathMapping::builder()
            .domain(domain)
            .stage(other)
            .base_path("admin")
            .build(stack, "Again");
    });
    let found: Vec<_> = synthesis
        .findings()
        .iter()
        .map(|one| (one.code, one.message.as_str(), one.actual.as_deref()))
        .collect();
    let wrong = "API Gateway rejects the base path `orders/v1` of an edge-optimized domain name";
    let empty = "API Gateway rejects the base path `` of an edge-optimized domain name";
    let twice = "the path `/admin` of a domain is mapped twice";
    assert_eq!(
        found,
        [
            (codes::BASE_PATH, wrong, Some("orders/v1")),
            (codes::BASE_PATH, empty, Some("")),
            (codes::DUPLICATE_MAPPING, twice, None),
        ]
    );
    let again = &synthesis.findings()[2];
    assert_eq!(again.path.as_deref(), Some("Stack/Again"));
    assert_eq!(again.property.as_deref(), Some("BasePath"));
    assert_eq!(again.related.len(), 1);
}
