//! Plan and deploy: what was reviewed is what is executed, and everything else is refused.

mod fixture;
mod many;
mod plans;
mod polling;
mod reviewed;
mod schemas;
mod single;
