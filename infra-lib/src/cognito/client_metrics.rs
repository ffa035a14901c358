//! CloudWatch metrics of user pools and their clients.
//!
//! AWS documents their meaning: [metrics for user
//! pools](https://docs.aws.amazon.com/cognito/latest/developerguide/metrics-for-cognito-user-pools.html).

use super::{UserPool, UserPoolClient};
use crate::cloudwatch::{Metric, Statistic, metrics};
use crate::core::IntoValue;

const NAMESPACE: &str = "AWS/Cognito";

impl UserPool<'_> {
    /// Returns a metric of `AWS/Cognito` for one client of this pool: the ID of the client, or `Admin` for operations of
    /// administrators. Cognito publishes none for all clients together.
    pub fn metric(
        &self,
        name: &'static str,
        client_id: impl IntoValue<String>,
        statistic: Statistic,
    ) -> Metric {
        Metric::new(NAMESPACE, name)
            .statistic(statistic)
            .dimension("UserPool", self.user_pool_id())
            .dimension("UserPoolClient", client_id)
    }
}

metrics! {
    const CLIENT: "https://docs.aws.amazon.com/cognito/latest/developerguide/metrics-for-cognito-user-pools.html" for UserPoolClient<'_> => {
        /// Returns the number of sign-ups that succeeded. The average is their share, the sample count that of all requests.
        metric_sign_up_successes = "SignUpSuccesses", Sum, Count;
        /// Returns the number of sign-ups that were throttled.
        metric_sign_up_throttles = "SignUpThrottles", Sum, Count;
        /// Returns the number of sign-ins that succeeded. The average is their share, the sample count that of all requests.
        metric_sign_in_successes = "SignInSuccesses", Sum, Count;
        /// Returns the number of sign-ins that were throttled.
        metric_sign_in_throttles = "SignInThrottles", Sum, Count;
        /// Returns the number of refreshes of tokens that succeeded.
        metric_token_refresh_successes = "TokenRefreshSuccesses", Sum, Count;
        /// Returns the number of refreshes of tokens that were throttled.
        metric_token_refresh_throttles = "TokenRefreshThrottles", Sum, Count;
    }
}

metrics! {
    /// Returns a metric of `AWS/Cognito` for this client.
    impl UserPoolClient<'_>: "AWS/Cognito", [CLIENT], |client| ["UserPool" = client.user_pool_id(), "UserPoolClient" = client.client_id()]
}
