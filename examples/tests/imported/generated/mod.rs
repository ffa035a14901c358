//! Modules with constructs that were generated from the templates of the gallery.

use infra_lib::{App, Stack};

pub(crate) mod aurora_data;
pub(crate) mod aurora_network;
pub(crate) mod cache_sessions;
pub(crate) mod cross_stack_sender;
pub(crate) mod database_data;
pub(crate) mod database_network;
pub(crate) mod escape_hatch_hatches;
pub(crate) mod event_pipeline_shop;
pub(crate) mod fleet_fleet;
pub(crate) mod fleet_network;
pub(crate) mod http_api_notes;
pub(crate) mod raw_resources_availability;
pub(crate) mod rest_api_partners;
pub(crate) mod scheduled_job_reports;
pub(crate) mod shared_files_files;
pub(crate) mod state_machine_checkout;
pub(crate) mod stream_clicks;
pub(crate) mod upload_notifications_pictures;
pub(crate) mod user_pool_accounts;
pub(crate) mod web_service_network;
pub(crate) mod web_service_web;

/// Every program by the names of its app and its stack.
#[rustfmt::skip]
pub(crate) const PROGRAMS: &[(&str, for<'app> fn(&'app App) -> Stack<'app>)] = &[
    ("aurora_data", aurora_data::data),
    ("aurora_network", aurora_network::network),
    ("cache_sessions", cache_sessions::sessions),
    ("cross_stack_sender", cross_stack_sender::sender),
    ("database_data", database_data::data),
    ("database_network", database_network::network),
    ("escape_hatch_hatches", escape_hatch_hatches::hatches),
    ("event_pipeline_shop", event_pipeline_shop::shop),
    ("fleet_fleet", fleet_fleet::fleet),
    ("fleet_network", fleet_network::network),
    ("http_api_notes", http_api_notes::notes),
    ("raw_resources_availability", raw_resources_availability::availability),
    ("rest_api_partners", rest_api_partners::partners),
    ("scheduled_job_reports", scheduled_job_reports::reports),
    ("shared_files_files", shared_files_files::files),
    ("state_machine_checkout", state_machine_checkout::checkout),
    ("stream_clicks", stream_clicks::clicks),
    ("upload_notifications_pictures", upload_notifications_pictures::pictures),
    ("user_pool_accounts", user_pool_accounts::accounts),
    ("web_service_network", web_service_network::network),
    ("web_service_web", web_service_web::web),
];
