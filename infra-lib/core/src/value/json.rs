//! Conversions between JSON and property data. Intrinsic functions are recognized by their single key.

use std::borrow::Cow;

use serde_json::Value as JsonValue;

use super::{Data, Expr, Map, Pseudo, StackOutput, Target};

impl From<JsonValue> for Data {
    /// Converts JSON as CloudFormation reads it: `{"Ref": …}` and `{"Fn::…": …}` become expressions.
    ///
    /// A malformed intrinsic function remains a map, so that the schema check can report its location.
    fn from(json: JsonValue) -> Self {
        match json {
            JsonValue::Null => Self::Null,
            JsonValue::Bool(value) => Self::Bool(value),
            JsonValue::Number(number) => match number.as_i64() {
                Some(whole) => Self::Int(whole),
                None => Self::Float(number.as_f64().unwrap_or(f64::NAN)),
            },
            JsonValue::String(text) => Self::Text(Cow::Owned(text)),
            JsonValue::Array(items) => Self::List(items.into_iter().map(Self::from).collect()),
            JsonValue::Object(entries) => {
                let mut map: Map = entries
                    .into_iter()
                    .map(|(k, v)| (k, Self::from(v)))
                    .collect();
                if map.len() == 1
                    && let Some((key, argument)) = map.0.pop()
                {
                    match parse_intrinsic(&key, argument) {
                        Ok(expr) => return Self::from(expr),
                        Err(argument) => map.0.push((key, argument)),
                    }
                }
                Self::Map(map)
            }
        }
    }
}

/// Returns the intrinsic function `key` with the argument, or the argument if `key` is not a function or the argument is malformed.
fn parse_intrinsic(key: &str, argument: Data) -> Result<Expr, Data> {
    let expr = match (key, &argument) {
        ("Ref", Data::Text(name)) => match Pseudo::from_name(name) {
            Some(pseudo) => Expr::Pseudo(pseudo),
            None => Expr::Ref(Target::Name(name.clone())),
        },
        ("Condition", Data::Text(name)) => Expr::Condition(Target::Name(name.clone())),
        ("Fn::GetAtt", Data::Text(dotted)) => match dotted.split_once('.') {
            Some((name, attribute)) => Expr::GetAtt(
                Target::Name(name.to_owned().into()),
                attribute.to_owned().into(),
            ),
            None => return Err(argument),
        },
        ("Fn::GetAtt", Data::List(items)) => match items.as_slice() {
            [Data::Text(name), Data::Text(attribute)] => {
                Expr::GetAtt(Target::Name(name.clone()), attribute.clone())
            }
            _ => return Err(argument),
        },
        ("Fn::Join", Data::List(items)) => match items.as_slice() {
            [Data::Text(separator), list] => Expr::Join(separator.clone(), list.clone()),
            _ => return Err(argument),
        },
        ("Fn::Split", Data::List(items)) => match items.as_slice() {
            [Data::Text(separator), text] => Expr::Split(separator.clone(), text.clone()),
            _ => return Err(argument),
        },
        ("Fn::Select", Data::List(items)) => match items.as_slice() {
            [index, list] => Expr::Select(index.clone(), list.clone()),
            _ => return Err(argument),
        },
        ("Fn::Sub", Data::Text(template)) => Expr::Sub(template.clone(), Vec::new()),
        ("Fn::Sub", Data::List(items)) => match items.as_slice() {
            [Data::Text(template), Data::Map(variables)] => {
                Expr::Sub(template.clone(), variables.0.clone())
            }
            _ => return Err(argument),
        },
        ("Fn::If", Data::List(items)) => match items.as_slice() {
            [Data::Text(condition), then, otherwise] => Expr::If(
                Target::Name(condition.clone()),
                then.clone(),
                otherwise.clone(),
            ),
            _ => return Err(argument),
        },
        ("Fn::And", Data::List(items)) => Expr::And(items.clone()),
        ("Fn::Or", Data::List(items)) => Expr::Or(items.clone()),
        ("Fn::Not", Data::List(items)) => match items.as_slice() {
            [condition] => Expr::Not(condition.clone()),
            _ => return Err(argument),
        },
        ("Fn::Equals", Data::List(items)) => match items.as_slice() {
            [left, right] => Expr::Equals(left.clone(), right.clone()),
            _ => return Err(argument),
        },
        ("Fn::FindInMap", Data::List(items)) => match items.as_slice() {
            [Data::Text(mapping), top, second] => Expr::FindInMap(
                Target::Name(mapping.clone()),
                top.clone(),
                second.clone(),
                None,
            ),
            [Data::Text(mapping), top, second, Data::Map(options)] if options.len() == 1 => {
                Expr::FindInMap(
                    Target::Name(mapping.clone()),
                    top.clone(),
                    second.clone(),
                    options.get("DefaultValue").cloned(),
                )
            }
            _ => return Err(argument),
        },
        ("Fn::GetAZs", _) => Expr::GetAzs(argument),
        ("Fn::Cidr", Data::List(items)) => match items.as_slice() {
            [block, count, bits] => Expr::Cidr(block.clone(), count.clone(), bits.clone()),
            _ => return Err(argument),
        },
        ("Fn::Base64", _) => Expr::Base64(argument),
        ("Fn::ImportValue", _) => Expr::ImportValue(argument),
        ("Fn::Length", _) => Expr::Length(argument),
        ("Fn::ToJsonString", _) => Expr::ToJsonString(argument),
        ("Fn::GetStackOutput", Data::Map(fields)) => {
            match (fields.get("StackName"), fields.get("OutputName")) {
                (Some(stack_name), Some(output_name)) => {
                    Expr::GetStackOutput(Box::new(StackOutput {
                        stack_name: stack_name.clone(),
                        region: fields
                            .get("Region")
                            .cloned()
                            .unwrap_or_else(|| Expr::Pseudo(Pseudo::Region).into()),
                        output_name: output_name.clone(),
                        role_arn: fields.get("RoleArn").cloned(),
                    }))
                }
                _ => return Err(argument),
            }
        }
        ("Fn::Transform", Data::Map(fields)) => match fields.get("Name") {
            Some(Data::Text(name)) => Expr::Transform(
                name.clone(),
                fields
                    .get("Parameters")
                    .cloned()
                    .unwrap_or(Data::Map(Map::new())),
            ),
            _ => return Err(argument),
        },
        _ => return Err(argument),
    };
    Ok(expr)
}

impl Data {
    /// Returns the JSON for a template.
    ///
    /// References to nodes must be resolved first. An unresolved reference is written as its node number, which every check of templates refuses.
    pub fn to_json(&self) -> JsonValue {
        match self {
            Self::Null => JsonValue::Null,
            Self::Bool(value) => JsonValue::Bool(*value),
            Self::Int(number) => JsonValue::from(*number),
            Self::Float(number) => float_to_json(*number),
            Self::Text(text) => JsonValue::from(&**text),
            Self::List(items) => JsonValue::Array(items.iter().map(Self::to_json).collect()),
            Self::Map(map) => map.to_json(),
            Self::Expr(expr) => expr.to_json(),
        }
    }
}

/// Writes whole numbers without a fraction, because CloudFormation compares `1.0` and `1` as text.
#[expect(
    clippy::cast_possible_truncation,
    reason = "only whole numbers below 2^53 are cast"
)]
fn float_to_json(number: f64) -> JsonValue {
    if number.fract() == 0.0 && number.abs() < 9_007_199_254_740_992.0 {
        JsonValue::from(number as i64)
    } else {
        JsonValue::from(number)
    }
}

impl Map {
    /// Returns the map as a JSON object.
    pub fn to_json(&self) -> JsonValue {
        JsonValue::Object(
            self.0
                .iter()
                .map(|(k, v)| (k.to_string(), v.to_json()))
                .collect(),
        )
    }
}

impl Target {
    /// Returns the logical ID, or the number of a node that is not resolved yet.
    pub(crate) fn logical_name(&self) -> Cow<'_, str> {
        match self {
            Self::Name(name) => Cow::Borrowed(name),
            Self::Node(id) => Cow::Owned(format!("<node {}>", id.index())),
        }
    }
}

impl Expr {
    fn to_json(&self) -> JsonValue {
        fn call_to_json(name: &str, argument: JsonValue) -> JsonValue {
            JsonValue::Object([(name.to_owned(), argument)].into_iter().collect())
        }
        fn list_to_json<'a>(items: impl IntoIterator<Item = &'a Data>) -> JsonValue {
            JsonValue::Array(items.into_iter().map(Data::to_json).collect())
        }
        match self {
            Self::Ref(target) => call_to_json("Ref", target.logical_name().into()),
            Self::GetAtt(target, attribute) => call_to_json(
                "Fn::GetAtt",
                JsonValue::from(vec![
                    target.logical_name().into_owned(),
                    attribute.to_string(),
                ]),
            ),
            Self::Pseudo(pseudo) => call_to_json("Ref", pseudo.name().into()),
            Self::Concat(parts) => concat_to_json(parts),
            Self::Join(separator, items) => call_to_json(
                "Fn::Join",
                JsonValue::Array(vec![JsonValue::from(&**separator), items.to_json()]),
            ),
            Self::Select(index, items) => call_to_json("Fn::Select", list_to_json([index, items])),
            Self::Split(separator, text) => call_to_json(
                "Fn::Split",
                JsonValue::Array(vec![JsonValue::from(&**separator), text.to_json()]),
            ),
            Self::Sub(template, variables) if variables.is_empty() => {
                call_to_json("Fn::Sub", JsonValue::from(&**template))
            }
            Self::Sub(template, variables) => {
                let variables = Map(variables.clone()).to_json();
                call_to_json(
                    "Fn::Sub",
                    JsonValue::Array(vec![JsonValue::from(&**template), variables]),
                )
            }
            Self::If(condition, then, otherwise) => call_to_json(
                "Fn::If",
                JsonValue::Array(vec![
                    condition.logical_name().into(),
                    then.to_json(),
                    otherwise.to_json(),
                ]),
            ),
            Self::And(items) => call_to_json("Fn::And", list_to_json(items)),
            Self::Or(items) => call_to_json("Fn::Or", list_to_json(items)),
            Self::Not(item) => call_to_json("Fn::Not", list_to_json([item])),
            Self::Equals(left, right) => call_to_json("Fn::Equals", list_to_json([left, right])),
            Self::Condition(target) => call_to_json("Condition", target.logical_name().into()),
            Self::FindInMap(mapping, top, second, default) => {
                let mut arguments = vec![
                    mapping.logical_name().into(),
                    top.to_json(),
                    second.to_json(),
                ];
                arguments.extend(
                    default
                        .iter()
                        .map(|value| call_to_json("DefaultValue", value.to_json())),
                );
                call_to_json("Fn::FindInMap", JsonValue::Array(arguments))
            }
            Self::GetAzs(region) => call_to_json("Fn::GetAZs", region.to_json()),
            Self::Cidr(block, count, bits) => {
                call_to_json("Fn::Cidr", list_to_json([block, count, bits]))
            }
            Self::Base64(text) => call_to_json("Fn::Base64", text.to_json()),
            Self::ImportValue(name) => call_to_json("Fn::ImportValue", name.to_json()),
            Self::GetStackOutput(output) => {
                let mut fields = serde_json::Map::new();
                fields.insert("StackName".to_owned(), output.stack_name.to_json());
                fields.insert("Region".to_owned(), output.region.to_json());
                fields.insert("OutputName".to_owned(), output.output_name.to_json());
                if let Some(role) = &output.role_arn {
                    fields.insert("RoleArn".to_owned(), role.to_json());
                }
                call_to_json("Fn::GetStackOutput", JsonValue::Object(fields))
            }
            Self::Length(items) => call_to_json("Fn::Length", items.to_json()),
            Self::ToJsonString(data) => call_to_json("Fn::ToJsonString", data.to_json()),
            Self::Transform(name, parameters) => {
                let mut fields = serde_json::Map::new();
                fields.insert("Name".to_owned(), JsonValue::from(&**name));
                fields.insert("Parameters".to_owned(), parameters.to_json());
                call_to_json("Fn::Transform", JsonValue::Object(fields))
            }
            Self::WithStrength(_, data) => data.to_json(),
        }
    }
}

/// Writes `Fn::Sub` if every part is text or a reference by name, because it is easier to read, and `Fn::Join` otherwise.
fn concat_to_json(parts: &[Data]) -> JsonValue {
    let mut template = String::new();
    for part in parts {
        match part {
            // `Fn::Sub` escapes a literal `${` as `${!`.
            Data::Text(text) => template.push_str(&text.replace("${", "${!")),
            Data::Expr(expr) => match &**expr {
                Expr::Ref(Target::Name(name)) => template.extend(["${", name, "}"]),
                Expr::GetAtt(Target::Name(name), attribute) => {
                    template.extend(["${", name, ".", attribute, "}"]);
                }
                Expr::Pseudo(pseudo) => template.extend(["${", pseudo.name(), "}"]),
                _ => return join_to_json(parts),
            },
            _ => return join_to_json(parts),
        }
    }
    JsonValue::Object(
        [("Fn::Sub".to_owned(), JsonValue::String(template))]
            .into_iter()
            .collect(),
    )
}

fn join_to_json(parts: &[Data]) -> JsonValue {
    let items = JsonValue::Array(parts.iter().map(Data::to_json).collect());
    JsonValue::Object(
        [(
            "Fn::Join".to_owned(),
            JsonValue::Array(vec![JsonValue::from(""), items]),
        )]
        .into_iter()
        .collect(),
    )
}
