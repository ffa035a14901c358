//! Texts of `TXT` records: quotation marks, escapes and parts of at most 255 bytes.

/// Maximum length of one part of a text, in bytes.
///
/// See [TXT records](https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/ResourceRecordTypes.html#TXTFormat).
const PART: usize = 255;

/// Returns a text as Route 53 expects it: in quotation marks, in several parts if it has more than 255 bytes.
pub(super) fn quote(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    for (index, byte) in text.bytes().enumerate() {
        if index > 0 && index % PART == 0 {
            quoted.push_str("\" \"");
        } else if index == 0 {
            quoted.push('"');
        }
        match byte {
            b'"' | b'\\' => {
                quoted.push('\\');
                quoted.push(char::from(byte));
            }
            b' '..=b'~' => quoted.push(char::from(byte)),
            _ => {
                quoted.push('\\');
                for shift in [6, 3, 0] {
                    quoted.push(char::from(b'0' + ((byte >> shift) & 7)));
                }
            }
        }
    }
    if text.is_empty() {
        quoted.push('"');
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::quote;

    #[test]
    fn quotes_and_escapes() {
        assert_eq!(quote("v=spf1 -all"), r#""v=spf1 -all""#);
        assert_eq!(quote(r#"a "b" \c"#), r#""a \"b\" \\c""#);
        assert_eq!(quote("Grüße"), r#""Gr\303\274\303\237e""#);
        assert_eq!(quote(""), r#""""#);
    }

    #[test]
    fn splits_after_255_bytes() {
        assert_eq!(quote(&"a".repeat(255)), format!("\"{}\"", "a".repeat(255)));
        assert_eq!(
            quote(&"a".repeat(511)),
            format!("\"{0}\" \"{0}\" \"a\"", "a".repeat(255))
        );
    }
}
