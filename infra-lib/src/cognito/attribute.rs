//! Attributes of users.

use crate::cfn::cognito::user_pool::{
    NumberAttributeConstraints, SchemaAttribute, SchemaAttributeAttributeDataType,
    StringAttributeConstraints,
};
use crate::construct::With;
use crate::core::{Diagnostic, Scope, codes};

macro_rules! standard {
    ($($(#[$doc:meta])+ $name:ident = $text:literal;)+) => {
        impl StandardAttribute {
            $($(#[$doc])+ pub const $name: Self = Self { name: $text, is_required: false, is_mutable: true };)+
        }
    };
}

/// Attribute that every user pool has, from the standard claims of OpenID Connect. By default it is optional and can be
/// changed, as in CloudFormation.
///
/// ```
/// use infra_lib::cognito::{StandardAttribute, UserPool};
///
/// UserPool::builder().standard_attribute(StandardAttribute::GIVEN_NAME.required());
/// ```
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct StandardAttribute {
    name: &'static str,
    is_required: bool,
    is_mutable: bool,
}

standard! {
    /// Postal address.
    ADDRESS = "address";
    /// Date of birth, `YYYY-MM-DD`.
    BIRTHDATE = "birthdate";
    /// E-mail address.
    EMAIL = "email";
    /// Family name.
    FAMILY_NAME = "family_name";
    /// Gender.
    GENDER = "gender";
    /// Given name.
    GIVEN_NAME = "given_name";
    /// Language and region, such as `de-CH`.
    LOCALE = "locale";
    /// Middle name.
    MIDDLE_NAME = "middle_name";
    /// Full name.
    NAME = "name";
    /// Casual name.
    NICKNAME = "nickname";
    /// Phone number in the format of E.164, such as `+41441234567`.
    PHONE_NUMBER = "phone_number";
    /// URL of a picture.
    PICTURE = "picture";
    /// User name that the user can change.
    PREFERRED_USERNAME = "preferred_username";
    /// URL of a profile page.
    PROFILE = "profile";
    /// URL of a web page.
    WEBSITE = "website";
    /// Time zone, such as `Europe/Zurich`.
    ZONEINFO = "zoneinfo";
}

impl StandardAttribute {
    /// Requires the attribute at sign-up.
    pub const fn required(mut self) -> Self {
        self.is_required = true;
        self
    }

    /// Refuses changes of the attribute after sign-up. An attribute that an identity provider maps must remain mutable.
    pub const fn immutable(mut self) -> Self {
        self.is_mutable = false;
        self
    }
}

/// Attribute that a user pool has in addition, `custom:` followed by its name. It cannot be changed after sign-up unless
/// it is [`mutable`](Self::mutable), and it cannot be removed from the pool.
///
/// ```
/// use infra_lib::cognito::{CustomAttribute, UserPool};
///
/// UserPool::builder()
///     .custom_attribute(CustomAttribute::text("tenant", 1, 64))
///     .custom_attribute(CustomAttribute::number("seats").mutable());
/// ```
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct CustomAttribute {
    name: String,
    kind: CustomKind,
    is_mutable: bool,
}

#[derive(Clone, Debug, Eq, Hash, PartialEq)]
enum CustomKind {
    Text(u16, u16),
    Number(Option<(i64, i64)>),
    Boolean,
    DateTime,
}

impl CustomAttribute {
    fn new(name: impl Into<String>, kind: CustomKind) -> Self {
        Self {
            name: name.into(),
            kind,
            is_mutable: false,
        }
    }

    /// Creates a text with its shortest and longest length, at most 2,048 characters.
    pub fn text(name: impl Into<String>, shortest: u16, longest: u16) -> Self {
        Self::new(name, CustomKind::Text(shortest, longest))
    }

    /// Creates a number.
    pub fn number(name: impl Into<String>) -> Self {
        Self::new(name, CustomKind::Number(None))
    }

    /// Creates a number from `lowest` to `highest`.
    pub fn number_between(name: impl Into<String>, lowest: i64, highest: i64) -> Self {
        Self::new(name, CustomKind::Number(Some((lowest, highest))))
    }

    /// Creates a truth value.
    pub fn boolean(name: impl Into<String>) -> Self {
        Self::new(name, CustomKind::Boolean)
    }

    /// Creates a date with a time.
    pub fn date_time(name: impl Into<String>) -> Self {
        Self::new(name, CustomKind::DateTime)
    }

    /// Allows changes after sign-up, by every client that may write the attribute.
    pub fn mutable(mut self) -> Self {
        self.is_mutable = true;
        self
    }
}

/// Attribute of the schema of a user pool.
#[derive(Clone, Debug)]
pub(super) enum Attribute {
    Standard(StandardAttribute),
    Custom(CustomAttribute),
}

impl Attribute {
    fn full_name(&self) -> String {
        match self {
            Self::Standard(attribute) => attribute.name.to_owned(),
            Self::Custom(attribute) => format!("custom:{}", attribute.name),
        }
    }

    fn property(self) -> SchemaAttribute {
        match self {
            Self::Standard(attribute) => SchemaAttribute::new()
                .name(attribute.name)
                .required(attribute.is_required)
                .mutable(attribute.is_mutable),
            Self::Custom(attribute) => {
                let schema = SchemaAttribute::new()
                    .name(attribute.name)
                    .mutable(attribute.is_mutable);
                typed(schema, &attribute.kind)
            }
        }
    }
}

fn typed(schema: SchemaAttribute, kind: &CustomKind) -> SchemaAttribute {
    let data_type = |data_type| schema.attribute_data_type(data_type);
    match kind {
        CustomKind::Text(shortest, longest) => data_type(SchemaAttributeAttributeDataType::STRING)
            .string_attribute_constraints(
                StringAttributeConstraints::new()
                    .min_length(shortest.to_string())
                    .max_length(longest.to_string()),
            ),
        CustomKind::Number(range) => data_type(SchemaAttributeAttributeDataType::NUMBER).with(
            *range,
            |schema, (lowest, highest)| {
                schema.number_attribute_constraints(
                    NumberAttributeConstraints::new()
                        .min_value(lowest.to_string())
                        .max_value(highest.to_string()),
                )
            },
        ),
        CustomKind::Boolean => data_type(SchemaAttributeAttributeDataType::BOOLEAN),
        CustomKind::DateTime => data_type(SchemaAttributeAttributeDataType::DATE_TIME),
    }
}

/// Returns the schema of the attributes. Two of the same name are reported (`INF4962`).
pub(super) fn schema(scope: Scope<'_>, attributes: Vec<Attribute>) -> Vec<SchemaAttribute> {
    let mut names: Vec<String> = Vec::new();
    let mut schema = Vec::new();
    for attribute in attributes {
        let name = attribute.full_name();
        if names.contains(&name) {
            scope.report(
                Diagnostic::new(
                    codes::USER_POOL_ATTRIBUTE,
                    format!("the user pool has two attributes `{name}`"),
                )
                .property("Schema")
                .actual(&name)
                .expected("one attribute of each name")
                .help("remove one of the attributes, or rename it")
                .url("https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-attributes.html"),
            );
            continue;
        }
        names.push(name);
        schema.push(attribute.property());
    }
    schema
}
