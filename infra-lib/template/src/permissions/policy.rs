//! Permissions as policy documents, and the comparison with a policy in use.

use std::collections::BTreeSet;

use infra_schema::iam::matches_action;
use serde_json::{Value as JsonValue, json};

use super::Permissions;
use super::names::is_named_entity;

/// Number of characters that a managed policy may have, without whitespace.
///
/// AWS: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html>
pub const MANAGED_POLICY_QUOTA: usize = 6_144;

/// The difference between permissions and a policy in use.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
#[non_exhaustive]
pub struct PolicyComparison {
    /// Actions that are needed and that the policy does not allow for any resource.
    pub missing: Vec<String>,
    /// Actions and patterns of the policy that match no needed action.
    pub unneeded: Vec<String>,
    /// `true` if the policy has statements that the comparison leaves out: `Deny` and `NotAction`.
    pub partial: bool,
}

/// A statement before its actions are distributed.
struct Statement<'p> {
    id: &'static str,
    actions: Vec<&'p str>,
    resource: JsonValue,
    condition: Option<JsonValue>,
}

impl Statement<'_> {
    fn to_json(&self, actions: &[&str]) -> JsonValue {
        let mut statement = json!({
            "Sid": self.id,
            "Effect": "Allow",
            "Action": actions,
            "Resource": self.resource,
        });
        if let Some(condition) = &self.condition {
            statement["Condition"] = condition.clone();
        }
        statement
    }
}

fn document(statements: &[JsonValue]) -> JsonValue {
    json!({"Version": "2012-10-17", "Statement": statements})
}

/// Returns the number of characters that IAM counts: all but whitespace.
fn count_characters(policy: &JsonValue) -> usize {
    policy
        .to_string()
        .chars()
        .filter(|c| !c.is_whitespace())
        .count()
}

impl Permissions {
    /// Returns the permissions as one policy document, of any length.
    ///
    /// Roles can be passed only if the app creates or names them, and only to the services that they trust. Roles and
    /// other IAM entities can be changed only if the app creates them or attaches policies to them. The other actions
    /// apply to all resources.
    pub fn policy(&self) -> JsonValue {
        let statements = self.statements();
        let statements: Vec<JsonValue> = statements
            .iter()
            .map(|one| one.to_json(&one.actions))
            .collect();
        document(&statements)
    }

    /// Returns the permissions as policy documents that each keep the quota of managed policies, [`MANAGED_POLICY_QUOTA`].
    pub fn managed_policies(&self) -> Vec<JsonValue> {
        let mut documents = Vec::new();
        let mut statements: Vec<JsonValue> = Vec::new();
        for statement in self.statements() {
            let mut actions: Vec<&str> = Vec::new();
            for action in &statement.actions {
                actions.push(action);
                let mut attempt = statements.clone();
                attempt.push(statement.to_json(&actions));
                if count_characters(&document(&attempt)) > MANAGED_POLICY_QUOTA {
                    actions.pop();
                    if !actions.is_empty() {
                        statements.push(statement.to_json(&actions));
                    }
                    if !statements.is_empty() {
                        documents.push(document(&std::mem::take(&mut statements)));
                    }
                    actions = vec![action];
                }
            }
            statements.push(statement.to_json(&actions));
        }
        if !statements.is_empty() {
            documents.push(document(&statements));
        }
        documents
    }

    /// Compares the actions with those of a policy in use: a policy document, or the output of `aws iam get-policy-version`
    /// or `get-role-policy`. Resources and conditions are not compared.
    ///
    /// # Errors
    ///
    /// Fails with the reason, as a clause, if the value contains no policy document.
    pub fn compare_with(&self, in_use: &JsonValue) -> Result<PolicyComparison, String> {
        let policy = [
            in_use,
            &in_use["PolicyVersion"]["Document"],
            &in_use["PolicyDocument"],
            &in_use["Document"],
        ]
        .into_iter()
        .find(|value| value.get("Statement").is_some())
        .ok_or("it has no `Statement`")?;
        let mut compared = PolicyComparison::default();
        let mut allowed: BTreeSet<&str> = BTreeSet::new();
        for statement in one_or_many(&policy["Statement"]) {
            let effect = statement["Effect"].as_str();
            if effect == Some("Allow") && statement.get("Action").is_some() {
                allowed.extend(one_or_many(&statement["Action"]).filter_map(JsonValue::as_str));
            } else {
                compared.partial = true;
            }
        }
        let needed = || self.actions.keys().map(String::as_str);
        compared.missing = needed()
            .filter(|action| {
                !allowed
                    .iter()
                    .any(|pattern| matches_action(pattern, action))
            })
            .map(str::to_owned)
            .collect();
        compared.unneeded = allowed
            .iter()
            .filter(|pattern| {
                !needed().any(|action| {
                    matches_action(pattern, action) || matches_action(action, pattern)
                })
            })
            .map(|pattern| (*pattern).to_owned())
            .collect();
        Ok(compared)
    }

    fn statements(&self) -> Vec<Statement<'_>> {
        let names = &self.names;
        let mut pass = Vec::new();
        let mut linked = Vec::new();
        let mut entities = Vec::new();
        let mut others = Vec::new();
        for (action, needed_by) in &self.actions {
            let list = if action == "iam:PassRole" {
                &mut pass
            } else if action.starts_with("iam:") && action.ends_with("ServiceLinkedRole") {
                &mut linked
            } else if action.starts_with("iam:") && needed_by.iter().all(|one| is_named_entity(one))
            {
                &mut entities
            } else {
                &mut others
            };
            list.push(action.as_str());
        }
        let list_or_all = |arns: &BTreeSet<String>| {
            if arns.is_empty() {
                json!("*")
            } else {
                json!(arns)
            }
        };
        let passed_to = (!names.unknown_service && !names.services.is_empty())
            .then(|| json!({"StringEquals": {"iam:PassedToService": names.services}}));
        let linked_roles = format!("arn:{}:iam::*:role/aws-service-role/*", names.partition);
        [
            ("PassRoles", pass, list_or_all(&names.roles), passed_to),
            ("ServiceLinkedRoles", linked, json!(linked_roles), None),
            ("Entities", entities, list_or_all(&names.entities), None),
            ("Resources", others, json!("*"), None),
        ]
        .into_iter()
        .filter(|(_, actions, ..)| !actions.is_empty())
        .map(|(id, actions, resource, condition)| Statement {
            id,
            actions,
            resource,
            condition,
        })
        .collect()
    }
}

/// Returns the elements of a list, or the value itself: policies may write a single one without a list.
fn one_or_many(value: &JsonValue) -> impl Iterator<Item = &JsonValue> {
    match value {
        JsonValue::Array(items) => items.as_slice(),
        one => std::slice::from_ref(one),
    }
    .iter()
}
