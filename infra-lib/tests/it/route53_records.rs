//! Tests of records, their routing and health checks.

use infra_lib::assertions::{Match, Template};
use infra_lib::cloudwatch::{Alarm, Comparison, Metric, TreatMissingData};
use infra_lib::iam::{Principal, Role};
use infra_lib::route53::{
    ARecord, AliasTarget, CaaRule, Continent, DelegationSigner, GeoLocation, HealthCheck,
    HealthCheckResult, HealthCheckTarget, HostedZone, InsufficientData, LatencyMeasurement, Record,
    RecordData, RequestInterval, RoutingPolicy, ServiceBinding, ServiceLocation,
};
use infra_lib::{Duration, Stack};
use serde_json::{Value as JsonValue, json};

use crate::base::findings_of;

const RECORD: &str = "AWS::Route53::RecordSet";
const CHECK: &str = "AWS::Route53::HealthCheck";

fn zone(stack: Stack<'_>) -> HostedZone<'_> {
    HostedZone::from_attributes(stack, "Zone", "Z0123456789ABCDEFGHIJ", "example.com")
}

fn values_of(data: RecordData) -> JsonValue {
    let template = Template::of_stack(|stack| {
        Record::builder()
            .zone(zone(stack))
            .domain_name("www.example.com")
            .data(data)
            .build(stack, "Www");
    });
    template.only(RECORD)["Properties"]["ResourceRecords"].clone()
}

fn routed(routing: RoutingPolicy) -> Template {
    Template::of_stack(|stack| {
        Record::builder()
            .zone(zone(stack))
            .domain_name("www.example.com")
            .data(RecordData::a(["192.0.2.1"]))
            .routing(routing)
            .build(stack, "Www");
    })
}

#[test]
fn writes_values_of_each_type() {
    let long = "k".repeat(300);
    assert_eq!(
        values_of(RecordData::txt(["v=spf1 \"-all\"", &long])),
        json!([
            r#""v=spf1 \"-all\"""#,
            format!("\"{}\" \"{}\"", "k".repeat(255), "k".repeat(45))
        ])
    );
    assert_eq!(
        values_of(RecordData::aaaa(["2001:db8::1"])),
        json!(["2001:db8::1"])
    );
    assert_eq!(
        values_of(RecordData::mx([
            (10, "mx1.example.net"),
            (20, "mx2.example.net")
        ])),
        json!(["10 mx1.example.net", "20 mx2.example.net"])
    );
    assert_eq!(
        values_of(RecordData::srv([ServiceLocation::new(
            10,
            60,
            5060,
            "sip.example.net"
        )])),
        json!(["10 60 5060 sip.example.net"])
    );
    assert_eq!(
        values_of(RecordData::caa([
            CaaRule::issue("amazon.com"),
            CaaRule::issue_wildcard("amazon.com").critical(),
            CaaRule::no_wildcards(),
            CaaRule::report_to("mailto:security@example.com"),
        ])),
        json!([
            r#"0 issue "amazon.com""#,
            r#"128 issuewild "amazon.com""#,
            r#"0 issuewild ";""#,
            r#"0 iodef "mailto:security@example.com""#
        ])
    );
    assert_eq!(
        values_of(RecordData::ds([DelegationSigner::new(
            2371,
            13,
            2,
            "1F987CC6583E92"
        )])),
        json!(["2371 13 2 1F987CC6583E92"])
    );
    assert_eq!(
        values_of(RecordData::https([
            ServiceBinding::service(1, ".")
                .alpn(["h3", "h2"])
                .port(8443)
                .ipv4_hint(["192.0.2.1"]),
            ServiceBinding::service(2, "pool.example.net").ipv6_hint(["2001:db8::1"]),
        ])),
        json!([
            r#"1 . alpn="h3,h2" port="8443" ipv4hint="192.0.2.1""#,
            r#"2 pool.example.net ipv6hint="2001:db8::1""#
        ])
    );
    assert_eq!(
        values_of(RecordData::svcb([ServiceBinding::alias(
            "pool.example.net"
        )])),
        json!(["0 pool.example.net"])
    );
    assert_eq!(
        values_of(RecordData::ptr("host.example.com")),
        json!(["host.example.com"])
    );
    assert_eq!(
        values_of(RecordData::other("SSHFP", ["4 2 123456789ABCDEF0"])),
        json!(["4 2 123456789ABCDEF0"])
    );
}

#[test]
fn keeps_answers_for_30_minutes_and_name_servers_for_2_days() {
    let template = Template::of_stack(|stack| {
        let zone = zone(stack);
        let record = |name: &str, data| Record::builder().zone(zone).domain_name(name).data(data);
        record("www.example.com", RecordData::cname("web.example.net")).build(stack, "Www");
        record("sub.example.com", RecordData::ns(["ns1.example.net"])).build(stack, "Sub");
        record("api.example.com", RecordData::a(["192.0.2.1"]))
            .ttl(Duration::minutes(1))
            .comment("for the app")
            .build(stack, "Api");
    });
    template.has_properties(RECORD, json!({ "Name": "www.example.com.", "Type": "CNAME", "TTL": "1800", "ResourceRecords": ["web.example.net"] }));
    template.has_properties(RECORD, json!({ "Type": "NS", "TTL": "172800" }));
    template.has_properties(
        RECORD,
        json!({ "Type": "A", "TTL": "60", "Comment": "for the app" }),
    );
}

#[test]
fn writes_routing_of_each_kind() {
    let policies = [
        (RoutingPolicy::weighted(7), json!({ "Weight": 7 })),
        (
            RoutingPolicy::latency("eu-west-1"),
            json!({ "Region": "eu-west-1" }),
        ),
        (
            RoutingPolicy::geolocation(GeoLocation::continent(Continent::Europe)),
            json!({ "GeoLocation": { "ContinentCode": "EU" } }),
        ),
        (
            RoutingPolicy::geolocation(GeoLocation::subdivision("US", "WA")),
            json!({ "GeoLocation": { "CountryCode": "US", "SubdivisionCode": "WA" } }),
        ),
        (
            RoutingPolicy::geolocation(GeoLocation::other()),
            json!({ "GeoLocation": { "CountryCode": "*" } }),
        ),
        (
            RoutingPolicy::geoproximity("us-east-1", -10),
            json!({ "GeoProximityLocation": { "AWSRegion": "us-east-1", "Bias": -10 } }),
        ),
        (
            RoutingPolicy::failover_secondary(),
            json!({ "Failover": "SECONDARY" }),
        ),
        (
            RoutingPolicy::multivalue(),
            json!({ "MultiValueAnswer": true }),
        ),
        (
            RoutingPolicy::cidr("11111111-2222-3333-4444-555555555555", "office"),
            json!({ "CidrRoutingConfig": { "CollectionId": "11111111-2222-3333-4444-555555555555", "LocationName": "office" } }),
        ),
    ];
    for (policy, properties) in policies {
        let template = routed(policy);
        template.has_properties(RECORD, properties);
        template.has_properties(RECORD, json!({ "SetIdentifier": "Stack-Www4AF92A2E" }));
    }
}

#[test]
fn names_other_record_as_alias() {
    let template = Template::of_stack(|stack| {
        let zone = zone(stack);
        let www = Record::builder()
            .zone(zone)
            .domain_name("www.example.com")
            .data(RecordData::a(["192.0.2.1"]))
            .build(stack, "Www");
        ARecord::builder()
            .zone(zone)
            .domain_name("example.com")
            .target(www)
            .build(stack, "Apex");
        ARecord::builder()
            .zone(zone)
            .domain_name("files.example.com")
            .target(AliasTarget::s3_website("eu-west-1").unwrap())
            .build(stack, "Files");
    });
    template.has_properties(
        RECORD,
        json!({
            "Name": "example.com.",
            "AliasTarget": { "DNSName": { "Ref": Match::any() }, "HostedZoneId": "Z0123456789ABCDEFGHIJ" },
            "TTL": Match::absent(),
        }),
    );
    template.has_properties(
        RECORD,
        json!({ "AliasTarget": { "DNSName": "s3-website-eu-west-1.amazonaws.com", "HostedZoneId": "Z1BKCTXD74EZPE" } }),
    );
    assert!(AliasTarget::s3_website("moon-north-1").is_none());
}

#[test]
fn reports_data_that_route_53_rejects() {
    let findings = findings_of(|stack| {
        let zone = zone(stack);
        let record = |name: &str, data| Record::builder().zone(zone).domain_name(name).data(data);
        record("a.example.com", RecordData::a(["web.example.net"])).build(stack, "Address");
        record("b.example.com", RecordData::aaaa(["192.0.2.1"])).build(stack, "Ipv6");
        record(
            "c.example.com",
            RecordData::cname("https://web.example.net/"),
        )
        .build(stack, "Url");
        record(
            "d.example.com",
            RecordData::ds([DelegationSigner::new(1, 13, 2, "xyz")]),
        )
        .build(stack, "Digest");
        record("e.example.com", RecordData::txt(["t".repeat(4000)])).build(stack, "Long");
        zone.delegate_to(&HostedZone::from_attributes(
            stack,
            "Sub",
            "Z1",
            "sub.example.com",
        ));
        record(
            "f.example.com",
            RecordData::alias_a(&AliasTarget::cloudfront("d1.cloudfront.net")),
        )
        .ttl(Duration::minutes(5))
        .build(stack, "Alias");
    });
    insta::assert_snapshot!(findings);
}

#[test]
fn reports_routing_without_effect() {
    let findings = findings_of(|stack| {
        let zone = zone(stack);
        let check = HealthCheck::from_id(stack, "Check", "11111111-2222-3333-4444-555555555555");
        let record = |name: &str, data| Record::builder().zone(zone).domain_name(name).data(data);
        let address = || RecordData::a(["192.0.2.1"]);
        record("a.example.com", address())
            .health_check(check)
            .build(stack, "Simple");
        record("b.example.com", address())
            .set_identifier("one")
            .build(stack, "Identifier");
        record("c.example.com", RecordData::cname("web.example.net"))
            .routing(RoutingPolicy::multivalue())
            .build(stack, "Cname");
        record("d.example.com", address())
            .routing(RoutingPolicy::failover_primary())
            .build(stack, "Primary");
        record("e.example.com", address())
            .routing(RoutingPolicy::geolocation(GeoLocation::country("de")))
            .build(stack, "Country");
        record("f.example.com", address())
            .routing(RoutingPolicy::geolocation(GeoLocation::subdivision(
                "DE", "BY",
            )))
            .build(stack, "Bavaria");
        record("g.example.com", address())
            .routing(RoutingPolicy::geoproximity("eu-west-1", 100))
            .build(stack, "Bias");
    });
    insta::assert_snapshot!(findings);
}

#[test]
fn reports_records_that_exclude_each_other() {
    let findings = findings_of(|stack| {
        let zone = zone(stack);
        let record = |name: &str, data| Record::builder().zone(zone).domain_name(name).data(data);
        let address = || RecordData::a(["192.0.2.1"]);
        record("example.com", RecordData::cname("web.example.net")).build(stack, "Apex");
        record("a.example.com", address()).build(stack, "First");
        record("A.example.com.", address()).build(stack, "Second");
        record("b.example.com", RecordData::cname("web.example.net")).build(stack, "Name");
        record("b.example.com", RecordData::txt(["text"])).build(stack, "Text");
        let weighted = || RoutingPolicy::weighted(1);
        record("c.example.com", address())
            .routing(weighted())
            .build(stack, "Weighted");
        record("c.example.com", address())
            .routing(RoutingPolicy::latency("eu-west-1"))
            .build(stack, "Latency");
        record("d.example.com", address())
            .routing(weighted())
            .build(stack, "Routed");
        record("d.example.com", address()).build(stack, "Plain");
        record("e.example.com", address())
            .routing(weighted())
            .set_identifier("one")
            .build(stack, "One");
        record("e.example.com", address())
            .routing(weighted())
            .set_identifier("one")
            .build(stack, "Again");
    });
    insta::assert_snapshot!(findings);
}

#[test]
fn accepts_records_that_differ() {
    let findings = findings_of(|stack| {
        let zone = zone(stack);
        let record = |name: &str, data| Record::builder().zone(zone).domain_name(name).data(data);
        for (id, weight) in [("One", 1), ("Two", 2)] {
            record("a.example.com", RecordData::a(["192.0.2.1"]))
                .routing(RoutingPolicy::weighted(weight))
                .build(stack, id);
        }
        record("a.example.com", RecordData::aaaa(["2001:db8::1"])).build(stack, "Ipv6");
        record("a.example.com", RecordData::txt(["text"])).build(stack, "Text");
    });
    assert_eq!(findings, "");
}

#[test]
fn checks_endpoints() {
    let template = Template::of_stack(|stack| {
        HealthCheck::builder()
            .target(HealthCheckTarget::https("example.com"))
            .build(stack, "Default");
        HealthCheck::builder()
            .target(
                HealthCheckTarget::http("example.com")
                    .address("192.0.2.1")
                    .port(8080)
                    .path("/health?full")
                    .search("ok"),
            )
            .failure_threshold(2)
            .request_interval(RequestInterval::Fast)
            .latency(LatencyMeasurement::On)
            .result(HealthCheckResult::Inverted)
            .region("eu-west-1")
            .region("us-east-1")
            .region("us-west-2")
            .build(stack, "Options");
        HealthCheck::builder()
            .target(HealthCheckTarget::tcp("example.com", 25))
            .build(stack, "Tcp");
    });
    template.has_properties(
        CHECK,
        json!({ "HealthCheckConfig": Match::exact(json!({
            "Type": "HTTPS", "FullyQualifiedDomainName": "example.com", "Port": 443, "EnableSNI": true,
            "FailureThreshold": 3, "RequestInterval": 30, "MeasureLatency": false, "Inverted": false,
        })) }),
    );
    template.has_properties(
        CHECK,
        json!({ "HealthCheckConfig": Match::exact(json!({
            "Type": "HTTP_STR_MATCH", "FullyQualifiedDomainName": "example.com", "IPAddress": "192.0.2.1", "Port": 8080,
            "ResourcePath": "/health?full", "SearchString": "ok", "FailureThreshold": 2, "RequestInterval": 10,
            "MeasureLatency": true, "Inverted": true, "Regions": ["eu-west-1", "us-east-1", "us-west-2"],
        })) }),
    );
    template.has_properties(
        CHECK,
        json!({ "HealthCheckConfig": { "Type": "TCP", "Port": 25 } }),
    );
}

#[test]
fn follows_alarms_and_other_checks() {
    let template = Template::of_stack(|stack| {
        let alarm = Metric::new("Example", "Errors")
            .alarm()
            .comparison(Comparison::GreaterThanThreshold)
            .threshold(5)
            .evaluation_periods(3)
            .treat_missing_data(TreatMissingData::NotBreaching)
            .build(stack, "Alarm");
        let errors = HealthCheck::builder()
            .target(HealthCheckTarget::alarm(&alarm))
            .build(stack, "Errors");
        HealthCheck::builder()
            .target(HealthCheckTarget::alarm(&Alarm::from_name(
                stack,
                "Other",
                "shop-errors",
            )))
            .insufficient_data(InsufficientData::Unhealthy)
            .build(stack, "Imported");
        let web = HealthCheck::builder()
            .target(HealthCheckTarget::https("example.com"))
            .build(stack, "Web");
        HealthCheck::builder()
            .target(HealthCheckTarget::any_of([errors, web]))
            .build(stack, "Any");
        HealthCheck::builder()
            .target(HealthCheckTarget::all_of([errors, web]))
            .build(stack, "All");
    });
    template.has_properties(
        CHECK,
        json!({ "HealthCheckConfig": {
            "Type": "CLOUDWATCH_METRIC", "InsufficientDataHealthStatus": "LastKnownStatus",
            "AlarmIdentifier": { "Name": { "Ref": "Alarm7103F465" }, "Region": { "Ref": "AWS::Region" } },
            "FailureThreshold": Match::absent(),
        } }),
    );
    template.has_properties(
        CHECK,
        json!({ "HealthCheckConfig": { "InsufficientDataHealthStatus": "Unhealthy", "AlarmIdentifier": { "Name": "shop-errors" } } }),
    );
    template.has_properties(
        CHECK,
        json!({ "HealthCheckConfig": { "Type": "CALCULATED", "HealthThreshold": 1 } }),
    );
    template.has_properties(
        CHECK,
        json!({ "HealthCheckConfig": { "Type": "CALCULATED", "HealthThreshold": 2 } }),
    );
}

#[test]
fn reports_health_check_settings() {
    let findings = findings_of(|stack| {
        HealthCheck::builder()
            .target(HealthCheckTarget::tcp("example.com", 25).path("/health"))
            .failure_threshold(0)
            .region("eu-west-1")
            .build(stack, "Tcp");
        HealthCheck::builder()
            .target(HealthCheckTarget::https("example.com").path("health"))
            .insufficient_data(InsufficientData::Healthy)
            .build(stack, "Path");
        let one = HealthCheck::from_id(stack, "One", "11111111-2222-3333-4444-555555555555");
        HealthCheck::builder()
            .target(HealthCheckTarget::at_least(2, [one]))
            .latency(LatencyMeasurement::On)
            .build(stack, "Never");
    });
    insta::assert_snapshot!(findings);
}

#[test]
fn has_metrics_of_checks() {
    let template = Template::of_stack(|stack| {
        let check = HealthCheck::from_id(stack, "Check", "11111111-2222-3333-4444-555555555555");
        check
            .metric_health_check_status()
            .alarm()
            .comparison(Comparison::LessThanThreshold)
            .threshold(1)
            .evaluation_periods(1)
            .treat_missing_data(TreatMissingData::Breaching)
            .build(stack, "Down");
    });
    template.has_properties(
        "AWS::CloudWatch::Alarm",
        json!({
            "Namespace": "AWS/Route53", "MetricName": "HealthCheckStatus", "Statistic": "Minimum",
            "Dimensions": [{ "Name": "HealthCheckId", "Value": "11111111-2222-3333-4444-555555555555" }],
        }),
    );
}

#[test]
fn grants_change_of_records() {
    let template = Template::of_stack(|stack| {
        let role = Role::builder()
            .assumed_by(Principal::service("ec2.amazonaws.com"))
            .build(stack, "Role");
        zone(stack).grant_change_records(&role);
    });
    template.has_properties(
        "AWS::IAM::Role",
        json!({ "Policies": [{ "PolicyDocument": { "Statement": [{
            "Effect": "Allow",
            "Action": ["route53:ChangeResourceRecordSets", "route53:GetHostedZone", "route53:ListResourceRecordSets"],
            "Resource": { "Fn::Sub": "arn:${AWS::Partition}:route53:::hostedzone/Z0123456789ABCDEFGHIJ" },
        }] } }] }),
    );
}
