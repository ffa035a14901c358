//! Passes a secret as a plain environment variable.
use infra_lib::ecs::{ContainerDefinition, ContainerImage};
use infra_lib::secretsmanager::SecretField;

fn container(image: ContainerImage, password: SecretField) {
    let container = ContainerDefinition::new("api", image).env("DATABASE_PASSWORD", password);
    drop(container);
}

fn main() {
    let _ = container;
}
