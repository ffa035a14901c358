//! The stack `Availability`: 7 resources, converted by `import-template` from
//! `Availability.template.json`.
//!
//! Crates: `infra-lib` (features `cloudwatch`, `iam`, `kms`, `route53`, `sns`).

use infra_lib::cfn::route53::{self, health_check};
use infra_lib::cloudwatch::{Alarm, Comparison, Metric, Statistic, TreatMissingData};
use infra_lib::iam::{Principal, Statement};
use infra_lib::kms::Key;
use infra_lib::sns::{Topic, TopicEncryption};
use infra_lib::{App, Stack, pseudo};

/// Adds the stack to the app.
pub fn availability(app: &App) -> Stack<'_> {
    let stack = Stack::new(app, "Availability");

    let website = route53::CfnHealthCheckProps::new(
        health_check::HealthCheckConfig::new(health_check::HealthCheckConfigType::HTTPS)
            .fully_qualified_domain_name("www.example.com")
            .resource_path("/health")
            .failure_threshold(3),
    )
    .build(stack, "Website");

    let api = route53::CfnHealthCheckProps::new(
        health_check::HealthCheckConfig::new(health_check::HealthCheckConfigType::HTTPS)
            .fully_qualified_domain_name("api.example.com")
            .resource_path("/health")
            .failure_threshold(3),
    )
    .build(stack, "Api");

    let both = route53::CfnHealthCheckProps::new(
        health_check::HealthCheckConfig::new(health_check::HealthCheckConfigType::CALCULATED)
            .child_health_checks([website.ref_(), api.ref_()])
            .health_threshold(2),
    )
    .build(stack, "Both");

    let key = Key::builder().build(stack, "Key");
    key.add_statement(
        Statement::allow()
            .principal(Principal::service("cloudwatch.amazonaws.com"))
            .actions(["kms:Decrypt", "kms:GenerateDataKey*"])
            .resource("*")
            .condition("StringEquals", "aws:SourceAccount", pseudo::account_id()),
    );

    let unavailable = Topic::builder()
        .encryption(TopicEncryption::key(key))
        .build(stack, "Unavailable");

    unavailable.add_statement(
        Statement::allow()
            .principal(Principal::service("cloudwatch.amazonaws.com"))
            .action("sns:Publish")
            .resource(unavailable.arn())
            .condition("StringEquals", "aws:SourceAccount", pseudo::account_id()),
    );

    let alarm = Alarm::builder()
        .metric(
            Metric::new("AWS/Route53", "HealthCheckStatus")
                .dimension("HealthCheckId", both.ref_())
                .statistic(Statistic::Minimum),
        )
        .comparison(Comparison::LessThanThreshold)
        .threshold(1.0)
        .evaluation_periods(2)
        .treat_missing_data(TreatMissingData::Breaching)
        .build(stack, "Alarm");
    alarm
        .cfn()
        .modify(|props| props.alarm_actions([unavailable.arn()]));

    stack
}
