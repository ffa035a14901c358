//! Processes messages of the queue: notifications of the bucket, and tasks of the schedule.

use contract::Jobs;
use infra_contract::Handles;
use infra_contract::event::S3Event;
use lambda_runtime::{Error, LambdaEvent, run, service_fn};
use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::{Value, json};

/// Event of the function, from its contract.
type Messages = <Jobs as Handles>::Event;

/// Body of a message.
#[derive(Deserialize)]
#[serde(untagged)]
enum Job {
    /// Objects were created in the bucket.
    Uploads(S3Event),
    /// A task is due.
    Task { task: String },
    /// S3 tests the connection after a deployment of the notification.
    Test {
        #[serde(rename = "Event")]
        _event: IgnoredAny,
    },
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let environment = &Jobs::from_env()?;
    let handle = |event: LambdaEvent<Messages>| async move {
        Ok::<_, Error>(process_all(environment, &event.payload))
    };
    run(service_fn(handle)).await
}

/// Processes each message, and returns those that failed: they stay in the queue, and are moved to the queue of failures after five attempts.
fn process_all(environment: &Jobs, messages: &Messages) -> Value {
    let mut failed = Vec::new();
    for message in &messages.records {
        match process(environment, &message.body) {
            Ok(result) => println!("{result}"),
            Err(error) => {
                eprintln!("message {}: {error}", message.message_id);
                failed.push(json!({ "itemIdentifier": message.message_id }));
            }
        }
    }
    json!({ "batchItemFailures": failed })
}

/// Processes a message, and describes the result for the log. The environment also has the name of the table.
fn process(environment: &Jobs, body: &str) -> Result<String, serde_json::Error> {
    Ok(match serde_json::from_str(body)? {
        Job::Uploads(event) => {
            let objects = event.records.iter().map(|record| &record.s3.object.key);
            let keys: Vec<&str> = objects.map(String::as_str).collect();
            format!("uploaded to {}: {}", environment.uploads, keys.join(", "))
        }
        Job::Task { task } => format!("task {task}"),
        Job::Test { .. } => "test of the notification".to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{Jobs, Messages, process, process_all};

    fn environment() -> Jobs {
        Jobs::read(|name| Ok(name.to_owned())).expect("all variables")
    }

    fn process_json(body: &Value) -> String {
        process(&environment(), &body.to_string()).expect("a known body")
    }

    #[test]
    fn processes_each_kind_of_message() {
        let uploaded = json!({ "Records": [{
            "eventName": "ObjectCreated:Put", "eventTime": "1970-01-01T00:00:00.000Z",
            "s3": { "bucket": { "name": "uploads" }, "object": { "key": "incoming/a.png", "size": 3 } },
        }] });
        assert_eq!(
            process_json(&uploaded),
            "uploaded to UPLOADS: incoming/a.png"
        );
        assert_eq!(process_json(&json!({ "task": "hourly" })), "task hourly");
        let test = json!({ "Service": "Amazon S3", "Event": "s3:TestEvent" });
        assert_eq!(process_json(&test), "test of the notification");
    }

    #[test]
    fn returns_failed_messages() {
        let messages = json!({ "Records": [
            { "messageId": "1", "body": "{\"task\":\"hourly\"}" },
            { "messageId": "2", "body": "unknown" },
        ] });
        let messages: Messages = serde_json::from_value(messages).expect("messages");
        assert_eq!(
            process_all(&environment(), &messages),
            json!({ "batchItemFailures": [{ "itemIdentifier": "2" }] })
        );
    }
}
