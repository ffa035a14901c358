//! Destinations of requests that exist already.

use super::{ApiDestination, RuleTarget, Target};
use crate::core::{Arn, Construct, IntoValue, Value};
use crate::iam::Statement;
use crate::import::ArnForm;
use crate::kind;

const ARN: ArnForm = ArnForm::new(
    "events",
    "api-destination/",
    "the ARN of a destination, `arn:aws:events:REGION:ACCOUNT:api-destination/NAME/ID`",
);

crate::import! {
    /// An existing destination of requests, from [`ApiDestination::from_arn`], as a target of rules.
    ///
    /// ```
    /// # use infra_lib::{App, Stack, events::{ApiDestination, EventPattern, Rule}};
    /// # let app = App::new();
    /// # let stack = Stack::new(&app, "Stack");
    /// let arn = "arn:aws:events:eu-west-1:111122223333:api-destination/orders/0a1b2c3d-1234-4abc-9def-0123456789ab";
    /// let orders = ApiDestination::from_arn(stack, "Orders", arn);
    /// Rule::on_event(EventPattern::new().source("shop.orders")).target(orders).build(stack, "Forward");
    /// # assert!(app.synth().findings().is_empty());
    /// ```
    ///
    /// AWS: [API destinations](https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-api-destinations.html).
    pub struct ImportedApiDestination<'app>: "infra-lib.events.ImportedApiDestination" {
        /// Returns the ARN of the destination.
        arn: Arn<kind::events::ApiDestination>,
    }
}

impl<'app> ApiDestination<'app> {
    /// Imports an existing destination by its ARN. Another literal is reported (`INF8026`).
    #[track_caller]
    pub fn from_arn(
        scope: impl Construct<'app>,
        id: &str,
        arn: impl IntoValue<Arn<kind::events::ApiDestination>>,
    ) -> ImportedApiDestination<'app> {
        let arn = arn.into_value();
        let destination = ImportedApiDestination::import(scope, id, arn.clone());
        ARN.check(&destination, &arn);
        destination
    }
}

/// Sends requests with the role of the rule.
impl<'app> RuleTarget<'app> for ImportedApiDestination<'app> {
    fn rule_target(&self) -> Target<'app> {
        target(self.arn())
    }
}

/// Returns the target of a destination, with the permission that it needs.
pub(super) fn target<'app>(arn: Value<Arn<kind::events::ApiDestination>>) -> Target<'app> {
    Target::new(&arn).statement(
        Statement::allow()
            .action("events:InvokeApiDestination")
            .resource(arn),
    )
}
