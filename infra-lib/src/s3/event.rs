//! Events of the objects of a bucket.

/// Events of the objects of a bucket.
///
/// AWS: [event types](https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-how-to-event-types-and-destinations.html).
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum BucketEvent {
    /// An object was created, in any way.
    Created,
    /// An object was created by `PutObject`.
    CreatedByPut,
    /// An object was created by an HTML form.
    CreatedByPost,
    /// An object was created by `CopyObject`.
    CreatedByCopy,
    /// An object was created by a completed multipart upload.
    CreatedByMultipartUpload,
    /// An object was removed by a request: deleted, or hidden by a delete marker.
    Removed,
    /// An object or a version of one was deleted.
    Deleted,
    /// A delete marker was created for an object.
    DeleteMarkerCreated,
    /// The restoration of an archived object began, ended or expired.
    Restored,
    /// A lifecycle rule removed an object: deleted it, or hid it by a delete marker.
    Expired,
    /// A lifecycle rule moved an object to another storage class.
    Transitioned,
    /// The tags of an object were changed or deleted.
    Tagged,
    /// The replication of an object failed, was late, or is not tracked.
    Replication,
}

impl BucketEvent {
    /// Returns the name in CloudFormation, such as `s3:ObjectCreated:*`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Created => "s3:ObjectCreated:*",
            Self::CreatedByPut => "s3:ObjectCreated:Put",
            Self::CreatedByPost => "s3:ObjectCreated:Post",
            Self::CreatedByCopy => "s3:ObjectCreated:Copy",
            Self::CreatedByMultipartUpload => "s3:ObjectCreated:CompleteMultipartUpload",
            Self::Removed => "s3:ObjectRemoved:*",
            Self::Deleted => "s3:ObjectRemoved:Delete",
            Self::DeleteMarkerCreated => "s3:ObjectRemoved:DeleteMarkerCreated",
            Self::Restored => "s3:ObjectRestore:*",
            Self::Expired => "s3:LifecycleExpiration:*",
            Self::Transitioned => "s3:LifecycleTransition",
            Self::Tagged => "s3:ObjectTagging:*",
            Self::Replication => "s3:Replication:*",
        }
    }
}
