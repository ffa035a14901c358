//! Columnar formats of delivered records.

use crate::core::{Data, IntoValue, Map, Value, pseudo, sub};
use crate::iam::{Role, Statement};

/// Columnar format into which a [`DeliveryStream`](super::DeliveryStream) converts records in JSON, with the columns of a
/// table in the AWS Glue Data Catalog.
///
/// See [record format
/// conversion](https://docs.aws.amazon.com/firehose/latest/dev/record-format-conversion.html). Defaults:
///
/// | property | here | CloudFormation |
/// |---|---|---|
/// | reading of records | OpenX JSON, in any case of names | required |
/// | permission to read the table | for the role of the stream, on this table | none |
/// | compression of columns | Snappy | Snappy |
///
/// ```
/// use infra_lib::kinesisfirehose::{DeliveryStream, RecordFormat};
/// use infra_lib::s3::Bucket;
/// use infra_lib::{App, Stack};
///
/// let app = App::new();
/// let stack = Stack::new(&app, "Stack");
/// let lake = Bucket::builder().build(stack, "Lake");
/// DeliveryStream::builder()
///     .bucket(lake)
///     .record_format(RecordFormat::parquet("shop", "clicks"))
///     .build(stack, "Clicks");
/// # assert!(app.synth().findings().is_empty());
/// ```
#[derive(Clone, Debug)]
#[must_use = "a format has no effect until it is passed to a delivery stream"]
pub struct RecordFormat {
    serializer: &'static str,
    database: Value<String>,
    table: Value<String>,
}

impl RecordFormat {
    /// Creates the format Apache Parquet, with the columns of a table in a database of AWS Glue.
    pub fn parquet(database: impl IntoValue<String>, table: impl IntoValue<String>) -> Self {
        Self::new("ParquetSerDe", database, table)
    }

    /// Creates the format Apache ORC, with the columns of a table in a database of AWS Glue.
    pub fn orc(database: impl IntoValue<String>, table: impl IntoValue<String>) -> Self {
        Self::new("OrcSerDe", database, table)
    }

    fn new(
        serializer: &'static str,
        database: impl IntoValue<String>,
        table: impl IntoValue<String>,
    ) -> Self {
        Self {
            serializer,
            database: database.into_value(),
            table: table.into_value(),
        }
    }

    /// Returns `DataFormatConversionConfiguration`, and permits the role to read the versions of the table.
    pub(super) fn property(self, role: Role<'_>) -> Data {
        let glue = |resource: Value<String>| {
            sub![
                "arn:",
                pseudo::partition(),
                ":glue:",
                pseudo::region(),
                ":",
                pseudo::account_id(),
                ":",
                resource
            ]
        };
        let table = sub!["table/", self.database.clone(), "/", self.table.clone()];
        role.add_statement(
            Statement::allow()
                .actions([
                    "glue:GetTable",
                    "glue:GetTableVersion",
                    "glue:GetTableVersions",
                ])
                .resource(glue("catalog".into_value()))
                .resource(glue(sub!["database/", self.database.clone()]))
                .resource(glue(table)),
        );
        let only = |name: &'static str| Data::map([(name, Data::Map(Map::default()))]);
        let input = Data::map([("Deserializer", only("OpenXJsonSerDe"))]);
        let output = Data::map([("Serializer", only(self.serializer))]);
        let schema = Data::map([
            ("DatabaseName", self.database.into_data()),
            ("RoleARN", role.arn().into_data()),
            ("TableName", self.table.into_data()),
        ]);
        Data::map([
            ("Enabled", Data::Bool(true)),
            ("InputFormatConfiguration", input),
            ("OutputFormatConfiguration", output),
            ("SchemaConfiguration", schema),
        ])
    }
}
