//! Targets of health checks: endpoints, alarms and other checks.

use infra_cfn::route53::health_check::{
    AlarmIdentifier, AlarmIdentifierRegion, HealthCheckConfig, HealthCheckConfigType,
};

use super::health_check::{AsHealthCheck, HealthCheckRef, report_target};
use crate::cloudwatch::{AlarmRef, AsAlarm};
use crate::construct::With;
use crate::{Construct, IntoValue, Scope, Value, pseudo};

/// Target of a health check: an endpoint that Route 53 asks, an alarm, or other health checks.
#[derive(Clone, Debug)]
pub struct HealthCheckTarget<'app>(Target<'app>);

#[derive(Clone, Debug)]
enum Target<'app> {
    Endpoint(Endpoint),
    Checks {
        checks: Vec<HealthCheckRef<'app>>,
        healthy: usize,
    },
    Alarm(AlarmRef<'app>),
}

#[derive(Clone, Debug)]
struct Endpoint {
    protocol: Protocol,
    host: Option<Value<String>>,
    address: Option<Value<String>>,
    port: u16,
    path: Option<Value<String>>,
    search: Option<Value<String>>,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Protocol {
    Http,
    Https,
    Tcp,
}

impl<'app> HealthCheckTarget<'app> {
    /// Asks a host over HTTPS. Status 200 to 399 within 4 seconds is healthy; the certificate is not verified.
    pub fn https(host: impl IntoValue<String>) -> Self {
        Self::endpoint(Protocol::Https, Some(host.into_value()), 443)
    }

    /// Asks a host over HTTP. Status 200 to 399 within 4 seconds is healthy.
    pub fn http(host: impl IntoValue<String>) -> Self {
        Self::endpoint(Protocol::Http, Some(host.into_value()), 80)
    }

    /// Connects to a port of a host. A connection within 10 seconds is healthy.
    pub fn tcp(host: impl IntoValue<String>, port: u16) -> Self {
        Self::endpoint(Protocol::Tcp, Some(host.into_value()), port)
    }

    /// Is healthy while all checks are.
    pub fn all_of(checks: impl IntoIterator<Item = impl AsHealthCheck<'app>>) -> Self {
        let checks = collect(checks);
        Self(Target::Checks {
            healthy: checks.len(),
            checks,
        })
    }

    /// Is healthy while any of the checks is.
    pub fn any_of(checks: impl IntoIterator<Item = impl AsHealthCheck<'app>>) -> Self {
        Self::at_least(1, checks)
    }

    /// Is healthy while at least so many of the checks are.
    pub fn at_least(
        healthy: usize,
        checks: impl IntoIterator<Item = impl AsHealthCheck<'app>>,
    ) -> Self {
        Self(Target::Checks {
            healthy,
            checks: collect(checks),
        })
    }

    /// Follows an alarm on a metric: `OK` is healthy. Alarms on metric math and alarms with percentiles as threshold cannot
    /// be followed.
    pub fn alarm(alarm: &impl AsAlarm<'app>) -> Self {
        Self(Target::Alarm(alarm.as_alarm()))
    }

    /// Sets the address to connect to, in place of those that the host resolves to; the host is then sent in the request
    /// only. Has no effect on alarms and other checks.
    pub fn address(self, address: impl IntoValue<String>) -> Self {
        self.change(|endpoint| endpoint.address = Some(address.into_value()))
    }

    /// Sets the port. Default: 443 for HTTPS, 80 for HTTP. Has no effect on alarms and other checks.
    pub fn port(self, port: u16) -> Self {
        self.change(|endpoint| endpoint.port = port)
    }

    /// Sets the path to ask for, with a query if needed. Default: `/`. Reported for TCP (`INF4069`).
    pub fn path(self, path: impl IntoValue<String>) -> Self {
        self.change(|endpoint| endpoint.path = Some(path.into_value()))
    }

    /// Sets a text that the first 5,120 bytes of the response must have. Default: none. Reported for TCP (`INF4069`).
    pub fn search(self, text: impl IntoValue<String>) -> Self {
        self.change(|endpoint| endpoint.search = Some(text.into_value()))
    }

    fn endpoint(protocol: Protocol, host: Option<Value<String>>, port: u16) -> Self {
        Self(Target::Endpoint(Endpoint {
            protocol,
            host,
            address: None,
            port,
            path: None,
            search: None,
        }))
    }

    fn change(mut self, change: impl FnOnce(&mut Endpoint)) -> Self {
        if let Target::Endpoint(endpoint) = &mut self.0 {
            change(endpoint);
        }
        self
    }

    pub(super) const fn is_endpoint(&self) -> bool {
        matches!(self.0, Target::Endpoint(_))
    }

    pub(super) const fn is_alarm(&self) -> bool {
        matches!(self.0, Target::Alarm(_))
    }

    pub(super) const fn kind(&self) -> &'static str {
        match self.0 {
            Target::Endpoint(_) => "an endpoint",
            Target::Checks { .. } => "other health checks",
            Target::Alarm(_) => "an alarm",
        }
    }

    /// Reports a target that Route 53 rejects (`INF4069`).
    pub(super) fn check(&self, scope: Scope<'_>) {
        match &self.0 {
            Target::Endpoint(endpoint) => {
                let http = endpoint.protocol != Protocol::Tcp;
                if !http && (endpoint.path.is_some() || endpoint.search.is_some()) {
                    report_target(
                        scope,
                        "a health check over TCP has a path or a text to search for",
                        "ResourcePath",
                        "TCP",
                        "`HealthCheckTarget::https` or `HealthCheckTarget::http`",
                    );
                }
                let path = endpoint.path.as_ref().and_then(Value::as_literal);
                if let Some(path) = path.filter(|path| !path.starts_with('/')) {
                    report_target(
                        scope,
                        "the path of a health check does not begin with `/`",
                        "ResourcePath",
                        path,
                        "a path such as `/health`",
                    );
                }
            }
            Target::Checks { checks, healthy } => {
                if checks.is_empty() || *healthy > checks.len() {
                    report_target(
                        scope,
                        "the health check can never be healthy",
                        "HealthThreshold",
                        &format!("{healthy} of {} checks", checks.len()),
                        "at most as many healthy checks as there are checks",
                    );
                }
            }
            Target::Alarm(_) => {}
        }
    }

    pub(super) fn config(self) -> HealthCheckConfig {
        match self.0 {
            Target::Endpoint(endpoint) => endpoint.config(),
            Target::Checks { checks, healthy } => {
                let ids: Vec<_> = checks.iter().map(HealthCheckRef::health_check_id).collect();
                HealthCheckConfig::new(HealthCheckConfigType::CALCULATED)
                    .child_health_checks(ids)
                    .health_threshold(i64::try_from(healthy).unwrap_or(i64::MAX))
            }
            Target::Alarm(alarm) => {
                let region: Value<String> = match alarm
                    .scope()
                    .stack()
                    .and_then(|stack| stack.environment().region)
                {
                    Some(region) => crate::value(region),
                    None => pseudo::region(),
                };
                HealthCheckConfig::new(HealthCheckConfigType::CLOUDWATCH_METRIC).alarm_identifier(
                    AlarmIdentifier::new(alarm.name(), region.cast::<AlarmIdentifierRegion>()),
                )
            }
        }
    }
}

impl Endpoint {
    fn config(self) -> HealthCheckConfig {
        let kind = match (self.protocol, self.search.is_some()) {
            (Protocol::Https, false) => HealthCheckConfigType::HTTPS,
            (Protocol::Https, true) => HealthCheckConfigType::HTTPS_STR_MATCH,
            (Protocol::Http, false) => HealthCheckConfigType::HTTP,
            (Protocol::Http, true) => HealthCheckConfigType::HTTP_STR_MATCH,
            (Protocol::Tcp, _) => HealthCheckConfigType::TCP,
        };
        let https = self.protocol == Protocol::Https;
        HealthCheckConfig::new(kind)
            .port(i64::from(self.port))
            .with(https.then_some(true), HealthCheckConfig::enable_sni)
            .with(self.host, HealthCheckConfig::fully_qualified_domain_name)
            .with(self.address, HealthCheckConfig::ip_address)
            .with(self.path, HealthCheckConfig::resource_path)
            .with(self.search, HealthCheckConfig::search_string)
    }
}

fn collect<'app>(
    checks: impl IntoIterator<Item = impl AsHealthCheck<'app>>,
) -> Vec<HealthCheckRef<'app>> {
    checks
        .into_iter()
        .map(|check| check.as_health_check())
        .collect()
}
