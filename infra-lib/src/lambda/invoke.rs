//! Permissions to invoke a function, a version or an alias.

use super::ImportedFunction;
use super::permission::{Permission, PermissionProps};
use crate::core::{Arn, Construct, Data, Diagnostic, Map, Scope, Value, codes};
use crate::iam::{Grant, Grantable, PolicyDocument, PolicyUse, ResourcePolicy, Statement};
use crate::kind;
use crate::sub;

pub(super) const INVOKE: &str = "lambda:InvokeFunction";

/// Condition keys with a property of `AWS::Lambda::Permission`.
const SOURCE_ARN: &str = "aws:SourceArn";
const SOURCE_ACCOUNT: &str = "aws:SourceAccount";
const ORGANIZATION: &str = "aws:PrincipalOrgID";

/// A construct that services can invoke: a function, a version, an alias or an imported function.
pub(crate) trait Invocable<'app> {
    /// Returns the ARN to invoke, with the means to permit it.
    fn invoked(&self) -> Invoked<'app>;
}

/// A function, version or alias whose resource policy consists of permissions.
#[derive(Clone, Debug)]
pub(crate) struct Invoked<'app> {
    scope: Scope<'app>,
    arn: Value<Arn<kind::lambda::Function>>,
    /// The import whose policy this app cannot extend.
    foreign: Option<ImportedFunction<'app>>,
}

impl<'app> Invoked<'app> {
    pub(super) fn of_own(scope: Scope<'app>, arn: Value<Arn<kind::lambda::Function>>) -> Self {
        Self {
            scope,
            arn,
            foreign: None,
        }
    }

    pub(super) fn of_imported(function: ImportedFunction<'app>) -> Self {
        Self {
            scope: function.scope(),
            arn: function.arn(),
            foreign: Some(function).filter(|function| !function.is_in_environment()),
        }
    }

    /// Returns the ARN to invoke.
    pub(crate) fn arn(&self) -> Value<Arn<kind::lambda::Function>> {
        self.arn.clone()
    }

    /// Returns the construct of the function, version, alias or import.
    pub(crate) fn scope(&self) -> Scope<'app> {
        self.scope
    }

    /// Returns true if this app can extend the policy of the function. Otherwise the missing permission of a service is
    /// reported (`INF4980`).
    #[track_caller]
    pub(crate) fn can_permit(&self, service: &str) -> bool {
        if let Some(function) = self.foreign {
            function.report_policy(&format!("`{service}` to call `{INVOKE}`"));
        }
        self.foreign.is_none()
    }

    /// Grants the invocation of the function and of every version and alias of it.
    #[track_caller]
    pub(crate) fn grant_all(&self, to: &impl Grantable<'app>) -> Grant<'app> {
        Grant::to(to)
            .action(INVOKE)
            .resource(&self.arn)
            .resource(sub![self.arn.clone(), ":*"])
            .on(self)
    }

    /// Grants the invocation of one version or alias.
    #[track_caller]
    pub(crate) fn grant(&self, to: &impl Grantable<'app>) -> Grant<'app> {
        Grant::to(to).action(INVOKE).resource(&self.arn).on(self)
    }

    #[track_caller]
    fn allow(&self, action: &str, principal: Data, conditions: Option<&Map>) {
        let mut props = PermissionProps::of(self.arn.clone(), Value::from_data(principal));
        props.set_action(action);
        for (key, value) in conditions.into_iter().flat_map(single_conditions) {
            let value = Value::from_data(value.clone());
            match key {
                Some(SOURCE_ARN) => props.set_source_arn(value),
                Some(SOURCE_ACCOUNT) => props.set_source_account(value),
                Some(ORGANIZATION) => props.set_organization(value),
                _ => self.scope.report(
                    Diagnostic::new(
                        codes::PERMISSION_CONDITION,
                        "the permission of a function cannot have this condition of its principal",
                    )
                    .origin(std::panic::Location::caller())
                    .expected(format!(
                        "`{SOURCE_ARN}` with one value and `ArnLike` or `ArnEquals`, `{SOURCE_ACCOUNT}` or `{ORGANIZATION}` with one value and `StringEquals`"
                    ))
                    .help("remove the condition, or grant the permission to a role that only this principal may assume")
                    .url("https://docs.aws.amazon.com/lambda/latest/api/API_AddPermission.html"),
                ),
            }
        }
        Permission::add(self.scope.at_caller(), props);
    }
}

/// Returns the conditions as key and value. The key is `None` for operators and lists of values that permissions lack.
fn single_conditions(conditions: &Map) -> Vec<(Option<&str>, &Data)> {
    let mut found = Vec::new();
    for (operator, keys) in conditions.iter() {
        for (key, value) in keys.as_map().into_iter().flat_map(Map::iter) {
            let operators: &[&str] = if key == SOURCE_ARN {
                &["ArnLike", "ArnEquals"]
            } else {
                &["StringEquals"]
            };
            let fits = operators.contains(&operator) && value.as_list().is_none();
            found.push((fits.then_some(key), value));
        }
    }
    found
}

impl<'app> Construct<'app> for Invoked<'app> {
    fn scope(&self) -> Scope<'app> {
        self.scope
    }
}

impl<'app> ResourcePolicy<'app> for Invoked<'app> {
    /// Adds an `AWS::Lambda::Permission` for each action and principal of the statement.
    #[track_caller]
    fn add_to_resource_policy(&self, statement: Statement) {
        statement.check_complete(PolicyUse::Resource, self.scope);
        if let Some(function) = self.foreign {
            function.report_policy(&statement.describe());
            return;
        }
        let document = Data::from(PolicyDocument::new().statement(statement));
        let Some(statement) = document.pointer("Statement.0").and_then(Data::as_map) else {
            return;
        };
        let conditions = statement.get("Condition").and_then(Data::as_map);
        let principals = statement.get("Principal").and_then(Data::as_map);
        for (_, principals) in principals.into_iter().flat_map(Map::iter) {
            for principal in one_or_many(principals) {
                for action in one_or_many(statement.get("Action").unwrap_or(&Data::Null)) {
                    let action = action.as_text().unwrap_or(INVOKE);
                    self.allow(action, principal.clone(), conditions);
                }
            }
        }
    }
}

fn one_or_many(data: &Data) -> Vec<&Data> {
    match data {
        Data::List(items) => items.iter().collect(),
        Data::Null => Vec::new(),
        one => vec![one],
    }
}
