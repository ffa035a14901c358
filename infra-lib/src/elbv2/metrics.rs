//! Metrics of load balancers and target groups.
//!
//! Names and meaning:
//! [CloudWatch metrics of application load balancers](https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html).

use super::{ApplicationLoadBalancer, TargetGroup};
use crate::cloudwatch::{Metric, Statistic};

impl ApplicationLoadBalancer<'_> {
    /// Any metric of `AWS/ApplicationELB`, for this load balancer as a whole.
    pub fn metric(&self, name: &'static str, statistic: Statistic) -> Metric {
        Metric::new("AWS/ApplicationELB", name)
            .dimension("LoadBalancer", self.full_name())
            .statistic(statistic)
    }

    /// Requests that were answered, by whomever.
    pub fn metric_request_count(&self) -> Metric {
        self.metric("RequestCount", Statistic::Sum)
    }

    /// Answers 500 to 599 made by the load balancer itself: no healthy target, or a target that did not answer.
    pub fn metric_elb_5xx(&self) -> Metric {
        self.metric("HTTPCode_ELB_5XX_Count", Statistic::Sum)
    }

    /// Answers 500 to 599 made by targets.
    pub fn metric_target_5xx(&self) -> Metric {
        self.metric("HTTPCode_Target_5XX_Count", Statistic::Sum)
    }

    /// Seconds that targets take to answer; 95 of 100 requests are faster.
    pub fn metric_target_response_time(&self) -> Metric {
        self.metric("TargetResponseTime", Statistic::P95)
    }

    /// Connections refused because the load balancer had too many.
    pub fn metric_rejected_connections(&self) -> Metric {
        self.metric("RejectedConnectionCount", Statistic::Sum)
    }
}

impl<'app> TargetGroup<'app> {
    /// Any metric of `AWS/ApplicationELB`, for this group behind that load balancer.
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

    /// Targets that fail their health check.
    pub fn metric_unhealthy_hosts(&self, balancer: &ApplicationLoadBalancer<'app>) -> Metric {
        self.metric(balancer, "UnHealthyHostCount", Statistic::Maximum)
    }

    /// Targets that pass their health check.
    pub fn metric_healthy_hosts(&self, balancer: &ApplicationLoadBalancer<'app>) -> Metric {
        self.metric(balancer, "HealthyHostCount", Statistic::Minimum)
    }

    /// Requests for each target.
    pub fn metric_request_count_per_target(
        &self,
        balancer: &ApplicationLoadBalancer<'app>,
    ) -> Metric {
        self.metric(balancer, "RequestCountPerTarget", Statistic::Sum)
    }

    /// Answers 500 to 599 made by targets of this group.
    pub fn metric_target_5xx(&self, balancer: &ApplicationLoadBalancer<'app>) -> Metric {
        self.metric(balancer, "HTTPCode_Target_5XX_Count", Statistic::Sum)
    }

    /// Seconds that targets of this group take to answer; 95 of 100 requests are faster.
    pub fn metric_target_response_time(&self, balancer: &ApplicationLoadBalancer<'app>) -> Metric {
        self.metric(balancer, "TargetResponseTime", Statistic::P95)
    }
}
