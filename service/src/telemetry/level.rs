//! Parses the log level: one for the whole program, and different ones for parts of it.

use std::fmt;
use std::str::FromStr;

use tracing::level_filters::LevelFilter;
use tracing::{Level, Metadata};
use tracing_subscriber::filter::Targets;

/// The value of the variable `LOG_LEVEL`: a level such as `info`, or a list such as `info,sqlx=debug,notes_service::store=trace`. The default is
/// `info`.
#[derive(Debug, Clone, PartialEq)]
pub struct LogLevel {
    default: LevelFilter,
    targets: Vec<(String, LevelFilter)>,
    rules: Targets,
}

impl LogLevel {
    /// Creates a level that applies to the whole program.
    pub fn for_all_targets(default: LevelFilter) -> Self {
        Self::new(default, Vec::new())
    }

    fn new(default: LevelFilter, targets: Vec<(String, LevelFilter)>) -> Self {
        let rules = Targets::new()
            .with_targets(targets.iter().cloned())
            .with_default(default);
        Self {
            default,
            targets,
            rules,
        }
    }

    /// Returns `true` if events like this one are logged.
    pub(crate) fn allows_event(&self, event: &Metadata<'_>) -> bool {
        self.rules.would_enable(event.target(), event.level())
    }

    /// Returns `true` if no event can be logged.
    pub(crate) fn is_off(&self) -> bool {
        self.most_verbose() == LevelFilter::OFF
    }

    /// Returns the most verbose level among all rules.
    pub(crate) fn most_verbose(&self) -> LevelFilter {
        self.targets
            .iter()
            .map(|(_, level)| *level)
            .chain([self.default])
            .max()
            .unwrap_or(LevelFilter::OFF)
    }
}

impl Default for LogLevel {
    fn default() -> Self {
        Self::for_all_targets(LevelFilter::INFO)
    }
}

impl fmt::Display for LogLevel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.default)?;
        for (target, level) in &self.targets {
            write!(f, ",{target}={level}")?;
        }
        Ok(())
    }
}

/// Error for a text that is not a log level; contains the refused part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownLevel(String);

impl fmt::Display for UnknownLevel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "`{}` is not a valid log level: use off, error, warn, info, debug or trace, or a list such as `info,sqlx=debug`",
            self.0
        )
    }
}

impl std::error::Error for UnknownLevel {}

impl FromStr for LogLevel {
    type Err = UnknownLevel;

    /// Parses a level or a list. Unlike [`Targets`], this refuses a misspelled level instead of reading it as the name of a target.
    fn from_str(text: &str) -> Result<Self, UnknownLevel> {
        let mut default = None;
        let mut targets = Vec::new();
        for part in text.split(',').map(str::trim) {
            let refused = || UnknownLevel(part.to_owned());
            match part.split_once('=') {
                Some((target, level)) if is_target(target.trim()) => {
                    let level = parse_level(level.trim()).ok_or_else(refused)?;
                    targets.push((target.trim().to_owned(), level));
                }
                None if default.is_none() => default = Some(parse_level(part).ok_or_else(refused)?),
                _ => return Err(refused()),
            }
        }
        Ok(Self::new(default.unwrap_or(LevelFilter::INFO), targets))
    }
}

fn parse_level(word: &str) -> Option<LevelFilter> {
    let levels = [
        ("off", LevelFilter::OFF),
        ("error", Level::ERROR.into()),
        ("warn", Level::WARN.into()),
        ("info", Level::INFO.into()),
        ("debug", Level::DEBUG.into()),
        ("trace", Level::TRACE.into()),
    ];
    levels
        .iter()
        .find(|(name, _)| name.eq_ignore_ascii_case(word))
        .map(|(_, level)| *level)
}

fn is_target(name: &str) -> bool {
    !name.is_empty()
        && name
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b':' | b'-' | b'.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parses_levels_and_lists() {
        for (text, shown) in [
            ("off", "off"),
            ("WARN", "warn"),
            (" info , sqlx = debug", "info,sqlx=debug"),
            ("sqlx=trace", "info,sqlx=trace"),
        ] {
            assert_eq!(text.parse::<LogLevel>().unwrap().to_string(), shown);
        }
    }

    #[test]
    fn rejects_misspelled_level() {
        for text in [
            "",
            "inof",
            "info,",
            "sqlx=loud",
            "info,warn",
            "=info",
            "a b=info",
        ] {
            let refused = text.parse::<LogLevel>().unwrap_err().to_string();
            assert!(
                refused.contains("off, error, warn, info, debug or trace"),
                "{text}: {refused}"
            );
        }
    }

    #[test]
    fn longest_target_applies() {
        let level: LogLevel = "warn,notes_service=info,notes_service::store=off"
            .parse()
            .unwrap();
        assert!(
            level
                .rules
                .would_enable("notes_service::http", &Level::INFO)
        );
        assert!(
            !level
                .rules
                .would_enable("notes_service::store", &Level::ERROR)
        );
        assert!(!level.rules.would_enable("sqlx", &Level::INFO));
        assert_eq!(level.most_verbose(), LevelFilter::INFO);
        assert!("off".parse::<LogLevel>().unwrap().is_off());
    }
}
