//! Options of delivery streams.

use crate::kms::{AsKey, KeyRef};

/// Compression of the objects that a delivery stream writes.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum Compression {
    /// No compression.
    Uncompressed,
    /// GZIP, which Athena, Glue and most programs read.
    Gzip,
    /// ZIP archives.
    Zip,
    /// Snappy.
    Snappy,
    /// Snappy in the framing of Hadoop.
    HadoopSnappy,
}

impl Compression {
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Uncompressed => "UNCOMPRESSED",
            Self::Gzip => "GZIP",
            Self::Zip => "ZIP",
            Self::Snappy => "Snappy",
            Self::HadoopSnappy => "HADOOP_SNAPPY",
        }
    }
}

/// Encryption of records in a delivery stream, before they are in the bucket.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum DeliveryEncryption<'app> {
    /// A key that AWS owns, without a charge.
    AwsOwnedKey,
    /// A customer managed key.
    Key(KeyRef<'app>),
}

impl<'app> DeliveryEncryption<'app> {
    /// Returns the encryption with a customer managed key: a [`Key`](crate::kms::Key) of the app or an imported one.
    pub fn key(key: impl AsKey<'app>) -> Self {
        Self::Key(key.as_key())
    }
}
