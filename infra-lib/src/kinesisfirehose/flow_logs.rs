//! Delivery streams as destinations of flow logs.

use super::DeliveryStream;
#[cfg(feature = "ec2")]
use crate::ec2::FlowLogs;

#[cfg(feature = "ec2")]
impl<'app> FlowLogs<'app> {
    /// Sends the records to a delivery stream instead of a log group. EC2 delivers with its service-linked role.
    ///
    /// See [flow logs to Firehose](https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-firehose.html).
    pub fn to_delivery_stream(self, stream: DeliveryStream<'app>) -> Self {
        self.deliver_to(stream.resource())
    }
}
