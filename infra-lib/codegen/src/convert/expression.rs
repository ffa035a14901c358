//! Conversion of template values to Rust expressions of the type that the property needs.

use infra_schema::rust_names;
use serde_json::{Map, Value as JsonValue};

use super::code::{Brackets, Code, string_literal};
use super::json::{JsonCode, convert_json};
use super::scope::{EntryKind, Scope};
use super::text;
use super::types::{Bindings, Meaning};
use crate::emit::resource::POSITIONAL;

/// An expression with its Rust type, as far as the items of an array must agree on it.
#[derive(Clone, Debug)]
pub(super) struct Expression<'s> {
    pub(super) code: Code,
    pub(super) form: Form<'s>,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Form<'s> {
    /// A literal, a property type or an array, with the Rust type it has.
    Plain(String),
    /// The handle of a parameter, which is text.
    Parameter,
    /// An expression of type `Value<…>`.
    Value(Meaning<'s>),
}

impl<'s> Scope<'s> {
    /// Returns an expression that is accepted where `wanted` is needed.
    ///
    /// `bindings` are those of the resource, whose property types may be inside.
    pub(super) fn convert_expression(
        &self,
        json: &'s JsonValue,
        wanted: &Meaning<'s>,
        bindings: Option<Bindings<'s>>,
    ) -> Expression<'s> {
        if let Some((function, argument)) = as_intrinsic(json) {
            return self
                .convert_function(function, argument, wanted, bindings)
                .unwrap_or_else(|| self.raw_value(json, wanted));
        }
        self.convert_literal(json, wanted, bindings)
            .unwrap_or_else(|| self.raw_value(json, wanted))
    }

    /// Returns an expression of type `Value<T>`, with `T` a kind of text.
    pub(super) fn text_value(&self, json: &'s JsonValue) -> Code {
        self.as_text_value(self.convert_expression(json, &Meaning::String, None))
    }

    /// Converts an expression to type `Value<T>`, with `T` a kind of text.
    pub(super) fn as_text_value(&self, found: Expression<'s>) -> Code {
        match found.form {
            Form::Value(meaning) if meaning.is_text() => found.code,
            Form::Parameter => found.code.call_method("value::<String>", vec![]),
            _ => Code::new_call(
                format!("{}::<String>", self.use_core("value")),
                vec![found.code],
            ),
        }
    }

    fn convert_literal(
        &self,
        json: &'s JsonValue,
        wanted: &Meaning<'s>,
        bindings: Option<Bindings<'s>>,
    ) -> Option<Expression<'s>> {
        let plain = |form: &str, code: String| {
            Some(Expression {
                code: Code::Text(code),
                form: Form::Plain(form.to_owned()),
            })
        };
        match (wanted, json) {
            (Meaning::String | Meaning::Reference(..), _) => {
                plain("&str", string_literal(&scalar_text(json)?))
            }
            (Meaning::Enumeration(path, values), JsonValue::String(text)) => {
                if let Some(bindings) = bindings {
                    self.use_module(bindings);
                }
                let constants = rust_names::name_constants(values);
                let constant = constants
                    .into_iter()
                    .find(|(value, _)| **value == **text)
                    .and_then(|(_, constant)| constant);
                plain(
                    path,
                    match constant {
                        Some(constant) => format!("{path}::{constant}"),
                        None => format!("{path}::other({})", string_literal(text)),
                    },
                )
            }
            (Meaning::Integer, _) => {
                let number: i64 = scalar_text(json)?.parse().ok()?;
                // Rejects spellings such as `08` and `+8`, which would change.
                (number.to_string() == scalar_text(json)?).then_some(())?;
                // An integer literal without a suffix is an `i32`.
                let suffix = if i32::try_from(number).is_ok() {
                    ""
                } else {
                    "_i64"
                };
                plain(
                    if suffix.is_empty() { "i32" } else { "i64" },
                    format!("{number}{suffix}"),
                )
            }
            (Meaning::Number, _) => {
                let number: f64 = scalar_text(json)?.parse().ok()?;
                (number.is_finite() && JsonValue::from(number).as_f64() == json_number(json))
                    .then_some(())?;
                plain("f64", format!("{number:?}"))
            }
            (Meaning::Boolean, JsonValue::Bool(value)) => plain("bool", value.to_string()),
            (Meaning::Boolean, JsonValue::String(text)) if text == "true" || text == "false" => {
                plain("bool", text.clone())
            }
            (Meaning::Json, _) => Some(self.free_form(json)),
            (Meaning::Definition(name), JsonValue::Object(members)) => {
                self.convert_definition(name, members, bindings?)
            }
            (Meaning::List(item), JsonValue::Array(items)) if !items.is_empty() => {
                let items = items
                    .iter()
                    .map(|json| self.convert_expression(json, item, bindings))
                    .collect();
                let (items, form) = self.unify_items(items, item);
                let form = format!("[{form}; {}]", items.len());
                Some(Expression {
                    code: Code::new_list(items),
                    form: Form::Plain(form),
                })
            }
            (Meaning::Map(value), JsonValue::Object(entries)) if !entries.is_empty() => {
                let values = entries
                    .values()
                    .map(|json| self.convert_expression(json, value, bindings))
                    .collect();
                let (values, form) = self.unify_items(values, value);
                let form = format!("[(&str, {form}); {}]", values.len());
                let pairs = entries.keys().zip(values);
                let pairs = pairs.map(|(key, value)| {
                    Code::new_call("", vec![Code::from_text(string_literal(key)), value])
                });
                Some(Expression {
                    code: Code::new_list(pairs.collect()),
                    form: Form::Plain(form),
                })
            }
            _ => None,
        }
    }

    /// Returns the items of an array, which must have one Rust type: unchanged, or each converted to a `Value`.
    fn unify_items(
        &self,
        items: Vec<Expression<'s>>,
        meaning: &Meaning<'s>,
    ) -> (Vec<Code>, String) {
        let alike = items.windows(2).all(|pair| pair[0].form == pair[1].form);
        if alike && let Some(first) = items.first() {
            let form = format!("{:?}", first.form);
            return (items.into_iter().map(|item| item.code).collect(), form);
        }
        let make = format!("{}{}", self.use_core("value"), meaning.turbofish_suffix());
        let values = items.into_iter().map(|item| match item.form {
            Form::Value(found) if found == *meaning => item.code,
            _ => Code::new_call(make.clone(), vec![item.code]),
        });
        (
            values.collect(),
            format!("{:?}", Form::Value(meaning.clone())),
        )
    }

    /// Returns free-form JSON. Its functions stay as in the template and name entries by logical ID.
    fn free_form(&self, value: &JsonValue) -> Expression<'s> {
        Expression {
            code: self.json_code(value),
            form: Form::Plain("json".to_owned()),
        }
    }

    /// Returns `json!(…)` for a value.
    pub(super) fn json_code(&self, value: &JsonValue) -> Code {
        match convert_json(value) {
            JsonCode::Macro(code) => {
                self.used.borrow_mut().json = true;
                code
            }
            JsonCode::Text(code) => {
                self.used.borrow_mut().from_text = true;
                code
            }
        }
    }

    /// Returns a value that the bindings cannot express.
    fn raw_value(&self, json: &'s JsonValue, wanted: &Meaning<'s>) -> Expression<'s> {
        if *wanted == Meaning::Json {
            return self.free_form(json);
        }
        self.used.borrow_mut().raw = true;
        self.use_core("Value");
        Expression {
            code: Code::new_call(
                format!("raw{}", wanted.turbofish_suffix()),
                vec![self.json_code(json)],
            ),
            form: Form::Value(wanted.clone()),
        }
    }

    fn convert_definition(
        &self,
        name: &'s str,
        members: &'s Map<String, JsonValue>,
        bindings: Bindings<'s>,
    ) -> Option<Expression<'s>> {
        let definition = bindings.schema.definition(name)?;
        let settable = |name: &str| definition.property(name).filter(|member| !member.read_only);
        if !members.keys().all(|name| settable(name).is_some()) {
            return None;
        }
        let path = bindings.definition_path(name);
        let required: Vec<_> = definition
            .properties
            .iter()
            .filter(|p| p.required && !p.read_only)
            .collect();
        let of = |name: &str| {
            let member = settable(name)?;
            let meaning = bindings.property_meaning(Some(definition), member);
            Some(self.convert_expression(members.get(name)?, &meaning, Some(bindings)))
        };
        let mut code = self.call_constructor(
            &path,
            &path,
            &required.iter().map(|p| &*p.name).collect::<Vec<_>>(),
            &of,
        )?;
        for name in members.keys() {
            if required.iter().all(|member| member.name != *name) {
                code = code.call_method(rust_names::to_snake_case(name), vec![of(name)?.code]);
            }
        }
        self.use_module(bindings);
        Some(Expression {
            code,
            form: Form::Plain(path),
        })
    }

    /// Returns `Path::new(…)` with the required properties, or `None` if one of them is missing.
    pub(super) fn call_constructor(
        &self,
        path: &str,
        required_path: &str,
        required: &[&str],
        of: &dyn Fn(&str) -> Option<Expression<'s>>,
    ) -> Option<Code> {
        let values: Option<Vec<_>> = required.iter().map(|name| of(name)).collect();
        let values = values?;
        if required.len() <= POSITIONAL {
            let arguments = values.into_iter().map(|value| value.code).collect();
            return Some(Code::new_call(format!("{path}::new"), arguments));
        }
        let fields = required.iter().zip(values).map(|(name, found)| {
            let code = Code::new_call(self.use_core("value"), vec![found.code]);
            Code::Field(rust_names::to_snake_case(name), Box::new(code))
        });
        let fields = Code::Call(
            format!("{required_path}Required"),
            Brackets::Curly,
            fields.collect(),
        );
        Some(Code::new_call(format!("{path}::new"), vec![fields]))
    }

    fn convert_function(
        &self,
        function: &str,
        argument: &'s JsonValue,
        wanted: &Meaning<'s>,
        bindings: Option<Bindings<'s>>,
    ) -> Option<Expression<'s>> {
        // Functions inside JSON stay unchanged, except for references that are the whole value.
        if *wanted == Meaning::Json && !matches!(function, "Ref" | "Fn::GetAtt" | "Fn::If") {
            return None;
        }
        let generic = |code: Code| Expression {
            code,
            form: Form::Value(wanted.clone()),
        };
        let texts = Meaning::List(Box::new(Meaning::String));
        let text = |json| self.convert_expression(json, &Meaning::String, None).code;
        let list = |json| self.convert_expression(json, &texts, None).code;
        let fish = wanted.turbofish_suffix();
        match (function, argument) {
            ("Ref", JsonValue::String(name)) => self.convert_ref(name, wanted),
            ("Fn::GetAtt", _) => {
                let (name, attribute) = get_att(argument)?;
                self.convert_get_att(name, attribute, wanted)
            }
            ("Fn::Sub", JsonValue::String(template)) if text::literal_text(template).is_some() => {
                let literal = string_literal(&text::literal_text(template)?);
                wanted.is_text().then(|| Expression {
                    code: Code::Text(literal),
                    form: Form::Plain("&str".to_owned()),
                })
            }
            ("Fn::Sub", _) => {
                let parts = text::convert_sub(self, argument)?;
                Some(adapt_meaning(parts, &Meaning::String, wanted))
            }
            ("Fn::Join", JsonValue::Array(arguments)) => {
                let [JsonValue::String(separator), items] = &arguments[..] else {
                    return None;
                };
                let code = match items {
                    JsonValue::Array(items) if separator.is_empty() && !items.is_empty() => {
                        text::concat_items(self, items)
                    }
                    _ => Code::new_call(
                        self.use_intrinsic("join"),
                        vec![Code::from_text(string_literal(separator)), list(items)],
                    ),
                };
                Some(adapt_meaning(code, &Meaning::String, wanted))
            }
            ("Fn::Split", JsonValue::Array(arguments)) => {
                let [JsonValue::String(separator), whole] = &arguments[..] else {
                    return None;
                };
                let code = Code::new_call(
                    self.use_intrinsic("split"),
                    vec![Code::from_text(string_literal(separator)), text(whole)],
                );
                Some(adapt_meaning(code, &texts, wanted))
            }
            ("Fn::Select", JsonValue::Array(arguments)) => {
                let [index, items] = &arguments[..] else {
                    return None;
                };
                let number: Option<u32> = scalar_text(index).and_then(|index| index.parse().ok());
                let code = match number {
                    Some(number) => Code::new_call(
                        format!("{}::<String>", self.use_intrinsic("select")),
                        vec![Code::from_text(number.to_string()), list(items)],
                    ),
                    None => Code::new_call(
                        format!("{}::<String>", self.use_intrinsic("select_at")),
                        vec![
                            self.convert_expression(index, &Meaning::Integer, None).code,
                            list(items),
                        ],
                    ),
                };
                Some(adapt_meaning(code, &Meaning::String, wanted))
            }
            ("Fn::GetAZs", _) => {
                let code = Code::new_call(self.use_intrinsic("get_azs"), vec![text(argument)]);
                Some(adapt_meaning(code, &texts, wanted))
            }
            ("Fn::Cidr", JsonValue::Array(arguments)) => {
                let [block, count, bits] = &arguments[..] else {
                    return None;
                };
                let number = |json| self.convert_expression(json, &Meaning::Integer, None).code;
                let code = Code::new_call(
                    self.use_intrinsic("cidr"),
                    vec![text(block), number(count), number(bits)],
                );
                Some(adapt_meaning(code, &texts, wanted))
            }
            ("Fn::Base64", _) => {
                let code = Code::new_call(self.use_intrinsic("base64"), vec![text(argument)]);
                Some(adapt_meaning(code, &Meaning::String, wanted))
            }
            ("Fn::ImportValue", _) => {
                let name = format!("{}{fish}", self.use_intrinsic("import_value"));
                Some(generic(Code::new_call(name, vec![text(argument)])))
            }
            ("Fn::FindInMap", JsonValue::Array(arguments)) => {
                let [JsonValue::String(mapping), top, second] = &arguments[..] else {
                    return None;
                };
                let mapping = self.use_variable(self.mappings.get(mapping.as_str())?);
                let name = format!("{}{fish}", self.use_intrinsic("find_in_map"));
                Some(generic(Code::new_call(
                    name,
                    vec![Code::Text(mapping), text(top), text(second)],
                )))
            }
            ("Fn::If", JsonValue::Array(arguments)) => {
                let [JsonValue::String(condition), then, otherwise] = &arguments[..] else {
                    return None;
                };
                let condition = self.find_condition(condition)?;
                let branch = |json| self.convert_expression(json, wanted, bindings).code;
                let name = format!("{}{fish}", self.use_intrinsic("fn_if"));
                let arguments = vec![Code::Text(condition), branch(then), branch(otherwise)];
                Some(generic(Code::new_call(name, arguments)))
            }
            _ => None,
        }
    }

    /// Returns the expression for `Ref` of a resource, a parameter or a pseudo parameter.
    pub(super) fn convert_ref(&self, name: &str, wanted: &Meaning<'s>) -> Option<Expression<'s>> {
        let fish = wanted.turbofish_suffix();
        let pseudo = |function: &str| {
            Code::new_call(format!("{}::{function}", self.use_core("pseudo")), vec![])
        };
        let known = match name {
            "AWS::NoValue" => {
                let code = pseudo(&format!("no_value{fish}"));
                return Some(Expression {
                    code,
                    form: Form::Value(wanted.clone()),
                });
            }
            "AWS::AccountId" => pseudo("account_id"),
            "AWS::Partition" => pseudo("partition"),
            "AWS::Region" => pseudo("region"),
            "AWS::StackName" => pseudo("stack_name"),
            "AWS::URLSuffix" => pseudo("url_suffix"),
            "AWS::StackId" => Code::from_text(format!(
                "{}::Pseudo::StackId.value()",
                self.use_core("pseudo")
            )),
            "AWS::NotificationARNs" => {
                let code = Code::from_text(format!(
                    "{}::Pseudo::NotificationArns.value()",
                    self.use_core("pseudo")
                ));
                let code = code.call_method(format!("cast{fish}"), vec![]);
                return Some(Expression {
                    code,
                    form: Form::Value(wanted.clone()),
                });
            }
            _ => {
                let entry = self.find_entry(name)?;
                let variable = Code::Text(self.use_variable(&entry.variable));
                return Some(match entry.kind {
                    EntryKind::Parameter if *wanted == Meaning::String => Expression {
                        code: variable,
                        form: Form::Parameter,
                    },
                    EntryKind::Parameter => Expression {
                        code: variable.call_method(format!("value{fish}"), vec![]),
                        form: Form::Value(wanted.clone()),
                    },
                    EntryKind::Resource(Some(bindings)) => {
                        let found = bindings.ref_meaning();
                        match self.planned_reference(name, entry, "Ref", &found, wanted) {
                            Some(reference) => return reference,
                            None => adapt_meaning(
                                self.binding_handle(name, &entry.variable)?
                                    .call_method("ref_", vec![]),
                                &found,
                                wanted,
                            ),
                        }
                    }
                    EntryKind::Resource(None) => Expression {
                        code: variable.call_method(format!("ref_value{fish}"), vec![]),
                        form: Form::Value(wanted.clone()),
                    },
                });
            }
        };
        Some(adapt_meaning(known, &Meaning::String, wanted))
    }

    /// Returns the expression for `Fn::GetAtt`.
    pub(super) fn convert_get_att(
        &self,
        name: &str,
        attribute: &str,
        wanted: &Meaning<'s>,
    ) -> Option<Expression<'s>> {
        let entry = self.find_entry(name)?;
        let EntryKind::Resource(bindings) = entry.kind else {
            return None;
        };
        if let Some((_, meaning)) =
            bindings.and_then(|bindings| bindings.attribute_method(attribute))
            && let Some(reference) =
                self.planned_reference(name, entry, attribute, &meaning, wanted)
        {
            return reference;
        }
        let variable = self.binding_handle(name, &entry.variable)?;
        if let Some((method, meaning)) =
            bindings.and_then(|bindings| bindings.attribute_method(attribute))
        {
            return Some(adapt_meaning(
                variable.call_method(method, vec![]),
                &meaning,
                wanted,
            ));
        }
        let method = format!("attr_value{}", wanted.turbofish_suffix());
        Some(Expression {
            code: variable.call_method(method, vec![Code::from_text(string_literal(attribute))]),
            form: Form::Value(wanted.clone()),
        })
    }
}

/// Converts a `Value` of one meaning to another.
pub(super) fn adapt_meaning<'s>(
    code: Code,
    found: &Meaning<'s>,
    wanted: &Meaning<'s>,
) -> Expression<'s> {
    if found.is_assignable_to(wanted) {
        return Expression {
            code,
            form: Form::Value(found.clone()),
        };
    }
    let code = code.call_method(format!("cast{}", wanted.turbofish_suffix()), vec![]);
    Expression {
        code,
        form: Form::Value(wanted.clone()),
    }
}

/// Returns the intrinsic function and its argument if the value is a function call.
pub(super) fn as_intrinsic(json: &JsonValue) -> Option<(&str, &JsonValue)> {
    let map = json.as_object().filter(|map| map.len() == 1)?;
    let (name, argument) = map.iter().next()?;
    (name == "Ref" || name.starts_with("Fn::")).then_some((name, argument))
}

/// Returns the resource and attribute of `Fn::GetAtt`, in either form.
pub(super) fn get_att(argument: &JsonValue) -> Option<(&str, &str)> {
    match argument {
        JsonValue::String(dotted) => dotted.split_once('.'),
        JsonValue::Array(parts) => match &parts[..] {
            [JsonValue::String(name), JsonValue::String(attribute)] => Some((name, attribute)),
            _ => None,
        },
        _ => None,
    }
}

/// Returns a scalar as CloudFormation compares it: `80` equals `"80"`, `true` equals `"true"`.
pub(super) fn scalar_text(json: &JsonValue) -> Option<String> {
    match json {
        JsonValue::String(text) => Some(text.clone()),
        JsonValue::Number(_) | JsonValue::Bool(_) => Some(json.to_string()),
        _ => None,
    }
}

fn json_number(json: &JsonValue) -> Option<f64> {
    match json {
        JsonValue::String(text) => text.parse().ok(),
        other => other.as_f64(),
    }
}
