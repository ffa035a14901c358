//! Storage of data nodes.

use infra_cfn::opensearchservice::domain::EbsOptions;

use super::SearchInstanceType;
use crate::construct::With;
use crate::{Diagnostic, Scope, Size, codes};

/// Storage of each data node.
///
/// See [EBS volume size quotas](https://docs.aws.amazon.com/opensearch-service/latest/developerguide/limits.html#ebsresource).
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct DomainStorage {
    kind: &'static str,
    size: Size,
    iops: Option<u32>,
    throughput: Option<u32>,
}

/// Name of local disks among the types of volumes.
const LOCAL: &str = "local";

impl DomainStorage {
    const fn new(kind: &'static str, size: Size) -> Self {
        Self {
            kind,
            size,
            iops: None,
            throughput: None,
        }
    }

    /// Creates a general purpose SSD of 10 GiB or more for each node, with 3,000 IOPS and 125 MiB/s.
    pub const fn gp3(size: Size) -> Self {
        Self::new("gp3", size)
    }

    /// Creates a general purpose SSD with more performance: 3,000 IOPS or more, at most 500 for each GiB beyond that; and 125 to
    /// 2,000 MiB/s, at most 1 for 4 IOPS.
    pub const fn gp3_with(size: Size, iops: u32, throughput: u32) -> Self {
        Self {
            iops: Some(iops),
            throughput: Some(throughput),
            ..Self::new("gp3", size)
        }
    }

    /// Creates a general purpose SSD of the previous generation, whose performance grows with its size.
    pub const fn gp2(size: Size) -> Self {
        Self::new("gp2", size)
    }

    /// Creates a provisioned IOPS SSD: at least 100 IOPS, at most 50 for each GiB.
    pub const fn io1(size: Size, iops: u32) -> Self {
        Self {
            iops: Some(iops),
            ..Self::new("io1", size)
        }
    }

    /// Creates the local disks of instance types such as `r7gd.large.search`.
    pub const fn local_disks() -> Self {
        Self::new(LOCAL, Size::gib(0))
    }

    /// Returns the default for data nodes of a type.
    pub(super) fn default_for(kind: &SearchInstanceType) -> Self {
        if kind.has_local_disks() {
            Self::local_disks()
        } else {
            Self::gp3(Size::gib(10))
        }
    }

    /// Returns the property `EBSOptions`.
    pub(super) fn options(self) -> EbsOptions {
        if self.kind == LOCAL {
            return EbsOptions::new().ebs_enabled(false);
        }
        EbsOptions::new()
            .ebs_enabled(true)
            .volume_type(self.kind)
            .volume_size(i64::try_from(self.gib()).unwrap_or(i64::MAX))
            .with(self.iops, EbsOptions::iops)
            .with(self.throughput, EbsOptions::throughput)
    }

    /// Returns the size in GiB; a part of a GiB counts as a whole one.
    const fn gib(self) -> u64 {
        self.size.as_mib().div_ceil(1_024)
    }

    /// Reports storage that OpenSearch Service rejects (`INF4082`).
    pub(super) fn check_storage(self, scope: Scope<'_>, kind: &SearchInstanceType) {
        let report = |actual: String, expected: String| {
            scope.report(
                Diagnostic::new(
                    codes::DOMAIN_STORAGE,
                    "OpenSearch Service rejects the storage of a domain",
                )
                .property("EBSOptions")
                .actual(actual)
                .expected(expected)
                .url("https://docs.aws.amazon.com/opensearch-service/latest/developerguide/limits.html#ebsresource"),
            );
        };
        let is_local = self.kind == LOCAL;
        if is_local != kind.has_local_disks() {
            let name = kind.as_str();
            let (actual, expected) = if is_local {
                (
                    "local disks",
                    format!("a volume: `{name}` has no local disks"),
                )
            } else {
                (
                    "an EBS volume",
                    format!("`DomainStorage::local_disks()`: `{name}` takes no volumes"),
                )
            };
            report(actual.to_owned(), expected);
        }
        if is_local {
            return;
        }
        let gib = self.gib();
        if gib < 10 {
            report(format!("{gib} GiB"), "10 GiB or more".to_owned());
        }
        if let Some(iops) = self.iops {
            let (least, each) = if self.kind == "io1" {
                (100, 50)
            } else {
                (3_000, 500)
            };
            let most = gib.saturating_mul(each).max(least);
            if !(least..=most).contains(&u64::from(iops)) {
                report(
                    format!("{iops} IOPS"),
                    format!("{least} to {most} IOPS for {gib} GiB"),
                );
            }
            if let Some(throughput) = self.throughput {
                let most = (iops / 4).clamp(125, 2_000);
                if !(125..=most).contains(&throughput) {
                    report(
                        format!("{throughput} MiB/s"),
                        format!("125 to {most} MiB/s for {iops} IOPS"),
                    );
                }
            }
        }
    }
}
