//! Query languages of states.

mod sealed {
    pub trait Sealed {}
}

/// Query language of states: [`Jsonata`] or [`JsonPath`].
///
/// The language is a type, so that states of two languages are not mixed in a machine, and a state has the fields of its
/// language only.
pub trait Language: sealed::Sealed {
    /// Value of `QueryLanguage` in a definition, or `None` for the default of Step Functions.
    const QUERY_LANGUAGE: Option<&'static str>;
    /// Field with the arguments of a task.
    const ARGUMENTS: &'static str;
    /// Text that stands for the input of a state.
    const INPUT: &'static str;
}

/// The language [JSONata](https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html), which AWS recommends
/// for new machines: expressions between `{%` and `%}` in `Arguments`, `Output` and `Assign`.
#[derive(Clone, Copy, Debug)]
pub enum Jsonata {}

/// The language [JSONPath](https://docs.aws.amazon.com/step-functions/latest/dg/concepts-input-output-filtering.html): paths
/// such as `$.order.id`, in fields of their own or in keys that end with `.$`.
#[derive(Clone, Copy, Debug)]
pub enum JsonPath {}

impl sealed::Sealed for Jsonata {}
impl sealed::Sealed for JsonPath {}

impl Language for Jsonata {
    const QUERY_LANGUAGE: Option<&'static str> = Some("JSONata");
    const ARGUMENTS: &'static str = "Arguments";
    const INPUT: &'static str = "{% $states.input %}";
}

impl Language for JsonPath {
    const QUERY_LANGUAGE: Option<&'static str> = None;
    const ARGUMENTS: &'static str = "Parameters";
    const INPUT: &'static str = "$";
}

impl Jsonata {
    /// Expression for the token of a task that waits for it.
    pub const TASK_TOKEN: &'static str = "{% $states.context.Task.Token %}";
}

impl JsonPath {
    /// Path of the token of a task that waits for it.
    pub const TASK_TOKEN: &'static str = "$$.Task.Token";
}
