//! Maps resources to billing meters: fixed ones by the hour or month, and usage-based ones.

use serde_json::Value as JsonValue;

use crate::{Template, TemplateResource};

/// A quantity of a meter, as a fraction.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct Quantity {
    pub(super) numerator: u64,
    pub(super) denominator: u64,
}

impl Quantity {
    pub(super) const ONE: Self = Self::from_whole(1);

    pub(super) const fn from_whole(number: u64) -> Self {
        Self {
            numerator: number,
            denominator: 1,
        }
    }
}

/// The charges of one resource.
#[derive(Debug, Default)]
pub(super) struct Charges {
    /// Meters that run regardless of use, with their quantities.
    pub(super) fixed: Vec<(String, Quantity)>,
    /// Descriptions of usage-based meters.
    pub(super) usage: Vec<&'static str>,
    /// Reasons for which a charge is unknown.
    pub(super) unknown: Vec<String>,
    /// Simplifications on which the quantities are based.
    pub(super) assumptions: Vec<&'static str>,
}

impl Charges {
    fn from_fixed(meter: impl Into<String>, quantity: Quantity) -> Self {
        Self::default().and_fixed(meter, quantity)
    }

    fn from_usage(meters: &[&'static str]) -> Self {
        Self {
            usage: meters.to_vec(),
            ..Self::default()
        }
    }

    fn from_unknown(reason: impl Into<String>) -> Self {
        Self {
            unknown: vec![reason.into()],
            ..Self::default()
        }
    }

    fn and_fixed(mut self, meter: impl Into<String>, quantity: Quantity) -> Self {
        self.fixed.push((meter.into(), quantity));
        self
    }

    fn with_usage(mut self, meters: &[&'static str]) -> Self {
        self.usage.extend(meters);
        self
    }
}

/// Resource types without charges of their own.
const FREE: &[&str] = &[
    "AWS::ApplicationAutoScaling::ScalableTarget",
    "AWS::ApplicationAutoScaling::ScalingPolicy",
    "AWS::CertificateManager::Certificate",
    "AWS::CloudFront::CachePolicy",
    "AWS::CloudFront::OriginAccessControl",
    "AWS::CloudFront::ResponseHeadersPolicy",
    "AWS::CloudFront::VpcOrigin",
    "AWS::EC2::InternetGateway",
    "AWS::EC2::Route",
    "AWS::EC2::RouteTable",
    "AWS::EC2::SecurityGroup",
    "AWS::EC2::SecurityGroupEgress",
    "AWS::EC2::SecurityGroupIngress",
    "AWS::EC2::Subnet",
    "AWS::EC2::SubnetRouteTableAssociation",
    "AWS::EC2::VPC",
    "AWS::EC2::VPCGatewayAttachment",
    "AWS::ElasticLoadBalancingV2::Listener",
    "AWS::ElasticLoadBalancingV2::ListenerRule",
    "AWS::ElasticLoadBalancingV2::TargetGroup",
    "AWS::IAM::ManagedPolicy",
    "AWS::IAM::OIDCProvider",
    "AWS::IAM::Policy",
    "AWS::IAM::Role",
    "AWS::KMS::Alias",
    "AWS::Logs::Delivery",
    "AWS::Logs::DeliveryDestination",
    "AWS::Logs::DeliverySource",
    "AWS::RDS::DBParameterGroup",
    "AWS::RDS::DBSubnetGroup",
    "AWS::Route53::RecordSet",
    "AWS::S3::BucketPolicy",
    "AWS::SNS::Subscription",
    "AWS::SNS::TopicPolicy",
    "AWS::WAFv2::LoggingConfiguration",
    "AWS::WAFv2::WebACLAssociation",
];

/// Returns the charges of a resource, or `None` for an unsupported type.
pub(super) fn charges_for_resource(
    template: &Template,
    resource: TemplateResource<'_>,
) -> Option<Charges> {
    if FREE.contains(&resource.type_name) {
        return Some(Charges::default());
    }
    Some(match resource.type_name {
        "AWS::CloudFront::Distribution" => {
            Charges::from_usage(&["requests and traffic of CloudFront"])
        }
        "AWS::CloudFront::Function" => {
            Charges::from_usage(&["invocations of CloudFront functions"])
        }
        "AWS::CloudWatch::Alarm" => alarm_charges(resource),
        "AWS::CloudWatch::Dashboard" => {
            Charges::from_fixed("cloudwatch.dashboard.month", Quantity::ONE)
        }
        "AWS::EC2::EIP" => Charges::from_fixed("ec2.public-ipv4.hour", Quantity::ONE),
        "AWS::EC2::FlowLog" => Charges::from_usage(&["flow logs"]),
        "AWS::EC2::NatGateway" => Charges::from_fixed("ec2.nat-gateway.hour", Quantity::ONE)
            .with_usage(&["traffic through NAT gateways"]),
        "AWS::EC2::VPCEndpoint" => endpoint_charges(resource),
        "AWS::ECR::Repository" => Charges::from_usage(&["stored images"]),
        "AWS::ECS::Cluster" => cluster_charges(resource),
        "AWS::ECS::Service" => service_charges(template, resource),
        "AWS::ECS::TaskDefinition" => {
            Charges::from_usage(&["tasks outside of services, such as migrations"])
        }
        "AWS::ElasticLoadBalancingV2::LoadBalancer" => load_balancer_charges(resource),
        "AWS::KMS::Key" => Charges::from_fixed("kms.key.month", Quantity::ONE)
            .with_usage(&["requests to KMS, and older versions of keys"]),
        "AWS::Logs::LogGroup" => Charges::from_usage(&["ingestion and storage of logs"]),
        "AWS::RDS::DBInstance" => database_charges(resource),
        "AWS::Route53::HostedZone" => {
            Charges::from_fixed("route53.hosted-zone.month", Quantity::ONE)
                .with_usage(&["DNS queries"])
        }
        "AWS::S3::Bucket" => Charges::from_usage(&["objects in S3, and requests"]),
        "AWS::SNS::Topic" => Charges::from_usage(&["notifications"]),
        "AWS::SecretsManager::Secret" => {
            Charges::from_fixed("secretsmanager.secret.month", Quantity::ONE)
                .with_usage(&["requests to Secrets Manager"])
        }
        "AWS::WAFv2::WebACL" => web_acl_charges(resource),
        _ => return None,
    })
}

fn find_property<'t>(resource: TemplateResource<'t>, name: &str) -> Option<&'t JsonValue> {
    resource.properties()?.get(name)
}

/// Returns a number, which a template may also write as text.
fn whole_number(value: Option<&JsonValue>) -> Option<u64> {
    match value? {
        JsonValue::Number(number) => number.as_u64(),
        JsonValue::String(text) => text.trim().parse().ok(),
        _ => None,
    }
}

fn as_items(value: Option<&JsonValue>) -> Option<&Vec<JsonValue>> {
    value?.as_array()
}

fn alarm_charges(resource: TemplateResource<'_>) -> Charges {
    let metrics = match find_property(resource, "Metrics") {
        None => 1,
        Some(JsonValue::Array(metrics)) => {
            let measured = metrics.iter().filter(|one| one.get("MetricStat").is_some());
            u64::try_from(measured.count()).unwrap_or(u64::MAX).max(1)
        }
        Some(_) => return Charges::from_unknown("its metrics are not literal values"),
    };
    let fast = whole_number(find_property(resource, "Period")).is_some_and(|seconds| seconds < 60);
    let meter = if fast {
        "cloudwatch.high-resolution-alarm-metric.month"
    } else {
        "cloudwatch.alarm-metric.month"
    };
    Charges::from_fixed(meter, Quantity::from_whole(metrics))
}

fn endpoint_charges(resource: TemplateResource<'_>) -> Charges {
    match find_property(resource, "VpcEndpointType").and_then(JsonValue::as_str) {
        // Default of CloudFormation.
        None | Some("Gateway") => Charges::default(),
        Some("Interface") => match as_items(find_property(resource, "SubnetIds")) {
            Some(subnets) => {
                let zones = u64::try_from(subnets.len()).unwrap_or(u64::MAX);
                Charges::from_fixed("ec2.interface-endpoint.hour", Quantity::from_whole(zones))
                    .with_usage(&["traffic through interface endpoints"])
            }
            None => Charges::from_unknown("its subnets are not literal values"),
        },
        Some(other) => Charges::from_unknown(format!("endpoints of the unknown type `{other}`")),
    }
}

fn cluster_charges(resource: TemplateResource<'_>) -> Charges {
    let settings = as_items(find_property(resource, "ClusterSettings"));
    let insights = settings.into_iter().flatten().any(|setting| {
        setting.get("Name").and_then(JsonValue::as_str) == Some("containerInsights")
            && setting.get("Value").and_then(JsonValue::as_str) != Some("disabled")
    });
    if insights {
        Charges::from_usage(&["metrics of Container Insights"])
    } else {
        Charges::default()
    }
}

fn load_balancer_charges(resource: TemplateResource<'_>) -> Charges {
    let kind = match find_property(resource, "Type") {
        // Default of CloudFormation.
        None => "application",
        Some(JsonValue::String(kind)) => kind,
        Some(_) => return Charges::from_unknown("its type is not a literal value"),
    };
    let charges = Charges::from_fixed(format!("elbv2.{kind}.hour"), Quantity::ONE)
        .with_usage(&["capacity units of load balancers"]);
    let scheme = find_property(resource, "Scheme").and_then(JsonValue::as_str);
    if scheme == Some("internal") {
        return charges;
    }
    // An internet-facing load balancer has a public address in each zone.
    match as_items(find_property(resource, "Subnets"))
        .or(as_items(find_property(resource, "SubnetMappings")))
    {
        Some(subnets) => {
            let zones = u64::try_from(subnets.len()).unwrap_or(u64::MAX);
            charges.and_fixed("ec2.public-ipv4.hour", Quantity::from_whole(zones))
        }
        None => Charges {
            unknown: vec!["its public addresses: the subnets are not literal values".to_owned()],
            ..charges
        },
    }
}

/// Returns the task definition that a service refers to, if the template contains it.
pub(super) fn find_task_definition<'t>(
    template: &'t Template,
    resource: TemplateResource<'_>,
) -> Option<TemplateResource<'t>> {
    let id = find_property(resource, "TaskDefinition")?
        .get("Ref")?
        .as_str()?;
    template.find_resource(id)
}

/// Returns the charges of a service on Fargate, by vCPU and GB. Tasks on EC2 instances are billed as the instances.
fn service_charges(template: &Template, resource: TemplateResource<'_>) -> Charges {
    let strategy = as_items(find_property(resource, "CapacityProviderStrategy"));
    let providers: Vec<&str> = strategy
        .into_iter()
        .flatten()
        .filter_map(|one| one.get("CapacityProvider")?.as_str())
        .collect();
    let launch = find_property(resource, "LaunchType").and_then(JsonValue::as_str);
    let on_fargate = launch == Some("FARGATE")
        || (!providers.is_empty() && providers.iter().all(|one| one.starts_with("FARGATE")));
    if !on_fargate {
        return Charges::from_unknown("it is not known to run on Fargate");
    }
    let Some(definition) = find_task_definition(template, resource) else {
        return Charges::from_unknown("its task definition is not in the template");
    };
    let cpu = whole_number(find_property(definition, "Cpu"));
    let memory = whole_number(find_property(definition, "Memory"));
    // ECS starts one task unless a number is set.
    let tasks =
        find_property(resource, "DesiredCount").map_or(Some(1), |count| whole_number(Some(count)));
    let (Some(cpu), Some(memory), Some(tasks)) = (cpu, memory, tasks) else {
        return Charges::from_unknown("its size or number of tasks is not a literal value");
    };
    let platform = find_property(definition, "RuntimePlatform");
    let text = |name: &str| platform.and_then(|platform| platform.get(name)?.as_str());
    if text("OperatingSystemFamily").is_some_and(|family| family != "LINUX") {
        return Charges::from_unknown("prices of Fargate for Windows are not known");
    }
    let processor = match text("CpuArchitecture") {
        None | Some("X86_64") => "x86-64",
        Some("ARM64") => "arm64",
        Some(other) => return Charges::from_unknown(format!("processors `{other}` are not known")),
    };
    let share = |size: u64| Quantity {
        numerator: size.saturating_mul(tasks),
        denominator: 1024,
    };
    let mut charges = Charges::from_fixed(format!("fargate.{processor}.vcpu-hour"), share(cpu))
        .and_fixed(format!("fargate.{processor}.gb-hour"), share(memory))
        .with_usage(&["traffic out of AWS and between zones"]);
    charges
        .assumptions
        .push("services run their desired number of tasks: scaling is not counted");
    if providers.contains(&"FARGATE_SPOT") {
        charges.assumptions.push("Fargate Spot is counted at the price of Fargate, which is an upper limit: its price varies");
    }
    charges
}

fn database_charges(resource: TemplateResource<'_>) -> Charges {
    let text = |name: &str| find_property(resource, name).and_then(JsonValue::as_str);
    let (Some(engine), Some(class)) = (text("Engine"), text("DBInstanceClass")) else {
        return Charges::from_unknown("its engine or class is not a literal value");
    };
    let zones = match find_property(resource, "MultiAZ") {
        Some(JsonValue::Bool(true)) => "multi-az",
        None | Some(JsonValue::Bool(false)) => "single-az",
        Some(_) => return Charges::from_unknown("its Availability Zones are not literal values"),
    };
    let mut charges =
        Charges::from_fixed(format!("rds.{engine}.{class}.{zones}.hour"), Quantity::ONE)
            .with_usage(&[
                "backups beyond the size of the database",
                "CPU credits of databases",
            ]);
    match (
        text("StorageType"),
        whole_number(find_property(resource, "AllocatedStorage")),
    ) {
        (Some(kind), Some(size)) => {
            charges = charges.and_fixed(
                format!("rds.{engine}.{kind}.{zones}.gb-month"),
                Quantity::from_whole(size),
            );
            charges
                .assumptions
                .push("databases are counted with their initial storage: growth is not counted");
        }
        _ => charges
            .unknown
            .push("its storage is not a literal value".to_owned()),
    }
    if find_property(resource, "ManageMasterUserPassword") == Some(&JsonValue::Bool(true)) {
        charges = charges.and_fixed("secretsmanager.secret.month", Quantity::ONE);
    }
    charges
}

fn web_acl_charges(resource: TemplateResource<'_>) -> Charges {
    let rules = as_items(find_property(resource, "Rules")).map_or(0, Vec::len);
    let rules = u64::try_from(rules).unwrap_or(u64::MAX);
    Charges::from_fixed("wafv2.web-acl.month", Quantity::ONE)
        .and_fixed("wafv2.rule.month", Quantity::from_whole(rules))
        .with_usage(&["requests that the web ACL inspects"])
}
