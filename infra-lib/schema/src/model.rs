//! The model of a resource type as plain data: [`ResourceType`], its [`Property`]s and their [`Shape`]s. Text is borrowed from the embedded files if
//! possible.

use std::borrow::Cow;

/// Text of the model: a slice of the embedded file, or an owned string while the model is generated.
pub type Text = Cow<'static, str>;

/// A CloudFormation resource type with everything that the registry and the overrides of this project describe.
#[derive(Debug, Clone, PartialEq, Default)]
#[non_exhaustive]
pub struct ResourceType {
    /// Full name, for example `AWS::S3::Bucket`.
    pub name: Text,
    /// Value that `Ref` returns for a resource of this type. Its fields are empty if the registry does not describe the value.
    pub ref_returns: RefReturns,
    /// Properties that identify a resource in the Cloud Control API, in order (`primaryIdentifier`).
    pub primary_identifier: Vec<Path>,
    /// Other sets of properties, each of which identifies a resource (`additionalIdentifiers`). The list is empty for most types.
    pub additional_identifiers: Vec<Vec<Path>>,
    /// Property that holds tags, or `None` if resources of this type cannot be tagged.
    pub tags: Option<Tags>,
    /// `true` if deleting a resource of this type loses data, as for a database or a bucket.
    pub stateful: bool,
    /// Order of deletion and creation in a replacement, or `None` for the default, creation first.
    pub replacement: Option<Replacement>,
    /// Reason for which changes of such a resource require a security review, or `None`.
    pub scrutiny: Option<Text>,
    /// `true` if AWS has announced the end of the service or has closed the type to new users.
    pub deprecated: bool,
    /// `true` if properties and attributes beyond the listed ones are accepted, as for custom resources.
    pub open: bool,
    /// Paths of properties that only the service sets, including top-level ones (`readOnlyProperties`).
    pub read_only: Vec<Path>,
    /// Paths of properties whose change replaces the resource, including top-level ones (`createOnlyProperties`).
    pub create_only: Vec<Path>,
    /// Paths of properties whose change replaces the resource under some conditions (`conditionalCreateOnlyProperties`).
    pub conditional_create_only: Vec<Path>,
    /// Paths of properties that cannot be read back, so that drift in them is not detected (`writeOnlyProperties`).
    pub write_only: Vec<Path>,
    /// Paths of properties that AWS discourages, including top-level ones (`deprecatedProperties`).
    pub deprecated_paths: Vec<Path>,
    /// Attributes that `Fn::GetAtt` returns. They must be sorted by name, because lookups use binary search.
    pub attributes: Vec<Attribute>,
    /// Top-level properties, including read-only ones. They must be sorted by name, because lookups use binary search.
    pub properties: Vec<Property>,
    /// Constraints across the top-level properties, for example mutually exclusive ones.
    pub rules: Vec<Rule>,
    /// Property types of this resource type. They must be sorted by name, because lookups use binary search.
    pub definitions: Vec<Definition>,
}

impl ResourceType {
    /// Creates a resource type with a name such as `AWS::S3::Bucket` and no properties, attributes and constraints.
    pub fn new(name: impl Into<Text>) -> Self {
        Self {
            name: name.into(),
            ..Self::default()
        }
    }

    /// Returns the top-level property with the given name in the template, or `None` if the type has none.
    pub fn property(&self, name: &str) -> Option<&Property> {
        find_by_name(&self.properties, name)
    }

    /// Returns the property type with the given name in the registry schema, or `None` if the resource type has none.
    pub fn definition(&self, name: &str) -> Option<&Definition> {
        self.definitions
            .binary_search_by(|definition| (*definition.name).cmp(name))
            .ok()
            .map(|at| &self.definitions[at])
    }

    /// Returns the `Fn::GetAtt` attribute with the given name, separated by dots if nested.
    ///
    /// An attribute of free-form JSON (`Outputs` of a nested stack) accepts any name below it: for `Outputs.Address`, this returns `Outputs`.
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

    /// Returns the top-level properties that a template must set, sorted by name.
    pub fn required_properties(&self) -> impl Iterator<Item = &Property> {
        self.properties.iter().filter(|property| property.required)
    }

    /// Returns the service of the type in lower case, for example `s3`.
    pub fn service_name(&self) -> String {
        crate::service_of(&self.name)
    }

    /// Returns the part of the name after the last `::`, for example `Bucket` for `AWS::S3::Bucket`.
    pub fn short_name(&self) -> &str {
        self.name.rsplit("::").next().unwrap_or(&self.name)
    }
}

/// A property of a resource type or of a property type.
#[derive(Debug, Clone, PartialEq, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "the registry's independent marks, one to one"
)]
#[non_exhaustive]
pub struct Property {
    /// Name in the template, case-sensitive, for example `BucketName`.
    pub name: Text,
    /// `true` if the property must be set wherever its parent is.
    pub required: bool,
    /// Type of the value and the constraints that the registry gives for it.
    pub shape: Shape,
    /// `true` if only the service sets the property. In a property type: for every use of the type.
    pub read_only: bool,
    /// `true` if a change replaces the resource. In a property type: for at least one path.
    pub create_only: bool,
    /// `true` if a change may replace the resource. In a property type: for at least one path.
    pub conditional_create_only: bool,
    /// `true` if the value cannot be read back from the service. In a property type: for at least one path.
    pub write_only: bool,
    /// `true` if AWS discourages the property. In a property type: for at least one path.
    pub deprecated: bool,
    /// Reason for which changes of the property require a security review, or `None` if they do not.
    pub scrutiny: Option<Text>,
}

impl Property {
    /// Creates an optional property without marks from its name in the template and its shape.
    pub fn new(name: impl Into<Text>, shape: Shape) -> Self {
        Self {
            name: name.into(),
            shape,
            ..Self::default()
        }
    }
}

/// An attribute of a deployed resource, which `Fn::GetAtt` returns.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Attribute {
    /// Name as in `Fn::GetAtt`, separated by dots if nested, for example `Endpoint.Address`.
    pub name: Text,
    /// Type of the value, and the resources to which the value can refer.
    pub shape: Shape,
}

impl Attribute {
    /// Creates an attribute from its name, as in `Fn::GetAtt`, and its shape.
    pub fn new(name: impl Into<Text>, shape: Shape) -> Self {
        Self {
            name: name.into(),
            shape,
        }
    }

    /// Returns `true` for JSON, or a list of JSON, whose structure the registry does not describe.
    pub fn is_free_form(&self) -> bool {
        match &self.shape.ty {
            Type::Json => true,
            Type::List(item) => item.ty == Type::Json,
            _ => false,
        }
    }
}

/// A property type: an object or an enumeration of the schema, which belongs to one resource type.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Definition {
    /// Name in the registry schema, unique within the resource type, for example `LifecycleConfiguration`.
    pub name: Text,
    /// Shape of a named enumeration, which has no properties, or `None` for an object.
    pub alias: Option<Shape>,
    /// Properties of the object, sorted by name. An enumeration has none.
    pub properties: Vec<Property>,
    /// Constraints across the properties of the object, for example mutually exclusive ones.
    pub rules: Vec<Rule>,
}

impl Definition {
    /// Creates a property type from properties, sorted by name, and the constraints across them.
    pub fn new_object(name: impl Into<Text>, properties: Vec<Property>, rules: Vec<Rule>) -> Self {
        Self {
            name: name.into(),
            alias: None,
            properties,
            rules,
        }
    }

    /// Creates a named enumeration from its name in the registry schema and its shape, which contains the values.
    pub fn new_enumeration(name: impl Into<Text>, shape: Shape) -> Self {
        Self {
            name: name.into(),
            alias: Some(shape),
            properties: Vec::new(),
            rules: Vec::new(),
        }
    }

    /// Returns the property of the object with the given name, or `None` if the object has none.
    pub fn property(&self, name: &str) -> Option<&Property> {
        find_by_name(&self.properties, name)
    }

    /// Returns the properties that every object of this type must set, sorted by name.
    pub fn required_properties(&self) -> impl Iterator<Item = &Property> {
        self.properties.iter().filter(|property| property.required)
    }
}

fn find_by_name<'a>(properties: &'a [Property], name: &str) -> Option<&'a Property> {
    properties
        .binary_search_by(|property| (*property.name).cmp(name))
        .ok()
        .map(|at| &properties[at])
}

/// The type of a value with its constraints, all of which are optional.
#[derive(Debug, Clone, PartialEq, Default)]
#[non_exhaustive]
pub struct Shape {
    /// Type of the value. The other fields constrain the value itself, not the items of a list or map.
    pub ty: Type,
    /// Allowed values in the order of the schema, numbers as text. An empty list allows every value.
    pub values: Vec<Text>,
    /// `true` if the case of letters is ignored when a value is compared with the allowed values.
    pub values_ignore_case: bool,
    /// Regular expression in the ECMA dialect, unanchored as in JSON Schema.
    pub pattern: Option<Text>,
    /// Minimum and maximum length of text in characters, both inclusive.
    pub length: Bounds<u64>,
    /// Minimum and maximum value of a number, both inclusive.
    pub range: Bounds<f64>,
    /// Number of which the value must be a multiple, for example 1 for whole numbers. `None` allows every number.
    pub multiple_of: Option<f64>,
    /// Minimum and maximum number of items of a list, both inclusive.
    pub items: Bounds<u64>,
    /// `true` if a list must not contain an item twice.
    pub unique: bool,
    /// Minimum and maximum number of entries of a map or object.
    pub entries: Bounds<u64>,
    /// Regular expression that the keys of a map must match, in the dialect of `pattern`. `None` allows every key.
    pub key_pattern: Option<Text>,
    /// Name of the format of the text, for example `date-time` or `ipv4-network`.
    pub format: Option<Text>,
    /// Resources to which the value can refer. If there are several, each of them is accepted.
    pub targets: Vec<Target>,
}

impl Shape {
    /// Creates a shape with the given type that accepts every value of it.
    pub fn from_type(ty: Type) -> Self {
        Self {
            ty,
            ..Self::default()
        }
    }
}

/// The type of a value in the registry, without constraints.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Type {
    /// Text of any form, unless the shape constrains it.
    #[default]
    String,
    /// A whole number of any size.
    Integer,
    /// A number with or without a fraction.
    Number,
    /// A boolean, `true` or `false`.
    Boolean,
    /// Any JSON value, for example a policy document.
    Json,
    /// A property type of the same resource type, by name.
    Definition(Text),
    /// A list of items of one shape.
    List(Box<Shape>),
    /// A map with text keys and values of one shape.
    Map(Box<Shape>),
    /// One of several shapes, of which the value must match at least one.
    Union(Vec<Shape>),
}

/// Inclusive limits of a number, a length or a count. A side that is `None` is unlimited.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub struct Bounds<N> {
    /// Smallest allowed value, or `None` for no lower limit.
    pub min: Option<N>,
    /// Largest allowed value, or `None` for no upper limit.
    pub max: Option<N>,
}

impl<N: PartialOrd + Copy> Bounds<N> {
    /// Returns `true` if both sides are unlimited, so that every number is within the limits.
    pub fn is_open(&self) -> bool {
        self.min.is_none() && self.max.is_none()
    }

    /// Returns `true` if `n` is within the limits, which are inclusive.
    pub fn contains(&self, n: N) -> bool {
        self.min.is_none_or(|min| n >= min) && self.max.is_none_or(|max| n <= max)
    }
}

/// The form of text that identifies a resource, in a reference or as the value of `Ref`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Amazon Resource Name (ARN).
    Arn,
    /// Identifier assigned by AWS, or a value that AWS calls an identifier.
    Id,
    /// Name of the resource.
    Name,
}

impl Kind {
    /// Returns the keyword for the kind in the model files, for example `arn`.
    pub fn as_word(self) -> &'static str {
        match self {
            Self::Arn => "arn",
            Self::Id => "id",
            Self::Name => "name",
        }
    }

    /// Returns the kind for a keyword of the model files, or `None` for an unknown one.
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Arn, Self::Id, Self::Name]
            .into_iter()
            .find(|kind| kind.as_word() == word)
    }
}

/// A resource to which text can refer, for example the role of a function.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Target {
    /// Full name of the resource type, for example `AWS::IAM::Role`.
    pub resource: Text,
    /// Part of the resource that the text contains: ARN, ID, name or a property.
    pub by: TargetAttribute,
}

/// The part of the referenced resource that a reference contains.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TargetAttribute {
    /// The ARN, ID or name of the resource.
    Kind(Kind),
    /// Another property or attribute of the resource, by name.
    Property(Text),
}

/// The value that the intrinsic function `Ref` returns for a resource.
#[derive(Debug, Clone, PartialEq, Eq, Default, Hash)]
#[non_exhaustive]
pub struct RefReturns {
    /// Form of the value: ARN, ID or name. `None` if it has another form or is unknown.
    pub kind: Option<Kind>,
    /// Properties whose values are returned, joined with `|`. The list is empty if unknown.
    pub properties: Vec<Path>,
}

impl RefReturns {
    /// Creates a value that consists of the given properties and whose form is unknown.
    pub fn from_properties(properties: Vec<Path>) -> Self {
        Self {
            kind: None,
            properties,
        }
    }
}

/// The property that holds the tags of a resource, and their form.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Tags {
    /// Name of the top-level property, `Tags` for nearly all resource types.
    pub property: Text,
    /// Form of the tags in the property: a list or a map.
    pub shape: TagShape,
}

impl Tags {
    /// Creates the description from the name of the property and the form of the tags.
    pub fn new(property: impl Into<Text>, shape: TagShape) -> Self {
        Self {
            property: property.into(),
            shape,
        }
    }
}

/// The form in which a resource type expects tags in the template.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TagShape {
    /// A list of objects: `[{Key, Value}]`.
    List,
    /// A map: `{key: value}`.
    Map,
    /// A list of objects with a flag: `[{Key, Value, PropagateAtLaunch}]`, for Auto Scaling groups.
    AutoScaling,
}

impl TagShape {
    /// Returns the keyword for the form in the model files, for example `auto-scaling`.
    pub fn as_word(self) -> &'static str {
        match self {
            Self::List => "list",
            Self::Map => "map",
            Self::AutoScaling => "auto-scaling",
        }
    }

    /// Returns the form for a keyword of the model files, or `None` for an unknown one.
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::List, Self::Map, Self::AutoScaling]
            .into_iter()
            .find(|shape| shape.as_word() == word)
    }
}

/// The order in which a replacement creates the new resource and deletes the old one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Replacement {
    /// The new resource is created before the old one is deleted.
    CreateFirst,
    /// The old resource is deleted before the new one is created, which causes an outage.
    DeleteFirst,
}

impl Replacement {
    /// Returns the keyword for the order in the model files, for example `create-first`.
    pub fn as_word(self) -> &'static str {
        match self {
            Self::CreateFirst => "create-first",
            Self::DeleteFirst => "delete-first",
        }
    }

    /// Returns the order for a keyword of the model files, or `None` for an unknown one.
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::CreateFirst, Self::DeleteFirst]
            .into_iter()
            .find(|order| order.as_word() == word)
    }
}

/// A constraint across the properties of one object, each of which is given by its name.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Rule {
    /// Exactly one of these sets must be set completely. An empty set always counts as set.
    ExactlyOne(Vec<Vec<Text>>),
    /// At least one of these sets of properties must be set completely.
    AtLeastOne(Vec<Vec<Text>>),
    /// If the first property is set, none of the others may be set.
    Excludes(Text, Vec<Text>),
    /// If the first property is set, all the others must be set.
    Requires(Text, Vec<Text>),
}

/// The path of a value below the properties of a resource: `DistributionConfig/Origins/*/Id`.
///
/// `*` stands for every item of a list or value of a map.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Path(pub Text);

impl Path {
    /// Returns the steps of the path, starting at the top-level property.
    pub fn steps(&self) -> impl Iterator<Item = &str> {
        self.0.split('/')
    }

    /// Returns `true` if the path is that of a top-level property.
    pub fn is_top_level(&self) -> bool {
        !self.0.contains('/')
    }
}

impl std::fmt::Display for Path {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}
