//! The IAM permissions that the handlers of each resource type declare, from the schemas of the CloudFormation registry.
//!
//! CloudFormation calls a handler to create, read, update, delete or list resources of a type, with the permissions of
//! the role that deploys the stack.
//!
//! AWS: <https://docs.aws.amazon.com/cloudformation-cli/latest/userguide/resource-type-schema.html>

use std::cmp::Ordering;

/// One line per type, sorted: `TYPE|create|read|update|delete|list|tags`; written by `scripts/schema-update`.
const PERMISSIONS: &str = include_str!("handlers.txt");

/// An operation of a resource type for which its schema declares permissions.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[non_exhaustive]
pub enum Handler {
    /// Creates a resource.
    Create,
    /// Reads the properties of a resource, also after each creation and update.
    Read,
    /// Updates a resource in place.
    Update,
    /// Deletes a resource.
    Delete,
    /// Lists the resources of the type in an account and region.
    List,
    /// Sets, removes and lists tags, for types that declare these permissions.
    Tag,
}

/// The permissions of a resource type, by handler.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct HandlerPermissions {
    columns: [&'static str; 6],
}

/// Returns the permissions that the handlers of a resource type declare, or `None` if the type is unknown or declares none.
///
/// ```
/// use infra_schema::handlers::{Handler, find_permissions};
///
/// let queue = find_permissions("AWS::SQS::Queue").unwrap();
/// assert!(queue.actions(Handler::Create).any(|action| action == "sqs:CreateQueue"));
///
/// assert_eq!(find_permissions("AWS::SQS::Qeue"), None);
/// ```
pub fn find_permissions(type_name: &str) -> Option<HandlerPermissions> {
    let (mut low, mut high) = (0, PERMISSIONS.len());
    while low < high {
        let middle = low + (high - low) / 2;
        let start = PERMISSIONS[low..middle]
            .rfind('\n')
            .map_or(low, |at| low + at + 1);
        let end = PERMISSIONS[middle..high]
            .find('\n')
            .map_or(high, |at| middle + at);
        let mut columns = PERMISSIONS[start..end].split('|');
        match columns.next().unwrap_or("").cmp(type_name) {
            Ordering::Equal => {
                let mut next = || columns.next().unwrap_or("");
                return Some(HandlerPermissions {
                    columns: [next(), next(), next(), next(), next(), next()],
                });
            }
            Ordering::Less => low = end + 1,
            Ordering::Greater => high = start,
        }
    }
    None
}

/// Returns the names of the resource types that declare permissions, sorted.
pub fn list_types() -> impl Iterator<Item = &'static str> {
    PERMISSIONS
        .lines()
        .map(|line| line.split('|').next().unwrap_or(""))
}

impl HandlerPermissions {
    /// Returns the actions of a handler, for example `sqs:CreateQueue`, sorted by service and name. Some types declare
    /// patterns, for example `ec2:Describe*`.
    pub fn actions(self, handler: Handler) -> impl Iterator<Item = String> + use<> {
        let column = match handler {
            Handler::Create => 0,
            Handler::Read => 1,
            Handler::Update => 2,
            Handler::Delete => 3,
            Handler::List => 4,
            Handler::Tag => 5,
        };
        let mut service = "";
        self.columns[column]
            .split_ascii_whitespace()
            .map(move |word| {
                let name = match word.split_once(':') {
                    Some((prefix, name)) => {
                        service = prefix;
                        name
                    }
                    None => word,
                };
                format!("{service}:{name}")
            })
    }
}

#[cfg(test)]
mod tests {
    use super::{Handler, find_permissions, list_types};
    use crate::iam::is_known_action;

    #[test]
    fn finds_each_type_of_the_file() {
        let types: Vec<&str> = list_types().collect();
        assert!(types.len() > 1_700, "{}", types.len());
        assert!(types.is_sorted());
        for name in types {
            assert!(find_permissions(name).is_some(), "{name}");
            assert!(find_permissions(&name[1..]).is_none());
            assert!(find_permissions(&format!("{name}X")).is_none());
        }
    }

    #[test]
    fn gives_every_action_its_service() {
        for name in list_types() {
            let found = find_permissions(name).unwrap();
            for handler in [
                Handler::Create,
                Handler::Read,
                Handler::Update,
                Handler::Delete,
                Handler::List,
                Handler::Tag,
            ] {
                for action in found.actions(handler) {
                    let (service, action) = action.split_once(':').unwrap();
                    assert!(!service.is_empty() && !action.is_empty(), "{name}");
                    assert!(!action.contains(':'), "{name}: {action}");
                }
            }
        }
    }

    #[test]
    fn separates_the_handlers() {
        let role = find_permissions("AWS::IAM::Role").unwrap();
        let has = |handler, action: &str| role.actions(handler).any(|one| one == action);
        assert!(has(Handler::Create, "iam:CreateRole"));
        assert!(!has(Handler::Create, "iam:DeleteRole"));
        assert!(has(Handler::Read, "iam:GetRole"));
        assert!(has(Handler::Update, "iam:UpdateAssumeRolePolicy"));
        assert!(has(Handler::Delete, "iam:DeleteRole"));
        assert!(has(Handler::List, "iam:ListRoles"));
        assert!(has(Handler::Tag, "iam:UntagRole"));
        assert!(is_known_action("iam:UntagRole"));
    }
}
