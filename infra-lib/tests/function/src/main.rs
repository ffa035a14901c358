//! Answers with the name in the event, in the greeting of the environment.

use lambda_runtime::{Error, LambdaEvent, run, service_fn};
use serde_json::{Value, json};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    run(service_fn(greet)).await
}

async fn greet(event: LambdaEvent<Value>) -> Result<Value, Error> {
    let greeting = std::env::var("GREETING")?;
    let name = event.payload["name"].as_str().unwrap_or("everyone");
    Ok(json!({ "text": format!("{greeting}, {name}") }))
}
