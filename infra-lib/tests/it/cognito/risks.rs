//! Tests of reactions to risks of sign-ins.

use infra_lib::assertions::{Match, Template};
use infra_lib::cognito::{
    FeaturePlan, RiskAction, RiskNotification, ThreatProtection, UserPool, UserPoolClient,
    UserPoolRiskConfiguration,
};
use serde_json::json;

use crate::base::findings_of;

#[test]
fn reacts_to_risks_of_sign_ins() {
    let template = Template::of_stack(|stack| {
        let users = UserPool::builder()
            .plan(FeaturePlan::Plus)
            .threat_protection(ThreatProtection::Enforced)
            .build(stack, "Users");
        let web = UserPoolClient::builder()
            .user_pool(users)
            .build(stack, "Web");
        UserPoolRiskConfiguration::builder()
            .user_pool(users)
            .build(stack, "All");
        UserPoolRiskConfiguration::builder()
            .user_pool(users)
            .client(web.client_id())
            .block_compromised_passwords(false)
            .medium_risk(RiskAction::SecondFactor)
            .high_risk(RiskAction::SecondFactorIfConfigured)
            .notification(
                RiskNotification::new("arn:aws:ses:eu-west-1:111122223333:identity/example.com")
                    .from("accounts@example.com"),
            )
            .blocked_range("198.51.100.0/24")
            .skipped_range("203.0.113.0/24")
            .build(stack, "One");
    });
    let action = |name: &str, notify: bool| json!({ "EventAction": name, "Notify": notify });
    template.has_properties(
        "AWS::Cognito::UserPoolRiskConfigurationAttachment",
        json!({
            "ClientId": "ALL",
            "CompromisedCredentialsRiskConfiguration": { "Actions": { "EventAction": "BLOCK" } },
            "AccountTakeoverRiskConfiguration": {
                "NotifyConfiguration": Match::absent(),
                "Actions": {
                    "LowAction": action("NO_ACTION", false),
                    "MediumAction": action("MFA_IF_CONFIGURED", false),
                    "HighAction": action("BLOCK", false),
                },
            },
            "RiskExceptionConfiguration": Match::absent(),
        }),
    );
    template.has_properties(
        "AWS::Cognito::UserPoolRiskConfigurationAttachment",
        json!({
            "ClientId": { "Ref": Match::any() },
            "CompromisedCredentialsRiskConfiguration": { "Actions": { "EventAction": "NO_ACTION" } },
            "AccountTakeoverRiskConfiguration": {
                "NotifyConfiguration": { "SourceArn": Match::any(), "From": "accounts@example.com" },
                "Actions": {
                    "LowAction": action("NO_ACTION", false),
                    "MediumAction": action("MFA_REQUIRED", true),
                    "HighAction": action("MFA_IF_CONFIGURED", true),
                },
            },
            "RiskExceptionConfiguration": {
                "BlockedIPRangeList": ["198.51.100.0/24"],
                "SkippedIPRangeList": ["203.0.113.0/24"],
            },
        }),
    );
}

#[test]
fn reports_reactions_to_risks_without_plan() {
    let found = findings_of(|stack| {
        let users = UserPool::builder().build(stack, "Users");
        UserPoolRiskConfiguration::builder()
            .user_pool(users)
            .build(stack, "Risks");
    });
    assert_eq!(found.matches("error[INF4961]").count(), 1, "{found}");
    assert!(found.contains("reactions to risks"), "{found}");
}
