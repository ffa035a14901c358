//! The toolkit as its users see it, against an AWS in memory.

mod engine;
mod scenarios;
