//! Uses a secret in a property that is stored as plain text.
use infra_lib::cfn::sns::CfnTopicProps;
use infra_lib::secretsmanager::Secret;
use infra_lib::{App, Stack};

fn main() {
    let app = App::new();
    let stack = Stack::new(&app, "Data");
    let secret = Secret::builder().build(stack, "Secret");
    CfnTopicProps::new().display_name(secret.text()).build(stack, "Topic");
}
