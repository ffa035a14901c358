//! The readers and the tree, from outside.

mod deserialize;
mod json;
mod judge;
mod limits;
mod tree;
mod yaml;
