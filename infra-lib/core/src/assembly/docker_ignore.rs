//! The patterns of a `.dockerignore` file: files that are not part of a build context.
//!
//! Format: <https://docs.docker.com/build/concepts/context/#dockerignore-files>.

/// Patterns in the order of the file. The last pattern that matches a file or one of its folders decides.
#[derive(Debug, Default)]
pub(super) struct DockerIgnore(Vec<Pattern>);

#[derive(Debug)]
struct Pattern {
    /// `true` for a pattern that begins with `!` and includes files again.
    includes: bool,
    tokens: Vec<Token>,
    /// Names up to the first one with a wildcard.
    literal: Vec<String>,
}

#[derive(Debug)]
enum Token {
    Char(char),
    /// `?`: one character other than `/`.
    One,
    /// `*`: any number of characters other than `/`.
    Many,
    /// `**` before other text: any number of folders.
    Folders,
    /// `**` at the end: any text.
    Rest,
    /// `[a-z]`, or `[^a-z]` if `true`.
    Class(bool, Vec<(char, char)>),
}

impl DockerIgnore {
    /// Reads the text of a file.
    ///
    /// # Errors
    ///
    /// Returns a message about the first pattern that Docker rejects.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let mut patterns = Vec::new();
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            let line = line.trim();
            if line.is_empty() {
                continue;
            }
            let (includes, rest) = match line.strip_prefix('!') {
                Some(rest) => (true, rest.trim()),
                None => (false, line),
            };
            let path = clean(rest);
            if path.is_empty() {
                if includes && rest.is_empty() {
                    return Err(format!("the pattern `{line}` has no path"));
                }
                continue;
            }
            let tokens = tokens(&path).ok_or_else(|| {
                format!("the pattern `{line}` has a `[` without `]`, or ends with `\\`")
            })?;
            let is_wild = |name: &&str| name.contains(['*', '?', '[', '\\']);
            let literal = path.split('/').take_while(|name| !is_wild(name));
            patterns.push(Pattern {
                includes,
                tokens,
                literal: literal.map(str::to_owned).collect(),
            });
        }
        Ok(Self(patterns))
    }

    /// Returns `true` if a file or folder is not part of the context. `path` is relative to the context, with `/`.
    pub(super) fn is_ignored(&self, path: &str) -> bool {
        let mut folders: Vec<&str> = path.match_indices('/').map(|(at, _)| &path[..at]).collect();
        folders.push(path);
        let mut ignored = false;
        for pattern in &self.0 {
            // A pattern that changes nothing need not be matched.
            if pattern.includes == ignored && folders.iter().any(|path| pattern.matches(path)) {
                ignored = !pattern.includes;
            }
        }
        ignored
    }

    /// Returns `true` if no file below an ignored folder can be included again.
    pub(super) fn skips_folder(&self, folder: &str) -> bool {
        let including = |pattern: &Pattern| pattern.includes && pattern.may_match_below(folder);
        self.is_ignored(folder) && !self.0.iter().any(including)
    }
}

impl Pattern {
    fn matches(&self, path: &str) -> bool {
        let path: Vec<char> = path.chars().collect();
        is_match(&self.tokens, &path)
    }

    fn may_match_below(&self, folder: &str) -> bool {
        let mut literal = self.literal.iter();
        let mut folders = folder.split('/');
        loop {
            match (literal.next(), folders.next()) {
                (Some(name), Some(folder)) if name == folder => {}
                (Some(_), Some(_)) => return false,
                // The pattern goes on below the folder.
                (Some(_), None) => return true,
                // After its literal names, the pattern has wildcards, or it names the folder or one above.
                (None, _) => return true,
            }
        }
    }
}

/// Returns a path without `.`, `..`, empty names and a leading `/`.
fn clean(path: &str) -> String {
    let mut names: Vec<&str> = Vec::new();
    for name in path.split('/') {
        match name {
            "" | "." => {}
            ".." => {
                names.pop();
            }
            name => names.push(name),
        }
    }
    names.join("/")
}

/// Returns `None` for a class without its end, and for a `\` at the end.
fn tokens(pattern: &str) -> Option<Vec<Token>> {
    let mut found = Vec::new();
    let mut rest = pattern.chars().peekable();
    while let Some(next) = rest.next() {
        found.push(match next {
            '*' if rest.next_if_eq(&'*').is_some() => {
                rest.next_if_eq(&'/');
                match rest.peek() {
                    None => Token::Rest,
                    Some(_) => Token::Folders,
                }
            }
            '*' => Token::Many,
            '?' => Token::One,
            '\\' => Token::Char(rest.next()?),
            '[' => {
                let negated = rest.next_if_eq(&'^').is_some();
                let mut ranges = Vec::new();
                loop {
                    let mut one = || match rest.next()? {
                        '\\' => rest.next(),
                        one => Some(one),
                    };
                    let first = one()?;
                    if first == ']' && !ranges.is_empty() {
                        break;
                    }
                    let last = match rest.next_if_eq(&'-') {
                        Some(_) => rest.next()?,
                        None => first,
                    };
                    ranges.push((first, last));
                }
                Token::Class(negated, ranges)
            }
            other => Token::Char(other),
        });
    }
    Some(found)
}

fn is_match(tokens: &[Token], path: &[char]) -> bool {
    let Some((token, tokens)) = tokens.split_first() else {
        return path.is_empty();
    };
    let one = |is_wanted: &dyn Fn(char) -> bool| match path.split_first() {
        Some((first, path)) if is_wanted(*first) => is_match(tokens, path),
        _ => false,
    };
    match token {
        Token::Char(wanted) => one(&|found| found == *wanted),
        Token::One => one(&|found| found != '/'),
        Token::Class(negated, ranges) => one(&|found| {
            let mut ranges = ranges.iter();
            found != '/' && ranges.any(|(from, to)| (*from..=*to).contains(&found)) != *negated
        }),
        Token::Rest => true,
        Token::Many => {
            let ends = path.iter().position(|found| *found == '/');
            (0..=ends.unwrap_or(path.len())).any(|at| is_match(tokens, &path[at..]))
        }
        Token::Folders => {
            let after = (1..=path.len()).filter(|at| path[at - 1] == '/');
            std::iter::once(0)
                .chain(after)
                .any(|at| is_match(tokens, &path[at..]))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::DockerIgnore;

    fn ignored(text: &str, path: &str) -> bool {
        DockerIgnore::parse(text).unwrap().is_ignored(path)
    }

    /// Examples of the documentation of Docker, and the cases of its matcher.
    #[test]
    fn matches_as_docker_does() {
        for (text, path, expected) in [
            ("*/temp*", "somedir/temporary.txt", true),
            ("*/temp*", "a/b/temporary.txt", false),
            ("*/*/temp*", "somedir/subdir/temporary.txt", true),
            ("temp?", "tempa", true),
            ("temp?", "temp", false),
            ("**/*.go", "a/b/c.go", true),
            ("**/*.go", "c.go", true),
            ("*.md\n!README.md", "README.md", false),
            (
                "*.md\n!README*.md\nREADME-secret.md",
                "README-secret.md",
                true,
            ),
            (
                "*.md\nREADME-secret.md\n!README*.md",
                "README-secret.md",
                false,
            ),
            ("# note\n\n  target/  ", "target/debug/app", true),
            ("/target", "target/debug/app", true),
            ("target", "src/target", false),
            ("**/target", "src/target/x", true),
            ("a/**", "a/b/c", true),
            ("a/**", "a", false),
            ("a/../b", "b", true),
            ("!b\nb", "b", true),
            ("*\n!src", "src/main.rs", false),
            ("*\n!src", "other/main.rs", true),
            ("[a-c]x", "bx", true),
            ("[^a-c]x", "bx", false),
            ("\\*x", "*x", true),
            ("\\*x", "ax", false),
            ("\u{feff}a", "a", true),
        ] {
            assert_eq!(ignored(text, path), expected, "{text:?} {path}");
        }
    }

    #[test]
    fn skips_folders_that_no_exception_enters() {
        let skips =
            |text: &str, folder: &str| DockerIgnore::parse(text).unwrap().skips_folder(folder);
        assert!(skips("target", "target"));
        assert!(skips("*\n!src/main.rs", "target"));
        assert!(!skips("*\n!src/main.rs", "src"));
        assert!(skips("*\n!src/main.rs", "src/other"));
        assert!(!skips("*\n!**/*.rs", "target"));
        assert!(!skips("a/b\n!a", "a/b"));
        assert!(!skips("src", "other"));
    }

    #[test]
    fn rejects_patterns_without_meaning() {
        for text in ["[a", "a\\", "!"] {
            assert!(DockerIgnore::parse(text).is_err(), "{text}");
        }
    }
}
