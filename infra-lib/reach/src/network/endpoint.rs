//! Resources with network interfaces: subnets, security groups, ports and public addresses of each.

use serde_json::Value as JsonValue;

use super::cidr::Cidr;
use crate::answer::Answer;
use crate::policy::choices;
use crate::proof::Proof;
use crate::world::{NodeId, World, is_true, scalar_text};

/// A security group of an endpoint.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum GroupRef {
    Known(NodeId),
    /// The group is not part of the app.
    Unknown,
}

/// The ports on which an endpoint accepts connections.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum Ports {
    /// Any port: the program decides.
    Any,
    /// These ports.
    Some(Vec<u16>),
    /// None: the resource only opens connections.
    None,
}

/// The network interfaces of a resource.
#[derive(Clone, Debug)]
pub(crate) struct Endpoint {
    pub(crate) node: NodeId,
    /// Subnets, with `None` for those that are not part of the app.
    pub(crate) subnets: Vec<Option<NodeId>>,
    pub(crate) groups: Vec<(GroupRef, bool)>,
    /// True for load balancers that have no security groups and accept everything.
    pub(crate) without_groups: bool,
    pub(crate) ports: Ports,
    /// Proof that the resource has an address of the internet, apart from routes.
    pub(crate) public: Proof,
}

/// The way in which a type gets an address of the internet.
#[derive(Clone, Copy)]
enum Public {
    Never,
    /// A property that is true, with the answer if it is absent.
    Flag(&'static str, Answer),
    /// `internet-facing`, also if the property is absent.
    Scheme,
    /// `ENABLED`.
    Enabled(&'static str),
    /// An address of an instance or a network interface.
    Address,
}

#[derive(Clone, Copy)]
enum Listens {
    Any,
    Nothing,
    /// A property with the port, and the default.
    Port(&'static str, u16),
    Engine,
    Listeners,
    Containers,
}

/// Properties of a type that place it in a network.
struct Kind {
    type_name: &'static str,
    /// List of subnets, or the name of a subnet group.
    subnets: &'static [&'static str],
    groups: &'static [&'static str],
    public: Public,
    listens: Listens,
}

const fn new_kind(
    type_name: &'static str,
    subnets: &'static [&'static str],
    groups: &'static [&'static str],
    public: Public,
    listens: Listens,
) -> Kind {
    Kind {
        type_name,
        subnets,
        groups,
        public,
        listens,
    }
}

static KINDS: &[Kind] = &[
    new_kind(
        "AWS::ElasticLoadBalancingV2::LoadBalancer",
        &["Subnets", "SubnetMappings"],
        &["SecurityGroups"],
        Public::Scheme,
        Listens::Listeners,
    ),
    new_kind(
        "AWS::ElasticLoadBalancing::LoadBalancer",
        &["Subnets"],
        &["SecurityGroups"],
        Public::Scheme,
        Listens::Any,
    ),
    new_kind(
        "AWS::ECS::Service",
        &["NetworkConfiguration/AwsvpcConfiguration/Subnets"],
        &["NetworkConfiguration/AwsvpcConfiguration/SecurityGroups"],
        Public::Enabled("NetworkConfiguration/AwsvpcConfiguration/AssignPublicIp"),
        Listens::Containers,
    ),
    new_kind(
        "AWS::EC2::Instance",
        &["SubnetId", "NetworkInterfaces"],
        &["SecurityGroupIds", "NetworkInterfaces"],
        Public::Address,
        Listens::Any,
    ),
    new_kind(
        "AWS::EC2::NetworkInterface",
        &["SubnetId"],
        &["GroupSet"],
        Public::Address,
        Listens::Any,
    ),
    new_kind(
        "AWS::AutoScaling::AutoScalingGroup",
        &["VPCZoneIdentifier"],
        &[],
        Public::Address,
        Listens::Any,
    ),
    new_kind(
        "AWS::Lambda::Function",
        &["VpcConfig/SubnetIds"],
        &["VpcConfig/SecurityGroupIds"],
        Public::Never,
        Listens::Nothing,
    ),
    new_kind(
        "AWS::RDS::DBInstance",
        &["DBSubnetGroupName"],
        &["VPCSecurityGroups"],
        Public::Flag("PubliclyAccessible", Answer::Possible),
        Listens::Engine,
    ),
    new_kind(
        "AWS::RDS::DBCluster",
        &["DBSubnetGroupName"],
        &["VpcSecurityGroupIds"],
        Public::Flag("PubliclyAccessible", Answer::No),
        Listens::Engine,
    ),
    new_kind(
        "AWS::RDS::DBProxy",
        &["VpcSubnetIds"],
        &["VpcSecurityGroupIds"],
        Public::Never,
        Listens::Any,
    ),
    new_kind(
        "AWS::ElastiCache::ReplicationGroup",
        &["CacheSubnetGroupName"],
        &["SecurityGroupIds"],
        Public::Never,
        Listens::Port("Port", 6379),
    ),
    new_kind(
        "AWS::ElastiCache::CacheCluster",
        &["CacheSubnetGroupName"],
        &["VpcSecurityGroupIds"],
        Public::Never,
        Listens::Any,
    ),
    new_kind(
        "AWS::ElastiCache::ServerlessCache",
        &["SubnetIds"],
        &["SecurityGroupIds"],
        Public::Never,
        Listens::Any,
    ),
    new_kind(
        "AWS::MemoryDB::Cluster",
        &["SubnetGroupName"],
        &["SecurityGroupIds"],
        Public::Never,
        Listens::Port("Port", 6379),
    ),
    new_kind(
        "AWS::EFS::MountTarget",
        &["SubnetId"],
        &["SecurityGroups"],
        Public::Never,
        Listens::Port("", 2049),
    ),
    new_kind(
        "AWS::Redshift::Cluster",
        &["ClusterSubnetGroupName"],
        &["VpcSecurityGroupIds"],
        Public::Flag("PubliclyAccessible", Answer::Possible),
        Listens::Port("Port", 5439),
    ),
    new_kind(
        "AWS::DocDB::DBCluster",
        &["DBSubnetGroupName"],
        &["VpcSecurityGroupIds"],
        Public::Never,
        Listens::Port("Port", 27017),
    ),
    new_kind(
        "AWS::Neptune::DBCluster",
        &["DBSubnetGroupName"],
        &["VpcSecurityGroupIds"],
        Public::Never,
        Listens::Port("DBPort", 8182),
    ),
    new_kind(
        "AWS::AmazonMQ::Broker",
        &["SubnetIds"],
        &["SecurityGroups"],
        Public::Flag("PubliclyAccessible", Answer::No),
        Listens::Any,
    ),
    new_kind(
        "AWS::MSK::Cluster",
        &["BrokerNodeGroupInfo/ClientSubnets"],
        &["BrokerNodeGroupInfo/SecurityGroups"],
        Public::Flag(
            "BrokerNodeGroupInfo/ConnectivityInfo/PublicAccess/Type",
            Answer::No,
        ),
        Listens::Any,
    ),
    new_kind(
        "AWS::EC2::VPCEndpoint",
        &["SubnetIds"],
        &["SecurityGroupIds"],
        Public::Never,
        Listens::Port("", 443),
    ),
];

/// Types of subnet groups, which list subnets under `SubnetIds`.
const SUBNET_GROUPS: &[&str] = &[
    "AWS::RDS::DBSubnetGroup",
    "AWS::ElastiCache::SubnetGroup",
    "AWS::MemoryDB::SubnetGroup",
    "AWS::Redshift::ClusterSubnetGroup",
    "AWS::DocDB::DBSubnetGroup",
    "AWS::Neptune::DBSubnetGroup",
];

/// Returns true for resources that have network interfaces, or whose parts have.
pub(crate) fn is_endpoint(world: &World, node: NodeId) -> bool {
    let type_name = world.node(node).type_name.as_str();
    type_name == "AWS::EFS::FileSystem" || KINDS.iter().any(|kind| kind.type_name == type_name)
}

/// Returns the network interfaces of a resource: none for one outside of VPCs, several for a file system.
pub(crate) fn endpoints_of(world: &World, node: NodeId) -> Vec<Endpoint> {
    match world.node(node).type_name.as_str() {
        "AWS::EFS::FileSystem" => world
            .of_type(&["AWS::EFS::MountTarget"])
            .filter(|target| {
                world.denoted_by(world.property(*target, "FileSystemId")) == Some(node)
            })
            .filter_map(|target| endpoint_of(world, target))
            .collect(),
        "AWS::Lambda::Function" if world.property(node, "VpcConfig").is_null() => Vec::new(),
        "AWS::EC2::VPCEndpoint"
            if world.text(node, "VpcEndpointType").as_deref() != Some("Interface") =>
        {
            Vec::new()
        }
        _ => endpoint_of(world, node).into_iter().collect(),
    }
}

fn endpoint_of(world: &World, node: NodeId) -> Option<Endpoint> {
    let type_name = world.node(node).type_name.as_str();
    let kind = KINDS.iter().find(|kind| kind.type_name == type_name)?;
    // Instances of a cluster have the network of the cluster.
    let cluster = world.denoted_of_type(
        world.property(node, "DBClusterIdentifier"),
        &["AWS::RDS::DBCluster"],
    );
    let (from, placed) = match cluster.filter(|_| type_name == "AWS::RDS::DBInstance") {
        Some(cluster) => (
            cluster,
            KINDS
                .iter()
                .find(|kind| kind.type_name == "AWS::RDS::DBCluster")?,
        ),
        None => (node, kind),
    };
    let template = launch_template(world, node);
    let mut groups = find_groups(world, from, placed.groups);
    if let Some(template) = template {
        groups.extend(find_groups(
            world,
            template,
            &[
                "LaunchTemplateData/SecurityGroupIds",
                "LaunchTemplateData/NetworkInterfaces",
            ],
        ));
    }
    let is_network_balancer = world.text(node, "Type").as_deref() == Some("network");
    Some(Endpoint {
        node,
        subnets: find_subnets(world, from, placed.subnets),
        without_groups: groups.is_empty() && is_network_balancer,
        groups,
        ports: find_ports(world, node, kind.listens),
        public: find_public(world, node, kind.public, template),
    })
}

/// Returns the launch template of a group of instances.
fn launch_template(world: &World, node: NodeId) -> Option<NodeId> {
    let paths = [
        "LaunchTemplate/LaunchTemplateId",
        "MixedInstancesPolicy/LaunchTemplate/LaunchTemplateSpecification/LaunchTemplateId",
    ];
    paths
        .into_iter()
        .find_map(|path| world.denoted_by(world.property(node, path)))
}

fn find_subnets(world: &World, node: NodeId, paths: &[&str]) -> Vec<Option<NodeId>> {
    let mut found = Vec::new();
    for path in paths {
        for (value, _) in choices(world.property(node, path)) {
            let value = match value {
                JsonValue::Object(_) => &value["SubnetId"],
                other => other,
            };
            if value.is_null() {
                continue;
            }
            match world.denoted_by(value) {
                Some(group) if SUBNET_GROUPS.contains(&world.node(group).type_name.as_str()) => {
                    found.extend(find_subnets(world, group, &["SubnetIds"]));
                }
                Some(subnet) if world.node(subnet).type_name == "AWS::EC2::Subnet" => {
                    found.push(Some(subnet));
                }
                _ => found.push(None),
            }
        }
    }
    if found.is_empty() {
        found.push(None);
    }
    found
}

fn find_groups(world: &World, node: NodeId, paths: &[&str]) -> Vec<(GroupRef, bool)> {
    let mut found = Vec::new();
    for path in paths {
        for (value, certain) in choices(world.property(node, path)) {
            let listed = match value {
                JsonValue::Object(_) => {
                    let inner = [&value["GroupSet"], &value["Groups"]];
                    inner.into_iter().flat_map(choices).collect()
                }
                other => vec![(other, true)],
            };
            for (group, sure) in listed {
                let known = world.denoted_of_type(group, &["AWS::EC2::SecurityGroup"]);
                found.push((
                    known.map_or(GroupRef::Unknown, GroupRef::Known),
                    certain && sure,
                ));
            }
        }
    }
    found
}

fn find_ports(world: &World, node: NodeId, listens: Listens) -> Ports {
    let number = |path: &str| world.text(node, path)?.parse::<u16>().ok();
    match listens {
        Listens::Any => Ports::Any,
        Listens::Nothing => Ports::None,
        Listens::Port(path, default) => match world.property(node, path) {
            value if path.is_empty() || value.is_null() => Ports::Some(vec![default]),
            _ => number(path).map_or(Ports::Any, |port| Ports::Some(vec![port])),
        },
        Listens::Engine => match world.property(node, "Port") {
            JsonValue::Null => default_port(world.text(node, "Engine").as_deref())
                .map_or(Ports::Any, |port| Ports::Some(vec![port])),
            _ => number("Port").map_or(Ports::Any, |port| Ports::Some(vec![port])),
        },
        Listens::Listeners => {
            let listeners = world
                .of_type(&["AWS::ElasticLoadBalancingV2::Listener"])
                .filter(|listener| {
                    world.denoted_by(world.property(*listener, "LoadBalancerArn")) == Some(node)
                });
            collect_ports(listeners.map(|listener| world.text(listener, "Port")))
        }
        Listens::Containers => {
            let Some(task) = world.denoted_by(world.property(node, "TaskDefinition")) else {
                return Ports::Any;
            };
            let mut found = Vec::new();
            for (container, _) in choices(world.property(task, "ContainerDefinitions")) {
                for (mapping, _) in choices(&container["PortMappings"]) {
                    found.push(scalar_text(&mapping["ContainerPort"]));
                }
            }
            collect_ports(found.into_iter())
        }
    }
}

/// Collects ports; one that is not known makes it any port.
fn collect_ports(texts: impl Iterator<Item = Option<String>>) -> Ports {
    let mut found = Vec::new();
    for text in texts {
        match text.and_then(|text| text.parse().ok()) {
            Some(port) if !found.contains(&port) => found.push(port),
            Some(_) => {}
            None => return Ports::Any,
        }
    }
    if found.is_empty() {
        Ports::None
    } else {
        Ports::Some(found)
    }
}

fn default_port(engine: Option<&str>) -> Option<u16> {
    let engine = engine?;
    [
        ("aurora-postgresql", 5432),
        ("aurora-mysql", 3306),
        ("postgres", 5432),
        ("mysql", 3306),
        ("mariadb", 3306),
        ("oracle", 1521),
        ("custom-oracle", 1521),
        ("sqlserver", 1433),
        ("db2", 50000),
    ]
    .into_iter()
    .find(|(name, _)| engine.starts_with(name))
    .map(|(_, port)| port)
}

fn find_public(world: &World, node: NodeId, public: Public, template: Option<NodeId>) -> Proof {
    let name = world.show(node);
    let say = |answer: Answer, property: &str| {
        let text = match answer {
            Answer::No => format!("{name} has no public address"),
            _ => format!("{name} has a public address"),
        };
        Proof::at(world, answer, node, property, text)
    };
    match public {
        Public::Never => say(Answer::No, ""),
        Public::Flag(path, default) => {
            let value = world.property(node, path);
            let answer = match value.as_str() {
                Some("DISABLED") => Answer::No,
                Some("SERVICE_PROVIDED_EIPS") => Answer::Yes,
                _ if value.is_null() => default,
                _ => is_true(value, false),
            };
            say(answer, path)
        }
        Public::Scheme => match world.text(node, "Scheme").as_deref() {
            Some("internal") => Proof::at(
                world,
                Answer::No,
                node,
                "Scheme",
                format!("{name} is internal"),
            ),
            None if world.property(node, "Scheme").is_null() => Proof::at(
                world,
                Answer::Yes,
                node,
                "",
                format!("{name} is internet-facing"),
            ),
            Some("internet-facing") => Proof::at(
                world,
                Answer::Yes,
                node,
                "Scheme",
                format!("{name} is internet-facing"),
            ),
            _ => say(Answer::Possible, "Scheme"),
        },
        Public::Enabled(path) => match world.text(node, path).as_deref() {
            Some("ENABLED") => say(Answer::Yes, path),
            Some("DISABLED") => say(Answer::No, path),
            None if world.property(node, path).is_null() => say(Answer::No, path),
            _ => say(Answer::Possible, path),
        },
        Public::Address => find_address(world, node, template),
    }
}

/// Returns the proof for an address of instances: their own setting, an Elastic IP, or the setting of the subnet.
fn find_address(world: &World, node: NodeId, template: Option<NodeId>) -> Proof {
    let name = world.show(node);
    let say = |answer: Answer, place: NodeId, property: &str| {
        let text = match answer {
            Answer::No => format!("{name} has no public address"),
            _ => format!("{name} has a public address"),
        };
        Proof::at(world, answer, place, property, text)
    };
    let mut set = None;
    for (place, path) in [
        (Some(node), "NetworkInterfaces"),
        (template, "LaunchTemplateData/NetworkInterfaces"),
    ] {
        let Some(place) = place else { continue };
        for (interface, _) in choices(world.property(place, path)) {
            let value = &interface["AssociatePublicIpAddress"];
            if !value.is_null() {
                set = Some(say(is_true(value, false), place, path));
            }
        }
    }
    let addresses = world
        .of_type(&["AWS::EC2::EIP", "AWS::EC2::EIPAssociation"])
        .filter(|address| {
            ["InstanceId", "NetworkInterfaceId"]
                .iter()
                .any(|path| world.denoted_by(world.property(*address, path)) == Some(node))
        })
        .map(|address| say(world.node(address).exists, address, ""));
    let elastic: Vec<Proof> = addresses.collect();
    if let Some(set) = set {
        return Proof::best(std::iter::once(set).chain(elastic)).unwrap_or_default();
    }
    let paths: &[&str] = match world.node(node).type_name.as_str() {
        "AWS::AutoScaling::AutoScalingGroup" => &["VPCZoneIdentifier"],
        _ => &["SubnetId"],
    };
    let by_subnet = find_subnets(world, node, paths)
        .into_iter()
        .map(|subnet| match subnet {
            Some(subnet) => say(
                is_true(world.property(subnet, "MapPublicIpOnLaunch"), false),
                subnet,
                "MapPublicIpOnLaunch",
            ),
            None => say(Answer::Possible, node, ""),
        });
    Proof::best(by_subnet.chain(elastic)).unwrap_or_else(|| say(Answer::Possible, node, ""))
}

/// Returns the VPC of an endpoint, if its subnets are part of the app.
pub(crate) fn vpc_of(world: &World, endpoint: &Endpoint) -> Option<NodeId> {
    let subnet = endpoint.subnets.iter().flatten().next()?;
    world.denoted_by(world.property(*subnet, "VpcId"))
}

/// Returns true if the addresses of an endpoint are in a range.
pub(super) fn addresses_within(world: &World, endpoint: &Endpoint, range: Cidr) -> Answer {
    if range.is_everything() {
        return Answer::Yes;
    }
    let answers = endpoint.subnets.iter().map(|subnet| {
        let own = subnet.and_then(|subnet| {
            let path = if range.is_v6() {
                "Ipv6CidrBlock"
            } else {
                "CidrBlock"
            };
            Cidr::parse(&world.text(subnet, path)?)
        });
        match own {
            Some(own) if range.contains(own) => Answer::Yes,
            Some(own) if range.overlaps(own) => Answer::Possible,
            Some(_) => Answer::No,
            None => Answer::Possible,
        }
    });
    let found: Vec<Answer> = answers.collect();
    match (Answer::any(found.iter().copied()), Answer::all(found)) {
        (Answer::No, _) => Answer::No,
        (_, Answer::Yes) => Answer::Yes,
        _ => Answer::Possible,
    }
}
