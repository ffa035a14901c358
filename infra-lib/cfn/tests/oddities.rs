//! The bindings of the made-up service of the generator's tests: they compile, and build JSON.

#[allow(unused_imports, reason = "the names generated code may use")]
mod rt {
    pub(crate) use infra_core::{Arn, Id, IntoValue, Json, Name, Props, Value};
    pub(crate) use infra_core::{property_type, resource_type, string_enum};
    pub(crate) use std::collections::BTreeMap;
    pub(crate) use std::string::String;
    pub(crate) use std::vec::Vec;
}

#[allow(
    dead_code,
    missing_docs,
    missing_debug_implementations,
    unreachable_pub,
    reason = "generated"
)]
mod kind {
    include!("../../codegen/tests/oddities/kinds.rs");
}

#[allow(
    dead_code,
    missing_docs,
    unreachable_pub,
    unused_qualifications,
    elided_lifetimes_in_paths,
    clippy::all,
    clippy::use_self,
    clippy::pedantic,
    reason = "generated"
)]
#[rustfmt::skip]
mod odd {
    use crate::rt;

    include!("../../codegen/tests/oddities/bindings.rs");
}

use infra_core::{App, Data, Stack, value};
use odd::thing::{Choice, Many, NestedName, Node, Option, State, String, Type};
use odd::{CfnGadgetProps, CfnRequired, CfnRequiredProps, CfnRequiredRequired, CfnThingProps};
use serde_json::json;

#[test]
fn builds_resources_with_unusual_properties() {
    let app = App::new();
    let stack = Stack::new(&app, "Odd");
    let gadget = CfnGadgetProps::new()
        .gadget_name("g")
        .build(stack, "Gadget");
    let tree = Node::new().children([Node::new().label("leaf")]);
    let thing = CfnThingProps::new(Choice::new().left(tree.clone()))
        .type_(Type::AWS_KMS)
        .build_(true)
        .nodes([("a", tree)])
        .many([Many::new(odd::thing::ManyRequired {
            first: value("x"),
            second: value(State::ENABLED),
            third: value(true),
        })
        .fourth(1.5)])
        .nested_name([NestedName::new("n").level(odd::thing::NestedNameLevel::A)])
        .labels([("k", "v")])
        .number("12")
        .switch(Data::Bool(true))
        .free(json!({ "any": [1] }))
        .nothing(odd::thing::Nothing::new())
        .option(Option::new().string(String::new().vec(["s"])))
        .gadget_arn(gadget.attr_arn())
        .gadget_names([gadget.ref_()])
        .value(gadget.ref_())
        .build(stack, "Thing");
    let _: infra_core::Value<infra_core::Id<kind::odd::Thing>> = thing.attr_id();
    let _: infra_core::Value<std::string::String> = thing.attr_endpoint_address();
    assert_eq!(thing.prop("Type"), Some(Data::from("aws:kms")));
    assert_eq!(thing.prop("Many.0.Second"), Some(Data::from("ENABLED")));
    assert_eq!(
        thing.prop("Nodes.a.Children.0.Label"),
        Some(Data::from("leaf".to_owned()))
    );

    let required: CfnRequired<'_> = CfnRequiredProps::new(CfnRequiredRequired {
        one: value("1"),
        the_gadget: gadget.attr_arn(),
        three: value(3),
    })
    .build(stack, "Required");
    assert_eq!(required.prop("Three"), Some(Data::Int(3)));
}
