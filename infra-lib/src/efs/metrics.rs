//! CloudWatch metrics of file systems.

use super::{FileSystem, ImportedFileSystem};
use crate::cloudwatch::{Metric, MetricSource, Statistic, metrics};
use crate::{Id, IntoValue, kind};

metrics! {
    const FILE_SYSTEM: "https://docs.aws.amazon.com/efs/latest/ug/efs-metrics.html" for FileSystem<'_>, ImportedFileSystem<'_> => {
        /// Returns the credits for bursts of throughput, in bytes; only for bursting and provisioned throughput.
        metric_burst_credit_balance = "BurstCreditBalance", Average, Bytes;
        /// Returns the number of connections of clients.
        metric_client_connections = "ClientConnections", Sum, Count;
        /// Returns the average data of a read, in bytes.
        metric_data_read_bytes = "DataReadIOBytes", Average, Bytes;
        /// Returns the average data of a write, in bytes.
        metric_data_write_bytes = "DataWriteIOBytes", Average, Bytes;
        /// Returns the average data of an operation on metadata, in bytes.
        metric_metadata_bytes = "MetadataIOBytes", Average, Bytes;
        /// Returns the average data of a read of metadata, in bytes.
        metric_metadata_read_bytes = "MetadataReadIOBytes", Average, Bytes;
        /// Returns the average data of a write of metadata, in bytes.
        metric_metadata_write_bytes = "MetadataWriteIOBytes", Average, Bytes;
        /// Returns the average metered data of an operation, in bytes; reads count a third of writes.
        metric_metered_bytes = "MeteredIOBytes", Average, Bytes;
        /// Returns the average share of the limit of operations that is used, in percent.
        metric_percent_io_limit = "PercentIOLimit", Average, Percent;
        /// Returns the throughput that clients can drive at most, in bytes per second.
        metric_permitted_throughput = "PermittedThroughput", Average, BytesPerSecond;
        /// Returns the data of all operations, in bytes.
        metric_total_bytes = "TotalIOBytes", Sum, Bytes;
    }
}

/// Storage class of files, as dimension of [`FileSystem::metric_storage_bytes`].
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum StorageClass {
    /// All storage classes.
    Total,
    /// Standard, or One Zone.
    Standard,
    /// Infrequent Access.
    InfrequentAccess,
    /// Rest of the minimum size for which files in Infrequent Access are charged.
    InfrequentAccessSizeOverhead,
    /// Archive.
    Archive,
    /// Rest of the minimum size for which files in Archive are charged.
    ArchiveSizeOverhead,
}

impl StorageClass {
    const fn dimension(self) -> &'static str {
        match self {
            Self::Total => "Total",
            Self::Standard => "Standard",
            Self::InfrequentAccess => "IA",
            Self::InfrequentAccessSizeOverhead => "IASizeOverhead",
            Self::Archive => "Archive",
            Self::ArchiveSizeOverhead => "ArchiveSizeOverhead",
        }
    }
}

macro_rules! sources {
    ($($type:ident),+) => {$(
        impl $type<'_> {
            /// Returns the size of the files in a storage class, in bytes. EFS measures it every 15 minutes.
            pub fn metric_storage_bytes(&self, class: StorageClass) -> Metric {
                self.metric_with("StorageBytes", Statistic::Average)
                    .dimension("StorageClass", class.dimension())
            }

            /// Returns the time since the last complete synchronization with the destination of a replication, in seconds.
            pub fn metric_time_since_last_sync(
                &self,
                destination: impl IntoValue<Id<kind::efs::FileSystem>>,
            ) -> Metric {
                self.metric_with("TimeSinceLastSync", Statistic::Maximum)
                    .dimension("DestinationFileSystemId", destination.into_value().cast::<String>())
            }
        }

        metrics! {
            /// Returns a metric that EFS records about the file system, with the given statistic.
            impl $type<'_>: "AWS/EFS", [FILE_SYSTEM], |file_system| [
                "FileSystemId" = file_system.file_system_id()
            ]
        }
    )+};
}

sources! { FileSystem, ImportedFileSystem }
