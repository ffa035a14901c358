//! What the service promises to whoever deploys it.

use std::fs;
use std::path::Path;

use notes_service::contract::{HEALTH_CHECK, MIGRATE, SERVE, document};
use serde_json::Value;

fn file(path: &str) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(path);
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

#[test]
fn the_committed_contract_is_what_the_service_says() {
    assert_eq!(
        file("service/contract.json"),
        document(),
        "`just contract-update` writes it again"
    );
}

#[test]
fn the_commands_of_the_contract_are_commands() {
    for arguments in [&SERVE[..], &MIGRATE[..], &HEALTH_CHECK[..]] {
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_notes"))
            .args(arguments)
            .arg("--help")
            .output()
            .unwrap();
        assert!(output.status.success(), "{arguments:?}");
    }
}
