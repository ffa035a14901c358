//! Stored queries of CloudWatch Logs Insights.

use super::{AsLogGroup, LogGroupRef};
use crate::cfn::logs::{CfnQueryDefinition, CfnQueryDefinitionProps};
use crate::construct::With;
use crate::core::{Id, Scope, Value};
use crate::kind;

crate::construct! {
    /// A stored query of CloudWatch Logs Insights, which appears in the console.
    ///
    /// Creates an
    /// [`AWS::Logs::QueryDefinition`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-logs-querydefinition.html).
    /// Defaults:
    ///
    /// | property | here | CloudFormation |
    /// |---|---|---|
    /// | log groups | chosen with each run | chosen with each run |
    /// | language | Logs Insights QL | Logs Insights QL |
    ///
    /// ```
    /// use infra_lib::logs::{LogGroup, QueryDefinition};
    /// use infra_lib::{App, Stack};
    ///
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Stack");
    /// let logs = LogGroup::builder().build(stack, "Logs");
    /// QueryDefinition::builder()
    ///     .query_name("shop/slow requests")
    ///     .query("fields @timestamp, path, millis | filter millis > 500 | sort millis desc | limit 50")
    ///     .log_group(&logs)
    ///     .build(stack, "SlowRequests");
    /// # assert!(app.synth().findings().is_empty());
    /// ```
    pub struct QueryDefinition<'app>: "infra-lib.logs.QueryDefinition" {
        resource: CfnQueryDefinition<'app>,
    }

    /// Properties of a [`QueryDefinition`], set through [`QueryDefinition::builder`].
    pub struct QueryDefinitionProps, QueryDefinitionBuilder, query_definition_builder {
        /// Log groups that are queried.
        list log_groups: LogGroupRef<'app>,
        /// Name of the query; a slash puts it into a folder.
        required_value query_name: String,
        /// Query, at most 10,000 characters.
        required_value query: String,
    }
}

impl<'app, S: query_definition_builder::State> QueryDefinitionBuilder<'app, S> {
    /// Adds a log group that is queried. Default: those that are chosen with each run.
    pub fn log_group(mut self, log_group: &impl AsLogGroup<'app>) -> Self {
        self.log_groups.push(log_group.as_log_group());
        self
    }
}

impl<'app> QueryDefinition<'app> {
    fn create(scope: Scope<'app>, props: QueryDefinitionProps<'app>) -> Self {
        let names: Vec<_> = props.log_groups.iter().map(LogGroupRef::name).collect();
        let resource = CfnQueryDefinitionProps::new(props.query_name, props.query)
            .with(
                Some(names).filter(|list| !list.is_empty()),
                CfnQueryDefinitionProps::log_group_names,
            )
            .build(scope, "Resource");
        Self { scope, resource }
    }

    /// Returns the ID of the query.
    pub fn query_definition_id(&self) -> Value<Id<kind::logs::QueryDefinition>> {
        self.resource.ref_()
    }

    /// Returns the L1 binding of the query.
    pub fn cfn(&self) -> CfnQueryDefinition<'app> {
        self.resource
    }
}
