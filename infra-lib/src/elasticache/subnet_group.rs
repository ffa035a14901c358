//! The [`SubnetGroup`] construct.

use infra_cfn::elasticache::{CfnSubnetGroup, CfnSubnetGroupProps};

use crate::construct::With;
use crate::ec2::{InternalSubnets, SubnetsRef};
use crate::{Name, Scope, Value, kind, value};

crate::construct! {
    /// A group of subnets, in which replication groups have their nodes.
    ///
    /// Creates an
    /// [`AWS::ElastiCache::SubnetGroup`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-elasticache-subnetgroup.html).
    /// A [`ReplicationGroup`](super::ReplicationGroup) creates one for itself, unless it is given one that others share.
    /// Defaults:
    ///
    /// | property | here | CloudFormation |
    /// |---|---|---|
    /// | subnets | private or isolated ones | required |
    /// | description | the construct path | required |
    /// | name | generated | generated |
    ///
    /// ```
    /// use infra_lib::ec2::Vpc;
    /// use infra_lib::elasticache::SubnetGroup;
    /// use infra_lib::{App, Stack, cidr};
    ///
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Cache");
    /// let vpc = Vpc::builder().cidr(cidr!("10.0.0.0/16")).build(stack, "Vpc");
    /// SubnetGroup::builder().subnets(vpc.isolated()).build(stack, "Subnets");
    /// # assert!(!app.synth().has_errors());
    /// ```
    pub struct SubnetGroup<'app>: "infra-lib.elasticache.SubnetGroup" {
        resource: CfnSubnetGroup<'app>,
        subnets: SubnetsRef<'app>,
    }

    /// Properties of a [`SubnetGroup`], set through [`SubnetGroup::builder`].
    pub struct SubnetGroupProps, SubnetGroupBuilder, subnet_group_builder {
        /// Subnets: private or isolated ones.
        required_reference subnets: InternalSubnets::internal_subnets => SubnetsRef<'app>,
        /// Description of the group. Default: the construct path.
        text description,
        /// Name of the group, at most 255 letters, digits and hyphens. Default: a generated name. Changing it replaces the
        /// group.
        text cache_subnet_group_name,
    }
}

impl<'app> SubnetGroup<'app> {
    fn create(scope: Scope<'app>, props: SubnetGroupProps<'app>) -> Self {
        let description = props.description.unwrap_or_else(|| describe(scope));
        let cfn = CfnSubnetGroupProps::new(description, props.subnets.id_list()).with(
            props.cache_subnet_group_name,
            CfnSubnetGroupProps::cache_subnet_group_name,
        );
        Self {
            scope,
            resource: cfn.build(scope, "Resource"),
            subnets: props.subnets,
        }
    }

    /// Creates the group of one cache.
    pub(super) fn of_subnets(scope: Scope<'app>, id: &str, subnets: SubnetsRef<'app>) -> Self {
        let scope = scope.library_construct(id, "infra-lib.elasticache.SubnetGroup");
        let cfn = CfnSubnetGroupProps::new(describe(scope), subnets.id_list());
        Self {
            scope,
            resource: cfn.build(scope, "Resource"),
            subnets,
        }
    }

    /// Returns the name of the group.
    pub fn cache_subnet_group_name(&self) -> Value<Name<kind::elasticache::SubnetGroup>> {
        self.resource.ref_()
    }

    /// Returns the subnets of the group.
    pub fn subnets(&self) -> SubnetsRef<'app> {
        self.subnets
    }

    /// Returns the L1 binding of the group.
    pub fn cfn(&self) -> CfnSubnetGroup<'app> {
        self.resource
    }
}

fn describe(scope: Scope<'_>) -> Value<String> {
    value(format!("subnets of {}", scope.path()))
}
