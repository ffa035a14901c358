//! Tests of lookups through the Cloud Control API: what they ask, and what they make of the answer.

use infra_lib::assertions::Template;
use infra_lib::ecr::Repository;
use infra_lib::ecs::{Cluster, FargateService, WithPort};
use infra_lib::elbv2::{TargetGroup, TargetGroupLookup};
use infra_lib::logs::LogGroup;
use infra_lib::sns::{FifoTopic, Topic};
use infra_lib::{App, CfnResource, Environment, Stack, StackProps, Synthesis, codes};
use serde_json::{Value, json};

const GROUP: &str =
    "arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/api/73e2d6bc24d8a067";

/// Synthesizes a stack in a region with these answers.
fn synthesize(
    region: &str,
    context: &[(&str, Value)],
    build: impl for<'app> FnOnce(Stack<'app>),
) -> Synthesis {
    let app = App::new();
    let context = context.iter();
    app.set_context(context.map(|(key, value)| ((*key).to_owned(), value.clone())));
    let stack = StackProps::new()
        .environment(Environment::new("111122223333", region))
        .build(&app, "Stack");
    build(stack);
    // A stack has at least one resource.
    CfnResource::new(stack, "Any", "AWS::SNS::Topic", json!({}));
    app.synth()
}

/// Returns the type, the identifier and the returned properties of each open lookup.
fn questions(region: &str, build: impl for<'app> FnOnce(Stack<'app>)) -> Vec<String> {
    let synthesis = synthesize(region, &[], build);
    let mut found: Vec<String> = synthesis
        .missing()
        .iter()
        .map(|one| {
            assert_eq!(one.provider, "cc-api-provider");
            let value = |name: &str| one.props.get(name).cloned().unwrap_or_default();
            let identifier = match value("exactIdentifier") {
                Value::Null => {
                    format!("{} {}", value("propertyMatch"), value("expectedMatchCount"))
                }
                identifier => identifier.to_string(),
            };
            format!(
                "{} {identifier} {}",
                value("typeName"),
                value("propertiesToReturn")
            )
            .replace('"', "")
        })
        .collect();
    found.sort();
    found
}

#[test]
fn asks_for_one_resource_by_identifier_of_its_type() {
    let found = questions("eu-west-1", |stack| {
        Cluster::from_lookup(stack, "Cluster", "shared");
        FargateService::<WithPort>::from_lookup(stack, "Service", "shared", "api");
        Repository::from_lookup(stack, "Images", "shop/api");
        LogGroup::from_lookup(stack, "Logs", "/shop/api");
        TargetGroup::from_lookup(stack, "Group", &TargetGroupLookup::by_arn(GROUP));
        TargetGroup::from_lookup(stack, "Named", &TargetGroupLookup::by_name("api"));
        Topic::from_lookup(stack, "orders");
        FifoTopic::from_lookup(stack, "events");
        FifoTopic::from_lookup(stack, "audit.fifo");
    });
    assert_eq!(
        found,
        [
            "AWS::ECR::Repository shop/api [Arn]",
            "AWS::ECS::Cluster shared [Arn]",
            "AWS::ECS::Service arn:aws:ecs:eu-west-1:111122223333:service/shared/api|shared [ServiceArn]",
            &format!("AWS::ElasticLoadBalancingV2::TargetGroup {GROUP} [TargetGroupArn]"),
            "AWS::ElasticLoadBalancingV2::TargetGroup {Name:api} exactly-one [TargetGroupArn]",
            "AWS::Logs::LogGroup /shop/api [Arn]",
            "AWS::SNS::Topic arn:aws:sns:eu-west-1:111122223333:audit.fifo [TopicArn]",
            "AWS::SNS::Topic arn:aws:sns:eu-west-1:111122223333:events.fifo [TopicArn]",
            "AWS::SNS::Topic arn:aws:sns:eu-west-1:111122223333:orders [TopicArn]",
        ]
    );
}

#[test]
fn asks_in_partition_of_region() {
    for (region, partition) in [
        ("cn-north-1", "aws-cn"),
        ("us-gov-west-1", "aws-us-gov"),
        ("eusc-de-east-1", "aws-eusc"),
        ("us-iso-east-1", "aws-iso"),
        ("us-isob-east-1", "aws-iso-b"),
        ("mx-central-1", "aws"),
    ] {
        let found = questions(region, |stack| {
            Topic::from_lookup(stack, "orders");
        });
        let arn = format!("arn:{partition}:sns:{region}:111122223333:orders");
        assert_eq!(found, [format!("AWS::SNS::Topic {arn} [TopicArn]")]);
    }
}

/// The key and the placeholder are those of `Repository.fromLookup` of aws-cdk-lib 2.276.0.
#[test]
fn asks_for_repository_as_the_cdk_does() {
    let synthesis = synthesize("eu-west-1", &[], |stack| {
        let images = Repository::from_lookup(stack, "Images", "shop/api");
        assert_eq!(
            images.arn().as_literal(),
            Some("arn:aws:ecr:us-east-1:123456789012:repository/DUMMY_ARN")
        );
    });
    assert_eq!(
        synthesis.missing()[0].key,
        "cc-api-provider:account=111122223333:exactIdentifier=shop/api:propertiesToReturn.0=Arn:region=eu-west-1:typeName=AWS$:$:ECR$:$:Repository"
    );
}

#[test]
fn imports_answers() {
    let key = |kind: &str, identifier: &str, returned: &str| {
        let (kind, identifier) = (kind.replace(':', "$:"), identifier.replace(':', "$:"));
        format!(
            "cc-api-provider:account=111122223333:exactIdentifier={identifier}:propertiesToReturn.0={returned}:region=eu-west-1:typeName={kind}"
        )
    };
    let cluster = "arn:aws:ecs:eu-west-1:111122223333:cluster/shared";
    let service = "arn:aws:ecs:eu-west-1:111122223333:service/shared/api";
    let topic = "arn:aws:sns:eu-west-1:111122223333:orders";
    let logs = "arn:aws:logs:eu-west-1:111122223333:log-group:/shop/api:*";
    let images = "arn:aws:ecr:eu-west-1:111122223333:repository/shop/api";
    let context = [
        (
            key("AWS::ECS::Cluster", "shared", "Arn"),
            json!([{ "Identifier": "shared", "Arn": cluster }]),
        ),
        (
            key(
                "AWS::ECS::Service",
                &format!("{service}|shared"),
                "ServiceArn",
            ),
            json!([{ "Identifier": "-", "ServiceArn": service }]),
        ),
        (
            key("AWS::ECR::Repository", "shop/api", "Arn"),
            json!([{ "Identifier": "shop/api", "Arn": images }]),
        ),
        (
            key("AWS::Logs::LogGroup", "/shop/api", "Arn"),
            json!([{ "Identifier": "/shop/api", "Arn": logs }]),
        ),
        (
            key(
                "AWS::ElasticLoadBalancingV2::TargetGroup",
                GROUP,
                "TargetGroupArn",
            ),
            json!([{ "Identifier": GROUP, "TargetGroupArn": GROUP }]),
        ),
        (
            key("AWS::SNS::Topic", topic, "TopicArn"),
            json!([{ "Identifier": topic, "TopicArn": topic }]),
        ),
    ];
    let context: Vec<(&str, Value)> = context
        .iter()
        .map(|(key, value)| (key.as_str(), value.clone()))
        .collect();
    let synthesis = synthesize("eu-west-1", &context, |stack| {
        let found = Cluster::from_lookup(stack, "Cluster", "shared");
        assert_eq!(found.arn().as_literal(), Some(cluster));
        assert_eq!(found.cluster_name().as_literal(), Some("shared"));
        let found = FargateService::<WithPort>::from_lookup(stack, "Service", "shared", "api");
        assert_eq!(found.arn().as_literal(), Some(service));
        found.auto_scale(2, 10).on_cpu(60);
        let found = Repository::from_lookup(stack, "Images", "shop/api");
        assert_eq!(found.arn().as_literal(), Some(images));
        let found = LogGroup::from_lookup(stack, "Logs", "/shop/api");
        assert_eq!(found.arn().as_literal(), Some(logs));
        assert_eq!(found.name().as_literal(), Some("/shop/api"));
        let lookup = TargetGroupLookup::by_arn(GROUP);
        let found = TargetGroup::from_lookup(stack, "Group", &lookup);
        assert_eq!(
            found.full_name().as_literal(),
            Some("targetgroup/api/73e2d6bc24d8a067")
        );
        let found = Topic::from_lookup(stack, "orders");
        assert_eq!(found.arn().as_literal(), Some(topic));
        assert_eq!(found.name().as_literal(), Some("orders"));
    });
    assert!(synthesis.missing().is_empty(), "{:?}", synthesis.missing());
    assert!(
        synthesis.findings().is_empty(),
        "{:?}",
        synthesis.findings()
    );
    Template::of(&synthesis, "Stack").has_properties(
        "AWS::ApplicationAutoScaling::ScalableTarget",
        json!({ "ResourceId": "service/shared/api", "MaxCapacity": 10 }),
    );
}

#[test]
fn reports_lookup_in_stack_without_environment() {
    let app = App::new();
    let stack = Stack::new(&app, "Stack");
    CfnResource::new(stack, "Any", "AWS::SNS::Topic", json!({}));
    Topic::from_lookup(stack, "orders");
    let synthesis = app.synth();
    let found: Vec<_> = synthesis.findings().iter().map(|one| one.code).collect();
    assert_eq!(found, [codes::LOOKUP_NEEDS_ENVIRONMENT]);
}
