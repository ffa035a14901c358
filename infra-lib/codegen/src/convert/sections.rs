//! Conversion of all sections but resources: parameters, mappings, conditions, rules, outputs.

use serde_json::{Map, Value as JsonValue};

use super::code::{Brackets, Code, string_literal};
use super::expression::{as_intrinsic, scalar_text};
use super::scope::{EntrySet, Scope};
use super::statement::{Ids, Statement};
use super::{Problem, order};

impl<'s> Scope<'s> {
    pub(super) fn convert_parameters(
        &self,
        document: &'s Map<String, JsonValue>,
        ids: &mut Ids,
    ) -> Vec<Statement> {
        let mut statements = Vec::new();
        let entries = self.typed_entries(document, "Parameters");
        for (id, fields) in entries.filter_map(|(id, fields)| Some((id, fields.as_object()?))) {
            let kind = self.parameter_type(
                fields
                    .get("Type")
                    .and_then(JsonValue::as_str)
                    .unwrap_or("String"),
            );
            let mut code = Code::new_call(
                format!("{}::new", self.use_core("ParameterProps")),
                vec![kind],
            );
            for (name, value) in fields.iter().filter(|(name, _)| *name != "Type") {
                if let Some(Some((method, arguments))) = parameter_field(name, value) {
                    code = code.call_method(method, arguments);
                }
            }
            let (construct, pinned) = ids.claim_id(id, "Parameter");
            let code = code.call_method(
                "build",
                vec![
                    Code::from_text("stack"),
                    Code::from_text(string_literal(&construct)),
                ],
            );
            let entry = &self.entries[id];
            let statement = Statement::with_binding(&entry.variable, code)
                .with_comment(self.find_comment("Parameters", id));
            statements.push(self.pin_binding(statement, pinned.then_some(id)));
        }
        statements.extend(self.convert_kept(document, "Parameters"));
        statements
    }

    fn parameter_type(&self, name: &str) -> Code {
        let path = self.use_core("ParameterType");
        Code::from_text(match name {
            "String" => format!("{path}::String"),
            "Number" => format!("{path}::Number"),
            "List<Number>" => format!("{path}::NumberList"),
            "CommaDelimitedList" => format!("{path}::CommaDelimitedList"),
            "AWS::SSM::Parameter::Value<String>" => format!("{path}::SsmString"),
            "AWS::SSM::Parameter::Value<List<String>>" => format!("{path}::SsmStringList"),
            other => format!("{path}::Other({}.to_owned())", string_literal(other)),
        })
    }

    pub(super) fn convert_mappings(
        &self,
        document: &'s Map<String, JsonValue>,
        ids: &mut Ids,
    ) -> Vec<Statement> {
        let mut statements = Vec::new();
        let entries = self.typed_entries(document, "Mappings");
        for (id, table) in entries.filter_map(|(id, table)| Some((id, table.as_object()?))) {
            let rows = table
                .iter()
                .filter_map(|(top, row)| Some(self.mapping_row(top, row.as_object()?)));
            let rows = Code::new_list(rows.collect());
            let (construct, pinned) = ids.claim_id(id, "Mapping");
            let name = format!("{}::new", self.use_core("Mapping"));
            let arguments = vec![
                Code::from_text("stack"),
                Code::from_text(string_literal(&construct)),
                rows,
            ];
            let statement =
                Statement::with_binding(&self.mappings[id], Code::new_call(name, arguments))
                    .with_comment(self.find_comment("Mappings", id));
            statements.push(self.pin_binding(statement, pinned.then_some(id)));
        }
        statements.extend(self.convert_kept(document, "Mappings"));
        statements
    }

    fn mapping_row(&self, top: &str, row: &Map<String, JsonValue>) -> Code {
        let entries = row.iter().map(|(second, value)| {
            let data = self.use_core("Data");
            let value = match value {
                JsonValue::String(text) => Code::from_text(string_literal(text)),
                other => self.json_code(other),
            };
            let data = Code::new_call(format!("{data}::from"), vec![value]);
            Code::new_call("", vec![Code::from_text(string_literal(second)), data])
        });
        // Rows may have different numbers of columns.
        let row = Code::Call("vec!".to_owned(), Brackets::Square, entries.collect());
        Code::new_call("", vec![Code::from_text(string_literal(top)), row])
    }

    pub(super) fn convert_conditions(
        &self,
        document: &'s Map<String, JsonValue>,
        ids: &mut Ids,
        problems: &mut Vec<Problem>,
    ) -> Vec<Statement> {
        let entries: Vec<(&str, &JsonValue)> = self.typed_entries(document, "Conditions").collect();
        let uses = |json: &'s JsonValue| {
            let mut found = Vec::new();
            collect_conditions(json, &mut found);
            found
        };
        let sorted = order::sort_by_dependencies(&entries, |(_, expression)| uses(expression));
        for cycle in &sorted.cycles {
            problems.push(Problem::new(
                format!("Conditions.{}", cycle[0]),
                format!("conditions form a dependency cycle: {}", cycle.join(" → ")),
            ));
        }
        let statements = sorted.entries.into_iter().map(|(id, expression)| {
            let (construct, pinned) = ids.claim_id(id, "Condition");
            let name = format!("{}::new", self.use_core("Condition"));
            let arguments = vec![
                Code::from_text("stack"),
                Code::from_text(string_literal(&construct)),
                self.convert_condition(expression),
            ];
            self.define(EntrySet::Conditions, id);
            let statement =
                Statement::with_binding(&self.conditions[id], Code::new_call(name, arguments))
                    .with_comment(self.find_comment("Conditions", id));
            self.pin_binding(statement, pinned.then_some(id))
        });
        let mut statements: Vec<Statement> = statements.collect();
        statements.extend(self.convert_kept(document, "Conditions"));
        statements
    }

    /// Returns the expression of a condition, a rule or an assertion.
    fn convert_condition(&self, json: &'s JsonValue) -> Code {
        self.known_condition(json).unwrap_or_else(|| {
            let name = format!("{}::from_data", self.use_intrinsic("ConditionExpr"));
            Code::new_call(name, vec![self.json_code(json).call_method("into", vec![])])
        })
    }

    fn known_condition(&self, json: &'s JsonValue) -> Option<Code> {
        let map = json.as_object().filter(|map| map.len() == 1)?;
        let (function, argument) = map.iter().next()?;
        if function == "Condition" {
            return Some(Code::Text(self.find_condition(argument.as_str()?)?));
        }
        let items = argument.as_array()?;
        let all = |name| {
            let items = items.iter().map(|item| match self.convert_condition(item) {
                // A list needs expressions; a single condition could be a handle.
                Code::Text(handle) => Code::new_call(
                    format!("{}::from", self.use_intrinsic("ConditionExpr")),
                    vec![Code::Text(handle)],
                ),
                other => other,
            });
            let list = Code::new_list(items.collect());
            Code::new_call(self.use_intrinsic(name), vec![list])
        };
        match (function.as_str(), &items[..]) {
            ("Fn::Equals", [left, right]) => {
                let side = |json: &'s JsonValue| {
                    let fits = scalar_text(json).is_some() || as_intrinsic(json).is_some();
                    fits.then(|| {
                        self.convert_expression(json, &super::types::Meaning::String, None)
                            .code
                    })
                };
                let name = format!("{}::<String>", self.use_intrinsic("equals"));
                Some(Code::new_call(name, vec![side(left)?, side(right)?]))
            }
            ("Fn::Not", [inner]) => Some(Code::new_call(
                self.use_intrinsic("fn_not"),
                vec![self.convert_condition(inner)],
            )),
            ("Fn::And", _) => Some(all("fn_and")),
            ("Fn::Or", _) => Some(all("fn_or")),
            _ => None,
        }
    }

    pub(super) fn convert_rules(
        &self,
        document: &'s Map<String, JsonValue>,
        ids: &mut Ids,
    ) -> Vec<Statement> {
        let mut statements = Vec::new();
        for (id, rule) in self.typed_entries(document, "Rules") {
            let Some([first, others @ ..]) = rule["Assertions"].as_array().map(Vec::as_slice)
            else {
                continue;
            };
            let of = |assertion: &'s JsonValue| {
                let description = assertion["AssertDescription"].as_str().unwrap_or_default();
                vec![
                    self.convert_condition(&assertion["Assert"]),
                    Code::from_text(string_literal(description)),
                ]
            };
            let (construct, pinned) = ids.claim_id(id, "Rule");
            let mut arguments = vec![
                Code::from_text("stack"),
                Code::from_text(string_literal(&construct)),
            ];
            arguments.extend(of(first));
            let mut code = Code::new_call(format!("{}::new", self.use_core("Rule")), arguments);
            if let Some(condition) = rule.get("RuleCondition") {
                code = code.call_method("when", vec![self.convert_condition(condition)]);
            }
            for assertion in others {
                code = code.call_method("assert", of(assertion));
            }
            let statement =
                Statement::without_binding(code).with_comment(self.find_comment("Rules", id));
            statements.push(self.pin_expression(statement, pinned.then_some(id)));
        }
        statements.extend(self.convert_kept(document, "Rules"));
        statements
    }

    pub(super) fn convert_outputs(
        &self,
        document: &'s Map<String, JsonValue>,
        ids: &mut Ids,
    ) -> Vec<Statement> {
        let mut statements = Vec::new();
        let entries = self.typed_entries(document, "Outputs");
        for (id, output) in entries.filter_map(|(id, output)| Some((id, output.as_object()?))) {
            let Some(value) = output.get("Value") else {
                continue;
            };
            let (construct, pinned) = ids.claim_id(id, "Output");
            let arguments = vec![
                Code::from_text("stack"),
                Code::from_text(string_literal(&construct)),
                self.text_value(value),
            ];
            let mut code = Code::new_call(format!("{}::new", self.use_core("Output")), arguments);
            if let Some(text) = output.get("Description").and_then(scalar_text) {
                code =
                    code.call_method("description", vec![Code::from_text(string_literal(&text))]);
            }
            if let Some(export) = output.get("Export") {
                let name =
                    self.convert_expression(&export["Name"], &super::types::Meaning::String, None);
                code = code.call_method("export", vec![name.code]);
            }
            let condition = output.get("Condition").and_then(JsonValue::as_str);
            if let Some(variable) = condition.and_then(|name| self.find_condition(name)) {
                code = code.call_method("condition", vec![Code::Text(variable)]);
            }
            let statement =
                Statement::without_binding(code).with_comment(self.find_comment("Outputs", id));
            statements.push(self.pin_expression(statement, pinned.then_some(id)));
        }
        statements.extend(self.convert_kept(document, "Outputs"));
        statements
    }

    /// Adds a line that overrides the logical ID of a statement's variable, if its construct ID differs from the
    /// logical ID.
    fn pin_binding(&self, mut statement: Statement, id: Option<&str>) -> Statement {
        if let (Some(id), Some(variable)) = (id, statement.variable.clone()) {
            self.use_core("Construct");
            let handle = Code::Text(self.use_variable(&variable)).call_method("scope", vec![]);
            let pin = handle.call_method(
                "override_logical_id",
                vec![Code::from_text(string_literal(id))],
            );
            statement.follow.push(pin);
        }
        statement
    }

    /// Overrides the logical ID in the same statement, if no other statement needs the variable.
    fn pin_expression(&self, mut statement: Statement, id: Option<&str>) -> Statement {
        if let Some(id) = id {
            self.use_core("Construct");
            let handle = statement.code.call_method("scope", vec![]);
            statement.code = handle.call_method(
                "override_logical_id",
                vec![Code::from_text(string_literal(id))],
            );
        }
        statement
    }
}

/// Returns the method and arguments for a field of a parameter: `Some(None)` for the default value, `None` for
/// unknown fields.
#[expect(clippy::option_option, reason = "three answers, named above")]
pub(super) fn parameter_field(
    name: &str,
    value: &JsonValue,
) -> Option<Option<(&'static str, Vec<Code>)>> {
    let text = || scalar_text(value).map(|text| vec![Code::from_text(string_literal(&text))]);
    let whole = || {
        let number: i64 = scalar_text(value)?.parse().ok()?;
        Some((number, vec![Code::from_text(number.to_string())]))
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
            let values: Option<Vec<String>> = value.as_array()?.iter().map(scalar_text).collect();
            let values = values?
                .iter()
                .map(|text| Code::from_text(string_literal(text)))
                .collect();
            ("allowed_values", vec![Code::new_list(values)])
        }
        "MinLength" => ("min_length", length()?),
        "MaxLength" => ("max_length", length()?),
        "MinValue" => ("min_value", whole()?.1),
        "MaxValue" => ("max_value", whole()?.1),
        "NoEcho" => match &*scalar_text(value)? {
            "true" => ("no_echo", vec![]),
            "false" => return Some(None),
            _ => return None,
        },
        _ => return None,
    };
    Some(Some(field))
}

/// Returns the variant of `RemovalPolicy` for a `DeletionPolicy`.
pub(super) fn removal_policy(text: &str) -> Option<&'static str> {
    Some(match text {
        "Delete" => "Destroy",
        "Retain" => "Retain",
        "RetainExceptOnCreate" => "RetainExceptOnCreate",
        "Snapshot" => "Snapshot",
        _ => return None,
    })
}

/// Collects the conditions that a condition refers to.
fn collect_conditions<'s>(json: &'s JsonValue, found: &mut Vec<&'s str>) {
    match json {
        JsonValue::Object(map) => {
            if map.len() == 1
                && let Some(name) = map.get("Condition").and_then(JsonValue::as_str)
            {
                return found.push(name);
            }
            if let Some(("Fn::If", JsonValue::Array(items))) = as_intrinsic(json) {
                found.extend(items.first().and_then(JsonValue::as_str));
            }
            map.values()
                .for_each(|value| collect_conditions(value, found));
        }
        JsonValue::Array(items) => items
            .iter()
            .for_each(|item| collect_conditions(item, found)),
        _ => {}
    }
}
