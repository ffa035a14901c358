//! When people are told.

use schemars::JsonSchema;
use serde::Deserialize;

use super::EmailAddress;

/// When people are told, and who.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AlarmConfig {
    /// Who gets mail. Default: nobody; alarms show on the dashboard.
    pub email: Option<EmailAddress>,
    /// How long 95 of 100 requests may take.
    #[schemars(range(min = 10, max = 60_000))]
    pub latency_p95_ms: u32,
    /// How many answers may be 5xx in five minutes.
    #[schemars(range(min = 1, max = 100_000))]
    pub server_errors: u32,
    /// How many connections the database may have; a `db.t4g.micro` takes about 80.
    #[schemars(range(min = 5, max = 10_000))]
    pub database_connections: u32,
}
