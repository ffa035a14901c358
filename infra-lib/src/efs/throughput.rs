//! Throughput of file systems.

use infra_cfn::efs::CfnFileSystemProps;
use infra_cfn::efs::file_system::ThroughputMode;

use crate::{Diagnostic, Scope, codes};

/// Throughput mode of a file system.
///
/// See [throughput modes](https://docs.aws.amazon.com/efs/latest/ug/performance.html#throughput-modes).
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum Throughput {
    /// Throughput follows the clients, and data that they read and write is charged. The default here.
    Elastic,
    /// Throughput grows with the size of the file system; unused throughput is kept as credits for bursts. The default of
    /// CloudFormation.
    Bursting,
    /// A fixed throughput, which is charged whether it is used or not.
    Provisioned {
        /// Throughput in MiB per second, 1 to 3,414; the maximum depends on the region (`INF4041`).
        mibps: u32,
    },
}

impl Throughput {
    pub(super) fn apply_to(self, cfn: CfnFileSystemProps) -> CfnFileSystemProps {
        match self {
            Self::Elastic => cfn.throughput_mode(ThroughputMode::ELASTIC),
            Self::Bursting => cfn.throughput_mode(ThroughputMode::BURSTING),
            Self::Provisioned { mibps } => cfn
                .throughput_mode(ThroughputMode::PROVISIONED)
                // Within the range of the schema, so that the mistake has one finding.
                .provisioned_throughput_in_mibps(mibps.max(1)),
        }
    }

    pub(super) fn check_throughput(self, scope: Scope<'_>) {
        let Self::Provisioned { mibps } = self else {
            return;
        };
        if !(1..=3_414).contains(&mibps) {
            scope.report(
                Diagnostic::new(
                    codes::FILE_SYSTEM_THROUGHPUT,
                    "EFS rejects the provisioned throughput of a file system",
                )
                .property("ProvisionedThroughputInMibps")
                .actual(format!("{mibps} MiB per second"))
                .expected("1 to 3414 MiB per second")
                .help("use `Throughput::Elastic` for loads that vary")
                .url("https://docs.aws.amazon.com/efs/latest/ug/API_CreateFileSystem.html"),
            );
        }
    }
}
