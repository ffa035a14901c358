//! Cursors of paged lists: the key of the last item of a page, encoded as text that clients pass back unread.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::error::Error;

/// Encodes the key of the last item as a cursor: base64url of its JSON.
pub fn encode_key<K: Serialize>(key: &K) -> Result<String, Error> {
    serde_json::to_vec(key)
        .map(|text| URL_SAFE_NO_PAD.encode(text))
        .map_err(Error::internal)
}

/// Decodes the key of a cursor.
///
/// # Errors
///
/// [`invalid_cursor`] for text that is not base64url, or whose key does not fit this list.
pub fn decode_key<K: DeserializeOwned>(cursor: &str) -> Result<K, Error> {
    let text = URL_SAFE_NO_PAD
        .decode(cursor)
        .map_err(|_| invalid_cursor())?;
    serde_json::from_slice(&text).map_err(|_| invalid_cursor())
}

/// Returns the error for a cursor that does not belong to the list: `invalid_cursor`, with the way to start over.
pub fn invalid_cursor() -> Error {
    Error::invalid(
        "cursor",
        "invalid_cursor",
        "is not a valid cursor of this list; use `nextCursor` of the previous page unchanged, or omit `cursor` for the first page",
    )
}
