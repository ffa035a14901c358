//! Types of EBS volumes with their limits.

use infra_cfn::ec2::volume;

/// Type of an EBS volume, with the performance that is paid for.
///
/// See [EBS volume types](https://docs.aws.amazon.com/ebs/latest/userguide/ebs-volume-types.html).
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct VolumeType {
    kind: Kind,
    iops: Option<u32>,
    throughput: Option<u32>,
}

#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
enum Kind {
    Gp2,
    Gp3,
    Io1,
    Io2,
    Sc1,
    St1,
}

/// Limits of a volume type: from, to.
pub(super) struct Limits {
    pub(super) gib: (u64, u64),
    pub(super) iops: (u32, u32),
    /// Highest number of IOPS for each GiB.
    pub(super) iops_per_gib: u64,
}

impl VolumeType {
    const fn new(kind: Kind, iops: Option<u32>, throughput: Option<u32>) -> Self {
        Self {
            kind,
            iops,
            throughput,
        }
    }

    /// Returns the general purpose SSD with 3,000 IOPS and 125 MiB/s at any size.
    pub const fn gp3() -> Self {
        Self::new(Kind::Gp3, None, None)
    }

    /// Returns the general purpose SSD with more performance: 3,000 IOPS at any size and up to 80,000, more than 3,000 at
    /// most 500 for each GiB; and a throughput of 125 to 2,000 MiB/s, at most 1 for 4 IOPS.
    pub const fn gp3_with(iops: u32, throughput: u32) -> Self {
        Self::new(Kind::Gp3, Some(iops), Some(throughput))
    }

    /// Returns the general purpose SSD of the previous generation, whose performance grows with its size.
    pub const fn gp2() -> Self {
        Self::new(Kind::Gp2, None, None)
    }

    /// Returns the provisioned IOPS SSD of the previous generation: 100 to 64,000 IOPS, at most 50 for each GiB.
    pub const fn io1(iops: u32) -> Self {
        Self::new(Kind::Io1, Some(iops), None)
    }

    /// Returns the provisioned IOPS SSD: 100 to 256,000 IOPS, at most 1,000 for each GiB.
    pub const fn io2(iops: u32) -> Self {
        Self::new(Kind::Io2, Some(iops), None)
    }

    /// Returns the throughput optimized HDD, for data that is read in sequence.
    pub const fn st1() -> Self {
        Self::new(Kind::St1, None, None)
    }

    /// Returns the cold HDD, for data that is seldom read.
    pub const fn sc1() -> Self {
        Self::new(Kind::Sc1, None, None)
    }

    /// Returns the name of the type.
    pub const fn as_str(self) -> &'static str {
        match self.kind {
            Kind::Gp2 => "gp2",
            Kind::Gp3 => "gp3",
            Kind::Io1 => "io1",
            Kind::Io2 => "io2",
            Kind::Sc1 => "sc1",
            Kind::St1 => "st1",
        }
    }

    pub(super) const fn iops(self) -> Option<u32> {
        self.iops
    }

    pub(super) const fn throughput(self) -> Option<u32> {
        self.throughput
    }

    /// Returns `true` if several instances can use a volume at the same time.
    pub(super) const fn supports_multi_attach(self) -> bool {
        matches!(self.kind, Kind::Io1 | Kind::Io2)
    }

    pub(super) const fn cfn(self) -> volume::VolumeType {
        match self.kind {
            Kind::Gp2 => volume::VolumeType::GP2,
            Kind::Gp3 => volume::VolumeType::GP3,
            Kind::Io1 => volume::VolumeType::IO1,
            Kind::Io2 => volume::VolumeType::IO2,
            Kind::Sc1 => volume::VolumeType::SC1,
            Kind::St1 => volume::VolumeType::ST1,
        }
    }

    /// Returns the limits of the type. Those of IOPS count only where they are set.
    pub(super) const fn limits(self) -> Limits {
        let (gib, iops, iops_per_gib) = match self.kind {
            Kind::Gp2 => ((1, 16_384), (0, 0), 0),
            Kind::Gp3 => ((1, 65_536), (3_000, 80_000), 500),
            Kind::Io1 => ((4, 16_384), (100, 64_000), 50),
            Kind::Io2 => ((4, 65_536), (100, 256_000), 1_000),
            Kind::Sc1 | Kind::St1 => ((125, 16_384), (0, 0), 0),
        };
        Limits {
            gib,
            iops,
            iops_per_gib,
        }
    }
}
