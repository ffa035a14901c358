//! Reads `policy.toml`: exceptions from rules, and parts of deployments that rules need not see. The file is in the policy folder, so that only
//! maintainers of the rules can change it.

use serde::Deserialize;

use super::unseen::{Kind, UnseenPart};

/// File name of the settings of a policy folder.
pub(super) const FILE: &str = "policy.toml";

/// Content of `policy.toml`; unknown keys are refused.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Settings {
    /// Name of the policy, such as `your-org/policy`, which reviews and plan files repeat.
    pub(super) name: Option<String>,
    /// Accepted violations, each with a reason.
    #[serde(default)]
    pub(super) exceptions: Vec<Exception>,
    /// Parts of deployments that rules need not see, each with a reason.
    #[serde(default)]
    pub(super) unseen: Vec<Allowance>,
}

/// An accepted violation. All keys that are set have to match.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq)]
#[serde(deny_unknown_fields)]
pub(super) struct Exception {
    /// Name of the rule.
    pub(super) rule: String,
    /// Name of the stack in CloudFormation; `*` matches any text.
    pub(super) stack: String,
    /// Logical ID of the resource, prefixed with its nested stack if it is in one: `Child/Table`.
    pub(super) resource: Option<String>,
    /// Construct path of the resource: `Data/Table`.
    pub(super) construct: Option<String>,
    /// Resource type, required with `resource` or `construct`. Without all three, every violation of the rule in the stack is accepted.
    #[serde(rename = "type")]
    pub(super) type_name: Option<String>,
    /// Reason, which is printed with the violation.
    pub(super) reason: String,
}

/// The properties of a violation that exceptions are matched against.
#[derive(Clone, Copy, Debug)]
pub(super) struct ViolationProperties<'v> {
    /// Name of the rule.
    pub(super) rule: &'v str,
    /// Name of the stack in CloudFormation.
    pub(super) stack: &'v str,
    /// Logical ID of the resource, prefixed with its nested stack; `None` if the violation concerns no resource.
    pub(super) resource: Option<&'v str>,
    /// Construct path of the resource, if the assembly contains it.
    pub(super) construct: Option<&'v str>,
    /// Resource type, such as `AWS::S3::Bucket`.
    pub(super) type_name: Option<&'v str>,
}

impl Exception {
    /// Returns true if every key of the exception matches the violation.
    pub(super) fn covers_violation(&self, violated: &ViolationProperties<'_>) -> bool {
        let is = |wanted: &Option<String>, found: Option<&str>| {
            wanted.as_deref().is_none_or(|wanted| found == Some(wanted))
        };
        self.rule == violated.rule
            && matches_wildcard(&self.stack, violated.stack)
            && is(&self.resource, violated.resource)
            && is(&self.construct, violated.construct)
            && is(&self.type_name, violated.type_name)
    }
}

/// A part of a deployment that rules need not see. Exactly one of the first four keys is set.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq)]
#[serde(deny_unknown_fields)]
pub(super) struct Allowance {
    /// Name of a macro or transform; in all patterns of this type `*` matches any text.
    #[serde(rename = "macro")]
    macro_name: Option<String>,
    /// Type name of a module, which ends with `::MODULE`.
    module: Option<String>,
    /// Address of the template of a nested stack.
    template: Option<String>,
    /// Logical ID of a StackSet, prefixed with its nested stack if it is in one.
    stack_set: Option<String>,
    /// Name of the stack in CloudFormation.
    stack: String,
    /// Reason, which is printed with the finding.
    pub(super) reason: String,
}

impl Allowance {
    /// Returns the keys that are set, with the kind of part that each one names.
    fn named_parts(&self) -> Vec<(Kind, &str)> {
        let all = [
            (Kind::Macro, &self.macro_name),
            (Kind::Module, &self.module),
            (Kind::Template, &self.template),
            (Kind::StackSet, &self.stack_set),
        ];
        let named = all.into_iter();
        named
            .filter_map(|(kind, name)| Some((kind, name.as_deref()?)))
            .collect()
    }

    /// Returns true if the allowance matches that part of that stack.
    pub(super) fn covers_part(&self, unseen: &UnseenPart, stack: &str) -> bool {
        let mut named = self.named_parts().into_iter();
        matches_wildcard(&self.stack, stack)
            && named.any(|(kind, name)| kind == unseen.kind && matches_wildcard(name, &unseen.name))
    }
}

impl Settings {
    /// Returns a message about the first invalid entry.
    pub(super) fn find_problem(&self) -> Option<String> {
        for exception in &self.exceptions {
            let rule = &exception.rule;
            if exception.reason.trim().is_empty() {
                return Some(format!("the exception for `{rule}` has no reason"));
            }
            let names_one = exception.resource.is_some() || exception.construct.is_some();
            if names_one && exception.type_name.is_none() {
                return Some(format!(
                    "the exception for `{rule}` names a resource without its type, so it would apply to any resource that later has that name; add `type`, such as `type = \"AWS::S3::Bucket\"`"
                ));
            }
        }
        for allowance in &self.unseen {
            let named = allowance.named_parts();
            let [(kind, name)] = named.as_slice() else {
                return Some("an entry of `unseen` needs exactly one of `macro`, `module`, `template` and `stack_set`".to_owned());
            };
            if allowance.reason.trim().is_empty() {
                let kind = kind.key();
                return Some(format!(
                    "the allowance of the {kind} `{name}` has no reason"
                ));
            }
        }
        None
    }
}

/// Returns true if a pattern matches the whole text; `*` matches any text, including none.
fn matches_wildcard(pattern: &str, text: &str) -> bool {
    let Some((first, rest)) = pattern.split_once('*') else {
        return pattern == text;
    };
    let Some(mut left) = text.strip_prefix(first) else {
        return false;
    };
    let mut pieces: Vec<&str> = rest.split('*').collect();
    let last = pieces.pop().unwrap_or_default();
    for piece in pieces {
        match left.find(piece) {
            Some(at) => left = &left[at + piece.len()..],
            None => return false,
        }
    }
    left.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::{Exception, ViolationProperties, matches_wildcard};

    #[test]
    fn matches_wildcards_in_exceptions() {
        for (pattern, text) in [
            ("notes-prod-data", "notes-prod-data"),
            ("notes-*", "notes-prod-data"),
            ("*-data", "notes-prod-data"),
            ("notes-*-data", "notes-prod-data"),
            ("n*prod*a", "notes-prod-data"),
            ("*", ""),
        ] {
            assert!(matches_wildcard(pattern, text), "{pattern} {text}");
        }
        for (pattern, text) in [
            ("notes", "notes-prod"),
            ("notes-*-data", "notes-data"),
            ("*-web", "notes-data"),
            ("xy*yx", "xyx"),
        ] {
            assert!(!matches_wildcard(pattern, text), "{pattern} {text}");
        }
    }

    #[test]
    fn applies_exception_only_to_matching_violation() {
        let exception = Exception {
            rule: "encrypted".to_owned(),
            stack: "notes-*".to_owned(),
            resource: Some("Logs".to_owned()),
            construct: Some("Data/Logs".to_owned()),
            type_name: Some("AWS::S3::Bucket".to_owned()),
            reason: "none".to_owned(),
        };
        let good = ViolationProperties {
            rule: "encrypted",
            stack: "notes-dev",
            resource: Some("Logs"),
            construct: Some("Data/Logs"),
            type_name: Some("AWS::S3::Bucket"),
        };
        assert!(exception.covers_violation(&good));
        for wrong in [
            ViolationProperties {
                rule: "versioned",
                ..good
            },
            ViolationProperties {
                stack: "other",
                ..good
            },
            ViolationProperties {
                resource: Some("Data"),
                ..good
            },
            ViolationProperties {
                resource: None,
                ..good
            },
            ViolationProperties {
                construct: None,
                ..good
            },
            ViolationProperties {
                type_name: Some("AWS::SQS::Queue"),
                ..good
            },
            ViolationProperties {
                type_name: None,
                ..good
            },
        ] {
            assert!(!exception.covers_violation(&wrong), "{wrong:?}");
        }
    }
}
