//! AWS Secrets Manager: secrets whose text never enters a template.
