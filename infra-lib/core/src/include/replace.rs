//! Replaces references to parameters of a template by values.

use std::collections::BTreeMap;

use crate::template::sub_placeholders;
use crate::value::{Data, Expr, Target};

/// Replaces `Ref` and `Fn::Sub` of the given parameters, at any depth.
pub(super) fn replace_parameters(data: &mut Data, values: &BTreeMap<String, Data>) {
    match data {
        Data::List(items) => items
            .iter_mut()
            .for_each(|item| replace_parameters(item, values)),
        Data::Map(map) => map
            .0
            .iter_mut()
            .for_each(|(_, item)| replace_parameters(item, values)),
        Data::Expr(expr) => {
            if let Expr::Ref(Target::Name(name)) = &**expr
                && let Some(value) = values.get(&**name)
            {
                *data = value.clone();
                return;
            }
            expr.for_each_child_mut(&mut |child| replace_parameters(child, values));
            if let Expr::Sub(template, variables) = &mut **expr {
                for name in sub_placeholders(template) {
                    let is_own = variables.iter().any(|(own, _)| own == name);
                    if let Some(value) = values.get(name).filter(|_| !is_own) {
                        variables.push((name.to_owned().into(), value.clone()));
                    }
                }
            }
        }
        _ => {}
    }
}
