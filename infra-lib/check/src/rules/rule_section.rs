//! The section `Rules`: assertions about parameters.
//!
//! AWS: <https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/rules-section-structure.html>

use infra_core::codes;

use super::conditions::is_condition;
use super::{check_keys, expect_map};
use crate::finding::Findings;
use crate::model::Model;
use crate::tree::Value;

/// Functions of rules that return true or false, in addition to those of conditions.
const RULE_FUNCTIONS: [&str; 3] = ["Fn::Contains", "Fn::EachMemberEquals", "Fn::EachMemberIn"];

pub(super) fn check_rules<'t>(model: &'t Model<'t>, findings: &mut Findings) {
    for entry in &model.rules.entries {
        let Some(rule) = expect_map(&entry.value, &format!("the rule `{}`", entry.key), findings)
        else {
            continue;
        };
        check_keys(rule, &["Assertions", "RuleCondition"], "a rule", findings);
        if let Some(condition) = rule.get("RuleCondition") {
            check_test(condition, "`RuleCondition`", findings);
        }
        let Some(assertions) = rule.get("Assertions") else {
            let message = format!("the rule `{}` lacks `Assertions`", entry.key);
            findings.add(codes::MISSING_KEY, entry.key_span, message);
            continue;
        };
        let Some(items) = assertions.as_list() else {
            let message = format!("`Assertions` is a list, found {}", assertions.describe());
            findings.add(codes::WRONG_FORM, assertions.span, message);
            continue;
        };
        for item in items {
            check_assertion(item, findings);
        }
    }
}

fn check_assertion(item: &Value, findings: &mut Findings) {
    let Some(assertion) = expect_map(item, "an assertion", findings) else {
        return;
    };
    check_keys(
        assertion,
        &["Assert", "AssertDescription"],
        "an assertion",
        findings,
    );
    match assertion.get("Assert") {
        Some(test) => check_test(test, "`Assert`", findings),
        None => {
            findings.add(codes::MISSING_KEY, item.span, "an assertion lacks `Assert`");
        }
    }
}

fn check_test(value: &Value, owner: &str, findings: &mut Findings) {
    let is_rule = value
        .as_call()
        .is_some_and(|call| RULE_FUNCTIONS.contains(&call.name.as_str()));
    if !is_rule && !is_condition(value) {
        let message = format!(
            "{owner} is a function that returns true or false, found {}",
            value.describe()
        );
        findings.add(codes::WRONG_FORM, value.span, message);
    }
}
