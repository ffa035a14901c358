//! Placement of databases in subnets and Availability Zones.

use crate::ec2::{Isolated, SubnetTier};

/// A tier of subnets that a database may be placed in: only [`Isolated`].
///
/// ```compile_fail
/// # use infra_lib::prelude::*;
/// # use infra_lib::{cidr, ec2::Vpc, rds::RdsInstance};
/// # let app = App::new();
/// # let stack = Stack::new(&app, "Data");
/// # let vpc = Vpc::builder().cidr(cidr!("10.0.0.0/16")).build(stack, "Vpc");
/// RdsInstance::builder().subnets(vpc.public());
/// ```
#[diagnostic::on_unimplemented(
    message = "a database cannot be placed in `{Self}` subnets",
    label = "these subnets have a route to the internet",
    note = "use `vpc.isolated()`"
)]
pub trait DatabaseTier: SubnetTier {}

impl DatabaseTier for Isolated {}

/// Number of Availability Zones in which a database runs.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum Availability {
    /// One zone. The database is unavailable while its zone is, and while its instance is modified.
    SingleAz,
    /// Two zones, at twice the price. A standby in the other zone takes over within minutes.
    MultiAz,
}
