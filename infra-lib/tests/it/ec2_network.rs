//! Tests of network ACLs, DHCP options, flow logs to buckets and streams, peering, endpoint services and addresses.

use infra_lib::assertions::{Match, Template};
use infra_lib::cloudwatch::MetricSource;
use infra_lib::ec2::{
    AclRule, AddressTarget, AggregationInterval, Cidr, DhcpOptions, EipAssociation,
    EndpointAcceptance, FlowLogFiles, FlowLogs, Instance, Ipv6Cidr, NetworkAcl, NetworkInterface,
    PeerVpc, Port, SubnetAttributes, Tier, Vpc, VpcAttributes, VpcEndpointService,
    VpcPeeringConnection,
};
use infra_lib::kinesisfirehose::DeliveryStream;
use infra_lib::s3::Bucket;
use infra_lib::{App, Duration, Output, Stack, cidr, core};
use serde_json::json;

fn vpc(stack: Stack<'_>) -> Vpc<'_> {
    Vpc::builder()
        .cidr(cidr!("10.0.0.0/16"))
        .flow_logs(FlowLogs::none())
        .build(stack, "Vpc")
}

/// Returns the findings about a stack, rendered.
fn findings(build: impl FnOnce(Stack<'_>)) -> Vec<String> {
    let app = App::new();
    build(Stack::new(&app, "Stack"));
    app.synth().findings().iter().map(core::render).collect()
}

/// Asserts that one finding is reported, which contains all parts.
#[track_caller]
fn reports(parts: &[&str], build: impl FnOnce(Stack<'_>)) {
    let found = findings(build);
    assert_eq!(found.len(), 1, "{found:?}");
    for part in parts {
        assert!(found[0].contains(part), "{part}: {}", found[0]);
    }
}

#[test]
fn applies_network_acl_to_every_subnet_of_tier() {
    let template = Template::of_stack(|stack| {
        let vpc = vpc(stack);
        let acl = NetworkAcl::builder()
            .subnets(vpc.isolated())
            .build(stack, "Acl");
        acl.add_rule(
            "Queries",
            AclRule::allow_inbound(100, vpc.cidr_block(), Port::POSTGRES),
        );
        acl.add_rule(
            "Replies",
            AclRule::allow_outbound(100, Cidr::ANY, Port::tcp_range(1024, 65535)),
        );
        acl.add_rule(
            "Ping",
            AclRule::deny_inbound(90, Ipv6Cidr::ANY, Port::all_icmp_v6()),
        );
        acl.add_rule(
            "Rest",
            AclRule::deny_outbound(200, Cidr::ANY, Port::all_traffic()),
        );
        acl.associate(vpc.private());
        Output::new(stack, "Id", acl.network_acl_id());
    });
    template.resource_count("AWS::EC2::SubnetNetworkAclAssociation", 4);
    template.has_properties(
        "AWS::EC2::NetworkAcl",
        json!({ "VpcId": { "Ref": Match::string_like("Vpc*") }, "Tags": [{ "Key": "Name", "Value": "Stack/Acl" }] }),
    );
    let entry = |properties| template.has_properties("AWS::EC2::NetworkAclEntry", properties);
    entry(json!({
        "CidrBlock": { "Fn::GetAtt": [Match::string_like("Vpc*"), "CidrBlock"] },
        "Egress": false, "PortRange": { "From": 5432, "To": 5432 }, "Protocol": 6, "RuleAction": "allow", "RuleNumber": 100,
    }));
    entry(
        json!({ "CidrBlock": "0.0.0.0/0", "Egress": true, "PortRange": { "From": 1024, "To": 65535 }, "Protocol": 6 }),
    );
    entry(json!({
        "CidrBlock": Match::absent(), "Icmp": { "Code": -1, "Type": -1 }, "Ipv6CidrBlock": "::/0",
        "Protocol": 58, "RuleAction": "deny", "RuleNumber": 90,
    }));
    entry(
        json!({ "Egress": true, "PortRange": Match::absent(), "Protocol": -1, "RuleAction": "deny" }),
    );
}

#[test]
fn adds_rules_to_imported_network_acl() {
    let template = Template::of_stack(|stack| {
        let acl = NetworkAcl::from_id(stack, "Acl", "acl-0123456789abcdef0");
        acl.add_rule(
            "Block",
            AclRule::deny_inbound(10, cidr!("203.0.113.0/24"), Port::all_traffic()),
        );
    });
    template.resource_count("AWS::EC2::NetworkAcl", 0);
    template.has_properties(
        "AWS::EC2::NetworkAclEntry",
        json!({ "NetworkAclId": "acl-0123456789abcdef0", "RuleNumber": 10 }),
    );
}

/// Adds a network ACL that allows all traffic in both directions.
fn open_acl<'app>(stack: Stack<'app>, vpc: Vpc<'app>, id: &str) -> NetworkAcl<'app> {
    let acl = NetworkAcl::builder()
        .subnets(vpc.isolated())
        .build(stack, id);
    acl.add_rule(
        "In",
        AclRule::allow_inbound(100, Cidr::ANY, Port::all_traffic()),
    );
    acl.add_rule(
        "Out",
        AclRule::allow_outbound(100, Cidr::ANY, Port::all_traffic()),
    );
    acl
}

#[test]
fn reports_numbers_of_rules() {
    assert_eq!(
        findings(|stack| {
            open_acl(stack, vpc(stack), "Acl");
        }),
        Vec::<String>::new()
    );
    for number in [0, 32_767] {
        let actual = format!("actual: {number}");
        reports(
            &[
                "INF4021",
                "an inbound rule",
                &actual,
                "expected: 1 to 32766",
            ],
            |stack| {
                let acl = open_acl(stack, vpc(stack), "Acl");
                acl.add_rule("More", AclRule::deny_inbound(number, Cidr::ANY, Port::HTTP));
            },
        );
    }
    reports(
        &["INF4022", "two outbound rules", "have the number 100"],
        |stack| {
            let acl = open_acl(stack, vpc(stack), "Acl");
            acl.add_rule("More", AclRule::deny_outbound(100, Cidr::ANY, Port::HTTP));
        },
    );
    reports(&["INF4110", "80-79", "ends before it starts"], |stack| {
        let acl = open_acl(stack, vpc(stack), "Acl");
        acl.add_rule(
            "More",
            AclRule::deny_outbound(50, Cidr::ANY, Port::tcp_range(80, 79)),
        );
    });
}

#[test]
fn reports_network_acl_without_replies() {
    fn acl(stack: Stack<'_>, rule: Option<AclRule>) {
        let acl = NetworkAcl::builder()
            .subnets(vpc(stack).isolated())
            .build(stack, "Acl");
        if let Some(rule) = rule {
            acl.add_rule("Rule", rule);
        }
    }
    let inbound = || Some(AclRule::allow_inbound(1, Cidr::ANY, Port::HTTPS));
    let outbound = || Some(AclRule::allow_outbound(1, Cidr::ANY, Port::HTTPS));
    reports(
        &[
            "INF4023",
            "lets packets in, but no replies out",
            "stateless",
        ],
        |stack| acl(stack, inbound()),
    );
    reports(
        &["INF4023", "lets packets out, but no replies in"],
        |stack| acl(stack, outbound()),
    );
    reports(&["INF4023", "cuts its subnets off"], |stack| {
        acl(stack, None);
    });
}

#[test]
fn reports_subnets_with_two_network_acls_or_of_another_vpc() {
    reports(
        &[
            "INF4024",
            "the isolated subnet 1 has two network ACLs",
            "add the rules of both",
        ],
        |stack| {
            let vpc = vpc(stack);
            open_acl(stack, vpc, "First");
            open_acl(stack, vpc, "Second");
        },
    );
    reports(&["INF4024", "subnets of another VPC"], |stack| {
        let other = VpcAttributes::new("vpc-0a1b2c3d").private(["subnet-1"]);
        let other = Vpc::from_attributes(stack, "Other", other);
        open_acl(stack, vpc(stack), "Acl").associate(other.private());
    });
}

#[test]
fn associates_dhcp_options_with_vpc() {
    let template = Template::of_stack(|stack| {
        DhcpOptions::builder()
            .vpc(vpc(stack))
            .domain_name("corp.example.com")
            .domain_name_server("10.8.0.2")
            .ntp_server("10.8.0.3")
            .netbios_name_server("10.8.0.4")
            .build(stack, "Options");
    });
    template.has_properties(
        "AWS::EC2::DHCPOptions",
        json!({
            "DomainName": "corp.example.com", "DomainNameServers": ["10.8.0.2"],
            "NetbiosNameServers": ["10.8.0.4"], "NetbiosNodeType": 2, "NtpServers": ["10.8.0.3"],
        }),
    );
    template.has_properties(
        "AWS::EC2::VPCDHCPOptionsAssociation",
        json!({
            "DhcpOptionsId": { "Ref": Match::string_like("Options*") },
            "VpcId": { "Ref": Match::string_like("Vpc*") },
        }),
    );
}

#[test]
fn keeps_dns_of_amazon_beside_other_dhcp_options() {
    let template = Template::of_stack(|stack| {
        DhcpOptions::builder()
            .vpc(vpc(stack))
            .build(stack, "Options");
    });
    template.has_properties(
        "AWS::EC2::DHCPOptions",
        json!({
            "DomainName": Match::absent(), "DomainNameServers": ["AmazonProvidedDNS"],
            "NetbiosNodeType": Match::absent(), "NtpServers": Match::absent(),
        }),
    );
}

#[test]
fn reports_servers_of_dhcp_options() {
    reports(&["INF4025", "has 5 NTP servers", "at most 4"], |stack| {
        let options = DhcpOptions::builder().vpc(vpc(stack));
        (1..=5)
            .fold(options, |options, last| {
                options.ntp_server(format!("10.8.0.{last}"))
            })
            .build(stack, "Options");
    });
    reports(
        &["INF4025", "has `AmazonProvidedDNS` and other servers"],
        |stack| {
            DhcpOptions::builder()
                .vpc(vpc(stack))
                .domain_name_server("AmazonProvidedDNS")
                .domain_name_server("10.8.0.2")
                .build(stack, "Options");
        },
    );
}

#[test]
fn writes_flow_logs_into_bucket() {
    let template = Template::of_stack(|stack| {
        let bucket = Bucket::log_bucket(Duration::days(90)).build(stack, "Logs");
        let files = FlowLogFiles::new()
            .parquet()
            .hive_compatible()
            .hourly()
            .prefix("network");
        let logs = FlowLogs::rejected()
            .max_aggregation_interval(AggregationInterval::OneMinute)
            .to_bucket(bucket, files);
        Vpc::builder()
            .cidr(cidr!("10.0.0.0/16"))
            .flow_logs(logs)
            .build(stack, "Vpc");
    });
    template.resource_count("AWS::Logs::LogGroup", 0);
    template.has_properties(
        "AWS::EC2::FlowLog",
        json!({
            "DeliverLogsPermissionArn": Match::absent(),
            "DestinationOptions": { "FileFormat": "parquet", "HiveCompatiblePartitions": true, "PerHourPartition": true },
            "LogDestination": { "Fn::Sub": Match::string_like("${Logs*.Arn}/network") },
            "LogDestinationType": "s3",
            "MaxAggregationInterval": 60,
            "TrafficType": "REJECT",
        }),
    );
    template.has_resource(
        "AWS::EC2::FlowLog",
        json!({ "DependsOn": [Match::string_like("LogsPolicy*")] }),
    );
    template.has_properties(
        "AWS::S3::BucketPolicy",
        json!({ "PolicyDocument": { "Statement": Match::list_with(json!([{
            "Action": "s3:PutObject",
            "Principal": { "Service": "delivery.logs.amazonaws.com" },
        }])) } }),
    );
}

#[test]
fn sends_flow_logs_of_imported_vpc_to_delivery_stream() {
    let template = Template::of_stack(|stack| {
        let bucket = Bucket::builder().build(stack, "Lake");
        let stream = DeliveryStream::builder()
            .bucket(bucket)
            .build(stack, "Stream");
        let vpc = Vpc::from_attributes(stack, "Vpc", VpcAttributes::new("vpc-0a1b2c3d"));
        vpc.add_flow_logs("ToStream", FlowLogs::all().to_delivery_stream(stream));
    });
    template.has_properties(
        "AWS::EC2::FlowLog",
        json!({
            "LogDestination": { "Fn::GetAtt": [Match::string_like("Stream*"), "Arn"] },
            "LogDestinationType": "kinesis-data-firehose",
            "MaxAggregationInterval": Match::absent(),
            "ResourceId": "vpc-0a1b2c3d",
            "TrafficType": "ALL",
        }),
    );
}

#[test]
fn routes_both_vpcs_to_each_other() {
    let template = Template::of_stack(|stack| {
        let tools = Vpc::builder()
            .cidr(cidr!("10.1.0.0/16"))
            .flow_logs(FlowLogs::none())
            .build(stack, "Tools");
        let peering = VpcPeeringConnection::builder()
            .vpc(vpc(stack))
            .peer(PeerVpc::same_account(tools))
            .tiers(vec![Tier::Isolated])
            .build(stack, "Peering");
        Output::new(stack, "Id", peering.vpc_peering_connection_id());
    });
    template.has_properties(
        "AWS::EC2::VPCPeeringConnection",
        json!({
            "PeerOwnerId": Match::absent(), "PeerRegion": Match::absent(),
            "PeerVpcId": { "Ref": Match::string_like("Tools*") }, "VpcId": { "Ref": Match::string_like("Vpc*") },
        }),
    );
    for (table, block) in [
        ("VpcIsolatedSubnet2*", "Tools*"),
        ("ToolsIsolatedSubnet1*", "Vpc*"),
    ] {
        template.has_properties(
            "AWS::EC2::Route",
            json!({
                "DestinationCidrBlock": { "Fn::GetAtt": [Match::string_like(block), "CidrBlock"] },
                "RouteTableId": { "Ref": Match::string_like(table) },
                "VpcPeeringConnectionId": { "Ref": Match::string_like("Peering*") },
            }),
        );
    }
}

#[test]
fn peers_with_vpc_of_another_account_and_region() {
    let template = Template::of_stack(|stack| {
        let subnets =
            ["subnet-1", "subnet-2"].map(|id| SubnetAttributes::new(id).route_table("rtb-1"));
        let attributes = VpcAttributes::new("vpc-0a1b2c3d").cidr(cidr!("10.0.0.0/16"));
        let near = Vpc::from_attributes(stack, "Vpc", attributes.private(subnets));
        let far = PeerVpc::by_id("vpc-0123456789abcdef0", cidr!("10.1.0.0/16"))
            .account("444455556666", "arn:aws:iam::444455556666:role/accept")
            .region("eu-west-1");
        VpcPeeringConnection::builder()
            .vpc(near)
            .peer(far)
            .build(stack, "Peering");
    });
    template.has_properties(
        "AWS::EC2::VPCPeeringConnection",
        json!({
            "PeerOwnerId": "444455556666", "PeerRegion": "eu-west-1",
            "PeerRoleArn": "arn:aws:iam::444455556666:role/accept", "PeerVpcId": "vpc-0123456789abcdef0",
        }),
    );
    // Both subnets share one route table.
    template.resource_count("AWS::EC2::Route", 1);
    template.has_properties(
        "AWS::EC2::Route",
        json!({ "DestinationCidrBlock": "10.1.0.0/16", "RouteTableId": "rtb-1" }),
    );
}

#[test]
fn reports_peering_of_overlapping_blocks_and_unknown_route_tables() {
    reports(
        &[
            "INF4026",
            "10.0.0.0/16 and 10.0.128.0/20",
            "expected: a block outside 10.0.0.0/16",
        ],
        |stack| {
            VpcPeeringConnection::builder()
                .vpc(vpc(stack))
                .peer(PeerVpc::by_id(
                    "vpc-0123456789abcdef0",
                    cidr!("10.0.128.0/20"),
                ))
                .build(stack, "Peering");
        },
    );
    reports(
        &[
            "INF4027",
            "the route tables of the private subnets",
            "route_table",
        ],
        |stack| {
            let attributes = VpcAttributes::new("vpc-0a1b2c3d").private(["subnet-1"]);
            VpcPeeringConnection::builder()
                .vpc(Vpc::from_attributes(stack, "Vpc", attributes))
                .peer(PeerVpc::by_id(
                    "vpc-0123456789abcdef0",
                    cidr!("10.1.0.0/16"),
                ))
                .build(stack, "Peering");
        },
    );
}

const BALANCER: &str =
    "arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/net/billing/0123456789abcdef";

#[test]
fn offers_load_balancer_to_accounts() {
    let template = Template::of_stack(|stack| {
        let service = VpcEndpointService::builder()
            .network_load_balancer(BALANCER)
            .allow_account("444455556666")
            .allow_principal("arn:aws:iam::777788889999:role/connect")
            .supported_region("eu-central-1")
            .build(stack, "Service");
        Output::new(stack, "Name", service.service_name());
        VpcEndpointService::builder()
            .gateway_load_balancer(BALANCER)
            .acceptance(EndpointAcceptance::Automatic)
            .build(stack, "Firewall");
    });
    template.has_properties(
        "AWS::EC2::VPCEndpointService",
        json!({
            "AcceptanceRequired": true, "GatewayLoadBalancerArns": Match::absent(),
            "NetworkLoadBalancerArns": [BALANCER], "SupportedRegions": ["eu-central-1"],
        }),
    );
    template.has_properties(
        "AWS::EC2::VPCEndpointService",
        json!({ "AcceptanceRequired": false, "GatewayLoadBalancerArns": [BALANCER] }),
    );
    template.has_properties(
        "AWS::EC2::VPCEndpointServicePermissions",
        json!({
            "AllowedPrincipals": [
                { "Fn::Sub": "arn:${AWS::Partition}:iam::444455556666:root" },
                "arn:aws:iam::777788889999:role/connect",
            ],
            "ServiceId": { "Ref": Match::string_like("Service*") },
        }),
    );
}

#[test]
fn imports_endpoint_service_with_metrics() {
    let app = App::new();
    let stack = Stack::new(&app, "Stack");
    let service = VpcEndpointService::from_id(stack, "Service", "vpce-svc-0123456789abcdef0");
    let dimensions = service.metric_dimensions();
    assert_eq!(service.metric_namespace(), "AWS/PrivateLinkServices");
    assert_eq!(dimensions[0].0, "Service Id");
    assert_eq!(
        dimensions[0].1.as_literal(),
        Some("vpce-svc-0123456789abcdef0")
    );
}

#[test]
fn associates_imported_dhcp_options() {
    let template = Template::of_stack(|stack| {
        let options = DhcpOptions::from_id(stack, "Company", "dopt-0a1b2c3d4e5f60718");
        options.associate("Association", vpc(stack));
    });
    template.has_properties(
        "AWS::EC2::VPCDHCPOptionsAssociation",
        json!({
            "DhcpOptionsId": "dopt-0a1b2c3d4e5f60718",
            "VpcId": { "Ref": Match::string_like("Vpc*") },
        }),
    );
    template.resource_count("AWS::EC2::DHCPOptions", 0);
    reports(&["INF8026", "actual: acl-0a1b2c3d", "`dopt-…`"], |stack| {
        DhcpOptions::from_id(stack, "Company", "acl-0a1b2c3d").associate("Association", vpc(stack));
    });
}

#[test]
fn adds_routes_of_imported_peering() {
    let template = Template::of_stack(|stack| {
        let peering = VpcPeeringConnection::from_id(stack, "Tools", "pcx-0a1b2c3d4e5f60718");
        let tiers = [Tier::Isolated, Tier::Isolated];
        peering.add_routes("Routes", vpc(stack), tiers, cidr!("10.1.0.0/16"));
    });
    template.resource_count("AWS::EC2::VPCPeeringConnection", 0);
    template.has_properties(
        "AWS::EC2::Route",
        json!({
            "DestinationCidrBlock": "10.1.0.0/16",
            "VpcPeeringConnectionId": "pcx-0a1b2c3d4e5f60718",
        }),
    );
    let routes = template.resources("AWS::EC2::Route");
    let count = routes
        .iter()
        .filter(|(_, route)| !route["Properties"]["VpcPeeringConnectionId"].is_null())
        .count();
    assert_eq!(count, 2, "one route for each isolated subnet");
}

#[test]
fn reports_imported_peering_that_cannot_be_used() {
    let id = "pcx-0a1b2c3d4e5f60718";
    reports(&["INF8026", "actual: peer-0a1b2c3d", "`pcx-…`"], |stack| {
        vpc(stack);
        VpcPeeringConnection::from_id(stack, "Tools", "peer-0a1b2c3d");
    });
    reports(&["INF4026", "10.0.0.0/16 and 10.0.128.0/17"], |stack| {
        let peering = VpcPeeringConnection::from_id(stack, "Tools", id);
        let block = cidr!("10.0.128.0/17");
        peering.add_routes("Routes", vpc(stack), [Tier::Isolated], block);
    });
    reports(
        &["INF4027", "isolated subnets", "leave these tiers out"],
        |stack| {
            vpc(stack);
            let attributes = VpcAttributes::new("vpc-0a1b2c3d").cidr(cidr!("10.2.0.0/16"));
            let subnets = ["subnet-1", "subnet-2"].map(SubnetAttributes::new);
            let far = Vpc::from_attributes(stack, "Far", attributes.isolated(subnets));
            let peering = VpcPeeringConnection::from_id(stack, "Tools", id);
            peering.add_routes("Routes", far, [Tier::Isolated], cidr!("10.1.0.0/16"));
        },
    );
}

#[test]
fn reports_load_balancers_and_open_endpoint_services() {
    reports(
        &["INF4028", "has no load balancer", "0 network and 0 gateway"],
        |stack| {
            VpcEndpointService::builder().build(stack, "Service");
        },
    );
    reports(&["INF4028", "load balancers of both kinds"], |stack| {
        VpcEndpointService::builder()
            .network_load_balancer(BALANCER)
            .gateway_load_balancer(BALANCER)
            .build(stack, "Service");
    });
    reports(&["INF4029", "every AWS account", "actual: *"], |stack| {
        VpcEndpointService::builder()
            .network_load_balancer(BALANCER)
            .allow_principal("*")
            .acceptance(EndpointAcceptance::Automatic)
            .build(stack, "Service");
    });
}

#[test]
fn gives_existing_address_to_instance_and_interface() {
    let template = Template::of_stack(|stack| {
        let instance = Instance::from_id(stack, "Instance", "i-0123456789abcdef0");
        let interface = NetworkInterface::builder()
            .vpc(vpc(stack))
            .tier(Tier::Public)
            .build(stack, "Interface");
        let targets = [
            ("First", AddressTarget::instance(instance)),
            ("Second", interface.into()),
        ];
        for (id, target) in targets {
            EipAssociation::builder()
                .allocation_id("eipalloc-0123456789abcdef0")
                .target(target)
                .private_ip_address("10.0.0.9")
                .build(stack, id);
        }
    });
    for target in [
        json!({ "InstanceId": "i-0123456789abcdef0", "NetworkInterfaceId": Match::absent() }),
        json!({ "NetworkInterfaceId": { "Fn::GetAtt": [Match::string_like("Interface*"), "Id"] } }),
    ] {
        template.has_properties("AWS::EC2::EIPAssociation", target);
    }
    template.has_properties(
        "AWS::EC2::EIPAssociation",
        json!({ "AllocationId": "eipalloc-0123456789abcdef0", "PrivateIpAddress": "10.0.0.9" }),
    );
}
