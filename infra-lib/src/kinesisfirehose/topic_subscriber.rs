//! Delivery streams as subscribers of topics.

use super::grants::PUT;
use super::{DeliveryStream, ImportedDeliveryStream};
use crate::core::{Arn, Construct, Scope, Value};
use crate::iam::{Principal, Role, Statement};
use crate::kind;
#[cfg(feature = "sns")]
use crate::sns::{RawOrWrapped, Subscriber, TopicSubscriber};

/// Id of the role with which topics put records, which all subscriptions of a stream share, as in the CDK.
const ROLE: &str = "TopicSubscriptionRole";

/// Puts each message as a record, with a role of the delivery stream that only SNS can assume.
///
/// See [delivery to
/// Firehose](https://docs.aws.amazon.com/sns/latest/dg/prereqs-kinesis-data-firehose.html).
impl<'app> TopicSubscriber<'app> for DeliveryStream<'app> {
    type Delivery = RawOrWrapped;

    fn subscriber(&self) -> Subscriber<'app> {
        let scope = self.scope();
        let made = scope.child(ROLE).and_then(Scope::default_child);
        let role_arn: Value<Arn<kind::iam::Role>> = match made {
            Some(role) => role.attr_value("Arn"),
            None => role(self.arn(), scope, ROLE),
        };
        Subscriber::new("firehose", self.arn())
            .below_with_unique_id(scope)
            .role_arn(role_arn)
    }
}

/// Puts each message as a record to the existing delivery stream, with a role of the subscription that only SNS can assume.
impl<'app> TopicSubscriber<'app> for ImportedDeliveryStream {
    type Delivery = RawOrWrapped;

    fn subscriber(&self) -> Subscriber<'app> {
        let arn = self.arn();
        let literal = arn.as_literal().map(str::to_owned);
        let name = literal
            .as_deref()
            .and_then(|arn| arn.split_once(":deliverystream/"));
        Subscriber::new("firehose", &arn)
            .of_existing(name.map(|(_, name)| name), "ImportedDeliveryStream")
            .role(move |scope| role(arn.clone(), scope, "Role"))
    }
}

/// Creates the role with which SNS puts records.
fn role(
    stream: Value<Arn<kind::kinesisfirehose::DeliveryStream>>,
    scope: Scope<'_>,
    id: &str,
) -> Value<Arn<kind::iam::Role>> {
    Role::builder()
        .assumed_by(Principal::service("sns.amazonaws.com"))
        .statement(
            Statement::allow()
                .actions([
                    "firehose:DescribeDeliveryStream",
                    "firehose:ListDeliveryStreams",
                    "firehose:ListTagsForDeliveryStream",
                ])
                .actions(PUT)
                .resource(stream),
        )
        .build(scope, id)
        .arn()
}
