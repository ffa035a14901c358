//! Options of tables.

use crate::core::Data;
use crate::kms::{AsKey, KeyRef};

/// Read and write capacity units per second.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct Capacity {
    read: u32,
    write: u32,
}

impl Capacity {
    /// Creates a capacity. A read unit is one strongly consistent read of 4 KB per second, a write unit one write of
    /// 1 KB per second.
    pub const fn new(read: u32, write: u32) -> Self {
        Self { read, write }
    }

    pub(super) fn provisioned(self) -> Data {
        self.data("ReadCapacityUnits", "WriteCapacityUnits")
    }

    pub(super) fn on_demand(self) -> Data {
        self.data("MaxReadRequestUnits", "MaxWriteRequestUnits")
    }

    /// Returns the limit of reads alone.
    pub(super) fn on_demand_read(self) -> Data {
        Data::map([("MaxReadRequestUnits", Data::from(i64::from(self.read)))])
    }

    /// Returns the limit of writes alone.
    pub(super) fn on_demand_write(self) -> Data {
        Data::map([("MaxWriteRequestUnits", Data::from(i64::from(self.write)))])
    }

    fn data(self, read: &'static str, write: &'static str) -> Data {
        Data::map([
            (read, Data::from(i64::from(self.read))),
            (write, Data::from(i64::from(self.write))),
        ])
    }
}

/// Billing of a table and its indexes.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum Billing {
    /// A price for each request, without a limit.
    OnDemand,
    /// A price for each request, and at most this many requests per second, which limits the cost.
    OnDemandUpTo(Capacity),
    /// A price for capacity that is reserved. Requests above it are rejected after a burst. It can follow its use:
    /// [`Table::scale_read`](super::Table::scale_read).
    Provisioned(Capacity),
}

/// Continuous backups, from which a table can be restored as it was at any second.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum PointInTimeRecovery {
    /// No continuous backups.
    Off,
    /// Backups of the last 35 days.
    On,
    /// Backups of this many last days, 1 to 35.
    Days(u32),
}

impl PointInTimeRecovery {
    /// Returns `PointInTimeRecoverySpecification`, or `None` without backups.
    pub(super) fn property(self) -> Option<Data> {
        let on = ("PointInTimeRecoveryEnabled", Data::from(true));
        match self {
            Self::Off => None,
            Self::On => Some(Data::map([on])),
            Self::Days(days) => Some(Data::map([
                on,
                ("RecoveryPeriodInDays", Data::from(i64::from(days))),
            ])),
        }
    }
}

/// Images of an item in the stream of changes.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum StreamView {
    /// The keys of the changed item.
    KeysOnly,
    /// The item after the change.
    NewImage,
    /// The item before the change.
    OldImage,
    /// The item before and after the change.
    NewAndOldImages,
}

impl StreamView {
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::KeysOnly => "KEYS_ONLY",
            Self::NewImage => "NEW_IMAGE",
            Self::OldImage => "OLD_IMAGE",
            Self::NewAndOldImages => "NEW_AND_OLD_IMAGES",
        }
    }
}

/// Class of a table, which sets the prices of storage and requests.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum TableClass {
    /// The standard class, which suits most tables.
    Standard,
    /// The class with cheaper storage and dearer requests, for tables whose storage costs more than half of their requests.
    InfrequentAccess,
}

/// Encryption of a table at rest.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum TableEncryption<'app> {
    /// A key that AWS owns, without cost and without permissions for those who read and write.
    AwsOwned,
    /// The AWS managed key `alias/aws/dynamodb`, whose use CloudTrail records.
    AwsManagedKey,
    /// A customer managed key. Grants extend its policy.
    Key(KeyRef<'app>),
}

impl<'app> TableEncryption<'app> {
    /// Returns the encryption with a customer managed key: a [`Key`](crate::kms::Key) of the app or an imported one.
    pub fn key(key: impl AsKey<'app>) -> Self {
        Self::Key(key.as_key())
    }

    /// Returns the customer managed key, or `None` for keys of AWS.
    pub(super) const fn customer_key(self) -> Option<KeyRef<'app>> {
        match self {
            Self::Key(key) => Some(key),
            Self::AwsOwned | Self::AwsManagedKey => None,
        }
    }
}
