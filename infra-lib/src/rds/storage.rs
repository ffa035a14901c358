//! Storage of a database: initial size, maximum size and performance.

use crate::{Diagnostic, Scope, Size, codes};

/// Storage of a database on gp3 volumes.
///
/// ```
/// use infra_lib::{Size, rds::Storage};
///
/// let storage = Storage::gp3(Size::gib(20)).autoscale_to(Size::gib(100));
/// ```
///
/// See [gp3 storage](https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Storage.html#gp3-storage).
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct Storage {
    pub(super) allocated: Size,
    pub(super) autoscale_to: Option<Size>,
    pub(super) iops: Option<u32>,
    pub(super) throughput_mibps: Option<u32>,
}

/// Size from which RDS for PostgreSQL can provide more IOPS and throughput than the baseline of gp3.
const PROVISIONABLE_FROM: Size = Size::gib(400);

impl Storage {
    /// Creates storage with an initial size from 20 GiB to 64 TiB, in whole GiB (`INF4402` otherwise). It can grow
    /// later, but never shrink.
    pub const fn gp3(allocated: Size) -> Self {
        Self {
            allocated,
            autoscale_to: None,
            iops: None,
            throughput_mibps: None,
        }
    }

    /// Allows RDS to add storage when it runs out, up to `most`, which is at least 10 % more than the initial size.
    /// Default: storage does not grow automatically, as in CloudFormation.
    pub const fn autoscale_to(mut self, most: Size) -> Self {
        self.autoscale_to = Some(most);
        self
    }

    /// Sets the I/O operations per second, 12,000 to 64,000; only for 400 GiB and more. Default: 3,000, or 12,000
    /// from 400 GiB on.
    pub const fn iops(mut self, iops: u32) -> Self {
        self.iops = Some(iops);
        self
    }

    /// Sets the throughput in MiB per second, 500 to 4,000; only for 400 GiB and more. Default: 125, or 500 from 400
    /// GiB on.
    pub const fn throughput_mibps(mut self, mibps: u32) -> Self {
        self.throughput_mibps = Some(mibps);
        self
    }

    pub(super) fn check_storage(&self, scope: Scope<'_>) {
        let out_of_range = |property: &str, actual: String, expected: &str| {
            scope.report(
                Diagnostic::new(codes::DATABASE_STORAGE, "RDS rejects the storage settings of the database")
                    .property(property)
                    .actual(actual)
                    .expected(expected)
                    .url("https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Storage.html#gp3-storage"),
            );
        };
        let acceptable = |size: Size| {
            size.as_gib()
                .is_some_and(|gib| (20..=65_536).contains(&gib))
        };
        for (property, size) in [
            ("AllocatedStorage", Some(self.allocated)),
            ("MaxAllocatedStorage", self.autoscale_to),
        ] {
            if let Some(size) = size.filter(|size| !acceptable(*size)) {
                out_of_range(property, size.to_string(), "20 GiB to 64 TiB, in whole GiB");
            }
        }
        if let Some(most) = self
            .autoscale_to
            .filter(|most| most.as_mib() * 10 < self.allocated.as_mib() * 11)
        {
            let least = Size::gib((self.allocated.as_mib() * 11).div_ceil(10 * 1_024));
            scope.report(
                Diagnostic::new(
                    codes::STORAGE_CANNOT_GROW,
                    format!(
                        "the database has {} initially and can grow to {most}",
                        self.allocated
                    ),
                )
                .property("MaxAllocatedStorage")
                .actual(most.to_string())
                .expected(format!(
                    "at least 10 % more than the initial storage: {least} or more"
                ))
                .help(format!(
                    "`.autoscale_to(Size::gib({}))`, or omit it",
                    least.as_gib().unwrap_or_default()
                )),
            );
        }
        let raised = self.iops.is_some() || self.throughput_mibps.is_some();
        if raised && self.allocated < PROVISIONABLE_FROM {
            let property = if self.iops.is_some() {
                "Iops"
            } else {
                "StorageThroughput"
            };
            out_of_range(
                property,
                format!("set for {}", self.allocated),
                "only for 400 GiB or more",
            );
        }
        for (property, value, least, most) in [
            ("Iops", self.iops, 12_000, 64_000),
            ("StorageThroughput", self.throughput_mibps, 500, 4_000),
        ] {
            if let Some(value) = value.filter(|value| !(least..=most).contains(value)) {
                out_of_range(property, value.to_string(), &format!("{least} to {most}"));
            }
        }
    }
}
