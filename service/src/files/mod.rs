//! The bytes of attachments: in a folder of this machine or in a bucket of S3, and nothing else of them. What is known of a file is in the
//! database, whose row is there before the first byte and as long as the last one (ADR 0054).

mod audit;
mod connector;
mod kind;
mod picture;
mod received;
mod storage;
mod sweep;

pub use audit::{Audit, audit};
pub use kind::{Kind, media_type};
pub use picture::{Picture, THUMBNAIL_SIDE};
pub use received::{Facts, examine, wanted};
pub use storage::{Content, Files, Link, Part, Stored};
pub use sweep::{Sweep, collect, collect_of};

use std::fmt;
use std::path::PathBuf;

/// The place of the bytes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Place {
    /// Nowhere: the service keeps no files.
    #[default]
    Nowhere,
    /// A folder of this machine, which all replicas share if there are several.
    Folder(PathBuf),
    /// A bucket.
    Bucket(Bucket),
}

/// A bucket of S3, or of something that speaks its protocol.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bucket {
    /// Its name.
    pub name: String,
    /// The region it is in.
    pub region: String,
    /// The address of something else than AWS.
    pub endpoint: Option<String>,
    /// The way of downloads to the reader.
    pub downloads: Downloads,
}

/// The way of downloads from a bucket to the reader.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Downloads {
    /// Through the service, as those of a folder.
    Service,
    /// By a redirect to a presigned URL of the bucket, valid for one minute.
    Bucket,
    /// By a redirect to the presigned URL below a path of the site, where a content delivery network forwards path and query to the bucket. The path, which
    /// begins and ends with a slash, is also the prefix of the keys of all objects, because S3 signs the key.
    Site(String),
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Nowhere => f.write_str("off"),
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
