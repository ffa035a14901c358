//! A file system that a function writes and another one reads, through access points.

use std::process::ExitCode;

use infra_lib::cidr;
use infra_lib::ec2::{Nat, Vpc};
use infra_lib::efs::{AccessPoint, FileAge, FileSystem, PosixUser, RootDirectory};
use infra_lib::lambda::{Code, Function, Runtime};
use infra_lib::prelude::*;

fn main() -> ExitCode {
    infra_runtime::run_simple(build)
}

/// Adds the stack to the app.
pub fn build(app: &App) {
    let stack = Stack::new(app, "Files");
    let vpc = Vpc::builder()
        .cidr(cidr!("10.0.0.0/16"))
        .nat(Nat::None)
        .build(stack, "Vpc");

    let files = FileSystem::builder()
        .subnets(vpc.isolated())
        .transition_to_infrequent_access(FileAge::Days30)
        .transition_to_archive(FileAge::Days90)
        .build(stack, "Files");
    let models = AccessPoint::builder()
        .file_system(files)
        // Every client is this user, whoever it is in its container or function.
        .posix_user(PosixUser::new(1000, 1000))
        .root_directory(RootDirectory::created("/models", 1000, 1000, 0o750))
        .build(stack, "Models");

    let function = |id: &str, code: &str| {
        Function::builder()
            .runtime(Runtime::Python314)
            .handler("index.handler")
            .code(Code::inline(code))
            .timeout(Duration::seconds(30))
            .subnets(vpc.isolated())
            .file_system(&models, "/mnt/models")
            .build(stack, id)
    };
    function(
        "Train",
        "def handler(event, context):\n    with open('/mnt/models/latest', 'w') as file:\n        file.write(event['model'])",
    );
    function(
        "Predict",
        "def handler(event, context):\n    with open('/mnt/models/latest') as file:\n        return file.read()",
    );
    Output::new(stack, "FileSystem", files.file_system_id()).description("ID of the file system");
}
