//! CloudWatch metrics of volumes, with the feature `cloudwatch`.

#[cfg(feature = "cloudwatch")]
crate::cloudwatch::metrics! {
    const VOLUME: "https://docs.aws.amazon.com/ebs/latest/userguide/using_cloudwatch_ebs.html" for super::Volume<'_>, super::ImportedVolume<'_> => {
        /// Returns the number of bytes that were read.
        metric_volume_read_bytes = "VolumeReadBytes", Sum, Bytes;
        /// Returns the number of bytes that were written.
        metric_volume_write_bytes = "VolumeWriteBytes", Sum, Bytes;
        /// Returns the number of read operations.
        metric_volume_read_ops = "VolumeReadOps", Sum, Count;
        /// Returns the number of write operations.
        metric_volume_write_ops = "VolumeWriteOps", Sum, Count;
        /// Returns the seconds that all read operations took together.
        metric_volume_total_read_time = "VolumeTotalReadTime", Sum, Seconds;
        /// Returns the seconds that all write operations took together.
        metric_volume_total_write_time = "VolumeTotalWriteTime", Sum, Seconds;
        /// Returns the seconds without any operation.
        metric_volume_idle_time = "VolumeIdleTime", Sum, Seconds;
        /// Returns the number of operations that wait.
        metric_volume_queue_length = "VolumeQueueLength", Average, Count;
        /// Returns the remaining burst credits of the types gp2, st1 and sc1, in percent.
        metric_burst_balance = "BurstBalance", Average, Percent;
        /// Returns 1 if operations were stalled in the last minute, otherwise 0, for Nitro instances.
        metric_volume_stalled_io_check = "VolumeStalledIOCheck", Maximum, None;
    }
}

#[cfg(feature = "cloudwatch")]
crate::cloudwatch::metrics! {
    /// Returns a metric of `AWS/EBS` for the volume.
    impl super::Volume<'_>: "AWS/EBS", [VOLUME], |volume| ["VolumeId" = volume.volume_id()]
}

#[cfg(feature = "cloudwatch")]
crate::cloudwatch::metrics! {
    /// Returns a metric of `AWS/EBS` for the volume.
    impl super::ImportedVolume<'_>: "AWS/EBS", [VOLUME], |volume| ["VolumeId" = volume.volume_id()]
}
