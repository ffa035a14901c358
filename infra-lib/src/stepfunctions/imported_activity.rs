//! Activities that exist already.

use super::Activity;
use super::activity::WORK;
use crate::core::{Arn, Construct, IntoValue};
use crate::iam::{Grant, Identity};
use crate::import::{ArnForm, into_arn};
use crate::kind;

const ARN: ArnForm = ArnForm::new(
    "states",
    "activity:",
    "the ARN of an activity, `arn:aws:states:REGION:ACCOUNT:activity:NAME`",
);

crate::import! {
    /// An existing activity, from [`Activity::from_arn`]: tasks of state machines of the app for the workers of another one.
    ///
    /// ```
    /// # use infra_lib::{App, Duration, Stack, stepfunctions::{Activity, Definition, Integration, StateMachine, Task}};
    /// # let app = App::new();
    /// # let stack = Stack::new(&app, "Stack");
    /// let packing = Activity::from_arn(stack, "Packing", "arn:aws:states:eu-west-1:111122223333:activity:packing");
    /// let pack = Task::new("Pack", Integration::activity(packing)).timeout(Duration::hours(8));
    /// StateMachine::builder().definition(Definition::new(pack)).build(stack, "Shipping");
    /// # assert!(app.synth().findings().is_empty());
    /// ```
    ///
    /// AWS: [Activities](https://docs.aws.amazon.com/step-functions/latest/dg/concepts-activities.html).
    pub struct ImportedActivity<'app>: "infra-lib.stepfunctions.ImportedActivity" {
        /// Returns the ARN of the activity.
        arn: Arn<kind::stepfunctions::Activity>,
    }
}

impl<'app> Activity<'app> {
    /// Imports an existing activity by its ARN. Another literal is reported (`INF8026`).
    #[track_caller]
    pub fn from_arn(
        scope: impl Construct<'app>,
        id: &str,
        arn: impl IntoValue<Arn<kind::stepfunctions::Activity>>,
    ) -> ImportedActivity<'app> {
        let arn = arn.into_value();
        let activity = ImportedActivity::import(scope, id, arn.clone());
        ARN.check(&activity, &arn);
        activity
    }
}

impl<'app> ImportedActivity<'app> {
    /// Allows an identity of the app to fetch tasks of the activity, to answer them, and to send heartbeats.
    #[track_caller]
    pub fn grant_work(&self, to: &impl Identity<'app>) -> Grant<'app> {
        Grant::on_imported(to, self.arn(), WORK)
    }
}

into_arn!(kind::stepfunctions::Activity: Activity, ImportedActivity);
