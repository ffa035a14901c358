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
mod docs;
mod document;
mod filters;
mod factors;
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
mod passkeys;
mod process;
mod push;
mod provider;
mod rate_limits;
mod recurrence;
mod registration;
mod scopes;
mod search;
mod server;
mod sharing;
mod site;
mod support;
mod tenancy;
mod tls;
mod transfer;
mod webhooks;
