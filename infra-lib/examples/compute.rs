//! Creates servers, as the peer with aws-cdk-lib does: `compute OUT`.

use std::path::Path;
use std::process::ExitCode;

use infra_lib::autoscaling::{
    AutoScalingGroup, HealthChecks, LifecycleHook, RollingUpdate, ScalingMetric, ScheduledAction,
    Signals, StepScaling, TargetTracking, TerminationPolicy, UpdatePolicy, WarmPool,
};
use infra_lib::cloudwatch::Metric;
use infra_lib::core::assembly;
use infra_lib::ec2::{
    AclRule, Architecture, Cidr, Eip, EndpointAcceptance, FlowLogFiles, FlowLogs, Instance,
    InstanceType, KeyFormat, KeyPair, KeySource, LaunchTemplate, MachineImage, NetworkAcl,
    NetworkInterface, PlacementGroup, PlacementStrategy, Port, SecurityGroup, SourceDestCheck,
    Tier, UserData, Volume, VolumeAttachment, VolumeType, Vpc, VpcAttributes, VpcEndpointService,
};
use infra_lib::iam::{Principal, Role};
use infra_lib::kms::Key;
use infra_lib::s3::Bucket;
use infra_lib::sqs::Queue;
use infra_lib::{App, Duration, Size, Stack};

const IMAGE: &str = "ami-0123456789abcdef0";

fn main() -> ExitCode {
    let Some(out) = std::env::args().nth(1) else {
        return ExitCode::from(2);
    };
    let app = App::new();
    let stack = Stack::new(&app, "Compute");
    let vpc = Vpc::from_attributes(
        stack,
        "Vpc",
        VpcAttributes::new("vpc-0123456789abcdef0")
            .public(["subnet-0123456789abcde11", "subnet-0123456789abcde12"])
            .private(["subnet-0123456789abcde21", "subnet-0123456789abcde22"]),
    );
    server(stack, vpc);
    fleet(stack, vpc);
    template(stack, vpc);
    network(stack, vpc);
    let synthesis = app.synth();
    if synthesis.has_errors() || assembly::write_assembly(&synthesis, Path::new(&out)).is_err() {
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}

fn image() -> MachineImage {
    MachineImage::from_id(IMAGE, Architecture::Arm64, "/dev/xvda")
}

fn server<'app>(stack: Stack<'app>, vpc: Vpc<'app>) {
    let key = KeyPair::builder()
        .key_pair_name("office")
        .source(KeySource::rsa(KeyFormat::Pem))
        .build(stack, "Key");
    let server = Instance::builder()
        .vpc(vpc)
        .instance_type(InstanceType::T4G_SMALL)
        .machine_image(image())
        .tier(Tier::Public)
        .key_pair(key)
        .placement_group(
            PlacementGroup::builder()
                .strategy(PlacementStrategy::Partition(3))
                .build(stack, "Partitions"),
        )
        .user_data(UserData::new().command("dnf install -y nginx"))
        .build(stack, "Server");
    Eip::builder().instance(server).build(stack, "Address");
    let group = SecurityGroup::builder().vpc(vpc).build(stack, "Router");
    NetworkInterface::builder()
        .vpc(vpc)
        .security_group(group)
        .source_dest_check(SourceDestCheck::Disabled)
        .instance(server)
        .build(stack, "Interface");
    let operator = Role::builder()
        .assumed_by(Principal::service("ec2.amazonaws.com"))
        .build(stack, "Operator");
    let data = Volume::builder()
        .availability_zone("eu-west-1a")
        .size(Size::gib(500))
        .volume_type(VolumeType::gp3_with(6_000, 250))
        .encryption_key(Key::builder().build(stack, "DiskKey"))
        .build(stack, "Data");
    data.grant_attach_to(&operator, server);
    data.grant_detach(&operator);
    VolumeAttachment::builder()
        .volume(data)
        .instance(server)
        .device("/dev/sdf")
        .build(stack, "Attachment");
}

fn fleet<'app>(stack: Stack<'app>, vpc: Vpc<'app>) {
    let workers = AutoScalingGroup::builder()
        .launch_template(
            LaunchTemplate::builder()
                .vpc(vpc)
                .instance_type(InstanceType::M7G_LARGE)
                .machine_image(image())
                .user_data(UserData::new().command("dnf install -y nginx")),
        )
        .subnets(vpc.private())
        .min_capacity(2)
        .max_capacity(6)
        .health_checks(HealthChecks::ec2().ebs().grace_period(Duration::minutes(2)))
        .termination_policies(vec![TerminationPolicy::OldestInstance])
        .max_instance_lifetime(Duration::days(14))
        .default_instance_warmup(Duration::minutes(2))
        .signals(Signals::within(Duration::minutes(10)).count(2))
        .update_policy(UpdatePolicy::Rolling(RollingUpdate::new()))
        .build(stack, "Workers");
    workers.track("Cpu", TargetTracking::new(ScalingMetric::AverageCpu, 60));
    let backlog = StepScaling::new(Metric::new("Shop", "Backlog").dimension("Queue", "jobs"))
        .at_most(10, -1)
        .at_least(100, 1)
        .at_least(1_000, 5);
    workers.scale_in_steps("Backlog", backlog);
    workers.on_schedule(
        "Morning",
        ScheduledAction::cron("0 7 * * MON-FRI")
            .time_zone("Europe/Berlin")
            .min_capacity(4),
    );
    let queue = Queue::builder().build(stack, "Drained");
    workers.add_lifecycle_hook("Drain", LifecycleHook::terminating().notify_queue(&queue));
    workers.add_warm_pool(WarmPool::new().min_size(1));
}

fn template<'app>(stack: Stack<'app>, vpc: Vpc<'app>) {
    let group = SecurityGroup::builder().vpc(vpc).build(stack, "Group");
    let role = Role::builder()
        .assumed_by(Principal::service("ec2.amazonaws.com"))
        .build(stack, "Role");
    LaunchTemplate::builder()
        .vpc(vpc)
        .instance_type(InstanceType::T4G_SMALL)
        .machine_image(image())
        .security_group(group)
        .role(role)
        .placement_group(
            PlacementGroup::builder()
                .strategy(PlacementStrategy::Spread)
                .build(stack, "Spread"),
        )
        .key_pair(KeyPair::from_name(stack, "Existing", "office"))
        .build(stack, "Template");
}

fn network<'app>(stack: Stack<'app>, vpc: Vpc<'app>) {
    let acl = NetworkAcl::builder()
        .subnets(vpc.private())
        .build(stack, "Acl");
    acl.add_rule("Https", AclRule::allow_inbound(100, Cidr::ANY, Port::HTTPS));
    acl.add_rule(
        "Replies",
        AclRule::allow_outbound(100, Cidr::ANY, Port::tcp_range(1024, 65535)),
    );
    acl.add_rule(
        "Ping",
        AclRule::deny_inbound(200, Cidr::ANY, Port::all_icmp()),
    );
    VpcEndpointService::builder()
        .network_load_balancer("arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/net/billing/0123456789abcdef")
        .acceptance(EndpointAcceptance::Automatic)
        .allow_principal("arn:aws:iam::444455556666:root")
        .build(stack, "Billing");
    let bucket = Bucket::from_bucket_name(stack, "FlowLogs", "flow-logs-111122223333", None);
    vpc.add_flow_logs(
        "ToBucket",
        FlowLogs::rejected().to_bucket(bucket, FlowLogFiles::new().parquet()),
    );
}
