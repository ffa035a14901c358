//! Tests of `notes seed`, which creates notes for development.

use std::process::{Command, Output};

use serde_json::json;

use crate::support::process::Process;
use crate::support::wire::Wire;

fn seed(database: &str, arguments: &[&str]) -> (i32, String) {
    let Output {
        status,
        stdout,
        stderr,
    } = Command::new(env!("CARGO_BIN_EXE_notes"))
        .arg("seed")
        .args(arguments)
        .env_clear()
        .env("DATABASE_URL", database)
        .output()
        .unwrap();
    let said = String::from_utf8(stdout).unwrap() + &String::from_utf8(stderr).unwrap();
    (status.code().unwrap(), said)
}

#[tokio::test]
async fn seeds_new_database_once() {
    let folder = tempfile::tempdir().unwrap();
    let database = format!("sqlite:{}", folder.path().join("notes.db").display());
    let (code, said) = seed(&database, &[]);
    assert_eq!(code, 0, "{said}");
    assert!(said.contains("`demo-notes-1234`"), "{said}");
    let (code, said) = seed(&database, &[]);
    assert_eq!(code, 0, "{said}");
    assert!(said.contains("nothing to do"), "{said}");

    let mut process = Process::start(&[("DATABASE_URL", &database)]);
    let mut wire = Wire::connect(process.address().await).await.unwrap();
    let login = json!({"login": "Demo@example.com", "password": "demo-notes-1234"}).to_string();
    let head = format!(
        "POST /api/auth/login HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n",
        login.len()
    );
    wire.send((head + &login).as_bytes()).await.unwrap();
    let signed_in = wire.reply().await.unwrap();
    assert_eq!(signed_in.status, 200);
    let cookie = signed_in.header("set-cookie").unwrap();
    let cookie = cookie.split(';').next().unwrap().to_owned();
    let mut read = async |path: &str| {
        let request = format!("GET {path} HTTP/1.1\r\nhost: x\r\ncookie: {cookie}\r\n\r\n");
        wire.send(request.as_bytes()).await.unwrap();
        let reply = wire.reply().await.unwrap();
        assert_eq!(reply.status, 200, "{path}");
        serde_json::from_slice::<serde_json::Value>(&reply.body).unwrap()
    };
    let items = |page: &serde_json::Value| page["items"].as_array().unwrap().len();
    assert_eq!(items(&read("/api/notes?limit=100").await), 20);
    assert_eq!(items(&read("/api/notes?pinned=true").await), 4);
    assert_eq!(items(&read("/api/notes?place=archived").await), 5);
    assert_eq!(items(&read("/api/notes?place=trash").await), 5);
    assert_eq!(items(&read("/api/notes?hasReminder=true").await), 4);
    assert_eq!(items(&read("/api/search?q=descale").await), 1);
    let labels = read("/api/labels").await;
    let names: Vec<_> = labels["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|label| label["name"].as_str().unwrap())
        .collect();
    assert_eq!(
        names,
        ["Coffee", "Shopping", "Recipes", "Work", "Personal", "Ideas"]
    );
    let account = read("/api/me").await;
    assert_eq!(account["usage"]["notes"], 30);
    assert_eq!(account["usage"]["labels"], 6);
}

#[test]
fn refuses_to_seed_remote_database_without_force() {
    let remote = "postgres://notes:secret-word@db.example.invalid:5432/notes";
    let (code, said) = seed(remote, &[]);
    assert_eq!(code, 64, "{said}");
    assert!(said.contains("notes seed --force"), "{said}");
    assert!(!said.contains("secret-word"), "{said}");
    // It is asked, and is not there.
    let (code, said) = seed(remote, &["--force"]);
    assert_eq!(code, 69, "{said}");
    let (code, said) = seed("sqlite::memory:", &[]);
    assert_eq!(code, 64, "{said}");
    assert!(said.contains("DATABASE_URL=sqlite:data/notes.db"), "{said}");
}
