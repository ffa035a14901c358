//! Tests of the constructs in `infra_lib::wafv2`.

use infra_lib::assertions::{Match, Template};
use infra_lib::ec2::Vpc;
use infra_lib::elbv2::ApplicationLoadBalancer;
use infra_lib::logs::RetentionDays;
use infra_lib::wafv2::{ManagedRuleGroup, RateLimit, RateWindow, WebAcl, WebAclLogging};
use infra_lib::{App, Environment, Stack, StackProps, cidr, core::render};
use serde_json::json;

fn at<'app>(app: &'app App, region: &str) -> Stack<'app> {
    StackProps::new()
        .environment(Environment::region(region))
        .build(app, "Stack")
}

#[test]
fn renders_web_acl_with_managed_rules_and_logging() {
    let app = App::new();
    WebAcl::cloudfront().build(at(&app, "us-east-1"), "WebAcl");
    let template = Template::of(&app.synth(), "Stack");
    insta::assert_snapshot!(serde_json::to_string_pretty(template.json()).unwrap());
}

#[test]
fn renders_counting_rules_and_chosen_rate_limit() {
    let template = Template::of_stack(|stack| {
        WebAcl::regional()
            .rule_group(ManagedRuleGroup::common().counting("SizeRestrictions_BODY"))
            .rule_group(ManagedRuleGroup::named("AWSManagedRulesSQLiRuleSet"))
            .rate_limit(RateLimit::per_address(100).within(RateWindow::OneMinute))
            .logging(WebAclLogging::All(RetentionDays::ONE_MONTH))
            .build(stack, "WebAcl");
    });
    template.has_properties(
        "AWS::WAFv2::WebACL",
        json!({ "Scope": "REGIONAL", "Rules": Match::list_with(json!([
            { "Name": "RateLimit", "Statement": { "RateBasedStatement": { "Limit": 100, "EvaluationWindowSec": 60 } } },
            { "Name": "AWSManagedRulesCommonRuleSet", "Statement": { "ManagedRuleGroupStatement": {
                "RuleActionOverrides": [{ "Name": "SizeRestrictions_BODY", "ActionToUse": { "Count": {} } }],
            } } },
            { "Name": "AWSManagedRulesSQLiRuleSet", "Priority": 4 },
        ])) }),
    );
    template.has_properties(
        "AWS::WAFv2::LoggingConfiguration",
        json!({ "LoggingFilter": Match::absent() }),
    );
}

#[test]
fn omits_log_resources_if_logging_is_off() {
    let template = Template::of_stack(|stack| {
        WebAcl::regional()
            .logging(WebAclLogging::Off)
            .build(stack, "WebAcl");
    });
    template.resource_count("AWS::WAFv2::LoggingConfiguration", 0);
    template.resource_count("AWS::Logs::LogGroup", 0);
}

#[test]
fn associates_regional_web_acl_with_load_balancer() {
    let template = Template::of_stack(|stack| {
        let vpc = Vpc::builder()
            .cidr(cidr!("10.0.0.0/16"))
            .build(stack, "Vpc");
        let balancer = ApplicationLoadBalancer::builder()
            .internal(vpc.private())
            .build(stack, "LoadBalancer");
        WebAcl::regional().build(stack, "WebAcl").protect(&balancer);
    });
    template.resource_count("AWS::WAFv2::WebACLAssociation", 1);
}

#[test]
fn reports_cloudfront_web_acl_outside_us_east_1() {
    let app = App::new();
    WebAcl::cloudfront().build(at(&app, "eu-west-1"), "WebAcl");
    insta::assert_snapshot!(
        app.synth()
            .findings()
            .iter()
            .map(render)
            .collect::<String>()
    );
}

#[test]
fn reports_rate_limit_out_of_range() {
    let app = App::new();
    WebAcl::regional()
        .rate_limit(RateLimit::per_address(5))
        .build(at(&app, "eu-west-1"), "WebAcl");
    insta::assert_snapshot!(
        app.synth()
            .findings()
            .iter()
            .map(render)
            .collect::<String>()
    );
}
