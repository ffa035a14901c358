//! Options of the readers: the meaning of scalars, merge keys and tags, and limits.

use crate::error::Error;

/// Rules for reading YAML. Duplicate keys, several documents and keys that are not scalars are errors under all rules.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Rules {
    /// Meaning of plain scalars such as `yes` or `012`.
    pub scalars: Scalars,
    /// Meaning of the plain key `<<` in a map: refused or merged.
    pub merge_keys: MergeKeys,
    /// Function that returns the meaning of a local tag from its name without `!`, or an error message for an unsupported tag.
    pub tags: fn(&str) -> Result<LongForm, String>,
    /// Limits on the size and nesting of a text.
    pub limits: Limits,
}

impl Rules {
    /// Returns the rules of YAML 1.1 as CloudFormation applies them: `yes` is a boolean and `0644` an octal number. Merge keys and local tags are
    /// errors.
    pub fn yaml_1_1() -> Self {
        Self {
            scalars: Scalars::Yaml11,
            merge_keys: MergeKeys::Reject,
            tags: reject_tag,
            limits: Limits::default(),
        }
    }

    /// Returns the rules of YAML 1.2, common for configuration files: `yes` and `0644` are text. Merge keys and local tags are errors.
    pub fn yaml_1_2() -> Self {
        Self {
            scalars: Scalars::Yaml12,
            ..Self::yaml_1_1()
        }
    }

    /// Enables merge keys, which are refused by default.
    #[must_use]
    pub fn with_merge_keys(mut self) -> Self {
        self.merge_keys = MergeKeys::Apply;
        self
    }

    /// Sets the meaning of local tags, for example `Ref` for `!Ref`.
    #[must_use]
    pub fn with_tags(mut self, tags: fn(&str) -> Result<LongForm, String>) -> Self {
        self.tags = tags;
        self
    }

    /// Sets the limits on the size of a text.
    #[must_use]
    pub fn with_limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }
}

fn reject_tag(name: &str) -> Result<LongForm, String> {
    Err(format!("the tag `!{name}` is not supported here"))
}

/// The meaning of plain scalars. Quoted scalars are always text.
///
/// A number with more than 64 bits always stays text, so that no digits are lost. `.inf` and `.nan` are always errors, because JSON cannot represent
/// them.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum Scalars {
    /// The types of <https://yaml.org/type/>: `yes`, `on`, `0644`, `1_000` and `22:30` are not text. Dates are text.
    Yaml11,
    /// The core schema of YAML 1.2 as `serde_yaml` reads it: digits with a leading zero, such as an account ID, are text, and `0b101` is a number.
    Yaml12,
}

/// The meaning of the plain key `<<`.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum MergeKeys {
    /// Adds the entries of its value, a map or a list of maps, to the map. Keys of the map take precedence.
    Apply,
    /// Reports an error, as CloudFormation does.
    Reject,
}

/// The long form of a local tag: `!Ref Queue` becomes `{"Ref": "Queue"}`.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct LongForm {
    /// Key of the map that replaces the value; the value becomes its only entry.
    pub key: &'static str,
    /// `true` to split a scalar value at its first dot into a list of two texts, as in `!GetAtt Database.Endpoint.Address`.
    pub dotted: bool,
}

impl LongForm {
    /// Creates a long form that keeps its value unchanged.
    pub const fn new(key: &'static str) -> Self {
        Self { key, dotted: false }
    }

    /// Creates a long form that splits a scalar value at its first dot.
    pub const fn new_dotted(key: &'static str) -> Self {
        Self { key, dotted: true }
    }
}

/// Limits that protect against texts made to exhaust memory or stack.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct Limits {
    /// Maximum size of the text in bytes. Default: 8 MiB, eight times the largest template that CloudFormation accepts.
    pub bytes: usize,
    /// Maximum depth of nesting. Default: 128, as in `serde_json`. Readers and trees are recursive and use about 1 KiB of stack for each level.
    pub depth: usize,
    /// Maximum memory in bytes, approximately, for copies of aliases and merged entries. Default: 64 MiB.
    pub copies: usize,
}

impl Limits {
    /// Sets the maximum size of the text in bytes.
    #[must_use]
    pub const fn with_bytes(mut self, bytes: usize) -> Self {
        self.bytes = bytes;
        self
    }

    pub(crate) fn check_size(&self, text: &str) -> Result<(), Error> {
        let (bytes, limit) = (text.len(), self.bytes);
        if bytes > limit {
            return Err(Error::new(format!(
                "it has {bytes} bytes; the limit is {limit}"
            )));
        }
        Ok(())
    }
}

impl Default for Limits {
    fn default() -> Self {
        const MIB: usize = 1024 * 1024;
        Self {
            bytes: 8 * MIB,
            depth: 128,
            copies: 64 * MIB,
        }
    }
}
