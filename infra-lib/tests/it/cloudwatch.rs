//! Tests of the constructs in `infra_lib::cloudwatch`.

use infra_lib::assertions::{Match, Template};
use infra_lib::cloudwatch::{
    Alarm, Comparison, Dashboard, MathExpression, Metric, Period, Statistic, TreatMissingData,
    Widget,
};
use infra_lib::kms::Key;
use infra_lib::sns::{Topic, TopicEncryption};
use infra_lib::{App, Stack};
use serde_json::{Value, json};

use crate::base::findings_of;

fn cpu() -> Metric {
    Metric::new("AWS/ECS", "CPUUtilization")
        .dimension("ServiceName", "notes")
        .dimension("ClusterName", "notes")
}

#[test]
fn keeps_dimension_order_and_renders_extended_statistic() {
    let template = Template::of_stack(|stack| {
        Alarm::builder()
            .metric(cpu().statistic(Statistic::P99).period(Period::ONE_MINUTE))
            .comparison(Comparison::GreaterThanOrEqualToThreshold)
            .threshold(80)
            .evaluation_periods(3)
            .treat_missing_data(TreatMissingData::Breaching)
            .build(stack, "Busy");
    });
    template.has_properties(
        "AWS::CloudWatch::Alarm",
        json!({
            "Dimensions": [{ "Name": "ServiceName" }, { "Name": "ClusterName" }],
            "ExtendedStatistic": "p99",
            "Statistic": Match::absent(),
            "Period": 60,
            "Threshold": 80,
            "TreatMissingData": "breaching",
            "AlarmName": Match::absent(),
        }),
    );
}

#[test]
fn extends_topic_and_key_policies_of_another_stack() {
    let app = App::new();
    let shared = Stack::new(&app, "Shared");
    let key = Key::builder().build(shared, "Key");
    let topic = Topic::builder()
        .encryption(TopicEncryption::Key(key))
        .build(shared, "Topic");
    let stack = Stack::new(&app, "Service");
    for id in ["First", "Second"] {
        Alarm::builder()
            .metric(cpu())
            .comparison(Comparison::GreaterThanThreshold)
            .threshold(80)
            .evaluation_periods(3)
            .treat_missing_data(TreatMissingData::Ignore)
            .action(&topic)
            .build(stack, id);
    }
    let synthesis = app.synth();
    let template = Template::of(&synthesis, "Shared");
    let publishers =
        &template.only("AWS::SNS::TopicPolicy")["Properties"]["PolicyDocument"]["Statement"];
    assert_eq!(
        publishers.as_array().map(Vec::len),
        Some(2),
        "each pair once"
    );
    assert_eq!(
        publishers[1]["Principal"],
        json!({ "Service": "cloudwatch.amazonaws.com" })
    );
    let users = &template.only("AWS::KMS::Key")["Properties"]["KeyPolicy"]["Statement"];
    assert_eq!(
        users[2]["Principal"],
        json!({ "Service": "cloudwatch.amazonaws.com" })
    );
}

#[test]
fn reports_invalid_evaluation_windows() {
    insta::assert_snapshot!(findings_of(|stack| {
        let alarm = |periods, datapoints, id: &str| {
            Alarm::builder()
                .metric(cpu())
                .comparison(Comparison::GreaterThanThreshold)
                .threshold(80)
                .evaluation_periods(periods)
                .datapoints_to_alarm(datapoints)
                .treat_missing_data(TreatMissingData::Ignore)
                .build(stack, id)
        };
        alarm(300, 1, "TooLong");
        alarm(3, 4, "TooMany");
        alarm(1, 0, "None");
    }));
}

#[test]
fn suggests_nearest_name_for_unknown_metric_in_expression() {
    insta::assert_snapshot!(findings_of(|stack| {
        Alarm::builder()
            .metric(MathExpression::new("100 * erors / SUM([requests])").using("errors", cpu()))
            .comparison(Comparison::GreaterThanThreshold)
            .threshold(1)
            .evaluation_periods(1)
            .treat_missing_data(TreatMissingData::NotBreaching)
            .build(stack, "Rate");
    }));
}

#[test]
fn places_and_wraps_widgets_in_dashboard_json() {
    let template = Template::of_stack(|stack| {
        Dashboard::builder()
            .row([Widget::text("\"quoted\" $ {not} a reference")])
            .row([
                Widget::graph("A").left(cpu()).width(16),
                Widget::graph("B").left(cpu()),
                Widget::graph("C").left(cpu()).width(24),
            ])
            .build(stack, "Dashboard");
    });
    let body =
        &template.only("AWS::CloudWatch::Dashboard")["Properties"]["DashboardBody"]["Fn::Sub"];
    let body: Value = serde_json::from_str(body.as_str().expect("Fn::Sub")).expect("JSON");
    let places: Vec<_> = body["widgets"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|w| (&w["x"], &w["y"], &w["width"]))
        .collect();
    assert_eq!(
        json!(places),
        json!([[0, 0, 24], [0, 2, 16], [16, 2, 1], [0, 8, 24]])
    );
}
