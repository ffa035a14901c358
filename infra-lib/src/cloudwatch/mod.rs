//! Amazon CloudWatch: metrics, alarms and dashboards.
//!
//! [`Metric`] and [`MathExpression`] describe measures, [`Alarm`] watches one of them, [`CompositeAlarm`] combines
//! alarms, and [`Dashboard`] shows [`Widget`]s. Constructs of other services, and imports, have methods that return their
//! metrics, and fulfil [`MetricSource`].
//!
//! [Properties of each construct](https://github.com/infra-lib/infra-lib/blob/main/docs/book/src/reference/constructs.md#cloudwatch).

mod action;
mod alarm;
mod composite_alarm;
mod dashboard;
mod imported;
mod managed_action;
mod math;
mod metric;
mod metric_source;
mod period;
mod text;
mod widget;

pub use action::AlarmAction;
pub use alarm::{Alarm, AlarmBuilder, AlarmProps, Comparison, TreatMissingData};
pub use composite_alarm::{AlarmRule, CompositeAlarm, CompositeAlarmBuilder, CompositeAlarmProps};
pub use dashboard::{Dashboard, DashboardBuilder, DashboardProps};
pub use imported::{
    AlarmRef, AsAlarm, AsCompositeAlarm, CompositeAlarmRef, ImportedAlarm, ImportedCompositeAlarm,
};
pub use managed_action::{
    Ec2Action, IncidentAction, OpsItemAction, OpsItemCategory, OpsItemSeverity,
};
pub use math::MathExpression;
pub use metric::{Measure, Metric, Statistic};
pub use metric_source::{DocumentedMetric, MetricSource, Unit, metrics};
pub use period::Period;
pub use widget::{AlarmHandle, Widget};
