//! Storage for the bytes of attachments, in a local folder or in an S3 bucket: [`Files`]. The database has all information about a file; its row is
//! written before the first byte and deleted after the last one (ADR 0054).

mod audit;
mod connector;
mod kind;
mod picture;
mod received;
mod storage;
mod sweep;

pub use audit::{Audit, audit_files};
pub use kind::{Disposition, media_type};
pub use picture::{Picture, THUMBNAIL_SIDE};
pub use received::{Facts, check_size, examine_file};
pub use storage::{Content, Files, Link, Part, Stored};
pub use sweep::{Sweep, collect_discarded, collect_discarded_of};

use std::fmt;
use std::path::PathBuf;

/// The place where the bytes of attachments are stored.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum StorageLocation {
    /// No storage: the service accepts no attachments.
    #[default]
    Disabled,
    /// A folder of this machine. Several replicas must share it.
    Folder(PathBuf),
    /// A bucket in S3 or in a compatible object store.
    Bucket(Bucket),
}

/// A bucket in S3, or in an object store that implements its API.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bucket {
    /// Name of the bucket, without a prefix.
    pub name: String,
    /// AWS Region of the bucket, which requests are signed for.
    pub region: String,
    /// URL of an object store other than AWS; `None` for S3.
    pub endpoint: Option<String>,
    /// The way in which readers download files from the bucket.
    pub downloads: Downloads,
}

/// The way in which readers download files from a bucket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Downloads {
    /// The service streams the file, as it does from a folder.
    Service,
    /// The service redirects to a presigned URL of the bucket, which is valid for one minute.
    Bucket,
    /// The service redirects to the presigned URL below a path of the site, where a content delivery network forwards path and query to the bucket.
    /// The path begins and ends with a slash. It is also the prefix of all object keys, because S3 signs the key.
    Site(String),
}

impl fmt::Display for StorageLocation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Disabled => f.write_str("off"),
            Self::Folder(path) => write!(f, "folder {}", path.display()),
            Self::Bucket(bucket) => {
                write!(f, "bucket {} in {}", bucket.name, bucket.region)?;
                match &bucket.endpoint {
                    Some(endpoint) => write!(f, " at {endpoint}"),
                    None => Ok(()),
                }
            }
        }
    }
}
