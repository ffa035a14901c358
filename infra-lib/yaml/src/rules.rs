//! The choices of a caller: scalars, merge keys, tags, limits.

use crate::error::Error;

/// Rules of reading a text. Duplicate keys, second documents and keys that are not scalars are errors under all of them.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Rules {
    /// The meaning of plain scalars.
    pub scalars: Scalars,
    /// The meaning of the key `<<`.
    pub merge_keys: MergeKeys,
    /// The meaning of local tags, by their name without `!`; an error message for a tag without one.
    pub tags: fn(&str) -> Result<LongForm, String>,
    /// Limits of size.
    pub limits: Limits,
}

impl Rules {
    /// YAML 1.1 as CloudFormation reads it: `yes` is a boolean, `0644` an octal number; merge keys and local tags are errors.
    pub fn yaml_1_1() -> Self {
        Self {
            scalars: Scalars::Yaml11,
            merge_keys: MergeKeys::Refuse,
            tags: refuse_tag,
            limits: Limits::default(),
        }
    }

    /// YAML 1.2 as most configuration files are read: `yes` and `0644` are text; merge keys and local tags are errors.
    pub fn yaml_1_2() -> Self {
        Self {
            scalars: Scalars::Yaml12,
            ..Self::yaml_1_1()
        }
    }

    /// The same rules with merge keys applied.
    #[must_use]
    pub fn with_merge_keys(mut self) -> Self {
        self.merge_keys = MergeKeys::Apply;
        self
    }

    /// The same rules with local tags, such as `!Ref` for `Ref`.
    #[must_use]
    pub fn with_tags(mut self, tags: fn(&str) -> Result<LongForm, String>) -> Self {
        self.tags = tags;
        self
    }

    /// The same rules with other limits.
    #[must_use]
    pub fn with_limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }
}

fn refuse_tag(name: &str) -> Result<LongForm, String> {
    Err(format!("the tag `!{name}` is not supported here"))
}

/// The meaning of plain scalars. Quoted scalars are text under both.
///
/// Under both, a number that needs more than 64 bits stays text, so that it keeps its digits, and `.inf` and `.nan`,
/// which JSON cannot hold, are errors.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum Scalars {
    /// The types of <https://yaml.org/type/>: `yes`, `on`, `0644`, `1_000` and `22:30` are no text. Dates stay text.
    Yaml11,
    /// The core schema of YAML 1.2, but digits behind a leading zero are text, such as an account number, and `0b101`
    /// is a number: the same as `serde_yaml` reads.
    Yaml12,
}

/// The meaning of the plain key `<<`.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum MergeKeys {
    /// The entries of its value, a map or a list of maps, are added to the map, except keys that the map has itself.
    Apply,
    /// An error, as in CloudFormation.
    Refuse,
}

/// The long form of a local tag: `!Ref Queue` is `{"Ref": "Queue"}`.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct LongForm {
    /// The only key of the map that holds the value.
    pub key: &'static str,
    /// A scalar value is split at its first dot into a list of two texts: `!GetAtt Database.Endpoint.Address`.
    pub dotted: bool,
}

impl LongForm {
    /// A long form that takes its value as it is.
    pub const fn new(key: &'static str) -> Self {
        Self { key, dotted: false }
    }

    /// A long form whose scalar value is split at its first dot.
    pub const fn dotted(key: &'static str) -> Self {
        Self { key, dotted: true }
    }
}

/// Limits of size, against texts that are made to exhaust memory or stack.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct Limits {
    /// Bytes of the text. Default: 8 MiB, eight times the largest template of CloudFormation.
    pub bytes: usize,
    /// Levels of nesting. Default: 128, as in `serde_json`. Readers and the tree use the stack, about 1 KiB a level.
    pub depth: usize,
    /// Bytes of memory, roughly, that copies for aliases and merge keys may take. Default: 64 MiB.
    pub copies: usize,
}

impl Limits {
    /// The same limits with another limit of bytes.
    #[must_use]
    pub const fn with_bytes(mut self, bytes: usize) -> Self {
        self.bytes = bytes;
        self
    }

    pub(crate) fn check_size(&self, text: &str) -> Result<(), Error> {
        let (bytes, limit) = (text.len(), self.bytes);
        if bytes > limit {
            return Err(Error::new(format!(
                "it has {bytes} bytes, and the limit is {limit}"
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
