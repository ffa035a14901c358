//! Tests of typed values, and of the positions of values that do not fit their type.

use std::collections::BTreeMap;

use infra_yaml::{Limits, Rules, read_json, read_yaml};
use serde::Deserialize;
use serde::de::{DeserializeOwned, Deserializer, Error};

#[derive(Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
struct File {
    name: String,
    size: Option<u8>,
    #[serde(default)]
    parts: Vec<Part>,
    #[serde(default)]
    ports: BTreeMap<u16, bool>,
}

#[derive(Debug, Deserialize, PartialEq)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
enum Part {
    Nothing,
    Name(Wrapped),
    Pair(i64, f64),
    Fields {
        #[serde(deserialize_with = "even")]
        number: u32,
    },
}

#[derive(Debug, Deserialize, PartialEq)]
struct Wrapped(char);

#[derive(Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd)]
enum Name {
    One,
}

fn even<'de, D: Deserializer<'de>>(reader: D) -> Result<u32, D::Error> {
    let number = u32::deserialize(reader)?;
    if number % 2 == 1 {
        return Err(D::Error::custom(format_args!("{number} is odd")));
    }
    Ok(number)
}

fn read<T: DeserializeOwned>(text: &str) -> Result<T, String> {
    let tree = read_yaml(text, &Rules::yaml_1_2()).unwrap();
    tree.deserialize().map_err(|error| error.to_string())
}

#[test]
fn deserializes_values_of_all_kinds() {
    let text = "name: n\nsize: 7\nparts: [nothing, nothing: , name: x, pair: [-1, 2], fields: {number: 4}]\nports: {80: true, 443: false}\n";
    let file = File {
        name: "n".to_owned(),
        size: Some(7),
        parts: vec![
            Part::Nothing,
            Part::Nothing,
            Part::Name(Wrapped('x')),
            Part::Pair(-1, 2.0),
            Part::Fields { number: 4 },
        ],
        ports: BTreeMap::from([(80, true), (443, false)]),
    };
    assert_eq!(read(text), Ok(file));
    let empty = read::<File>("name: ''\nsize:\n").unwrap();
    assert_eq!((empty.name.as_str(), empty.size), ("", None));
    let json = read_json("{\"name\": \"n\", \"size\": null}", &Limits::default());
    assert_eq!(json.unwrap().deserialize::<File>().unwrap().size, None);
    assert_eq!(
        read::<(bool, u64, i64, f64)>("[true, 1, -1, 0.5]"),
        Ok((true, 1, -1, 0.5))
    );
    assert_eq!(
        read::<BTreeMap<Option<Wrapped>, i8>>("{}"),
        Ok(BTreeMap::new())
    );
}

impl Eq for Wrapped {}
impl PartialOrd for Wrapped {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for Wrapped {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.cmp(&other.0)
    }
}

#[test]
fn reads_plain_scalars_as_text_for_string_fields() {
    let text = "[0644, 1e3, true, ~, '', 12345678901234567890123]";
    let expected = ["0644", "1e3", "true", "~", "", "12345678901234567890123"];
    assert_eq!(read::<Vec<String>>(text).unwrap(), expected);
    let json = read_json("[1]", &Limits::default()).unwrap();
    let error = json.deserialize::<Vec<String>>().unwrap_err();
    assert_eq!(
        error.to_string(),
        "[0]: invalid type: integer `1`, expected a string at line 1 column 2"
    );
}

#[test]
fn deserializes_typed_map_keys() {
    assert_eq!(
        read::<BTreeMap<i8, u8>>("-1: 1\n"),
        Ok(BTreeMap::from([(-1, 1)]))
    );
    assert_eq!(
        read::<BTreeMap<bool, u8>>("true: 1\n"),
        Ok(BTreeMap::from([(true, 1)]))
    );
    let some = BTreeMap::from([(Some(Wrapped('k')), 1)]);
    assert_eq!(read::<BTreeMap<Option<Wrapped>, i8>>("k: 1\n"), Ok(some));
    assert_eq!(
        read::<BTreeMap<Name, u8>>("One: 1\n"),
        Ok(BTreeMap::from([(Name::One, 1)]))
    );
    assert_eq!(
        read::<BTreeMap<Name, u8>>("Two: 1\n").unwrap_err(),
        "unknown variant `Two`, expected `One` at line 1 column 1"
    );
}

#[test]
fn reports_path_and_position_of_errors() {
    for (text, expected) in [
        ("size: 1\n", "missing field `name` at line 1 column 1"),
        (
            "name: n\nsize: 256\n",
            "size: invalid value: integer `256`, expected u8 at line 2 column 7",
        ),
        (
            "name: n\nsize: x\n",
            "size: invalid type: string \"x\", expected u8 at line 2 column 7",
        ),
        (
            "name: [n]\n",
            "name: invalid type: sequence, expected a string at line 1 column 7",
        ),
        (
            "name: n\nnmae: n\n",
            "unknown field `nmae`, expected one of `name`, `size`, `parts`, `ports` at line 2 column 1",
        ),
        (
            "name: n\nparts:\n  - nothing\n  - none\n",
            "parts[1]: unknown variant `none`, expected one of `nothing`, `name`, `pair`, `fields` at line 4 column 5",
        ),
        (
            "name: n\nparts: [pair]\n",
            "parts[0]: `pair` needs a value: write `pair: …` at line 2 column 9",
        ),
        (
            "name: n\nparts: [{name: a, pair: b}]\n",
            "parts[0]: invalid value: map, expected a map with one key at line 2 column 9",
        ),
        (
            "name: n\nparts: [1]\n",
            "parts[0]: invalid type: number, expected a name, or a map with one key at line 2 column 9",
        ),
        (
            "name: n\nparts: [nothing: 1]\n",
            "parts[0].nothing: invalid type: integer `1`, expected unit at line 2 column 18",
        ),
        (
            "name: n\nparts: [pair: [1]]\n",
            "parts[0].pair: invalid length 1, expected tuple variant Part::Pair with 2 elements at line 2 column 15",
        ),
        (
            "name: n\nparts: [pair: [1, x]]\n",
            "parts[0].pair[1]: invalid type: string \"x\", expected f64 at line 2 column 19",
        ),
        (
            "name: n\nparts: [name: xy]\n",
            "parts[0].name: invalid value: string \"xy\", expected a character at line 2 column 15",
        ),
        (
            "name: n\nparts:\n- fields:\n    number: 3\n",
            "parts[0].fields.number: 3 is odd at line 4 column 13",
        ),
        (
            "name: n\nparts:\n- fields:\n    numbr: 3\n",
            "parts[0].fields: unknown field `numbr`, expected `number` at line 4 column 5",
        ),
        (
            "name: n\nparts:\n- fields: {}\n",
            "parts[0].fields: missing field `number` at line 3 column 11",
        ),
        (
            "name: n\nports: {x: true}\n",
            "ports: invalid type: string \"x\", expected u16 at line 2 column 9",
        ),
        (
            "name: n\nports: {80: 1}\n",
            "ports.80: invalid type: integer `1`, expected a boolean at line 2 column 13",
        ),
        ("", "missing field `name` at line 1 column 1"),
    ] {
        assert_eq!(read::<File>(text).unwrap_err(), expected, "{text}");
    }
}
