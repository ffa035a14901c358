//! Intrinsic functions and the other sections of a template.

use std::collections::BTreeMap;

use infra_core::{
    App, CfnResource, Condition, Construct, Data, IntoValue, Mapping, Output, ParameterProps,
    ParameterType, RemovalPolicy, Rule, Stack, Value, codes, intrinsics, pseudo, sub,
};
use serde_json::json;

use crate::support::{queue, template_of};

#[test]
fn renders_every_intrinsic_function() {
    let template = template_of(|stack| {
        let target = queue(stack, "Queue");
        let parameter = ParameterProps::new(ParameterType::String)
            .default_value("a")
            .build(stack, "Name");
        let mapping = Mapping::new(
            stack,
            "Sizes",
            [("eu-west-1", [("small", Data::from("1"))])],
        );
        let condition = Condition::new(
            stack,
            "IsEu",
            intrinsics::equals::<String>(pseudo::region(), "eu-west-1"),
        );
        let both = intrinsics::fn_and([condition.into(), intrinsics::fn_not(condition)]);
        let either = intrinsics::fn_or([both, intrinsics::equals::<String>(parameter, "b")]);
        Condition::new(stack, "Either", either);
        let arn: Value<String> = target.attr_value("Arn");
        let values: Vec<(&str, Data)> = vec![
            ("Ref", target.ref_value::<String>().into()),
            ("GetAtt", arn.clone().into()),
            (
                "SubWithReferences",
                sub!["q=", &arn, " in ", pseudo::region(), " costs ${money}"].into(),
            ),
            (
                "SubWithFunctions",
                sub![
                    "first=",
                    intrinsics::select(0, intrinsics::get_azs(pseudo::region()))
                ]
                .into(),
            ),
            ("PlainText", sub!["a", "b", 3_u16].into()),
            (
                "Join",
                intrinsics::join("-", ["a".into_value(), arn.clone()]).into(),
            ),
            ("Split", intrinsics::split(":", &arn).into()),
            ("Cidr", intrinsics::cidr("10.0.0.0/16", 4, 8).into()),
            ("Base64", intrinsics::base64("text").into()),
            ("Import", intrinsics::import_value::<String>("other").into()),
            (
                "FindInMap",
                intrinsics::find_in_map::<String>(mapping, pseudo::region(), "small").into(),
            ),
            (
                "If",
                intrinsics::fn_if::<String>(condition, "eu", pseudo::no_value::<String>()).into(),
            ),
            ("Length", intrinsics::length::<String>(["a", "b"]).into()),
            (
                "ToJsonString",
                intrinsics::to_json_string(Data::map([("a", Data::from(1_i64))])).into(),
            ),
            (
                "Secret",
                intrinsics::dynamic_secret::<String>(&arn, Some("password")).into(),
            ),
            (
                "Ssm",
                intrinsics::dynamic_ssm::<String>("/notes/name").into(),
            ),
            (
                "SsmSecure",
                intrinsics::dynamic_ssm_secure::<String>("/notes/secret").into(),
            ),
            (
                "Transform",
                intrinsics::transform::<String>(
                    "Macro",
                    [("A", Data::from("b"))].into_iter().collect(),
                )
                .into(),
            ),
            ("Account", pseudo::account_id().into()),
        ];
        let custom = CfnResource::new(
            stack,
            "All",
            "Custom::Everything",
            json!({ "ServiceToken": "arn:aws:sns:eu-west-1:111122223333:x" }),
        );
        custom
            .scope()
            .acknowledge(codes::CUSTOM_RESOURCE, "takes any property");
        for (name, data) in values {
            custom.override_prop(name, data);
        }
    });
    insta::assert_snapshot!(infra_core::template::to_yaml(&template));
}

#[test]
fn keeps_intrinsic_functions_of_raw_json() {
    let raw = json!({ "DelaySeconds": { "Fn::If": ["IsEu", 1, { "Ref": "AWS::NoValue" }] },
        "QueueName": { "Fn::Join": ["-", ["a", { "Fn::GetAtt": ["Other", "QueueName"] }]] },
        "KmsMasterKeyId": { "Fn::Sub": "alias/${AWS::Region}-${Other.QueueName}" } });
    let template = template_of(|stack| {
        Condition::new(
            stack,
            "IsEu",
            intrinsics::equals::<String>(pseudo::region(), "eu-west-1"),
        );
        queue(stack, "Other");
        CfnResource::new(stack, "Queue", "AWS::SQS::Queue", raw.clone());
    });
    assert_eq!(template["Resources"]["Queue"]["Properties"], raw);
}

#[test]
fn renders_resource_attributes_sections_and_outputs() {
    let template = template_of(|stack| {
        let parameter = ParameterProps::new(ParameterType::String)
            .description("stage")
            .allowed_values(["dev", "prod"])
            .default_value("dev")
            .build(stack, "Stage");
        let is_prod = Condition::new(
            stack,
            "IsProd",
            intrinsics::equals::<String>(parameter, "prod"),
        );
        Rule::new(
            stack,
            "OnlyEu",
            intrinsics::equals::<String>(pseudo::region(), "eu-west-1"),
            "deploy to Ireland",
        )
        .when(intrinsics::equals::<String>(parameter, "prod"));
        let target = queue(stack, "Queue");
        target.apply_removal_policy(RemovalPolicy::RetainExceptOnCreate);
        target.apply_condition(is_prod);
        target.creation_policy(Data::map([(
            "ResourceSignal",
            Data::map([("Count", Data::from(1_i64))]),
        )]));
        target.update_policy(Data::map([("UseOnlineResharding", Data::from(true))]));
        target.scope().add_metadata("owner", "notes");
        stack.scope().add_metadata("version", 3_i64);
        Output::new(stack, "Arn", target.attr_value::<String>("Arn"))
            .description("the queue")
            .export("queue-arn")
            .condition(is_prod);
    });
    insta::assert_snapshot!(infra_core::template::to_yaml(&template));
}

#[test]
fn overrides_nested_properties_and_logical_id() {
    let template = template_of(|stack| {
        let bucket = CfnResource::new(
            stack,
            "Bucket",
            "AWS::S3::Bucket",
            json!({ "Tags": [{ "Key": "a", "Value": "b" }] }),
        );
        bucket.override_prop("VersioningConfiguration.Status", "Enabled");
        bucket.override_prop("Tags.0.Value", "c");
        bucket.override_prop("BucketName", "gone");
        bucket.remove_prop("BucketName");
        bucket.override_logical_id("TheBucket");
    });
    let properties = json!({ "Tags": [{ "Key": "a", "Value": "c" }], "VersioningConfiguration": { "Status": "Enabled" } });
    assert_eq!(template["Resources"]["TheBucket"]["Properties"], properties);
}

#[test]
fn creates_lists_where_override_path_has_numbers() {
    let template = template_of(|stack| {
        let bucket = CfnResource::new(stack, "Bucket", "AWS::S3::Bucket", json!({}));
        let rule = "LifecycleConfiguration.Rules.0";
        bucket.override_prop(&format!("{rule}.Status"), "Enabled");
        bucket.override_prop(&format!("{rule}.Transitions.0.StorageClass"), "GLACIER");
        bucket.override_prop(&format!("{rule}.Transitions.0.TransitionInDays"), 30_i64);
        bucket.override_prop("LifecycleConfiguration.Rules.1.Status", "Disabled");
        bucket.override_prop("LifecycleConfiguration.Rules.1.ExpirationInDays", 90_i64);
        bucket.override_prop(
            "Tags.0",
            Data::map([("Key", Data::from("a")), ("Value", Data::from("b"))]),
        );
    });
    let properties = json!({
        "LifecycleConfiguration": { "Rules": [
            { "Status": "Enabled", "Transitions": [{ "StorageClass": "GLACIER", "TransitionInDays": 30 }] },
            { "Status": "Disabled", "ExpirationInDays": 90 },
        ] },
        "Tags": [{ "Key": "a", "Value": "b" }],
    });
    assert_eq!(template["Resources"]["Bucket"]["Properties"], properties);
}

#[test]
fn reports_override_path_that_skips_list_items() {
    for (path, at) in [
        ("Tags.1.Key", "Tags.1"),
        ("Tags.0.Values.2", "Tags.0.Values.2"),
    ] {
        let app = App::new();
        let stack = Stack::new(&app, "Stack");
        let bucket = CfnResource::new(stack, "Bucket", "AWS::S3::Bucket", json!({}));
        bucket.override_prop(path, "x");
        let synthesis = app.synth();
        let [finding] = synthesis.findings() else {
            panic!("{:?}", synthesis.findings());
        };
        assert_eq!(finding.code, codes::BAD_OVERRIDE_PATH);
        let end = format!("`{at}` is neither in a map nor the next item of a list");
        assert!(finding.message.ends_with(&end), "{}", finding.message);
    }
}

#[test]
fn keeps_order_of_map_entries() {
    let map: Value<BTreeMap<String, String>> = [("b", "1"), ("a", "2")].into_value();
    assert_eq!(
        map.into_data().to_json().to_string(),
        r#"{"b":"1","a":"2"}"#
    );
}
