//! AWS Systems Manager: parameters.
