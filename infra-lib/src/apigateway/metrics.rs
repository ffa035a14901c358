//! CloudWatch metrics of REST APIs and their stages.
//!
//! AWS documents their meaning: [metrics of REST
//! APIs](https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-metrics-and-dimensions.html).

use super::{ImportedRestApi, RestApi, RestStage, SpecRestApi};
use crate::cfn::apigateway::CfnRestApi;
use crate::cloudwatch::metrics;
use crate::core::Value;

/// Returns the name of an API, by which CloudWatch stores its metrics.
fn name_of(api: CfnRestApi<'_>) -> Value<String> {
    Value::from_data(api.prop("Name").unwrap_or_else(|| "".into()))
}

macro_rules! of_api {
    ($($type:ty),+) => {$(
        impl $type {
            /// Returns the name of the API, which its metrics have.
            pub fn api_name(&self) -> Value<String> {
                name_of(self.cfn())
            }
        }
    )+};
}

of_api! { RestApi<'_>, SpecRestApi<'_> }

metrics! {
    const API: "https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-metrics-and-dimensions.html" for RestApi<'_>, SpecRestApi<'_>, ImportedRestApi, RestStage<'_> => {
        /// Returns the number of requests.
        metric_count = "Count", Sum, Count;
        /// Returns the number of responses with status 400 to 499.
        metric_4xx = "4XXError", Sum, Count;
        /// Returns the number of responses with status 500 to 599.
        metric_5xx = "5XXError", Sum, Count;
        /// Returns the 99th percentile of the time between a request and its response, in milliseconds.
        metric_latency = "Latency", P99, Milliseconds;
        /// Returns the 99th percentile of the time that backends take, in milliseconds.
        metric_integration_latency = "IntegrationLatency", P99, Milliseconds;
        /// Returns the number of requests that the cache of the stage answered.
        metric_cache_hit_count = "CacheHitCount", Sum, Count;
        /// Returns the number of requests that the cache of the stage could not answer.
        metric_cache_miss_count = "CacheMissCount", Sum, Count;
    }
}

metrics! {
    /// Returns a metric of `AWS/ApiGateway` over all stages of the API.
    impl RestApi<'_>: "AWS/ApiGateway", [API], |api| ["ApiName" = api.api_name()]
}

metrics! {
    /// Returns a metric of `AWS/ApiGateway` over all stages of the API.
    impl SpecRestApi<'_>: "AWS/ApiGateway", [API], |api| ["ApiName" = api.api_name()]
}

metrics! {
    /// Returns a metric of `AWS/ApiGateway` over all stages of the API.
    impl ImportedRestApi: "AWS/ApiGateway", [API], |api| ["ApiName" = api.api_name()]
}

metrics! {
    /// Returns a metric of `AWS/ApiGateway` for the stage.
    impl RestStage<'_>: "AWS/ApiGateway", [API], |stage| ["ApiName" = name_of(stage.api()), "Stage" = stage.stage_name()]
}
