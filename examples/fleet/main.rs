//! A fleet: instances in an Auto Scaling group behind an application load balancer.

use std::process::ExitCode;

use infra_lib::autoscaling::{
    AutoScalingGroup, HealthChecks, RollingUpdate, ScalingMetric, TargetTracking, UpdatePolicy,
};
use infra_lib::cidr;
use infra_lib::cloudwatch::{Comparison, TreatMissingData};
use infra_lib::ec2::{InstanceType, LaunchTemplate, MachineImage, Nat, UserData, Vpc};
use infra_lib::elbv2::{
    Action, ApplicationLoadBalancer, HealthCheck, Listener, ListenerProtocol, TargetGroup,
    TargetType,
};
use infra_lib::prelude::*;

const PORT: u16 = 8080;

/// Serves the folder `/srv` with a program of the image; replace it with your own.
const UNIT: &str = "cat > /etc/systemd/system/web.service <<'END'
[Unit]
After=network-online.target
[Service]
DynamicUser=yes
WorkingDirectory=/srv
ExecStart=/usr/bin/python3 -m http.server 8080
Restart=always
[Install]
WantedBy=multi-user.target
END";

fn main() -> ExitCode {
    infra_runtime::run_simple(build)
}

/// Adds the stacks to the app.
pub fn build(app: &App) {
    let network = Stack::new(app, "Network");
    let vpc = Vpc::builder()
        .cidr(cidr!("10.0.0.0/16"))
        .nat(Nat::Single)
        .build(network, "Vpc");

    let fleet = Stack::new(app, "Fleet");
    let balancer = ApplicationLoadBalancer::builder()
        .internal(vpc.private())
        .build(fleet, "LoadBalancer");
    let targets = TargetGroup::builder()
        .vpc(vpc)
        .port(PORT)
        .health_check(HealthCheck::http("/"))
        .target_type(TargetType::Instance)
        .build(fleet, "Targets");
    Listener::builder()
        .load_balancer(balancer)
        .protocol(ListenerProtocol::Http)
        .default_action(Action::forward(&targets))
        .build(balancer, "Http");

    let servers = AutoScalingGroup::builder()
        .launch_template(
            LaunchTemplate::builder()
                .vpc(vpc)
                .instance_type(InstanceType::T4G_SMALL)
                .machine_image(MachineImage::amazon_linux_2023())
                .user_data(
                    UserData::new()
                        .command(UNIT)
                        .command("systemctl enable --now web"),
                ),
        )
        .subnets(vpc.private())
        .min_capacity(2)
        .max_capacity(6)
        .health_checks(HealthChecks::ec2().load_balancer())
        .default_instance_warmup(Duration::minutes(2))
        .update_policy(UpdatePolicy::Rolling(
            RollingUpdate::new().pause(Duration::minutes(2)),
        ))
        .build(fleet, "Servers");
    servers.attach_to(&targets);
    servers.track(
        "Requests",
        TargetTracking::new(ScalingMetric::requests_per_target(&targets), 1_000),
    );
    servers
        .metric_group_in_service_instances()
        .alarm()
        .comparison(Comparison::LessThanThreshold)
        .threshold(2)
        .evaluation_periods(3)
        .treat_missing_data(TreatMissingData::Breaching)
        .description("Fewer instances than the minimum are in service")
        .build(fleet, "TooFewServers");
}
