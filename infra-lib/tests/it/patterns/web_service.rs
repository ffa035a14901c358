//! Tests of web services.

use infra_lib::assertions::{Match, Reachability, Template, internet};
use infra_lib::certificatemanager::Certificate;
use infra_lib::cidr;
use infra_lib::ec2::{Connectable, Peer, Port, SecurityGroup, Vpc};
use infra_lib::ecs::{
    Capacity, CircuitBreaker, Cluster, ContainerDefinition, CpuArchitecture, ExecuteCommand,
    RootFileSystem, WithPort,
};
use infra_lib::elbv2::{AccessLogs, DeletionProtection, HealthCheck};
use infra_lib::logs::LogGroup;
use infra_lib::patterns::{TaskCount, WebAddress, WebService};
use infra_lib::prelude::*;
use infra_lib::route53::HostedZone;
use infra_lib::s3::Bucket;
use infra_lib::task_size;
use serde_json::json;

use super::{findings, has_own_log_group, image, operators, pretty, resources, vpc};

fn container() -> ContainerDefinition<WithPort> {
    ContainerDefinition::new("web", image()).port(8080)
}

fn zone(stack: Stack<'_>) -> HostedZone<'_> {
    HostedZone::from_attributes(stack, "Zone", "Z0123456789ABCDEFGHIJ", "example.com")
}

fn at_domain(stack: Stack<'_>) -> WebAddress<'_> {
    WebAddress::domain("shop.example.com", &zone(stack))
}

fn web<'app>(vpc: Vpc<'app>, address: WebAddress<'app>) -> WebService<'app> {
    let stack = vpc.scope();
    let stack = stack.stack().unwrap();
    WebService::builder()
        .vpc(vpc)
        .container(container())
        .health_check(HealthCheck::http("/healthz"))
        .address(address)
        .build(stack, "Web")
}

#[test]
fn creates_everything_behind_domain() {
    let template = Template::of_stack(|stack| {
        web(vpc(stack), at_domain(stack));
    });
    insta::assert_snapshot!(resources(template.json()));
    insta::assert_snapshot!(pretty(template.only("AWS::ECS::Service")));
    insta::assert_snapshot!(pretty(template.only("AWS::ECS::TaskDefinition")));
}

#[test]
fn uses_same_logical_ids_as_cdk() {
    let template = Template::of_stack(|stack| {
        web(vpc(stack), at_domain(stack));
    });
    for id in [
        "EcsDefaultClusterMnL3mNNYNVpc18E0451A",
        "WebCertificateDA5CDDF6",
        "WebDNS8D1678FD",
        "WebLB720665E7",
        "WebLBPublicListenerB3D72A27",
        "WebLBPublicListenerECSGroupB52EA5B2",
        "WebLBPublicRedirectListenerBFD70B52",
        "WebLBSecurityGroupAD942A36",
        "WebServiceD04B5F3E",
        "WebServiceSecurityGroupBAF50CC8",
        "WebServiceTaskCountTargetCpuScalingCC6B7830",
        "WebServiceTaskCountTargetF7BAB0BC",
        "WebTaskDef1C8E6ED7",
        "WebTaskDefExecutionRole04EEAF3E",
        "WebTaskDefTaskRoleB0D86F55",
    ] {
        assert!(
            template.json()["Resources"].get(id).is_some(),
            "{id} is missing"
        );
    }
}

#[test]
fn serves_https_and_redirects_http() {
    let template = Template::of_stack(|stack| {
        let web = web(vpc(stack), at_domain(stack));
        assert_eq!(web.url().as_literal(), Some("https://shop.example.com"));
        assert_eq!(web.listener().port(), 443);
        assert_eq!(web.redirect_listener().map(|one| one.port()), Some(80));
    });
    template.has_properties(
        "AWS::ElasticLoadBalancingV2::Listener",
        json!({
            "Port": 443,
            "Protocol": "HTTPS",
            "Certificates": [{ "CertificateArn": { "Ref": "WebCertificateDA5CDDF6" } }],
            "DefaultActions": [{ "Type": "forward", "TargetGroupArn": { "Ref": "WebLBPublicListenerECSGroupB52EA5B2" } }],
        }),
    );
    template.has_properties(
        "AWS::ElasticLoadBalancingV2::Listener",
        json!({ "Port": 80, "DefaultActions": [{ "Type": "redirect", "RedirectConfig": { "Protocol": "HTTPS" } }] }),
    );
    template.has_properties(
        "AWS::Route53::RecordSet",
        json!({ "Name": "shop.example.com.", "Type": "A", "HostedZoneId": "Z0123456789ABCDEFGHIJ" }),
    );
    template.has_properties(
        "AWS::CertificateManager::Certificate",
        json!({ "DomainName": "shop.example.com", "ValidationMethod": "DNS" }),
    );
    template.has_properties(
        "AWS::ElasticLoadBalancingV2::LoadBalancer",
        json!({ "Scheme": "internet-facing" }),
    );
    template.resource_count("AWS::CloudWatch::Alarm", 0);
}

#[test]
fn opens_only_the_ports_of_the_listeners_to_the_internet() {
    let app = App::new();
    let stack = Stack::new(&app, "Shop");
    web(vpc(stack), at_domain(stack));
    let reachability = Reachability::of(&app.synth());
    reachability.assert_reachable(internet(), "Shop/Web/Service");

    let app = App::new();
    let stack = Stack::new(&app, "Shop");
    web(vpc(stack), at_domain(stack).restricted());
    let reachability = Reachability::of(&app.synth());
    reachability.assert_unreachable(internet(), "Shop/Web/Service");
}

#[test]
fn opens_dual_stack_address_to_ipv6() {
    let template = Template::of_stack(|stack| {
        let vpc = Vpc::builder()
            .cidr(cidr!("10.0.0.0/16"))
            .ip_protocol(infra_lib::ec2::IpProtocol::DualStack)
            .build(stack, "Vpc");
        web(vpc, at_domain(stack));
    });
    template.has_properties("AWS::Route53::RecordSet", json!({ "Type": "AAAA" }));
    let group = &template.json()["Resources"]["WebLBSecurityGroupAD942A36"]["Properties"];
    let ingress = group["SecurityGroupIngress"].as_array().unwrap();
    let ipv6: Vec<_> = ingress
        .iter()
        .filter(|rule| rule["CidrIpv6"] == "::/0")
        .map(|rule| rule["FromPort"].as_u64())
        .collect();
    assert_eq!(ipv6, [Some(443), Some(80)]);
}

#[test]
fn stays_inside_vpc_until_client_is_allowed() {
    let template = Template::of_stack(|stack| {
        let vpc = vpc(stack);
        let client = SecurityGroup::builder().vpc(vpc).build(stack, "Client");
        let web = web(vpc, WebAddress::inside_vpc());
        assert!(web.redirect_listener().is_none());
        assert!(web.certificate().is_none());
        web.listener().allow_from(&client);
    });
    template.has_properties(
        "AWS::ElasticLoadBalancingV2::LoadBalancer",
        json!({ "Scheme": "internal" }),
    );
    template.has_properties(
        "AWS::ElasticLoadBalancingV2::Listener",
        json!({ "Port": 80, "Protocol": "HTTP", "DefaultActions": [{ "Type": "forward" }] }),
    );
    let group = &template.json()["Resources"]["WebLBSecurityGroupAD942A36"]["Properties"];
    assert_eq!(group.get("SecurityGroupIngress"), None, "{group}");
}

#[test]
fn uses_given_certificate() {
    let template = Template::of_stack(|stack| {
        let wildcard = Certificate::builder()
            .domain_name("*.example.com")
            .zone(&zone(stack))
            .build(stack, "Wildcard");
        let address = WebAddress::domain(
            "stock.example.com",
            &HostedZone::from_attributes(stack, "Same", "Z0123456789ABCDEFGHIJ", "example.com"),
        );
        web(vpc(stack), address.with_certificate(&wildcard).internal());
    });
    template.only("AWS::CertificateManager::Certificate");
    template.has_properties(
        "AWS::Route53::RecordSet",
        json!({ "Name": "stock.example.com." }),
    );
    template.has_properties(
        "AWS::ElasticLoadBalancingV2::LoadBalancer",
        json!({ "Scheme": "internal" }),
    );
}

#[test]
fn creates_no_records_for_certificate_alone() {
    let template = Template::of_stack(|stack| {
        let arn =
            "arn:aws:acm:eu-west-1:111122223333:certificate/12345678-1234-1234-1234-123456789012";
        let certificate = Certificate::from_arn(stack, "Certificate", arn);
        let web = web(vpc(stack), WebAddress::certificate(&certificate));
        Output::new(stack, "Url", web.url());
    });
    template.resource_count("AWS::Route53::RecordSet", 0);
    template.has_output(
        "Url",
        json!({ "Value": { "Fn::Sub": "https://${WebLB720665E7.DNSName}" } }),
    );
}

#[test]
fn reports_unencrypted_address_on_the_internet() {
    insta::assert_snapshot!(findings(|stack| {
        web(vpc(stack), WebAddress::clear_text());
    }));
}

#[test]
fn reports_certificate_without_the_name() {
    insta::assert_snapshot!(findings(|stack| {
        let zone = zone(stack);
        let other = Certificate::builder()
            .domain_name("other.example.com")
            .zone(&zone)
            .build(stack, "Other");
        let address = WebAddress::domain("shop.example.com", &zone);
        web(vpc(stack), address.with_certificate(&other));
    }));
}

#[test]
fn reports_scaling_to_no_task() {
    insta::assert_snapshot!(findings(|stack| {
        WebService::builder()
            .vpc(vpc(stack))
            .container(container())
            .health_check(HealthCheck::http("/healthz"))
            .address(WebAddress::inside_vpc())
            .tasks(TaskCount::Scaled { min: 0, max: 3 })
            .build(stack, "Web");
    }));
}

#[test]
fn watches_service_and_rolls_back_when_action_is_given() {
    let template = Template::of_stack(|stack| {
        let web = WebService::builder()
            .vpc(vpc(stack))
            .container(container())
            .health_check(HealthCheck::http("/healthz"))
            .address(WebAddress::inside_vpc())
            .alarm_action(&operators(stack))
            .build(stack, "Web");
        assert_eq!(web.alarms().len(), 4);
    });
    let alarms: Vec<_> = template
        .find_resources("AWS::CloudWatch::Alarm", json!({}))
        .into_iter()
        .map(|(id, alarm)| {
            let alarm = &alarm["Properties"];
            assert_eq!(
                alarm["AlarmActions"],
                json!([{ "Ref": "Operators93109ECD" }]),
                "{id}"
            );
            assert_eq!(alarm["OKActions"], alarm["AlarmActions"], "{id}");
            (
                id.to_owned(),
                alarm["Threshold"].clone(),
                alarm["EvaluationPeriods"].clone(),
                alarm["TreatMissingData"].clone(),
            )
        })
        .collect();
    insta::assert_debug_snapshot!(alarms);
    template.has_properties(
        "AWS::CloudWatch::Alarm",
        json!({ "Metrics": Match::list_with(json!([{
            "Expression": "100 * (FILL(task, 0) + FILL(balancer, 0)) / requests",
        }])) }),
    );
    template.has_properties(
        "AWS::ECS::Service",
        json!({ "DeploymentConfiguration": {
            "Alarms": { "AlarmNames": [{ "Ref": Match::string_like("WebFailedRequests*") }], "Enable": true, "Rollback": true },
            "DeploymentCircuitBreaker": { "Enable": true, "Rollback": true },
        } }),
    );
}

#[test]
fn passes_every_option_on() {
    let template = Template::of_stack(|stack| {
        let logs = Bucket::log_bucket(Duration::days(30)).build(stack, "AccessLogs");
        let group = LogGroup::builder().build(stack, "Logs");
        let writable = container().root_file_system(RootFileSystem::Writable);
        let proxy = ContainerDefinition::new("proxy", image());
        let web = WebService::builder()
            .vpc(vpc(stack))
            .health_check(HealthCheck::http("/healthz"))
            .address(WebAddress::inside_vpc())
            .size(task_size!(512 cpu, 1024 MiB))
            .cpu_architecture(CpuArchitecture::X86_64)
            .tasks(TaskCount::Scaled { min: 3, max: 6 })
            .target_cpu(40)
            .requests_per_task(500)
            .capacity(Capacity::FargateSpot)
            .circuit_breaker(CircuitBreaker::Stop)
            .health_check_grace_period(Duration::minutes(2))
            .execute_command(ExecuteCommand::Enabled)
            .deletion_protection(DeletionProtection::Disabled)
            .container(writable)
            .sidecar(proxy.root_file_system(RootFileSystem::Writable))
            .cluster(Cluster::builder().build(stack, "Own"))
            .log_group(group)
            .access_logs(AccessLogs::to(logs))
            .build(stack, "Web");
        assert!(web.scaling().is_some());
    });
    template.only("AWS::ECS::Cluster");
    assert!(!has_own_log_group(template.json()));
    template.has_properties(
        "AWS::ECS::TaskDefinition",
        json!({
            "Cpu": "512", "Memory": "1024",
            "RuntimePlatform": { "CpuArchitecture": "X86_64" },
            "ContainerDefinitions": [{ "Name": "web" }, { "Name": "proxy" }],
        }),
    );
    template.has_properties(
        "AWS::ECS::Service",
        json!({
            "EnableExecuteCommand": true,
            "HealthCheckGracePeriodSeconds": 120,
            "CapacityProviderStrategy": [{ "CapacityProvider": "FARGATE_SPOT" }],
            "DeploymentConfiguration": { "DeploymentCircuitBreaker": { "Enable": true, "Rollback": false } },
            "DesiredCount": Match::absent(),
        }),
    );
    template.has_properties(
        "AWS::ApplicationAutoScaling::ScalableTarget",
        json!({ "MinCapacity": 3, "MaxCapacity": 6 }),
    );
    for target in [40, 500] {
        template.has_properties(
            "AWS::ApplicationAutoScaling::ScalingPolicy",
            json!({ "TargetTrackingScalingPolicyConfiguration": { "TargetValue": target } }),
        );
    }
    template.has_properties(
        "AWS::ElasticLoadBalancingV2::LoadBalancer",
        json!({ "LoadBalancerAttributes": Match::list_with(json!([
            { "Key": "deletion_protection.enabled", "Value": "false" },
            { "Key": "access_logs.s3.enabled", "Value": "true" },
        ])) }),
    );
}

#[test]
fn keeps_fixed_number_of_tasks_and_stands_for_its_service() {
    let template = Template::of_stack(|stack| {
        let vpc = vpc(stack);
        let web = WebService::builder()
            .vpc(vpc)
            .container(container())
            .health_check(HealthCheck::http("/healthz"))
            .address(WebAddress::inside_vpc())
            .tasks(TaskCount::Fixed(3))
            .build(stack, "Web");
        assert!(web.scaling().is_none());
        assert_eq!(
            web.task_definition().arn(),
            web.service().task_definition().arn()
        );
        assert_eq!(web.target_group().port(), 8080);
        web.allow_to_peer(&Peer::any_ipv4(), Port::tcp(5432), "the database");
        let files = Bucket::builder().build(stack, "Files");
        files.grant_read(&web);
    });
    template.has_properties("AWS::ECS::Service", json!({ "DesiredCount": 3 }));
    template.resource_count("AWS::ApplicationAutoScaling::ScalableTarget", 0);
    let roles = template.find_resources("AWS::IAM::Role", json!({}));
    let (_, task_role) = roles
        .into_iter()
        .find(|(id, _)| *id == "WebTaskDefTaskRoleB0D86F55")
        .unwrap();
    assert!(
        task_role.to_string().contains("s3:GetObject"),
        "{task_role}"
    );
}

#[test]
fn shares_one_cluster_for_each_vpc() {
    let template = Template::of_stack(|stack| {
        let vpc = vpc(stack);
        let first = web(vpc, WebAddress::inside_vpc());
        let second = WebService::builder()
            .vpc(vpc)
            .container(container())
            .health_check(HealthCheck::http("/healthz"))
            .address(WebAddress::inside_vpc())
            .build(stack, "Second");
        assert_eq!(first.cluster().arn(), second.cluster().arn());
    });
    template.only("AWS::ECS::Cluster");
}
