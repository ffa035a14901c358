//! Amazon CloudWatch: metrics, alarms and dashboards.
//!
//! [`Metric`] and [`MathExpression`] describe measures, [`Alarm`] watches one of them, [`CompositeAlarm`] combines
//! alarms, and [`Dashboard`] shows [`Widget`]s. Constructs of other services have methods that return their metrics.

mod action;
mod alarm;
mod composite_alarm;
mod dashboard;
mod math;
mod metric;
#[cfg(any(feature = "apigateway", feature = "apigatewayv2"))]
mod metric_methods;
mod period;
mod text;
mod widget;

pub use action::AlarmAction;
pub use alarm::{Alarm, AlarmBuilder, AlarmProps, Comparison, TreatMissingData};
pub use composite_alarm::{AlarmRule, CompositeAlarm, CompositeAlarmBuilder, CompositeAlarmProps};
pub use dashboard::{Dashboard, DashboardBuilder, DashboardProps};
pub use math::MathExpression;
pub use metric::{Measure, Metric, Statistic};
pub use period::Period;
pub use widget::{AlarmHandle, Widget};

#[cfg(any(feature = "apigateway", feature = "apigatewayv2"))]
pub(crate) use metric_methods::metric_methods;
