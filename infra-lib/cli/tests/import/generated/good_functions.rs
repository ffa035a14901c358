//! The stack `GoodFunctions`: 3 resources, converted by `import-template` from
//! `good_functions.yaml`.
//!
//! Crates: `infra-core`, `infra-cfn` (feature `ec2`).

use infra_cfn::ec2::{self, subnet};
use infra_core::intrinsics::{base64, cidr, get_azs, import_value, select, split};
use infra_core::{App, Stack, pseudo, sub};

/// Adds the stack to the app.
pub fn good_functions(app: &App) -> Stack<'_> {
    let stack = Stack::new(app, "GoodFunctions");

    let vpc = ec2::CfnVpcProps::new()
        .cidr_block("10.0.0.0/16")
        .build(stack, "Vpc");

    let subnet = ec2::CfnSubnetProps::new(vpc.ref_())
        .cidr_block(select::<String>(0, cidr(vpc.attr_cidr_block(), 4, 8)))
        .availability_zone(select::<String>(0, get_azs("")))
        .tags([subnet::Tag::new(
            "name",
            sub![vpc.ref_(), "-", pseudo::region(), "-${Literal}"],
        )])
        .build(stack, "Subnet");

    ec2::CfnInstanceProps::new()
        .image_id(import_value::<String>("image"))
        .subnet_id(subnet.ref_())
        .security_group_ids(split(",", import_value::<String>("groups")))
        .user_data(base64(sub!["echo ", pseudo::stack_name()]))
        .build(stack, "Server");

    stack
}
