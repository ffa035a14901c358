//! The stack `CaseAttributeProperty`: 2 resources, converted by `import-template` from
//! `case_attribute_property.yaml`.
//!
//! Crates: `infra-lib` (features `ec2`, `ssm`).

use infra_lib::cfn::ec2::{self, capacity_reservation};
use infra_lib::ssm::StringParameter;
use infra_lib::{App, Stack, value};

/// Adds the stack to the app.
pub fn case_attribute_property(app: &App) -> Stack<'_> {
    let stack = Stack::new(app, "CaseAttributeProperty");

    let reserved = ec2::CfnCapacityReservationProps::new(ec2::CfnCapacityReservationRequired {
        instance_count: value(1),
        instance_platform: value(capacity_reservation::InstancePlatform::LINUX_UNIX),
        instance_type: value("t3.micro"),
    })
    .availability_zone("us-east-1a")
    .build(stack, "Reserved");

    let count = StringParameter::builder()
        .value(reserved.attr_value::<String>("InstanceCount"))
        .build(stack, "Count");
    count.cfn().override_logical_id("Count");

    stack
}
