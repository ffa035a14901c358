//! Log streams.

use super::{AsLogGroup, LogGroupRef};
use crate::cfn::logs::{CfnLogStream, CfnLogStreamProps};
use crate::construct::With;
use crate::core::{Name, Scope, Value};
use crate::kind;

crate::construct! {
    /// A log stream of a log group, for writers that do not create their own.
    ///
    /// Creates an
    /// [`AWS::Logs::LogStream`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-logs-logstream.html).
    /// Defaults:
    ///
    /// | property | here | CloudFormation |
    /// |---|---|---|
    /// | name | generated | generated |
    ///
    /// ```
    /// use infra_lib::logs::{LogGroup, LogStream};
    /// use infra_lib::{App, Stack};
    ///
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Stack");
    /// let logs = LogGroup::builder().build(stack, "Logs");
    /// LogStream::builder().log_group(logs).log_stream_name("deliveries").build(stack, "Deliveries");
    /// # assert!(app.synth().findings().is_empty());
    /// ```
    pub struct LogStream<'app>: "infra-lib.logs.LogStream" {
        resource: CfnLogStream<'app>,
    }

    /// Properties of a [`LogStream`], set through [`LogStream::builder`].
    pub struct LogStreamProps, LogStreamBuilder, log_stream_builder {
        /// Log group of the stream.
        required_reference log_group: AsLogGroup::as_log_group => LogGroupRef<'app>,
        /// Name of the stream. Default: a generated name.
        text log_stream_name,
    }
}

impl<'app> LogStream<'app> {
    fn create(scope: Scope<'app>, props: LogStreamProps<'app>) -> Self {
        let resource = CfnLogStreamProps::new(props.log_group.name())
            .with(props.log_stream_name, CfnLogStreamProps::log_stream_name)
            .build(scope, "Resource");
        Self { scope, resource }
    }

    /// Returns the name of the stream.
    pub fn log_stream_name(&self) -> Value<Name<kind::logs::LogStream>> {
        self.resource.ref_()
    }

    /// Returns the L1 binding of the stream.
    pub fn cfn(&self) -> CfnLogStream<'app> {
        self.resource
    }
}
