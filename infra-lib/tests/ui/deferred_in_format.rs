//! Formats a value that is known at deployment only into text.
use infra_lib::pseudo;

fn main() {
    let endpoint = format!("logs.{}.amazonaws.com", pseudo::region());
    drop(endpoint);
}
