//! Amazon Data Firehose: delivery of records to buckets, encrypted and with logs. See [`DeliveryStream`].

mod checks;
mod delivery_stream;
mod grants;
mod metrics;
mod options;
#[cfg(feature = "events")]
mod target;

pub use delivery_stream::{DeliveryStream, DeliveryStreamBuilder, DeliveryStreamProps};
pub use grants::ImportedDeliveryStream;
pub use options::{Compression, DeliveryEncryption};
