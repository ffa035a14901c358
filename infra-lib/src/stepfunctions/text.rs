//! Definitions as JSON text with deferred parts.

use crate::core::{Data, Expr, Value};

/// Returns the data as one text: literals as JSON, deferred values as parts that CloudFormation fills in with `Fn::Join`,
/// as the CDK does.
///
/// A deferred value is quoted but not escaped: names, IDs, URLs and ARNs need no escaping.
pub(super) fn json_text(data: &Data) -> Value<String> {
    let mut parts = Parts::default();
    parts.write(data);
    match parts.0.as_mut_slice() {
        [only @ Data::Text(_)] => Value::from_data(std::mem::replace(only, Data::Null)),
        _ => Value::from_data(Expr::Join("".into(), Data::List(parts.0)).into()),
    }
}

#[derive(Default)]
struct Parts(Vec<Data>);

impl Parts {
    fn push(&mut self, text: &str) {
        if let Some(Data::Text(before)) = self.0.last_mut() {
            before.to_mut().push_str(text);
        } else {
            self.0.push(Data::from(text.to_owned()));
        }
    }

    fn write(&mut self, data: &Data) {
        match data {
            Data::List(items) => {
                self.push("[");
                for (at, item) in items.iter().enumerate() {
                    self.push(if at > 0 { "," } else { "" });
                    self.write(item);
                }
                self.push("]");
            }
            Data::Map(map) => {
                self.push("{");
                for (at, (key, item)) in map.iter().enumerate() {
                    self.push(if at > 0 { "," } else { "" });
                    self.push(&quote_json(key));
                    self.push(":");
                    self.write(item);
                }
                self.push("}");
            }
            Data::Text(text) => self.push(&quote_json(text)),
            Data::Expr(expr) => {
                self.push("\"");
                self.write_expr(expr, data);
                self.push("\"");
            }
            literal => self.push(&literal.to_json().to_string()),
        }
    }

    /// Writes a deferred text; joined ones part by part.
    fn write_expr(&mut self, expr: &Expr, data: &Data) {
        let Expr::Concat(parts) = expr else {
            self.0.push(data.clone());
            return;
        };
        for part in parts {
            match part {
                Data::Text(text) => {
                    let quoted = quote_json(text);
                    self.push(&quoted[1..quoted.len() - 1]);
                }
                Data::Expr(inner) => self.write_expr(inner, part),
                other => self.0.push(other.clone()),
            }
        }
    }
}

fn quote_json(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
