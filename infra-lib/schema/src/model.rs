//! What is known about a resource type: plain data, borrowed from the embedded text where possible.

use std::borrow::Cow;

/// Text of the model: a slice of the embedded file, or owned while the model is being built.
pub type Text = Cow<'static, str>;

/// One CloudFormation resource type.
#[derive(Debug, Clone, PartialEq, Default)]
#[non_exhaustive]
pub struct ResourceType {
    /// Full name, such as `AWS::S3::Bucket`.
    pub name: Text,
    /// What `Ref` returns.
    pub ref_returns: RefReturns,
    /// Properties that together identify a resource in the Cloud Control API.
    pub primary_identifier: Vec<Path>,
    /// Other sets of properties that identify a resource.
    pub additional_identifiers: Vec<Vec<Path>>,
    /// The property that holds tags, where the type can be tagged.
    pub tags: Option<Tags>,
    /// Whether deleting a resource of this type loses data.
    pub stateful: bool,
    /// Order of deletion and creation on replacement, where it is not the default.
    pub replacement: Option<Replacement>,
    /// Why adding, changing or removing a resource of this type deserves a security review.
    pub scrutiny: Option<Text>,
    /// Whether AWS has closed the type to new users.
    pub deprecated: bool,
    /// Whether properties and attributes beyond the known ones are accepted (custom resources).
    pub open: bool,
    /// Paths set by the service; includes the top-level ones.
    pub read_only: Vec<Path>,
    /// Paths whose change replaces the resource; includes the top-level ones.
    pub create_only: Vec<Path>,
    /// Paths whose change replaces the resource under some conditions.
    pub conditional_create_only: Vec<Path>,
    /// Paths that can be set but not read back, so that drift in them cannot be seen.
    pub write_only: Vec<Path>,
    /// Paths AWS advises against.
    pub deprecated_paths: Vec<Path>,
    /// Names `Fn::GetAtt` accepts, sorted.
    pub attributes: Vec<Attribute>,
    /// Top-level properties, read-only ones included, sorted by name.
    pub properties: Vec<Property>,
    /// Constraints across the top-level properties.
    pub rules: Vec<Rule>,
    /// Property types of this resource type, sorted by name; never shared with another type.
    pub definitions: Vec<Definition>,
}

impl ResourceType {
    /// Returns a type of which only the name is known.
    pub fn new(name: impl Into<Text>) -> Self {
        Self {
            name: name.into(),
            ..Self::default()
        }
    }

    /// The top-level property of this name.
    pub fn property(&self, name: &str) -> Option<&Property> {
        find(&self.properties, name)
    }

    /// The property type of this name.
    pub fn definition(&self, name: &str) -> Option<&Definition> {
        self.definitions
            .binary_search_by(|definition| (*definition.name).cmp(name))
            .ok()
            .map(|at| &self.definitions[at])
    }

    /// The `Fn::GetAtt` attribute of this name (dotted where nested).
    ///
    /// Below an attribute of free form (`Outputs` of a nested stack) any name is one:
    /// for `Outputs.Address` this is `Outputs`.
    pub fn attribute(&self, name: &str) -> Option<&Attribute> {
        let exact = |name: &str| {
            let found = self
                .attributes
                .binary_search_by(|attribute| (*attribute.name).cmp(name));
            found.ok().map(|at| &self.attributes[at])
        };
        exact(name).or_else(|| {
            let (outer, _) = name.split_once('.')?;
            exact(outer).filter(|attribute| attribute.is_free_form())
        })
    }

    /// Top-level properties that must be given, sorted.
    pub fn required(&self) -> impl Iterator<Item = &Property> {
        self.properties.iter().filter(|property| property.required)
    }

    /// Service part of the name in lower case: `s3`.
    pub fn service(&self) -> String {
        crate::service_of(&self.name)
    }

    /// Last part of the name: `Bucket`.
    pub fn short_name(&self) -> &str {
        self.name.rsplit("::").next().unwrap_or(&self.name)
    }
}

/// A property of a resource type or of one of its definitions.
#[derive(Debug, Clone, PartialEq, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "the registry's independent marks, one to one"
)]
#[non_exhaustive]
pub struct Property {
    /// Name in the template.
    pub name: Text,
    /// Whether it must be given.
    pub required: bool,
    /// Type and constraints.
    pub shape: Shape,
    /// Set by the service. On a property of a definition: nothing in this type can set it.
    pub read_only: bool,
    /// A change replaces the resource. In a definition: through at least one path.
    pub create_only: bool,
    /// A change may replace the resource. In a definition: through at least one path.
    pub conditional_create_only: bool,
    /// Cannot be read back.
    pub write_only: bool,
    /// AWS advises against it.
    pub deprecated: bool,
    /// Why a change deserves a security review.
    pub scrutiny: Option<Text>,
}

impl Property {
    /// Returns an optional property of a name and a type, without marks.
    pub fn new(name: impl Into<Text>, shape: Shape) -> Self {
        Self {
            name: name.into(),
            shape,
            ..Self::default()
        }
    }
}

/// A value that `Fn::GetAtt` returns.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Attribute {
    /// Name, dotted where nested: `Endpoint.Address`.
    pub name: Text,
    /// Type, and the resource it points to.
    pub shape: Shape,
}

impl Attribute {
    /// Returns an attribute of a name and a type.
    pub fn new(name: impl Into<Text>, shape: Shape) -> Self {
        Self {
            name: name.into(),
            shape,
        }
    }

    /// Whether it is JSON, or a list of JSON, of which the registry says no more.
    pub fn is_free_form(&self) -> bool {
        match &self.shape.ty {
            Type::Json => true,
            Type::List(item) => item.ty == Type::Json,
            _ => false,
        }
    }
}

/// A property type, local to its resource type.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Definition {
    /// Name in the registry schema.
    pub name: Text,
    /// For a named enumeration: its shape. Then there are no properties.
    pub alias: Option<Shape>,
    /// Members, sorted by name.
    pub properties: Vec<Property>,
    /// Constraints across the members.
    pub rules: Vec<Rule>,
}

impl Definition {
    /// Returns a property type with members, sorted by name, and the constraints across them.
    pub fn object(name: impl Into<Text>, properties: Vec<Property>, rules: Vec<Rule>) -> Self {
        Self {
            name: name.into(),
            alias: None,
            properties,
            rules,
        }
    }

    /// Returns a named enumeration.
    pub fn enumeration(name: impl Into<Text>, shape: Shape) -> Self {
        Self {
            name: name.into(),
            alias: Some(shape),
            properties: Vec::new(),
            rules: Vec::new(),
        }
    }

    /// The member of this name.
    pub fn property(&self, name: &str) -> Option<&Property> {
        find(&self.properties, name)
    }

    /// Members that must be given, sorted.
    pub fn required(&self) -> impl Iterator<Item = &Property> {
        self.properties.iter().filter(|property| property.required)
    }
}

fn find<'a>(properties: &'a [Property], name: &str) -> Option<&'a Property> {
    properties
        .binary_search_by(|property| (*property.name).cmp(name))
        .ok()
        .map(|at| &properties[at])
}

/// A type with its constraints.
#[derive(Debug, Clone, PartialEq, Default)]
#[non_exhaustive]
pub struct Shape {
    /// The type proper.
    pub ty: Type,
    /// Allowed values, in the schema's order; empty when any is allowed. Numbers as text.
    pub values: Vec<Text>,
    /// Whether the allowed values are compared without regard to case.
    pub values_ignore_case: bool,
    /// A regular expression in the ECMA dialect, unanchored.
    pub pattern: Option<Text>,
    /// Length of a text in characters.
    pub length: Bounds<u64>,
    /// Value of a number.
    pub range: Bounds<f64>,
    /// The number must be a multiple of this.
    pub multiple_of: Option<f64>,
    /// Number of list elements.
    pub items: Bounds<u64>,
    /// Whether list elements must differ from one another.
    pub unique: bool,
    /// Number of entries of a map or object.
    pub entries: Bounds<u64>,
    /// A regular expression for the keys of a map.
    pub key_pattern: Option<Text>,
    /// A name for the text's form, such as `date-time` or `ipv4-network`.
    pub format: Option<Text>,
    /// Resources the value can name; more than one when any of them is accepted.
    pub targets: Vec<Target>,
}

impl Shape {
    /// A type without constraints.
    pub fn of(ty: Type) -> Self {
        Self {
            ty,
            ..Self::default()
        }
    }
}

/// Type of a value.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Type {
    /// Text.
    #[default]
    String,
    /// Whole number.
    Integer,
    /// Number.
    Number,
    /// `true` or `false`.
    Boolean,
    /// Any JSON value, such as a policy document.
    Json,
    /// A property type of the same resource type.
    Definition(Text),
    /// A list.
    List(Box<Shape>),
    /// A map from text.
    Map(Box<Shape>),
    /// One of several types.
    Union(Vec<Shape>),
}

/// Inclusive limits; `None` is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub struct Bounds<N> {
    /// Least allowed.
    pub min: Option<N>,
    /// Greatest allowed.
    pub max: Option<N>,
}

impl<N: PartialOrd + Copy> Bounds<N> {
    /// Whether nothing is excluded.
    pub fn is_open(&self) -> bool {
        self.min.is_none() && self.max.is_none()
    }

    /// Whether `n` lies within.
    pub fn contains(&self, n: N) -> bool {
        self.min.is_none_or(|min| n >= min) && self.max.is_none_or(|max| n <= max)
    }
}

/// The way a text names a resource.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Amazon Resource Name.
    Arn,
    /// Identifier chosen by AWS, or called an identifier by it.
    Id,
    /// Name.
    Name,
}

impl Kind {
    /// The word used in the model files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Arn => "arn",
            Self::Id => "id",
            Self::Name => "name",
        }
    }

    /// The kind of this word.
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Arn, Self::Id, Self::Name]
            .into_iter()
            .find(|kind| kind.word() == word)
    }
}

/// A resource that a text can name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Target {
    /// Resource type, such as `AWS::IAM::Role`.
    pub resource: Text,
    /// How the resource is named.
    pub by: By,
}

/// What of a resource a reference holds.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum By {
    /// Its ARN, id or name.
    Kind(Kind),
    /// Another of its properties or attributes.
    Property(Text),
}

/// What `Ref` returns.
#[derive(Debug, Clone, PartialEq, Eq, Default, Hash)]
#[non_exhaustive]
pub struct RefReturns {
    /// ARN, id or name of the resource; `None` when it is neither or unknown.
    pub kind: Option<Kind>,
    /// The properties whose values are returned, joined with `|`; empty when unknown.
    pub properties: Vec<Path>,
}

impl RefReturns {
    /// Returns what is known when the properties are, and the kind is not.
    pub fn of(properties: Vec<Path>) -> Self {
        Self {
            kind: None,
            properties,
        }
    }
}

/// Property that holds tags.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Tags {
    /// Its name, `Tags` nearly always.
    pub property: Text,
    /// How tags are written.
    pub shape: TagShape,
}

impl Tags {
    /// Returns where tags go: the property, and the form they have there.
    pub fn new(property: impl Into<Text>, shape: TagShape) -> Self {
        Self {
            property: property.into(),
            shape,
        }
    }
}

/// How a type wants its tags.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TagShape {
    /// `[{Key, Value}]`.
    List,
    /// `{key: value}`.
    Map,
    /// `[{Key, Value, PropagateAtLaunch}]`, of Auto Scaling groups.
    AutoScaling,
}

impl TagShape {
    /// The word used in the model files.
    pub fn word(self) -> &'static str {
        match self {
            Self::List => "list",
            Self::Map => "map",
            Self::AutoScaling => "auto-scaling",
        }
    }

    /// The shape of this word.
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::List, Self::Map, Self::AutoScaling]
            .into_iter()
            .find(|shape| shape.word() == word)
    }
}

/// Order of the steps of a replacement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Replacement {
    /// The new resource exists before the old one goes.
    CreateFirst,
    /// The old resource goes before the new one exists: there is an outage.
    DeleteFirst,
}

impl Replacement {
    /// The word used in the model files.
    pub fn word(self) -> &'static str {
        match self {
            Self::CreateFirst => "create-first",
            Self::DeleteFirst => "delete-first",
        }
    }

    /// The order of this word.
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::CreateFirst, Self::DeleteFirst]
            .into_iter()
            .find(|order| order.word() == word)
    }
}

/// A constraint across the properties of one object.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Rule {
    /// Exactly one of these sets is given in full. An empty set always is.
    ExactlyOne(Vec<Vec<Text>>),
    /// At least one of these sets is given in full.
    AtLeastOne(Vec<Vec<Text>>),
    /// Where the first is given, none of the others may be.
    Excludes(Text, Vec<Text>),
    /// Where the first is given, all the others must be.
    Requires(Text, Vec<Text>),
}

/// Where a value sits below the resource's properties: `DistributionConfig/Origins/*/Id`.
///
/// `*` stands for every element of a list or value of a map.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Path(pub Text);

impl Path {
    /// The steps from the top.
    pub fn steps(&self) -> impl Iterator<Item = &str> {
        self.0.split('/')
    }

    /// Whether it names a top-level property.
    pub fn is_top_level(&self) -> bool {
        !self.0.contains('/')
    }
}

impl std::fmt::Display for Path {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}
