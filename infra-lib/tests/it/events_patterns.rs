//! Tests of event patterns, schedules and other mistakes in rules.

use infra_lib::events::{
    EventBus, EventPattern, Matcher, Rule, RuleTarget, Schedule, Target, TargetInput,
};
use infra_lib::logs::LogGroup;
use infra_lib::sns::Topic;
use infra_lib::{Duration, Stack};
use serde_json::{Value as Json, json};

use crate::base::findings_of;
use crate::events::{assert_only_finding, orders_pattern};

#[test]
fn matches_events_as_event_bridge_does() {
    let event = json!({
        "source": "shop.orders",
        "detail-type": "Order Paid",
        "account": "111122223333",
        "region": "eu-west-1",
        "resources": ["arn:aws:s3:::a", "arn:aws:s3:::b"],
        "detail": {
            "total": 120.5,
            "count": 3,
            "gift": false,
            "note": null,
            "ip": "10.0.0.77",
            "customer": { "name": "Ada Lovelace" },
            "lines": [{ "sku": "A-1" }, { "sku": "B-2" }],
        },
    });
    let detail = |path: &str, condition: Matcher| EventPattern::new().detail(path, condition);
    let matching = [
        orders_pattern().source("shop.returns"),
        EventPattern::new()
            .detail_type("Order Paid")
            .account("111122223333")
            .region("eu-west-1"),
        EventPattern::new().resource("arn:aws:s3:::b"),
        detail("total", Matcher::between(100, 121)),
        detail("total", Matcher::greater_than(120)),
        detail("count", 3.into()),
        detail("count", Matcher::at_most(3)),
        detail("gift", false.into()),
        detail("note", Matcher::null()),
        detail("ip", Matcher::cidr("10.0.0.64/26")),
        detail("customer.name", Matcher::prefix("Ada")),
        detail("customer.name", Matcher::suffix("lace")),
        detail("customer.name", Matcher::equals_ignore_case("ADA LOVELACE")),
        detail("customer.name", Matcher::wildcard("A*Love*e")),
        detail("customer.name", Matcher::anything_but(["Charles", "Mary"])),
        detail("customer.name", Matcher::anything_but_prefix("Ch")),
        detail("customer.name", Matcher::exists()),
        detail("coupon", Matcher::absent()),
        detail("coupon.code", Matcher::absent()),
        detail("total", Matcher::less_than(10).or(Matcher::at_least(120))),
        detail("lines.sku", "B-2".into()),
        EventPattern::from_json(
            json!({ "$or": [{ "source": ["x"] }, { "detail": { "count": [3] } }] }),
        ),
    ];
    for pattern in matching {
        assert!(pattern.matches(&event), "{pattern:?}");
    }
    let others = [
        EventPattern::new(),
        EventPattern::new().source("shop.order"),
        orders_pattern().region("us-east-1"),
        detail("total", Matcher::between(121, 200)),
        detail("count", "3".into()),
        detail("gift", true.into()),
        detail("ip", Matcher::cidr("10.0.0.0/26")),
        detail("customer.name", Matcher::wildcard("A*x")),
        detail("customer.name", Matcher::anything_but("Ada Lovelace")),
        detail("customer.name", Matcher::anything_but_prefix("Ada")),
        detail("customer.name", Matcher::absent()),
        detail("coupon", Matcher::exists()),
        detail("coupon", Matcher::anything_but("x")),
        detail("lines.sku", "C-3".into()),
        EventPattern::from_json(
            json!({ "$or": [{ "source": ["x"] }, { "detail": { "count": [4] } }] }),
        ),
    ];
    for pattern in others {
        assert!(!pattern.matches(&event), "{pattern:?}");
    }
}

#[test]
fn matches_any_text_where_pattern_names_resource() {
    let app = infra_lib::App::new();
    let stack = Stack::new(&app, "Stack");
    let log = LogGroup::builder().build(stack, "Log");
    let pattern = EventPattern::new().detail("group", log.name());
    assert!(pattern.matches(&json!({ "detail": { "group": "any" } })));
    assert!(!pattern.matches(&json!({ "detail": { "group": 1 } })));
}

fn findings_of_pattern(pattern: Json) -> String {
    findings_of(|stack| {
        let log = LogGroup::builder().build(stack, "Log");
        Rule::on_event(EventPattern::from_json(pattern))
            .target(log)
            .build(stack, "Rule");
    })
}

#[test]
fn rejects_patterns_that_event_bridge_rejects() {
    for (pattern, problem) in [
        (json!({}), "an event pattern has no conditions"),
        (
            json!({ "detailType": ["x"] }),
            "events have no field `detailType`",
        ),
        (json!({ "source": "x" }), "a condition is not in a list"),
        (json!({ "source": [] }), "a list of alternatives is empty"),
        (
            json!({ "source": [["x"]] }),
            "a list of alternatives is in another list",
        ),
        (json!({ "detail": {} }), "a field has no conditions"),
        (
            json!({ "source": [{ "begins": "x" }] }),
            "`begins` is not an operator of event patterns",
        ),
        (
            json!({ "detail": { "a": [{ "numeric": [">"] }] } }),
            "the operator `numeric` has an invalid argument",
        ),
        (
            json!({ "detail": { "a": [{ "cidr": "10.0.0.0" }] } }),
            "the operator `cidr` has an invalid argument",
        ),
        (
            json!({ "detail": { "a": [{ "wildcard": "a**b" }] } }),
            "the operator `wildcard` has an invalid argument",
        ),
        (
            json!({ "detail": { "a": ["x".repeat(2_100)] } }),
            "but EventBridge accepts 2048",
        ),
    ] {
        let found = findings_of_pattern(pattern);
        assert_only_finding(&found, "INF4861");
        assert!(found.contains(problem), "{found}");
    }
    assert_eq!(findings_of_pattern(json!({ "source": ["x"] })), "");
}

#[test]
fn rejects_pattern_that_does_not_match_its_example() {
    let found = findings_of(|stack| {
        let log = LogGroup::builder().build(stack, "Log");
        Rule::on_event(orders_pattern())
            .example(json!({ "source": "shop.orders" }))
            .example(json!({ "source": "shop.returns" }))
            .target(log)
            .build(stack, "Rule");
    });
    assert_only_finding(&found, "INF4862");
    assert!(found.contains(r#"{"source":"shop.returns"}"#), "{found}");
}

#[test]
fn rejects_schedules_that_event_bridge_rejects() {
    for (schedule, problem) in [
        (
            Schedule::rate(Duration::seconds(30)),
            "the interval of 30 seconds is not a positive number of whole minutes",
        ),
        (
            Schedule::cron("0 7 * * MON-FRI *"),
            "day of month and day of week are both set",
        ),
    ] {
        let found = findings_of(|stack| {
            let log = LogGroup::builder().build(stack, "Log");
            Rule::on_schedule(schedule).target(log).build(stack, "Rule");
        });
        assert_only_finding(&found, "INF4863");
        assert!(found.contains(problem), "{found}");
    }
}

#[test]
fn rejects_schedule_and_aws_events_on_custom_bus() {
    let found = findings_of(|stack| {
        let log = LogGroup::builder().build(stack, "Log");
        Rule::on_schedule(Schedule::rate(Duration::hours(1)))
            .event_bus(EventBus::from_name("shop"))
            .target(log)
            .build(stack, "Rule");
    });
    assert_only_finding(&found, "INF4864");
    let found = findings_of(|stack| {
        let log = LogGroup::builder().build(stack, "Log");
        Rule::on_event(EventPattern::new().source(["aws.s3", "shop"]))
            .event_bus(EventBus::from_arn(
                "arn:aws:events:eu-west-1:111122223333:event-bus/shop",
            ))
            .target(log)
            .build(stack, "Rule");
    });
    assert_only_finding(&found, "INF4868");
    let found = findings_of(|stack| {
        let log = LogGroup::builder().build(stack, "Log");
        Rule::on_event(EventPattern::new().source("aws.s3"))
            .event_bus(EventBus::default_bus())
            .target(log)
            .build(stack, "Rule");
    });
    assert_eq!(found, "");
}

#[test]
fn reports_rule_without_target_unless_one_is_added_later() {
    let found = findings_of(|stack| {
        Rule::on_event(orders_pattern()).build(stack, "Rule");
    });
    assert_only_finding(&found, "INF4865");
    let found = findings_of(|stack| {
        let log = LogGroup::builder().build(stack, "Log");
        Rule::on_event(orders_pattern())
            .build(stack, "Rule")
            .add_target(log);
    });
    assert_eq!(found, "");
}

#[test]
fn rejects_sixth_target() {
    let found = findings_of(|stack| {
        let rule = Rule::on_event(orders_pattern()).build(stack, "Rule");
        for number in 0..6 {
            rule.add_target(Target::new(format!(
                "arn:aws:sqs:eu-west-1:111122223333:q{number}"
            )));
        }
    });
    assert_only_finding(&found, "INF3007");
}

#[test]
fn rejects_topic_with_key_that_event_bridge_cannot_use() {
    let found = findings_of(|stack| {
        let topic = Topic::builder().build(stack, "Topic");
        Rule::on_event(orders_pattern())
            .target(topic)
            .build(stack, "Rule");
    });
    assert_only_finding(&found, "INF4866");
}

#[test]
fn rejects_undefined_variables_and_paths_of_inputs() {
    for (input, problem) in [
        (
            TargetInput::path("detail"),
            "`detail` is not a JSON path of an event",
        ),
        (
            TargetInput::template("\"<id>\"").variable("id", "detail.id"),
            "`detail.id` is not a JSON path",
        ),
        (
            TargetInput::template("\"<id>\""),
            "uses the variable `id`, which is not defined",
        ),
    ] {
        let found = findings_of(|stack| {
            let log = LogGroup::builder().build(stack, "Log");
            Rule::on_event(orders_pattern())
                .target(log.rule_target().input(input))
                .build(stack, "Rule");
        });
        assert_only_finding(&found, "INF4867");
        assert!(found.contains(problem), "{found}");
    }
}
