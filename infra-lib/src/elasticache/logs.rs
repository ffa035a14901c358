//! Delivery of logs to CloudWatch Logs.

use infra_cfn::elasticache::replication_group::{
    CloudWatchLogsDestinationDetails, DestinationDetails, LogDeliveryConfigurationRequest,
    LogDeliveryConfigurationRequestDestinationType as DestinationType,
    LogDeliveryConfigurationRequestLogFormat as LogFormat,
    LogDeliveryConfigurationRequestLogType as LogType, LogDeliveryConfigurationRequestRequired,
};

use crate::logs::LogGroupRef;
use crate::{IntoValue, value};

/// Returns the configuration of the logs that have a log group.
pub(super) fn deliveries(
    slow: Option<LogGroupRef<'_>>,
    engine: Option<LogGroupRef<'_>>,
) -> Vec<LogDeliveryConfigurationRequest> {
    [(LogType::SLOW_LOG, slow), (LogType::ENGINE_LOG, engine)]
        .into_iter()
        .filter_map(|(kind, group)| {
            let details = CloudWatchLogsDestinationDetails::new(group?.name().cast::<String>());
            let details = DestinationDetails::new().cloud_watch_logs_details(details);
            Some(LogDeliveryConfigurationRequest::new(
                LogDeliveryConfigurationRequestRequired {
                    destination_details: details.into_value(),
                    destination_type: value(DestinationType::CLOUDWATCH_LOGS),
                    log_format: value(LogFormat::JSON),
                    log_type: value(kind),
                },
            ))
        })
        .collect()
}
