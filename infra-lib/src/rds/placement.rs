//! Placement of databases in subnets and Availability Zones.

use infra_cfn::rds::{CfnDbSubnetGroup, CfnDbSubnetGroupProps};

use crate::Scope;
use crate::ec2::{Isolated, SecurityGroup, SubnetTier, Subnets};

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

/// Subnets for builders of databases: those of a [`DatabaseTier`].
pub trait DatabaseSubnets<'app> {
    /// Returns the subnets.
    fn database_subnets(self) -> Subnets<'app, Isolated>;
}

impl<'app, T: DatabaseTier> DatabaseSubnets<'app> for Subnets<'app, T> {
    fn database_subnets(self) -> Subnets<'app, Isolated> {
        self.vpc().isolated()
    }
}

/// Creates the security group of a database, without rules.
pub(super) fn security_group<'app>(
    scope: Scope<'app>,
    subnets: Subnets<'app, Isolated>,
) -> SecurityGroup<'app> {
    SecurityGroup::builder()
        .vpc(subnets.vpc())
        .description(format!("database {}", scope.path()))
        .build(scope, "SecurityGroup")
}

/// Creates the subnet group of a database.
pub(super) fn subnet_group<'app>(
    scope: Scope<'app>,
    id: &str,
    subnets: Subnets<'app, Isolated>,
) -> CfnDbSubnetGroup<'app> {
    let inner = scope.library_construct(id, "infra-lib.rds.SubnetGroup");
    CfnDbSubnetGroupProps::new(format!("subnets of {}", scope.path()), subnets.ids())
        .build(inner, "Default")
}

/// Number of Availability Zones in which a database runs.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum Availability {
    /// One zone. The database is unavailable while its zone is, and while its instance is modified.
    SingleAz,
    /// Two zones, at twice the price. A standby in the other zone takes over within minutes.
    MultiAz,
}
