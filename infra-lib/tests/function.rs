//! Builds a function in Rust as `synth` does, and invokes the program through the runtime API of Lambda.
//!
//! AWS: [Lambda runtime API](https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html).

#![allow(clippy::unwrap_used, reason = "a test that fails says so")]

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::Command;
use std::sync::mpsc;
use std::time::Duration;

use infra_lib::core::assembly;
use infra_lib::lambda::{Architecture, RustFunction, RustProgram};
use infra_lib::{App, Stack};
use serde_json::Value as Json;

/// Identifier of the only request.
const REQUEST: &str = "8476a536-e9f4-11e8-9739-2dfe598c3fcd";

/// A request of the function: method with path, and body.
struct Received {
    line: String,
    body: String,
}

fn read_request(stream: &TcpStream) -> Received {
    let mut reader = BufReader::new(stream);
    let mut next_line = || {
        let mut line = String::new();
        reader.read_line(&mut line).unwrap();
        line.trim_end().to_owned()
    };
    let line = next_line();
    let mut length = 0;
    loop {
        let header = next_line().to_lowercase();
        if header.is_empty() {
            break;
        }
        if let Some(value) = header.strip_prefix("content-length:") {
            length = value.trim().parse().unwrap();
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).unwrap();
    Received {
        line,
        body: String::from_utf8(body).unwrap(),
    }
}

/// Serves one event, and returns the first request that is an answer to it.
fn serve_event(listener: &TcpListener, event: &str) -> Received {
    let mut served = false;
    for stream in listener.incoming() {
        let mut stream = stream.unwrap();
        let received = read_request(&stream);
        if !received.line.contains("/invocation/next") {
            write!(
                stream,
                "HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
            )
            .unwrap();
            return received;
        }
        assert!(
            !served,
            "the function asked for the next event without an answer"
        );
        served = true;
        write!(
            stream,
            "HTTP/1.1 200 OK\r\nContent-Length: {}\r\nConnection: close\r\nLambda-Runtime-Aws-Request-Id: {REQUEST}\r\n\
             Lambda-Runtime-Deadline-Ms: 4102444800000\r\n\
             Lambda-Runtime-Invoked-Function-Arn: arn:aws:lambda:eu-west-1:111122223333:function:orders\r\n\r\n{event}",
            event.len()
        )
        .unwrap();
    }
    unreachable!("a listener returns connections without end")
}

/// Runs the program as Lambda does, with the environment of the function in the template.
fn invoke(bootstrap: &Path, environment: &Json, event: &'static str) -> Received {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let variables = environment.as_object().unwrap().iter();
    let mut child = Command::new(bootstrap)
        .env_clear()
        .env("AWS_LAMBDA_RUNTIME_API", address.to_string())
        .env("AWS_LAMBDA_FUNCTION_NAME", "orders")
        .env("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "128")
        .env("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST")
        .env("AWS_LAMBDA_LOG_GROUP_NAME", "orders")
        .env("AWS_LAMBDA_LOG_STREAM_NAME", "orders")
        .envs(variables.map(|(name, value)| (name, value.as_str().unwrap())))
        .spawn()
        .unwrap();
    let (sender, receiver) = mpsc::channel();
    std::thread::spawn(move || sender.send(serve_event(&listener, event)));
    let answer = receiver.recv_timeout(Duration::from_secs(30));
    child.kill().unwrap();
    child.wait().unwrap();
    answer.expect("the function answers within 30 seconds")
}

#[test]
#[ignore = "needs a compiler for Lambda: scripts/test function"]
fn answers_event_with_environment_of_template() {
    let app = App::new();
    app.build_assets();
    let stack = Stack::new(&app, "Stack");
    let manifest = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/function/Cargo.toml");
    let native = if cfg!(target_arch = "aarch64") {
        Architecture::Arm64
    } else {
        Architecture::X86_64
    };
    RustFunction::program(
        RustProgram::package("orders")
            .manifest(manifest)
            .profile("dev"),
    )
    .architecture(native)
    .env("GREETING", "hello")
    .build(stack, "Orders");
    let synthesis = app.synth();
    let findings: Vec<String> = synthesis
        .findings()
        .iter()
        .map(infra_lib::core::render)
        .collect();
    assert!(findings.is_empty(), "{}", findings.join("\n"));

    let template = synthesis.stack("Stack").unwrap().template.to_json();
    let resources = template["Resources"].as_object().unwrap();
    let function = resources
        .values()
        .find(|resource| resource["Type"] == "AWS::Lambda::Function");
    let properties = &function.unwrap()["Properties"];
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("function");
    assembly::write_assembly(&synthesis, &folder).unwrap();
    let key = properties["Code"]["S3Key"].as_str().unwrap();
    let asset = format!("asset.{}", key.trim_end_matches(".zip"));
    let bootstrap = folder.join(asset).join("bootstrap");

    let answer = invoke(
        &bootstrap,
        &properties["Environment"]["Variables"],
        r#"{"name":"Ada"}"#,
    );
    assert!(
        answer
            .line
            .contains(&format!("/invocation/{REQUEST}/response ")),
        "{}: {}",
        answer.line,
        answer.body
    );
    assert_eq!(answer.body, r#"{"text":"hello, Ada"}"#);
}
