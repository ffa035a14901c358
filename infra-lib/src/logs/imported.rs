//! Log groups that exist already.

use super::LogGroup;
use crate::core::{Arn, Construct, IntoValue, Name, intrinsics, pseudo, sub, value};
use crate::iam::{Grant, Identity};
use crate::import::arn_after;
use crate::kind;

crate::import! {
    /// An existing log group, from [`LogGroup::from_name`], [`LogGroup::from_arn`] or [`LogGroup::from_lookup`].
    ///
    /// ```
    /// use infra_lib::logs::{FilterMetric, FilterPattern, LogGroup, MetricFilter};
    /// use infra_lib::{App, Stack};
    ///
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Stack");
    /// let logs = LogGroup::from_name(stack, "Logs", "/shop/api");
    /// MetricFilter::builder()
    ///     .log_group(logs)
    ///     .pattern(FilterPattern::any_term(["ERROR"]))
    ///     .metric(FilterMetric::new("Shop", "Errors"))
    ///     .build(stack, "Errors");
    /// # assert!(app.synth().findings().is_empty());
    /// ```
    pub struct ImportedLogGroup<'app>: "infra-lib.logs.ImportedLogGroup" {
        /// Returns the ARN of the log group. It ends with `:*`, so it covers the log streams as well.
        arn: Arn<kind::logs::LogGroup>,
        /// Returns the physical name of the log group.
        name: Name<kind::logs::LogGroup>,
    }

    /// A log group of the app or an existing one, from [`AsLogGroup::as_log_group`].
    pub enum LogGroupRef of LogGroup;

    /// A log group for builders: a [`LogGroup`] or an [`ImportedLogGroup`].
    #[diagnostic::on_unimplemented(
        message = "`{Self}` is no log group",
        label = "a `LogGroup` or an `ImportedLogGroup` is needed here"
    )]
    pub trait AsLogGroup::as_log_group;
}

impl<'app> LogGroup<'app> {
    /// Imports an existing log group of this account and region by its name. Its settings do not belong to this app.
    #[track_caller]
    pub fn from_name(
        scope: impl Construct<'app>,
        id: &str,
        name: impl IntoValue<Name<kind::logs::LogGroup>>,
    ) -> ImportedLogGroup<'app> {
        let name = name.into_value();
        let arn = sub![
            "arn:",
            pseudo::partition(),
            ":logs:",
            pseudo::region(),
            ":",
            pseudo::account_id(),
            ":log-group:",
            name.clone(),
            ":*"
        ];
        ImportedLogGroup::import(scope, id, arn.cast(), name)
    }

    /// Imports an existing log group by its ARN, with or without the `:*` for its log streams.
    #[track_caller]
    pub fn from_arn(
        scope: impl Construct<'app>,
        id: &str,
        arn: impl IntoValue<Arn<kind::logs::LogGroup>>,
    ) -> ImportedLogGroup<'app> {
        let arn = arn.into_value();
        let (arn, name) = if let Some(text) = arn.as_literal() {
            let group = text.trim_end_matches(":*");
            let name = arn_after(&value::<String>(group), ":log-group:");
            (value(format!("{group}:*")), name)
        } else {
            let parts = intrinsics::split(":", arn.clone());
            (arn, intrinsics::select(6, parts))
        };
        ImportedLogGroup::import(scope, id, arn, name.cast())
    }
}

impl<'app> ImportedLogGroup<'app> {
    /// Allows an identity of the app to create log streams and to write events.
    #[track_caller]
    pub fn grant_write(&self, to: &impl Identity<'app>) -> Grant<'app> {
        Grant::on_imported(
            to,
            self.arn(),
            ["logs:CreateLogStream", "logs:PutLogEvents"],
        )
    }
}

impl<'app> LogGroupRef<'app> {
    /// Returns the ARN of a log group of this account and region without the `:*` of its attribute, which EventBridge
    /// rejects.
    #[cfg(any(feature = "events", feature = "pipes"))]
    pub(crate) fn plain_arn(&self) -> crate::core::Value<String> {
        sub![
            "arn:",
            pseudo::partition(),
            ":logs:",
            pseudo::region(),
            ":",
            pseudo::account_id(),
            ":log-group:",
            self.name()
        ]
    }

    /// Allows an identity of the app to create log streams and to write events.
    #[track_caller]
    pub fn grant_write(&self, to: &impl Identity<'app>) -> Grant<'app> {
        match self {
            Self::Own(group) => group.grant_write(to),
            Self::Imported(group) => group.grant_write(to),
        }
    }
}
