//! The stack `GoodConditionalItems`: 1 resource, converted by `import-template` from
//! `good_conditional_items.yaml`.
//!
//! Crates: `infra-core`, `infra-cfn` (feature `ec2`).

use infra_cfn::ec2::{self, security_group};
use infra_core::intrinsics::{equals, fn_if};
use infra_core::{App, Condition, ParameterProps, ParameterType, Stack, pseudo, value};

/// Adds the stack to the app.
pub fn good_conditional_items(app: &App) -> Stack<'_> {
    let stack = Stack::new(app, "GoodConditionalItems");

    // Parameters
    let stage = ParameterProps::new(ParameterType::String).build(stack, "Stage");

    // Conditions
    let is_prod = Condition::new(stack, "IsProd", equals::<String>(stage, "prod"));

    // Resources
    ec2::CfnSecurityGroupProps::new("web")
        .security_group_ingress([
            value(
                security_group::Ingress::new("tcp")
                    .from_port(443)
                    .to_port(443)
                    .cidr_ip("0.0.0.0/0"),
            ),
            fn_if(
                is_prod,
                pseudo::no_value(),
                security_group::Ingress::new("tcp")
                    .from_port(80)
                    .to_port(80)
                    .cidr_ip("0.0.0.0/0"),
            ),
        ])
        .build(stack, "Group");

    stack
}
