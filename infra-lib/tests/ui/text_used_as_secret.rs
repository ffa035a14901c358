//! Passes a text where a secret is required.
use infra_lib::ecs::{ContainerDefinition, ContainerImage};

fn container(image: ContainerImage) {
    let container = ContainerDefinition::new("api", image).secret("DATABASE_PASSWORD", "hunter2");
    drop(container);
}

fn main() {
    let _ = container;
}
