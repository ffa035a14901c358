//! Conversion of rows to JSON and back by the types of their columns, so that SQLite and PostgreSQL produce the same file.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, SecondsFormat, Utc};
use sea_orm::sea_query::ColumnType;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, IdenStatic as _, Iterable as _, ModelTrait, Value,
};
use serde_json::Value as Json;

use super::rejection_error;
use crate::error::Error;

/// Returns the name of a table.
pub(super) fn table<E: EntityTrait>() -> String {
    E::default().table_name().to_owned()
}

/// Returns the names of the columns of a table.
pub(super) fn columns<E: EntityTrait>() -> Vec<String> {
    E::Column::iter()
        .map(|column| column.as_str().to_owned())
        .collect()
}

/// Returns the values of a row, in the order of [`columns`].
pub(super) fn to_json<M: ModelTrait>(row: &M) -> Result<Vec<Json>, Error> {
    <M::Entity as EntityTrait>::Column::iter()
        .map(|column| value_to_json(row.get(column)))
        .collect()
}

/// Builds a row from values by the names of their columns. Columns that the file does not have get their default in the database.
pub(super) fn from_json<E: EntityTrait>(
    names: &[String],
    values: Vec<Json>,
) -> Result<E::ActiveModel, Error>
where
    E::ActiveModel: ActiveModelTrait<Entity = E>,
{
    if names.len() != values.len() {
        return Err(rejection_error(
            "the numbers of values and columns in a row differ",
        ));
    }
    let mut row = <E::ActiveModel as ActiveModelTrait>::default();
    for (name, value) in names.iter().zip(values) {
        let column = E::Column::iter()
            .find(|column| column.as_str() == name)
            .ok_or_else(|| {
                rejection_error(format!("the column {name} is unknown to this program"))
            })?;
        let value = value_from_json(column, value).ok_or_else(|| {
            rejection_error(format!("a value of the column {name} cannot be read"))
        })?;
        row.try_set(column, value)?;
    }
    Ok(row)
}

fn value_to_json(value: Value) -> Result<Json, Error> {
    Ok(match value {
        Value::Bool(value) => value.into(),
        Value::SmallInt(value) => value.into(),
        Value::Int(value) => value.into(),
        Value::BigInt(value) => value.into(),
        Value::String(value) => value.into(),
        Value::Bytes(value) => value.map(|bytes| STANDARD.encode(bytes)).into(),
        Value::Uuid(value) => value.map(|id| id.to_string()).into(),
        Value::ChronoDateTimeUtc(value) => value
            .map(|time| time.to_rfc3339_opts(SecondsFormat::Micros, true))
            .into(),
        other => {
            return Err(Error::internal(format!(
                "a value with an unsupported type: {other:?}"
            )));
        }
    })
}

/// Converts a JSON value to the type of a column; `None` if it does not fit.
fn value_from_json(column: impl ColumnTrait, value: Json) -> Option<Value> {
    let definition = column.def();
    if value.is_null() && !definition.is_null() {
        return None;
    }
    let text = || match &value {
        Json::Null => Some(None),
        Json::String(text) => Some(Some(text.as_str())),
        _ => None,
    };
    let number = || match &value {
        Json::Null => Some(None),
        value => value.as_i64().map(Some),
    };
    Some(match definition.get_column_type() {
        ColumnType::Boolean => match value {
            Json::Null => Value::Bool(None),
            value => Value::Bool(Some(value.as_bool()?)),
        },
        ColumnType::SmallInteger => Value::SmallInt(number()?.map(i16::try_from).transpose().ok()?),
        ColumnType::Integer => Value::Int(number()?.map(i32::try_from).transpose().ok()?),
        ColumnType::BigInteger => Value::BigInt(number()?),
        ColumnType::String(_) | ColumnType::Text => Value::String(text()?.map(str::to_owned)),
        ColumnType::Binary(_) | ColumnType::VarBinary(_) | ColumnType::Blob => {
            Value::Bytes(text()?.map(|text| STANDARD.decode(text)).transpose().ok()?)
        }
        ColumnType::Uuid => Value::Uuid(text()?.map(str::parse).transpose().ok()?),
        ColumnType::TimestampWithTimeZone => {
            let time = text()?.map(str::parse::<DateTime<Utc>>);
            Value::ChronoDateTimeUtc(time.transpose().ok()?)
        }
        _ => return None,
    })
}
