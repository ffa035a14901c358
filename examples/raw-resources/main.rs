//! Generated bindings, as for a type that has no construct: health checks of Route 53, beside an alarm and a topic.

use std::process::ExitCode;

use infra_lib::cfn::route53::CfnHealthCheckProps;
use infra_lib::cfn::route53::health_check::{HealthCheckConfig, HealthCheckConfigType};
use infra_lib::cloudwatch::{Alarm, Comparison, Metric, Statistic, TreatMissingData};
use infra_lib::kms::Key;
use infra_lib::sns::{Topic, TopicEncryption};
use infra_lib::{App, Environment, StackProps};

fn main() -> ExitCode {
    infra_runtime::run_simple(build)
}

/// Adds the stacks to the app.
pub fn build(app: &App) {
    // Route 53 publishes the metrics of health checks in this region only.
    let stack = StackProps::new()
        .environment(Environment::region("us-east-1"))
        .build(app, "Availability");

    let endpoints = [("Website", "www.example.com"), ("Api", "api.example.com")];
    let checks = endpoints.map(|(id, host)| {
        let check = HealthCheckConfig::new(HealthCheckConfigType::HTTPS)
            .fully_qualified_domain_name(host)
            .resource_path("/health")
            .failure_threshold(3);
        CfnHealthCheckProps::new(check).build(stack, id)
    });
    let both = HealthCheckConfig::new(HealthCheckConfigType::CALCULATED)
        .child_health_checks(checks.map(|check| check.ref_()).to_vec())
        .health_threshold(2);
    let both = CfnHealthCheckProps::new(both).build(stack, "Both");

    // CloudWatch may not publish to a topic that is encrypted with the key AWS manages.
    let key = Key::builder().build(stack, "Key");
    let topic = Topic::builder()
        .encryption(TopicEncryption::key(key))
        .build(stack, "Unavailable");
    let healthy = Metric::new("AWS/Route53", "HealthCheckStatus")
        .dimension("HealthCheckId", both.ref_())
        .statistic(Statistic::Minimum);
    Alarm::builder()
        .metric(healthy)
        .comparison(Comparison::LessThanThreshold)
        .threshold(1)
        .evaluation_periods(2)
        .treat_missing_data(TreatMissingData::Breaching)
        .action(&topic)
        .build(stack, "Alarm");
}
