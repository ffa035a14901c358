//! Amazon Data Firehose: delivery of records to buckets, encrypted and with logs. See [`DeliveryStream`].
//!
//! [Properties of each construct](https://github.com/infra-lib/infra-lib/blob/main/docs/book/src/reference/constructs.md#kinesisfirehose).

mod checks;
mod delivery_stream;
#[cfg(feature = "ec2")]
mod flow_logs;
mod grants;
mod log_destination;
mod metrics;
mod options;
mod processing;
mod record_format;
mod reference;
#[cfg(feature = "events")]
mod target;
#[cfg(feature = "sns")]
mod topic_subscriber;

pub use delivery_stream::{DeliveryStream, DeliveryStreamBuilder, DeliveryStreamProps};
pub use grants::ImportedDeliveryStream;
#[cfg(any(feature = "iot", feature = "pipes"))]
pub(crate) use grants::PUT;
pub use options::{Compression, DeliveryEncryption};
pub use processing::LambdaProcessor;
pub use record_format::RecordFormat;
pub use reference::{AsDeliveryStream, DeliveryStreamRef};
