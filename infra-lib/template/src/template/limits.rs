//! How large a text may be that is read as a template: far above what CloudFormation takes, far below what hurts.

/// Levels of nesting; the reader of JSON stops at 128 by itself.
pub(super) const DEPTH: usize = 128;

/// Bytes of a text. A template has at most 1 MB, and macros may write it out larger.
/// <https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html>
pub(super) const BYTES: usize = 8 * 1024 * 1024;

/// What a node weighs in memory beside its text, about.
pub(super) const NODE: usize = 64;

/// Bytes of memory with every alias written out.
pub(super) const EXPANDED: usize = 8 * BYTES;
