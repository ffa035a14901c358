//! The stack `Imports`: 3 resources, converted by `import-template` from
//! `imports.json`.
//!
//! Crates: `infra-core`, `infra-cfn` (feature `ec2`).

use infra_cfn::ec2::{self, instance};
use infra_core::intrinsics::{get_azs, import_value, join, select, split};
use infra_core::{App, Output, ParameterProps, ParameterType, Stack, pseudo, sub, value};

/// Adds the stack to the app.
pub fn imports(app: &App) -> Stack<'_> {
    let stack = Stack::new(app, "Imports");

    // Parameters
    let network_stack = ParameterProps::new(ParameterType::String)
        .default_value("network")
        .build(stack, "NetworkStack");

    // Resources
    let own = ec2::CfnSecurityGroupProps::new("Own").build(stack, "Own");

    let server = ec2::CfnInstanceProps::new()
        .image_id("ami-0123456789abcdef0")
        .subnet_id(import_value(sub![
            network_stack.value::<String>(),
            "-SubnetId"
        ]))
        .security_group_ids([
            import_value::<String>("web-access"),
            value::<String>(own.ref_()),
        ])
        .availability_zone(select::<String>(0, get_azs(pseudo::region())))
        .tags([instance::Tag::new(
            "zones",
            join("+", split(",", import_value::<String>("zones"))),
        )])
        .build(stack, "Server");

    ec2::CfnEipAssociationProps::new()
        .instance_id(server.ref_())
        .allocation_id(import_value::<String>("address"))
        .build(stack, "Address");

    // Outputs
    Output::new(stack, "Zone", server.attr_availability_zone());

    stack
}
