//! Rules that exist already.

use super::{Bus, Rule};
use crate::core::{Arn, Construct, IntoValue, Name, Value, pseudo, sub, value};
use crate::import::{ArnForm, arn_name, check_form};
use crate::kind;

const ARN: ArnForm = ArnForm::new(
    "events",
    "rule/",
    "the ARN of a rule, `arn:aws:events:REGION:ACCOUNT:rule/NAME`, with the event bus before the name unless it is the default one",
);

crate::import! {
    /// An existing rule, from [`Rule::from_arn`], [`Rule::from_name`] or [`Rule::from_attributes`], for its metrics and for the
    /// policies of resources that it invokes.
    ///
    /// CloudFormation cannot add a target to an existing rule, because targets are properties of the
    /// [`AWS::Events::Rule`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-events-rule.html).
    /// Add one where the rule is created, or create a second [`Rule`] with the same pattern in this app.
    ///
    /// ```
    /// # use infra_lib::{App, Stack, cloudwatch::{Comparison, TreatMissingData}, events::Rule, iam::Principal, sns::Topic};
    /// # let app = App::new();
    /// # let stack = Stack::new(&app, "Stack");
    /// let rule = Rule::from_arn(stack, "Orders", "arn:aws:events:eu-west-1:111122223333:rule/shop/orders");
    /// rule.metric_failed_invocations()
    ///     .alarm()
    ///     .comparison(Comparison::GreaterThanThreshold)
    ///     .threshold(0)
    ///     .evaluation_periods(1)
    ///     .treat_missing_data(TreatMissingData::NotBreaching)
    ///     .build(stack, "Failed");
    /// let service = Principal::service("events.amazonaws.com").condition("ArnEquals", "aws:SourceArn", rule.arn());
    /// Topic::builder().build(stack, "Topic").grant_publish(&service);
    /// # assert!(!app.synth().has_errors());
    /// ```
    ///
    /// AWS: [Rules](https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rules.html).
    pub struct ImportedRule<'app>: "infra-lib.events.ImportedRule" {
        /// Returns the ARN of the rule.
        arn: Arn<kind::events::Rule>,
        /// Returns the physical name of the rule. That of an ARN that is known at deployment only is correct on the default
        /// event bus.
        rule_name: Name<kind::events::Rule>,
    }
}

/// Name of the custom event bus of a rule, stored with its import.
struct CustomBus(Value<Name<kind::events::EventBus>>);

impl<'app> Rule<'app> {
    /// Imports an existing rule by its ARN. A literal tells the event bus as well; with an ARN that is known at deployment only,
    /// the rule is taken to be on the default one. Another literal is reported (`INF8026`).
    #[track_caller]
    pub fn from_arn(
        scope: impl Construct<'app>,
        id: &str,
        arn: impl IntoValue<Arn<kind::events::Rule>>,
    ) -> ImportedRule<'app> {
        let arn = arn.into_value();
        let rule = ImportedRule::import(scope, id, arn.clone(), arn_name(&arn));
        let path = arn.as_literal().and_then(|text| text.split_once(":rule/"));
        // The name of a partner's event bus contains `/`.
        if let Some((bus, _)) = path.and_then(|(_, path)| path.rsplit_once('/')) {
            rule.scope.attach(CustomBus(value(bus)));
        }
        ARN.check(&rule, &arn);
        rule
    }

    /// Imports an existing rule on the default event bus of the account and region by its name. A literal of another form is
    /// reported (`INF8026`).
    #[track_caller]
    pub fn from_name(
        scope: impl Construct<'app>,
        id: &str,
        name: impl IntoValue<Name<kind::events::Rule>>,
    ) -> ImportedRule<'app> {
        let name = name.into_value();
        let arn = arn_in_environment(&name.clone().cast());
        let rule = ImportedRule::import(scope, id, arn, name.clone());
        check_name(&rule, &name);
        rule
    }

    /// Imports an existing rule by its name and its event bus, in the account and region of an imported bus or else of the
    /// stack. A literal of another form is reported (`INF8026`).
    ///
    /// ```
    /// # use infra_lib::{App, Stack, events::{EventBus, Rule}};
    /// # let app = App::new();
    /// # let stack = Stack::new(&app, "Stack");
    /// let rule = Rule::from_attributes(stack, "Orders", "orders", EventBus::from_name("shop"));
    /// let failed = rule.metric_failed_invocations();
    /// # assert_eq!(rule.event_bus_name().unwrap().as_literal(), Some("shop"));
    /// ```
    #[track_caller]
    pub fn from_attributes(
        scope: impl Construct<'app>,
        id: &str,
        name: impl IntoValue<Name<kind::events::Rule>>,
        bus: impl Bus<'app>,
    ) -> ImportedRule<'app> {
        let name = name.into_value();
        let bus_name = bus.bus_name();
        let is_default = bus_name.as_literal() == Some("default");
        let text: Value<String> = name.clone().cast();
        let path = if is_default {
            text
        } else {
            sub![bus_name.clone(), "/", text]
        };
        let bus_arn = bus.bus_arn();
        let prefix = bus_arn
            .as_literal()
            .and_then(|arn| arn.split_once(":event-bus/"));
        let arn = match prefix {
            Some((prefix, _)) => sub![prefix, ":rule/", path].cast(),
            None => arn_in_environment(&path),
        };
        let rule = ImportedRule::import(scope, id, arn, name.clone());
        if !is_default {
            rule.scope.attach(CustomBus(bus_name));
        }
        check_name(&rule, &name);
        rule
    }
}

impl ImportedRule<'_> {
    /// Returns the name of the custom event bus of the rule, or `None` for the default one.
    pub fn event_bus_name(&self) -> Option<Value<Name<kind::events::EventBus>>> {
        self.scope.attached::<CustomBus>().map(|bus| bus.0.clone())
    }
}

fn arn_in_environment(path: &Value<String>) -> Value<Arn<kind::events::Rule>> {
    sub![
        "arn:",
        pseudo::partition(),
        ":events:",
        pseudo::region(),
        ":",
        pseudo::account_id(),
        ":rule/",
        path
    ]
    .cast()
}

/// Reports a literal with other characters than the name of a rule has (`INF8026`).
fn check_name(rule: &ImportedRule<'_>, name: &Value<Name<kind::events::Rule>>) {
    let shown = "the name of a rule: at most 64 letters, digits and `.-_`, without the event bus";
    check_form(rule, name, shown, |name| {
        (1..=64).contains(&name.len())
            && name
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b".-_".contains(&byte))
    });
}
