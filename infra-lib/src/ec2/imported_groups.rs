//! Security groups of constructs that exist already.

use infra_cfn::kind;

use super::{Egress, SecurityGroup};
use crate::{Id, Scope, Value};

/// Imports the security groups of an existing construct.
pub(crate) fn import_groups(
    scope: Scope<'_>,
    groups: impl IntoIterator<Item = Value<Id<kind::ec2::SecurityGroup>>>,
) {
    for (number, group) in groups.into_iter().enumerate() {
        SecurityGroup::from_id(scope, &group_id(number), group, Egress::DenyAll);
    }
}

/// Returns the groups from [`import_groups`].
pub(crate) fn imported_groups(scope: Scope<'_>) -> Vec<SecurityGroup<'_>> {
    (0..)
        .map_while(|number| scope.child(&group_id(number)))
        .map(SecurityGroup::from_scope)
        .collect()
}

fn group_id(number: usize) -> String {
    format!("SecurityGroup{}", number + 1)
}
