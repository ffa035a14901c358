//! Quotas of CloudFormation that synthesis and deployment share.
//!
//! See <https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html>.

/// Size in bytes of the largest template in a request; a larger one goes through a bucket.
pub const INLINE_TEMPLATE_BYTES: usize = 51_200;

/// Size in bytes of the largest template in a bucket.
pub const TEMPLATE_BYTES: usize = 1_000_000;

/// Levels of stacks nested in each other. CloudFormation names no limit; the deployer reads no deeper.
pub const NESTED_LEVELS: usize = 16;
