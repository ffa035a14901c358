//! AWS IAM: roles, policy documents, statements and grants.
