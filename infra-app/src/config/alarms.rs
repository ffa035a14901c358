//! Configures alarms: thresholds and the recipient of notifications.

use schemars::JsonSchema;
use serde::Deserialize;

use super::EmailAddress;

/// Thresholds of the CloudWatch alarms on service and database, and the recipient of their notifications.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AlarmConfig {
    /// E-mail address that is subscribed to the alarms and has to confirm the subscription. Default: none; alarms are visible on the dashboard only.
    pub email: Option<EmailAddress>,
    /// Threshold in milliseconds for the 95th percentile of the response time, above which an alarm is raised.
    #[schemars(range(min = 10, max = 60_000))]
    pub latency_p95_ms: u32,
    /// Number of 5xx responses in five minutes above which an alarm is raised, and a deployment in progress is rolled back.
    #[schemars(range(min = 1, max = 100_000))]
    pub server_errors: u32,
    /// Number of database connections above which an alarm is raised; a `db.t4g.micro` accepts about 80.
    #[schemars(range(min = 5, max = 10_000))]
    pub database_connections: u32,
}
