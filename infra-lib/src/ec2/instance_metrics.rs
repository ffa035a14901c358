//! CloudWatch metrics of instances, with the feature `cloudwatch`.

#[cfg(feature = "cloudwatch")]
crate::cloudwatch::metrics! {
    const INSTANCE: "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/viewing_metrics_with_cloudwatch.html" for super::Instance<'_>, super::ImportedInstance<'_> => {
        /// Returns the share of the processors that is used, in percent.
        metric_cpu_utilization = "CPUUtilization", Average, Percent;
        /// Returns the number of CPU credits that a burstable instance has earned and not spent.
        metric_cpu_credit_balance = "CPUCreditBalance", Average, Count;
        /// Returns the number of CPU credits that a burstable instance spent.
        metric_cpu_credit_usage = "CPUCreditUsage", Sum, Count;
        /// Returns the number of bytes that the instance received.
        metric_network_in = "NetworkIn", Sum, Bytes;
        /// Returns the number of bytes that the instance sent.
        metric_network_out = "NetworkOut", Sum, Bytes;
        /// Returns the number of bytes read from EBS volumes, for Nitro instances.
        metric_ebs_read_bytes = "EBSReadBytes", Sum, Bytes;
        /// Returns the number of bytes written to EBS volumes, for Nitro instances.
        metric_ebs_write_bytes = "EBSWriteBytes", Sum, Bytes;
        /// Returns 1 if any status check failed in the last minute, otherwise 0.
        metric_status_check_failed = "StatusCheckFailed", Maximum, Count;
        /// Returns 1 if the check of the instance failed in the last minute, otherwise 0.
        metric_status_check_failed_instance = "StatusCheckFailed_Instance", Maximum, Count;
        /// Returns 1 if the check of the host failed in the last minute, otherwise 0.
        metric_status_check_failed_system = "StatusCheckFailed_System", Maximum, Count;
        /// Returns the number of requests of instance metadata without a session token (IMDSv1).
        metric_metadata_no_token = "MetadataNoToken", Sum, Count;
    }
}

#[cfg(feature = "cloudwatch")]
crate::cloudwatch::metrics! {
    /// Returns a metric of `AWS/EC2` for the instance.
    impl super::Instance<'_>: "AWS/EC2", [INSTANCE], |instance| ["InstanceId" = instance.instance_id()]
}

#[cfg(feature = "cloudwatch")]
crate::cloudwatch::metrics! {
    /// Returns a metric of `AWS/EC2` for the instance.
    impl super::ImportedInstance<'_>: "AWS/EC2", [INSTANCE], |instance| ["InstanceId" = instance.instance_id()]
}
