//! Maps resources to billing meters: fixed ones by the hour or month, and usage-based ones.

use serde_json::Value as JsonValue;

use super::UsageKind;
use super::charges::{Charges, Quantity, UsageMeter};
use crate::{Template, TemplateResource};

/// Resource types without charges of their own.
const FREE: &[&str] = &[
    "AWS::ApplicationAutoScaling::ScalableTarget",
    "AWS::ApplicationAutoScaling::ScalingPolicy",
    "AWS::CertificateManager::Certificate",
    "AWS::CloudFront::CachePolicy",
    "AWS::CloudFront::OriginAccessControl",
    "AWS::CloudFront::OriginRequestPolicy",
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

/// Simplification of CloudFront, whose prices depend on the location of viewers.
const VIEWERS: &str = "viewers of CloudFront are in the United States and use HTTPS";

/// Returns the charges of a resource, or `None` for an unsupported type.
pub(super) fn charges_for_resource(
    template: &Template,
    resource: TemplateResource<'_>,
) -> Option<Charges> {
    if FREE.contains(&resource.type_name) {
        return Some(Charges::default());
    }
    Some(match resource.type_name {
        "AWS::CloudFront::Distribution" => Charges::from_usage([
            UsageMeter::requests("requests to CloudFront", "cloudfront.https-request")
                .simplified(VIEWERS),
            UsageMeter::gigabytes("traffic of CloudFront", "cloudfront.traffic.gb")
                .simplified(VIEWERS),
        ]),
        "AWS::CloudFront::Function" => Charges::from_usage([UsageMeter::requests(
            "invocations of CloudFront functions",
            "cloudfront.function-invocation",
        )]),
        "AWS::CloudWatch::Alarm" => alarm_charges(resource),
        "AWS::CloudWatch::Dashboard" => {
            Charges::from_fixed("cloudwatch.dashboard.month", Quantity::ONE)
        }
        "AWS::EC2::EIP" => Charges::from_fixed("ec2.public-ipv4.hour", Quantity::ONE),
        "AWS::EC2::FlowLog" => Charges::from_usage([flow_log_usage(resource)]),
        "AWS::EC2::NatGateway" => {
            Charges::from_fixed("ec2.nat-gateway.hour", Quantity::ONE).with_usage([
                UsageMeter::gigabytes("traffic through NAT gateways", "ec2.nat-gateway.gb"),
            ])
        }
        "AWS::EC2::VPCEndpoint" => endpoint_charges(resource),
        "AWS::ECR::Repository" => {
            Charges::from_usage([UsageMeter::stored("stored images", "ecr.storage.gb-month")])
        }
        "AWS::ECS::Cluster" => cluster_charges(resource),
        "AWS::ECS::Service" => service_charges(template, resource),
        "AWS::ECS::TaskDefinition" => Charges::from_usage([task_usage(resource)]),
        "AWS::ElasticLoadBalancingV2::LoadBalancer" => load_balancer_charges(resource),
        "AWS::KMS::Key" => Charges::from_fixed("kms.key.month", Quantity::ONE).with_usage([
            UsageMeter::requests("requests to KMS", "kms.request"),
            UsageMeter::listed("older versions of keys"),
        ]),
        "AWS::Logs::LogGroup" => Charges::from_usage([
            UsageMeter::gigabytes("ingestion of logs", "logs.ingestion.gb"),
            UsageMeter::stored("storage of logs", "logs.storage.gb-month"),
        ]),
        "AWS::RDS::DBInstance" => database_charges(resource),
        "AWS::Route53::HostedZone" => {
            Charges::from_fixed("route53.hosted-zone.month", Quantity::ONE)
                .with_usage([UsageMeter::requests("DNS queries", "route53.query")])
        }
        "AWS::S3::Bucket" => Charges::from_usage([
            UsageMeter::stored("objects in S3", "s3.storage.gb-month"),
            UsageMeter::listed("requests to S3"),
        ]),
        "AWS::SNS::Topic" => Charges::from_usage([
            UsageMeter::requests("requests to SNS", "sns.request"),
            UsageMeter::listed("notifications"),
        ]),
        "AWS::SecretsManager::Secret" => {
            Charges::from_fixed("secretsmanager.secret.month", Quantity::ONE).with_usage([
                UsageMeter::requests("requests to Secrets Manager", "secretsmanager.request"),
            ])
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
                    .with_usage([UsageMeter::gigabytes(
                        "traffic through interface endpoints",
                        "ec2.interface-endpoint.gb",
                    )])
            }
            None => Charges::from_unknown("its subnets are not literal values"),
        },
        Some(other) => Charges::from_unknown(format!("endpoints of the unknown type `{other}`")),
    }
}

/// Returns the charge for the delivery of flow logs, whose price depends on the destination.
fn flow_log_usage(resource: TemplateResource<'_>) -> UsageMeter {
    let destination = match find_property(resource, "LogDestinationType") {
        // Default of CloudFormation.
        None => Ok("cloud-watch-logs"),
        Some(JsonValue::String(destination)) => Ok(destination.as_str()),
        Some(_) => Err("its destination is not a literal value".to_owned()),
    };
    UsageMeter {
        meters: destination.map(|destination| {
            let meter = format!("ec2.flow-log.{destination}.gb");
            vec![(meter, Quantity::ONE)]
        }),
        ..UsageMeter::gigabytes("flow logs", "")
    }
}

fn cluster_charges(resource: TemplateResource<'_>) -> Charges {
    let settings = as_items(find_property(resource, "ClusterSettings"));
    let insights = settings.into_iter().flatten().any(|setting| {
        setting.get("Name").and_then(JsonValue::as_str) == Some("containerInsights")
            && setting.get("Value").and_then(JsonValue::as_str) != Some("disabled")
    });
    if insights {
        Charges::from_usage([UsageMeter::listed("metrics of Container Insights")])
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
        .with_usage([UsageMeter::listed("capacity units of load balancers")]);
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
    // ECS starts one task unless a number is set.
    let tasks =
        find_property(resource, "DesiredCount").map_or(Some(1), |count| whole_number(Some(count)));
    let Some(tasks) = tasks else {
        return Charges::from_unknown("its number of tasks is not a literal value");
    };
    let size = match TaskSize::of_definition(definition) {
        Ok(size) => size,
        Err(reason) => return Charges::from_unknown(reason),
    };
    let [vcpu, memory] = size.meters(tasks);
    let mut charges = Charges::from_fixed(vcpu.0, vcpu.1)
        .and_fixed(memory.0, memory.1)
        .with_usage([
            UsageMeter::gigabytes("traffic out of AWS", "ec2.traffic-out.gb"),
            UsageMeter::listed("traffic between zones"),
        ]);
    charges
        .assumptions
        .push("services run their desired number of tasks: scaling is not counted");
    if providers.contains(&"FARGATE_SPOT") {
        charges.assumptions.push("Fargate Spot is counted at the price of Fargate, which is an upper limit: its price varies");
    }
    charges
}

/// Size and processor of the tasks of a definition on Fargate.
struct TaskSize {
    processor: &'static str,
    cpu: u64,
    memory: u64,
}

impl TaskSize {
    /// Reads a task definition; the error is the reason for which charges are unknown.
    fn of_definition(definition: TemplateResource<'_>) -> Result<Self, String> {
        let cpu = whole_number(find_property(definition, "Cpu"));
        let memory = whole_number(find_property(definition, "Memory"));
        let (Some(cpu), Some(memory)) = (cpu, memory) else {
            return Err("the size of its tasks is not a literal value".to_owned());
        };
        let platform = find_property(definition, "RuntimePlatform");
        let text = |name: &str| platform.and_then(|platform| platform.get(name)?.as_str());
        if text("OperatingSystemFamily").is_some_and(|family| family != "LINUX") {
            return Err("prices of Fargate for Windows are not known".to_owned());
        }
        let processor = match text("CpuArchitecture") {
            None | Some("X86_64") => "x86-64",
            Some("ARM64") => "arm64",
            Some(other) => return Err(format!("processors `{other}` are not known")),
        };
        Ok(Self {
            processor,
            cpu,
            memory,
        })
    }

    /// Returns the meters for vCPU and memory of a number of tasks.
    fn meters(&self, tasks: u64) -> [(String, Quantity); 2] {
        let share = |size: u64| Quantity {
            numerator: size.saturating_mul(tasks),
            denominator: 1024,
        };
        let meter = |what: &str| format!("fargate.{}.{what}-hour", self.processor);
        [
            (meter("vcpu"), share(self.cpu)),
            (meter("gb"), share(self.memory)),
        ]
    }
}

/// Returns the charge for hours of tasks that no service runs.
fn task_usage(definition: TemplateResource<'_>) -> UsageMeter {
    UsageMeter {
        description: "tasks outside of services, such as migrations",
        kind: Some(UsageKind::Hours),
        meters: TaskSize::of_definition(definition).map(|size| size.meters(1).to_vec()),
        simplification: None,
    }
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
            .with_usage([
                UsageMeter::stored(
                    "backups beyond the size of the database",
                    format!("rds.{engine}.backup.gb-month"),
                ),
                UsageMeter::listed("CPU credits of databases"),
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
        .with_usage([UsageMeter::requests(
            "requests that the web ACL inspects",
            "wafv2.request",
        )])
}
