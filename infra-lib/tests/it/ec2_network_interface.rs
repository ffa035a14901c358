//! Tests of `infra_lib::ec2::NetworkInterface`: defaults, options and findings.

use infra_lib::assertions::{Match, Template};
use infra_lib::ec2::{
    Connectable, Egress, Instance, InstanceType, MachineImage, NetworkInterface, Port,
    SecondaryAddresses, SecurityGroup, SourceDestCheck, Tier, Vpc,
};
use infra_lib::{App, Output, Stack, cidr, core};
use serde_json::json;

fn vpc(stack: Stack<'_>) -> Vpc<'_> {
    Vpc::builder()
        .cidr(cidr!("10.0.0.0/16"))
        .build(stack, "Vpc")
}

fn server<'app>(stack: Stack<'app>, vpc: Vpc<'app>) -> Instance<'app> {
    Instance::builder()
        .vpc(vpc)
        .instance_type(InstanceType::T4G_SMALL)
        .machine_image(MachineImage::amazon_linux_2023())
        .build(stack, "Server")
}

#[test]
fn places_interface_in_private_subnet() {
    let template = Template::of_stack(|stack| {
        let interface = NetworkInterface::builder()
            .vpc(vpc(stack))
            .build(stack, "Interface");
        Output::new(stack, "Address", interface.private_ip());
    });
    template.has_properties(
        "AWS::EC2::NetworkInterface",
        json!({
            "Description": Match::absent(),
            "GroupSet": [{ "Fn::GetAtt": [Match::string_like("InterfaceSecurityGroup*"), "GroupId"] }],
            "PrivateIpAddress": Match::absent(),
            "PrivateIpAddresses": Match::absent(),
            "SecondaryPrivateIpAddressCount": Match::absent(),
            "SourceDestCheck": true,
            "SubnetId": { "Ref": Match::string_like("VpcPrivateSubnet1*") },
        }),
    );
    template.has_properties(
        "AWS::EC2::SecurityGroup",
        json!({
            "SecurityGroupEgress": [{ "CidrIp": "0.0.0.0/0", "FromPort": 443, "IpProtocol": "tcp", "ToPort": 443 }],
            "SecurityGroupIngress": Match::absent(),
        }),
    );
    template.resource_count("AWS::EC2::NetworkInterfaceAttachment", 0);
    template.has_output(
        "Address",
        json!({ "Value": { "Fn::GetAtt": [Match::string_like("Interface*"), "PrimaryPrivateIpAddress"] } }),
    );
}

#[test]
fn sets_options_of_interfaces() {
    let template = Template::of_stack(|stack| {
        let network = vpc(stack);
        let group = |id| SecurityGroup::builder().vpc(network).build(stack, id);
        let interface = NetworkInterface::builder()
            .vpc(network)
            .security_group(group("First"))
            .security_group(group("Second"))
            .tier(Tier::Isolated)
            .subnet_index(1)
            .private_ip_address("10.0.144.10")
            .secondary_addresses(SecondaryAddresses::fixed(["10.0.144.11", "10.0.144.12"]))
            .source_dest_check(SourceDestCheck::Disabled)
            .description("router")
            .build(stack, "Interface");
        interface.allow_from_on(&group("Client"), Port::tcp(8080));
        NetworkInterface::builder()
            .vpc(network)
            .tier(Tier::Isolated)
            .secondary_addresses(SecondaryAddresses::count(3))
            .build(stack, "Isolated");
    });
    template.has_properties(
        "AWS::EC2::NetworkInterface",
        json!({
            "Description": "router",
            "GroupSet": [
                { "Fn::GetAtt": [Match::string_like("First*"), "GroupId"] },
                { "Fn::GetAtt": [Match::string_like("Second*"), "GroupId"] },
            ],
            "PrivateIpAddress": "10.0.144.10",
            "PrivateIpAddresses": [
                { "Primary": false, "PrivateIpAddress": "10.0.144.11" },
                { "Primary": false, "PrivateIpAddress": "10.0.144.12" },
            ],
            "SourceDestCheck": false,
            "SubnetId": { "Ref": Match::string_like("VpcIsolatedSubnet2*") },
        }),
    );
    template.has_properties(
        "AWS::EC2::NetworkInterface",
        json!({ "PrivateIpAddresses": Match::absent(), "SecondaryPrivateIpAddressCount": 3 }),
    );
    // One rule for each group of the interface.
    template.resource_count("AWS::EC2::SecurityGroupIngress", 2);
    // Isolated subnets have no way out, so the new group allows none.
    template.has_properties(
        "AWS::EC2::SecurityGroup",
        json!({
            "GroupDescription": Match::string_like("*Isolated*"),
            "SecurityGroupEgress": [{ "CidrIp": "255.255.255.255/32" }],
        }),
    );
}

#[test]
fn attaches_interfaces_to_instance() {
    let template = Template::of_stack(|stack| {
        let network = vpc(stack);
        let server = server(stack, network);
        for (id, index) in [("Second", 0), ("Third", 1)] {
            NetworkInterface::builder()
                .vpc(network)
                .instance(server)
                .attachment_index(index)
                .build(stack, id);
        }
    });
    for (id, index) in [("Second*", "1"), ("Third*", "2")] {
        template.has_properties(
            "AWS::EC2::NetworkInterfaceAttachment",
            json!({
                "DeleteOnTermination": false,
                "DeviceIndex": index,
                "InstanceId": { "Ref": Match::string_like("Server*") },
                "NetworkInterfaceId": { "Fn::GetAtt": [Match::string_like(id), "Id"] },
            }),
        );
    }
}

#[test]
fn imports_interface_with_security_group() {
    let app = App::new();
    let stack = Stack::new(&app, "Stack");
    let group = SecurityGroup::from_id(stack, "Group", "sg-0123456789abcdef0", Egress::AllowAll);
    let id = "eni-0123456789abcdef0";
    let interface = NetworkInterface::from_id(stack, "Interface", id, group);
    assert_eq!(interface.network_interface_id().as_literal(), Some(id));
    assert_eq!(interface.connections().security_groups[0].id(), group.id());
}

/// Returns the findings about an interface in a subnet, attached to an instance in the first one.
fn findings(subnet_index: usize) -> Vec<String> {
    let app = App::new();
    let stack = Stack::new(&app, "Stack");
    let network = vpc(stack);
    NetworkInterface::builder()
        .vpc(network)
        .subnet_index(subnet_index)
        .instance(server(stack, network))
        .build(stack, "Interface");
    app.synth().findings().iter().map(core::render).collect()
}

#[test]
fn reports_subnets_of_interfaces() {
    assert_eq!(findings(0), Vec::<String>::new());
    let [found] = &findings(1)[..] else {
        panic!("one finding expected: {:?}", findings(1));
    };
    for part in [
        "INF4123",
        "the network interface is in another Availability Zone",
        "actual: zone 2 of the VPC",
        "expected: zone 1, that of the instance",
        "set the `subnet_index` of the instance",
    ] {
        assert!(found.contains(part), "{found}");
    }
    let found = findings(9);
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].contains("INF4117"), "{found:?}");
}
