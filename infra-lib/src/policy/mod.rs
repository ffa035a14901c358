//! Policies: what a security reviewer would look for, checked on every rendered template.
