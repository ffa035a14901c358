//! Tests of the constructs in `infra_lib::elbv2`.

use infra_lib::assertions::{Match, Template};
use infra_lib::cloudwatch::{Alarm, Comparison, TreatMissingData};
use infra_lib::ec2::{
    Connectable, FlowLogs, Instance, InstanceType, MachineImage, Peer, SecurityGroup, Vpc,
};
use infra_lib::elbv2::{
    AccessLogs, Action, ApplicationLoadBalancer, DeletionProtection, DesyncMitigation, HealthCheck,
    Listener, ListenerProtocol, ListenerRule, LoadBalancing, ProtocolVersion, Redirect,
    RedirectCode, Stickiness, TargetGroup, TargetType, XForwardedFor,
};
use infra_lib::s3::Bucket;
use infra_lib::{App, CfnResource, Duration, Stack, cidr, core};
use serde_json::json;

const CERTIFICATE: &str =
    "arn:aws:acm:eu-west-1:123456789012:certificate/0123abcd-0123-abcd-0123-0123456789ab";

/// Returns the findings about a stack called `Stack`, rendered as for users.
fn findings(build: impl for<'app> FnOnce(Stack<'app>)) -> String {
    let app = App::new();
    build(Stack::new(&app, "Stack"));
    let shown: String = app.synth().findings().iter().map(core::render).collect();
    shown.lines().map(without_line).collect()
}

fn without_line(line: &str) -> String {
    let file = "infra-lib/tests/it/elbv2.rs";
    match line.find(file) {
        Some(at) => format!("{}:LINE\n", &line[..at + file.len()]),
        None => format!("{line}\n"),
    }
}

fn vpc(stack: Stack<'_>) -> Vpc<'_> {
    Vpc::builder()
        .cidr(cidr!("10.0.0.0/16"))
        .flow_logs(FlowLogs::none())
        .build(stack, "Vpc")
}

fn internal(stack: Stack<'_>) -> (Vpc<'_>, ApplicationLoadBalancer<'_>) {
    let vpc = vpc(stack);
    (
        vpc,
        ApplicationLoadBalancer::builder()
            .internal(vpc.private())
            .build(stack, "Balancer"),
    )
}

fn target_group<'app>(vpc: Vpc<'app>, stack: Stack<'app>) -> TargetGroup<'app> {
    TargetGroup::builder()
        .vpc(vpc)
        .port(8080)
        .health_check(HealthCheck::http("/healthz"))
        .build(stack, "Targets")
}

fn listener(balancer: ApplicationLoadBalancer<'_>) -> Listener<'_> {
    Listener::builder()
        .load_balancer(balancer)
        .protocol(ListenerProtocol::Http)
        .build(balancer, "Http")
}

fn pretty(template: &Template) -> String {
    serde_json::to_string_pretty(template.json()).unwrap()
}

#[test]
fn limits_internal_load_balancer_to_its_targets() {
    let template = Template::of_stack(|stack| {
        let vpc = Vpc::from_attributes(
            stack,
            "Vpc",
            infra_lib::ec2::VpcAttributes::new("vpc-1").private(["subnet-1", "subnet-2"]),
        );
        let balancer = ApplicationLoadBalancer::builder()
            .internal(vpc.private())
            .build(stack, "Balancer");
        let targets = target_group(vpc, stack);
        let service = SecurityGroup::builder().vpc(vpc).build(stack, "Service");
        targets.add_target(&service);
        let http = listener(balancer);
        http.forward_to(&targets);
        http.allow_from_peer(&Peer::prefix_list("pl-4fa04526"), "CloudFront");
    });
    insta::assert_snapshot!(pretty(&template));
}

#[test]
fn waits_for_internet_routes_and_redirects_to_https() {
    let template = Template::of_stack(|stack| {
        let vpc = vpc(stack);
        let balancer = ApplicationLoadBalancer::builder()
            .internet_facing(vpc.public())
            .build(stack, "Balancer");
        let targets = target_group(vpc, stack);
        Listener::builder()
            .load_balancer(balancer)
            .protocol(ListenerProtocol::Http)
            .default_action(Action::redirect_to_https())
            .build(balancer, "Http");
        Listener::builder()
            .load_balancer(balancer)
            .protocol(ListenerProtocol::https(CERTIFICATE))
            .default_action(Action::forward(&targets))
            .build(balancer, "Https");
    });
    template.has_resource(
        "AWS::ElasticLoadBalancingV2::LoadBalancer",
        json!({
            "DependsOn": Match::list_with(json!(["VpcPublicSubnet1DefaultRoute3DA9E72A"])),
            "Properties": { "Scheme": "internet-facing" },
        }),
    );
    template.has_properties(
        "AWS::ElasticLoadBalancingV2::Listener",
        json!({
            "Port": 80, "Protocol": "HTTP",
            "DefaultActions": [{
                "Type": "redirect",
                "RedirectConfig": { "Protocol": "HTTPS", "Port": "443", "StatusCode": "HTTP_301" },
            }],
        }),
    );
    template.has_properties(
        "AWS::ElasticLoadBalancingV2::Listener",
        json!({
            "Port": 443, "Protocol": "HTTPS",
            "Certificates": [{ "CertificateArn": CERTIFICATE }],
            "SslPolicy": "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09",
            "DefaultActions": [{ "Type": "forward", "TargetGroupArn": Match::any() }],
        }),
    );
}

#[test]
fn creates_log_bucket_policy_before_load_balancer() {
    let template = Template::of_stack(|stack| {
        let logs = Bucket::log_bucket(Duration::days(90)).build(stack, "Logs");
        ApplicationLoadBalancer::builder()
            .internal(vpc(stack).isolated())
            .access_logs(AccessLogs::to(logs).prefix("balancer"))
            .build(stack, "Balancer");
    });
    let statement = json!({
        "Principal": { "Service": "logdelivery.elasticloadbalancing.amazonaws.com" },
        "Action": "s3:PutObject",
    });
    template.has_properties(
        "AWS::S3::BucketPolicy",
        json!({ "PolicyDocument": { "Statement": Match::list_with(json!([statement])) } }),
    );
    let (policy, _) = template.resources("AWS::S3::BucketPolicy")[0];
    template.has_resource(
        "AWS::ElasticLoadBalancingV2::LoadBalancer",
        json!({ "DependsOn": Match::list_with(json!([policy])) }),
    );
}

#[test]
fn renders_every_chosen_attribute() {
    let template = Template::of_stack(|stack| {
        let vpc = vpc(stack);
        let balancer = ApplicationLoadBalancer::builder()
            .internal(vpc.isolated())
            .deletion_protection(DeletionProtection::Disabled)
            .access_logs(AccessLogs::to_bucket_named("logs-123456789012").prefix("balancer"))
            .idle_timeout(Duration::minutes(2))
            .desync_mitigation(DesyncMitigation::Strictest)
            .x_forwarded_for(XForwardedFor::Remove)
            .build(stack, "Balancer");
        let targets = TargetGroup::builder()
            .vpc(vpc)
            .port(50_051)
            .protocol_version(ProtocolVersion::Grpc)
            .health_check(HealthCheck::grpc("/grpc.health.v1.Health/Check").port(50_052))
            .deregistration_delay(Duration::seconds(5))
            .stickiness(Stickiness::Cookie(Duration::hours(1)))
            .load_balancing(LoadBalancing::LeastOutstandingRequests)
            .build(stack, "Targets");
        Listener::builder()
            .load_balancer(balancer)
            .protocol(ListenerProtocol::https(CERTIFICATE))
            .port(8443)
            .default_action(Action::forward(&targets))
            .build(balancer, "Grpc");
        targets.add_target(&SecurityGroup::builder().vpc(vpc).build(stack, "Service"));
    });
    let attribute = |key: &str, value: &str| json!({ "Key": key, "Value": value });
    template.has_properties(
        "AWS::ElasticLoadBalancingV2::LoadBalancer",
        json!({ "LoadBalancerAttributes": Match::list_with(json!([
            attribute("deletion_protection.enabled", "false"),
            attribute("idle_timeout.timeout_seconds", "120"),
            attribute("routing.http.drop_invalid_header_fields.enabled", "true"),
            attribute("routing.http.desync_mitigation_mode", "strictest"),
            attribute("routing.http.xff_header_processing.mode", "remove"),
            attribute("access_logs.s3.enabled", "true"),
            attribute("access_logs.s3.bucket", "logs-123456789012"),
            attribute("access_logs.s3.prefix", "balancer"),
        ])) }),
    );
    template.has_properties(
        "AWS::ElasticLoadBalancingV2::TargetGroup",
        json!({
            "ProtocolVersion": "GRPC",
            "HealthCheckPort": "50052",
            "Matcher": { "GrpcCode": "0" },
            "TargetGroupAttributes": Match::list_with(json!([
                attribute("deregistration_delay.timeout_seconds", "5"),
                attribute("stickiness.enabled", "true"),
                attribute("stickiness.lb_cookie.duration_seconds", "3600"),
                attribute("load_balancing.algorithm.type", "least_outstanding_requests"),
            ])),
        }),
    );
    // Traffic and health check use two ports, so there are two rules on each side.
    template.resource_count("AWS::EC2::SecurityGroupIngress", 2);
    template.resource_count("AWS::EC2::SecurityGroupEgress", 2);
}

#[test]
fn matches_rules_by_path_host_method_header_and_source() {
    let template = Template::of_stack(|stack| {
        let (_, balancer) = internal(stack);
        let http = listener(balancer);
        ListenerRule::builder()
            .listener(http)
            .priority(10)
            .path_patterns(["/old/*"])
            .host_headers(["example.com"])
            .methods(["GET"])
            .header("X-Version", ["1"])
            .source_ips([cidr!("10.0.0.0/8")])
            .action(Action::redirect(
                Redirect::new()
                    .host("www.example.com")
                    .path("/new")
                    .code(RedirectCode::Temporary),
            ))
            .build(http, "Old");
    });
    template.has_properties(
        "AWS::ElasticLoadBalancingV2::ListenerRule",
        json!({
            "Priority": 10,
            "Conditions": [
                { "Field": "path-pattern", "PathPatternConfig": { "Values": ["/old/*"] } },
                { "Field": "host-header", "HostHeaderConfig": { "Values": ["example.com"] } },
                { "Field": "http-request-method", "HttpRequestMethodConfig": { "Values": ["GET"] } },
                { "Field": "http-header", "HttpHeaderConfig": { "HttpHeaderName": "X-Version", "Values": ["1"] } },
                { "Field": "source-ip", "SourceIpConfig": { "Values": ["10.0.0.0/8"] } },
            ],
            "Actions": [{
                "Type": "redirect",
                "RedirectConfig": { "Host": "www.example.com", "Path": "/new", "StatusCode": "HTTP_302" },
            }],
        }),
    );
}

/// ECS requires this dependency: the service waits for the listener, even if the listener was added after it.
#[test]
fn waits_for_listeners_added_before_or_after() {
    for listener_first in [true, false] {
        let template = Template::of_stack(|stack| {
            let (vpc, balancer) = internal(stack);
            let targets = target_group(vpc, stack);
            let forward = || {
                let http = listener(balancer);
                ListenerRule::builder()
                    .listener(http)
                    .priority(1)
                    .path_patterns(["/api/*"])
                    .action(Action::forward(&targets))
                    .build(http, "Api");
            };
            let wait = || {
                let topic = CfnResource::new(stack, "Service", "AWS::SNS::Topic", json!({}));
                targets.listeners_before(topic);
            };
            if listener_first {
                forward();
                wait();
            } else {
                wait();
                forward();
            }
            assert_eq!(targets.attached_listeners().len(), 1);
            assert!(targets.resource_label().is_some());
        });
        template.has_resource("AWS::SNS::Topic", json!({ "DependsOn": Match::any() }));
    }
}

#[test]
fn adds_load_balancer_and_target_group_to_metrics() {
    let template = Template::of_stack(|stack| {
        let (vpc, balancer) = internal(stack);
        let targets = target_group(vpc, stack);
        listener(balancer).forward_to(&targets);
        Alarm::builder()
            .metric(targets.metric_unhealthy_hosts(&balancer))
            .threshold(0.0)
            .comparison(Comparison::GreaterThanThreshold)
            .evaluation_periods(3)
            .treat_missing_data(TreatMissingData::NotBreaching)
            .build(stack, "Unhealthy");
        Alarm::builder()
            .metric(balancer.metric_target_response_time())
            .threshold(0.5)
            .comparison(Comparison::GreaterThanThreshold)
            .evaluation_periods(3)
            .treat_missing_data(TreatMissingData::NotBreaching)
            .build(stack, "Slow");
    });
    template.has_properties(
        "AWS::CloudWatch::Alarm",
        json!({
            "MetricName": "UnHealthyHostCount", "Namespace": "AWS/ApplicationELB", "Statistic": "Maximum",
            "Dimensions": [
                { "Name": "LoadBalancer", "Value": { "Fn::GetAtt": [Match::any(), "LoadBalancerFullName"] } },
                { "Name": "TargetGroup", "Value": { "Fn::GetAtt": [Match::any(), "TargetGroupFullName"] } },
            ],
        }),
    );
    template.has_properties(
        "AWS::CloudWatch::Alarm",
        json!({ "MetricName": "TargetResponseTime", "ExtendedStatistic": "p95" }),
    );
}

#[test]
fn reports_health_check_timeout_above_interval() {
    insta::assert_snapshot!(findings(|stack| {
        let (vpc, balancer) = internal(stack);
        let check = HealthCheck::http("/healthz")
            .interval(Duration::seconds(5))
            .timeout(Duration::seconds(10));
        let targets = TargetGroup::builder()
            .vpc(vpc)
            .port(8080)
            .health_check(check)
            .build(stack, "Targets");
        listener(balancer).forward_to(&targets);
    }));
}

#[test]
fn reports_target_group_settings_out_of_range() {
    insta::assert_snapshot!(findings(|stack| {
        let (vpc, balancer) = internal(stack);
        let targets = TargetGroup::builder()
            .vpc(vpc)
            .port(8080)
            .health_check(HealthCheck::http("/healthz"))
            .slow_start(Duration::seconds(10))
            .deregistration_delay(Duration::hours(2))
            .load_balancing(LoadBalancing::LeastOutstandingRequests)
            .build(stack, "Targets");
        listener(balancer).forward_to(&targets);
    }));
}

#[test]
fn reports_duplicate_rule_priority() {
    insta::assert_snapshot!(findings(|stack| {
        let (_, balancer) = internal(stack);
        let http = listener(balancer);
        for (id, priority) in [("First", 10), ("Second", 10)] {
            ListenerRule::builder()
                .listener(http)
                .priority(priority)
                .path_patterns(["/"])
                .action(Action::fixed_response(204))
                .build(http, id);
        }
    }));
}

#[test]
fn reports_rule_without_or_with_over_5_values() {
    insta::assert_snapshot!(findings(|stack| {
        let (_, balancer) = internal(stack);
        let http = listener(balancer);
        let rule = || {
            ListenerRule::builder()
                .listener(http)
                .action(Action::fixed_response(204))
        };
        rule().priority(1).build(http, "None");
        rule()
            .priority(2)
            .path_patterns(["/a", "/b", "/c", "/d", "/e", "/f"])
            .build(http, "Six");
    }));
}

#[test]
fn reports_target_group_without_listener() {
    insta::assert_snapshot!(findings(|stack| {
        target_group(vpc(stack), stack);
    }));
}

#[test]
fn reports_idle_timeout_out_of_range() {
    insta::assert_snapshot!(findings(|stack| {
        ApplicationLoadBalancer::builder()
            .internal(vpc(stack).private())
            .idle_timeout(Duration::hours(2))
            .build(stack, "Balancer");
    }));
}

#[test]
fn reports_load_balancer_in_single_zone() {
    insta::assert_snapshot!(findings(|stack| {
        let vpc = Vpc::builder()
            .cidr(cidr!("10.0.0.0/16"))
            .availability_zones(1)
            .build(stack, "Vpc");
        ApplicationLoadBalancer::builder()
            .internal(vpc.private())
            .build(stack, "Balancer");
    }));
}

#[test]
fn reports_duplicate_listener_port() {
    insta::assert_snapshot!(findings(|stack| {
        let (_, balancer) = internal(stack);
        listener(balancer);
        Listener::builder()
            .load_balancer(balancer)
            .protocol(ListenerProtocol::Http)
            .build(balancer, "Again");
    }));
}

#[test]
fn warns_about_clear_text_from_internet() {
    insta::assert_snapshot!(findings(|stack| {
        let vpc = vpc(stack);
        let balancer = ApplicationLoadBalancer::builder()
            .internet_facing(vpc.public())
            .build(stack, "Balancer");
        listener(balancer).forward_to(&target_group(vpc, stack));
    }));
}

#[test]
fn reports_mismatched_protocol_versions() {
    insta::assert_snapshot!(findings(|stack| {
        let (vpc, balancer) = internal(stack);
        let targets = TargetGroup::builder()
            .vpc(vpc)
            .port(8080)
            .protocol_version(ProtocolVersion::Grpc)
            .health_check(HealthCheck::http("/healthz"))
            .build(stack, "Targets");
        listener(balancer).forward_to(&targets);
    }));
}

#[test]
fn registers_instances_by_kind_of_target() {
    for (kind, expected) in [
        (
            TargetType::Instance,
            json!({ "Ref": Match::string_like("Server*") }),
        ),
        (
            TargetType::Ip,
            json!({ "Fn::GetAtt": [Match::string_like("Server*"), "PrivateIp"] }),
        ),
    ] {
        let template = Template::of_stack(|stack| {
            let (vpc, balancer) = internal(stack);
            let targets = TargetGroup::builder()
                .vpc(vpc)
                .port(8080)
                .health_check(HealthCheck::http("/healthz"))
                .target_type(kind)
                .build(stack, "Targets");
            listener(balancer).forward_to(&targets);
            let server = Instance::builder()
                .vpc(vpc)
                .instance_type(InstanceType::T4G_SMALL)
                .machine_image(MachineImage::amazon_linux_2023())
                .build(stack, "Server");
            targets.add_instance(&server);
        });
        template.has_properties(
            "AWS::ElasticLoadBalancingV2::TargetGroup",
            json!({ "Targets": [{ "Id": expected }] }),
        );
        template.has_properties(
            "AWS::EC2::SecurityGroupIngress",
            json!({ "FromPort": 8080, "ToPort": 8080 }),
        );
    }
}
