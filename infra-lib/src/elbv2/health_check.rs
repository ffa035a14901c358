//! Health checks of target groups.

use infra_cfn::elasticloadbalancingv2::CfnTargetGroupProps;
use infra_cfn::elasticloadbalancingv2::target_group::{HealthCheckProtocol, Matcher};

use crate::{Diagnostic, Duration, Scope, codes};

/// A health check by which a load balancer decides whether a target receives requests. All numbers are written to the
/// template:
///
/// | | here | CloudFormation |
/// |---|---|---|
/// | interval | 15 s | 30 s |
/// | timeout | 5 s | 5 s |
/// | healthy after | 2 | 5 |
/// | unhealthy after | 3 | 2 |
/// | matcher | `200` | `200` (gRPC `12`) |
///
/// With the defaults, a target receives requests after half a minute, and stops receiving them after three quarters
/// of a minute ([health
/// checks](https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html)).
///
/// ```
/// use infra_lib::{Duration, elbv2::HealthCheck};
///
/// let check = HealthCheck::http("/healthz").interval(Duration::seconds(10)).matcher("200-299");
/// ```
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct HealthCheck {
    pub(super) protocol: CheckProtocol,
    path: String,
    pub(super) port: Option<u16>,
    interval: Duration,
    timeout: Duration,
    healthy_threshold: u8,
    unhealthy_threshold: u8,
    matcher: String,
}

#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub(super) enum CheckProtocol {
    Http,
    Https,
    Grpc,
}

impl HealthCheck {
    /// Creates a check with `GET` requests for a path over HTTP.
    pub fn http(path: impl Into<String>) -> Self {
        Self::new(CheckProtocol::Http, path.into(), "200")
    }

    /// Creates a check with `GET` requests for a path over HTTPS. The certificate of the target is not verified.
    pub fn https(path: impl Into<String>) -> Self {
        Self::new(CheckProtocol::Https, path.into(), "200")
    }

    /// Creates a check that calls a gRPC method, such as `/grpc.health.v1.Health/Check`. Default matcher: `0`,
    /// success (CloudFormation: `12`, unimplemented).
    pub fn grpc(method: impl Into<String>) -> Self {
        Self::new(CheckProtocol::Grpc, method.into(), "0")
    }

    fn new(protocol: CheckProtocol, path: String, matcher: &str) -> Self {
        Self {
            protocol,
            path,
            port: None,
            interval: Duration::seconds(15),
            timeout: Duration::seconds(5),
            healthy_threshold: 2,
            unhealthy_threshold: 3,
            matcher: matcher.to_owned(),
        }
    }

    /// Sets the time between two checks, 5 to 300 seconds. Default: 15 seconds (CloudFormation: 30).
    pub fn interval(mut self, interval: Duration) -> Self {
        self.interval = interval;
        self
    }

    /// Sets the time after which a check without response fails, 2 to 120 seconds and less than the interval
    /// (`INF4301` otherwise). Default: 5 seconds.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// Sets the number of consecutive successes that make a target healthy, 2 to 10. Default: 2 (CloudFormation: 5).
    pub fn healthy_threshold(mut self, count: u8) -> Self {
        self.healthy_threshold = count;
        self
    }

    /// Sets the number of consecutive failures that make a target unhealthy, 2 to 10. Default: 3 (CloudFormation: 2).
    pub fn unhealthy_threshold(mut self, count: u8) -> Self {
        self.unhealthy_threshold = count;
        self
    }

    /// Sets the status codes of a healthy target: `200`, `200,204` or `200-299`. Default: `200`.
    pub fn matcher(mut self, codes: impl Into<String>) -> Self {
        self.matcher = codes.into();
        self
    }

    /// Sets the port of the checks. Default: the port of the traffic.
    pub fn port(mut self, port: u16) -> Self {
        self.port = Some(port);
        self
    }

    /// Reports a timeout that is not below the interval. The schema covers numbers out of range (`INF3007`).
    pub(super) fn check_timeout(&self, scope: Scope<'_>) {
        if self.timeout >= self.interval {
            scope.report(
                Diagnostic::new(
                    codes::HEALTH_CHECK_TIMEOUT,
                    format!(
                        "the health check of {} has a timeout of {} and an interval of {}",
                        self.path, self.timeout, self.interval
                    ),
                )
                .property("HealthCheckTimeoutSeconds")
                .actual(self.timeout.as_seconds().to_string())
                .expected(format!(
                    "less than the interval, {}",
                    self.interval.as_seconds()
                ))
                .help("shorten the timeout or lengthen the interval"),
            );
        }
    }

    pub(super) fn apply_to(self, props: CfnTargetGroupProps) -> CfnTargetGroupProps {
        let (protocol, matcher) = match self.protocol {
            CheckProtocol::Http => (
                HealthCheckProtocol::HTTP,
                Matcher::new().http_code(self.matcher),
            ),
            CheckProtocol::Https => (
                HealthCheckProtocol::HTTPS,
                Matcher::new().http_code(self.matcher),
            ),
            CheckProtocol::Grpc => (
                HealthCheckProtocol::HTTP,
                Matcher::new().grpc_code(self.matcher),
            ),
        };
        props
            .health_check_enabled(true)
            .health_check_protocol(protocol)
            .health_check_path(self.path)
            .health_check_port(
                self.port
                    .map_or_else(|| "traffic-port".to_owned(), |port| port.to_string()),
            )
            .health_check_interval_seconds(self.interval.to_seconds_i64())
            .health_check_timeout_seconds(self.timeout.to_seconds_i64())
            .healthy_threshold_count(self.healthy_threshold)
            .unhealthy_threshold_count(self.unhealthy_threshold)
            .matcher(matcher)
    }
}
