//! Statements for constructs.

use serde_json::{Map, Value as JsonValue};

use super::Arg;
use super::plan::Match;
use crate::convert::Problem;
use crate::convert::code::{Code, string_literal};
use crate::convert::expression::{Expression, adapt_meaning};
use crate::convert::scope::{Entry, EntryKind, Scope};
use crate::convert::statement::Statement;
use crate::convert::types::{Bindings, Meaning};
use infra_schema::rust_names;

/// Conversion of a resource under a plan.
#[derive(Debug)]
pub(in crate::convert) enum Planned {
    /// The resource becomes a construct.
    Construct(Box<Statement>),
    /// A construct makes the resource; the calls complete it.
    Part(Option<Box<Statement>>),
}

impl<'s> Scope<'s> {
    /// Returns the statements of a resource that becomes a construct or a part of one.
    pub(in crate::convert) fn convert_planned(
        &self,
        id: &'s str,
        fields: &'s Map<String, JsonValue>,
        problems: &mut Vec<Problem>,
    ) -> Option<Planned> {
        if let Some(part) = self.plan.parts.get(id) {
            let main = &self.entries[part.main];
            let mut calls = part.calls.iter().map(|(method, arguments)| {
                let handle = Code::Text(self.use_variable(&main.variable));
                handle.call_method(*method, self.arguments(arguments))
            });
            let statement = calls.next().map(|first| {
                let mut statement = Statement::without_binding(first);
                statement.follow.extend(calls);
                Box::new(statement.with_comment(self.find_comment("Resources", id)))
            });
            return Some(Planned::Part(statement));
        }
        let found = self.plan.matches.get(id)?;
        let entry = &self.entries[id];
        let EntryKind::Resource(Some(bindings)) = entry.kind else {
            return None;
        };
        let name = self.use_item(found.recipe.service, found.recipe.construct);
        let start = Code::from_text(format!("{name}::builder()"));
        let built = found.calls.iter().fold(start, |code, (setter, arguments)| {
            code.call_method(*setter, self.arguments(arguments))
        });
        let place = vec![
            Code::from_text("stack"),
            Code::from_text(string_literal(&found.construct_id)),
        ];
        let code = built.call_method("build", place);
        let mut statement = Statement::with_binding(&entry.variable, code)
            .with_comment(self.find_comment("Resources", id));
        let construct = || Code::Text(self.use_variable(&entry.variable));
        let handle = || construct().call_method("cfn", vec![]);
        if let Some(code) = self.change(found, fields, bindings) {
            statement
                .follow
                .push(handle().call_method("modify", vec![code]));
        }
        if found.overrides_id {
            let argument = vec![Code::from_text(string_literal(id))];
            statement
                .follow
                .push(handle().call_method("override_logical_id", argument));
        }
        if let Some(policy) = found.replacement {
            let path = format!("{}::{policy}", self.use_core("RemovalPolicy"));
            let argument = vec![Code::from_text(path)];
            statement
                .follow
                .push(handle().call_method("apply_update_replace_policy", argument));
        }
        for (method, arguments) in &found.completion {
            statement
                .follow
                .push(construct().call_method(*method, self.arguments(arguments)));
        }
        let has_removal = found.recipe.removal.is_some();
        self.convert_attributes(
            id,
            fields,
            &handle,
            &mut statement.follow,
            problems,
            !has_removal,
        );
        Some(Planned::Construct(Box::new(statement)))
    }

    /// Returns the function that sets properties without setters through the binding.
    fn change(
        &self,
        found: &Match<'s>,
        fields: &'s Map<String, JsonValue>,
        bindings: Bindings<'s>,
    ) -> Option<Code> {
        let properties = fields.get("Properties")?;
        let mut code = Code::from_text("|props| props");
        for name in &found.changed {
            let property = bindings.schema.property(name)?;
            let meaning = bindings.property_meaning(None, property);
            let value = self.convert_expression(properties.get(name)?, &meaning, Some(bindings));
            code = code.call_method(rust_names::to_snake_case(name), vec![value.code]);
        }
        (!found.changed.is_empty()).then_some(code)
    }

    fn arguments(&self, arguments: &[Arg<'s>]) -> Vec<Code> {
        arguments.iter().map(|one| self.argument(one)).collect()
    }

    fn argument(&self, argument: &Arg<'s>) -> Code {
        match argument {
            Arg::Plain(text) => Code::from_text(text),
            Arg::Core(name, rest) => Code::from_text(format!("{}{rest}", self.use_core(name))),
            Arg::Item(service, name, rest) => {
                Code::from_text(format!("{}{rest}", self.use_item(service, name)))
            }
            Arg::Value(json, meaning) => self.convert_expression(json, meaning, None).code,
            // The plan takes constructs from the resources before, in the order of the statements.
            Arg::Handle(id) => Code::Text(self.use_variable(&self.entries[id].variable)),
            Arg::Reference(id) => Code::Text(format!(
                "&{}",
                self.use_variable(&self.entries[id].variable)
            )),
            Arg::Call(callee, arguments) => match self.argument(callee) {
                Code::Text(name) => Code::new_call(name, self.arguments(arguments)),
                other => other,
            },
            Arg::Chain(receiver, calls) => calls
                .iter()
                .fold(self.argument(receiver), |code, (method, arguments)| {
                    code.call_method(*method, self.arguments(arguments))
                }),
            Arg::List(items) => Code::new_list(self.arguments(items)),
        }
    }

    /// Returns the code of `Ref` or an attribute of a resource that is a construct or a part of one, `Some(None)` if it has none.
    #[expect(
        clippy::option_option,
        reason = "not planned, without a method, with one"
    )]
    pub(in crate::convert) fn planned_reference(
        &self,
        id: &str,
        entry: &Entry<'s>,
        attribute: &str,
        found: &Meaning<'s>,
        wanted: &Meaning<'s>,
    ) -> Option<Option<Expression<'s>>> {
        if let Some(part) = self.plan.parts.get(id) {
            let (method, references) = match part.handle {
                Some(handle) if self.find_entry(part.main).is_some() => handle,
                _ => return Some(None),
            };
            let Some((_, accessor)) = references.iter().find(|(name, _)| *name == attribute) else {
                return Some(None);
            };
            let main = &self.entries[part.main];
            let code = Code::Text(self.use_variable(&main.variable))
                .call_method(method, vec![])
                .call_method(*accessor, vec![]);
            return Some(Some(adapt_meaning(code, found, wanted)));
        }
        let recipe = self.plan.matches.get(id)?.recipe;
        let (_, accessor) = recipe
            .references
            .iter()
            .find(|(name, _)| *name == attribute)?;
        let code = Code::Text(self.use_variable(&entry.variable)).call_method(*accessor, vec![]);
        Some(Some(adapt_meaning(code, found, wanted)))
    }

    /// Returns the handle of the binding behind an entry.
    pub(in crate::convert) fn binding_handle(&self, id: &str, variable: &str) -> Option<Code> {
        if self.plan.parts.contains_key(id) {
            return None;
        }
        let code = Code::Text(self.use_variable(variable));
        match self.plan.matches.get(id) {
            Some(found) if found.recipe.is_closed => None,
            Some(_) => Some(code.call_method("cfn", vec![])),
            None => Some(code),
        }
    }
}
