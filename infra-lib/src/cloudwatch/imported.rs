//! Alarms that exist already.

use super::{Alarm, AlarmHandle, CompositeAlarm};
use crate::core::{Arn, Construct, IntoValue, Name, Value, pseudo, sub};
use crate::import::arn_after;
use crate::kind;

crate::import! {
    /// An existing alarm, from [`Alarm::from_name`] or [`Alarm::from_arn`].
    ///
    /// ```
    /// use infra_lib::cloudwatch::{Alarm, AlarmRule, CompositeAlarm};
    /// use infra_lib::{App, Stack};
    ///
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Stack");
    /// let errors = Alarm::from_name(stack, "Errors", "shop-errors");
    /// let latency = Alarm::from_name(stack, "Latency", "shop-latency");
    /// CompositeAlarm::builder()
    ///     .rule(AlarmRule::any_of([AlarmRule::alarm(&errors), AlarmRule::alarm(&latency)]))
    ///     .build(stack, "Shop");
    /// # assert!(app.synth().findings().is_empty());
    /// ```
    pub struct ImportedAlarm<'app>: "infra-lib.cloudwatch.ImportedAlarm" {
        /// Returns the ARN of the alarm.
        arn: Arn<kind::cloudwatch::Alarm>,
        /// Returns the physical name of the alarm.
        name: Name<kind::cloudwatch::Alarm>,
    }

    /// An alarm of the app or an existing one, from [`AsAlarm::as_alarm`].
    pub enum AlarmRef of Alarm;

    /// An alarm for builders: an [`Alarm`] or an [`ImportedAlarm`].
    #[diagnostic::on_unimplemented(
        message = "`{Self}` is no alarm on a metric",
        label = "an `Alarm` or an `ImportedAlarm` is needed here"
    )]
    pub trait AsAlarm::as_alarm;
}

impl<'app> Alarm<'app> {
    /// Imports an existing alarm of this account and region by its name.
    #[track_caller]
    pub fn from_name(
        scope: impl Construct<'app>,
        id: &str,
        name: impl IntoValue<Name<kind::cloudwatch::Alarm>>,
    ) -> ImportedAlarm<'app> {
        let name = name.into_value();
        let arn = arn_of(name.clone());
        ImportedAlarm::import(scope, id, arn.cast(), name)
    }

    /// Imports an existing alarm by its ARN, which contains its name.
    #[track_caller]
    pub fn from_arn(
        scope: impl Construct<'app>,
        id: &str,
        arn: impl IntoValue<Arn<kind::cloudwatch::Alarm>>,
    ) -> ImportedAlarm<'app> {
        let arn = arn.into_value();
        let name = arn_after(&arn, ":alarm:").cast();
        ImportedAlarm::import(scope, id, arn, name)
    }
}

impl From<&ImportedAlarm<'_>> for AlarmHandle {
    fn from(alarm: &ImportedAlarm<'_>) -> Self {
        Self::of_arn(alarm.arn().cast())
    }
}

crate::import! {
    /// An existing composite alarm, from [`CompositeAlarm::from_name`] or [`CompositeAlarm::from_arn`].
    ///
    /// ```
    /// use infra_lib::cloudwatch::{Alarm, AlarmRule, CompositeAlarm};
    /// use infra_lib::{App, Stack};
    ///
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Stack");
    /// let shop = CompositeAlarm::from_name(stack, "Shop", "shop");
    /// let deployment = Alarm::from_name(stack, "Deployment", "deployment-in-progress");
    /// CompositeAlarm::builder()
    ///     .rule(AlarmRule::all_of([
    ///         AlarmRule::composite(&shop),
    ///         AlarmRule::unless(AlarmRule::alarm(&deployment)),
    ///     ]))
    ///     .build(stack, "Page");
    /// # assert!(app.synth().findings().is_empty());
    /// ```
    pub struct ImportedCompositeAlarm<'app>: "infra-lib.cloudwatch.ImportedCompositeAlarm" {
        /// Returns the ARN of the alarm.
        arn: Arn<kind::cloudwatch::CompositeAlarm>,
        /// Returns the physical name of the alarm.
        name: Name<kind::cloudwatch::CompositeAlarm>,
    }

    /// A composite alarm of the app or an existing one, from [`AsCompositeAlarm::as_composite_alarm`].
    pub enum CompositeAlarmRef of CompositeAlarm;

    /// A composite alarm for rules: a [`CompositeAlarm`] or an [`ImportedCompositeAlarm`].
    #[diagnostic::on_unimplemented(
        message = "`{Self}` is no composite alarm",
        label = "a `CompositeAlarm` or an `ImportedCompositeAlarm` is needed here",
        note = "`AlarmRule::alarm` takes alarms on metrics"
    )]
    pub trait AsCompositeAlarm::as_composite_alarm;
}

impl<'app> CompositeAlarm<'app> {
    /// Imports an existing composite alarm of this account and region by its name.
    #[track_caller]
    pub fn from_name(
        scope: impl Construct<'app>,
        id: &str,
        name: impl IntoValue<Name<kind::cloudwatch::CompositeAlarm>>,
    ) -> ImportedCompositeAlarm<'app> {
        let name = name.into_value();
        let arn = arn_of(name.clone());
        ImportedCompositeAlarm::import(scope, id, arn.cast(), name)
    }

    /// Imports an existing composite alarm by its ARN, which contains its name.
    #[track_caller]
    pub fn from_arn(
        scope: impl Construct<'app>,
        id: &str,
        arn: impl IntoValue<Arn<kind::cloudwatch::CompositeAlarm>>,
    ) -> ImportedCompositeAlarm<'app> {
        let arn = arn.into_value();
        let name = arn_after(&arn, ":alarm:").cast();
        ImportedCompositeAlarm::import(scope, id, arn, name)
    }
}

impl From<&ImportedCompositeAlarm<'_>> for AlarmHandle {
    fn from(alarm: &ImportedCompositeAlarm<'_>) -> Self {
        Self::of_arn(alarm.arn().cast())
    }
}

/// Returns the ARN of an alarm of this account and region. Alarms on metrics and composite alarms share their names.
fn arn_of<K>(name: Value<Name<K>>) -> Value<String> {
    sub![
        "arn:",
        pseudo::partition(),
        ":cloudwatch:",
        pseudo::region(),
        ":",
        pseudo::account_id(),
        ":alarm:",
        name
    ]
}
