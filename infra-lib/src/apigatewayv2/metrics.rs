//! CloudWatch metrics of APIs and stages.
//!
//! AWS documents their meaning: [metrics of HTTP
//! APIs](https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-metrics.html) and [of WebSocket
//! APIs](https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-logging.html).

use super::{
    HttpApi, HttpStage, ImportedHttpApi, ImportedWebSocketApi, WebSocketApi, WebSocketStage,
};
use crate::cloudwatch::metrics;

metrics! {
    const HTTP: "https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-metrics.html" for HttpApi<'_>, HttpStage<'_>, ImportedHttpApi => {
        /// Returns the number of requests.
        metric_count = "Count", Sum, Count;
        /// Returns the number of responses with status 400 to 499.
        metric_4xx = "4xx", Sum, Count;
        /// Returns the number of responses with status 500 to 599.
        metric_5xx = "5xx", Sum, Count;
        /// Returns the 99th percentile of the time between a request and its response, in milliseconds.
        metric_latency = "Latency", P99, Milliseconds;
        /// Returns the 99th percentile of the time that backends take, in milliseconds.
        metric_integration_latency = "IntegrationLatency", P99, Milliseconds;
        /// Returns the amount of data that was processed, in bytes.
        metric_data_processed = "DataProcessed", Sum, Bytes;
    }
}

metrics! {
    const WEB_SOCKET: "https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-logging.html" for WebSocketApi<'_>, WebSocketStage<'_>, ImportedWebSocketApi => {
        /// Returns the number of connections that clients opened.
        metric_connect_count = "ConnectCount", Sum, Count;
        /// Returns the number of messages to and from clients.
        metric_message_count = "MessageCount", Sum, Count;
        /// Returns the number of responses of backends with status 400 to 599.
        metric_integration_error = "IntegrationError", Sum, Count;
        /// Returns the number of responses with status 400 to 499 before a backend was called.
        metric_client_error = "ClientError", Sum, Count;
        /// Returns the number of errors in calls of backends.
        metric_execution_error = "ExecutionError", Sum, Count;
        /// Returns the 99th percentile of the time that backends take, in milliseconds.
        metric_integration_latency = "IntegrationLatency", P99, Milliseconds;
    }
}

metrics! {
    /// Returns a metric of `AWS/ApiGateway` over all stages of the API.
    impl HttpApi<'_>: "AWS/ApiGateway", [HTTP], |api| ["ApiId" = api.id()]
}

metrics! {
    /// Returns a metric of `AWS/ApiGateway` for the stage.
    impl HttpStage<'_>: "AWS/ApiGateway", [HTTP], |stage| ["ApiId" = stage.api().ref_(), "Stage" = stage.stage_name()]
}

metrics! {
    /// Returns a metric of `AWS/ApiGateway` over all stages of the API.
    impl ImportedHttpApi: "AWS/ApiGateway", [HTTP], |api| ["ApiId" = api.id()]
}

metrics! {
    /// Returns a metric of `AWS/ApiGateway` over all stages of the API.
    impl WebSocketApi<'_>: "AWS/ApiGateway", [WEB_SOCKET], |api| ["ApiId" = api.id()]
}

metrics! {
    /// Returns a metric of `AWS/ApiGateway` for the stage.
    impl WebSocketStage<'_>: "AWS/ApiGateway", [WEB_SOCKET], |stage| ["ApiId" = stage.api().ref_(), "Stage" = stage.stage_name()]
}

metrics! {
    /// Returns a metric of `AWS/ApiGateway` over all stages of the API.
    impl ImportedWebSocketApi: "AWS/ApiGateway", [WEB_SOCKET], |api| ["ApiId" = api.id()]
}
