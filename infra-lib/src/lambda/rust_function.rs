//! Functions whose code is a program in Rust.

use super::function::{FunctionBuilder, function_builder};
use super::{Code, Function, Runtime, RustProgram};

/// Name of the handler. Lambda starts the file `bootstrap` of the code and ignores the name; the CDK and AWS use this one.
const HANDLER: &str = "bootstrap";

/// Functions in Rust. Each method returns the builder of a [`Function`] that has its code, its runtime `provided.al2023` and its handler.
///
/// ```
/// use infra_lib::lambda::RustFunction;
/// use infra_lib::sqs::Queue;
/// use infra_lib::{App, Duration, Size, Stack};
///
/// let app = App::new();
/// let stack = Stack::new(&app, "Stack");
/// let queue = Queue::builder().build(stack, "Queue");
/// let orders = RustFunction::package("orders")
///     .memory(Size::mib(256))
///     .timeout(Duration::seconds(10))
///     .env("QUEUE_URL", queue.queue_url())
///     .build(stack, "Orders");
/// queue.grant_send(&orders);
/// # assert!(app.synth().findings().is_empty());
/// ```
///
/// The crate [`lambda_runtime`](https://docs.rs/lambda_runtime) has the main loop of such a program.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct RustFunction;

/// Builder of a function that has code, runtime and handler.
pub type RustFunctionBuilder<'app> = FunctionBuilder<
    'app,
    function_builder::SetHandler<function_builder::SetRuntime<function_builder::SetCode>>,
>;

impl RustFunction {
    /// Starts a function with the program of a package of the workspace.
    pub fn package<'app>(name: impl Into<String>) -> RustFunctionBuilder<'app> {
        Self::program(RustProgram::package(name))
    }

    /// Starts a function with a program, for a binary, features or a profile other than the default ones.
    pub fn program<'app>(program: RustProgram) -> RustFunctionBuilder<'app> {
        Function::builder()
            .code(Code::rust(program))
            .runtime(Runtime::ProvidedAl2023)
            .handler(HANDLER)
    }
}
