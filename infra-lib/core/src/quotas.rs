//! Quotas of CloudFormation that synthesis and deployment share.
//!
//! AWS: <https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html>.

/// Maximum size in bytes of a template in the body of a request. Larger templates must be uploaded to S3.
pub const INLINE_TEMPLATE_BYTES: usize = 51_200;

/// Maximum size in bytes of a template in S3.
pub const TEMPLATE_BYTES: usize = 1_000_000;

/// Maximum depth of nested stacks that synthesis accepts and the deployer reads. CloudFormation documents no limit.
pub const NESTED_LEVELS: usize = 16;
