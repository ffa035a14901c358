//! Truth tables of network paths: each row changes one thing of a network in which everything is open.

use infra_reach::Answer::{No, Possible, Yes};
use infra_reach::{Answer, Reach, Source};
use serde_json::{Value as JsonValue, json};

use crate::{texts, world_of};

/// An instance with a public address in a subnet with an internet gateway, open on port 443, and a database in the same subnet.
fn open_network() -> JsonValue {
    json!({
        "Vpc": { "Type": "AWS::EC2::VPC", "Properties": { "CidrBlock": "10.0.0.0/16" } },
        "Gateway": { "Type": "AWS::EC2::InternetGateway" },
        "Subnet": { "Type": "AWS::EC2::Subnet", "Properties": {
            "VpcId": { "Ref": "Vpc" }, "CidrBlock": "10.0.0.0/24", "MapPublicIpOnLaunch": true } },
        "Table": { "Type": "AWS::EC2::RouteTable", "Properties": { "VpcId": { "Ref": "Vpc" } } },
        "Association": { "Type": "AWS::EC2::SubnetRouteTableAssociation", "Properties": {
            "SubnetId": { "Ref": "Subnet" }, "RouteTableId": { "Ref": "Table" } } },
        "Route": { "Type": "AWS::EC2::Route", "Properties": {
            "RouteTableId": { "Ref": "Table" }, "DestinationCidrBlock": "0.0.0.0/0", "GatewayId": { "Ref": "Gateway" } } },
        "Group": { "Type": "AWS::EC2::SecurityGroup", "Properties": {
            "VpcId": { "Ref": "Vpc" }, "GroupDescription": "web",
            "SecurityGroupIngress": [{ "IpProtocol": "tcp", "FromPort": 443, "ToPort": 443, "CidrIp": "0.0.0.0/0" }] } },
        "Host": { "Type": "AWS::EC2::Instance", "Properties": {
            "SubnetId": { "Ref": "Subnet" }, "SecurityGroupIds": [{ "Ref": "Group" }] } },
        "Inner": { "Type": "AWS::EC2::Subnet", "Properties": { "VpcId": { "Ref": "Vpc" }, "CidrBlock": "10.0.1.0/24" } },
        "Subnets": { "Type": "AWS::RDS::DBSubnetGroup", "Properties": { "SubnetIds": [{ "Ref": "Inner" }] } },
        "DataGroup": { "Type": "AWS::EC2::SecurityGroup", "Properties": {
            "VpcId": { "Ref": "Vpc" }, "GroupDescription": "data",
            "SecurityGroupIngress": [{ "IpProtocol": "tcp", "FromPort": 5432, "ToPort": 5432,
                "SourceSecurityGroupId": { "Fn::GetAtt": ["Group", "GroupId"] } }] } },
        "Database": { "Type": "AWS::RDS::DBInstance", "Properties": {
            "Engine": "postgres", "PubliclyAccessible": false, "DBSubnetGroupName": { "Ref": "Subnets" },
            "VPCSecurityGroups": [{ "Fn::GetAtt": ["DataGroup", "GroupId"] }] } },
    })
}

type Change = fn(&mut JsonValue);

fn set(resources: &mut JsonValue, pointer: &str, value: JsonValue) {
    let (parent, key) = pointer.rsplit_once('/').unwrap();
    resources.pointer_mut(parent).unwrap()[key] = value;
}

fn remove(resources: &mut JsonValue, id: &str) {
    resources.as_object_mut().unwrap().remove(id).unwrap();
}

const INGRESS: &str = "/Group/Properties/SecurityGroupIngress";

fn rule(cidr: &str) -> JsonValue {
    json!([{ "IpProtocol": "tcp", "FromPort": 443, "ToPort": 443, "CidrIp": cidr }])
}

fn add_acl(resources: &mut JsonValue, entries: &[(i64, bool, &str, &str)]) {
    let all = resources.as_object_mut().unwrap();
    all.insert(
        "Acl".into(),
        json!({ "Type": "AWS::EC2::NetworkAcl", "Properties": { "VpcId": { "Ref": "Vpc" } } }),
    );
    all.insert(
        "AclSubnet".into(),
        json!({ "Type": "AWS::EC2::SubnetNetworkAclAssociation", "Properties": {
        "SubnetId": { "Ref": "Subnet" }, "NetworkAclId": { "Ref": "Acl" } } }),
    );
    for (number, egress, action, cidr) in entries {
        all.insert(format!("Entry{number}{egress}"), json!({ "Type": "AWS::EC2::NetworkAclEntry", "Properties": {
            "NetworkAclId": { "Ref": "Acl" }, "RuleNumber": number, "Egress": egress, "Protocol": -1,
            "RuleAction": action, "CidrBlock": cidr } }));
    }
}

#[test]
fn internet_reaches_instance() {
    let rows: &[(&str, Change, Answer, &str)] = &[
        (
            "everything open",
            |_| {},
            Yes,
            "Group allows traffic from the internet",
        ),
        (
            "no public address",
            |all| set(all, "/Subnet/Properties/MapPublicIpOnLaunch", json!(false)),
            No,
            "Host has no public address",
        ),
        (
            "an Elastic IP",
            |all| {
                set(all, "/Subnet/Properties/MapPublicIpOnLaunch", json!(false));
                all["Address"] = json!({ "Type": "AWS::EC2::EIP", "Properties": { "InstanceId": { "Ref": "Host" } } });
            },
            Yes,
            "Group allows traffic from the internet",
        ),
        (
            "a setting of the instance",
            |all| {
                set(
                    all,
                    "/Host/Properties/NetworkInterfaces",
                    json!([{ "AssociatePublicIpAddress": false, "DeviceIndex": "0" }]),
                );
            },
            No,
            "Host has no public address",
        ),
        (
            "no route",
            |all| remove(all, "Route"),
            No,
            "Subnet has no route to an internet gateway",
        ),
        (
            "the main table",
            |all| remove(all, "Association"),
            No,
            "Subnet has the main route table of its VPC, without a route to the internet",
        ),
        (
            "a NAT gateway",
            |all| {
                set(
                    all,
                    "/Route/Properties",
                    json!({
            "RouteTableId": { "Ref": "Table" }, "DestinationCidrBlock": "0.0.0.0/0", "NatGatewayId": "nat-1" }),
                )
            },
            No,
            "Subnet has no route to an internet gateway",
        ),
        (
            "an egress-only gateway",
            |all| {
                set(
                    all,
                    "/Route/Properties",
                    json!({
            "RouteTableId": { "Ref": "Table" }, "DestinationIpv6CidrBlock": "::/0", "EgressOnlyInternetGatewayId": "eigw-1" }),
                )
            },
            No,
            "Subnet has no route to an internet gateway",
        ),
        (
            "a private destination",
            |all| {
                set(
                    all,
                    "/Route/Properties/DestinationCidrBlock",
                    json!("192.168.0.0/16"),
                )
            },
            No,
            "Subnet has no route to an internet gateway",
        ),
        (
            "a gateway of elsewhere",
            |all| set(all, "/Route/Properties/GatewayId", json!("igw-1")),
            Yes,
            "Group allows traffic from the internet",
        ),
        (
            "no rule",
            |all| set(all, INGRESS, json!([])),
            No,
            "no rule of Group allows traffic from the internet",
        ),
        (
            "a private range",
            |all| set(all, INGRESS, rule("10.0.0.0/8")),
            No,
            "no rule of Group allows traffic from the internet",
        ),
        (
            "an office",
            |all| set(all, INGRESS, rule("203.0.114.0/24")),
            Possible,
            "Group allows traffic from the internet, for addresses of 203.0.114.0/24",
        ),
        (
            "IPv6",
            |all| {
                set(
                    all,
                    INGRESS,
                    json!([{ "IpProtocol": -1, "CidrIpv6": "::/0" }]),
                )
            },
            Yes,
            "Group allows traffic from the internet",
        ),
        (
            "ICMP",
            |all| {
                set(
                    all,
                    INGRESS,
                    json!([{ "IpProtocol": "icmp", "FromPort": -1, "ToPort": -1, "CidrIp": "0.0.0.0/0" }]),
                )
            },
            No,
            "no rule of Group allows traffic from the internet",
        ),
        (
            "a group",
            |all| {
                set(
                    all,
                    INGRESS,
                    json!([{ "IpProtocol": "-1", "SourceSecurityGroupId": { "Ref": "DataGroup" } }]),
                )
            },
            No,
            "no rule of Group allows traffic from the internet",
        ),
        (
            "CloudFront",
            |all| {
                set(
                    all,
                    INGRESS,
                    json!([{ "IpProtocol": "-1", "SourcePrefixListId": "pl-3b927c52" }]),
                )
            },
            No,
            "no rule of Group allows traffic from the internet",
        ),
        (
            "another prefix list",
            |all| {
                set(
                    all,
                    INGRESS,
                    json!([{ "IpProtocol": "-1", "SourcePrefixListId": "pl-1" }]),
                )
            },
            Possible,
            "Group allows traffic from the internet",
        ),
        (
            "a prefix list of the app",
            |all| {
                set(
                    all,
                    INGRESS,
                    json!([{ "IpProtocol": "-1", "SourcePrefixListId": { "Ref": "List" } }]),
                );
                all["List"] = json!({ "Type": "AWS::EC2::PrefixList", "Properties": { "Entries": [{ "Cidr": "10.0.0.0/8" }] } });
            },
            No,
            "no rule of Group allows traffic from the internet",
        ),
        (
            "a range from a parameter",
            |all| {
                set(
                    all,
                    INGRESS,
                    json!([{ "IpProtocol": "-1", "CidrIp": { "Ref": "Range" } }]),
                )
            },
            Possible,
            "Group allows traffic from the internet",
        ),
        (
            "a rule of its own",
            |all| {
                set(all, INGRESS, json!([]));
                all["Rule"] = json!({ "Type": "AWS::EC2::SecurityGroupIngress", "Properties": {
                "GroupId": { "Fn::GetAtt": "Group.GroupId" }, "IpProtocol": "tcp", "FromPort": 22, "ToPort": 22, "CidrIp": "0.0.0.0/0" } });
            },
            Yes,
            "Group allows traffic from the internet",
        ),
        (
            "a group of elsewhere",
            |all| set(all, "/Host/Properties/SecurityGroupIds", json!(["sg-1"])),
            Possible,
            "a security group that is not part of the app may allow it",
        ),
        (
            "a second group",
            |all| {
                set(
                    all,
                    "/Host/Properties/SecurityGroupIds",
                    json!([{ "Ref": "DataGroup" }, { "Ref": "Group" }]),
                )
            },
            Yes,
            "Group allows traffic from the internet",
        ),
        (
            "an ACL",
            |all| {
                add_acl(
                    all,
                    &[
                        (100, false, "allow", "0.0.0.0/0"),
                        (100, true, "allow", "0.0.0.0/0"),
                    ],
                )
            },
            Yes,
            "Group allows traffic from the internet",
        ),
        (
            "an ACL without replies",
            |all| add_acl(all, &[(100, false, "allow", "0.0.0.0/0")]),
            No,
            "no rule of Acl allows traffic to the internet to leave",
        ),
        (
            "an ACL that denies first",
            |all| {
                add_acl(
                    all,
                    &[
                        (50, false, "deny", "0.0.0.0/0"),
                        (100, false, "allow", "0.0.0.0/0"),
                        (100, true, "allow", "0.0.0.0/0"),
                    ],
                )
            },
            No,
            "rule 50 of Acl does not allow traffic from the internet to enter",
        ),
        (
            "an ACL that denies some",
            |all| {
                add_acl(
                    all,
                    &[
                        (50, false, "deny", "198.51.100.0/24"),
                        (100, false, "allow", "0.0.0.0/0"),
                        (100, true, "allow", "0.0.0.0/0"),
                    ],
                )
            },
            Yes,
            "Group allows traffic from the internet",
        ),
        (
            "an ACL for the VPC",
            |all| {
                add_acl(
                    all,
                    &[
                        (100, false, "allow", "10.0.0.0/16"),
                        (100, true, "allow", "0.0.0.0/0"),
                    ],
                )
            },
            No,
            "no rule of Acl allows traffic from the internet to enter",
        ),
    ];
    for (name, change, expected, last) in rows {
        let mut resources = open_network();
        change(&mut resources);
        let world = world_of(&resources);
        let reach = Reach::new(&world);
        let proof = reach.connects(Source::Internet, reach.find("Host").unwrap());
        let (answer, steps) = texts(&proof);
        assert_eq!(answer, *expected, "{name}: {steps:?}");
        assert_eq!(steps.last(), Some(last), "{name}: {steps:?}");
    }
}

#[test]
fn instance_reaches_database() {
    const DATA: &str = "/DataGroup/Properties/SecurityGroupIngress";
    let data_rule = |extra: JsonValue| {
        let mut rule = json!({ "IpProtocol": "tcp", "FromPort": 5432, "ToPort": 5432 });
        rule.as_object_mut()
            .unwrap()
            .extend(extra.as_object().unwrap().clone());
        json!([rule])
    };
    let rows: Vec<(&str, Box<dyn Fn(&mut JsonValue)>, Answer, &str)> = vec![
        (
            "a group",
            Box::new(|_| {}),
            Yes,
            "DataGroup allows traffic from Host on port 5432",
        ),
        (
            "the range of the subnet",
            Box::new(move |all| set(all, DATA, data_rule(json!({ "CidrIp": "10.0.0.0/16" })))),
            Yes,
            "DataGroup allows traffic from Host on port 5432",
        ),
        (
            "the range of the VPC by reference",
            Box::new(move |all| {
                set(
                    all,
                    DATA,
                    data_rule(json!({ "CidrIp": { "Fn::GetAtt": ["Vpc", "CidrBlock"] } })),
                )
            }),
            Yes,
            "DataGroup allows traffic from Host on port 5432",
        ),
        (
            "a part of the subnet",
            Box::new(move |all| set(all, DATA, data_rule(json!({ "CidrIp": "10.0.0.0/28" })))),
            Possible,
            "DataGroup allows traffic from Host on port 5432",
        ),
        (
            "another subnet",
            Box::new(move |all| set(all, DATA, data_rule(json!({ "CidrIp": "10.0.9.0/24" })))),
            No,
            "no rule of DataGroup allows traffic from Host on port 5432",
        ),
        (
            "another port",
            Box::new(|all| set(all, "/Database/Properties/Port", json!("5433"))),
            No,
            "no rule of DataGroup allows traffic from Host on port 5433",
        ),
        (
            "no way out",
            Box::new(|all| {
                set(
                    all,
                    "/Group/Properties/SecurityGroupEgress",
                    json!([{ "IpProtocol": "icmp", "CidrIp": "255.255.255.255/32" }]),
                )
            }),
            No,
            "no rule of Group allows traffic to Database on port 5432",
        ),
        (
            "a way out by a rule of its own",
            Box::new(|all| {
                set(all, "/Group/Properties/SecurityGroupEgress", json!([]));
                all["Out"] = json!({ "Type": "AWS::EC2::SecurityGroupEgress", "Properties": { "GroupId": { "Ref": "Group" },
                "IpProtocol": "tcp", "FromPort": 5432, "ToPort": 5432, "DestinationSecurityGroupId": { "Ref": "DataGroup" } } });
            }),
            Yes,
            "DataGroup allows traffic from Host on port 5432",
        ),
        (
            "an ACL",
            Box::new(|all| {
                add_acl(
                    all,
                    &[
                        (1, true, "deny", "10.0.1.0/24"),
                        (2, true, "allow", "0.0.0.0/0"),
                        (2, false, "allow", "0.0.0.0/0"),
                    ],
                )
            }),
            No,
            "rule 1 of Acl does not allow traffic to Database to leave",
        ),
        (
            "another VPC",
            Box::new(|all| {
                all["Other"] = json!({ "Type": "AWS::EC2::VPC", "Properties": { "CidrBlock": "10.1.0.0/16" } });
                set(all, "/Inner/Properties/VpcId", json!({ "Ref": "Other" }));
            }),
            No,
            "Host and Database are in different VPCs",
        ),
        (
            "a peered VPC",
            Box::new(|all| {
                all["Other"] = json!({ "Type": "AWS::EC2::VPC", "Properties": { "CidrBlock": "10.1.0.0/16" } });
                all["Peering"] = json!({ "Type": "AWS::EC2::VPCPeeringConnection", "Properties": { "VpcId": { "Ref": "Vpc" }, "PeerVpcId": { "Ref": "Other" } } });
                set(all, "/Inner/Properties/VpcId", json!({ "Ref": "Other" }));
            }),
            Possible,
            "DataGroup allows traffic from Host on port 5432",
        ),
    ];
    for (name, change, expected, last) in rows {
        let mut resources = open_network();
        change(&mut resources);
        let world = world_of(&resources);
        let reach = Reach::new(&world);
        let (host, database) = (reach.find("Host").unwrap(), reach.find("Database").unwrap());
        let proof = reach.connects(Source::Resource(host), database);
        let (answer, steps) = texts(&proof);
        assert_eq!(answer, expected, "{name}: {steps:?}");
        assert_eq!(steps.last(), Some(&last), "{name}: {steps:?}");
    }
}

#[test]
fn internet_never_reaches_private_database_but_public_one() {
    let mut resources = open_network();
    let answer = |resources: &JsonValue| {
        let world = world_of(resources);
        let reach = Reach::new(&world);
        reach
            .connects(Source::Internet, reach.find("Database").unwrap())
            .answer
    };
    assert_eq!(answer(&resources), No);
    set(
        &mut resources,
        "/Database/Properties/PubliclyAccessible",
        json!(true),
    );
    assert_eq!(answer(&resources), No, "no route");
    set(
        &mut resources,
        "/Subnets/Properties/SubnetIds",
        json!([{ "Ref": "Subnet" }]),
    );
    assert_eq!(answer(&resources), No, "no rule");
    set(
        &mut resources,
        "/DataGroup/Properties/SecurityGroupIngress",
        json!({ "IpProtocol": "-1", "CidrIp": "0.0.0.0/0" }),
    );
    assert_eq!(answer(&resources), Yes);
    set(
        &mut resources,
        "/Database/Properties/PubliclyAccessible",
        json!({ "Ref": "Open" }),
    );
    assert_eq!(answer(&resources), Possible);
}

/// A load balancer in front of the instance.
fn balanced() -> JsonValue {
    let mut all = open_network();
    set(
        &mut all,
        "/Subnet/Properties/MapPublicIpOnLaunch",
        json!(false),
    );
    set(
        &mut all,
        INGRESS,
        json!([{ "IpProtocol": "tcp", "FromPort": 8080, "ToPort": 8080, "SourceSecurityGroupId": { "Ref": "Front" } }]),
    );
    let more = json!({
        "Front": { "Type": "AWS::EC2::SecurityGroup", "Properties": { "VpcId": { "Ref": "Vpc" }, "GroupDescription": "front",
            "SecurityGroupIngress": [{ "IpProtocol": "tcp", "FromPort": 80, "ToPort": 80, "CidrIp": "0.0.0.0/0" }] } },
        "Balancer": { "Type": "AWS::ElasticLoadBalancingV2::LoadBalancer", "Properties": {
            "Scheme": "internet-facing", "Subnets": [{ "Ref": "Subnet" }], "SecurityGroups": [{ "Ref": "Front" }] } },
        "Listener": { "Type": "AWS::ElasticLoadBalancingV2::Listener", "Properties": {
            "LoadBalancerArn": { "Ref": "Balancer" }, "Port": 80, "Protocol": "HTTP",
            "DefaultActions": [{ "Type": "forward", "TargetGroupArn": { "Ref": "Targets" } }] } },
        "Targets": { "Type": "AWS::ElasticLoadBalancingV2::TargetGroup", "Properties": {
            "Port": 8080, "Targets": [{ "Id": { "Ref": "Host" } }] } },
    });
    all.as_object_mut()
        .unwrap()
        .extend(more.as_object().unwrap().clone());
    all
}

#[test]
fn load_balancer_forwards() {
    let rows: &[(&str, Change, Answer, &str)] = &[
        (
            "open",
            |_| {},
            Yes,
            "Group allows traffic from Balancer on port 8080",
        ),
        (
            "internal",
            |all| set(all, "/Balancer/Properties/Scheme", json!("internal")),
            No,
            "Host has no public address",
        ),
        (
            "no listener",
            |all| remove(all, "Listener"),
            No,
            "Host has no public address",
        ),
        (
            "another listener port",
            |all| set(all, "/Listener/Properties/Port", json!(81)),
            No,
            "no rule of Front allows traffic from the internet on port 81",
        ),
        (
            "another target port",
            |all| set(all, "/Targets/Properties/Port", json!(9090)),
            No,
            "no rule of Group allows traffic from Balancer on port 9090",
        ),
        (
            "CloudFront only",
            |all| {
                set(
                    all,
                    "/Front/Properties/SecurityGroupIngress",
                    json!([{ "IpProtocol": "-1", "SourcePrefixListId": "pl-3b927c52" }]),
                )
            },
            No,
            "no rule of Front allows traffic from the internet on port 80",
        ),
        (
            "CloudFront before it",
            |all| {
                set(
                    all,
                    "/Front/Properties/SecurityGroupIngress",
                    json!([{ "IpProtocol": "-1", "SourcePrefixListId": "pl-3b927c52" }]),
                );
                all["Site"] = json!({ "Type": "AWS::CloudFront::Distribution", "Properties": { "DistributionConfig": { "Enabled": true,
                "Origins": [{ "Id": "a", "DomainName": { "Fn::GetAtt": ["Balancer", "DNSName"] }, "CustomOriginConfig": {} }] } } });
            },
            Yes,
            "Group allows traffic from Balancer on port 8080",
        ),
        (
            "a disabled distribution",
            |all| {
                set(
                    all,
                    "/Front/Properties/SecurityGroupIngress",
                    json!([{ "IpProtocol": "-1", "SourcePrefixListId": "pl-3b927c52" }]),
                );
                all["Site"] = json!({ "Type": "AWS::CloudFront::Distribution", "Properties": { "DistributionConfig": { "Enabled": false,
                "Origins": [{ "Id": "a", "DomainName": { "Fn::GetAtt": ["Balancer", "DNSName"] }, "CustomOriginConfig": {} }] } } });
            },
            No,
            "no rule of Front allows traffic from the internet on port 80",
        ),
        (
            "a VPC origin",
            |all| {
                set(all, "/Balancer/Properties/Scheme", json!("internal"));
                set(
                    all,
                    "/Front/Properties/SecurityGroupIngress",
                    json!([{ "IpProtocol": "-1", "SourcePrefixListId": "pl-3b927c52" }]),
                );
                all["Origin"] = json!({ "Type": "AWS::CloudFront::VpcOrigin", "Properties": { "VpcOriginEndpointConfig": { "Arn": { "Ref": "Balancer" } } } });
                all["Site"] = json!({ "Type": "AWS::CloudFront::Distribution", "Properties": { "DistributionConfig": { "Enabled": true,
                "Origins": [{ "Id": "a", "DomainName": { "Fn::GetAtt": ["Balancer", "DNSName"] },
                    "VpcOriginConfig": { "VpcOriginId": { "Fn::GetAtt": ["Origin", "Id"] } } }] } } });
            },
            Yes,
            "Group allows traffic from Balancer on port 8080",
        ),
        (
            "an accelerator",
            |all| {
                set(all, "/Balancer/Properties/Scheme", json!("internal"));
                all["Fast"] =
                    json!({ "Type": "AWS::GlobalAccelerator::Accelerator", "Properties": {} });
                all["FastListener"] = json!({ "Type": "AWS::GlobalAccelerator::Listener", "Properties": { "AcceleratorArn": { "Ref": "Fast" } } });
                all["FastGroup"] = json!({ "Type": "AWS::GlobalAccelerator::EndpointGroup", "Properties": {
                "ListenerArn": { "Ref": "FastListener" }, "EndpointConfigurations": [{ "EndpointId": { "Ref": "Balancer" } }] } });
            },
            Yes,
            "Group allows traffic from Balancer on port 8080",
        ),
        (
            "a network load balancer",
            |all| {
                set(
                    all,
                    "/Balancer/Properties",
                    json!({ "Type": "network", "Scheme": "internet-facing", "Subnets": [{ "Ref": "Subnet" }] }),
                );
                set(
                    all,
                    INGRESS,
                    json!([{ "IpProtocol": "-1", "CidrIp": "0.0.0.0/0" }]),
                );
            },
            Yes,
            "Group allows traffic from Balancer on port 8080",
        ),
    ];
    for (name, change, expected, last) in rows {
        let mut resources = balanced();
        change(&mut resources);
        let world = world_of(&resources);
        let reach = Reach::new(&world);
        let proof = reach.connects(Source::Internet, reach.find("Host").unwrap());
        let (answer, steps) = texts(&proof);
        assert_eq!(answer, *expected, "{name}: {steps:?}");
        assert_eq!(steps.last(), Some(last), "{name}: {steps:?}");
    }
}

#[test]
fn api_gateway_and_function_urls_call_functions() {
    let function = json!({ "Type": "AWS::Lambda::Function", "Properties": {} });
    let url = |auth: &str| json!({ "Type": "AWS::Lambda::Url", "Properties": { "AuthType": auth, "TargetFunctionArn": { "Fn::GetAtt": ["Code", "Arn"] } } });
    let permission = json!({ "Type": "AWS::Lambda::Permission", "Properties": {
        "Action": "lambda:InvokeFunctionUrl", "FunctionName": { "Ref": "Code" }, "Principal": "*", "FunctionUrlAuthType": "NONE" } });
    let api = json!({ "Type": "AWS::ApiGatewayV2::Api", "Properties": {} });
    let integration = json!({ "Type": "AWS::ApiGatewayV2::Integration", "Properties": { "ApiId": { "Ref": "Api" }, "IntegrationUri": { "Fn::GetAtt": ["Code", "Arn"] } } });
    let route = |kind: &str| {
        json!({ "Type": "AWS::ApiGatewayV2::Route", "Properties": {
        "ApiId": { "Ref": "Api" }, "AuthorizationType": kind, "Target": { "Fn::Sub": "integrations/${Integration}" } } })
    };
    let invoke = json!({ "Type": "AWS::Lambda::Permission", "Properties": {
        "Action": "lambda:InvokeFunction", "FunctionName": { "Fn::GetAtt": ["Code", "Arn"] }, "Principal": "apigateway.amazonaws.com" } });
    let rows = [
        ("alone", json!({}), No),
        (
            "an open URL",
            json!({ "Url": url("NONE"), "Allow": permission }),
            Possible,
        ),
        (
            "an open URL that nobody may call",
            json!({ "Url": url("NONE") }),
            No,
        ),
        (
            "a signed URL",
            json!({ "Url": url("AWS_IAM"), "Allow": permission }),
            No,
        ),
        (
            "an API",
            json!({ "Api": api, "Integration": integration, "Route": route("NONE"), "Allow": invoke }),
            Yes,
        ),
        (
            "an API that asks",
            json!({ "Api": api, "Integration": integration, "Route": route("JWT"), "Allow": invoke }),
            Possible,
        ),
        (
            "an API that may not call",
            json!({ "Api": api, "Integration": integration, "Route": route("NONE") }),
            No,
        ),
    ];
    for (name, mut resources, expected) in rows {
        resources["Code"] = function.clone();
        let world = world_of(&resources);
        let reach = Reach::new(&world);
        let reached = reach.reaches(Source::Internet, reach.find("Code").unwrap());
        assert_eq!(reached.answer(), expected, "{name}: {reached:#?}");
    }
}
