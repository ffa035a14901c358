//! The service as a whole, over HTTP, on real databases.

#![allow(clippy::unwrap_used, reason = "a test that fails says so")]

mod abuse;
mod acceptance;
mod access_tokens;
mod accounts;
mod backup;
mod conditions;
mod configuration;
mod content;
mod contract;
mod database;
mod disk;
mod docs;
mod document;
mod guests;
mod health;
mod hostile;
mod labels;
mod live;
mod logs;
mod mails;
mod middleware;
mod migrations;
mod notes;
mod operators;
mod order;
mod outage;
mod process;
mod rate_limits;
mod registration;
mod replicas;
mod search;
mod server;
mod site;
mod support;
mod tenancy;
mod tls;
mod transfer;
