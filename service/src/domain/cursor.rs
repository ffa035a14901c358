//! Where the next page begins: the key of the last item, as a word without meaning to clients.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::error::Error;

/// A cursor of the key.
pub fn encode<K: Serialize>(key: &K) -> Result<String, Error> {
    serde_json::to_vec(key)
        .map(|text| URL_SAFE_NO_PAD.encode(text))
        .map_err(Error::internal)
}

/// The key of a cursor.
pub fn decode<K: DeserializeOwned>(cursor: &str) -> Result<K, Error> {
    let text = URL_SAFE_NO_PAD.decode(cursor).map_err(|_| not_ours())?;
    serde_json::from_slice(&text).map_err(|_| not_ours())
}

/// A cursor that is none of this list.
pub fn not_ours() -> Error {
    Error::invalid(
        "cursor",
        "invalid_cursor",
        "not a cursor of this list; take `nextCursor` of the page before as it is, or leave `cursor` out to begin again",
    )
}
