//! CloudWatch metrics of Auto Scaling groups, and those of EC2 over their instances.

use super::{AutoScalingGroup, ImportedAutoScalingGroup};
use crate::cloudwatch::{Metric, Statistic, metrics};

metrics! {
    const GROUP: "https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-metrics.html" for AutoScalingGroup<'_>, ImportedAutoScalingGroup<'_> => {
        /// Returns the minimum capacity of the group.
        metric_group_min_size = "GroupMinSize", Average, Count;
        /// Returns the maximum capacity of the group.
        metric_group_max_size = "GroupMaxSize", Average, Count;
        /// Returns the number of instances that the group tries to have.
        metric_group_desired_capacity = "GroupDesiredCapacity", Average, Count;
        /// Returns the number of running instances.
        metric_group_in_service_instances = "GroupInServiceInstances", Average, Count;
        /// Returns the number of instances that are not in service yet.
        metric_group_pending_instances = "GroupPendingInstances", Average, Count;
        /// Returns the number of running instances that are set aside.
        metric_group_standby_instances = "GroupStandbyInstances", Average, Count;
        /// Returns the number of instances that are being terminated.
        metric_group_terminating_instances = "GroupTerminatingInstances", Average, Count;
        /// Returns the number of all instances.
        metric_group_total_instances = "GroupTotalInstances", Average, Count;
        /// Returns the number of instances that the warm pool tries to have.
        metric_warm_pool_desired_capacity = "WarmPoolDesiredCapacity", Average, Count;
        /// Returns the number of instances in the warm pool that are ready.
        metric_warm_pool_warmed_capacity = "WarmPoolWarmedCapacity", Average, Count;
        /// Returns the number of instances that the group and its warm pool have together.
        metric_group_and_warm_pool_total_capacity = "GroupAndWarmPoolTotalCapacity", Average, Count;
        /// Returns the load that predictive scaling forecasts.
        metric_predictive_scaling_load_forecast = "PredictiveScalingLoadForecast", Average, None;
        /// Returns the capacity that predictive scaling forecasts.
        metric_predictive_scaling_capacity_forecast = "PredictiveScalingCapacityForecast", Average, Count;
    }
}

metrics! {
    /// Returns a metric of `AWS/AutoScaling` for the group.
    impl AutoScalingGroup<'_>: "AWS/AutoScaling", [GROUP], |group| ["AutoScalingGroupName" = group.auto_scaling_group_name()]
}

metrics! {
    /// Returns a metric of `AWS/AutoScaling` for the group.
    impl ImportedAutoScalingGroup<'_>: "AWS/AutoScaling", [GROUP], |group| ["AutoScalingGroupName" = group.auto_scaling_group_name()]
}

/// Adds the metrics of EC2, which CloudWatch stores for the instances of a group together.
macro_rules! instance_metrics {
    ($($type:ident),+ => $list:tt) => {
        $(instance_metrics! { @one $type $list })+
    };
    (@one $type:ident { $($(#[doc = $doc:literal])+ $method:ident = $name:literal, $statistic:ident;)+ }) => {
        impl $type<'_> {
            /// Returns a metric of `AWS/EC2` over the instances of the group. See [CloudWatch metrics for
            /// instances](https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/viewing_metrics_with_cloudwatch.html).
            pub fn metric_of_instances(&self, name: &'static str, statistic: Statistic) -> Metric {
                Metric::new("AWS/EC2", name)
                    .dimension("AutoScalingGroupName", self.auto_scaling_group_name())
                    .statistic(statistic)
            }

            $(
                $(#[doc = $doc])+
                pub fn $method(&self) -> Metric {
                    self.metric_of_instances($name, Statistic::$statistic)
                }
            )+
        }
    };
}

instance_metrics! { AutoScalingGroup, ImportedAutoScalingGroup => {
    /// Returns the share of the processors that is used, in percent.
    metric_cpu_utilization = "CPUUtilization", Average;
    /// Returns the number of CPU credits that burstable instances have earned and not spent.
    metric_cpu_credit_balance = "CPUCreditBalance", Average;
    /// Returns the number of bytes that the instances received.
    metric_network_in = "NetworkIn", Sum;
    /// Returns the number of bytes that the instances sent.
    metric_network_out = "NetworkOut", Sum;
    /// Returns the number of bytes read from EBS volumes, for Nitro instances.
    metric_ebs_read_bytes = "EBSReadBytes", Sum;
    /// Returns the number of bytes written to EBS volumes, for Nitro instances.
    metric_ebs_write_bytes = "EBSWriteBytes", Sum;
    /// Returns 1 if any status check of an instance failed in the last minute, otherwise 0.
    metric_status_check_failed = "StatusCheckFailed", Maximum;
} }
