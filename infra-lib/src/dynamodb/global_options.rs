//! Options of global tables.

use super::options::Capacity;
use crate::core::{Data, Diagnostic, Scope, codes};

/// Capacity units per second that follow their use between two bounds.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[must_use = "a capacity has no effect until it is passed to a table"]
pub struct ScaledCapacity {
    min: u32,
    max: u32,
    utilization: u32,
}

impl ScaledCapacity {
    /// Creates a capacity between two bounds, of which 70 percent shall be in use. A minimum above the maximum is reported
    /// (`INF4218`).
    pub const fn new(min: u32, max: u32) -> Self {
        Self {
            min,
            max,
            utilization: 70,
        }
    }

    /// Sets the part that shall be in use, 20 to 90 percent (`INF4219`). Default: 70.
    pub const fn utilization(mut self, percent: u32) -> Self {
        self.utilization = percent;
        self
    }

    fn settings(self, name: &'static str) -> Data {
        let target = [("TargetValue", Data::from(i64::from(self.utilization)))];
        let bounds = Data::map([
            ("MinCapacity", Data::from(i64::from(self.min))),
            ("MaxCapacity", Data::from(i64::from(self.max))),
            (
                "TargetTrackingScalingPolicyConfiguration",
                Data::map(target),
            ),
        ]);
        Data::map([(name, bounds)])
    }

    /// Returns `ReadProvisionedThroughputSettings`.
    pub(super) fn read(self) -> Data {
        self.settings("ReadCapacityAutoScalingSettings")
    }

    /// Returns `WriteProvisionedThroughputSettings`.
    pub(super) fn write(self) -> Data {
        self.settings("WriteCapacityAutoScalingSettings")
    }

    fn check(self, scope: Scope<'_>) {
        let url =
            "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/AutoScaling.html";
        if self.min > self.max || self.min == 0 {
            scope.report(
                Diagnostic::new(
                    codes::SCALING_BOUNDS,
                    "the bounds of the capacity of a table exclude each other",
                )
                .actual(format!("{} to {}", self.min, self.max))
                .expected("a minimum of 1 or more, which is not greater than the maximum")
                .url(url),
            );
        }
        if !(20..=90).contains(&self.utilization) {
            scope.report(
                Diagnostic::new(
                    codes::SCALING_TARGET,
                    format!(
                        "the capacity of a table cannot be scaled to a utilization of {} percent",
                        self.utilization
                    ),
                )
                .actual(self.utilization.to_string())
                .expected("20 to 90 percent")
                .url(url),
            );
        }
    }
}

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
