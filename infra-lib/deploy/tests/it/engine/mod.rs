//! Tests that `deploy` executes exactly the reviewed plan and refuses everything else.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail as tests do")]

mod assemblies;
mod drifted;
mod exposed;
mod fixture;
mod forged;
mod interrupted;
mod left;
mod many;
mod nested;
mod own_images;
mod partial;
mod plans;
mod polling;
mod proof;
mod race;
mod recorded;
mod reviewed;
mod schemas;
mod services;
mod single;
mod speed;
