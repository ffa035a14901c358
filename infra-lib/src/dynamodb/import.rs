//! Items with which a table is created.

use crate::core::{Data, IntoValue, Value};

/// Objects in a bucket whose items DynamoDB imports when it creates a [`Table`](super::Table). It has no effect on a table
/// that exists.
///
/// The principal that deploys the table needs the permission to read the objects. See [import from Amazon
/// S3](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/S3DataImport.HowItWorks.html). Defaults:
///
/// | property | here | CloudFormation |
/// |---|---|---|
/// | objects | all of the bucket | all of the bucket |
/// | compression | none | none |
/// | owner of the bucket | not checked | not checked |
///
/// ```
/// use infra_lib::dynamodb::{Attribute, Table, TableImport};
/// use infra_lib::{App, Stack};
///
/// let app = App::new();
/// let stack = Stack::new(&app, "Stack");
/// Table::builder()
///     .partition_key(Attribute::string("id"))
///     .import(TableImport::csv("seed-data", ',').key_prefix("notes/"))
///     .build(stack, "Notes");
/// # assert!(app.synth().findings().is_empty());
/// ```
#[derive(Clone, Debug)]
#[must_use = "an import has no effect until it is passed to a table"]
pub struct TableImport {
    format: &'static str,
    delimiter: Option<char>,
    header: Vec<String>,
    bucket: Value<String>,
    key_prefix: Option<Value<String>>,
    bucket_owner: Option<Value<String>>,
    compression: Option<ImportCompression>,
}

/// Compression of the objects of a [`TableImport`].
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum ImportCompression {
    /// GZIP.
    Gzip,
    /// Zstandard.
    Zstd,
}

impl TableImport {
    /// Creates an import of objects in DynamoDB JSON, as exports of tables have it, from a bucket by its name.
    pub fn dynamodb_json(bucket: impl IntoValue<String>) -> Self {
        Self::new("DYNAMODB_JSON", bucket)
    }

    /// Creates an import of objects in Amazon Ion from a bucket by its name.
    pub fn ion(bucket: impl IntoValue<String>) -> Self {
        Self::new("ION", bucket)
    }

    /// Creates an import of objects in CSV from a bucket by its name. The first line of each names the attributes, unless
    /// [`header`](Self::header) does; attributes other than keys become strings.
    pub fn csv(bucket: impl IntoValue<String>, delimiter: char) -> Self {
        Self {
            delimiter: Some(delimiter),
            ..Self::new("CSV", bucket)
        }
    }

    fn new(format: &'static str, bucket: impl IntoValue<String>) -> Self {
        Self {
            format,
            delimiter: None,
            header: Vec::new(),
            bucket: bucket.into_value(),
            key_prefix: None,
            bucket_owner: None,
            compression: None,
        }
    }

    /// Sets the names of the attributes in CSV; each line of the objects is then an item. Default: the first line has them.
    pub fn header<T: Into<String>>(mut self, names: impl IntoIterator<Item = T>) -> Self {
        self.header = names.into_iter().map(Into::into).collect();
        self
    }

    /// Sets the prefix of the keys of the objects. Default: all objects of the bucket.
    pub fn key_prefix(mut self, prefix: impl IntoValue<String>) -> Self {
        self.key_prefix = Some(prefix.into_value());
        self
    }

    /// Sets the account that must own the bucket. Default: not checked.
    pub fn bucket_owner(mut self, account_id: impl IntoValue<String>) -> Self {
        self.bucket_owner = Some(account_id.into_value());
        self
    }

    /// Sets the compression of the objects. Default: none.
    pub fn compression(mut self, compression: ImportCompression) -> Self {
        self.compression = Some(compression);
        self
    }

    /// Returns `ImportSourceSpecification`.
    pub(super) fn property(self) -> Data {
        let mut source = vec![("S3Bucket", self.bucket.into_data())];
        source.extend(
            self.bucket_owner
                .map(|id| ("S3BucketOwner", id.into_data())),
        );
        source.extend(
            self.key_prefix
                .map(|prefix| ("S3KeyPrefix", prefix.into_data())),
        );
        let mut property = vec![
            ("InputFormat", Data::from(self.format)),
            ("S3BucketSource", Data::map(source)),
        ];
        if let Some(compression) = self.compression {
            let name = match compression {
                ImportCompression::Gzip => "GZIP",
                ImportCompression::Zstd => "ZSTD",
            };
            property.push(("InputCompressionType", Data::from(name)));
        }
        if let Some(delimiter) = self.delimiter {
            let mut csv = vec![("Delimiter", Data::from(delimiter.to_string()))];
            if !self.header.is_empty() {
                let names = self.header.into_iter().map(Data::from);
                csv.push(("HeaderList", Data::list(names)));
            }
            let options = Data::map([("Csv", Data::map(csv))]);
            property.push(("InputFormatOptions", options));
        }
        Data::map(property)
    }
}
