//! Conversion of CloudFormation names to the Rust names that the bindings have.

use std::collections::BTreeSet;

use crate::model::{Definition, Property, ResourceType, Shape, Text, Type};

/// Names that need an underscore: keywords, and methods of every generated type.
const TAKEN: [&str; 44] = [
    "as",
    "async",
    "await",
    "box",
    "break",
    "build",
    "clone",
    "const",
    "continue",
    "crate",
    "do",
    "dyn",
    "else",
    "enum",
    "extern",
    "false",
    "final",
    "fn",
    "for",
    "from",
    "gen",
    "if",
    "impl",
    "in",
    "into_value",
    "loop",
    "macro",
    "match",
    "mod",
    "move",
    "mut",
    "new",
    "override",
    "priv",
    "pub",
    "ref",
    "return",
    "self",
    "static",
    "super",
    "trait",
    "true",
    "try",
    "type",
];

/// Further keywords; one array literal of all of them would be harder to read.
const TAKEN_TOO: [&str; 10] = [
    "typeof", "unsafe", "unsized", "use", "virtual", "where", "while", "yield", "struct", "let",
];

/// Words with upper-case letters inside that are a single word.
const WORDS: [(&str, &str); 6] = [
    ("IPv4", "Ipv4"),
    ("IPv6", "Ipv6"),
    ("vCpu", "Vcpu"),
    ("VCpu", "Vcpu"),
    ("OAuth", "Oauth"),
    ("DevOps", "Devops"),
];

/// Converts `DBInstance` to `DbInstance`, `IPv6CidrBlock` to `Ipv6CidrBlock`.
pub fn to_pascal_case(name: &str) -> String {
    let words = split_words(name).into_iter();
    words
        .map(|word| {
            let mut letters = word.chars();
            letters.next().map_or_else(String::new, |first| {
                first
                    .to_uppercase()
                    .chain(letters.flat_map(char::to_lowercase))
                    .collect()
            })
        })
        .collect()
}

/// Converts `DBInstance` to `db_instance`; adds an underscore to keywords.
pub fn to_snake_case(name: &str) -> String {
    let joined = to_bare_snake_case(name);
    if TAKEN.contains(&&*joined) || TAKEN_TOO.contains(&&*joined) {
        format!("{joined}_")
    } else {
        joined
    }
}

/// Converts like [`to_snake_case`], without an underscore, for use as part of a longer name.
pub fn to_bare_snake_case(name: &str) -> String {
    split_words(name).join("_").to_lowercase()
}

/// Converts `aws:kms` to `AWS_KMS`, `3.1` to `V3_1`; returns `None` if no letter or digit remains.
pub fn to_constant_name(value: &str) -> Option<String> {
    if let Some((_, name)) = SYMBOLS.iter().find(|(symbol, _)| *symbol == value) {
        return Some((*name).to_owned());
    }
    // `-1` and `1` must differ.
    let minus = value.starts_with('-') && value[1..].starts_with(|c: char| c.is_ascii_digit());
    let joined = split_words(value).join("_").to_uppercase();
    if joined.is_empty() || !joined.is_ascii() {
        return None;
    }
    Some(if minus {
        format!("MINUS_{joined}")
    } else if joined.starts_with(|c: char| c.is_ascii_digit()) {
        format!("V{joined}")
    } else {
        joined
    })
}

/// Returns each value of an enumeration with its constant, if it has one.
///
/// Among values that differ only in case or punctuation, the first in byte order gets the constant; the others need
/// `other`.
pub fn name_constants(values: &[Text]) -> Vec<(&Text, Option<String>)> {
    let mut sorted: Vec<&Text> = values.iter().collect();
    sorted.sort();
    let mut taken: BTreeSet<String> = BTreeSet::new();
    let named = sorted.into_iter().map(|value| {
        let constant = to_constant_name(value).filter(|constant| taken.insert(constant.clone()));
        (value, constant)
    });
    named.collect()
}

/// Returns the name of the enumeration of a property with listed values, in the module of its resource type.
pub fn enumeration_name(owner: Option<&Definition>, property: &Property) -> String {
    let owner = owner.map_or_else(String::new, |owner| to_pascal_case(&owner.name));
    format!("{owner}{}", to_pascal_case(&property.name))
}

/// The enumeration of the bindings for the values of a property.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Enumeration<'a> {
    /// Path in the bindings, such as `s3::bucket::VersioningConfigurationStatus`.
    pub path: String,
    /// Values in the schema.
    pub values: &'a [Text],
}

impl<'a> Enumeration<'a> {
    /// Returns the enumeration for a property, or for the items of a list or map, by its path separated by dots with
    /// the indices and keys of items. Returns `None` if the schema lists no values for it.
    ///
    /// ```
    /// use infra_schema::rust_names::Enumeration;
    ///
    /// let bucket = infra_schema::resource("AWS::S3::Bucket").unwrap();
    /// let found = Enumeration::find(bucket, "VersioningConfiguration.Status").unwrap();
    /// assert_eq!(found.path, "s3::bucket::VersioningConfigurationStatus");
    /// assert_eq!(found.constant("Enabled").as_deref(), Some("ENABLED"));
    /// ```
    pub fn find(ty: &'a ResourceType, path: &str) -> Option<Self> {
        let mut steps = path.split('.');
        let mut owner: Option<&Definition> = None;
        let mut property = ty.property(steps.next()?)?;
        let mut shape = &property.shape;
        for step in steps {
            match &shape.ty {
                Type::List(inner) | Type::Map(inner) => shape = inner,
                Type::Definition(name) => {
                    let definition = ty.definition(name)?;
                    owner = Some(definition);
                    property = definition.property(step)?;
                    shape = &property.shape;
                }
                _ => return None,
            }
        }
        let (name, values): (String, &Shape) = match &shape.ty {
            Type::Definition(name) => (to_pascal_case(name), ty.definition(name)?.alias.as_ref()?),
            Type::String => (enumeration_name(owner, property), shape),
            _ => return None,
        };
        if property.read_only || values.values.is_empty() {
            return None;
        }
        let module = to_snake_case(ty.short_name());
        Some(Self {
            path: format!("{}::{module}::{name}", ty.service_name()),
            values: &values.values,
        })
    }

    /// Returns the constant for a value, if it has one.
    pub fn constant(&self, value: &str) -> Option<String> {
        let constants = name_constants(self.values).into_iter();
        let mut found = constants.filter(|(text, _)| &***text == value);
        found.next()?.1
    }
}

/// Names of enumeration values without a letter or digit.
const SYMBOLS: [(&str, &str); 16] = [
    ("", "EMPTY"),
    ("*", "STAR"),
    ("+", "PLUS"),
    ("-", "MINUS"),
    ("/", "SLASH"),
    ("=", "EQUAL"),
    ("==", "DOUBLE_EQUAL"),
    ("!=", "NOT_EQUAL"),
    ("<>", "UNEQUAL"),
    ("<", "LESS"),
    ("<=", "LESS_OR_EQUAL"),
    (">", "GREATER"),
    (">=", "GREATER_OR_EQUAL"),
    ("&", "AND"),
    ("|", "OR"),
    (".", "DOT"),
];

/// Splits a name at case changes and at every character that is neither a letter nor a digit.
///
/// A run of upper-case letters is one word up to its last letter if a lower-case letter follows (`DBInstance`), or as
/// a whole before a plural `s` (`SubnetIDs`, `ARNs`).
fn split_words(name: &str) -> Vec<String> {
    let mut spelled = name.to_owned();
    for (from, to) in WORDS {
        spelled = spelled.replace(from, to);
    }
    let letters: Vec<char> = spelled.chars().collect();
    let mut words = Vec::new();
    let mut word = String::new();
    for (at, &c) in letters.iter().enumerate() {
        if !c.is_alphanumeric() {
            push_word(&mut word, &mut words);
            continue;
        }
        if c.is_uppercase() && !word.is_empty() {
            let before = letters[at - 1];
            let after = letters.get(at + 1);
            let plural =
                after == Some(&'s') && letters.get(at + 2).is_none_or(|next| !next.is_lowercase());
            let starts_word = after.is_some_and(|next| next.is_lowercase()) && !plural;
            if !before.is_uppercase() || starts_word {
                push_word(&mut word, &mut words);
            }
        }
        word.push(c);
    }
    push_word(&mut word, &mut words);
    words
}

fn push_word(word: &mut String, words: &mut Vec<String>) {
    if !word.is_empty() {
        words.push(std::mem::take(word));
    }
}

#[cfg(test)]
mod tests {
    use super::{to_constant_name, to_pascal_case, to_snake_case};

    #[test]
    fn treats_acronyms_as_words() {
        assert_eq!(to_pascal_case("DBInstance"), "DbInstance");
        assert_eq!(to_pascal_case("VPC"), "Vpc");
        assert_eq!(to_snake_case("DBSubnetGroupName"), "db_subnet_group_name");
        assert_eq!(to_snake_case("IPv6CidrBlock"), "ipv6_cidr_block");
        assert_eq!(to_snake_case("SubnetIDs"), "subnet_ids");
        assert_eq!(to_snake_case("LoadBalancerARNs"), "load_balancer_arns");
        assert_eq!(
            to_snake_case("EnableECSManagedTags"),
            "enable_ecs_managed_tags"
        );
        assert_eq!(to_snake_case("S3BucketArn"), "s3_bucket_arn");
        assert_eq!(to_snake_case("iSCSIName"), "i_scsi_name");
    }

    #[test]
    fn escapes_keywords() {
        assert_eq!(to_snake_case("Type"), "type_");
        assert_eq!(to_snake_case("Build"), "build_");
        assert_eq!(to_snake_case("Typed"), "typed");
    }

    #[test]
    fn converts_values_to_constant_names() {
        assert_eq!(to_constant_name("aws:kms").as_deref(), Some("AWS_KMS"));
        assert_eq!(
            to_constant_name("BucketOwnerEnforced").as_deref(),
            Some("BUCKET_OWNER_ENFORCED")
        );
        assert_eq!(to_constant_name("3.1").as_deref(), Some("V3_1"));
        assert_eq!(to_constant_name("-1").as_deref(), Some("MINUS_1"));
        assert_eq!(to_constant_name("").as_deref(), Some("EMPTY"));
        assert_eq!(to_constant_name("¿").as_deref(), None);
    }
}
