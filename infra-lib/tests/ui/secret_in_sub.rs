//! Inserts a secret into a text.
use infra_lib::secretsmanager::Secret;
use infra_lib::{App, Stack, sub};

fn main() {
    let app = App::new();
    let stack = Stack::new(&app, "Data");
    let secret = Secret::builder().build(stack, "Secret");
    let url = sub!["postgres://notes:", secret.text(), "@db/notes"];
    drop(url);
}
