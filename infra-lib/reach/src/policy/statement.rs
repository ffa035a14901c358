//! The match of a statement with a request: [`Request`].

use super::condition::matches_condition;
use super::context::{Context, ContextValue};
use super::document::{Item, Statement};
use super::pattern::{matches_arn, matches_text};
use super::principal::{Principal, PrincipalMatch};
use crate::answer::Answer;
use crate::atoms::{ANYTHING, Atoms};

/// A request to an API of AWS.
#[derive(Clone, Debug)]
pub struct Request {
    /// The caller.
    pub principal: Principal,
    /// The action, for example `s3:GetObject`.
    pub action: String,
    /// ARN of the resource, or `*` for actions without one.
    pub resource: String,
    /// Account of the resource.
    pub resource_account: String,
    /// Condition keys of the request.
    pub context: Context,
}

impl Request {
    /// Creates a request without known condition keys.
    pub fn new(
        principal: Principal,
        action: impl Into<String>,
        resource: impl Into<String>,
        resource_account: impl Into<String>,
    ) -> Self {
        Self {
            principal,
            action: action.into(),
            resource: resource.into(),
            resource_account: resource_account.into(),
            context: Context::default(),
        }
    }
}

impl Statement {
    /// Returns the answer for action, resource and condition, without the principal.
    pub(super) fn applies(&self, request: &Request, atoms: &Atoms) -> Answer {
        let action = request.action.to_ascii_lowercase();
        let actions = self.actions.as_ref().map_or(Answer::No, |list| {
            list.matches(|pattern| matches_text(pattern, &action, atoms))
        });
        if actions == Answer::No {
            return Answer::No;
        }
        // Trust policies and policies of single resources have no resource element.
        let resources = self.resources.as_ref().map_or(Answer::Yes, |list| {
            let found = list.matches(|pattern| matches_resource(pattern, request, atoms));
            let lacks_key = |item: &Item| substitute(&item.text, request, true).is_none();
            // AWS does not say what a variable without a value excludes.
            if list.negated && list.items.iter().any(lacks_key) {
                found.and(Answer::Possible)
            } else {
                found
            }
        });
        let certain = if self.certain {
            Answer::Yes
        } else {
            Answer::Possible
        };
        let found = actions.and(resources).and(certain);
        if found == Answer::No {
            return found;
        }
        let condition = self.condition.as_ref();
        found.and(condition.map_or(Answer::Yes, |condition| {
            matches_condition(condition, request, atoms)
        }))
    }

    /// Returns the answers for the principal of a request. An identity policy has no principals and applies to its identity.
    pub(super) fn names(&self, principal: &Principal, atoms: &Atoms) -> PrincipalMatch {
        match &self.principals {
            Some(principals) => principals.matches(principal, atoms),
            None => PrincipalMatch::default(),
        }
    }
}

fn matches_resource(pattern: &str, request: &Request, atoms: &Atoms) -> Answer {
    if pattern == "*" {
        return Answer::Yes;
    }
    match substitute(pattern, request, true) {
        Some(pattern) => matches_arn(&pattern, &request.resource, atoms),
        None => Answer::No,
    }
}

/// Replaces policy variables such as `${aws:PrincipalTag/team}`. Returns `None` if the request lacks the key and the
/// variable has no default: such a text matches nothing.
///
/// AWS: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html>
pub(super) fn substitute(text: &str, request: &Request, wildcards: bool) -> Option<String> {
    let mut out = String::new();
    let mut rest = text;
    while let Some(start) = rest.find("${") {
        out.push_str(&rest[..start]);
        let inside = &rest[start + 2..];
        let Some(end) = inside.find('}') else {
            out.push_str(&rest[start..]);
            return Some(out);
        };
        let name = &inside[..end];
        rest = &inside[end + 1..];
        if matches!(name, "*" | "?" | "$") {
            if wildcards {
                out.push_str("${");
                out.push_str(name);
                out.push('}');
            } else {
                out.push_str(name);
            }
            continue;
        }
        let (key, default) = match name.split_once(',') {
            Some((key, default)) => (key.trim(), Some(default.trim().trim_matches('\''))),
            None => (name, None),
        };
        let value = match request.context.find(key) {
            None => ANYTHING.to_string(),
            Some(ContextValue::Known(values)) => match values.as_slice() {
                [one] => one.clone(),
                // A key with several values cannot be a variable.
                _ => return None,
            },
            Some(ContextValue::Absent) => default?.to_owned(),
        };
        if wildcards {
            for c in value.chars() {
                match c {
                    '*' | '?' | '$' => out.extend(['$', '{', c, '}']),
                    other => out.push(other),
                }
            }
        } else {
            out.push_str(&value);
        }
    }
    out.push_str(rest);
    Some(out)
}
