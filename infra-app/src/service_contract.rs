//! What the infrastructure knows about the service it runs: the one place where the two meet.
//!
//! The service's own tests hold it to the same facts.

/// The program in the image.
pub const BINARY: &str = "/notes";

/// Its arguments when it serves requests.
pub const SERVE: &[&str] = &["serve"];

/// Its arguments when it brings the database schema up to date.
pub const MIGRATE: &[&str] = &["migrate", "up"];

/// Its arguments when it asks itself whether it is alive: the image has no shell and no `curl`.
pub const HEALTH_CHECK: &[&str] = &["healthcheck"];

/// The port it listens on.
pub const PORT: u16 = 8080;

/// Answers 200 as long as the process works, whatever the database does.
pub const LIVENESS_PATH: &str = "/healthz";

/// Answers 200 when requests can be served: database reachable, schema current, not shutting down.
pub const READINESS_PATH: &str = "/readyz";

/// Where its API is; every other path belongs to the site.
pub const API_PATH: &str = "/api/*";

/// User and group of its processes.
pub const USER: u32 = 65_532;

/// After `SIGTERM` it answers for so long while the load balancer takes it out, then finishes what it is doing.
pub const STOP_TIMEOUT_SECS: u64 = 60;

/// The database it creates its tables in.
pub const DATABASE_NAME: &str = "notes";

/// Names of environment variables.
pub mod variables {
    /// The port to listen on.
    pub const PORT: &str = "PORT";
    /// Which log lines are written.
    pub const LOG_LEVEL: &str = "LOG_LEVEL";
    /// The database's host name.
    pub const DB_HOST: &str = "DB_HOST";
    /// The database's port.
    pub const DB_PORT: &str = "DB_PORT";
    /// The database.
    pub const DB_NAME: &str = "DB_NAME";
    /// The database's user; a secret.
    pub const DB_USERNAME: &str = "DB_USERNAME";
    /// The password of that user; a secret.
    pub const DB_PASSWORD: &str = "DB_PASSWORD";
}
