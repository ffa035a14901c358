//! References to delivery streams that other constructs put records to.

use super::{DeliveryStream, ImportedDeliveryStream};
use crate::core::{Arn, Construct as _, Scope, Value};
use crate::iam::{Grant, Identity};
use crate::kind;

/// A delivery stream that other constructs put records to: a [`DeliveryStream`] or an [`ImportedDeliveryStream`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no delivery stream",
    label = "a `DeliveryStream` or an `ImportedDeliveryStream` is needed here"
)]
pub trait AsDeliveryStream<'app> {
    /// Returns a reference to the delivery stream.
    fn as_delivery_stream(&self) -> DeliveryStreamRef<'app>;
}

impl<'app, D: AsDeliveryStream<'app>> AsDeliveryStream<'app> for &D {
    fn as_delivery_stream(&self) -> DeliveryStreamRef<'app> {
        (**self).as_delivery_stream()
    }
}

/// A delivery stream of the app or an imported one, from [`AsDeliveryStream::as_delivery_stream`].
#[derive(Clone, Debug)]
pub struct DeliveryStreamRef<'app> {
    arn: Value<Arn<kind::kinesisfirehose::DeliveryStream>>,
    own: Option<DeliveryStream<'app>>,
}

impl<'app> DeliveryStreamRef<'app> {
    /// Returns the ARN of the delivery stream.
    pub fn arn(&self) -> Value<Arn<kind::kinesisfirehose::DeliveryStream>> {
        self.arn.clone()
    }

    /// Returns the physical name of the delivery stream.
    #[cfg(feature = "iot")]
    pub(crate) fn delivery_stream_name(
        &self,
    ) -> Value<crate::core::Name<kind::kinesisfirehose::DeliveryStream>> {
        match self.own {
            Some(own) => own.delivery_stream_name(),
            None => DeliveryStream::from_arn(self.arn()).delivery_stream_name(),
        }
    }

    /// Returns the construct of a delivery stream of the app, or `None` for an imported one.
    pub fn scope(&self) -> Option<Scope<'app>> {
        self.own.map(|own| own.scope())
    }

    /// Allows an identity of the app to put records.
    #[track_caller]
    pub fn grant_put_records(&self, to: &impl Identity<'app>) -> Grant<'app> {
        match self.own {
            Some(own) => own.grant_put_records(to),
            None => DeliveryStream::from_arn(self.arn()).grant_put_records(to),
        }
    }
}

impl<'app> AsDeliveryStream<'app> for DeliveryStreamRef<'app> {
    fn as_delivery_stream(&self) -> Self {
        self.clone()
    }
}

impl<'app> AsDeliveryStream<'app> for DeliveryStream<'app> {
    fn as_delivery_stream(&self) -> DeliveryStreamRef<'app> {
        DeliveryStreamRef {
            arn: self.arn(),
            own: Some(*self),
        }
    }
}

impl<'app> AsDeliveryStream<'app> for ImportedDeliveryStream {
    fn as_delivery_stream(&self) -> DeliveryStreamRef<'app> {
        DeliveryStreamRef {
            arn: self.arn(),
            own: None,
        }
    }
}
