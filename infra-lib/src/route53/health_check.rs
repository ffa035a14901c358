//! Health checks of Route 53.

use infra_cfn::route53::health_check::{
    HealthCheckConfigInsufficientDataHealthStatus, HealthCheckConfigRegions,
};
use infra_cfn::route53::{CfnHealthCheck, CfnHealthCheckProps};

use super::health_check_target::HealthCheckTarget;
use crate::construct::With;
use crate::{Construct, Diagnostic, Id, IntoValue, Scope, Value, codes, kind};

/// Time between two requests of each checker.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum RequestInterval {
    /// 30 seconds.
    #[default]
    Standard,
    /// 10 seconds, at an additional charge.
    Fast,
}

/// Measurement of the latency from each region of the checkers.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum LatencyMeasurement {
    /// No measurement.
    #[default]
    Off,
    /// Metrics and graphs of the latency, at an additional charge.
    On,
}

/// Meaning of the result of a health check.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum HealthCheckResult {
    /// The check is healthy while its target is.
    #[default]
    AsMeasured,
    /// The check is healthy while its target is not.
    Inverted,
}

/// Status of a health check while the alarm that it follows has too little data.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum InsufficientData {
    /// Healthy.
    Healthy,
    /// The last status that was known.
    LastKnownStatus,
    /// Unhealthy.
    Unhealthy,
}

crate::construct! {
    /// A health check: Route 53 asks an endpoint regularly, or follows an alarm or other checks.
    ///
    /// Creates an
    /// [`AWS::Route53::HealthCheck`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-route53-healthcheck.html).
    /// Defaults:
    ///
    /// | property | here | CloudFormation |
    /// |---|---|---|
    /// | requests of each checker | every 30 seconds | every 30 seconds |
    /// | failures until the endpoint is unhealthy | 3 | 3 |
    /// | server name in the TLS handshake | sent | as the type says |
    /// | latency | not measured | not measured |
    /// | regions of the checkers | all eight | all eight |
    ///
    /// Checkers come from the internet, with addresses of the prefix list `com.amazonaws.REGION.route53-healthchecks`; an
    /// endpoint in private subnets is followed by an alarm on its metrics instead. Route 53 publishes the metrics of checks
    /// in `us-east-1` only. Synthesis reports settings that Route 53 rejects or that have no effect (`INF4069`).
    ///
    /// ```
    /// use infra_lib::prelude::*;
    /// use infra_lib::route53::{HealthCheck, HealthCheckTarget, HostedZone, Record, RecordData, RoutingPolicy};
    ///
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Domain");
    /// let zone = HostedZone::builder().zone_name("example.com").build(stack, "Zone");
    /// let check = HealthCheck::builder()
    ///     .target(HealthCheckTarget::https("main.example.com").path("/health"))
    ///     .build(stack, "Check");
    /// Record::builder()
    ///     .zone(&zone)
    ///     .domain_name("www.example.com")
    ///     .data(RecordData::cname("main.example.com"))
    ///     .routing(RoutingPolicy::failover_primary())
    ///     .health_check(check)
    ///     .build(stack, "Main");
    /// Record::builder()
    ///     .zone(&zone)
    ///     .domain_name("www.example.com")
    ///     .data(RecordData::cname("sorry.example.com"))
    ///     .routing(RoutingPolicy::failover_secondary())
    ///     .build(stack, "Sorry");
    /// # assert!(app.synth().findings().is_empty());
    /// ```
    pub struct HealthCheck<'app>: "infra-lib.route53.HealthCheck" {
        resource: CfnHealthCheck<'app>,
    }

    /// Properties of a [`HealthCheck`], set through [`HealthCheck::builder`].
    pub struct HealthCheckProps, HealthCheckBuilder, health_check_builder {
        /// Regions of the checkers.
        list regions: String,
        /// Endpoint, alarm or other checks.
        required target: HealthCheckTarget<'app>,
        /// Consecutive failures after which an endpoint is unhealthy, and successes after which it is healthy again, 1 to
        /// 10. Default: 3, as in CloudFormation.
        optional failure_threshold: u8,
        /// Time between two requests of each checker. A change replaces the check. Default: 30 seconds, as in
        /// CloudFormation.
        optional request_interval: RequestInterval,
        /// Measurement of the latency. A change replaces the check. Default: none, as in CloudFormation.
        optional latency: LatencyMeasurement,
        /// Meaning of the result. Default: as measured, as in CloudFormation.
        default result: HealthCheckResult = HealthCheckResult::AsMeasured,
        /// Status while an alarm has too little data. Default: the last known status for an alarm.
        optional insufficient_data: InsufficientData,
    }
}

impl<S: health_check_builder::State> HealthCheckBuilder<'_, S> {
    /// Adds a region from which Route 53 checks the endpoint, such as `eu-west-1`. At least three are needed.
    /// Default: all regions with checkers.
    pub fn region(mut self, region: impl Into<String>) -> Self {
        self.regions.push(region.into());
        self
    }
}

crate::import! {
    /// An existing health check, from [`HealthCheck::from_id`].
    ///
    /// ```
    /// use infra_lib::prelude::*;
    /// use infra_lib::route53::{HealthCheck, HealthCheckTarget};
    ///
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Domain");
    /// let web = HealthCheck::from_id(stack, "Web", "11111111-2222-3333-4444-555555555555");
    /// let api = HealthCheck::from_id(stack, "Api", "66666666-7777-8888-9999-000000000000");
    /// HealthCheck::builder().target(HealthCheckTarget::all_of([web, api])).build(stack, "Both");
    /// # assert!(app.synth().findings().is_empty());
    /// ```
    pub struct ImportedHealthCheck<'app>: "infra-lib.route53.ImportedHealthCheck" {
        /// Returns the ID of the check, a UUID.
        health_check_id: Id<kind::route53::HealthCheck>,
    }

    /// A health check of the app or an existing one, from [`AsHealthCheck::as_health_check`].
    pub enum HealthCheckRef of HealthCheck;

    /// A health check for builders: a [`HealthCheck`] or an [`ImportedHealthCheck`].
    #[diagnostic::on_unimplemented(
        message = "`{Self}` is no health check of Route 53",
        label = "a `HealthCheck` or an `ImportedHealthCheck` is needed here"
    )]
    pub trait AsHealthCheck::as_health_check;
}

impl<'app> HealthCheck<'app> {
    #[track_caller]
    fn create(scope: Scope<'app>, props: HealthCheckProps<'app>) -> Self {
        check_settings(scope, &props);
        let endpoint = props.target.is_endpoint();
        let alarm = props.target.is_alarm();
        let mut config = props.target.config();
        if endpoint {
            let seconds = match props.request_interval.unwrap_or_default() {
                RequestInterval::Standard => 30,
                RequestInterval::Fast => 10,
            };
            let latency = props.latency.unwrap_or_default() == LatencyMeasurement::On;
            config = config
                .failure_threshold(i64::from(props.failure_threshold.unwrap_or(3)))
                .request_interval(seconds)
                .measure_latency(latency);
        }
        if !props.regions.is_empty() {
            let regions: Vec<_> = props
                .regions
                .into_iter()
                .map(HealthCheckConfigRegions::other)
                .collect();
            config = config.regions(regions);
        }
        let status = props
            .insufficient_data
            .or(alarm.then_some(InsufficientData::LastKnownStatus));
        let config = config
            .inverted(props.result == HealthCheckResult::Inverted)
            .with(status, |config, status| {
                config.insufficient_data_health_status(match status {
                    InsufficientData::Healthy => {
                        HealthCheckConfigInsufficientDataHealthStatus::HEALTHY
                    }
                    InsufficientData::LastKnownStatus => {
                        HealthCheckConfigInsufficientDataHealthStatus::LAST_KNOWN_STATUS
                    }
                    InsufficientData::Unhealthy => {
                        HealthCheckConfigInsufficientDataHealthStatus::UNHEALTHY
                    }
                })
            });
        let resource = CfnHealthCheckProps::new(config).build(scope, "Resource");
        Self { scope, resource }
    }

    /// Imports an existing health check by its ID.
    #[track_caller]
    pub fn from_id(
        scope: impl Construct<'app>,
        id: &str,
        health_check_id: impl IntoValue<Id<kind::route53::HealthCheck>>,
    ) -> ImportedHealthCheck<'app> {
        ImportedHealthCheck::import(scope, id, health_check_id.into_value())
    }

    /// Returns the ID of the check, a UUID.
    pub fn health_check_id(&self) -> Value<Id<kind::route53::HealthCheck>> {
        self.resource.attr_health_check_id()
    }

    /// Returns the L1 binding of the check.
    pub fn cfn(&self) -> CfnHealthCheck<'app> {
        self.resource
    }
}

fn finding(message: impl Into<String>) -> Diagnostic {
    Diagnostic::new(codes::HEALTH_CHECK_SETTING, message).url(
        "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/health-checks-creating-values.html",
    )
}

fn check_settings(scope: Scope<'_>, props: &HealthCheckProps<'_>) {
    if !props.target.is_endpoint() {
        let unused = [
            ("failure_threshold", props.failure_threshold.is_some()),
            ("request_interval", props.request_interval.is_some()),
            ("latency", props.latency.is_some()),
            ("region", !props.regions.is_empty()),
        ];
        for (setter, _) in unused.into_iter().filter(|(_, set)| *set) {
            scope.report(
                finding(format!("`{setter}` is for health checks of an endpoint"))
                    .property("HealthCheckConfig")
                    .actual(props.target.kind())
                    .expected("an endpoint: `HealthCheckTarget::https`, `http` or `tcp`")
                    .help(format!("remove `.{setter}(…)`")),
            );
        }
    }
    if !props.target.is_alarm() && props.insufficient_data.is_some() {
        scope.report(
            finding("`insufficient_data` is for health checks that follow an alarm")
                .property("HealthCheckConfig.InsufficientDataHealthStatus")
                .actual(props.target.kind())
                .expected("`HealthCheckTarget::alarm`")
                .help("remove `.insufficient_data(…)`"),
        );
    }
    props.target.check(scope);
}

pub(super) fn report_target(
    scope: Scope<'_>,
    message: &str,
    property: &str,
    actual: &str,
    expected: &str,
) {
    scope.report(
        finding(message)
            .property(format!("HealthCheckConfig.{property}"))
            .actual(actual)
            .expected(expected),
    );
}
