//! AWS Systems Manager: plain text and lists under a name, and documents. See [`StringParameter`],
//! [`StringListParameter`] and [`Document`].
//!
//! CloudFormation cannot create a `SecureString`, so a parameter that is created here is never secret. For secrets,
//! use [`secretsmanager`](crate::secretsmanager).
//!
//! [Properties of each construct](https://github.com/infra-lib/infra-lib/blob/main/docs/book/src/reference/constructs.md#ssm).

mod document;
mod document_content;
mod imported;
mod string_list_parameter;
mod string_parameter;

pub use document::{Document, DocumentBuilder, DocumentProps};
pub use document_content::{AutomationDocument, CommandDocument, DocumentContent};
pub use imported::{
    AsStringParameter, ImportedStringListParameter, ImportedStringParameter, StringParameterRef,
};
pub use string_list_parameter::{
    StringListParameter, StringListParameterBuilder, StringListParameterProps,
};
pub use string_parameter::{StringParameter, StringParameterBuilder, StringParameterProps};
