//! Options of global tables.

use super::options::Capacity;
use super::scaled_capacity::ScaledCapacity;
use crate::core::Scope;

/// Billing of a global table and its indexes.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum GlobalBilling {
    /// A price for each request, without a limit.
    OnDemand,
    /// A price for each request, and at most this many requests per second in each region, which limits the cost.
    OnDemandUpTo(Capacity),
    /// A price for capacity that is reserved and follows its use.
    Provisioned {
        /// Capacity for reads in each region.
        read: ScaledCapacity,
        /// Capacity for writes, the same in all regions, as each write is copied to all.
        write: ScaledCapacity,
    },
}

impl GlobalBilling {
    pub(super) fn check(self, scope: Scope<'_>) {
        if let Self::Provisioned { read, write } = self {
            read.check(scope);
            write.check(scope);
        }
    }
}

/// Consistency of reads in different regions of a global table.
#[derive(Clone, Debug, Default, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum Consistency {
    /// Writes reach the other regions within a second or so. The last writer of an item wins.
    #[default]
    Eventual,
    /// Strongly consistent reads return the latest write of any region. Takes three regions.
    Strong,
    /// As [`Strong`](Self::Strong), with two regions and a witness: this third region, which has the changes, but no table.
    StrongWithWitness(String),
}
