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
fn a_site_is_private_behind_the_distribution_and_routes_pages_at_the_edge() {
    let template = Template::of_stack(|stack| {
        CloudFrontSite::builder().build(stack, "Site");
    });
    insta::assert_snapshot!(pretty(&template));
}

#[test]
fn an_api_in_another_stack_is_reached_through_a_vpc_origin_without_a_circle() {
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
fn the_prefix_list_is_looked_up_where_the_region_is_decided_at_deployment() {
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
fn the_routing_function_is_on_the_default_behaviour_only() {
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
fn everything_can_be_chosen() {
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
fn serves_presigned_objects_below_a_folder_without_access_of_its_own() {
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
fn reports_presigned_objects_in_place_of_all_pages() {
    let app = App::new();
    let stack = Stack::new(&app, "Stack");
    let files = Bucket::builder().build(stack, "Files");
    CloudFrontSite::builder()
        .presigned("/", &files)
        .build(stack, "Site");
    insta::assert_snapshot!(findings(app));
}

#[test]
fn a_site_elsewhere_has_its_logs_delivered_from_us_east_1() {
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
fn files_alone_need_no_function() {
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
fn the_strict_policy_lets_nothing_in_from_elsewhere() {
    insta::assert_snapshot!(ContentSecurityPolicy::strict());
}

#[test]
fn trusted_types_are_asked_for_by_name() {
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
fn a_certificate_in_another_region_is_reported() {
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
fn a_certificate_in_an_unknown_region_is_a_warning() {
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
fn a_name_that_the_certificate_is_not_for_is_reported() {
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
fn scripts_from_anywhere_are_reported() {
    let app = App::new();
    let csp = ContentSecurityPolicy::strict().allow(Directive::Script, Source::UnsafeInline);
    CloudFrontSite::builder()
        .security_headers(SecurityHeaders::strict().content_security_policy(csp))
        .build(Stack::new(&app, "Stack"), "Site");
    insta::assert_snapshot!(findings(app));
}

#[test]
fn a_path_that_takes_all_pages_away_is_reported() {
    let app = App::new();
    CloudFrontSite::builder()
        .api(ApiOrigin::public("api.example.com"))
        .api_path("/*")
        .build(Stack::new(&app, "Stack"), "Site");
    insta::assert_snapshot!(findings(app));
}

#[test]
fn logs_delivered_from_another_region_are_reported() {
    let app = App::new();
    let stack = at(&app, "Stack", "eu-west-1");
    let logs = Bucket::log_bucket(Duration::days(90)).build(stack, "Logs");
    CloudFrontSite::builder()
        .access_logs(SiteLogs::to(logs))
        .build(stack, "Site");
    insta::assert_snapshot!(findings(app));
}

#[test]
fn a_public_load_balancer_behind_a_vpc_origin_is_reported() {
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
fn a_region_whose_prefix_list_is_not_known_is_reported_unless_it_is_given() {
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
