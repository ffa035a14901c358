//! Domain model of the service: types and rules that depend neither on the database nor on HTTP.

pub mod account;
pub mod attachment;
pub mod cursor;
pub mod demo;
pub mod factor;
pub mod filter;
pub mod id;
pub mod label;
pub mod limits;
pub mod note;
pub mod portable;
pub mod position;
pub mod recurrence;
pub mod reminder;
pub mod samples;
pub mod scope;
pub mod webhook;
pub mod welcome;
