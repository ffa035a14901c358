//! Tests of the patterns.

mod event_pipeline;
mod landing_zone;
mod scheduled_job;
mod web_service;
mod worker;

use infra_lib::cidr;
use infra_lib::ec2::Vpc;
use infra_lib::ecs::ContainerImage;
use infra_lib::kms::Key;
use infra_lib::prelude::*;
use infra_lib::sns::{Topic, TopicEncryption};
use serde_json::Value as JsonValue;

use crate::base::findings_of;

fn image() -> ContainerImage {
    ContainerImage::from_registry_digest(
        "public.ecr.aws/shop/web@sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    )
}

fn vpc(stack: Stack<'_>) -> Vpc<'_> {
    Vpc::builder()
        .cidr(cidr!("10.0.0.0/16"))
        .build(stack, "Vpc")
}

fn operators(stack: Stack<'_>) -> Topic<'_> {
    let key = Key::builder().build(stack, "Key");
    Topic::builder()
        .encryption(TopicEncryption::key(key))
        .build(stack, "Operators")
}

/// Returns the IDs of the resources outside the VPC, in order, with their types.
fn resources(template: &JsonValue) -> String {
    let resources = template["Resources"].as_object().unwrap();
    let mut lines: Vec<String> = resources
        .iter()
        .filter(|(id, _)| !id.starts_with("Vpc"))
        .map(|(id, resource)| format!("{id} {}", resource["Type"].as_str().unwrap()))
        .collect();
    lines.sort();
    lines.join("\n")
}

/// Returns the findings without their places in this file.
fn findings(build: impl FnOnce(Stack<'_>)) -> String {
    let text = findings_of(build);
    let lines = text.lines().filter(|line| !line.contains("tests/it"));
    lines.collect::<Vec<_>>().join("\n")
}

/// Returns true if the task definition has a log group of its own.
fn has_own_log_group(template: &JsonValue) -> bool {
    resources(template)
        .lines()
        .any(|line| line.contains("TaskDefLogGroup"))
}

fn pretty(value: &JsonValue) -> String {
    serde_json::to_string_pretty(value).unwrap()
}
