//! Tests of `mcp` with messages of a client: JSON-RPC, one message per line.

use std::collections::BTreeMap;

use infra_cli::ExitCode;
use infra_cli::testing::Invocation;
use infra_core::{App, CfnResource, Stack};
use infra_fake::FakeCloud;
use insta::assert_snapshot;
use serde_json::{Value as JsonValue, json};

use crate::operate::{assert_nothing_written, deployed, notes};
use crate::support::RunApp as _;

/// Creates a call of a tool.
fn call(tool: &str, arguments: JsonValue) -> JsonValue {
    let mut request = json!({ "method": "tools/call", "params": { "name": tool } });
    request["params"]["arguments"] = arguments;
    request
}

/// Returns the input of a client: the handshake, then these requests with the IDs 1, 2, ….
fn input(requests: &[JsonValue]) -> String {
    let initialize = json!({ "jsonrpc": "2.0", "id": 0, "method": "initialize", "params": {
        "protocolVersion": "2025-06-18",
        "capabilities": {},
        "clientInfo": { "name": "test", "version": "1" },
    } });
    let initialized = json!({ "jsonrpc": "2.0", "method": "notifications/initialized" });
    let mut lines = vec![initialize, initialized];
    for (at, request) in requests.iter().enumerate() {
        let mut request = request.clone();
        request["jsonrpc"] = "2.0".into();
        request["id"] = (at + 1).into();
        lines.push(request);
    }
    let lines: Vec<String> = lines.iter().map(JsonValue::to_string).collect();
    lines.join("\n") + "\n"
}

/// Returns the answers by ID, and asserts that standard output contains nothing else, and standard error nothing.
fn answers(outcome: &infra_cli::testing::Outcome) -> BTreeMap<u64, JsonValue> {
    assert_eq!(outcome.exit_code, ExitCode::Ok, "{outcome}");
    assert_eq!(outcome.stderr, "");
    let lines = outcome.stdout.lines();
    let read = lines.map(|line| serde_json::from_str::<JsonValue>(line).expect("a line of JSON"));
    read.map(|answer| (answer["id"].as_u64().unwrap(), answer))
        .collect()
}

fn serve(requests: &[JsonValue], build: impl Fn(&App)) -> BTreeMap<u64, JsonValue> {
    let outcome = Invocation::new(["mcp"])
        .input(input(requests))
        .run_simple(build);
    answers(&outcome)
}

/// Returns the error flag and the texts of a call's result.
fn result(answer: &JsonValue) -> (bool, Vec<&str>) {
    let result = &answer["result"];
    let texts = result["content"]
        .as_array()
        .unwrap_or_else(|| panic!("{answer}"));
    let texts = texts
        .iter()
        .map(|content| content["text"].as_str().unwrap());
    (result["isError"] == true, texts.collect())
}

fn one(tool: &str, arguments: JsonValue, build: impl Fn(&App)) -> (bool, String) {
    let answers = serve(&[call(tool, arguments)], build);
    let (failed, texts) = result(&answers[&1]);
    (failed, texts.join("\n"))
}

fn offline(tool: &str, arguments: JsonValue) -> (bool, String) {
    one(tool, arguments, |_| panic!("`{tool}` runs no app"))
}

/// Builds an app with an error that has a place.
fn broken(app: &App) {
    let stack = Stack::new(app, "Web");
    let queue = json!({ "DelaySecond": 5 });
    CfnResource::new(stack, "Queue", "AWS::SQS::Queue", queue);
}

#[test]
fn returns_server_info_and_instructions() {
    let answers = serve(&[], notes);
    let result = &answers[&0]["result"];
    assert_eq!(result["serverInfo"]["name"], "infra");
    assert_eq!(result["serverInfo"]["version"], env!("CARGO_PKG_VERSION"));
    assert_eq!(
        result["capabilities"],
        json!({ "tools": {}, "resources": {} })
    );
    let instructions = result["instructions"].as_str().unwrap();
    for tool in ["find_construct", "validate", "explain_code", "show_plan"] {
        assert!(instructions.contains(tool), "{instructions}");
    }
}

#[test]
fn exits_at_end_of_input() {
    let outcome = Invocation::new(["mcp"]).input("").run_simple(notes);
    assert_eq!(answers(&outcome), BTreeMap::new());
}

#[test]
fn lists_read_only_tools_with_schemas() {
    let answers = serve(&[json!({ "method": "tools/list" })], notes);
    let tools = &answers[&1]["result"]["tools"];
    for tool in tools.as_array().unwrap() {
        assert_eq!(tool["annotations"]["readOnlyHint"], true, "{tool}");
        assert_eq!(tool["inputSchema"]["type"], "object", "{tool}");
    }
    assert_snapshot!(format!("{tools:#}"));
}

#[test]
fn refuses_unknown_tools_and_arguments() {
    let answers = serve(
        &[
            call("deploy", json!({})),
            call("synth", json!({ "stack": "Web" })),
        ],
        notes,
    );
    assert_snapshot!(answers[&1]["error"]["message"].as_str().unwrap(), @"the tool `deploy` does not exist; the tools are explain_code, list_codes, find_construct, describe_type, synth, validate, diff, show_plan");
    assert_eq!(
        result(&answers[&2]),
        (
            true,
            vec![
                "error: invalid arguments of `synth`: unknown field `stack`, expected `env` or `set`\n"
            ]
        )
    );
}

#[test]
fn explains_and_lists_codes() {
    let (failed, page) = offline("explain_code", json!({ "code": "inf3002" }));
    assert!(!failed && page.starts_with("# INF3002"), "{page}");
    let (failed, text) = offline("explain_code", json!({ "code": "INF1" }));
    assert!(failed);
    assert!(
        text.starts_with("error[INF6103]: the diagnostic code `INF1` does not exist"),
        "{text}"
    );

    let (_, text) = offline("list_codes", json!({ "words": "Secret inf5" }));
    assert!(text.lines().count() < 10, "{text}");
    assert!(text.lines().all(|line| line.starts_with("INF")), "{text}");
    let (_, all) = offline("list_codes", json!({}));
    assert!(all.lines().count() > 200);
    let (_, none) = offline("list_codes", json!({ "words": "zebra" }));
    assert_eq!(none, "no code matches these words\n");
}

#[test]
fn finds_constructs_and_types() {
    let find = |words: &str| {
        let (failed, text) = offline("find_construct", json!({ "words": words, "limit": 3 }));
        assert!(!failed, "{text}");
        let found: JsonValue = serde_json::from_str(&text).unwrap();
        let results = found["results"].as_array().unwrap().clone();
        assert!(results.len() <= 3);
        results
    };
    let vpc = &find("vpc")[0];
    assert_eq!(
        (&vpc["kind"], &vpc["path"]),
        (&json!("construct"), &json!("infra_lib::ec2::Vpc"))
    );
    assert!(vpc["members"].as_array().unwrap().contains(&json!("cidr")));

    let queue = &find("sqs queue")[0];
    assert_eq!(queue["path"], "infra_lib::sqs::Queue");

    let files = &find("fsx file system")[0];
    assert_eq!(files["type"], "AWS::FSx::FileSystem");
    assert_eq!(files["rust"], "infra_lib::cfn::fsx::CfnFileSystemProps");
    assert_eq!(files["feature"], "fsx");

    let balancer = &find("load balancers")[0];
    assert_eq!(
        balancer["path"],
        "infra_lib::elbv2::ApplicationLoadBalancer"
    );
    let instance = &find("rds db instance")[0];
    assert_eq!(instance["rust"], "infra_lib::cfn::rds::CfnDbInstanceProps");

    let by_property = &find("batch job definition retry strategy")[0];
    assert_eq!(by_property["type"], "AWS::Batch::JobDefinition");
    assert!(
        by_property["properties"]
            .as_array()
            .unwrap()
            .contains(&json!("RetryStrategy"))
    );

    assert_eq!(find("zebra"), Vec::<JsonValue>::new());
    let (failed, text) = offline("find_construct", json!({ "words": " ,." }));
    assert!(failed, "{text}");
}

#[test]
fn describes_types_and_paths() {
    let describe = |type_name: &str, path: &str| {
        offline("describe_type", json!({ "type": type_name, "path": path }))
    };
    let pretty = |(failed, text): (bool, String)| {
        assert!(!failed, "{text}");
        let document: JsonValue = serde_json::from_str(&text).unwrap();
        format!("{document:#}")
    };
    assert_snapshot!("type", pretty(describe("AWS::SQS::QueueInlinePolicy", "")));
    assert_snapshot!(
        "path",
        pretty(describe(
            "AWS::S3::Bucket",
            "BucketEncryption.ServerSideEncryptionConfiguration[0]"
        ))
    );

    let (failed, text) = describe("AWS::SQS::Quue", "");
    assert!(failed);
    assert_snapshot!(text, @r"
    error[INF3001]: the resource type `AWS::SQS::Quue` does not exist
       = help: did you mean `AWS::SQS::Queue`?
    ");
    let (failed, text) = describe("AWS::S3::Bucket", "BucketEncryption.ServerSide");
    assert!(failed);
    assert_snapshot!(text, @r"
    error[INF3002]: `BucketEncryption` of `AWS::S3::Bucket` has no property `ServerSide`
       = expected: one of ServerSideEncryptionConfiguration
    ");
}

#[test]
fn synthesizes_and_validates_app() {
    let (failed, text) = one("synth", json!({}), notes);
    assert!(!failed, "{text}");
    let document: JsonValue = serde_json::from_str(&text).unwrap();
    let stacks: Vec<_> = document["stacks"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (&one["path"], &one["resources"]))
        .collect();
    assert_eq!(
        stacks,
        [(&json!("Data"), &json!(5)), (&json!("Web"), &json!(2))]
    );
    assert_eq!(
        (&document["directory"], &document["files"]),
        (&JsonValue::Null, &JsonValue::Null)
    );

    let (failed, text) = one("synth", json!({}), broken);
    assert!(failed);
    assert!(
        text.contains("error[INF3002]") && text.contains("mcp.rs:"),
        "{text}"
    );

    let (failed, text) = one("validate", json!({}), broken);
    assert!(!failed, "{text}");
    let document: JsonValue = serde_json::from_str(&text).unwrap();
    assert_eq!(document["valid"], false);
    assert_eq!(document["findings"][0]["code"], "INF3002");

    let (_, text) = one("validate", json!({}), notes);
    let document: JsonValue = serde_json::from_str(&text).unwrap();
    assert_eq!(document["valid"], true);

    // The app has no configuration.
    let (failed, text) = one("validate", json!({ "env": "prod" }), notes);
    assert!(
        failed && text.starts_with("error: unexpected argument '--env'"),
        "{text}"
    );
}

#[test]
fn limits_findings_to_one_hundred() {
    let many = |app: &App| {
        let stack = Stack::new(app, "Web");
        for number in 0..120 {
            let queue = json!({ "DelaySecond": 5 });
            CfnResource::new(stack, &format!("Queue{number}"), "AWS::SQS::Queue", queue);
        }
    };
    let answers = serve(&[call("validate", json!({}))], many);
    let (_, texts) = result(&answers[&1]);
    let document: JsonValue = serde_json::from_str(texts[0]).unwrap();
    assert_eq!(document["findings"].as_array().unwrap().len(), 100);
    assert_eq!(document["findingsLeftOut"], 20);
}

/// Builds the app of `notes` with a password and another delay.
fn changed(app: &App) {
    notes(app);
    let extra = Stack::new(app, "Extra");
    let database =
        json!({ "Engine": "postgres", "AllocatedStorage": "20", "MasterUserPassword": "of-today" });
    CfnResource::new(extra, "Database", "AWS::RDS::DBInstance", database);
}

#[test]
fn reviews_against_folder_and_masks_secrets() {
    let folder = tempfile::tempdir().unwrap();
    let written = Invocation::new(["synth", "--out", "old.out"])
        .directory(folder.path())
        .run_simple(notes);
    assert_eq!(written.exit_code, ExitCode::Ok, "{written}");
    let requests = [
        call("diff", json!({ "against": "old.out", "format": "json" })),
        call("diff", json!({ "against": "old.out", "stack": ["Extra"] })),
        call("diff", json!({ "against": "old.out", "stack": ["--json"] })),
        call("diff", json!({ "against": "new.out" })),
    ];
    let outcome = Invocation::new(["mcp"])
        .directory(folder.path())
        .input(input(&requests))
        .run_simple(changed);
    assert!(!outcome.stdout.contains("of-today"), "{outcome}");
    let answers = answers(&outcome);

    let (failed, texts) = result(&answers[&1]);
    assert!(!failed, "{texts:?}");
    let review: JsonValue = serde_json::from_str(texts[0]).unwrap();
    assert_eq!(review["counts"]["add"], 1);

    let (failed, texts) = result(&answers[&2]);
    assert!(!failed && texts[0].contains("Extra"), "{texts:?}");

    let (failed, texts) = result(&answers[&3]);
    assert!(
        failed && texts[0].contains("the app has no stack `--json`"),
        "{texts:?}"
    );
    let (failed, texts) = result(&answers[&4]);
    assert!(failed && texts[0].starts_with("error["), "{texts:?}");
}

fn at_aws(aws: &FakeCloud, request: JsonValue, build: impl Fn(&App)) -> (bool, String) {
    let outcome = Invocation::new(["mcp"])
        .cloud(aws.cloud(), FakeCloud::paused_runtime())
        .input(input(&[request]))
        .run_simple(build);
    let answers = answers(&outcome);
    let (failed, texts) = result(&answers[&1]);
    (failed, texts.join("\n"))
}

#[test]
fn reviews_against_aws_without_writes() {
    let aws = deployed(notes);
    let (failed, text) = at_aws(&aws, call("diff", json!({ "format": "json" })), changed);
    assert!(!failed, "{text}");
    let review: JsonValue = serde_json::from_str(&text).unwrap();
    assert_eq!(review["counts"]["add"], 1);

    // No plan exists yet.
    let (failed, text) = at_aws(&aws, call("show_plan", json!({})), changed);
    assert!(failed && text.starts_with("error["), "{text}");
    assert_nothing_written(&aws);

    let planned = Invocation::new(["plan", "--progress", "none"])
        .cloud(aws.cloud(), FakeCloud::paused_runtime())
        .run_simple(changed);
    assert_eq!(planned.exit_code, ExitCode::Ok, "{planned}");
    let writes = aws.write_operations();
    let (failed, text) = at_aws(&aws, call("show_plan", json!({})), changed);
    assert!(!failed && text.contains("Extra"), "{text}");
    let (failed, text) = at_aws(
        &aws,
        call("show_plan", json!({ "format": "json" })),
        changed,
    );
    assert!(!failed, "{text}");
    let review: JsonValue = serde_json::from_str(&text).unwrap();
    assert_eq!(review["counts"]["add"], 1);
    assert_eq!(aws.write_operations(), writes);

    let (failed, text) = at_aws(&aws, call("show_plan", json!({ "prefix": "1x" })), changed);
    assert!(failed);
    assert_snapshot!(text, @"error: invalid value '1x' for '--prefix <PREFIX>': expected a letter, then letters, digits and hyphens, at most 64 characters");
}

#[expect(
    clippy::needless_pass_by_value,
    reason = "literals read best without a borrow"
)]
fn asking(method: &str, params: JsonValue) -> JsonValue {
    json!({ "method": method, "params": params })
}

#[test]
fn lists_resources_and_resource_templates() {
    let answers = serve(
        &[
            asking("resources/list", json!({})),
            asking("resources/list", json!({ "cursor": "50" })),
            asking("resources/list", json!({ "cursor": "x" })),
            asking("resources/templates/list", json!({})),
        ],
        |_| panic!("lists run no app"),
    );
    let first = &answers[&1]["result"];
    assert_eq!(first["nextCursor"], "50");
    let page = &first["resources"][1];
    assert_eq!(page["uri"], "infra://book/first-stack");
    assert_eq!(page["title"], "First stack in ten minutes");
    assert_eq!(page["mimeType"], "text/markdown");
    assert!(page["description"].as_str().unwrap().ends_with('.'));
    assert_eq!(answers[&2]["result"]["nextCursor"], "100");
    let mut last = first.clone();
    while let Some(cursor) = last["nextCursor"].as_str() {
        let next = asking("resources/list", json!({ "cursor": cursor }));
        last = serve(&[next], |_| panic!("lists run no app"))[&1]["result"].clone();
    }
    let last = last["resources"].as_array().unwrap();
    assert_eq!(last.last().unwrap()["uri"], "infra://schemas/validate");
    assert_eq!(answers[&3]["error"]["code"], -32602);
    let templates = answers[&4]["result"]["resourceTemplates"]
        .as_array()
        .unwrap();
    let uris: Vec<&str> = templates
        .iter()
        .map(|one| one["uriTemplate"].as_str().unwrap())
        .collect();
    assert_eq!(
        uris,
        [
            "infra://book/{+page}",
            "infra://codes/{code}",
            "infra://schemas/{name}",
            "infra://stacks/{+stack}"
        ]
    );
}

#[test]
fn reads_resources_by_uri() {
    let read = |uri: &str| asking("resources/read", json!({ "uri": uri }));
    let answers = serve(
        &[
            read("infra://book/concepts/values"),
            read("infra://codes/INF1001"),
            read("infra://schemas/ls"),
            read("infra://stacks/Web"),
            read("infra://stacks/Wep"),
            read("infra://book/none"),
        ],
        notes,
    );
    let contents = |number: u64| {
        let contents = answers[&number]["result"]["contents"].as_array().unwrap();
        assert_eq!(contents.len(), 1);
        let text = contents[0]["text"].as_str().unwrap().to_owned();
        (contents[0]["mimeType"].as_str().unwrap(), text)
    };
    let (kind, text) = contents(1);
    assert!(
        kind == "text/markdown" && text.starts_with("# Values\n"),
        "{text}"
    );
    assert!(contents(2).1.starts_with("# INF1001"));
    let (kind, text) = contents(3);
    assert_eq!(kind, "application/schema+json");
    let schema: JsonValue = serde_json::from_str(&text).unwrap();
    assert_eq!(schema["type"], "array");
    let (kind, text) = contents(4);
    assert_eq!(kind, "application/json");
    let template: JsonValue = serde_json::from_str(&text).unwrap();
    assert_eq!(template["Resources"]["Alerts"]["Type"], "AWS::SNS::Topic");
    for number in [5, 6] {
        assert_eq!(answers[&number]["error"]["code"], -32002, "{number}");
    }
    let message = answers[&5]["error"]["message"].as_str().unwrap();
    assert!(message.contains("the app has no stack `Wep`"), "{message}");
}

#[test]
fn validates_assembly_folders_without_app() {
    let folder = tempfile::tempdir().unwrap();
    let written = Invocation::new(["synth", "--out", "ours"])
        .directory(folder.path())
        .run_simple(notes);
    assert_eq!(written.exit_code, ExitCode::Ok, "{written}");
    let template = json!({ "Resources": { "Topic": { "Type": "AWS::SNS::Topic" } } });
    let manifest = json!({ "version": "48.0.0", "artifacts": { "Web": {
        "type": "aws:cloudformation:stack",
        "environment": "aws://unknown-account/unknown-region",
        "properties": { "templateFile": "Web.template.json" },
        "metadata": { "/Web/Topic": [{ "type": "aws:cdk:error", "data": "no key" }] },
    } } });
    for (name, document) in [("manifest.json", manifest), ("Web.template.json", template)] {
        let path = folder.path().join("theirs");
        std::fs::create_dir_all(&path).unwrap();
        std::fs::write(path.join(name), document.to_string()).unwrap();
    }
    let requests = ["ours", "theirs", "none"];
    let requests = requests.map(|name| call("validate", json!({ "assembly": name })));
    let outcome = Invocation::new(["mcp"])
        .directory(folder.path())
        .input(input(&requests))
        .run_simple(|_| panic!("the app is not run"));
    let answers = answers(&outcome);
    let document = |number: u64| -> JsonValue {
        let (failed, texts) = result(&answers[&number]);
        assert!(!failed, "{texts:?}");
        serde_json::from_str(texts[0]).unwrap()
    };
    let ours = document(1);
    assert_eq!(ours["stacks"], json!(["Data", "Web"]));
    assert_eq!(ours["valid"], true);
    let theirs = document(2);
    assert_eq!(theirs["valid"], false);
    assert_eq!(
        theirs["findings"],
        json!([{ "severity": "error", "message": "no key", "constructPath": "Web/Topic", "stack": "Web" }])
    );
    let (failed, texts) = result(&answers[&3]);
    assert!(failed && texts[0].starts_with("error["), "{texts:?}");
}
