//! CloudWatch metrics of load balancers and target groups.
//!
//! AWS documents their meaning: [CloudWatch metrics of application load
//! balancers](https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html).

use super::{
    ApplicationLoadBalancer, ApplicationLoadBalancerRef, AsApplicationLoadBalancer, AsTargetGroup,
    ImportedApplicationLoadBalancer, ImportedTargetGroup, TargetGroup, TargetGroupRef,
};
use crate::cloudwatch::{Metric, MetricSource, Statistic, metrics};

metrics! {
    const LOAD_BALANCER: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html" for ApplicationLoadBalancer<'_>, ImportedApplicationLoadBalancer<'_>, ApplicationLoadBalancerRef<'_> => {
        /// Returns the number of requests that were answered, by targets or by the load balancer.
        metric_request_count = "RequestCount", Sum, Count;
        /// Returns the number of redirects that the load balancer answered.
        metric_elb_3xx = "HTTPCode_ELB_3XX_Count", Sum, Count;
        /// Returns the number of responses with status 400 to 499 from the load balancer, to malformed or incomplete requests.
        metric_elb_4xx = "HTTPCode_ELB_4XX_Count", Sum, Count;
        /// Returns the number of responses with status 500 to 599 from the load balancer: no healthy target, or no response of one.
        metric_elb_5xx = "HTTPCode_ELB_5XX_Count", Sum, Count;
        /// Returns the number of responses with status 500 from the load balancer.
        metric_elb_500 = "HTTPCode_ELB_500_Count", Sum, Count;
        /// Returns the number of responses with status 502 from the load balancer: a target closed the connection or its response is malformed.
        metric_elb_502 = "HTTPCode_ELB_502_Count", Sum, Count;
        /// Returns the number of responses with status 503 from the load balancer: a target group has no targets.
        metric_elb_503 = "HTTPCode_ELB_503_Count", Sum, Count;
        /// Returns the number of responses with status 504 from the load balancer: a target did not answer in time.
        metric_elb_504 = "HTTPCode_ELB_504_Count", Sum, Count;
        /// Returns the number of fixed responses that were sent.
        metric_fixed_responses = "HTTP_Fixed_Response_Count", Sum, Count;
        /// Returns the number of redirects that were sent.
        metric_redirects = "HTTP_Redirect_Count", Sum, Count;
        /// Returns the number of redirects that failed, because the address exceeds 8 KiB.
        metric_redirect_url_limit_exceeded = "HTTP_Redirect_Url_Limit_Exceeded_Count", Sum, Count;
        /// Returns the number of connections from clients and to targets.
        metric_active_connections = "ActiveConnectionCount", Sum, Count;
        /// Returns the number of connections from clients and to targets that were opened.
        metric_new_connections = "NewConnectionCount", Sum, Count;
        /// Returns the number of connections that were rejected because the load balancer had reached its maximum.
        metric_rejected_connections = "RejectedConnectionCount", Sum, Count;
        /// Returns the number of connections of clients whose TLS could not be negotiated.
        metric_client_tls_negotiation_errors = "ClientTLSNegotiationErrorCount", Sum, Count;
        /// Returns the number of capacity units (LCU) for which the load balancer is charged.
        metric_consumed_lcus = "ConsumedLCUs", Average, Count;
        /// Returns the highest number of capacity units (LCU) that the load balancer used.
        metric_peak_lcus = "PeakLCUs", Maximum, Count;
        /// Returns the amount of data from and to clients, in bytes.
        metric_processed_bytes = "ProcessedBytes", Sum, Bytes;
        /// Returns the amount of data over IPv6, in bytes.
        metric_ipv6_processed_bytes = "IPv6ProcessedBytes", Sum, Bytes;
        /// Returns the number of requests over IPv6.
        metric_ipv6_request_count = "IPv6RequestCount", Sum, Count;
        /// Returns the number of gRPC requests over IPv4 and IPv6.
        metric_grpc_request_count = "GrpcRequestCount", Sum, Count;
        /// Returns the number of rules that were evaluated, without the first ten of each request.
        metric_rule_evaluations = "RuleEvaluations", Sum, Count;
        /// Returns the number of packets that were dropped because their source is known as malicious.
        metric_low_reputation_packets_dropped = "LowReputationPacketsDropped", Sum, Count;
        /// Returns the number of requests that were refused because their source is known as malicious.
        metric_low_reputation_requests_denied = "LowReputationRequestsDenied", Sum, Count;
        /// Returns the number of requests of which invalid headers were removed.
        metric_dropped_invalid_headers = "DroppedInvalidHeaderRequestCount", Sum, Count;
        /// Returns the number of requests that were forwarded with invalid headers.
        metric_forwarded_invalid_headers = "ForwardedInvalidHeaderRequestCount", Sum, Count;
        /// Returns the number of requests that do not comply with RFC 7230.
        metric_non_compliant_requests = "DesyncMitigationMode_NonCompliant_Request_Count", Sum, Count;
        /// Returns the number of authentications that failed by a wrong configuration or an internal error.
        metric_auth_errors = "ELBAuthError", Sum, Count;
        /// Returns the number of authentications that failed because the identity provider denied access.
        metric_auth_failures = "ELBAuthFailure", Sum, Count;
        /// Returns the average time of requests to the identity provider, in milliseconds.
        metric_auth_latency = "ELBAuthLatency", Average, Milliseconds;
        /// Returns the number of tokens that were refreshed.
        metric_auth_refresh_token_successes = "ELBAuthRefreshTokenSuccess", Sum, Count;
        /// Returns the number of authentications that succeeded.
        metric_auth_successes = "ELBAuthSuccess", Sum, Count;
        /// Returns the number of users whose claims exceed 11 KiB.
        metric_auth_user_claims_size_exceeded = "ELBAuthUserClaimsSizeExceeded", Sum, Count;
    }
}

metrics! {
    const TARGETS: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html" for ApplicationLoadBalancer<'_>, ImportedApplicationLoadBalancer<'_>, ApplicationLoadBalancerRef<'_> => {
        /// Returns the number of responses with status 200 to 299 from targets.
        metric_target_2xx = "HTTPCode_Target_2XX_Count", Sum, Count;
        /// Returns the number of responses with status 300 to 399 from targets.
        metric_target_3xx = "HTTPCode_Target_3XX_Count", Sum, Count;
        /// Returns the number of responses with status 400 to 499 from targets.
        metric_target_4xx = "HTTPCode_Target_4XX_Count", Sum, Count;
        /// Returns the number of responses with status 500 to 599 from targets.
        metric_target_5xx = "HTTPCode_Target_5XX_Count", Sum, Count;
        /// Returns the 95th percentile of the response time of targets, in seconds.
        metric_target_response_time = "TargetResponseTime", P95, Seconds;
        /// Returns the number of connections to targets that failed.
        metric_target_connection_errors = "TargetConnectionErrorCount", Sum, Count;
        /// Returns the number of connections to targets whose TLS could not be negotiated.
        metric_target_tls_negotiation_errors = "TargetTLSNegotiationErrorCount", Sum, Count;
    }
}

metrics! {
    /// Returns a metric of `AWS/ApplicationELB` for the whole load balancer.
    impl ApplicationLoadBalancer<'_>: "AWS/ApplicationELB", [LOAD_BALANCER, TARGETS], |balancer| ["LoadBalancer" = balancer.full_name()]
}

metrics! {
    /// Returns a metric of `AWS/ApplicationELB` for the whole load balancer.
    impl ImportedApplicationLoadBalancer<'_>: "AWS/ApplicationELB", [LOAD_BALANCER, TARGETS], |balancer| ["LoadBalancer" = balancer.full_name()]
}

metrics! {
    /// Returns a metric of `AWS/ApplicationELB` for the whole load balancer.
    impl ApplicationLoadBalancerRef<'_>: "AWS/ApplicationELB", [LOAD_BALANCER, TARGETS], |balancer| ["LoadBalancer" = balancer.full_name()]
}

/// Adds the metrics of target groups, which CloudWatch stores for each load balancer that forwards to the group.
macro_rules! group_metrics {
    ($($type:ident),+ => $list:tt) => {
        $(group_metrics! { @one $type $list })+
    };
    (@one $type:ident { $($(#[doc = $doc:literal])+ $method:ident = $name:literal, $statistic:ident;)+ }) => {
        impl<'app> $type<'app> {
            /// Returns a metric of `AWS/ApplicationELB` for this group and one of its load balancers.
            pub fn metric(
                &self,
                balancer: &impl AsApplicationLoadBalancer<'app>,
                name: &'static str,
                statistic: Statistic,
            ) -> Metric {
                balancer
                    .as_application_load_balancer()
                    .metric_with(name, statistic)
                    .dimension("TargetGroup", self.as_target_group().full_name())
            }

            $(
                $(#[doc = $doc])+
                pub fn $method(&self, balancer: &impl AsApplicationLoadBalancer<'app>) -> Metric {
                    self.metric(balancer, $name, Statistic::$statistic)
                }
            )+
        }
    };
}

group_metrics! { TargetGroup, ImportedTargetGroup, TargetGroupRef => {
    /// Returns the number of targets that fail their health check.
    metric_unhealthy_hosts = "UnHealthyHostCount", Maximum;
    /// Returns the number of targets that pass their health check.
    metric_healthy_hosts = "HealthyHostCount", Minimum;
    /// Returns the number of requests per target.
    metric_request_count_per_target = "RequestCountPerTarget", Sum;
    /// Returns the number of requests to the group.
    metric_request_count = "RequestCount", Sum;
    /// Returns the number of targets with anomalies, by the routing algorithm for weighted targets.
    metric_anomalous_hosts = "AnomalousHostCount", Maximum;
    /// Returns the number of targets that receive less traffic because of anomalies.
    metric_mitigated_hosts = "MitigatedHostCount", Maximum;
    /// Returns the number of responses with status 200 to 299 from targets.
    metric_target_2xx = "HTTPCode_Target_2XX_Count", Sum;
    /// Returns the number of responses with status 300 to 399 from targets.
    metric_target_3xx = "HTTPCode_Target_3XX_Count", Sum;
    /// Returns the number of responses with status 400 to 499 from targets.
    metric_target_4xx = "HTTPCode_Target_4XX_Count", Sum;
    /// Returns the number of responses with status 500 to 599 from targets.
    metric_target_5xx = "HTTPCode_Target_5XX_Count", Sum;
    /// Returns the 95th percentile of the response time of targets, in seconds.
    metric_target_response_time = "TargetResponseTime", P95;
    /// Returns the number of connections to targets that failed.
    metric_target_connection_errors = "TargetConnectionErrorCount", Sum;
    /// Returns the number of connections to targets whose TLS could not be negotiated.
    metric_target_tls_negotiation_errors = "TargetTLSNegotiationErrorCount", Sum;
} }
