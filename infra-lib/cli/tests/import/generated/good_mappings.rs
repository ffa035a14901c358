//! The stack `GoodMappings`: 1 resource, converted by `import-template` from
//! `good_mappings.yaml`.
//!
//! Crates: `infra-core`, `infra-cfn` (feature `ec2`), `serde_json`.

use infra_cfn::ec2::{self, instance};
use infra_core::intrinsics::{find_in_map, select};
use infra_core::{App, Data, Mapping, ParameterProps, ParameterType, Stack, pseudo};
use serde_json::json;

/// Adds the stack to the app.
pub fn good_mappings(app: &App) -> Stack<'_> {
    let stack = Stack::new(app, "GoodMappings");

    // Parameters
    let stage = ParameterProps::new(ParameterType::String).build(stack, "Stage");

    // Mappings
    let images = Mapping::new(
        stack,
        "Images",
        [
            (
                "us-east-1",
                vec![("Id", Data::from("ami-0123456789abcdef0"))],
            ),
            (
                "eu-west-1",
                vec![("Id", Data::from("ami-0123456789abcdef1"))],
            ),
        ],
    );
    let zones = Mapping::new(
        stack,
        "Zones",
        [(
            "us-east-1",
            vec![("Names", Data::from(json!(["us-east-1a", "us-east-1b"])))],
        )],
    );

    // Resources
    ec2::CfnInstanceProps::new()
        .image_id(find_in_map::<String>(images, pseudo::region(), "Id"))
        .availability_zone(select::<String>(
            0,
            find_in_map::<Vec<String>>(zones, "us-east-1", "Names"),
        ))
        .tags([instance::Tag::new("stage", stage)])
        .build(stack, "Server");

    stack
}
