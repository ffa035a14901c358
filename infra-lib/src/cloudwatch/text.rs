//! JSON text with deferred parts, for properties such as `DashboardBody`.

use crate::core::{Data, Value, intrinsics};

/// Returns the data as one text: literals as JSON, deferred values as parts that CloudFormation fills in.
///
/// A deferred value is quoted but not escaped: names, IDs and ARNs need no escaping.
pub(super) fn json_text(data: &Data) -> Value<String> {
    let mut parts = Vec::new();
    write_parts(data, &mut parts);
    intrinsics::concat(parts)
}

fn write_parts(data: &Data, parts: &mut Vec<Data>) {
    let mut literal = |text: String| parts.push(Data::from(text));
    match data {
        Data::Null => literal("null".to_owned()),
        Data::Bool(value) => literal(value.to_string()),
        Data::Int(number) => literal(number.to_string()),
        Data::Float(number) => literal(serde_json::Value::from(*number).to_string()),
        Data::Text(text) => literal(quote_json(text)),
        Data::List(items) => {
            literal("[".to_owned());
            for (at, item) in items.iter().enumerate() {
                if at > 0 {
                    parts.push(Data::from(","));
                }
                write_parts(item, parts);
            }
            parts.push(Data::from("]"));
        }
        Data::Map(map) => {
            literal("{".to_owned());
            for (at, (key, item)) in map.iter().enumerate() {
                let comma = if at > 0 { "," } else { "" };
                parts.push(Data::from(format!("{comma}{}:", quote_json(key))));
                write_parts(item, parts);
            }
            parts.push(Data::from("}"));
        }
        Data::Expr(_) => parts.extend([Data::from("\""), data.clone(), Data::from("\"")]),
    }
}

fn quote_json(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
