//! Lookups of log groups.

use serde_json::json;

use super::{ImportedLogGroup, LogGroup};
use crate::core::Construct;
use crate::lookup::{ResourceLookup, text};

impl<'app> LogGroup<'app> {
    /// Imports an existing log group, which a context lookup finds by its name: `cloudformation:GetResource` of the Cloud
    /// Control API, which calls `logs:DescribeLogGroups`. The lookup fails if this account and region have no such log
    /// group; [`from_name`](Self::from_name) asks nothing.
    ///
    /// Until the lookup has an answer, it is the placeholder `dummy-log-group`.
    ///
    /// ```
    /// use infra_lib::logs::LogGroup;
    /// use infra_lib::{App, Environment, StackProps};
    ///
    /// let app = App::new();
    /// let stack = StackProps::new()
    ///     .environment(Environment::new("111122223333", "eu-west-1"))
    ///     .build(&app, "Stack");
    /// let logs = LogGroup::from_lookup(stack, "Logs", "/shop/api");
    /// # assert_eq!(logs.name().as_literal(), Some("dummy-log-group"));
    /// ```
    #[track_caller]
    pub fn from_lookup(
        scope: impl Construct<'app>,
        id: &str,
        name: &str,
    ) -> ImportedLogGroup<'app> {
        let scope = scope.scope().at_caller();
        let dummy =
            json!({ "Arn": "arn:aws:logs:us-east-1:123456789012:log-group:dummy-log-group:*" });
        let found = ResourceLookup::by_identifier("AWS::Logs::LogGroup", name)
            .returning(["Arn"])
            .find_one(scope, &dummy);
        Self::from_arn(scope, id, text(&found, "Arn"))
    }
}
