//! Tests of the constructs in `infra_lib::cloudfront`.

use infra_lib::assertions::{Match, Template};
use infra_lib::certificatemanager::Certificate;
use infra_lib::cloudfront::{
    ApiOrigin, CloudFrontSite, ContentSecurityPolicy, Directive, DistributionLogs, Domain,
    FrameOptions, GeoRestriction, PriceClass, Routing, SecurityHeaders, SiteLogs, Source,
    TlsVersion,
};
use infra_lib::ec2::Vpc;
use infra_lib::elbv2::ApplicationLoadBalancer;
use infra_lib::route53::HostedZone;
use infra_lib::s3::{AccessLogs, Bucket};
use infra_lib::wafv2::WebAcl;
use infra_lib::{App, Duration, Environment, RemovalPolicy, Stack, StackProps, cidr, core::render};
use serde_json::json;

fn at<'app>(app: &'app App, id: &str, region: &str) -> Stack<'app> {
    StackProps::new()
        .environment(Environment::region(region))
        .build(app, id)
}

fn load_balancer(stack: Stack<'_>) -> ApplicationLoadBalancer<'_> {
    let vpc = Vpc::builder()
        .cidr(cidr!("10.0.0.0/16"))
        .build(stack, "Vpc");
    ApplicationLoadBalancer::builder()
        .internal(vpc.private())
        .build(stack, "LoadBalancer")
}

fn zone(stack: Stack<'_>) -> HostedZone<'_> {
    HostedZone::from_attributes(stack, "Zone", "Z0123456789ABCDEFGHIJ", "example.com")
}

fn pretty(template: &Template) -> String {
    serde_json::to_string_pretty(template.json()).unwrap()
}

fn findings(app: App) -> String {
    app.synth()
        .findings()
        .iter()
        .map(render)
        .collect::<Vec<_>>()
        .join("\n")
}

#[test]
fn renders_private_site_with_edge_routing() {
    let template = Template::of_stack(|stack| {
        CloudFrontSite::builder().build(stack, "Site");
    });
    insta::assert_snapshot!(pretty(&template));
}

#[test]
fn reaches_api_of_another_stack_through_vpc_origin() {
    let app = App::new();
    let service = at(&app, "Service", "eu-west-1");
    let balancer = load_balancer(service);
    let edge = at(&app, "Edge", "eu-west-1");
    CloudFrontSite::builder()
        .api(ApiOrigin::vpc(&balancer).port(8080))
        .build(edge, "Site");
    let synthesis = app.synth();
    Template::of(&synthesis, "Service").has_properties(
        "AWS::EC2::SecurityGroup",
        json!({ "SecurityGroupIngress": [{ "SourcePrefixListId": "pl-4fa04526", "FromPort": 8080, "ToPort": 8080 }] }),
    );
    insta::assert_snapshot!(pretty(&Template::of(&synthesis, "Edge")));
}

#[test]
fn maps_prefix_list_for_region_known_at_deployment() {
    let template = Template::of_stack(|stack| {
        let balancer = load_balancer(stack);
        CloudFrontSite::builder()
            .api(ApiOrigin::vpc(&balancer))
            .build(stack, "Site");
        CloudFrontSite::builder()
            .api(ApiOrigin::vpc(&balancer))
            .build(stack, "Other");
    });
    assert_eq!(template.json()["Mappings"].as_object().unwrap().len(), 1);
    template.has_properties(
        "AWS::EC2::SecurityGroup",
        json!({ "SecurityGroupIngress": [{ "SourcePrefixListId": {
            "Fn::FindInMap": ["CloudFrontOriginFacing", { "Ref": "AWS::Region" }, "PrefixListId"],
        } }] }),
    );
}

#[test]
fn adds_routing_function_to_default_behavior_only() {
    let template = Template::of_stack(|stack| {
        CloudFrontSite::builder()
            .api(ApiOrigin::public("api.example.com"))
            .api_path("/healthz")
            .build(stack, "Site");
    });
    let config =
        &template.only("AWS::CloudFront::Distribution")["Properties"]["DistributionConfig"];
    assert_eq!(
        config["DefaultCacheBehavior"]["FunctionAssociations"][0]["EventType"],
        "viewer-request"
    );
    assert_eq!(config["CustomErrorResponses"], serde_json::Value::Null);
    let behaviors: Vec<(&str, Option<&str>)> = config["CacheBehaviors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|b| {
            (
                b["PathPattern"].as_str().unwrap(),
                b["FunctionAssociations"][0]["EventType"].as_str(),
            )
        })
        .collect();
    assert_eq!(
        behaviors,
        [
            ("/api/*", None),
            ("/healthz", None),
            ("/assets/*", Some("viewer-response"))
        ]
    );
}

#[test]
fn renders_every_chosen_site_setting() {
    let app = App::new();
    let stack = at(&app, "Stack", "us-east-1");
    let zone = zone(stack);
    let certificate = Certificate::builder()
        .domain_name("notes.example.com")
        .alternative_name("www.notes.example.com")
        .zone(&zone)
        .build(stack, "Certificate");
    let logs = Bucket::log_bucket(Duration::days(90)).build(stack, "Logs");
    let csp = ContentSecurityPolicy::strict()
        .allow(Directive::Style, Source::UnsafeInline)
        .allow(
            Directive::Connect,
            Source::Host("https://api.example.com".into()),
        );
    CloudFrontSite::builder()
        .api(ApiOrigin::public("api.example.com"))
        .domain(
            Domain::new(["notes.example.com", "www.notes.example.com"], &certificate)
                .zone(&zone)
                .minimum_tls_version(TlsVersion::V1_3_2025),
        )
        .web_acl(&WebAcl::cloudfront().build(stack, "WebAcl"))
        .access_logs(SiteLogs::to(logs))
        .bucket_access_logs(AccessLogs::to(logs).prefix("site/"))
        .security_headers(
            SecurityHeaders::strict()
                .content_security_policy(csp)
                .https_only_for(Duration::days(730))
                .frame_options(FrameOptions::SameOrigin)
                .header("permissions-policy", "camera=(self)"),
        )
        .routing(Routing::Directories)
        .assets_path("/static/*")
        .default_root_object("home.html")
        .price_class(PriceClass::NorthAmericaAndEurope)
        .geo_restriction(GeoRestriction::AllowOnly(vec!["CH".into(), "DE".into()]))
        .removal_policy(RemovalPolicy::Destroy)
        .build(stack, "Site");
    insta::assert_snapshot!(pretty(&Template::of(&app.synth(), "Stack")));
}

#[test]
fn serves_presigned_objects_without_own_access() {
    let app = App::new();
    let files = Bucket::builder().build(at(&app, "Data", "eu-west-1"), "Files");
    let edge = at(&app, "Edge", "us-east-1");
    CloudFrontSite::builder()
        .presigned("files/", &files)
        .build(edge, "Site");
    let synthesis = app.synth();
    assert!(!synthesis.has_errors());
    let template = Template::of(&synthesis, "Edge");
    template.has_properties(
        "AWS::CloudFront::OriginRequestPolicy",
        json!({ "OriginRequestPolicyConfig": {
            "CookiesConfig": { "CookieBehavior": "none" },
            "HeadersConfig": { "HeaderBehavior": "none" },
            "QueryStringsConfig": { "QueryStringBehavior": "all" },
        } }),
    );
    let config =
        &template.only("AWS::CloudFront::Distribution")["Properties"]["DistributionConfig"];
    let behavior = &config["CacheBehaviors"][0];
    assert_eq!(behavior["PathPattern"], "/files/*");
    assert_eq!(behavior["ViewerProtocolPolicy"], "https-only");
    assert_eq!(behavior["AllowedMethods"], json!(["GET", "HEAD"]));
    assert_eq!(
        behavior["CachePolicyId"],
        "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"
    );
    let origin = &config["Origins"][1];
    assert_eq!(origin["Id"], behavior["TargetOriginId"]);
    // An access control would put CloudFront's signature in place of the viewer's.
    assert!(origin["OriginAccessControlId"].is_null(), "{origin:#}");
    assert_eq!(
        origin["CustomOriginConfig"]["OriginProtocolPolicy"],
        "https-only"
    );
    template.has_properties(
        "AWS::CloudFront::ResponseHeadersPolicy",
        json!({ "ResponseHeadersPolicyConfig": { "SecurityHeadersConfig": { "ContentSecurityPolicy": {
            "ContentSecurityPolicy": "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox; upgrade-insecure-requests",
        } } } }),
    );
}

#[test]
fn reports_presigned_path_that_hides_all_pages() {
    let app = App::new();
    let stack = Stack::new(&app, "Stack");
    let files = Bucket::builder().build(stack, "Files");
    CloudFrontSite::builder()
        .presigned("/", &files)
        .build(stack, "Site");
    insta::assert_snapshot!(findings(app));
}

#[test]
fn delivers_logs_of_other_region_from_us_east_1() {
    let app = App::new();
    let site = CloudFrontSite::builder().build(at(&app, "Site", "eu-west-1"), "Site");
    let edge = at(&app, "Logs", "us-east-1");
    let bucket = Bucket::log_bucket(Duration::days(90)).build(edge, "Logs");
    DistributionLogs::builder()
        .site(&site)
        .to(SiteLogs::to(bucket))
        .build(edge, "Delivery");
    insta::assert_snapshot!(pretty(&Template::of(&app.synth(), "Logs")));
}

#[test]
fn omits_function_for_plain_file_routing() {
    let template = Template::of_stack(|stack| {
        CloudFrontSite::builder()
            .routing(Routing::Files)
            .build(stack, "Site");
    });
    template.has_properties(
        "AWS::CloudFront::Distribution",
        json!({ "DistributionConfig": { "DefaultCacheBehavior": { "FunctionAssociations": Match::absent() } } }),
    );
}

#[test]
fn blocks_foreign_sources_in_strict_policy() {
    insta::assert_snapshot!(ContentSecurityPolicy::strict());
}

#[test]
fn requires_trusted_types_by_name() {
    let policy = |names: &[&'static str]| {
        ContentSecurityPolicy::strict()
            .trusted_types(names.iter().copied())
            .to_string()
    };
    let end = |rule: &str| {
        format!(
            "; require-trusted-types-for 'script'; trusted-types {rule}; upgrade-insecure-requests"
        )
    };
    assert!(policy(&["one", "two"]).ends_with(&end("one two")));
    assert!(policy(&[]).ends_with(&end("'none'")));
    let silent = ContentSecurityPolicy::strict().to_string();
    assert!(!silent.contains("trusted-types"), "{silent}");
}

#[test]
fn reports_certificate_of_another_region() {
    let app = App::new();
    let stack = at(&app, "Stack", "eu-west-1");
    let certificate = Certificate::builder()
        .domain_name("notes.example.com")
        .zone(&zone(stack))
        .build(stack, "Certificate");
    CloudFrontSite::builder()
        .domain(Domain::new(["notes.example.com"], &certificate))
        .build(stack, "Site");
    insta::assert_snapshot!(findings(app));
}

#[test]
fn warns_about_certificate_of_unknown_region() {
    let app = App::new();
    let stack = Stack::new(&app, "Stack");
    let certificate = Certificate::builder()
        .domain_name("notes.example.com")
        .zone(&zone(stack))
        .build(stack, "Certificate");
    CloudFrontSite::builder()
        .domain(Domain::new(["notes.example.com"], &certificate))
        .build(stack, "Site");
    insta::assert_snapshot!(findings(app));
}

#[test]
fn reports_domain_missing_in_certificate() {
    let app = App::new();
    let stack = at(&app, "Stack", "us-east-1");
    let certificate = Certificate::builder()
        .domain_name("notes.example.com")
        .zone(&zone(stack))
        .build(stack, "Certificate");
    CloudFrontSite::builder()
        .domain(Domain::new(["www.example.com"], &certificate))
        .build(stack, "Site");
    insta::assert_snapshot!(findings(app));
}

#[test]
fn warns_about_unsafe_inline_scripts() {
    let app = App::new();
    let csp = ContentSecurityPolicy::strict().allow(Directive::Script, Source::UnsafeInline);
    CloudFrontSite::builder()
        .security_headers(SecurityHeaders::strict().content_security_policy(csp))
        .build(Stack::new(&app, "Stack"), "Site");
    insta::assert_snapshot!(findings(app));
}

#[test]
fn reports_api_path_that_hides_all_pages() {
    let app = App::new();
    CloudFrontSite::builder()
        .api(ApiOrigin::public("api.example.com"))
        .api_path("/*")
        .build(Stack::new(&app, "Stack"), "Site");
    insta::assert_snapshot!(findings(app));
}

#[test]
fn reports_log_delivery_from_another_region() {
    let app = App::new();
    let stack = at(&app, "Stack", "eu-west-1");
    let logs = Bucket::log_bucket(Duration::days(90)).build(stack, "Logs");
    CloudFrontSite::builder()
        .access_logs(SiteLogs::to(logs))
        .build(stack, "Site");
    insta::assert_snapshot!(findings(app));
}

#[test]
fn reports_public_load_balancer_behind_vpc_origin() {
    let app = App::new();
    let stack = at(&app, "Stack", "eu-west-1");
    let vpc = Vpc::builder()
        .cidr(cidr!("10.0.0.0/16"))
        .build(stack, "Vpc");
    let balancer = ApplicationLoadBalancer::builder()
        .internet_facing(vpc.public())
        .build(stack, "LoadBalancer");
    CloudFrontSite::builder()
        .api(ApiOrigin::vpc(&balancer))
        .build(stack, "Site");
    insta::assert_snapshot!(findings(app));
}

#[test]
fn reports_region_with_unknown_prefix_list() {
    let app = App::new();
    let stack = at(&app, "Stack", "ap-east-1");
    let balancer = load_balancer(stack);
    CloudFrontSite::builder()
        .api(ApiOrigin::vpc(&balancer).prefix_list("pl-5fa54036"))
        .build(stack, "Right");
    CloudFrontSite::builder()
        .api(ApiOrigin::vpc(&balancer))
        .build(stack, "Wrong");
    insta::assert_snapshot!(findings(app));
}
