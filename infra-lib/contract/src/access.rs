//! Kinds of environment variables: the value of each, and the permission that goes with it.

macro_rules! accesses {
    ($($(#[doc = $doc:literal])+ $name:ident;)+) => {$(
        $(#[doc = $doc])+
        #[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
        #[non_exhaustive]
        pub struct $name;
    )+};
}

accesses! {
    /// A text or a reference to one, without a permission.
    Text;
    /// Name of a DynamoDB table that the function reads.
    ReadTable;
    /// Name of a DynamoDB table that the function writes.
    WriteTable;
    /// Name of a DynamoDB table that the function reads and writes.
    ReadWriteTable;
    /// URL of an SQS queue to which the function sends messages.
    SendQueue;
    /// URL of an SQS queue from which the function receives messages.
    ConsumeQueue;
    /// ARN of an SNS topic to which the function publishes.
    PublishTopic;
    /// Name of an S3 bucket whose objects the function reads.
    ReadBucket;
    /// Name of an S3 bucket whose objects the function writes and deletes.
    WriteBucket;
    /// Name of an S3 bucket whose objects the function reads, writes and deletes.
    ReadWriteBucket;
    /// ARN of a secret of Secrets Manager that the function reads. The value is not in the environment.
    ReadSecret;
    /// Name of an SSM parameter that the function reads.
    ReadParameter;
    /// ARN of a function that the function invokes.
    InvokeFunction;
    /// Name of an `EventBridge` event bus to which the function sends events.
    PutEvents;
    /// ARN of a Kinesis stream to which the function writes records.
    WriteStream;
}
