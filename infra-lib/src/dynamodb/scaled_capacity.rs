//! Capacity that follows its use.

use crate::core::{Data, Diagnostic, Scope, codes};

/// Page of AWS about the capacity of tables that follows its use.
pub(super) const URL: &str =
    "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/AutoScaling.html";

/// Capacity units per second that follow their use between two bounds.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[must_use = "a capacity has no effect until it is passed to a table"]
pub struct ScaledCapacity {
    pub(super) min: u32,
    pub(super) max: u32,
    pub(super) utilization: u32,
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

    /// Reports bounds and a utilization that DynamoDB rejects.
    pub(super) fn check(self, scope: Scope<'_>) {
        self.check_bounds(scope);
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
                .url(URL),
            );
        }
    }

    /// Reports bounds that DynamoDB rejects.
    pub(super) fn check_bounds(self, scope: Scope<'_>) {
        if self.min > self.max || self.min == 0 {
            scope.report(
                Diagnostic::new(
                    codes::SCALING_BOUNDS,
                    "the bounds of the capacity of a table exclude each other",
                )
                .actual(format!("{} to {}", self.min, self.max))
                .expected("a minimum of 1 or more, which is not greater than the maximum")
                .url(URL),
            );
        }
    }
}
