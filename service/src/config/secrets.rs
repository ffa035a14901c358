//! Keys that encrypt secrets in the database (`SECRET_KEY`).

use super::reader::Reader;
use crate::auth::seal::Seal;

const NAME: &str = "SECRET_KEY";
const ALLOWED: &str =
    "keys of at least 32 characters, separated by commas, each from `openssl rand -base64 32`";

/// Reads the encryption keys, separated by commas with the newest first. Without any, secrets are stored in plain text.
pub(super) fn read_seal(from: &mut Reader<'_>) -> Seal {
    let Some(text) = from.find_value(NAME) else {
        return Seal::default();
    };
    let keys: Vec<&str> = text.split(',').map(str::trim).collect();
    let is_good = keys
        .iter()
        .all(|key| key.chars().count() >= Seal::KEY_CHARS);
    match Seal::new(keys) {
        Ok(seal) if is_good => seal,
        _ => {
            from.report_value(NAME, text, ALLOWED);
            Seal::default()
        }
    }
}
