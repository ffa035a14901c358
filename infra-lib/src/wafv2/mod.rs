//! AWS WAF: web access control lists.
