//! The beginning of a note, as the board of notes shows it.

/// Maximum length of an excerpt in bytes. Shorter notes are shown in full.
pub const LONGEST: usize = 1_000;

/// Returns the beginning of a text that is longer than [`LONGEST`], cut after a line, or within it if that line takes more than half of the excerpt;
/// `None` for a shorter text.
pub fn cut_excerpt(markdown: &str) -> Option<&str> {
    if markdown.len() <= LONGEST {
        return None;
    }
    let beginning = &markdown[..markdown.floor_char_boundary(LONGEST)];
    let lines = beginning.rfind('\n').filter(|end| *end >= LONGEST / 2);
    Some(&beginning[..lines.unwrap_or(beginning.len())])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cuts_excerpt_at_line_or_character_boundary() {
        assert_eq!(cut_excerpt(&"x".repeat(LONGEST)), None);
        let checklist = "- [ ] milk\n".repeat(200);
        let shown = cut_excerpt(&checklist).unwrap();
        assert_eq!(shown.len(), 989);
        assert!(shown.ends_with("- [ ] milk"));
        let one_line = "é".repeat(LONGEST);
        assert_eq!(cut_excerpt(&one_line).unwrap().len(), LONGEST);
        let odd = format!("x{one_line}");
        assert_eq!(cut_excerpt(&odd).unwrap().len(), LONGEST - 1);
        let late = format!("a\n{}", "b".repeat(LONGEST));
        assert_eq!(cut_excerpt(&late).unwrap().len(), LONGEST);
    }
}
