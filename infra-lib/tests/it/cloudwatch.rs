//! Tests of the constructs in `infra_lib::cloudwatch`.

use infra_lib::assertions::{Match, Template};
use infra_lib::cloudwatch::{
    Alarm, AlarmRule, Comparison, CompositeAlarm, Dashboard, MathExpression, Metric, Period,
    Statistic, TreatMissingData, Widget,
};
use infra_lib::kms::Key;
use infra_lib::sns::{Topic, TopicEncryption};
use infra_lib::{App, Output, Stack};
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
        .encryption(TopicEncryption::key(key))
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

fn errors_alarm<'app>(
    stack: Stack<'app>,
    id: &str,
    metric: Metric,
    action: &(impl infra_lib::cloudwatch::AlarmAction + Clone + 'app),
) -> Alarm<'app> {
    metric
        .alarm()
        .comparison(Comparison::GreaterThanThreshold)
        .threshold(0)
        .evaluation_periods(1)
        .treat_missing_data(TreatMissingData::NotBreaching)
        .action(action)
        .insufficient_data_action(action)
        .build(stack, id)
}

/// The ARNs are those of `aws-cdk-lib/aws-cloudwatch-actions`.
#[test]
fn renders_arns_of_managed_actions() {
    use infra_lib::cloudwatch::{
        Ec2Action, IncidentAction, OpsItemAction, OpsItemCategory, OpsItemSeverity,
    };
    let template = Template::of_stack(|stack| {
        let instance = Metric::new("AWS/EC2", "StatusCheckFailed").dimension("InstanceId", "i-1");
        errors_alarm(stack, "Reboot", instance, &Ec2Action::Reboot);
        let item =
            OpsItemAction::new(OpsItemSeverity::High).category(OpsItemCategory::Availability);
        errors_alarm(stack, "Item", cpu(), &item);
        let incident = IncidentAction::from_response_plan("database-down");
        errors_alarm(stack, "Incident", cpu(), &incident);
    });
    for arn in [
        "arn:${AWS::Partition}:automate:${AWS::Region}:ec2:reboot",
        "arn:${AWS::Partition}:ssm:${AWS::Region}:${AWS::AccountId}:opsitem:2#CATEGORY=Availability",
        "arn:${AWS::Partition}:ssm-incidents::${AWS::AccountId}:response-plan/database-down",
    ] {
        let actions = json!([{ "Fn::Sub": arn }]);
        template.has_properties(
            "AWS::CloudWatch::Alarm",
            json!({ "AlarmActions": actions.clone(), "InsufficientDataActions": actions }),
        );
    }
}

#[test]
fn reports_instance_action_without_instance() {
    use infra_lib::cloudwatch::Ec2Action;
    insta::assert_snapshot!(findings_of(|stack| {
        errors_alarm(stack, "Stop", cpu(), &Ec2Action::Stop);
    }));
}

/// A scaling policy and a function are actions by their ARNs, which `INF1208` refused (issue 19).
#[test]
fn accepts_scaling_policies_and_functions_as_actions() {
    use infra_lib::cfn::applicationautoscaling::CfnScalingPolicyProps;
    use infra_lib::cfn::applicationautoscaling::scaling_policy::{
        PolicyType, ScalableDimension, ServiceNamespace,
    };
    use infra_lib::lambda::{Code, Function, Runtime};
    let app = App::new();
    let shared = Stack::new(&app, "Shared");
    let function = Function::builder()
        .runtime(Runtime::Nodejs24)
        .handler("index.handler")
        .code(Code::inline("exports.handler = async () => {};"))
        .build(shared, "Function");
    let stack = Stack::new(&app, "Stack");
    let policy = CfnScalingPolicyProps::new("out", PolicyType::STEP_SCALING)
        .resource_id("service/shared/api")
        .scalable_dimension(ScalableDimension::ECS_SERVICE_DESIRED_COUNT)
        .service_namespace(ServiceNamespace::ECS)
        .build(stack, "Policy");
    let alarm = errors_alarm(stack, "Busy", cpu(), &policy);
    alarm.add_action(&function);
    alarm.add_ok_action(&function);
    infra_lib::CfnResource::new(
        stack,
        "Group",
        "AWS::AutoScaling::ScalingPolicy",
        json!({ "AutoScalingGroupName": "workers", "ScalingAdjustment": 1 }),
    );
    infra_lib::CfnResource::new(
        stack,
        "Raw",
        "AWS::CloudWatch::Alarm",
        json!({
            "ComparisonOperator": "GreaterThanThreshold", "EvaluationPeriods": 1, "Threshold": 1,
            "Namespace": "AWS/EC2", "MetricName": "CPUUtilization", "Period": 60, "Statistic": "Average",
            "AlarmActions": [{ "Ref": "Group" }, { "Fn::GetAtt": ["Group", "Arn"] }],
        }),
    );
    let synthesis = app.synth();
    let wrong = synthesis
        .findings()
        .iter()
        .filter(|one| one.code == infra_lib::codes::WRONG_REFERENCE_KIND);
    assert_eq!(wrong.count(), 0, "{:?}", synthesis.findings());
    let template = Template::of(&synthesis, "Stack");
    template.resource_count("AWS::Lambda::Permission", 1);
    template.has_properties(
        "AWS::Lambda::Permission",
        json!({
            "Principal": "lambda.alarms.cloudwatch.amazonaws.com",
            "SourceAccount": { "Ref": "AWS::AccountId" },
            "SourceArn": { "Fn::GetAtt": [Match::string_like("Busy*"), "Arn"] },
        }),
    );
    // The function's stack does not depend on that of the alarm.
    Template::of(&synthesis, "Shared").resource_count("AWS::Lambda::Permission", 0);
}

/// Every documented metric of every kind of source, as AWS names it.
#[test]
fn describes_metrics_of_constructs_and_imports_alike() {
    use infra_lib::cloudwatch::MetricSource;
    use infra_lib::ecs::Cluster;
    use infra_lib::logs::LogGroup;
    use infra_lib::sqs::Queue;
    let app = App::new();
    let stack = Stack::new(&app, "Stack");
    let own = Queue::builder().build(stack, "Jobs");
    let imported = Queue::from_arn("arn:aws:sqs:eu-west-1:111122223333:jobs");
    let logs = LogGroup::from_name(stack, "Logs", "/shop");
    let cluster = Cluster::from_name(stack, "Cluster", "shared");
    let sources: [(&dyn MetricSource, &str, &str); 4] = [
        (&own, "AWS/SQS", "QueueName"),
        (&imported, "AWS/SQS", "QueueName"),
        (&logs, "AWS/Logs", "LogGroupName"),
        (&cluster, "AWS/ECS", "ClusterName"),
    ];
    for (source, namespace, dimension) in sources {
        assert_eq!(source.metric_namespace(), namespace);
        assert_eq!(source.metric_dimensions()[0].0, dimension);
        let known = source.documented_metrics().concat();
        let names: std::collections::BTreeSet<&str> = known.iter().map(|one| one.name).collect();
        assert_eq!(names.len(), known.len(), "no metric is listed twice");
        assert!(
            known
                .iter()
                .all(|one| one.page.starts_with("https://docs.aws.amazon.com/"))
        );
        assert_eq!(source.metrics().len(), known.len());
    }
    assert_eq!(
        imported.metric_approximate_age_of_oldest_message(),
        imported.metric_named("ApproximateAgeOfOldestMessage")
    );
    assert_eq!(
        imported.metric_named("NewMetric"),
        imported.metric("NewMetric", Statistic::Average)
    );
}

#[test]
fn combines_composite_alarms_of_app_and_existing_ones() {
    let template = Template::of_stack(|stack| {
        let errors = Alarm::from_name(stack, "Errors", "shop-errors");
        let shop = CompositeAlarm::builder()
            .rule(AlarmRule::alarm(&errors))
            .alarm_name("shop")
            .build(stack, "Shop");
        let mail = CompositeAlarm::from_name(stack, "Mail", "mail");
        let search = CompositeAlarm::from_arn(
            stack,
            "Search",
            "arn:aws:cloudwatch:eu-west-1:111122223333:alarm:search",
        );
        CompositeAlarm::builder()
            .rule(AlarmRule::any_of([
                AlarmRule::composite(&shop),
                AlarmRule::composite(&mail),
                AlarmRule::composite(&search),
            ]))
            .alarm_name("page")
            .build(stack, "Page");
        Output::new(stack, "SearchName", search.name());
    });
    template.has_properties(
        "AWS::CloudWatch::CompositeAlarm",
        json!({
            "AlarmName": "page",
            "AlarmRule": { "Fn::Sub": Match::string_like(
                "(ALARM(\"${Shop*.Arn}\") OR \
                 ALARM(\"arn:${AWS::Partition}:cloudwatch:${AWS::Region}:${AWS::AccountId}:alarm:mail\") OR \
                 ALARM(\"arn:aws:cloudwatch:eu-west-1:111122223333:alarm:search\"))"
            ) },
        }),
    );
    template.has_output("SearchName", json!({ "Value": "search" }));
}
