//! Tests of `lsp` with messages of an editor.

use std::fmt::Write as _;

use infra_cli::ExitCode;
use infra_cli::testing::{Invocation, Outcome};
use infra_core::{App, CfnResource, Stack};
use serde_json::{Value as JsonValue, json};

use crate::support::RunApp as _;

/// Address of the document of the tests.
const URI: &str = "file:///project/queue.yaml";

/// A template with an error in its last line, and references of each kind.
const TEMPLATE: &str = "\
Parameters:
  Stage: {Type: String, Default: dev, Description: Stage of the stack}
Conditions:
  IsProd: !Equals [!Ref Stage, prod]
Resources:
  Queue:
    Type: AWS::SQS::Queue
    Condition: IsProd
    Properties:
      QueueName: !Sub 'ä-${Stage}'
      VisibilityTimeout: 30
Outputs:
  Arn:
    Condition: IsProd
    Value: !GetAtt Queue.Arn
  Url:
    Condition: IsProd
    Value: !Ref Quee
";

/// Returns a message with the header of the protocol.
fn frame(message: &JsonValue) -> String {
    let text = message.to_string();
    format!("Content-Length: {}\r\n\r\n{text}", text.len())
}

fn notification(method: &str, params: &JsonValue) -> JsonValue {
    json!({ "jsonrpc": "2.0", "method": method, "params": params })
}

fn opened(text: &str) -> JsonValue {
    let document = json!({ "uri": URI, "languageId": "yaml", "version": 1, "text": text });
    notification("textDocument/didOpen", &json!({ "textDocument": document }))
}

/// Returns a request at a place of the document: line and column from 0.
fn request(id: u32, method: &str, line: u32, character: u32) -> JsonValue {
    let params = json!({
        "textDocument": { "uri": URI },
        "position": { "line": line, "character": character },
    });
    json!({ "jsonrpc": "2.0", "id": id, "method": format!("textDocument/{method}"), "params": params })
}

/// Runs the server with these messages between `initialize` and `exit`.
fn run(messages: &[JsonValue], build: impl Fn(&App)) -> (Outcome, Vec<JsonValue>) {
    let mut input = String::new();
    let parameters = json!({ "processId": null, "rootUri": null, "capabilities": {} });
    let first = json!({ "jsonrpc": "2.0", "id": 0, "method": "initialize", "params": parameters });
    let last = json!({ "jsonrpc": "2.0", "id": 99, "method": "shutdown" });
    let exit = json!({ "jsonrpc": "2.0", "method": "exit" });
    for message in [&first].into_iter().chain(messages).chain([&last, &exit]) {
        input.write_str(&frame(message)).unwrap();
    }
    let outcome = Invocation::new(["lsp", "--stdio"])
        .input(input)
        .run_simple(build);
    let sent = read_frames(&outcome.stdout);
    (outcome, sent)
}

fn read_frames(mut text: &str) -> Vec<JsonValue> {
    let mut found = Vec::new();
    while let Some(rest) = text.strip_prefix("Content-Length: ") {
        let (length, rest) = rest.split_once("\r\n\r\n").unwrap();
        let (body, after) = rest.split_at(length.parse().unwrap());
        found.push(serde_json::from_str(body).unwrap());
        text = after;
    }
    assert_eq!(text, "");
    found
}

/// Runs the server for templates alone.
fn serve(messages: &[JsonValue]) -> Vec<JsonValue> {
    let (outcome, sent) = run(messages, |_| panic!("templates run no app"));
    assert_eq!(outcome.exit_code, ExitCode::Ok, "{outcome}");
    assert_eq!(outcome.stderr, "");
    sent
}

/// Returns the result of a request.
fn result(sent: &[JsonValue], id: u32) -> &JsonValue {
    let answer = sent.iter().find(|message| message["id"] == id);
    let answer = answer.unwrap_or_else(|| panic!("no answer to {id}"));
    assert!(answer.get("error").is_none(), "{answer}");
    &answer["result"]
}

/// Returns the diagnostics of a document, one list for each time that they were published.
fn published<'s>(sent: &'s [JsonValue], uri: &str) -> Vec<&'s Vec<JsonValue>> {
    let all = sent
        .iter()
        .filter(|message| message["method"] == "textDocument/publishDiagnostics");
    let of_document = all.filter(|message| message["params"]["uri"] == uri);
    of_document
        .map(|message| message["params"]["diagnostics"].as_array().unwrap())
        .collect()
}

/// Asks at a place of the template, and returns the answer.
fn ask(method: &str, line: u32, character: u32) -> JsonValue {
    let sent = serve(&[opened(TEMPLATE), request(1, method, line, character)]);
    result(&sent, 1).clone()
}

#[test]
fn announces_what_it_supports() {
    let sent = serve(&[]);
    let initialized = result(&sent, 0);
    assert_eq!(initialized["serverInfo"]["name"], "infra");
    let capabilities = &initialized["capabilities"];
    for name in [
        "hoverProvider",
        "definitionProvider",
        "documentSymbolProvider",
    ] {
        assert_eq!(capabilities[name], true, "{name}");
    }
    assert_eq!(capabilities["textDocumentSync"]["change"], 1);
}

#[test]
fn publishes_findings_until_they_are_corrected() {
    let corrected = TEMPLATE.replace("Quee", "Queue");
    let changed = notification(
        "textDocument/didChange",
        &json!({ "textDocument": { "uri": URI, "version": 2 }, "contentChanges": [{ "text": corrected }] }),
    );
    let closed = notification(
        "textDocument/didClose",
        &json!({ "textDocument": { "uri": URI } }),
    );
    let sent = serve(&[opened(TEMPLATE), changed, closed]);
    let published = published(&sent, URI);
    let [first, second, third] = published.as_slice() else {
        panic!("{published:?}");
    };
    assert_eq!(first.len(), 1, "{first:?}");
    let finding = &first[0];
    assert_eq!(finding["source"], "infra");
    assert_eq!(finding["severity"], 1);
    assert_eq!(
        finding["range"]["start"],
        json!({ "line": 17, "character": 11 })
    );
    let message = finding["message"].as_str().unwrap();
    assert!(
        message.contains("Quee") && message.contains("help: did you mean `Queue`?"),
        "{message}"
    );
    assert!(
        second.is_empty() && third.is_empty(),
        "{second:?} {third:?}"
    );
}

#[test]
fn ignores_documents_that_are_no_templates() {
    let sent = serve(&[opened("name: build\non: push\n"), request(1, "hover", 0, 1)]);
    assert!(published(&sent, URI).is_empty());
    assert!(result(&sent, 1).is_null());
}

#[test]
fn describes_types_properties_and_references() {
    let cases = [
        (6, 14, "**AWS::SQS::Queue**"),
        (
            10,
            8,
            "**VisibilityTimeout** · integer\n\nOptional. Update requires: no replacement.\n\nRange: 0 to 43200",
        ),
        (9, 8, "Update requires: replacement."),
        (4, 2, "Resources of the stack, at most 500."),
        (7, 6, "Name of a condition"),
        (7, 17, "Condition `IsProd`"),
        (
            9,
            28,
            "Parameter `Stage` · String\n\nDefault: `dev`\n\nStage of the stack",
        ),
        (14, 12, "Attribute of a resource."),
        (14, 26, "**Arn** · string\n\nAttribute of `Queue`"),
        (3, 12, "True if two values are equal."),
        (3, 26, "Parameter `Stage`"),
    ];
    for (line, character, expected) in cases {
        let hover = ask("hover", line, character);
        let text = hover["contents"]["value"].as_str().unwrap_or_default();
        assert!(text.contains(expected), "{line}:{character}: {text}");
    }
    assert!(ask("hover", 13, 0).is_null());
}

#[test]
fn finds_declarations() {
    let cases = [
        (9, 28, Some((1, 2, 7))),
        (14, 22, Some((5, 2, 7))),
        (7, 17, Some((3, 2, 8))),
        (13, 17, Some((3, 2, 8))),
        (17, 17, None),
        (10, 8, None),
    ];
    for (line, character, expected) in cases {
        let found = ask("definition", line, character);
        let expected = expected.map_or(JsonValue::Null, |(line, start, end)| {
            let at = |character| json!({ "line": line, "character": character });
            json!({ "uri": URI, "range": { "start": at(start), "end": at(end) } })
        });
        assert_eq!(found, expected, "{line}:{character}");
    }
}

#[test]
fn completes_in_a_text_that_cannot_be_read() {
    let text = TEMPLATE.replace("      VisibilityTimeout: 30\n", "      Vis\n");
    let sent = serve(&[opened(&text), request(1, "completion", 10, 9)]);
    let items = result(&sent, 1).as_array().unwrap();
    let found = items
        .iter()
        .find(|item| item["label"] == "VisibilityTimeout");
    assert_eq!(
        found.unwrap()["textEdit"],
        json!({
            "range": {
                "start": { "line": 10, "character": 6 },
                "end": { "line": 10, "character": 9 },
            },
            "newText": "VisibilityTimeout: ",
        })
    );
}

#[test]
fn offers_corrections_of_findings() {
    let at = |character| json!({ "line": 17, "character": character });
    let params = json!({
        "textDocument": { "uri": URI },
        "range": { "start": at(0), "end": at(30) },
        "context": { "diagnostics": [] },
    });
    let request =
        json!({ "jsonrpc": "2.0", "id": 1, "method": "textDocument/codeAction", "params": params });
    let elsewhere = json!({ "textDocument": { "uri": URI }, "context": { "diagnostics": [] },
        "range": { "start": { "line": 1, "character": 0 }, "end": { "line": 2, "character": 0 } } });
    let elsewhere = json!({ "jsonrpc": "2.0", "id": 2, "method": "textDocument/codeAction", "params": elsewhere });
    let sent = serve(&[opened(TEMPLATE), request, elsewhere]);
    let actions = result(&sent, 1).as_array().unwrap();
    assert_eq!(actions.len(), 1);
    assert_eq!(actions[0]["title"], "write `Queue`");
    assert_eq!(actions[0]["isPreferred"], false);
    assert_eq!(
        actions[0]["edit"]["changes"][URI],
        json!([{ "range": { "start": at(16), "end": at(20) }, "newText": "Queue" }])
    );
    assert_eq!(*result(&sent, 2), json!([]));
}

#[test]
fn answers_at_every_place_of_texts_that_are_cut() {
    let mut messages = Vec::new();
    let json = r#"{"Resources": {"Q": {"Type": "AWS::SQS::Queue", "Properties": {"Tags": [{"Key": "ä", "Value": {"Ref": "Q"}}]}}}}"#;
    for text in [TEMPLATE, json] {
        for (end, _) in text.char_indices() {
            let cut = format!("{}\n# AWSTemplateFormatVersion", &text[..end]);
            messages.push(opened(&cut));
            let (before, line) = cut[..end].rsplit_once('\n').unwrap_or(("", &cut[..end]));
            let number = u32::try_from(before.lines().count()).unwrap();
            let column = u32::try_from(line.encode_utf16().count()).unwrap();
            for method in ["completion", "hover", "definition", "documentSymbol"] {
                let id = u32::try_from(messages.len()).unwrap() + 100;
                messages.push(request(id, method, number, column));
            }
        }
    }
    let sent = serve(&messages);
    let asked = messages.iter().filter_map(|message| message["id"].as_u64());
    for id in asked {
        result(&sent, u32::try_from(id).unwrap());
    }
}

#[test]
fn outlines_sections() {
    let outline = ask("documentSymbol", 0, 0);
    let names = |list: &JsonValue| -> Vec<String> {
        let list = list.as_array().unwrap().iter();
        list.map(|one| one["name"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(
        names(&outline),
        ["Parameters", "Conditions", "Resources", "Outputs"]
    );
    assert_eq!(names(&outline[3]["children"]), ["Arn", "Url"]);
    assert_eq!(outline[2]["children"][0]["detail"], "AWS::SQS::Queue");
}

#[test]
fn publishes_findings_of_the_app_on_its_lines() {
    let broken = |app: &App| {
        let stack = Stack::new(app, "Web");
        let queue = json!({ "DelaySecond": 5 });
        CfnResource::new(stack, "Queue", "AWS::SQS::Queue", queue);
    };
    let line = line!() - 2;
    let initialized = notification("initialized", &json!({}));
    let (outcome, sent) = run(&[initialized], broken);
    assert_eq!(outcome.exit_code, ExitCode::Ok, "{outcome}");
    let all = sent
        .iter()
        .filter(|message| message["method"] == "textDocument/publishDiagnostics");
    let all: Vec<&JsonValue> = all.collect();
    let [one] = all.as_slice() else {
        panic!("{sent:?}");
    };
    let uri = one["params"]["uri"].as_str().unwrap();
    assert!(uri.ends_with("tests/it/lsp.rs"), "{uri}");
    let finding = &one["params"]["diagnostics"][0];
    assert_eq!(finding["range"]["start"]["line"], line - 1);
    assert!(finding["message"].as_str().unwrap().contains("DelaySecond"));
}

#[test]
fn answers_wrong_requests_with_errors() {
    let unknown =
        json!({ "jsonrpc": "2.0", "id": 1, "method": "textDocument/rename", "params": {} });
    let wrong = json!({ "jsonrpc": "2.0", "id": 2, "method": "textDocument/hover", "params": {} });
    let sent = serve(&[unknown, wrong]);
    let code = |id: u32| {
        let answer = sent.iter().find(|message| message["id"] == id);
        answer.unwrap()["error"]["code"].as_i64()
    };
    assert_eq!(code(1), Some(-32601));
    assert_eq!(code(2), Some(-32602));
}

#[test]
fn ends_with_an_error_without_the_protocol() {
    let outcome = Invocation::new(["lsp"])
        .input("hello\r\n\r\n")
        .run_simple(|_| {});
    assert_eq!(outcome.exit_code, ExitCode::Error);
    assert!(
        outcome
            .stderr
            .contains("error: the session of the language server failed"),
        "{outcome}"
    );
}
