//! Plan and deploy: what was reviewed is what is executed, and everything else is refused.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail as tests do")]

mod fixture;
mod many;
mod plans;
mod polling;
mod reviewed;
mod schemas;
mod single;
mod speed;
