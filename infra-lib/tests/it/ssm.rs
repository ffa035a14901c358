//! Tests of the constructs in `infra_lib::ssm`.

use infra_lib::assertions::Template;
use infra_lib::ssm::StringParameter;
use infra_lib::{App, Environment, Output, StackProps, Value};
use serde_json::json;

#[test]
fn reads_parameter_of_another_app_at_deployment() {
    let template = Template::of_stack(|stack| {
        let level: Value<String> = StringParameter::from_name("/notes/log-level");
        StringParameter::builder().value(level).build(stack, "Copy");
    });
    template.has_properties(
        "AWS::SSM::Parameter",
        json!({ "Type": "String", "Value": "{{resolve:ssm:/notes/log-level}}" }),
    );
}

#[test]
fn records_unanswered_parameter_lookup() {
    let app = App::new();
    let environment = Environment::new("111122223333", "eu-west-1");
    let stack = StackProps::new()
        .environment(environment)
        .build(&app, "Stack");
    let found = StringParameter::lookup(stack, "/notes/zone");
    assert_eq!(found, "dummy-value-for-/notes/zone");
    StringParameter::builder()
        .value(found.as_str())
        .build(stack, "Zone");
    Output::new(stack, "Out", Value::<String>::from_data(found.into()));
    let synthesis = app.synth();
    let missing: Vec<&str> = synthesis
        .missing()
        .iter()
        .map(|missing| missing.key.as_str())
        .collect();
    assert_eq!(
        missing,
        ["ssm:account=111122223333:parameterName=/notes/zone:region=eu-west-1"]
    );
}
