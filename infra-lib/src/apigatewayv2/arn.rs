//! ARNs of the requests to an API, and URIs of functions.

use crate::core::{Arn, Value, pseudo};
use crate::kind;
use crate::sub;

/// Returns the ARN of requests to an API in this region and account. `requests` is what follows the ID of the API:
/// stage, method and path.
pub(crate) fn execute_arn(api_id: Value<String>, requests: impl Into<String>) -> Value<String> {
    sub![
        "arn:",
        pseudo::partition(),
        ":execute-api:",
        pseudo::region(),
        ":",
        pseudo::account_id(),
        ":",
        api_id,
        "/",
        requests.into()
    ]
}

/// Returns the URI by which API Gateway invokes a function.
pub(crate) fn function_uri(function: Value<Arn<kind::lambda::Function>>) -> Value<String> {
    sub![
        "arn:",
        pseudo::partition(),
        ":apigateway:",
        pseudo::region(),
        ":lambda:path/2015-03-31/functions/",
        function,
        "/invocations"
    ]
}
