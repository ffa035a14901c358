//! Where a database may be placed.

use crate::ec2::{Isolated, SubnetTier};

/// A tier of subnets that a database may be placed in: [`Isolated`] alone.
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
    label = "these subnets route to the internet",
    note = "use `vpc.isolated()`"
)]
pub trait DatabaseTier: SubnetTier {}

impl DatabaseTier for Isolated {}

/// In how many Availability Zones a database runs.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum Availability {
    /// In one: it is away while its zone is, and while its machine is changed.
    SingleAz,
    /// In two: a standby in another zone takes over within minutes. It costs twice as much.
    MultiAz,
}
