//! Amazon CloudWatch Logs: log groups with limited retention. See [`LogGroup`] and [`RetentionDays`].

mod log_group;
mod retention;

pub use log_group::{LogClass, LogGroup, LogGroupBuilder, LogGroupProps};
pub use retention::RetentionDays;
