//! Creates nested stacks that read values of each other, in every direction and from another stack: `nested OUT`.

use std::path::Path;
use std::process::ExitCode;

use infra_lib::cfn::sns::{CfnTopic, CfnTopicProps};
use infra_lib::core::assembly;
use infra_lib::{
    App, CfnResource, Construct, Duration, NestedStack, NestedStackProps, ParameterProps,
    ParameterType, ReferenceStrength, RemovalPolicy, Stack, Value,
};
use serde_json::json;

fn main() -> ExitCode {
    let Some(out) = std::env::args().nth(1) else {
        return ExitCode::from(2);
    };
    let app = App::new();
    // The default of the CDK for values of other stacks.
    app.set_reference_strength(ReferenceStrength::Strong);
    build(&app);
    let synthesis = app.synth();
    if synthesis.has_errors() || assembly::write_assembly(&synthesis, Path::new(&out)).is_err() {
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}

fn build(app: &App) {
    let root = Stack::new(app, "Root");
    let name = ParameterProps::new(ParameterType::String)
        .default_value("x")
        .build(root, "Name");
    let above = CfnTopicProps::new().build(root, "Above");
    let one = NestedStackProps::new()
        .description("the first")
        .timeout(Duration::minutes(5))
        .removal_policy(RemovalPolicy::Retain)
        .build(root, "One");
    let inner = NestedStack::new(one, "Inner");
    let two = NestedStackProps::new()
        .notification_arn(above.ref_().cast::<String>())
        .build(root.scope().construct("Group"), "Two");

    let deep = topic(inner, "Deep", above.attr_topic_name().cast());
    topic(inner, "Given", name.value());
    topic(root, "Up", deep.attr_topic_name().cast());
    topic(one, "FromChild", deep.ref_().cast());
    topic(two, "Across", deep.attr_topic_name().cast());
    let zone = CfnResource::new(
        one,
        "Zone",
        "AWS::Route53::HostedZone",
        json!({ "Name": "a.example" }),
    );
    servers(root, "ListUp", zone.attr_value("NameServers"));
    servers(two, "ListAcross", zone.attr_value("NameServers"));
    let early = CfnTopicProps::new().build(root, "Early");
    CfnTopicProps::new().build(two, "Late").depends_on(early);

    let other = Stack::new(app, "Other");
    topic(other, "Imported", deep.attr_topic_name().cast());
    let child = NestedStack::new(other, "Child");
    topic(child, "Imported", deep.attr_topic_name().cast());
}

fn topic<'app>(scope: impl Construct<'app>, id: &str, name: Value<String>) -> CfnTopic<'app> {
    CfnTopicProps::new().display_name(name).build(scope, id)
}

fn servers<'app>(scope: impl Construct<'app>, id: &str, names: Value<Vec<String>>) {
    let set = CfnResource::new(
        scope,
        id,
        "AWS::Route53::RecordSet",
        json!({ "HostedZoneId": "Z1", "Name": "a.example", "Type": "NS", "TTL": "60" }),
    );
    set.override_prop("ResourceRecords", names.into_data());
}
