//! Amazon CloudWatch Logs: log groups that end.

mod log_group;
mod retention;

pub use log_group::{LogClass, LogGroup, LogGroupBuilder, LogGroupProps};
pub use retention::RetentionDays;
