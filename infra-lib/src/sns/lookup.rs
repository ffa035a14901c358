//! Lookups of topics.

use serde_json::json;

use super::{FifoTopic, ImportedTopic, Topic};
use crate::core::Construct;
use crate::lookup::{ResourceLookup, arn_in_stack, text};

impl Topic<'_> {
    /// Imports an existing topic, which a context lookup finds by its name: `cloudformation:GetResource` of the Cloud
    /// Control API, which calls `sns:GetTopicAttributes`. The lookup fails if the account and region of the stack have no
    /// such topic; [`from_arn`](Self::from_arn) asks nothing.
    ///
    /// Until the lookup has an answer, it is the placeholder `dummy-topic`.
    ///
    /// ```
    /// use infra_lib::sns::Topic;
    /// use infra_lib::{App, Environment, StackProps};
    ///
    /// let app = App::new();
    /// let stack = StackProps::new()
    ///     .environment(Environment::new("111122223333", "eu-west-1"))
    ///     .build(&app, "Stack");
    /// let orders = Topic::from_lookup(stack, "orders");
    /// # assert_eq!(orders.name().as_literal(), Some("dummy-topic"));
    /// ```
    #[track_caller]
    pub fn from_lookup<'app>(scope: impl Construct<'app>, name: &str) -> ImportedTopic {
        look_up(scope, name)
    }
}

impl FifoTopic<'_> {
    /// Imports an existing FIFO topic, which a context lookup finds by its name, as
    /// [`Topic::from_lookup`] does. The suffix `.fifo` of the name may be left out.
    #[track_caller]
    pub fn from_lookup<'app>(scope: impl Construct<'app>, name: &str) -> ImportedTopic {
        let name = name.strip_suffix(".fifo").unwrap_or(name);
        look_up(scope, &format!("{name}.fifo"))
    }
}

#[track_caller]
fn look_up<'app>(scope: impl Construct<'app>, name: &str) -> ImportedTopic {
    let scope = scope.scope().at_caller();
    let suffix = name.strip_suffix(".fifo").map_or("", |_| ".fifo");
    let dummy = json!({
        "TopicArn": format!("arn:aws:sns:us-east-1:123456789012:dummy-topic{suffix}"),
    });
    let arn = arn_in_stack(scope, "sns", name);
    let found = ResourceLookup::by_identifier("AWS::SNS::Topic", &arn)
        .returning(["TopicArn"])
        .find_one(scope, &dummy);
    ImportedTopic::from_arn(text(&found, "TopicArn"))
}
