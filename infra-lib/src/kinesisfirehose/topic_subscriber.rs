//! Delivery streams as subscribers of topics.

use super::DeliveryStream;
use super::grants::PUT;
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
            None => Role::builder()
                .assumed_by(Principal::service("sns.amazonaws.com"))
                .statement(
                    Statement::allow()
                        .actions([
                            "firehose:DescribeDeliveryStream",
                            "firehose:ListDeliveryStreams",
                            "firehose:ListTagsForDeliveryStream",
                        ])
                        .actions(PUT)
                        .resource(self.arn()),
                )
                .build(scope, ROLE)
                .arn(),
        };
        Subscriber::new("firehose", self.arn())
            .below_with_unique_id(scope)
            .role_arn(role_arn)
    }
}
