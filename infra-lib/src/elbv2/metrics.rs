//! CloudWatch metrics of load balancers and target groups.
//!
//! AWS documents their meaning: [CloudWatch metrics of application load
//! balancers](https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html).

use super::{ApplicationLoadBalancer, TargetGroup};
use crate::cloudwatch::{Metric, Statistic};

impl ApplicationLoadBalancer<'_> {
    /// Returns a metric of `AWS/ApplicationELB` for the whole load balancer.
    pub fn metric(&self, name: &'static str, statistic: Statistic) -> Metric {
        Metric::new("AWS/ApplicationELB", name)
            .dimension("LoadBalancer", self.full_name())
            .statistic(statistic)
    }

    /// Returns the number of requests that were answered, by targets or by the load balancer.
    pub fn metric_request_count(&self) -> Metric {
        self.metric("RequestCount", Statistic::Sum)
    }

    /// Returns the number of responses with status 500 to 599 from the load balancer: no healthy target, or no
    /// response from a target.
    pub fn metric_elb_5xx(&self) -> Metric {
        self.metric("HTTPCode_ELB_5XX_Count", Statistic::Sum)
    }

    /// Returns the number of responses with status 500 to 599 from targets.
    pub fn metric_target_5xx(&self) -> Metric {
        self.metric("HTTPCode_Target_5XX_Count", Statistic::Sum)
    }

    /// Returns the 95th percentile of the response time of targets, in seconds.
    pub fn metric_target_response_time(&self) -> Metric {
        self.metric("TargetResponseTime", Statistic::P95)
    }

    /// Returns the number of connections that were rejected because the load balancer had reached its maximum.
    pub fn metric_rejected_connections(&self) -> Metric {
        self.metric("RejectedConnectionCount", Statistic::Sum)
    }
}

impl<'app> TargetGroup<'app> {
    /// Returns a metric of `AWS/ApplicationELB` for this group and one of its load balancers.
    pub fn metric(
        &self,
        balancer: &ApplicationLoadBalancer<'app>,
        name: &'static str,
        statistic: Statistic,
    ) -> Metric {
        balancer
            .metric(name, statistic)
            .dimension("TargetGroup", self.full_name())
    }

    /// Returns the number of targets that fail their health check.
    pub fn metric_unhealthy_hosts(&self, balancer: &ApplicationLoadBalancer<'app>) -> Metric {
        self.metric(balancer, "UnHealthyHostCount", Statistic::Maximum)
    }

    /// Returns the number of targets that pass their health check.
    pub fn metric_healthy_hosts(&self, balancer: &ApplicationLoadBalancer<'app>) -> Metric {
        self.metric(balancer, "HealthyHostCount", Statistic::Minimum)
    }

    /// Returns the number of requests per target.
    pub fn metric_request_count_per_target(
        &self,
        balancer: &ApplicationLoadBalancer<'app>,
    ) -> Metric {
        self.metric(balancer, "RequestCountPerTarget", Statistic::Sum)
    }

    /// Returns the number of responses with status 500 to 599 from targets of this group.
    pub fn metric_target_5xx(&self, balancer: &ApplicationLoadBalancer<'app>) -> Metric {
        self.metric(balancer, "HTTPCode_Target_5XX_Count", Statistic::Sum)
    }

    /// Returns the 95th percentile of the response time of targets in this group, in seconds.
    pub fn metric_target_response_time(&self, balancer: &ApplicationLoadBalancer<'app>) -> Metric {
        self.metric(balancer, "TargetResponseTime", Statistic::P95)
    }
}
