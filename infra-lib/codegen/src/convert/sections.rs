//! Conversion of all sections but resources: parameters, mappings, conditions, rules, outputs.

use serde_json::{Map, Value as JsonValue};

use super::code::{Brackets, Code, string};
use super::expression::{function, scalar};
use super::scope::{Scope, section};
use super::statement::{Ids, Statement};
use super::{Problem, order};

impl<'s> Scope<'s> {
    pub(super) fn parameters(
        &self,
        document: &'s Map<String, JsonValue>,
        ids: &mut Ids,
        problems: &mut Vec<Problem>,
    ) -> Vec<Statement> {
        let mut statements = Vec::new();
        for (id, fields) in section(document, "Parameters") {
            let Some(fields) = fields.as_object() else {
                problems.push(Problem::new(
                    format!("Parameters.{id}"),
                    "a parameter must be a map",
                ));
                continue;
            };
            let kind = self.parameter_type(
                fields
                    .get("Type")
                    .and_then(JsonValue::as_str)
                    .unwrap_or("String"),
            );
            let mut code = Code::call(format!("{}::new", self.core("ParameterProps")), vec![kind]);
            for (name, value) in fields.iter().filter(|(name, _)| *name != "Type") {
                match parameter_field(name, value) {
                    Some(Some((method, arguments))) => code = code.method(method, arguments),
                    Some(None) => {}
                    None => problems.push(Problem::new(
                        format!("Parameters.{id}.{name}"),
                        "this attribute of a parameter cannot be expressed in Rust",
                    )),
                }
            }
            let (construct, pinned) = ids.claim(id, "Parameter");
            let code = code.method(
                "build",
                vec![Code::text("stack"), Code::text(string(&construct))],
            );
            let entry = &self.entries[id];
            let statement =
                Statement::binding(&entry.variable, code).commented(self.comment("Parameters", id));
            statements.push(self.pinned(statement, pinned.then_some(id)));
        }
        statements
    }

    fn parameter_type(&self, name: &str) -> Code {
        let path = self.core("ParameterType");
        Code::text(match name {
            "String" => format!("{path}::String"),
            "Number" => format!("{path}::Number"),
            "List<Number>" => format!("{path}::NumberList"),
            "CommaDelimitedList" => format!("{path}::CommaDelimitedList"),
            "AWS::SSM::Parameter::Value<String>" => format!("{path}::SsmString"),
            "AWS::SSM::Parameter::Value<List<String>>" => format!("{path}::SsmStringList"),
            other => format!("{path}::Other({}.to_owned())", string(other)),
        })
    }

    pub(super) fn mappings(
        &self,
        document: &'s Map<String, JsonValue>,
        ids: &mut Ids,
        problems: &mut Vec<Problem>,
    ) -> Vec<Statement> {
        let mut statements = Vec::new();
        for (id, table) in section(document, "Mappings") {
            let rows: Option<Vec<Code>> = table.as_object().and_then(|table| {
                table
                    .iter()
                    .map(|(top, row)| self.mapping_row(top, row))
                    .collect()
            });
            let Some(rows) = rows.filter(|rows| !rows.is_empty()) else {
                problems.push(Problem::new(
                    format!("Mappings.{id}"),
                    "a mapping must have two levels of keys, with strings or lists of strings; a macro in it cannot be converted to Rust",
                ));
                continue;
            };
            let (construct, pinned) = ids.claim(id, "Mapping");
            let name = format!("{}::new", self.core("Mapping"));
            let arguments = vec![
                Code::text("stack"),
                Code::text(string(&construct)),
                Code::list(rows),
            ];
            let statement = Statement::binding(&self.mappings[id], Code::call(name, arguments))
                .commented(self.comment("Mappings", id));
            statements.push(self.pinned(statement, pinned.then_some(id)));
        }
        statements
    }

    fn mapping_row(&self, top: &str, row: &JsonValue) -> Option<Code> {
        let entries: Option<Vec<Code>> = row
            .as_object()?
            .iter()
            .map(|(second, value)| {
                let data = self.core("Data");
                let data = match value {
                    JsonValue::String(text) => {
                        Code::call(format!("{data}::from"), vec![Code::text(string(text))])
                    }
                    JsonValue::Object(_) | JsonValue::Null => return None,
                    other => Code::call(format!("{data}::from"), vec![self.json(other)]),
                };
                Some(Code::call("", vec![Code::text(string(second)), data]))
            })
            .collect();
        // Rows may have different numbers of columns.
        let row = Code::Call("vec!".to_owned(), Brackets::Square, entries?);
        Some(Code::call("", vec![Code::text(string(top)), row]))
    }

    pub(super) fn conditions(
        &self,
        document: &'s Map<String, JsonValue>,
        ids: &mut Ids,
        problems: &mut Vec<Problem>,
    ) -> Vec<Statement> {
        let entries: Vec<(&str, &JsonValue)> = section(document, "Conditions").collect();
        let uses = |json: &'s JsonValue| {
            let mut found = Vec::new();
            conditions_in(json, &mut found);
            found
        };
        let sorted = match order::sorted(&entries, |(_, expression)| uses(expression)) {
            Ok(sorted) => sorted,
            Err(circle) => {
                problems.push(Problem::new(
                    "Conditions",
                    format!("conditions form a dependency cycle: {circle}"),
                ));
                return Vec::new();
            }
        };
        let statements = sorted.into_iter().map(|(id, expression)| {
            let (construct, pinned) = ids.claim(id, "Condition");
            let name = format!("{}::new", self.core("Condition"));
            let arguments = vec![
                Code::text("stack"),
                Code::text(string(&construct)),
                self.condition(expression),
            ];
            let statement = Statement::binding(&self.conditions[id], Code::call(name, arguments))
                .commented(self.comment("Conditions", id));
            self.pinned(statement, pinned.then_some(id))
        });
        statements.collect()
    }

    /// Returns the expression of a condition, a rule or an assertion.
    fn condition(&self, json: &'s JsonValue) -> Code {
        self.known_condition(json).unwrap_or_else(|| {
            let name = format!("{}::from_data", self.intrinsic("ConditionExpr"));
            Code::call(name, vec![self.json(json).method("into", vec![])])
        })
    }

    fn known_condition(&self, json: &'s JsonValue) -> Option<Code> {
        let map = json.as_object().filter(|map| map.len() == 1)?;
        let (function, argument) = map.iter().next()?;
        if function == "Condition" {
            let variable = self.conditions.get(argument.as_str()?)?;
            return Some(Code::Text(self.variable(variable)));
        }
        let items = argument.as_array()?;
        let all = |name| {
            let items = items.iter().map(|item| match self.condition(item) {
                // A list needs expressions; a single condition could be a handle.
                Code::Text(handle) => Code::call(
                    format!("{}::from", self.intrinsic("ConditionExpr")),
                    vec![Code::Text(handle)],
                ),
                other => other,
            });
            let list = Code::list(items.collect());
            Code::call(self.intrinsic(name), vec![list])
        };
        match (function.as_str(), &items[..]) {
            ("Fn::Equals", [left, right]) => {
                let side = |json: &'s JsonValue| {
                    let fits =
                        scalar(json).is_some() || super::expression::function(json).is_some();
                    fits.then(|| {
                        self.expression(json, &super::types::Meaning::String, None)
                            .code
                    })
                };
                let name = format!("{}::<String>", self.intrinsic("equals"));
                Some(Code::call(name, vec![side(left)?, side(right)?]))
            }
            ("Fn::Not", [inner]) => Some(Code::call(
                self.intrinsic("fn_not"),
                vec![self.condition(inner)],
            )),
            ("Fn::And", _) => Some(all("fn_and")),
            ("Fn::Or", _) => Some(all("fn_or")),
            _ => None,
        }
    }

    pub(super) fn rules(
        &self,
        document: &'s Map<String, JsonValue>,
        ids: &mut Ids,
        problems: &mut Vec<Problem>,
    ) -> Vec<Statement> {
        let mut statements = Vec::new();
        for (id, rule) in section(document, "Rules") {
            let assertions: Vec<&JsonValue> = rule["Assertions"]
                .as_array()
                .into_iter()
                .flatten()
                .collect();
            let known = |map: &Map<String, JsonValue>, names: &[&str]| {
                map.keys().all(|key| names.contains(&key.as_str()))
            };
            let fits = rule
                .as_object()
                .is_some_and(|rule| known(rule, &["Assertions", "RuleCondition"]))
                && assertions.iter().all(|assertion| {
                    assertion.as_object().is_some_and(|map| {
                        known(map, &["Assert", "AssertDescription"]) && map.contains_key("Assert")
                    })
                });
            let (Some(first), true) = (assertions.first(), fits) else {
                problems.push(Problem::new(
                    format!("Rules.{id}"),
                    "a rule must have `Assertions`, each with `Assert`",
                ));
                continue;
            };
            let of = |assertion: &'s JsonValue| {
                let description = assertion["AssertDescription"].as_str().unwrap_or_default();
                vec![
                    self.condition(&assertion["Assert"]),
                    Code::text(string(description)),
                ]
            };
            let (construct, pinned) = ids.claim(id, "Rule");
            let mut arguments = vec![Code::text("stack"), Code::text(string(&construct))];
            arguments.extend(of(first));
            let mut code = Code::call(format!("{}::new", self.core("Rule")), arguments);
            if let Some(condition) = rule.get("RuleCondition") {
                code = code.method("when", vec![self.condition(condition)]);
            }
            for assertion in &assertions[1..] {
                code = code.method("assert", of(assertion));
            }
            let statement = Statement::plain(code).commented(self.comment("Rules", id));
            statements.push(self.pin(statement, pinned.then_some(id)));
        }
        statements
    }

    pub(super) fn outputs(
        &self,
        document: &'s Map<String, JsonValue>,
        ids: &mut Ids,
        problems: &mut Vec<Problem>,
    ) -> Vec<Statement> {
        let mut statements = Vec::new();
        for (id, output) in section(document, "Outputs") {
            let known = ["Value", "Description", "Export", "Condition"];
            let strange = output
                .as_object()
                .and_then(|map| map.keys().find(|key| !known.contains(&key.as_str())));
            let export = output.get("Export");
            let export_fits = export.is_none_or(|export| {
                export
                    .as_object()
                    .is_some_and(|map| map.len() == 1 && map.contains_key("Name"))
            });
            let (Some(value), None, true) = (output.get("Value"), strange, export_fits) else {
                problems.push(Problem::new(
                    format!("Outputs.{id}"),
                    "an output can have `Value`, `Description`, `Condition` and `Export` with a `Name`",
                ));
                continue;
            };
            let (construct, pinned) = ids.claim(id, "Output");
            let arguments = vec![
                Code::text("stack"),
                Code::text(string(&construct)),
                self.text_value(value),
            ];
            let mut code = Code::call(format!("{}::new", self.core("Output")), arguments);
            if let Some(text) = output.get("Description").and_then(scalar) {
                code = code.method("description", vec![Code::text(string(&text))]);
            }
            if let Some(export) = export {
                let name = self.expression(&export["Name"], &super::types::Meaning::String, None);
                code = code.method("export", vec![name.code]);
            }
            if let Some(condition) = output.get("Condition").and_then(JsonValue::as_str) {
                match self.conditions.get(condition) {
                    Some(variable) => {
                        let variable = self.variable(variable);
                        code = code.method("condition", vec![Code::Text(variable)]);
                    }
                    None => problems.push(Problem::unknown_condition(
                        &format!("Outputs.{id}"),
                        condition,
                    )),
                }
            }
            let statement = Statement::plain(code).commented(self.comment("Outputs", id));
            statements.push(self.pin(statement, pinned.then_some(id)));
        }
        statements
    }

    /// Adds a line that overrides the logical ID of a statement's variable, if its construct ID differs from the
    /// logical ID.
    fn pinned(&self, mut statement: Statement, id: Option<&str>) -> Statement {
        if let (Some(id), Some(variable)) = (id, statement.variable.clone()) {
            self.core("Construct");
            let handle = Code::Text(self.variable(&variable)).method("scope", vec![]);
            let pin = handle.method("override_logical_id", vec![Code::text(string(id))]);
            statement.follow.push(pin);
        }
        statement
    }

    /// Overrides the logical ID in the same statement, if no other statement needs the variable.
    fn pin(&self, mut statement: Statement, id: Option<&str>) -> Statement {
        if let Some(id) = id {
            self.core("Construct");
            let handle = statement.code.method("scope", vec![]);
            statement.code = handle.method("override_logical_id", vec![Code::text(string(id))]);
        }
        statement
    }
}

/// Returns the method and arguments for a field of a parameter: `Some(None)` for the default value, `None` for
/// unknown fields.
#[expect(clippy::option_option, reason = "three answers, named above")]
fn parameter_field(name: &str, value: &JsonValue) -> Option<Option<(&'static str, Vec<Code>)>> {
    let text = || scalar(value).map(|text| vec![Code::text(string(&text))]);
    let whole = || {
        let number: i64 = scalar(value)?.parse().ok()?;
        Some((number, vec![Code::text(number.to_string())]))
    };
    let length = || {
        whole()
            .filter(|(number, _)| u32::try_from(*number).is_ok())
            .map(|(_, code)| code)
    };
    let field = match name {
        "Default" => ("default_value", text()?),
        "Description" => ("description", text()?),
        "AllowedPattern" => ("allowed_pattern", text()?),
        "ConstraintDescription" => ("constraint_description", text()?),
        "AllowedValues" => {
            let values: Option<Vec<String>> = value.as_array()?.iter().map(scalar).collect();
            let values = values?
                .iter()
                .map(|text| Code::text(string(text)))
                .collect();
            ("allowed_values", vec![Code::list(values)])
        }
        "MinLength" => ("min_length", length()?),
        "MaxLength" => ("max_length", length()?),
        "MinValue" => ("min_value", whole()?.1),
        "MaxValue" => ("max_value", whole()?.1),
        "NoEcho" => match &*scalar(value)? {
            "true" => ("no_echo", vec![]),
            "false" => return Some(None),
            _ => return None,
        },
        _ => return None,
    };
    Some(Some(field))
}

/// Collects the conditions that a condition refers to.
fn conditions_in<'s>(json: &'s JsonValue, found: &mut Vec<&'s str>) {
    match json {
        JsonValue::Object(map) => {
            if map.len() == 1
                && let Some(name) = map.get("Condition").and_then(JsonValue::as_str)
            {
                return found.push(name);
            }
            if let Some(("Fn::If", JsonValue::Array(items))) = function(json) {
                found.extend(items.first().and_then(JsonValue::as_str));
            }
            map.values().for_each(|value| conditions_in(value, found));
        }
        JsonValue::Array(items) => items.iter().for_each(|item| conditions_in(item, found)),
        _ => {}
    }
}
