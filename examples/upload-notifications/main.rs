//! Notifications of a bucket: new pictures go to a function, deleted ones to a queue.

use std::process::ExitCode;

use infra_lib::lambda::{Code, Function, Runtime};
use infra_lib::s3::{AccessLogs, Bucket, BucketEvent, Notification};
use infra_lib::sqs::{DeadLetterQueue, Queue};
use infra_lib::{App, Duration, Size, Stack};

const CODE: &str = "\
def handler(event, context):
    for record in event['Records']:
        print('a picture of', record['s3']['object']['size'], 'bytes')
";

fn main() -> ExitCode {
    infra_runtime::run_simple(build)
}

/// Adds the stacks to the app.
pub fn build(app: &App) {
    let stack = Stack::new(app, "Pictures");
    let logs = Bucket::log_bucket(Duration::days(90)).build(stack, "Logs");
    let pictures = Bucket::builder()
        .access_logs(AccessLogs::to(logs))
        .build(stack, "Pictures");

    let thumbnails = Function::builder()
        .runtime(Runtime::Python314)
        .handler("index.handler")
        .code(Code::inline(CODE))
        .memory(Size::mib(512))
        .timeout(Duration::seconds(30))
        .build(stack, "Thumbnails");
    pictures.grant_read(&thumbnails);
    pictures.notify(
        &thumbnails,
        &Notification::on(BucketEvent::Created).prefix("incoming/"),
    );

    let failed = Queue::builder().build(stack, "Failed");
    let deleted = Queue::builder()
        .dead_letter_queue(DeadLetterQueue::new(&failed, 5))
        .build(stack, "Deleted");
    pictures.notify(&deleted, &Notification::on(BucketEvent::Removed));
}
