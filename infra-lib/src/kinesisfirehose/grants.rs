//! Permissions of other principals on delivery streams.

use super::DeliveryStream;
use crate::core::{Arn, IntoValue, Name, Value};
use crate::iam::{Grant, Grantable, Identity};
use crate::kind;

pub(crate) const PUT: [&str; 2] = ["firehose:PutRecord", "firehose:PutRecordBatch"];

impl<'app> DeliveryStream<'app> {
    /// Imports an existing delivery stream by its ARN. Roles of this app can be allowed to put records.
    pub fn from_arn(
        arn: impl IntoValue<Arn<kind::kinesisfirehose::DeliveryStream>>,
    ) -> ImportedDeliveryStream {
        ImportedDeliveryStream {
            arn: arn.into_value(),
        }
    }

    /// Allows a principal to put records.
    #[track_caller]
    pub fn grant_put_records(&self, to: &impl Grantable<'app>) -> Grant<'app> {
        Grant::to(to)
            .actions(PUT)
            .resource(self.arn())
            .on_identity(self)
    }
}

/// An existing delivery stream, from [`DeliveryStream::from_arn`].
#[derive(Clone, Debug)]
pub struct ImportedDeliveryStream {
    arn: Value<Arn<kind::kinesisfirehose::DeliveryStream>>,
}

impl ImportedDeliveryStream {
    /// Returns the physical name of the delivery stream, taken from the ARN.
    pub fn delivery_stream_name(&self) -> Value<Name<kind::kinesisfirehose::DeliveryStream>> {
        crate::import::arn_after(&self.arn, ":deliverystream/").cast()
    }

    /// Returns the ARN of the delivery stream.
    pub fn arn(&self) -> Value<Arn<kind::kinesisfirehose::DeliveryStream>> {
        self.arn.clone()
    }

    /// Allows an identity of the app to put records.
    #[track_caller]
    pub fn grant_put_records<'app>(&self, to: &impl Identity<'app>) -> Grant<'app> {
        Grant::on_imported(to, self.arn(), PUT)
    }
}
