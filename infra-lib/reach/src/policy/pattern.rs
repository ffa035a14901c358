//! Wildcards of IAM over texts with unknown parts: [`matches_text`].

use std::collections::BTreeMap;

use crate::answer::Answer;
use crate::atoms::{ANYTHING, Atom, AtomKind, Atoms};

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Token {
    /// `*`: any text, also across `:` and `/`.
    Star,
    /// `?`: any single character.
    One,
    Char(char),
    Unknown(char),
}

/// The tokens of a text, and the places at which a whole segment is the name of one resource.
struct Tokens {
    tokens: Vec<Token>,
    /// Atom of the name that fills the segment starting at a position.
    names: BTreeMap<usize, char>,
}

/// Returns true if `pattern`, with `*` and `?`, matches `subject`, for all values of the unknown parts, for some, or for none.
///
/// `${*}`, `${?}` and `${$}` in a pattern are the literal characters.
pub fn matches_text(pattern: &str, subject: &str, atoms: &Atoms) -> Answer {
    if pattern == "*" {
        return Answer::Yes;
    }
    if !pattern.contains("${") && Atoms::is_known(pattern) && Atoms::is_known(subject) {
        return matches_known(pattern.as_bytes(), subject.as_bytes()).into();
    }
    let pattern = tokenize(pattern, atoms, true);
    let subject = tokenize(subject, atoms, false);
    if run(&pattern, &subject, atoms, false) {
        Answer::Yes
    } else if run(&pattern, &subject, atoms, true) {
        Answer::Possible
    } else {
        Answer::No
    }
}

/// Returns true if two texts are equal, for all values of the unknown parts, for some, or for none.
pub fn equal_texts(one: &str, other: &str, atoms: &Atoms) -> Answer {
    if Atoms::is_known(one) && Atoms::is_known(other) {
        return (one == other).into();
    }
    let one = tokenize(one, atoms, false);
    let other = tokenize(other, atoms, false);
    if run(&one, &other, atoms, false) {
        Answer::Yes
    } else if run(&one, &other, atoms, true) {
        Answer::Possible
    } else {
        Answer::No
    }
}

/// Matches texts without unknown parts; the last `*` takes as little as possible, and more if the rest does not match.
fn matches_known(pattern: &[u8], subject: &[u8]) -> bool {
    let (mut i, mut j) = (0, 0);
    let mut retry: Option<(usize, usize)> = None;
    while j < subject.len() {
        match pattern.get(i) {
            Some(b'*') => {
                retry = Some((i, j));
                i += 1;
            }
            // `?` is one character, which can have several bytes.
            Some(b'?') => {
                i += 1;
                j += 1;
                while subject.get(j).is_some_and(|byte| byte & 0xC0 == 0x80) {
                    j += 1;
                }
            }
            Some(wanted) if *wanted == subject[j] => {
                i += 1;
                j += 1;
            }
            _ => match retry {
                Some((star, from)) => {
                    retry = Some((star, from + 1));
                    i = star + 1;
                    j = from + 1;
                }
                None => return false,
            },
        }
    }
    pattern[i..].iter().all(|byte| *byte == b'*')
}

/// Returns true if the ARN pattern matches: each of its six components is matched separately, as `ArnLike` does.
pub fn matches_arn(pattern: &str, subject: &str, atoms: &Atoms) -> Answer {
    let subject_parts: Vec<&str> = subject.splitn(6, ':').collect();
    let pattern_parts: Vec<&str> = pattern.splitn(6, ':').collect();
    if subject_parts.len() < 6 || pattern_parts.len() < 6 {
        let open = |text: &str| !Atoms::is_known(text);
        return match matches_text(pattern, subject, atoms) {
            _ if !open(pattern) && !open(subject) => Answer::No,
            Answer::Yes if pattern == subject => Answer::Yes,
            Answer::No => Answer::No,
            _ => Answer::Possible,
        };
    }
    Answer::all(
        pattern_parts
            .iter()
            .zip(&subject_parts)
            .map(|(pattern, subject)| matches_text(pattern, subject, atoms)),
    )
}

fn tokenize(text: &str, atoms: &Atoms, wildcards: bool) -> Tokens {
    let mut found = Tokens {
        tokens: Vec::new(),
        names: BTreeMap::new(),
    };
    let mut chars = text.chars().peekable();
    let mut at_start = true;
    while let Some(c) = chars.next() {
        if let Some(atom) = atoms.find(c) {
            let ends = chars.peek().is_none_or(|next| is_separator(*next));
            if at_start && ends && matches!(atom.kind, AtomKind::Name(_)) {
                found.names.insert(found.tokens.len(), c);
            }
            found.tokens.extend(atom.prefix.chars().map(Token::Char));
            found.tokens.push(Token::Unknown(c));
            at_start = false;
            continue;
        }
        at_start = is_separator(c);
        let token = match c {
            '*' if wildcards => Token::Star,
            '?' if wildcards => Token::One,
            '$' if wildcards => {
                let rest: String = chars.clone().take(3).collect();
                match rest.as_bytes() {
                    [b'{', literal @ (b'*' | b'?' | b'$'), b'}'] => {
                        chars.nth(2);
                        Token::Char(char::from(*literal))
                    }
                    _ => Token::Char('$'),
                }
            }
            other => Token::Char(other),
        };
        found.tokens.push(token);
    }
    found
}

fn is_separator(c: char) -> bool {
    c == ':' || c == '/'
}

/// Returns true if the texts match. With `possibly`, unknown parts can be any text of their kind; else they equal only themselves.
fn run(pattern: &Tokens, subject: &Tokens, atoms: &Atoms, possibly: bool) -> bool {
    let (rows, columns) = (pattern.tokens.len() + 1, subject.tokens.len() + 1);
    // Filled from the end: `matched[i][j]` is true if the rest of the pattern from `i` matches that of the subject from `j`.
    let mut matched = vec![false; rows * columns];
    for i in (0..rows).rev() {
        for j in (0..columns).rev() {
            let at = |i: usize, j: usize| matched[i * columns + j];
            let wanted = pattern.tokens.get(i).copied();
            let found = subject.tokens.get(j).copied();
            let distinct =
                possibly && are_distinct(pattern.names.get(&i), subject.names.get(&j), atoms);
            let result = match (wanted, found) {
                (None, None) => true,
                _ if distinct => false,
                (Some(Token::Star), found) => at(i + 1, j) || found.is_some() && at(i, j + 1),
                (Some(Token::Unknown(one)), Some(Token::Unknown(other))) => {
                    (one == other && one != ANYTHING && at(i + 1, j + 1))
                        || possibly && (at(i + 1, j) || at(i, j + 1) || at(i + 1, j + 1))
                }
                (Some(token), Some(Token::Unknown(unknown))) => {
                    possibly && (at(i, j + 1) || admits(unknown, token, atoms) && at(i + 1, j))
                }
                (Some(Token::Unknown(unknown)), found) => {
                    possibly
                        && (at(i + 1, j)
                            || found
                                .is_some_and(|token| admits(unknown, token, atoms) && at(i, j + 1)))
                }
                (None, Some(Token::Unknown(_))) => possibly && at(i, j + 1),
                (Some(Token::One), Some(_)) => at(i + 1, j + 1),
                (Some(Token::Char(one)), Some(Token::Char(other))) => {
                    one == other && at(i + 1, j + 1)
                }
                _ => false,
            };
            matched[i * columns + j] = result;
        }
    }
    matched[0]
}

/// Returns true if two names that fill the same segment belong to different resources of one type.
fn are_distinct(one: Option<&char>, other: Option<&char>, atoms: &Atoms) -> bool {
    let find = |c: Option<&char>| c.and_then(|c| atoms.find(*c));
    let (Some(one), Some(other)) = (find(one), find(other)) else {
        return false;
    };
    one.kind == other.kind && one.key != other.key
}

fn admits(unknown: char, token: Token, atoms: &Atoms) -> bool {
    let kind = atoms.find(unknown).map(|Atom { kind, .. }| kind);
    match (kind, token) {
        (Some(AtomKind::Segment | AtomKind::Name(_)), Token::Char(c)) => !is_separator(c),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::{equal_texts, matches_arn, matches_text};
    use crate::answer::Answer::{No, Possible, Yes};
    use crate::atoms::{ANYTHING, AtomKind, Atoms};

    #[test]
    fn matches_wildcards_over_known_texts() {
        let atoms = Atoms::default();
        for (pattern, subject, expected) in [
            ("*", "", Yes),
            ("*", "s3:GetObject", Yes),
            ("s3:Get*", "s3:GetObject", Yes),
            ("s3:Get?bject", "s3:GetObject", Yes),
            ("s3:Get?bject", "s3:Getbject", No),
            ("s3:Put*", "s3:GetObject", No),
            ("arn:aws:s3:::b/*/c*", "arn:aws:s3:::b/x/y/cd", Yes),
            ("a${*}b", "a*b", Yes),
            ("a${*}b", "axb", No),
            ("", "a", No),
        ] {
            assert_eq!(
                matches_text(pattern, subject, &atoms),
                expected,
                "{pattern} {subject}"
            );
        }
    }

    #[test]
    fn leaves_unknown_parts_open() {
        let mut atoms = Atoms::default();
        let one = atoms.intern("One", AtomKind::Name("Bucket".to_owned()), "app-");
        let two = atoms.intern("Two", AtomKind::Name("Bucket".to_owned()), "app-");
        let account = atoms.intern("Account", AtomKind::Segment, "");
        for (pattern, subject, expected) in [
            (format!("arn:{one}/*"), format!("arn:{one}/x"), Yes),
            (format!("arn:{one}/*"), format!("arn:{two}/x"), No),
            ("arn:app-*".to_owned(), format!("arn:{one}"), Yes),
            ("arn:other-*".to_owned(), format!("arn:{one}"), No),
            ("arn:app-x".to_owned(), format!("arn:{one}"), Possible),
            ("arn:app-x/y".to_owned(), format!("arn:{one}"), No),
            (format!("a:{account}:b"), format!("a:{account}:b"), Yes),
            ("a:123:b".to_owned(), format!("a:{account}:b"), Possible),
            ("a:1:2:b".to_owned(), format!("a:{account}:b"), No),
            (format!("{ANYTHING}"), format!("{ANYTHING}"), Possible),
            ("*".to_owned(), format!("{ANYTHING}"), Yes),
            (
                format!("arn:{one}/{ANYTHING}"),
                format!("arn:{two}/{ANYTHING}"),
                No,
            ),
        ] {
            let (pattern, subject) = (pattern, subject);
            assert_eq!(
                matches_text(&pattern, &subject, &atoms),
                expected,
                "{} {}",
                atoms.show(&pattern),
                atoms.show(&subject)
            );
        }
        assert_eq!(equal_texts("*", "x", &atoms), No);
    }

    #[test]
    fn matches_components_of_arns_by_themselves() {
        let atoms = Atoms::default();
        for (pattern, expected) in [
            ("arn:aws:s3:::*", Yes),
            ("arn:*:s3:::bucket/*", Yes),
            ("arn:aws:*", No),
            ("arn:aws:s3*", No),
        ] {
            assert_eq!(
                matches_arn(pattern, "arn:aws:s3:::bucket/key", &atoms),
                expected,
                "{pattern}"
            );
        }
    }
}
