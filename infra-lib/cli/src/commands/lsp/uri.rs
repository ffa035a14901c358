//! Converts the `file` URIs of documents to paths, and back (RFC 8089).

use std::path::{Path, PathBuf};

use gen_lsp_types::Uri;
use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};

/// Characters that a path in a URI must not contain (RFC 3986, section 3.3).
const ESCAPED: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// Returns the path of a `file` URI, or `None` for other schemes, such as that of an unsaved document.
pub(super) fn to_path(uri: &Uri) -> Option<PathBuf> {
    let rest = uri.0.strip_prefix("file://")?;
    let (_host, path) = rest.split_at(rest.find('/')?);
    let path = percent_decode_str(path).decode_utf8().ok()?.into_owned();
    // Windows: `/C:/folder`.
    let drive = path
        .strip_prefix('/')
        .filter(|path| path.as_bytes().get(1) == Some(&b':'));
    Some(PathBuf::from(drive.unwrap_or(&path)))
}

/// Returns the URI of an absolute path.
pub(super) fn from_path(path: &Path) -> Uri {
    let path = path.display().to_string().replace('\\', "/");
    let slash = if path.starts_with('/') { "" } else { "/" };
    Uri(format!(
        "file://{slash}{}",
        utf8_percent_encode(&path, ESCAPED)
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn converts_paths_with_special_characters() {
        let path = Path::new("/home/ä b/100%.yaml");
        let uri = from_path(path);
        assert_eq!(uri.0, "file:///home/%C3%A4%20b/100%25.yaml");
        assert_eq!(to_path(&uri).as_deref(), Some(path));
    }

    #[test]
    fn reads_drives_and_refuses_other_schemes() {
        let read = |uri: &str| to_path(&Uri(uri.to_owned()));
        assert_eq!(
            read("file:///c%3A/app/a.yaml"),
            Some(PathBuf::from("c:/app/a.yaml"))
        );
        assert_eq!(
            read("file://localhost/a.yaml"),
            Some(PathBuf::from("/a.yaml"))
        );
        assert_eq!(read("untitled:Untitled-1"), None);
    }
}
