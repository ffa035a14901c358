//! Construct tree.
