//! Builds a construct without a required property.
use infra_lib::ec2::Vpc;
use infra_lib::{App, Stack};

fn main() {
    let app = App::new();
    let stack = Stack::new(&app, "Network");
    Vpc::builder().availability_zones(2).build(stack, "Vpc");
}
