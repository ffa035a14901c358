//! Permissions for the resource types of an app. They are added to the roles of a delivery when the app is complete.

use std::collections::BTreeSet;

use super::boundary::{PATH, bucket_arns, in_regions, of_account};
use super::execution::{EXECUTION_LIMIT, EXECUTION_ROLE};
use super::handlers::{Contents, HandlerActions};
use crate::core::{AspectPriority, Diagnostic, Resource, Scope, codes, pseudo, sub};
use crate::iam::{ManagedPolicy, PolicyDocument, Statement, inline_statement};

/// Number of characters of actions in one managed policy. The quota is 6,144 characters, and statements have other
/// parts than actions.
const ROOM: usize = 4_800;

/// Number of managed policies that can be attached to a role by default.
///
/// AWS: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html>
const MOST_POLICIES: usize = 10;

/// Input for the permissions that depend on the resource types of the app.
pub(super) struct TypePermissions {
    /// Prefix of the names of the stacks.
    pub(super) prefix: String,
    /// Regions of stacks, in addition to the region of the roles.
    pub(super) regions: Vec<String>,
    /// Contents of other apps that the roles deploy.
    pub(super) others: Contents,
    /// IDs of the roles that detect drift, below the scope of the delivery.
    pub(super) readers: &'static [&'static str],
}

/// Resources to which a statement is limited.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Limit {
    /// All resources in the regions of the stacks.
    Regions,
    /// All resources, for global services.
    Nothing,
    /// Buckets of the app.
    Buckets,
    /// Objects in buckets of the app.
    Objects,
    /// Nested stacks.
    Stacks,
}

/// Actions of one statement.
struct Part {
    sid: &'static str,
    limit: Limit,
    actions: Vec<String>,
}

impl TypePermissions {
    /// Adds the permissions to the roles below `scope` after all constructs and other aspects of the app.
    pub(super) fn add_at_synthesis(self, scope: Scope<'_>) {
        let owner = scope.node_id();
        scope.add_aspect_with_priority(AspectPriority::READ_ONLY, move |visited: Scope<'_>| {
            if visited.node_id() == owner {
                self.add(visited);
            }
        });
    }

    fn add(&self, scope: Scope<'_>) {
        let mut contents = self.others.clone();
        contents.add(scope.root());
        let child = |id: &str| scope.child(id).and_then(Scope::default_child);
        let changes = HandlerActions::for_changes(&contents);
        if let (Some(role), Some(limit)) = (child(EXECUTION_ROLE), child(EXECUTION_LIMIT)) {
            self.widen_limit(limit, &changes);
            for statement in self.pass_statements(&contents) {
                inline_statement(role, statement.clone());
                PolicyDocument::add_to(limit, "PolicyDocument", statement);
            }
            let parts = [
                ("Regional", Limit::Regions, changes.regional),
                ("Global", Limit::Nothing, changes.global),
                ("Buckets", Limit::Buckets, changes.buckets),
                ("Objects", Limit::Objects, changes.objects),
                ("NestedStacks", Limit::Stacks, changes.stacks),
            ];
            self.attach_policies(scope, "ExecutionPolicy", parts, &[role]);
        }
        let readers: Vec<Resource<'_>> = self.readers.iter().filter_map(|id| child(id)).collect();
        let reads = HandlerActions::for_reading(&contents);
        let parts = [
            ("ReadRegional", Limit::Regions, reads.regional),
            ("ReadGlobal", Limit::Nothing, reads.global),
            ("ReadBuckets", Limit::Buckets, reads.buckets),
            ("ReadNestedStacks", Limit::Stacks, reads.stacks),
        ];
        self.attach_policies(scope, "ReadPolicy", parts, &readers);
    }

    /// Adds managed policies with the parts, and attaches them to roles.
    fn attach_policies<const N: usize>(
        &self,
        scope: Scope<'_>,
        id: &str,
        parts: [(&'static str, Limit, BTreeSet<String>); N],
        roles: &[Resource<'_>],
    ) {
        let policies = divide(parts);
        if policies.len() > MOST_POLICIES {
            scope.report(
                Diagnostic::new(
                    codes::POLICY_TOO_LARGE,
                    "the resource types of the app need more permissions than one role can have",
                )
                .actual(format!("{} managed policies", policies.len()))
                .expected(format!("at most {MOST_POLICIES} attached managed policies"))
                .help("divide the app into several, each with a delivery and a stack prefix of its own")
                .url("https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html"),
            );
        }
        for (index, parts) in policies.into_iter().enumerate() {
            let statements = parts.into_iter().map(|part| self.statement(part));
            let policy = statements
                .fold(ManagedPolicy::builder().path(PATH), |start, statement| {
                    start.statement(statement)
                })
                .build(scope, &format!("{id}{}", index + 1));
            for role in roles {
                role.push_prop("ManagedPolicyArns", policy.arn().into_data());
            }
        }
    }

    fn statement(&self, part: Part) -> Statement {
        let statement = Statement::allow().sid(part.sid).actions(part.actions);
        match part.limit {
            Limit::Regions => in_regions(statement.resource("*"), &self.regions),
            Limit::Nothing => statement.resource("*"),
            Limit::Buckets => statement.resource(bucket_arns(&self.prefix)),
            Limit::Objects => statement.resource(sub![bucket_arns(&self.prefix), "/*"]),
            Limit::Stacks => statement.resource(of_account(
                "cloudformation",
                sub!["stack/", self.prefix.clone(), "*/*"],
            )),
        }
    }

    /// Adds the services of the actions to the boundary of the execution role.
    fn widen_limit(&self, limit: Resource<'_>, changes: &HandlerActions) {
        let actions = [
            &changes.regional,
            &changes.global,
            &changes.buckets,
            &changes.objects,
        ];
        // Secrets are created but never read; only some parameters are read.
        let (single, others): (BTreeSet<&str>, BTreeSet<&str>) = actions
            .into_iter()
            .flatten()
            .map(String::as_str)
            .partition(|action| {
                action.starts_with("secretsmanager:") || action.starts_with("ssm:")
            });
        let services: BTreeSet<String> = others
            .iter()
            .filter_map(|action| Some(format!("{}:*", action.split_once(':')?.0)))
            .collect();
        let add = |statement| PolicyDocument::add_to(limit, "PolicyDocument", statement);
        if !services.is_empty() {
            add(Statement::allow()
                .sid("Services")
                .actions(services)
                .actions(single)
                .resource("*"));
        }
        if !changes.stacks.is_empty() {
            add(self.statement(Part {
                sid: "NestedStacks",
                limit: Limit::Stacks,
                actions: changes.stacks.iter().cloned().collect(),
            }));
        }
    }

    /// Returns the statements for passing roles of the app to the services that they trust, and for the
    /// service-linked roles of its services, which are created at their first use in an account.
    fn pass_statements(&self, contents: &Contents) -> Vec<Statement> {
        let limited = |statement: Statement, key: &str, services: BTreeSet<String>| {
            // One operator for all values of the key: several would have to hold together.
            let operator = if services.iter().any(|service| service.contains('*')) {
                "StringLike"
            } else {
                "StringEquals"
            };
            (!services.is_empty()).then(|| {
                services.into_iter().fold(statement, |statement, service| {
                    statement.condition(operator, key, service)
                })
            })
        };
        let pass = Statement::allow()
            .sid("PassRoles")
            .action("iam:PassRole")
            .resource(sub![
                "arn:",
                pseudo::partition(),
                ":iam::",
                pseudo::account_id(),
                ":role/",
                self.prefix.clone(),
                "*"
            ]);
        let linked = Statement::allow()
            .sid("ServiceLinkedRoles")
            .action("iam:CreateServiceLinkedRole")
            .resource("*");
        let pass = limited(pass, "iam:PassedToService", contents.trusted.clone());
        let linked = limited(linked, "iam:AWSServiceName", contents.linked_services());
        pass.into_iter().chain(linked).collect()
    }
}

/// Divides actions into policies that keep the quota.
fn divide<const N: usize>(parts: [(&'static str, Limit, BTreeSet<String>); N]) -> Vec<Vec<Part>> {
    let mut policies: Vec<Vec<Part>> = Vec::new();
    let mut room = 0;
    for (sid, limit, actions) in parts {
        for action in actions {
            let size = action.len() + 3;
            if size > room {
                policies.push(Vec::new());
                room = ROOM;
            }
            room -= size;
            let Some(policy) = policies.last_mut() else {
                continue;
            };
            match policy.last_mut().filter(|part| part.sid == sid) {
                Some(part) => part.actions.push(action),
                None => policy.push(Part {
                    sid,
                    limit,
                    actions: vec![action],
                }),
            }
        }
    }
    policies
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{Limit, ROOM, divide};

    #[test]
    fn divides_actions_into_policies_that_keep_the_quota() {
        let many: BTreeSet<String> = (0..400)
            .map(|n| format!("ec2:ActionNumber{n:03}"))
            .collect();
        let few = BTreeSet::from(["s3:ListBucket".to_owned()]);
        let policies = divide([
            ("Regional", Limit::Regions, many),
            ("Global", Limit::Nothing, BTreeSet::new()),
            ("Buckets", Limit::Buckets, few),
        ]);
        let sizes: Vec<usize> = policies
            .iter()
            .map(|parts| {
                parts
                    .iter()
                    .flat_map(|one| &one.actions)
                    .map(|one| one.len() + 3)
                    .sum()
            })
            .collect();
        assert_eq!(sizes.len(), 2);
        assert!(sizes.iter().all(|size| *size <= ROOM), "{sizes:?}");
        assert_eq!(sizes.iter().sum::<usize>(), 400 * 22 + 16);
        let sids: Vec<Vec<&str>> = policies
            .iter()
            .map(|parts| parts.iter().map(|part| part.sid).collect())
            .collect();
        assert_eq!(sids, [vec!["Regional"], vec!["Regional", "Buckets"]]);
        assert!(divide([("Empty", Limit::Nothing, BTreeSet::new())]).is_empty());
    }
}
