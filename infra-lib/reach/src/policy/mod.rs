//! An evaluator of IAM policies over documents: explicit denials, identity and resource policies, permissions boundaries,
//! service control policies, conditions and policy variables.
//!
//! Documents are JSON whose texts may contain unknown parts. The evaluator answers [`Answer::Possible`] for
//! everything that depends on them, on condition keys that are not known, and on policies that it cannot read.
//!
//! ```
//! use infra_reach::policy::{Access, Document, Policies, Principal, Request};
//! use infra_reach::{Answer, Atoms};
//! use serde_json::json;
//!
//! let document = Document::parse("policy", &json!({ "Statement": {
//!     "Effect": "Allow", "Action": "s3:Get*", "Resource": "arn:aws:s3:::notes/*",
//! }}));
//! let principal = Principal::role("arn:aws:iam::123456789012:role/task", "123456789012");
//! let request = Request::new(principal, "s3:GetObject", "arn:aws:s3:::notes/1", "123456789012");
//! let policies = Policies { identity: vec![document], ..Policies::default() };
//! assert_eq!(policies.decide(&request, &Atoms::default()).answer, Answer::Yes);
//! ```
//!
//! AWS: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html>

mod condition;
mod context;
mod decide;
mod document;
mod pattern;
mod principal;
mod statement;

pub use context::{Context, ContextValue};
pub use decide::{Access, Decision, Policies, Reason};
pub(crate) use document::choices;
pub use document::{Document, Effect, Statement};
pub use pattern::{equal_texts, matches_arn, matches_text};
pub use principal::Principal;
pub(crate) use principal::account_of;
pub use statement::Request;

#[cfg(doc)]
use crate::Answer;
