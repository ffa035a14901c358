//! Tests of distributions, their policies, functions and keys.

use infra_lib::assertions::{Match, Template};
use infra_lib::cloudfront::{
    AdditionalMetrics, AllowedMethods, Behavior, CachePolicy, CloudFrontSite, Distribution,
    ErrorResponse, ForwardedHeaders, Function, FunctionEvent, GeoRestriction, HttpVersion,
    KeyGroup, KeyValueStore, ManagedResponseHeadersPolicy, Origin, OriginRequestPolicy, Parameters,
    PriceClass, PublicKey, ResponseHeadersPolicy, SecurityHeaders, SiteLogs, ViewerProtocol,
};
use infra_lib::ec2::Vpc;
use infra_lib::elbv2::ApplicationLoadBalancer;
use infra_lib::iam::{Principal, Role};
use infra_lib::kms::Key;
use infra_lib::lambda::{Code, Function as LambdaFunction, Runtime, Url, UrlAuth};
use infra_lib::route53::{ARecord, HostedZone};
use infra_lib::s3::{Bucket, BucketEncryption};
use infra_lib::wafv2::{Global, WebAcl};
use infra_lib::{App, Duration, Environment, Stack, StackProps, cidr};
use serde_json::json;

use crate::base::findings_of;

const DISTRIBUTION: &str = "AWS::CloudFront::Distribution";
const PEM: &str = "-----BEGIN PUBLIC KEY-----\nMFkw\n-----END PUBLIC KEY-----";
const HANDLER: &str = "function handler(event) { return event.request; }";

fn host<'app>() -> Origin<'app> {
    Origin::https("www.example.com")
}

fn lambda(stack: Stack<'_>) -> LambdaFunction<'_> {
    LambdaFunction::builder()
        .runtime(Runtime::Nodejs24)
        .handler("index.handler")
        .code(Code::inline("exports.handler = async () => 'hello';"))
        .build(stack, "Lambda")
}

#[test]
fn serves_private_bucket_by_default() {
    let template = Template::of_stack(|stack| {
        let bucket = Bucket::builder().build(stack, "Pages");
        Distribution::builder()
            .default_behavior(Behavior::new(Origin::bucket(&bucket)))
            .build(stack, "Distribution");
    });
    insta::assert_snapshot!(template.to_snapshot());
}

#[test]
fn sets_each_option() {
    let app = App::new();
    let stack = StackProps::new()
        .environment(Environment::region("us-east-1"))
        .build(&app, "Stack");
    let logs = Bucket::log_bucket(Duration::days(30)).build(stack, "Logs");
    let web_acl = WebAcl::<Global>::from_arn(
        stack,
        "WebAcl",
        "arn:aws:wafv2:us-east-1:111122223333:global/webacl/shared/473e64fd-f30b-4765-81a0-62ad96dd167a",
    );
    Distribution::builder()
        .default_behavior(
            Behavior::new(
                host()
                    .path("/v1")
                    .header("x-origin", "edge")
                    .connection_attempts(2)
                    .connection_timeout(Duration::seconds(3))
                    .read_timeout(Duration::seconds(60))
                    .shield("us-east-1"),
            )
            .viewer_protocol(ViewerProtocol::AllowAll)
            .methods(AllowedMethods::ReadAndOptions)
            .response_headers_policy(ManagedResponseHeadersPolicy::SimpleCors)
            .uncompressed(),
        )
        .default_root_object("index.html")
        .comment("the shop")
        .error_response(
            ErrorResponse::page(404, 200, "/index.html").cache_for(Duration::minutes(1)),
        )
        .error_response(ErrorResponse::cached(500, Duration::seconds(0)))
        .web_acl(&web_acl)
        .http_version(HttpVersion::Http2)
        .price_class(PriceClass::NorthAmericaAndEurope)
        .geo_restriction(GeoRestriction::AllowOnly(vec!["DE".to_owned()]))
        .additional_metrics(AdditionalMetrics::On)
        .access_logs(SiteLogs::to(logs))
        .build(stack, "Distribution");
    let synthesis = app.synth();
    assert!(!synthesis.has_errors());
    let template = Template::of(&synthesis, "Stack");
    template.has_properties(
        DISTRIBUTION,
        json!({ "DistributionConfig": Match::exact(json!({
            "Comment": "the shop",
            "CustomErrorResponses": [
                { "ErrorCode": 404, "ResponseCode": 200, "ResponsePagePath": "/index.html", "ErrorCachingMinTTL": 60 },
                { "ErrorCode": 500, "ErrorCachingMinTTL": 0 },
            ],
            "DefaultCacheBehavior": {
                "AllowedMethods": ["GET", "HEAD", "OPTIONS"],
                "CachedMethods": ["GET", "HEAD", "OPTIONS"],
                "CachePolicyId": "658327ea-f89d-4fab-a63d-7e88639e58f6",
                "Compress": false,
                "ResponseHeadersPolicyId": "60669652-455b-4ae9-85a4-c4c02393f86c",
                "TargetOriginId": "Origin1",
                "ViewerProtocolPolicy": "allow-all",
            },
            "DefaultRootObject": "index.html",
            "Enabled": true,
            "HttpVersion": "http2",
            "IPV6Enabled": true,
            "Origins": [{
                "ConnectionAttempts": 2,
                "ConnectionTimeout": 3,
                "CustomOriginConfig": { "OriginProtocolPolicy": "https-only", "OriginReadTimeout": 60, "OriginSSLProtocols": ["TLSv1.2"] },
                "DomainName": "www.example.com",
                "Id": "Origin1",
                "OriginCustomHeaders": [{ "HeaderName": "x-origin", "HeaderValue": "edge" }],
                "OriginPath": "/v1",
                "OriginShield": { "Enabled": true, "OriginShieldRegion": "us-east-1" },
            }],
            "PriceClass": "PriceClass_100",
            "Restrictions": { "GeoRestriction": { "RestrictionType": "whitelist", "Locations": ["DE"] } },
            "WebACLId": "arn:aws:wafv2:us-east-1:111122223333:global/webacl/shared/473e64fd-f30b-4765-81a0-62ad96dd167a",
        })) }),
    );
    template.resource_count("AWS::CloudFront::MonitoringSubscription", 1);
    template.resource_count("AWS::Logs::Delivery", 1);
}

#[test]
fn shares_origins_and_groups_them() {
    let template = Template::of_stack(|stack| {
        let vpc = Vpc::builder()
            .cidr(cidr!("10.0.0.0/16"))
            .build(stack, "Vpc");
        let balancer = ApplicationLoadBalancer::builder()
            .internal(vpc.private())
            .build(stack, "LoadBalancer");
        let first = host();
        let second = Origin::http("old.example.com");
        let group = Origin::group(&first, &second, [500, 503]);
        Distribution::builder()
            .default_behavior(Behavior::new(group))
            .behavior("/a/*", Behavior::new(first.clone()))
            .behavior("/b/*", Behavior::uncached(Origin::load_balancer(&balancer)))
            .behavior(
                "/c/*",
                Behavior::uncached(Origin::https_url("https://api.example.com/prod").path("/prod")),
            )
            .build(stack, "Distribution");
    });
    template.has_properties(
        DISTRIBUTION,
        json!({ "DistributionConfig": {
            "DefaultCacheBehavior": { "TargetOriginId": "OriginGroup1" },
            "CacheBehaviors": [
                { "PathPattern": "/a/*", "TargetOriginId": "Origin1" },
                {
                    "PathPattern": "/b/*", "TargetOriginId": "Origin3", "ViewerProtocolPolicy": "https-only", "Compress": false,
                    "CachePolicyId": "4135ea2d-6df8-44a3-9df3-4b5a84be39ad",
                    "OriginRequestPolicyId": "b689b0a8-53d0-40ab-baf2-68738e2966ac",
                },
                { "PathPattern": "/c/*", "TargetOriginId": "Origin4" },
            ],
            "OriginGroups": { "Quantity": 1, "Items": [{
                "Id": "OriginGroup1",
                "FailoverCriteria": { "StatusCodes": { "Items": [500, 503], "Quantity": 2 } },
                "Members": { "Items": [{ "OriginId": "Origin1" }, { "OriginId": "Origin2" }], "Quantity": 2 },
            }] },
            "Origins": [
                { "Id": "Origin1" },
                { "Id": "Origin2", "CustomOriginConfig": { "OriginProtocolPolicy": "http-only" } },
                { "Id": "Origin3", "VpcOriginConfig": { "VpcOriginId": Match::any() } },
                { "Id": "Origin4", "DomainName": "api.example.com", "OriginPath": "/prod" },
            ],
        } }),
    );
    template.resource_count("AWS::CloudFront::VpcOrigin", 1);
}

#[test]
fn calls_function_url_with_signed_requests() {
    let template = Template::of_stack(|stack| {
        let url = Url::builder()
            .function(lambda(stack))
            .auth(UrlAuth::Iam)
            .build(stack, "Url");
        Distribution::builder()
            .default_behavior(Behavior::uncached(Origin::function_url(&url)))
            .build(stack, "Distribution");
    });
    template.has_properties(
        "AWS::CloudFront::OriginAccessControl",
        json!({ "OriginAccessControlConfig": { "OriginAccessControlOriginType": "lambda", "SigningBehavior": "always" } }),
    );
    for action in ["lambda:InvokeFunctionUrl", "lambda:InvokeFunction"] {
        template.has_properties(
            "AWS::Lambda::Permission",
            json!({ "Action": action, "Principal": "cloudfront.amazonaws.com", "SourceArn": Match::any() }),
        );
    }
    template.has_properties(
        DISTRIBUTION,
        json!({ "DistributionConfig": { "Origins": [{
            "DomainName": { "Fn::Select": [2, { "Fn::Split": ["/", { "Fn::GetAtt": [Match::any(), "FunctionUrl"] }] }] },
            "OriginAccessControlId": Match::any(),
        }] } }),
    );
}

#[test]
fn allows_decryption_without_circle() {
    let template = Template::of_stack(|stack| {
        let key = Key::builder().build(stack, "Key");
        let bucket = Bucket::builder()
            .encryption(BucketEncryption::kms(key))
            .build(stack, "Pages");
        Distribution::builder()
            .default_behavior(Behavior::new(Origin::bucket(&bucket)))
            .build(stack, "Distribution");
    });
    template.has_properties(
        "AWS::KMS::Key",
        json!({ "KeyPolicy": { "Statement": Match::list_with(json!([{
            "Action": "kms:Decrypt",
            "Principal": { "Service": "cloudfront.amazonaws.com" },
            "Condition": { "ArnLike": { "AWS:SourceArn": { "Fn::Sub": "arn:${AWS::Partition}:cloudfront::${AWS::AccountId}:distribution/*" } } },
        }])) } }),
    );
}

#[test]
fn reads_bucket_of_another_stack() {
    let app = App::new();
    let data = Stack::new(&app, "Data");
    let web = Stack::new(&app, "Web");
    let bucket = Bucket::builder().build(data, "Pages");
    Distribution::builder()
        .default_behavior(Behavior::new(Origin::bucket(&bucket)))
        .build(web, "Distribution");
    let synthesis = app.synth();
    assert!(!synthesis.has_errors());
    Template::of(&synthesis, "Data").has_properties(
        "AWS::S3::BucketPolicy",
        json!({ "PolicyDocument": { "Statement": Match::list_with(json!([{
            "Action": "s3:GetObject",
            "Condition": { "ArnLike": { "AWS:SourceArn": Match::any() } },
        }])) } }),
    );
}

#[test]
fn runs_functions_and_accepts_signed_urls() {
    let app = App::new();
    let stack = StackProps::new()
        .environment(Environment::region("us-east-1"))
        .build(&app, "Stack");
    let store = KeyValueStore::builder()
        .comment("flags")
        .build(stack, "Store");
    let function = Function::builder()
        .code(HANDLER)
        .key_value_store(store)
        .build(stack, "Function");
    let key = PublicKey::builder().encoded_key(PEM).build(stack, "Key");
    let group = KeyGroup::builder().key(key).build(stack, "Group");
    let role = Role::builder()
        .assumed_by(Principal::service("ec2.amazonaws.com"))
        .build(stack, "Role");
    store.grant_read(&role);
    KeyValueStore::from_arn(
        stack,
        "Other",
        "arn:aws:cloudfront::111122223333:key-value-store/1",
    )
    .grant_write(&role);
    let distribution = Distribution::builder()
        .default_behavior(
            Behavior::new(host())
                .function(FunctionEvent::ViewerRequest, function)
                .edge_function(
                    FunctionEvent::OriginRequest,
                    &lambda(stack).current_version(),
                )
                .trusted_key_group(group),
        )
        .build(stack, "Distribution");
    distribution.grant_create_invalidation(&role);
    let synthesis = app.synth();
    assert!(!synthesis.has_errors());
    insta::assert_snapshot!(Template::of(&synthesis, "Stack").to_snapshot());
}

#[test]
fn writes_policies() {
    let template = Template::of_stack(|stack| {
        let cache = CachePolicy::builder()
            .header("Accept-Language")
            .cookies(Parameters::all_except(["session"]))
            .query(Parameters::only(["page"]))
            .policy_name("pages")
            .comment("by page")
            .default_ttl(Duration::minutes(5))
            .build(stack, "Cache");
        let request = OriginRequestPolicy::builder()
            .headers(ForwardedHeaders::AllAnd(vec![
                "CloudFront-Viewer-Country".to_owned(),
            ]))
            .cookies(Parameters::All)
            .query(Parameters::All)
            .build(stack, "Request");
        let headers = ResponseHeadersPolicy::builder()
            .headers(SecurityHeaders::strict())
            .build(stack, "Headers");
        Distribution::builder()
            .default_behavior(
                Behavior::new(host())
                    .cache_policy(cache)
                    .origin_request_policy(request)
                    .response_headers_policy(headers),
            )
            .build(stack, "Distribution");
    });
    template.has_properties(
        "AWS::CloudFront::CachePolicy",
        json!({ "CachePolicyConfig": {
            "Name": "pages", "Comment": "by page", "MinTTL": 0, "DefaultTTL": 300, "MaxTTL": 31_536_000,
            "ParametersInCacheKeyAndForwardedToOrigin": {
                "HeadersConfig": { "HeaderBehavior": "whitelist", "Headers": ["Accept-Language"] },
                "CookiesConfig": { "CookieBehavior": "allExcept", "Cookies": ["session"] },
                "QueryStringsConfig": { "QueryStringBehavior": "whitelist", "QueryStrings": ["page"] },
                "EnableAcceptEncodingBrotli": true, "EnableAcceptEncodingGzip": true,
            },
        } }),
    );
    template.has_properties(
        "AWS::CloudFront::OriginRequestPolicy",
        json!({ "OriginRequestPolicyConfig": {
            "HeadersConfig": { "HeaderBehavior": "allViewerAndWhitelistCloudFront", "Headers": ["CloudFront-Viewer-Country"] },
            "CookiesConfig": { "CookieBehavior": "all" },
        } }),
    );
    template.has_properties(
        DISTRIBUTION,
        json!({ "DistributionConfig": { "DefaultCacheBehavior": {
            "CachePolicyId": { "Fn::GetAtt": ["Cache18F6EE16", "Id"] },
            "OriginRequestPolicyId": { "Fn::GetAtt": [Match::any(), "Id"] },
            "ResponseHeadersPolicyId": { "Fn::GetAtt": [Match::any(), "Id"] },
        } } }),
    );
}

#[test]
fn names_distribution_in_records_and_metrics() {
    let template = Template::of_stack(|stack| {
        let zone =
            HostedZone::from_attributes(stack, "Zone", "Z0123456789ABCDEFGHIJ", "example.com");
        let distribution = Distribution::builder()
            .default_behavior(Behavior::new(host()))
            .build(stack, "Distribution");
        ARecord::builder()
            .zone(zone)
            .domain_name("www.example.com")
            .target(distribution)
            .build(stack, "Www");
        let site = CloudFrontSite::builder().build(stack, "Site");
        ARecord::builder()
            .zone(zone)
            .domain_name("site.example.com")
            .target(site)
            .build(stack, "SiteName");
        assert_eq!(
            distribution.metric_requests(),
            distribution.metric("Requests")
        );
    });
    template.has_properties(
        "AWS::Route53::RecordSet",
        json!({ "Name": "www.example.com.", "AliasTarget": { "HostedZoneId": "Z2FDTNDATAQYW2" } }),
    );
    template.resource_count("AWS::Route53::RecordSet", 2);
}

#[test]
fn reports_behaviors_that_cloudfront_rejects() {
    let findings = findings_of(|stack| {
        let function = Function::builder().code(HANDLER).build(stack, "Function");
        let lambda = lambda(stack);
        let group = Origin::group(&host(), &Origin::https("b.example.com"), [500]);
        let nested = Origin::group(&group, &host(), [500]);
        Distribution::builder()
            .default_behavior(Behavior::new(nested))
            .behavior("/a/*", Behavior::new(group).methods(AllowedMethods::All))
            .behavior(
                "/a/*",
                Behavior::new(host()).function(FunctionEvent::OriginResponse, function),
            )
            .behavior("*", Behavior::new(host()))
            .behavior("/ä", Behavior::new(host()))
            .behavior(
                "/b/*",
                Behavior::new(host())
                    .function(FunctionEvent::ViewerRequest, function)
                    .function(FunctionEvent::ViewerRequest, function)
                    .edge_function(FunctionEvent::ViewerResponse, &lambda.current_version()),
            )
            .build(stack, "Distribution");
    });
    insta::assert_snapshot!(findings);
}

#[test]
fn reports_code_keys_times_and_public_urls() {
    let findings = findings_of(|stack| {
        Function::builder()
            .code("export default 1;")
            .build(stack, "NoHandler");
        Function::builder()
            .code(format!("{HANDLER}{}", "/".repeat(10_240)))
            .build(stack, "Large");
        let key = PublicKey::builder()
            .encoded_key("-----BEGIN PRIVATE KEY-----\nsecret\n-----END PRIVATE KEY-----")
            .build(stack, "Key");
        KeyGroup::builder().key(key).build(stack, "Group");
        CachePolicy::builder()
            .min_ttl(Duration::days(2))
            .build(stack, "Policy");
        let url = Url::builder()
            .function(lambda(stack))
            .auth(UrlAuth::Public)
            .build(stack, "Url");
        Distribution::builder()
            .default_behavior(Behavior::uncached(Origin::function_url(&url)))
            .build(stack, "Distribution");
    });
    insta::assert_snapshot!(findings);
}

#[test]
fn uses_imported_function_keys_and_groups() {
    let function = "arn:aws:cloudfront::111122223333:function/rewrite";
    let template = Template::of_stack(|stack| {
        let key = PublicKey::from_id(stack, "Key", "K2JCJMDEHXQW5F");
        let own = KeyGroup::builder().key(key).build(stack, "Own");
        let existing = KeyGroup::from_id(stack, "Existing", "c7a2b9d4-1234-4abc-9def-0123456789ab");
        let rewrite = Function::from_arn(stack, "Rewrite", function);
        Distribution::builder()
            .default_behavior(
                Behavior::new(host())
                    .function(FunctionEvent::ViewerRequest, rewrite)
                    .trusted_key_group(existing)
                    .trusted_key_group(own),
            )
            .build(stack, "Site");
    });
    template.resource_count("AWS::CloudFront::Function", 0);
    template.resource_count("AWS::CloudFront::PublicKey", 0);
    let group = template.resources("AWS::CloudFront::KeyGroup")[0];
    assert_eq!(
        group.1["Properties"]["KeyGroupConfig"]["Items"],
        json!(["K2JCJMDEHXQW5F"])
    );
    let behavior =
        template.only(DISTRIBUTION)["Properties"]["DistributionConfig"]["DefaultCacheBehavior"]
            .clone();
    assert_eq!(
        behavior["FunctionAssociations"],
        json!([{ "EventType": "viewer-request", "FunctionARN": function }])
    );
    assert_eq!(
        behavior["TrustedKeyGroups"],
        json!([
            "c7a2b9d4-1234-4abc-9def-0123456789ab",
            { "Fn::GetAtt": [group.0, "Id"] },
        ])
    );
}

#[test]
fn reports_functions_and_keys_that_are_imported_by_other_texts() {
    insta::assert_snapshot!(findings_of(|stack| {
        let lambda = "arn:aws:lambda:us-east-1:111122223333:function:rewrite:1";
        Function::from_arn(stack, "Function", lambda);
        PublicKey::from_id(stack, "Key", PEM);
        let arn = "arn:aws:cloudfront::111122223333:key-group/c7a2b9d4";
        KeyGroup::from_id(stack, "Group", arn);
        Bucket::builder().build(stack, "Bucket");
    }));
}
