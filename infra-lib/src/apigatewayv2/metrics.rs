//! CloudWatch metrics of APIs and stages.
//!
//! AWS documents their meaning: [metrics of HTTP
//! APIs](https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-metrics.html) and [of WebSocket
//! APIs](https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-logging.html).

use super::{
    HttpApi, HttpStage, ImportedHttpApi, ImportedWebSocketApi, WebSocketApi, WebSocketStage,
};
use crate::cloudwatch::{Metric, Statistic, metric_methods};

const NAMESPACE: &str = "AWS/ApiGateway";

macro_rules! of_api {
    ($($type:ty),+) => {$(
        impl $type {
            /// Returns a metric of `AWS/ApiGateway` over all stages of the API.
            pub fn metric(&self, name: &'static str, statistic: Statistic) -> Metric {
                Metric::new(NAMESPACE, name)
                    .dimension("ApiId", self.id())
                    .statistic(statistic)
            }
        }
    )+};
}

macro_rules! of_stage {
    ($($type:ty),+) => {$(
        impl $type {
            /// Returns a metric of `AWS/ApiGateway` for the stage.
            pub fn metric(&self, name: &'static str, statistic: Statistic) -> Metric {
                Metric::new(NAMESPACE, name)
                    .dimension("ApiId", self.api().ref_())
                    .dimension("Stage", self.stage_name())
                    .statistic(statistic)
            }
        }
    )+};
}

of_api! { HttpApi<'_>, ImportedHttpApi, WebSocketApi<'_>, ImportedWebSocketApi }
of_stage! { HttpStage<'_>, WebSocketStage<'_> }

metric_methods! { HttpApi<'_>, HttpStage<'_>, ImportedHttpApi => {
    /// Returns the number of requests.
    metric_count = "Count", Sum;
    /// Returns the number of responses with status 400 to 499.
    metric_4xx = "4xx", Sum;
    /// Returns the number of responses with status 500 to 599.
    metric_5xx = "5xx", Sum;
    /// Returns the 99th percentile of the time between a request and its response, in milliseconds.
    metric_latency = "Latency", P99;
    /// Returns the 99th percentile of the time that backends take, in milliseconds.
    metric_integration_latency = "IntegrationLatency", P99;
    /// Returns the amount of data that was processed, in bytes.
    metric_data_processed = "DataProcessed", Sum;
} }

metric_methods! { WebSocketApi<'_>, WebSocketStage<'_>, ImportedWebSocketApi => {
    /// Returns the number of connections that clients opened.
    metric_connect_count = "ConnectCount", Sum;
    /// Returns the number of messages to and from clients.
    metric_message_count = "MessageCount", Sum;
    /// Returns the number of responses of backends with status 400 to 599.
    metric_integration_error = "IntegrationError", Sum;
    /// Returns the number of responses with status 400 to 499 before a backend was called.
    metric_client_error = "ClientError", Sum;
    /// Returns the number of errors in calls of backends.
    metric_execution_error = "ExecutionError", Sum;
    /// Returns the 99th percentile of the time that backends take, in milliseconds.
    metric_integration_latency = "IntegrationLatency", P99;
} }
