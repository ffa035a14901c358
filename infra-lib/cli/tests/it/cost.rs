//! Tests of `cost`: amounts, charges that are named but not counted, assumed use, price files, and the difference to deployed stacks.

use infra_cli::ExitCode;
use infra_cli::testing::{Invocation, Outcome};
use infra_core::{App, CfnResource, Environment, StackProps};
use infra_fake::FakeCloud;
use insta::assert_snapshot;
use serde_json::json;

use crate::json_schema::conforming;
use crate::support::RunApp as _;

fn notes(app: &App) {
    let network = StackProps::new()
        .environment(Environment::region("us-east-1"))
        .build(app, "Network");
    CfnResource::new(network, "Nat", "AWS::EC2::NatGateway", json!({}));
    CfnResource::new(network, "Address", "AWS::EC2::EIP", json!({}));
    let web = StackProps::new()
        .environment(Environment::region("us-east-1"))
        .build(app, "Web");
    let queue = json!({ "DelaySeconds": 5 });
    CfnResource::new(web, "Queue", "AWS::SQS::Queue", queue);
    CfnResource::new(web, "Key", "AWS::KMS::Key", json!({}));
}

fn run(arguments: &[&str]) -> Outcome {
    Invocation::new(arguments.iter().copied())
        .directory(env!("CARGO_MANIFEST_DIR"))
        .run_simple(notes)
}

#[test]
fn prints_cost_per_stack_and_unknown_prices() {
    assert_snapshot!("cost", run(&["cost", "--hours", "72"]));
}

#[test]
fn prints_cost_as_json_with_numbers() {
    let outcome = run(&["cost", "--json", "--months", "2", "--stack", "Network"]);
    let found = conforming("cost", &outcome.stdout);
    assert_eq!(found["total"]["hourly"], json!(0.05));
    assert_eq!(found["total"]["monthly"], json!(36.5));
    assert_eq!(found["total"]["hours"], json!(1460));
    assert_eq!(found["total"]["forHours"], json!(73.0));
    assert_eq!(found["complete"], json!(true));
    assert_eq!(
        found["notCounted"],
        json!([{ "meter": "traffic through NAT gateways" }])
    );
    let whole = conforming("cost", &run(&["cost", "--json"]).stdout);
    assert_eq!(whole["unknownTypes"], json!(["AWS::SQS::Queue"]));
    assert_eq!(whole["complete"], json!(false));
}

/// The same app with a second NAT gateway, a queue with another setting, and without the key.
fn notes_later(app: &App) {
    let network = StackProps::new()
        .environment(Environment::region("us-east-1"))
        .build(app, "Network");
    CfnResource::new(network, "Nat", "AWS::EC2::NatGateway", json!({}));
    CfnResource::new(network, "Address", "AWS::EC2::EIP", json!({}));
    let name = "SecondNatGatewayOfTheSecondAvailabilityZone";
    CfnResource::new(network, name, "AWS::EC2::NatGateway", json!({}));
    let web = StackProps::new()
        .environment(Environment::region("us-east-1"))
        .build(app, "Web");
    let queue = json!({ "DelaySeconds": 10 });
    CfnResource::new(web, "Queue", "AWS::SQS::Queue", queue);
}

/// Runs a command on one app with the assembly of another as former state.
fn change(columns: usize, arguments: &[&str]) -> Outcome {
    let folder = tempfile::tempdir().unwrap();
    let old = folder.path().join("old");
    let old = old.to_str().unwrap();
    let written = run(&["synth", "--out", old]);
    assert_eq!(written.exit_code, ExitCode::Ok, "{written}");
    let words = arguments.iter().copied().chain(["--against", old]);
    let mut outcome = Invocation::new(words)
        .directory(env!("CARGO_MANIFEST_DIR"))
        .columns(columns)
        .run_simple(notes_later);
    outcome.stdout = outcome.stdout.replace(old, "OLD");
    outcome
}

#[test]
fn compares_costs_at_the_width_of_the_terminal() {
    for columns in [80, 60] {
        let outcome = change(columns, &["cost", "--hours", "72"]);
        assert_eq!(outcome.exit_code, ExitCode::Ok, "{outcome}");
        // The title has the name of the folder, which is of any length.
        let table = outcome.stdout.lines().skip_while(|line| !line.is_empty());
        let longest = table.map(|line| line.chars().count()).max();
        assert!(longest > Some(40) && longest <= Some(columns), "{outcome}");
        assert_snapshot!(format!("cost_against_{columns}"), outcome.stdout);
    }
}

#[test]
fn prints_difference_as_json_and_markdown() {
    let found = conforming("cost", &change(80, &["cost", "--json"]).stdout);
    let compared = &found["comparison"];
    assert_eq!(compared["before"], json!(37.5));
    assert_eq!(compared["after"], json!(69.35));
    assert_eq!(compared["difference"], json!(31.85));
    assert_eq!(compared["uncertain"], json!(1));
    assert_eq!(compared["beforeComplete"], json!(false));
    let key = &compared["stacks"][1]["resources"][0];
    assert_eq!(key["constructPath"], "Web/Key");
    assert_eq!(
        (&key["before"]["monthly"], &key["after"]),
        (&json!(1.0), &json!(null))
    );
    assert_eq!(found["total"]["monthly"], json!(69.35));
    let section = change(80, &["cost", "--markdown"]).stdout;
    assert_snapshot!("cost_markdown", section);
    let comment = change(80, &["diff", "--markdown"]).stdout;
    assert!(comment.ends_with(&section), "{comment}");
    let without = run(&["cost", "--markdown"]);
    assert_eq!(without.exit_code, ExitCode::Usage, "{without}");
}

#[test]
fn compares_selected_stacks() {
    let outcome = change(80, &["cost", "--json", "--stack", "Network"]);
    let found = conforming("cost", &outcome.stdout);
    let compared = &found["comparison"];
    assert_eq!(compared["stacks"].as_array().unwrap().len(), 1);
    assert_eq!(compared["difference"], json!(32.85));
}

#[test]
fn replaces_built_in_prices_with_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("prices.json");
    let meter = json!({
        "meter": "kms.key.month", "region": "us-east-1", "unit": "month", "price": "2.5",
        "date": "2026-11-30", "source": "https://example.com/contract",
    });
    let file = json!({ "currency": "EUR", "hoursPerMonth": 730, "meters": [meter] });
    std::fs::write(&path, file.to_string()).unwrap();
    let path = path.to_str().unwrap();
    let outcome = run(&["cost", "--json", "--prices", path]);
    let found = conforming("cost", &outcome.stdout);
    assert_eq!(
        (&found["currency"], &found["total"]["monthly"]),
        (&json!("EUR"), &json!(2.5))
    );
    assert_eq!(
        found["unknown"][0]["reason"],
        "no price is known for `ec2.nat-gateway.hour` in us-east-1"
    );
    std::fs::write(path, "{}").unwrap();
    let outcome = run(&["cost", "--prices", path]);
    assert_eq!(outcome.exit_code, ExitCode::Error, "{outcome}");
    assert!(
        outcome.stderr.contains("is not a valid price file"),
        "{outcome}"
    );
}

/// Runs a command on the app in a folder with this `infra.toml`.
fn run_in_project(project: &str, columns: usize, arguments: &[&str]) -> Outcome {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("infra.toml"), project).unwrap();
    let mut outcome = Invocation::new(arguments.iter().copied())
        .directory(folder.path())
        .columns(columns)
        .run_simple(notes);
    let shown = folder.path().display().to_string();
    for text in [&mut outcome.stdout, &mut outcome.stderr] {
        *text = text.replace(&shown, "FOLDER");
    }
    outcome
}

const USAGE: &str = "app = 'x'
env = 'ENVIRONMENT'
[cost.usage.'AWS::EC2::NatGateway']
gb = 100
[cost.usage.'Web/Key']
requests = 1_500_000
[cost.usage.'Web/Kye']
requests = 1
[environments.prod.cost.usage.'Network/Nat']
gb = 2000.5
hours = 3
";

#[test]
fn counts_and_prints_assumed_use() {
    for columns in [80, 60] {
        let project = USAGE.replace("ENVIRONMENT", "dev");
        let outcome = run_in_project(&project, columns, &["cost"]);
        assert_eq!(outcome.exit_code, ExitCode::Ok, "{outcome}");
        let longest = outcome
            .stdout
            .lines()
            .map(|line| line.chars().count())
            .max();
        assert!(longest <= Some(columns), "{outcome}");
        assert_snapshot!(format!("cost_usage_{columns}"), outcome.stdout);
    }
}

#[test]
fn prints_assumed_use_as_json_per_environment() {
    let found = |environment: &str| {
        let project = USAGE.replace("ENVIRONMENT", environment);
        let outcome = run_in_project(&project, 80, &["cost", "--json"]);
        conforming("cost", &outcome.stdout)
    };
    let (dev, prod) = (found("dev"), found("prod"));
    // 1500000 requests at 0.03 for 10000, 100 GB at 0.045
    assert_eq!(dev["total"]["monthly"], json!(37.5 + 4.5 + 4.5));
    // The amount for the resource takes precedence over that for its type: 2000.5 GB at 0.045
    assert_eq!(prod["total"]["monthly"], json!(132.02));
    assert_eq!(
        prod["usage"],
        json!([
            {
                "stack": "Network", "resource": "Nat", "subject": "Network/Nat", "kind": "gb",
                "amount": "2000.5",
            },
            {
                "stack": "Web", "resource": "Key", "subject": "Web/Key", "kind": "requests",
                "amount": "1500000",
            },
        ])
    );
    assert_eq!(
        prod["unusedUsage"],
        json!([
            { "subject": "AWS::EC2::NatGateway", "kind": "gb" },
            { "subject": "Network/Nat", "kind": "hours" },
            { "subject": "Web/Kye", "kind": "requests" },
        ])
    );
    let charge = &prod["stacks"][0]["charges"][1];
    assert_eq!(charge["meter"], "ec2.nat-gateway.gb");
    assert_eq!(
        (&charge["byUse"], &charge["quantity"]),
        (&json!(true), &json!("2000.5"))
    );
    assert_eq!(prod["stacks"][0]["charges"][0]["byUse"], json!(false));
    assert_eq!(
        prod["notCounted"],
        json!([{ "meter": "older versions of keys" }])
    );
    let selected = run_in_project(USAGE, 80, &["cost", "--json", "--stack", "Network"]);
    let selected = conforming("cost", &selected.stdout);
    assert_eq!(selected["unusedUsage"], json!([]));
}

#[test]
fn adds_assumed_use_to_comment_on_pull_request() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    write(
        "infra.toml",
        "app = 'x'\n[cost.usage.'Network/AWS::EC2::NatGateway']\ngb = 100\n",
    );
    let run = |arguments: &[&str], build: fn(&App)| {
        let invocation = Invocation::new(arguments.iter().copied()).directory(folder.path());
        invocation.run_simple(build)
    };
    let written = run(&["synth", "--out", "old"], notes);
    assert_eq!(written.exit_code, ExitCode::Ok, "{written}");
    let section = run(&["cost", "--markdown", "--against", "old"], notes_later).stdout;
    assert_snapshot!("cost_usage_markdown", section);
    let comment = run(&["diff", "--markdown", "--against", "old"], notes_later).stdout;
    assert!(comment.ends_with(&section), "{comment}");
}

#[test]
fn refuses_wrong_settings_with_line_and_allowed_names() {
    for (line, said) in [
        (
            "[cost.usage.'Web/Key']\nrequest = 1",
            "unknown field `request`, expected one of `requests`, `gb`, `stored_gb`, `hours`",
        ),
        (
            "[environments.prod.cost]\nprice = 'x'",
            "unknown field `price`, expected one of `prices`, `max_monthly`, `usage`",
        ),
        (
            "[cost.usage.'Web/Key']\nrequests = -1",
            "`-1` is not an amount of use: expected a number from 0 to 999999999999 with at most three decimal places",
        ),
        (
            "[cost]\nmax_monthly = -5",
            "`-5` is not an amount of money: expected a number from 0 to 999999999 with at most two decimal places, such as 400 or 99.5",
        ),
        (
            "[cost]\nmax_monthly = 37.499",
            "`37.499` is not an amount of money",
        ),
        (
            "[cost.usage.'Web/Key']\ngb = 'many'",
            "expected a number, found a string",
        ),
    ] {
        let outcome = run_in_project(&format!("app = 'x'\n{line}\n"), 80, &["cost"]);
        assert_eq!(outcome.exit_code, ExitCode::Error, "{outcome}");
        let stderr = outcome
            .stderr
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ");
        assert!(stderr.contains("error[INF6109]"), "{outcome}");
        assert!(stderr.contains("FOLDER/infra.toml:3:"), "{outcome}");
        assert!(stderr.contains(said), "{outcome}");
    }
}

#[test]
fn reads_price_file_of_project() {
    let folder = tempfile::tempdir().unwrap();
    let meter = json!({
        "meter": "kms.key.month", "region": "us-east-1", "unit": "month", "price": "2.5",
        "date": "2026-11-30", "source": "https://example.com/contract",
    });
    let file = json!({ "currency": "EUR", "hoursPerMonth": 730, "meters": [meter] });
    std::fs::write(folder.path().join("prices.json"), file.to_string()).unwrap();
    let project = "app = 'x'\n[cost]\nprices = 'prices.json'\n";
    std::fs::write(folder.path().join("infra.toml"), project).unwrap();
    std::fs::create_dir(folder.path().join("below")).unwrap();
    let outcome = Invocation::new(["cost", "--json", "--stack", "Web"])
        .directory(folder.path().join("below"))
        .run_simple(notes);
    let found = conforming("cost", &outcome.stdout);
    assert_eq!(
        (&found["currency"], &found["total"]["monthly"]),
        (&json!("EUR"), &json!(2.5))
    );
}

/// The app with a tag on the network stack, and one on the key.
fn notes_tagged(app: &App) {
    let network = StackProps::new()
        .environment(Environment::region("us-east-1"))
        .tag("team", "platform")
        .build(app, "Network");
    CfnResource::new(network, "Nat", "AWS::EC2::NatGateway", json!({}));
    let web = StackProps::new()
        .environment(Environment::region("us-east-1"))
        .build(app, "Web");
    let tags = json!({ "Tags": [{ "Key": "team", "Value": "web" }] });
    CfnResource::new(web, "Queue", "AWS::SQS::Queue", tags.clone());
    CfnResource::new(web, "Key", "AWS::KMS::Key", tags);
    CfnResource::new(web, "Secret", "AWS::SecretsManager::Secret", json!({}));
}

#[test]
fn prints_sums_by_tag_stack_and_resource() {
    let run = |arguments: &[&str]| {
        Invocation::new(arguments.iter().copied())
            .directory(env!("CARGO_MANIFEST_DIR"))
            .columns(60)
            .run_simple(notes_tagged)
    };
    assert_snapshot!("cost_by_tag", run(&["cost", "--by", "tag:team"]));
    let text = run(&["cost", "--by", "resource"]).stdout;
    let lines: Vec<&str> = text.lines().take(6).collect();
    assert_eq!(
        lines,
        [
            "by resource, in USD a month",
            "",
            "      32.85  Network/Nat",
            "       1.00  Web/Key",
            "       0.40  Web/Secret",
            "    unknown  Web/Queue",
        ]
    );
    let found = conforming("cost", &run(&["cost", "--json", "--by", "tag:team"]).stdout);
    assert_eq!(
        found["groups"],
        json!({ "by": "tag:team", "groups": [
            { "kind": "named", "name": "platform", "monthly": 32.85, "unknown": 0 },
            { "kind": "named", "name": "web", "monthly": 1.0, "unknown": 1 },
            { "kind": "untagged", "monthly": 0.4, "unknown": 0 },
        ] })
    );
    let stacks = conforming("cost", &run(&["cost", "--json", "--by", "stack"]).stdout);
    assert_eq!(stacks["groups"]["groups"][1]["name"], "Web");
    let wrong = run(&["cost", "--by", "team"]);
    assert_eq!(wrong.exit_code, ExitCode::Usage, "{wrong}");
    assert!(
        wrong
            .stderr
            .contains("expected `stack`, `resource` or `tag:KEY`"),
        "{wrong}"
    );
}

#[test]
fn compares_sums_by_stack() {
    let text = change(60, &["cost", "--by", "stack"]).stdout;
    let table = text.lines().skip_while(|line| !line.is_empty());
    assert_snapshot!(
        "cost_by_stack_against",
        table.collect::<Vec<_>>().join("\n")
    );
    let found = conforming(
        "cost",
        &change(80, &["cost", "--json", "--by", "stack"]).stdout,
    );
    assert_eq!(
        found["comparison"]["groups"],
        json!([
            {
                "kind": "named", "name": "Network", "before": 36.5, "after": 69.35,
                "difference": 32.85, "uncertain": 0,
            },
            {
                "kind": "named", "name": "Web", "before": 1.0, "after": 0.0, "difference": -1.0,
                "uncertain": 1,
            },
        ])
    );
}

#[test]
fn compares_costs_with_deployed_stacks() {
    let aws = FakeCloud::new();
    let run = |arguments: &[&str], build: fn(&App)| {
        let outcome = Invocation::new(arguments.iter().copied())
            .directory(env!("CARGO_MANIFEST_DIR"))
            .columns(80)
            .cloud(aws.cloud(), FakeCloud::paused_runtime())
            .run_simple(build);
        aws.elapsed_time();
        outcome
    };
    let against = ["cost", "--against", "deployed"];
    let new = run(&against, notes);
    assert!(
        new.stdout.contains("Network, us-east-1, new stack"),
        "{new}"
    );
    let deployed = run(&["deploy", "--yes", "--quiet"], notes);
    assert_eq!(deployed.exit_code, ExitCode::Ok, "{deployed}");
    let same = run(&against, notes);
    assert!(
        same.stdout.contains("no difference, 37.50 USD a month"),
        "{same}"
    );
    let changed = run(&against, notes_later);
    assert_eq!(changed.exit_code, ExitCode::Ok, "{changed}");
    assert_snapshot!("cost_against_deployed", changed);
    // The deployed state gives the same difference as the folder of the same assembly.
    let json = run(&["cost", "--json", "--against", "deployed"], notes_later);
    let found = conforming("cost", &json.stdout);
    let folder = conforming("cost", &change(80, &["cost", "--json"]).stdout);
    assert_eq!(found["comparison"]["against"], "deployed");
    assert_eq!(
        found["comparison"]["stacks"],
        folder["comparison"]["stacks"]
    );
}
